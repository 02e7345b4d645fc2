"""Which characters a font file has: its `cmap` table, formats 4 and 12 (OpenType specification)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from pathlib import Path

MOST_FACES = 64
Ranges = tuple[tuple[int, int], ...]


def character_ranges(path: Path, index: int = 0) -> Ranges:
    """First and last code point of each run of characters, ascending; `index` is the face in a collection.

    Empty for a file that is no OpenType font, or a broken one. A character that format 4 maps to glyph 0 counts as
    there: real fonts map only what they have.
    """
    try:
        return _read(path, index)
    except (OSError, struct.error):
        return ()


def faces_in(path: Path) -> int:
    """How many faces a file holds: one, or those of a collection, at most `MOST_FACES`; none if it can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return 0
    return min(struct.unpack_from(">I", head, 8)[0], MOST_FACES) if head[:4] == b"ttcf" and len(head) == 12 else 1


def _read(path: Path, index: int) -> Ranges:
    with path.open("rb") as file:
        head = file.read(12 + 4 * MOST_FACES)
        start = 0
        if head[:4] == b"ttcf":
            count = struct.unpack_from(">I", head, 8)[0]
            if index >= min(count, MOST_FACES):
                return ()
            start = struct.unpack_from(">I", head, 12 + 4 * index)[0]
        file.seek(start)
        directory = file.read(12 + 16 * 64)
        tables = struct.unpack_from(">H", directory, 4)[0] if len(directory) >= 12 else 0
        for i in range(min(tables, 64)):
            tag, _sum, offset, length = struct.unpack_from(">4sIII", directory, 12 + 16 * i)
            if tag == b"cmap":
                file.seek(offset)
                return _ranges(file.read(length))
    return ()


def has(ranges: Ranges, code: int) -> bool:
    """Is the code point in the ranges?"""
    at = bisect_right(ranges, (code, 0x10FFFF)) - 1
    return at >= 0 and ranges[at][0] <= code <= ranges[at][1]


def _ranges(cmap: bytes) -> Ranges:
    best: tuple[int, int] = (0, 0)
    for i in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * i)
        form = struct.unpack_from(">H", cmap, offset)[0]
        if (platform, encoding) in ((0, 3), (0, 4), (0, 6), (3, 1), (3, 10)) and form in (4, 12):
            best = max(best, (form, offset))
    form, offset = best
    if form == 12:
        groups = struct.unpack_from(">I", cmap, offset + 12)[0]
        return tuple(sorted(struct.unpack_from(">II", cmap, offset + 16 + 12 * i) for i in range(groups)))
    if form == 4:
        segments = struct.unpack_from(">H", cmap, offset + 6)[0] // 2
        ends = struct.unpack_from(f">{segments}H", cmap, offset + 14)
        starts = struct.unpack_from(f">{segments}H", cmap, offset + 16 + 2 * segments)
        return tuple(sorted((a, z) for a, z in zip(starts, ends, strict=True) if a <= z and a != 0xFFFF))
    return ()
