"""Stories from what crawlers keep (WARC): the pages and texts that servers answered with."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
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
GZIP = b"\x1f\x8b"
LENGTH = re.compile(rb"\r\nContent-Length:[ \t]*(\d{1,15})", re.I)


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
    """The answers in a file. Raises Damaged where it can't be read on, also where it ends too early."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise SettingError("WARC files need fastwarc", "WARC", EXTRA) from None
    last = -1
    try:
        for record in ArchiveIterator(file, parse_http=False, fsspec_args=False):
            last = int(record.stream_pos)
            if record.record_type == WarcRecordType.response:
                yield record
        _refuse_cut_off(file, last)  # which the library passes over
    except ConverterError:
        raise
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(error) from None


def _refuse_cut_off(file: BinaryIO, last: int) -> None:
    """Raises Damaged, OSError, EOFError where the file ends before its last record does, which begins at `last`."""
    if last < 0:
        raise Damaged("is damaged (there is no record)")
    file.seek(last)
    head = file.read(HEAD * 32)
    if head.startswith(GZIP):
        file.seek(last)
        unpacked, left = gzip.GzipFile(fileobj=file), 2 * SIZE_LIMIT
        while left > 0 and (part := unpacked.read(HEAD * 32)):
            left -= len(part)
        return
    length, end = LENGTH.search(head), head.find(b"\r\n\r\n")
    if length and file.seek(0, io.SEEK_END) < last + end + 4 + int(length[1]):
        raise Damaged("is cut off")


def _story(record: Any, *, take: bool) -> TakenOrNot | None:
    """What a record holds; None for what is no page and no text. Raises Damaged where the file ends in it."""
    address = str(record.headers.get("WARC-Target-URI") or "").strip("<>")
    size = int(record.content_length)
    if size > SIZE_LIMIT:
        return Refused(address, f"more than {SIZE_LIMIT / 1e6:.0f} MB, and a story has at most that")
    block = record.reader.read(size)
    if len(block) < size:
        raise Damaged("is cut off")
    date = record.record_date
    try:
        answer = _answer(block)
        suffix = KINDS.get((answer.http_content_type or "").lower())
        if suffix is None or not answer.http_headers or answer.http_headers.status_code != ANSWERED:
            return None
        if not take:
            return Refused("", "")
        data = _body(answer.reader)
    except OSError as error:  # it says that it is packed, and is not
        return Refused(address, str(_damaged(error)))
    if len(data) > SIZE_LIMIT:
        return Refused(address, f"unpacks to more than {SIZE_LIMIT / 1e6:.0f} MB, and a story has at most that")
    return Taken(
        address,
        _stem(address),
        suffix,
        _as_told(data, answer.http_charset),
        max(0, int(date.timestamp())) if date else 0,
        sensible({"source": address}),
    )


def _answer(block: bytes) -> Any:
    """A server's answer, taken apart: by a record of its own, for what is wrong in it ends the reading of its record.

    Raises OSError.
    """
    from fastwarc.warc import WarcRecord, WarcRecordType

    answer = WarcRecord()
    answer.init_headers(WarcRecordType.response)
    answer.is_http = True
    answer.set_bytes_content(block)
    answer.parse_http(auto_decode="all")
    return answer


def _damaged(error: BaseException) -> Damaged:
    return Damaged(f"is damaged ({' '.join(str(error).split())[:100] or type(error).__name__})")


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
