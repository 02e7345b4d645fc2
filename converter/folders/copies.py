"""The same story twice: in several formats, as a copy, in several versions. Told by names, settled by the texts.

Strategy: files whose names differ in an ending or in a version's marks are compared by their letters and digits alone,
so that markup, line ends and quotation marks don't count. One is made where nothing but single words of the others is
missing from it, or where it is both the newest and the fullest version; in doubt all of them are made, and the doubt is
said (`settled.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from converter.folders.listing import Entry
from converter.recognisers.lines.library import without_frame
from converter.recognisers.metadata.copies_in_names import version_name

SPACING = 200  # letters from one place that is looked for in the other text to the next: 40 words, more or less
FEWEST, MOST = 40, 4_000  # such places
LETTERS = 32  # of each: six words, more or less
GLANCES = 12  # places by which it is seen whether two texts have to do with each other at all
HELD = 0.9  # of the places: the rest are typos that were mended
RUN = 3  # places in a row that are not there: a passage is missing
AT_EDGE = 2  # of the first or the last places: a beginning or an end is missing
MOST_GONE, PART_GONE = 40, 0.01  # letters in a row, and of all, that are not there: single words, no sentence
STEP, STRETCH = 4, 4_096  # letters that are passed over where two texts differ; that are compared at once
NEAR = 4_000  # letters behind the last place that was found: the next one is looked for there first
REVISED = 0.5  # of them: a revision of the same story
KIN = 0.25  # of them: the texts have to do with each other
FEW_MARKS = 3  # of italics, headings and pictures: a difference of no account
BEGINNING = 400  # letters of two texts that are the same: more than a head that many stories of a site share
MOST_VERSIONS = 60  # of one name that are compared: more are chapters or stories that are numbered so
_TAGS = re.compile(rb"<(?:script|style)\b[^<]*<|<[^<>]*>|&#?\w{1,10};", re.I)
_RICH = re.compile(
    rb"<(?:i|em|b|strong|h[1-6]|img|blockquote|cite|hr)\b|(?<![*\w])\*{1,3}(?=[^\s*])|(?<![\w_])_(?=[^\s_])|^#{1,6} ",
    re.I | re.M,
)
_ALL = bytes(range(256))
SMALL = _ALL.lower()
NO_LETTERS = bytes(c for c in _ALL if not (48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122))
_NO_LETTERS_WIDE = bytes(c for c in range(128) if not (48 <= c <= 57 or 65 <= c <= 90 or 97 <= c <= 122))
_PUNCTUATION = re.compile(rb"\xe2\x80.|\xc2[\xa0-\xbf]|\xe3\x80.|\xef\xbc.", re.S)


class Version(NamedTuple):
    """A file that may be a version of a story: its name, its place among versions, its letters, how rich its markup
    is."""

    entry: Entry
    order: tuple[tuple[int, float], int]
    letters: bytes
    rich: int


def alike_by_name(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Files that may be the same story by their names: at least two each, in the order given."""
    groups: dict[str, list[str]] = {}
    marked: set[str] = set()
    for name in names:
        version = version_name(name.rpartition(".")[0])
        groups.setdefault(version.story, []).append(name)
        if version.marked:
            marked.add(name)
    found = []
    for members in groups.values():
        stems = {m.rpartition(".")[0].casefold() for m in members}
        proposed = len(stems) < len(members) or any(m in marked for m in members)
        if 1 < len(members) <= MOST_VERSIONS and proposed:
            found.append(tuple(members))
    return found


def version_of(entry: Entry, data: bytes) -> Version:
    """A file (or several, by the first of them) as a version of a story; `data` is all of it."""
    order = version_name(entry.name.rpartition(".")[0]).order
    return Version(entry, (order, entry.time), letters(data), len(_RICH.findall(data)))


def letters(data: bytes) -> bytes:
    """A story's letters in small and its digits, without markup: what two formats of one story share. Letters beyond
    English count where there are few others; what a library says around its books doesn't."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    data = without_frame(data)
    bare = _TAGS.sub(b" ", data) if b"<" in data or b"&" in data else data
    plain = bare.translate(SMALL, NO_LETTERS)
    if len(plain) >= len(bare) // 2:
        return plain
    return _PUNCTUATION.sub(b"", bare).translate(SMALL, _NO_LETTERS_WIDE)


class Held(NamedTuple):
    """How much of one text another holds, from 0 to 1, and whether nothing but single words of it is missing there: so
    many letters."""

    share: float
    whole: bool
    gone: int = 0


def held(part: bytes, whole: bytes) -> Held:
    """How much of `part` is found in `whole`, both as `letters` gives them."""
    if part == whole:
        return Held(1.0, True)
    found = found_in(part, whole, min(MOST, max(FEWEST, len(part) // SPACING)))
    if not found:
        return Held(0.0, False)
    missing = max(map(len, "".join("+-"[not f] for f in found).split("+")))
    share = sum(found) / len(found)
    edges = any(found[:AT_EDGE]) and any(found[-AT_EDGE:])
    if share < HELD or missing >= RUN or not edges:
        return Held(share, False)
    gone = _gone(part, whole)
    return Held(share, gone is not None, gone or 0)


def _gone(part: bytes, whole: bytes) -> int | None:
    """How many letters of one text, read from its beginning to its end, the other hasn't; None where more than single
    words are missing."""
    at = last = gone = row = 0
    while at < len(part):
        snippet = part[at : at + LETTERS]
        place = whole.find(snippet, last, last + NEAR)
        if place < 0:
            place = whole.find(snippet)
        if place >= 0:
            same = _same_length(part, at, whole, place)
            at, last, row = at + same, place + same, 0
            continue
        at, row, gone = at + STEP, row + STEP, gone + STEP
        if row > MOST_GONE or gone > max(MOST_GONE, len(part) * PART_GONE):
            return None
    return gone


def _same_length(one: bytes, at: int, other: bytes, place: int) -> int:
    """How many letters from these places on are the same in both."""
    same, stretch = 0, STRETCH
    while stretch:
        here = one[at + same : at + same + stretch]
        if here and here == other[place + same : place + same + stretch]:
            same += len(here)
            if len(here) < stretch:
                break
        else:
            stretch //= 2
    return same


def found_in(part: bytes, whole: bytes, places: int) -> list[bool]:
    """For places of one text, from its beginning to its end, whether the other has them."""
    if not part or not whole:
        return []
    size = min(LETTERS, len(part))
    places = min(places, max(1, len(part) // size))
    room = len(part) - size
    found, last = [], 0
    for n in range(places):
        at = room * n // max(1, places - 1)
        snippet = part[at : at + size]
        place = whole.find(snippet, last, last + NEAR)
        if place < 0:
            place = whole.find(snippet)
        found.append(place >= 0)
        last = place if place >= 0 else last
    return found


def beginning(first: bytes) -> bytes:
    """The first letters of a text, from its first bytes: b"" where they are too few to tell it from others."""
    some = first[: 3 * BEGINNING]
    found = letters(some) if b"<" not in some and b"&" not in some else b""
    found = (found if len(found) >= BEGINNING else letters(first))[:BEGINNING]
    return found if len(found) == BEGINNING else b""
