"""What is known of a story's copies as wholes: which are drafts of one another, which is a bad scan, how old each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain, combinations
from typing import TYPE_CHECKING

from converter.document.record import dataclass
from converter.reconciling.differences import measured
from converter.reconciling.letters import Losses, losses
from converter.reconciling.scanning import Slips, slips

if TYPE_CHECKING:
    from converter.reconciling.alignment import Slot
    from converter.reconciling.copies import ChapterPrint, Copy

Place = tuple[int, int]  # a copy, and a chapter of it
STANDS = 0.97  # of a text's words that are in another, which is the same and more
SAVED_APART = 60.0  # seconds between two files that were not saved together
NOTED = 3  # chapters of one copy that begin, or end, with the same words: a note, and no part of any
MISREAD = 0.1  # of the words of such a note, at most, that a scanner read in another way


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a chapter: whose (the place of its copy), which chapters of it, what they are known by; its words
    as `bare_words` gives them."""

    copy: int
    chapters: tuple[int, ...]
    prints: tuple[ChapterPrint, ...]
    words: Sequence[str]

    @property
    def place(self) -> Place:
        """Its copy, and the first of its chapters."""
        return self.copy, self.chapters[0]

    @property
    def name(self) -> str:
        """What its chapter is called."""
        return next((p.name for p in self.prints if p.name), "")

    @property
    def marks(self) -> int:
        """What it has beside bare words."""
        return sum(p.marks for p in self.prints)

    @property
    def cut_out(self) -> bool:
        """Whether it has no heading of its own, but was divided as another copy is."""
        return any(p.cut_out for p in self.prints)

    @property
    def remarks(self) -> tuple[tuple[int, int], ...]:
        """Where among its words something stands that looks like a reader's remark."""
        found: list[tuple[int, int]] = []
        before = 0
        for print_ in self.prints:
            found += [(before + start, before + end) for start, end in print_.remarks]
            before += print_.words
        return tuple(found)

    @property
    def gone(self) -> bool:
        """Whether it only says that its author took the chapter back."""
        return all(p.gone for p in self.prints)

    @property
    def lost(self) -> int:
        """Its letters that can't be read."""
        return sum(p.lost for p in self.prints)


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is known of copies as wholes. `pairs`: two of which one was worked over later, so that in some chapter each
    has words that the other has not; `scans`: one with letters that were misread, and one that has them right;
    `losses`: what two versions lost of their letters, by copy and first chapter; `words` are those of every chapter of
    every copy, by copy and chapter."""

    copies: Sequence[Copy]
    pairs: Set[tuple[int, int]]
    scans: Set[tuple[int, int]]
    losses: Mapping[tuple[Place, Place], Losses]
    words: Mapping[tuple[int, int], Sequence[str]]

    def losses_of(self, one: Version, other: Version) -> Losses:
        """What two versions of a chapter lost of their letters."""
        if found := self.losses.get((one.place, other.place)):
            return found
        there = self.losses.get((other.place, one.place), Losses())
        return Losses(there.other, there.one, there.rewritten)

    def is_note(self, version: Version, count: int, *, at_end: bool) -> bool:
        """Whether so many words at the beginning of a version, or at its end, stand so in several chapters of its
        copy: a note that its author or a translator put there."""
        part = slice(-count, None) if at_end else slice(0, count)
        said = version.words[part]
        chapters = (words[part] for (copy, _), words in self.words.items() if copy == version.copy)
        return sum(_as_said(said, words) for words in chapters) >= NOTED


def versions_of(
    slot: Slot, copies: Sequence[Copy], words: Mapping[tuple[int, int], Sequence[str]]
) -> tuple[Version, ...]:
    """The versions of a slot; `words` are those of every chapter of every copy, by copy and chapter."""
    return tuple(
        Version(
            copy,
            ats,
            tuple(copies[copy].chapters[at] for at in ats),
            [word for at in ats for word in words[copy, at]],
        )
        for copy, ats in slot.versions
    )


def _as_said(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two notes have the same words, some of which may be misread."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= MISREAD * len(one)


def compared(
    slots: Sequence[Sequence[Version]],
    copies: Sequence[Copy],
    words: Mapping[Place, Sequence[str]],
    texts: Mapping[Place, str],
) -> Drafts:
    """What the versions of all chapters tell of the copies; `words` and `texts` are those of every chapter of every
    copy."""
    slots = [[v for v in versions if not v.gone] for versions in slots]  # a note is no draft of its chapter
    known = Counter(chain.from_iterable(v.words for versions in slots for v in versions))
    return Drafts(copies, _drafts(slots, copies), _scans(slots, known), dict(_losses(slots, texts)), words)


def _losses(
    slots: Sequence[Sequence[Version]], texts: Mapping[Place, str]
) -> Iterator[tuple[tuple[Place, Place], Losses]]:
    """What each two versions lost of their letters; nothing where all their letters are those of a typewriter."""
    for versions in slots:
        told = {v.place: "\n".join(texts[v.copy, at] for at in v.chapters) for v in versions}
        for one, other in combinations(told, 2):
            if told[one] != told[other] and not (told[one].isascii() and told[other].isascii()):
                yield (one, other), losses(told[one], told[other])


def _drafts(slots: Sequence[Sequence[Version]], copies: Sequence[Copy]) -> frozenset[tuple[int, int]]:
    """The copies, two and two, of which one is a draft that was worked over later: in some chapter each has words that
    the other has not. Then a whole draft is better than a mixture, and one that was saved later was written later."""
    found: set[tuple[int, int]] = set()
    for versions in slots:
        for one, other in combinations(versions, 2):
            pair = one.copy, other.copy
            saved = [copies[v.copy].dated_as(v.chapters).saved for v in (one, other)]
            apart = abs(saved[0] - saved[1]) > SAVED_APART
            if pair in found or not apart or one.words == other.words:
                continue
            forth, back = measured(other.words, one.words), measured(one.words, other.words)
            if max(forth.same, back.same) < STANDS:
                found.add(pair)
    return frozenset(found)


def _scans(slots: Sequence[Sequence[Version]], known: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    """The copies, each with another one, in which letters were misread that this one has right."""
    found: dict[tuple[int, int], Slips] = {}
    for versions in slots:
        for one, other in combinations(versions, 2):
            if one.words != other.words:
                pair = one.copy, other.copy
                found[pair] = found.get(pair, Slips()) + slips(one.words, other.words, known)
    return frozenset(pair if its.worse == 1 else pair[::-1] for pair, its in found.items() if its.worse)


def first_saved(versions: Sequence[Version], copies: Sequence[Copy]) -> Sequence[Copy]:
    """The copies, each as old as the oldest file that has its words of this chapter: a page that was saved last month
    may hold the text of a draft of last year, and of a copy in several files each was written at its own time."""
    chapters_of = {v.copy: v.chapters for v in versions}
    copies = [c.dated_as(chapters_of[n]) if n in chapters_of else c for n, c in enumerate(copies)]
    text_of = {v.copy: tuple(p.digest for p in v.prints) for v in versions}
    first: dict[tuple[str, ...], float] = {}
    for copy, text in text_of.items():
        first[text] = min(first.get(text, copies[copy].saved), copies[copy].saved)
    return [replace(c, saved=first[text_of[n]]) if n in text_of else c for n, c in enumerate(copies)]


def with_likely_dates(copies: Sequence[Copy], slots: Sequence[Slot]) -> list[Copy]:
    """The copies, those without a date as of the revision whose versions they have wherever dated copies differ."""
    votes: list[set[str]] = [set() for _ in copies]
    for slot in slots:
        text = {copy: tuple(copies[copy].chapters[at].digest for at in ats) for copy, ats in slot.versions}
        dates: dict[tuple[str, ...], set[str]] = {}
        for copy, digests in text.items():
            if copies[copy].changed:
                dates.setdefault(digests, set()).add(copies[copy].changed)
        if len(dates) > 1:
            for copy, digests in text.items():
                votes[copy] |= dates.get(digests, set())
    return [
        replace(copy, likely=min(its)) if not copy.changed and len(its) == 1 else copy
        for copy, its in zip(copies, votes, strict=True)
    ]
