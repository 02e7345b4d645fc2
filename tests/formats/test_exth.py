"""A Kindle book's own records depend on the book alone."""

from __future__ import annotations

import struct
import uuid

from hypothesis import given
from hypothesis import strategies as st

from converter.build.exth import asin_of, with_asin

BOOK = "urn:uuid:0f0e0d0c-0b0a-5908-8706-050403020100"


def kindle_book(records: list[tuple[int, bytes]], moment: int, room: int = 0) -> bytes:
    """A Palm database whose first record has a MOBI header and these EXTH records."""
    exth = b"".join(struct.pack(">II", kind, len(text) + 8) + text for kind, text in records)
    head = b"EXTH" + struct.pack(">II", len(exth) + 12, len(records)) + exth + b"\0" * room + b"The name of the book"
    mobi = b"MOBI" + struct.pack(">I", 248) + b"\x11" * 240
    palm = bytearray(248)
    struct.pack_into(">II", palm, 36, moment, moment)
    palm[60:68] = b"BOOKMOBI"
    struct.pack_into(">I", palm, 78, 248)
    return bytes(palm) + b"\0" * 16 + mobi + head


def records_of(book: bytes) -> list[tuple[int, bytes]]:
    at = 248 + 16 + 248
    length, count = struct.unpack_from(">II", book, at + 4)
    out, end = [], at + length
    at += 12
    for _ in range(count):
        kind, size = struct.unpack_from(">II", book, at)
        out.append((kind, book[at + 8 : at + size]))
        at += size
    assert at == end
    return out


def converted(moment: int) -> bytes:
    key = str(uuid.UUID(int=moment)).encode()
    facts = [
        (100, b"Ann Bee"),
        (113, key),
        (112, b"calibre:" + key),
        (106, str(moment).encode().ljust(32)),
        (503, b"T"),
    ]
    return kindle_book(facts, moment)


def test_two_conversions_are_one_book() -> None:
    one, other = (with_asin(converted(moment), BOOK, 1_700_000_000, dated=False) for moment in (7, 8))
    assert one == other
    key = BOOK.removeprefix("urn:uuid:").encode()
    assert records_of(one) == [(100, b"Ann Bee"), (113, key), (112, b"calibre:" + key), (503, b"T")]
    assert one.endswith(b"The name of the book")
    assert len(one) == len(converted(7))


def test_a_day_of_publication_stays_where_there_is_one() -> None:
    assert (106, b"7".ljust(32)) in records_of(with_asin(converted(7), BOOK, 0, dated=True))


def test_each_identifier_has_one_asin() -> None:
    assert asin_of(BOOK) == BOOK.removeprefix("urn:uuid:")
    assert asin_of("my-own-7") == asin_of("my-own-7") != asin_of("my-own-8")


@given(st.binary(max_size=700), st.integers(0, 1200))
def test_other_bytes_are_left_alone(noise: bytes, cut: int) -> None:
    assert with_asin(noise, BOOK, 0, dated=False) == noise
    short = converted(7)[:cut]
    assert len(with_asin(short, BOOK, 0, dated=False)) == len(short)
