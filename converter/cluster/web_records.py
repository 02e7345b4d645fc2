"""Stories from what crawlers keep (WARC): the pages and texts that servers answered with."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from converter.build.inputs import SIZE_LIMIT
from converter.cluster.addresses import EXTRA
from converter.cluster.rows_in import sensible
from converter.cluster.taken import Refused, Taken, TakenOrNot
from converter.document.errors import ConverterError, SettingError
from converter.limits.unzip import Damaged

KINDS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md"}
ANSWERED = 200  # the code of HTTP for "here it is"
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HEAD = 2_048  # bytes in which a page says its own encoding


def web_stories(file: BinaryIO, wanted: range) -> Iterator[tuple[int, TakenOrNot]]:
    """The pages and texts among the answers, numbered from 0; those that are not wanted are told as refused.

    Raises Damaged where the file can't be read on.
    """
    number = 0
    for record in _records(file):
        story = _story(record, take=number in wanted)
        if story is not None:
            yield number, story
            number += 1


def _records(file: BinaryIO) -> Iterator[Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise SettingError("WARC files need fastwarc", "WARC", EXTRA) from None
    try:
        yield from ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False, fsspec_args=False)
    except ConverterError:
        raise
    except OSError as error:
        raise Damaged(f"is damaged ({' '.join(str(error).split())[:100]})") from None


def _story(record: Any, *, take: bool) -> TakenOrNot | None:
    """What a record holds; None for what is no page and no text. Raises Damaged where the file ends in it."""
    address = str(record.headers.get("WARC-Target-URI") or "").strip("<>")
    size = int(record.content_length)
    if size > SIZE_LIMIT:
        return Refused(address, f"more than {SIZE_LIMIT / 1e6:.0f} MB, and a story has at most that")
    record.freeze()  # it has at most the bytes that it says
    if len(record.reader.read(size + 1)) < size:
        raise Damaged("is cut off")
    record.reader.seek(0)
    try:
        record.parse_http(auto_decode="all")
        if not record.http_headers or record.http_headers.status_code != ANSWERED:
            return None
        suffix = KINDS.get((record.http_content_type or "").lower())
        if suffix is None:
            return None
        if not take:
            return Refused("", "")
        data = _body(record.reader)
    except OSError as error:  # it says that it is packed, and is not
        return Refused(address, f"is damaged ({' '.join(str(error).split())[:100]})")
    if len(data) > SIZE_LIMIT:
        return Refused(address, f"unpacks to more than {SIZE_LIMIT / 1e6:.0f} MB, and a story has at most that")
    date = record.record_date
    return Taken(
        address,
        _stem(address),
        suffix,
        _as_told(data, record.http_charset),
        max(0, int(date.timestamp())) if date else 0,
        sensible({"source": address}),
    )


def _body(reader: Any) -> bytes:
    """What was answered, unpacked; one byte more than a story may have, where it has more."""
    parts, left = [], SIZE_LIMIT + 1
    while left > 0 and (part := reader.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _as_told(data: bytes, charset: str | None) -> bytes:
    """The page in UTF-8 where only the server knew its encoding, and it is right."""
    if not charset or data.startswith(MARKS) or b"charset" in data[:HEAD].lower():
        return data
    known = sensible({"encoding": charset}).get("encoding", "utf-8")  # some codecs of Python's are no encodings
    try:
        return data.decode(known).encode("utf-8")
    except (LookupError, UnicodeError, ValueError):
        return data


def _stem(address: str) -> str:
    """What a file with this page would be called."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "page"
    last = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.netloc
    stem, dot, _ = last.rpartition(".")
    return stem if dot and parts.path.strip("/") else last
