"""Stories, and shards that hold them, as archives have them."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow
import pyarrow.parquet

WORDS = (
    "lamp pier harbour gull road salt morning keeper boat letter rain wall roof orchard lake winter bell stair".split()
)
THEN = 1_577_934_245  # 2020-01-02 03:04:05 UTC


def told(number: int, more: str = "") -> str:
    """A story of its own, the same for the same number."""
    chance = random.Random(number)
    lines = [f"Title: The {chance.choice(WORDS).title()} of {number}", "Author: Ada Thorn", ""]
    for chapter in (1, 2):
        said = [f"{' '.join(chance.choices(WORDS, k=9)).capitalize()}." for _ in range(8)]
        lines += [f"Chapter {chapter}", "", " ".join(said), ""]
    return "\n".join([*lines, more])


def page(number: int) -> str:
    """The same kind of story as a page."""
    lines = told(number).splitlines()
    title = lines[0].removeprefix("Title: ")
    body = "".join(f"<p>{line}</p>" for line in lines[3:] if line and not line.startswith("Chapter"))
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    )


def stories(*numbers: int) -> dict[str, bytes]:
    """Files with these stories, by their names."""
    return {f"story-{n:04}.txt": told(n).encode() for n in numbers}


def tarred(files: Mapping[str, bytes] | Sequence[tuple[str, bytes]], mode: str = "w:gz") -> bytes:
    """A tar archive with these files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as tar:  # type: ignore[call-overload]
        for name, data in files.items() if isinstance(files, Mapping) else files:
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(data), THEN
            tar.addfile(member, io.BytesIO(data))
    return out.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 4)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def table(columns: Mapping[str, Sequence[object]], rows_a_group: int = 1_000) -> bytes:
    """A Parquet file with these columns."""
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(dict(columns)), out, row_group_size=rows_a_group, compression="zstd")
    return out.getvalue()


def record(address: str, http: bytes, kind: str = "response") -> bytes:
    """A record of a crawler, packed as they pack it."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        "WARC-Record-ID: <urn:uuid:0b64d11a-0a3c-4b62-9f4c-6b0a7b1a2c3d>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0)


def answer(body: bytes, kind: str = "text/html; charset=utf-8", code: str = "200 OK", *, packed: bool = False) -> bytes:
    """What a server answered."""
    head = f"HTTP/1.1 {code}\r\nContent-Type: {kind}\r\n"
    if packed:
        body, head = gzip.compress(body, mtime=0), f"{head}Content-Encoding: gzip\r\n"
    return f"{head}\r\n".encode() + body


def crawled(numbers: Iterable[int]) -> bytes:
    """A WARC file with a page for each number, and what crawlers have besides."""
    parts = [record("https://tales.example/robots.txt", answer(b"", "text/plain", "404 Not Found"))]
    for n in numbers:
        address = f"https://tales.example/read/{n}.html"
        parts.append(record(address, b"GET / HTTP/1.1\r\n\r\n", "request"))
        parts.append(record(address, answer(page(n).encode(), packed=n % 2 == 0)))
        parts.append(record(f"{address}.png", answer(b"\x89PNG", "image/png")))
    return b"".join(parts)


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A folder with these files."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
