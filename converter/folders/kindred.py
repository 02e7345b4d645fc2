"""Books that open alike, whatever they are called and in whatever format: which of them tell one story.

Strategy. Two books whose openings have a few sentences in common are compared as wholes. Where one holds all of the
other, and nothing says that they are different works, the fuller one is made; where most of a book is in another, both
are made, and it is said. What names tell of versions counts as it does for files that are called alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from converter.document.record import dataclass
from converter.folders.copies import (
    BEGINNING,
    MOST_VERSIONS,
    NO_LETTERS,
    REVISED,
    SMALL,
    Version,
    held,
    letters,
    version_of,
)
from converter.folders.listing import FIRST, Entry
from converter.folders.settled import settled_among
from converter.folders.understood import Twin
from converter.parsers.works.heads import FileHead, file_head

SENTENCE = 24  # letters of a sentence that is told apart from others by its words
COMPARED = 60  # letters of it
SHARED = 3  # such sentences in two openings
EVERYWHERE = 12  # books that have a sentence: then it is a site's, or a series'
MAKE_ONE = "; `chapbook reconcile` makes one book of them"
_ENDS = re.compile(rb"[.!?]+|\xe3\x80\x82|\xef\xbc[\x81\x9f]")
_TO_STOPS = SMALL.replace(b"!", b".").replace(b"?", b".")  # small letters, and one sign for all ends of sentences
_NEITHER = bytes(set(NO_LETTERS) - set(b".!?"))  # no letters, and no ends of sentences
_MARKUP = re.compile(rb"<(?:script|style)\b[^<]*<|<[^<>]*>", re.I)


@dataclass(frozen=True, slots=True)
class Telling:
    """A book by its first file and all its files, with the bytes of its opening; and of those of its `later` files,
    where another book may be a compile of some of them."""

    files: tuple[Entry, ...]
    opening: bytes
    later: tuple[bytes, ...] = ()

    @property
    def head(self) -> FileHead:
        """What its opening says; read for the few that tell the same."""
        return file_head(self.opening)

    @property
    def name(self) -> str:
        """What it is known by: its first file."""
        return self.files[0].name


def told_by_several(books: Sequence[Telling], text_of: Callable[[Telling], bytes]) -> dict[str, tuple[Twin, ...]]:
    """For books that tell one story, by their first files: the one that is made with the files of the others as its
    twins; and those that may be the same. `text_of` gives all the bytes of a book, b"" where they aren't compared."""
    made: dict[str, tuple[Twin, ...]] = {}
    openings = [frozenset().union(*map(_sentences, (book.opening, *book.later))) for book in books]
    for members in _alike(openings):
        kin = [books[n] for n in members]
        found = [_version(book, data) for book in kin if (data := text_of(book))]
        versions = [version for version in found if len(version.letters) >= BEGINNING]
        for name, twins in settled_among(versions).items():
            if told := tuple(_told(twins, {b.name: b for b in kin}, versions)):
                made[name] = told
    return made


def _version(book: Telling, data: bytes) -> Version:
    return version_of(replace(book.files[0], time=max(e.time for e in book.files)), data)


def _told(twins: Sequence[Twin], kin: Mapping[str, Telling], versions: Sequence[Version]) -> list[Twin]:
    """What is said of books beside one of them, each by all its files."""
    text = {v.entry.name: v.letters for v in versions}
    told = []
    for twin in twins:
        here, there = kin[twin.of], kin[twin.name]
        if not twin.made and not _one_work(here.head, there.head):
            said = replace(twin, made=True, why=f"{twin.why}, under another title; both are made")
        elif twin.made and held(text[twin.name], text[twin.of]).share < REVISED:
            continue
        else:
            said = replace(twin, why=f"{twin.why}{MAKE_ONE}") if twin.made else twin
        told += [replace(said, name=e.name) for e in (there.files[:1] if said.made else there.files)]
    return told


def _one_work(one: FileHead, other: FileHead) -> bool:
    """Whether two heads may be those of one work: neither title nor author contradict each other."""
    titles = [{t for t in (h.title, h.own, h.called) if t} for h in (one, other)]
    return _agree(*titles) and _agree(*({h.author} - {""} for h in (one, other)))


def _agree(one: set[str], other: set[str]) -> bool:
    """Whether two sides that may say nothing say the same, or one of them more of it: "The Gull (final)"."""
    return not one or not other or any(_holds(a, b) or _holds(b, a) for a in one for b in other)


def _holds(title: str, part: str) -> bool:
    """Whether a title holds another one, whose last number it does not go on: "lamp25" is no more of "lamp2"."""
    before, found, behind = title.partition(part)
    if not found:
        return False
    goes_on = (before[-1:].isdecimal() and part[:1].isdecimal()) or (part[-1:].isdecimal() and behind[:1].isdecimal())
    return not goes_on


def _sentences(opening: bytes) -> frozenset[bytes]:
    """The sentences of an opening, by their first letters."""
    if opening[:2] in (b"\xff\xfe", b"\xfe\xff"):
        opening = opening.decode("utf-16", "replace").encode()
    text = _MARKUP.sub(b" ", opening) if b"<" in opening else opening
    text = text[: 2 * FIRST]
    plain = text.translate(_TO_STOPS, _NEITHER)
    if len(plain) >= len(text) // 2:  # as `letters` has it, for all sentences at once
        found = [sentence[:COMPARED] for sentence in plain.split(b".")]
    else:
        found = [letters(sentence)[:COMPARED] for sentence in _ENDS.split(text)]
    return frozenset(sentence for sentence in found if len(sentence) >= SENTENCE)


def _alike(openings: Sequence[frozenset[bytes]]) -> list[list[int]]:
    """The numbers of openings that share sentences, directly or by way of others; no more than can be compared."""
    having: dict[bytes, list[int]] = {}
    seen: set[bytes] = set()
    again: set[bytes] = set()
    for sentences in openings:
        again |= sentences & seen
        seen |= sentences
    for n, sentences in enumerate(openings):
        for sentence in sentences & again:
            having.setdefault(sentence, []).append(n)
    common: dict[tuple[int, int], int] = {}
    for numbers in having.values():
        if 1 < len(numbers) <= EVERYWHERE:
            for pair in combinations(numbers, 2):
                common[pair] = common.get(pair, 0) + 1
    group: dict[int, list[int]] = {}
    for (one, other), count in sorted(common.items()):
        if count >= min(SHARED, len(openings[one]), len(openings[other])):
            joined = sorted({*group.get(one, [one]), *group.get(other, [other])})
            group |= dict.fromkeys(joined, joined)
    found = {id(members): members for members in group.values()}
    return [members for members in found.values() if len(members) <= MOST_VERSIONS]
