"""What a Kindle book says of itself (its EXTH records), made to depend on the book alone.

calibre numbers each conversion anew (records 112 and 113: the ASIN by which a Kindle knows a book again and keeps its
place), stamps it with the moment, and gives the day of the conversion as that of publication where none is known.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator

ASIN, SOURCE, PUBLISHED = 113, 112, 106
FIRST_RECORD, MOBI_HEADER = 78, 16  # places in a Palm database, and in its first record
KEY_LENGTH = 36  # characters of a UUID
ONCE = uuid.uuid5(uuid.NAMESPACE_URL, "https://chapbook.invalid/kindle")  # root of ASINs for identifiers of other kinds


def asin_of(identifier: str) -> str:
    """The identifier's own UUID, else one that is always made of it."""
    try:
        return str(uuid.UUID(identifier.removeprefix("urn:uuid:")))
    except ValueError:
        return str(uuid.uuid5(ONCE, identifier))


def with_asin(data: bytes, identifier: str, seconds: int, *, dated: bool) -> bytes:
    """The same AZW3 with the ASIN of this identifier and the moment `seconds` (from 1970); without a day of publication
    unless it is `dated`. Bytes that are no such file are given back as they are."""
    book = bytearray(data)
    try:
        (start,) = struct.unpack_from(">I", book, FIRST_RECORD)
        (length,) = struct.unpack_from(">I", book, start + MOBI_HEADER + 4)
        exth = start + MOBI_HEADER + length
        if book[60:68] != b"BOOKMOBI" or book[exth : exth + 4] != b"EXTH":
            return data
        key = asin_of(identifier)
        struct.pack_into(">II", book, 36, seconds, seconds)
        book[start + 32 : start + 36] = uuid.UUID(key).bytes[:4]
        size, count = struct.unpack_from(">II", book, exth + 4)
        kept = b"".join(_record(kind, text, key) for kind, text in _records(book, exth, count) if _stays(kind, dated))
        left = count - (0 if dated else sum(kind == PUBLISHED for kind, _ in _records(book, exth, count)))
    except (struct.error, IndexError):
        return data
    if 12 + len(kept) > size:
        return data
    struct.pack_into(">II", book, exth + 4, 12 + len(kept), left)
    book[exth + 12 : exth + size] = kept.ljust(size - 12, b"\0")
    return bytes(book)


def asin_in(head: bytes) -> str:
    """The ASIN in the beginning of a Kindle book; "" where the bytes are none, or say none."""
    try:
        (start,) = struct.unpack_from(">I", head, FIRST_RECORD)
        (length,) = struct.unpack_from(">I", head, start + MOBI_HEADER + 4)
        exth = start + MOBI_HEADER + length
        if head[60:68] != b"BOOKMOBI" or head[exth : exth + 4] != b"EXTH":
            return ""
        (count,) = struct.unpack_from(">I", head, exth + 8)
        return next((text.decode("utf-8", "replace") for kind, text in _records(head, exth, count) if kind == ASIN), "")
    except (struct.error, IndexError):
        return ""


def _stays(kind: int, dated: bool) -> bool:
    return dated or kind != PUBLISHED


def _records(book: bytes | bytearray, exth: int, count: int) -> Iterator[tuple[int, bytes]]:
    at = exth + 12
    for _ in range(count):
        kind, length = struct.unpack_from(">II", book, at)
        if length < 8:
            raise IndexError
        yield kind, bytes(book[at + 8 : at + length])
        at += length


def _record(kind: int, text: bytes, key: str) -> bytes:
    if kind in (ASIN, SOURCE) and len(text) >= KEY_LENGTH:
        text = text[:-KEY_LENGTH] + key.encode()
    return struct.pack(">II", kind, len(text) + 8) + text
