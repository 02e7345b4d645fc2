"""The same story twice: in several formats, as a copy, in several versions. Told by names, settled by the texts.

Strategy: files whose names differ in an ending or in a version's marks are compared by their letters and digits alone,
so that markup, line ends and quotation marks don't count. One is made where nothing but single words of the others is
missing from it, or where it is both the newest and the fullest version; in doubt all of them are made, and the doubt is
said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from converter.folders.kinds import ending_of
from converter.folders.listing import WHOLE, Entry, Look
from converter.folders.understood import Twin
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


def sorted_out(names: Sequence[str], entries: Mapping[str, Entry], look: Look) -> dict[str, tuple[Twin, ...]]:
    """Which of these files are made, each with its twins: files that are not made, and those that may be the same."""
    return settled_among([version_of(entries[name], look.whole(name)) for name in names])


def settled_among(versions: Sequence[Version]) -> dict[str, tuple[Twin, ...]]:
    """Which of these versions are made, by their names, each with its twins."""
    clusters: list[list[Version]] = []
    for version in sorted(versions, key=lambda v: (len(v.letters), v.rich), reverse=True):
        for cluster in clusters:  # the fullest first: each joins the first one it has to do with
            if _have_to_do(version.letters, cluster[0].letters):
                cluster.append(version)
                break
        else:
            clusters.append([version])
    made: dict[str, tuple[Twin, ...]] = {}
    for cluster in clusters:
        made |= _settled(cluster)
    return made


def told_again(names: Sequence[str], entries: Mapping[str, Entry], look: Look) -> dict[str, tuple[Twin, ...]]:
    """Of files of one format that are the same to the last sign, but for gaps, whatever they are called: which one is
    made, with the others as its twins. Only files that begin alike are read."""
    alike: dict[bytes, list[str]] = {}
    for name in names:
        if entries[name].size > WHOLE:
            continue
        if opening := beginning(look.first(name)):
            alike.setdefault(opening, []).append(name)
    made: dict[str, tuple[Twin, ...]] = {}
    for members in alike.values():
        same: dict[tuple[str, bytes], list[Version]] = {}
        for name in members if len(members) > 1 else ():
            data = look.whole(name)
            text = ending_of(name), b"".join(data.split())
            same.setdefault(text, []).append(version_of(entries[name], data))
        for cluster in same.values():
            made |= _settled(cluster) if len(cluster) > 1 else {}
    return made


def version_of(entry: Entry, data: bytes) -> Version:
    """A file (or several, by the first of them) as a version of a story; `data` is all of it."""
    order = version_name(entry.name.rpartition(".")[0]).order
    return Version(entry, (order, entry.time), letters(data), len(_RICH.findall(data)))


def letters(data: bytes) -> bytes:
    """A story's letters in small and its digits, without markup: what two formats of one story share. Letters beyond
    English count where there are few others."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
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
    found = _found(part, whole, min(MOST, max(FEWEST, len(part) // SPACING)))
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


def _found(part: bytes, whole: bytes, places: int) -> list[bool]:
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


def _have_to_do(one: bytes, other: bytes) -> bool:
    """Whether two texts have to do with each other: enough of the shorter one is in the longer."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    return any(_found(short, long, GLANCES)) and held(short, long).share >= KIN


def _settled(cluster: Sequence[Version]) -> dict[str, tuple[Twin, ...]]:
    """What is made of files whose texts have to do with each other; the first is the fullest."""
    if len(cluster) == 1:
        return {cluster[0].entry.name: ()}
    chosen = _whole(cluster) or _newest(cluster)
    if chosen is None:
        first = cluster[0]
        doubts = tuple(Twin(v.entry.name, first.entry.name, _doubt(v, first), made=True) for v in cluster[1:])
        return {first.entry.name: doubts} | {v.entry.name: () for v in cluster[1:]}
    twins = [Twin(v.entry.name, chosen.entry.name, _why(v, chosen)) for v in cluster if v is not chosen]
    return {chosen.entry.name: tuple(sorted(twins, key=lambda t: t.name))}


def _whole(cluster: Sequence[Version]) -> Version | None:
    """Of the files in which nothing of the others is missing the newest version, and of that the richest format."""
    fit = [v for v in cluster if all(held(o.letters, v.letters).whole for o in cluster)]
    newest = max(v.order[0] for v in cluster)
    fit = [v for v in fit if v.order[0] == newest]
    richest = max((v.rich for v in fit), default=0)
    differ = len({v.letters for v in fit}) > 1  # in single words: the one that was written last is made
    if differ:
        fit = [v for v in fit if v.rich + FEW_MARKS >= richest]
    best = max(
        fit,
        key=lambda v: (v.order[1] if differ else 0.0, v.rich, -len(v.entry.name), v.order[1], v.entry.name),
        default=None,
    )
    if best and any(v.rich > best.rich + FEW_MARKS and v.letters != best.letters for v in cluster):
        return None  # the fullest text has lost the italics of another
    return best


def _newest(cluster: Sequence[Version]) -> Version | None:
    """The version that is both the newest and the fullest, where the others are its earlier versions by name."""
    newest = max(cluster, key=lambda v: (v.order, len(v.letters)))
    others = [v for v in cluster if v is not newest]
    fuller = all(len(newest.letters) >= len(v.letters) for v in others)
    later = all(newest.order[0] > v.order[0] for v in others)
    revised = all(held(v.letters, newest.letters).share >= REVISED for v in others)
    return newest if fuller and later and revised else None


def _why(twin: Version, made: Version) -> str:
    there = held(twin.letters, made.letters)
    if not there.whole:
        return f"an earlier version: {round(100 * there.share)} % of it is there unchanged"
    same = "the same text" if held(made.letters, twin.letters).whole else "all of its text is there"
    if there.gone or (same == "the same text" and twin.letters != made.letters):
        same += " but for single words"
    if ending_of(twin.entry.name) != ending_of(made.entry.name):
        same += " in another format" + (", and less markup" if made.rich > twin.rich else "")
    return same


def _doubt(twin: Version, made: Version) -> str:
    share = round(100 * held(twin.letters, made.letters).share)
    return f"perhaps the same story ({share} % of it is there, too); both are made"
