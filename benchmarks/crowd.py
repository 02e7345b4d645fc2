"""A crowd before a served shelf: `python -m benchmarks.crowd [SECONDS] [--at-once 100] [--only page,cover]`.

So many readers ask one thing after the other, each on a connection of its own, in a mix: pages, covers, downloads,
feeds, searches, places. Meanwhile one book is being made by a process that hangs (it is stopped). Prints for each kind
of request how often it was answered, the median, the 99th percentile and the worst in milliseconds, and the server's
memory, threads and open files before and after. The exit status is 1 where a request was not answered as it should be.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import closing, suppress
from pathlib import Path
from statistics import median, quantiles

from benchmarks.attacked_shelf import Served, books_in, made
from converter.shelf.store import SHELF

WORDS = ("a", "lamp", "the sea", "sto", "invented", "zz")
FORM = "application/x-www-form-urlencoded"
Request = tuple[str, str, str, bytes, str]  # kind, method, path, body, its type


def mix(folder: Path) -> list[Request]:
    """What is asked for."""
    with closing(sqlite3.connect(folder / SHELF)) as connection:
        files = connection.execute("SELECT id, digest, cover FROM books JOIN files ON book = id WHERE format = 'epub'")
        books = list(files)
    found: list[Request] = []
    for number, digest, cover in books:
        place = {"document": digest, "progress": "/body/DocFragment[2]/body/p[1]/text().0", "percentage": 0.5}
        place |= {"device": "crowd", "device_id": str(number)}
        here = f"place=epubcfi(/6/4!/4/2:{number})&fraction=0.5".encode()
        word = WORDS[number % len(WORDS)].replace(" ", "+")
        got = {
            "page": ("/", f"/book/{number}", "/names/author"), "search": (f"/found?q={word}",),
            "cover": (f"/cover/{cover}.jpg",), "large cover": (f"/cover/large/{cover}.jpg",),
            "download": (f"/get/{number}/{digest}/x.epub",), "opds": ("/opds/new", "/opds/v2/new", "/opds/authors"),
            "static": ("/static/shelf.css",), "read": (f"/read/{number}",), "sync get": (f"/syncs/progress/{digest}",),
        }  # fmt: skip
        found += [(kind, "GET", path, b"", "") for kind, paths in got.items() for path in paths]
        found.append(("sync put", "PUT", "/syncs/progress", json.dumps(place).encode(), "application/json"))
        found.append(("place", "POST", f"/read/{number}/place", here, FORM))
    return found


class Crowd:
    """Many who ask, and what they were told."""

    def __init__(self, port: int, requests: list[Request]) -> None:
        self.port, self.requests = port, requests
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()

    async def ask(self, number: int, until: float) -> None:
        """One of them, until a moment."""
        chance = random.Random(number)
        reader: asyncio.StreamReader | None = None
        while time.monotonic() < until:
            kind, method, path, body, content = chance.choice(self.requests)
            began = time.perf_counter()
            try:
                if reader is None:
                    reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                head = f"{method} {path} HTTP/1.1\r\nhost: localhost:{self.port}\r\ncontent-length: {len(body)}\r\n"
                writer.write(f"{head}content-type: {content}\r\n\r\n".encode() + body)
                said = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
                status, fields = int(said[9:12]), said.lower()
                if b"content-length:" in fields:
                    length = int(fields.partition(b"content-length:")[2].partition(b"\r\n")[0])
                    await asyncio.wait_for(reader.readexactly(length), 60)
                if status not in (200, 204, 304):
                    self.wrong[f"{status} {kind}"] += 1
                if b"connection: close" in fields:
                    writer.close()
                    reader = None
            except (OSError, EOFError, ValueError, TimeoutError) as error:
                self.wrong[f"{type(error).__name__} {kind}"] += 1
                reader = None
            self.times[kind].append(1_000 * (time.perf_counter() - began))

    async def gather(self, at_once: int, seconds: float) -> None:
        """All of them together."""
        until = time.monotonic() + seconds
        await asyncio.gather(*(self.ask(number, until) for number in range(at_once)))


def hanging(served: Served) -> int:
    """Has a book made by a process that is stopped as soon as it is there: its number."""
    served.honest("POST", "/new", {"title": "Hanging", "text": "Nothing comes of it.\n\n" * 50_000})
    for _ in range(500):
        for place in Path("/proc").iterdir():
            with suppress(OSError, ValueError, IndexError):
                forked_by = _parent(place.name)
                if _parent(forked_by) == str(served.process.pid):  # what forks is the server's own child
                    os.kill(int(place.name), signal.SIGSTOP)
                    return int(place.name)
        time.sleep(0.01)
    raise RuntimeError("nothing is being made")


def _parent(process: str) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1]


def held(served: Served) -> str:
    """Memory, threads and open files of the server."""
    threads, files = (len(list(Path(f"/proc/{served.process.pid}/{what}").iterdir())) for what in ("task", "fd"))
    return f"{served.memory / 1024 / 1024:.0f} MB, {threads} threads, {files} files"


def main() -> int:
    """Prints a row for each kind of request."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("seconds", type=float, nargs="?", default=60.0)
    options.add_argument("--at-once", type=int, default=100)
    options.add_argument("--only", default="", help="the kinds of requests, parted by commas")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="chapbook-crowd-") as name:
        books = books_in(Path(name))
        served = Served(made(Path(name) / "shelf"), books, "", 1)
        try:
            only = asked.only.split(",")
            requests = [request for request in mix(served.folder) if not asked.only or request[0] in only]
            warm = Crowd(served.port, requests)
            asyncio.run(warm.gather(asked.at_once, 5))
            before, process = held(served), hanging(served)
            crowd = Crowd(served.port, requests)
            asyncio.run(crowd.gather(asked.at_once, asked.seconds))
            after = held(served)
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        finally:
            served.close()
    number = sum(map(len, crowd.times.values()))
    print(f"{number:,} requests of {asked.at_once} at once, {number / asked.seconds:,.0f} a second")
    for kind, times in sorted(crowd.times.items()):
        late = quantiles(times, n=100)[98] if len(times) > 1 else times[0]
        print(f"{kind:14}{len(times):8,}{median(times):8.0f} ms{late:8.0f} ms{max(times):8.0f} ms")
    print(f"before: {before}; after: {after}; the book that hangs: {'still hangs' if state == 'T' else 'is over'}")
    for what, times_ in crowd.wrong.most_common():
        print(f"WRONG: {times_:,} x {what}")
    return 1 if crowd.wrong or state != "T" else 0


if __name__ == "__main__":
    sys.exit(main())
