"""A text without chapters (or with fewer) is divided where another copy of it is: so each chapter can be compared.

The cuts are at blocks: where a chapter of another copy begins with a paragraph that stands once in the long one, and
where one ends whose next chapter is lacking in its copy. What is left of the long one beside a chapter that it holds
may be that chapter's neighbour, rewritten: where a quarter of it is the same, or its first or last words are; or, in a
copy that has several chapters in one elsewhere, where it stands between the same two. What no copy tells a beginning of
stays with the chapter before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import accumulate, pairwise

from converter.document.model import Block, Chapter, SceneBreak
from converter.document.record import dataclass
from converter.document.words import block_text
from converter.reconciling.copies import SURE, ChapterPrint
from converter.reconciling.differences import measured
from converter.reconciling.fingerprints import bare_words, digest_of, likeness, pairs_alike, sketch_of

LONGER = 1.2  # times the words of a chapter that a text has which may be cut at its beginning
IN_IT = 0.5  # of the chapter's sketch that is in the text
LEADING = 4  # blocks of a chapter, the first or the last ones, that are looked for in the text
MORE = 0.3  # of a chapter's words that stand behind it in a text: another chapter, no note
FRAMING = 8  # words at the beginning, or at the end, of two versions of a chapter of which little else is the same
TELLING = 5  # words of a paragraph; a shorter one stands in any story

Walk = Sequence[Chapter]
Place = tuple[int, int]  # a copy, and a chapter of it


@dataclass(frozen=True, slots=True)
class Divided:
    """The chapters of one copy, in reading order, each with the place that it had (or was a part of) before."""

    chapters: tuple[Chapter, ...]
    before: tuple[int, ...]


def divided_alike(walks: Sequence[Walk], prints: Sequence[Sequence[ChapterPrint]]) -> list[Divided]:
    """The chapters of all copies, those divided that another copy has in several; `prints` are those of each."""
    cuts = _cuts(walks, prints)
    own: list[dict[int, tuple[int, ...]]] = [{} for _ in walks]
    for (copy, at), found in cuts.items():
        own[copy][at] = found
    return [_divided(walk, its) for walk, its in zip(walks, own, strict=True)]


def _cuts(walks: Sequence[Walk], prints: Sequence[Sequence[ChapterPrint]]) -> dict[Place, tuple[int, ...]]:
    """At which of its blocks a chapter is to be cut."""
    places = [(copy, at) for copy, its in enumerate(prints) for at, p in enumerate(its) if p.sketch]
    of = [prints[copy][at] for copy, at in places]
    within: dict[Place, list[Place]] = {}
    homes: dict[Place, set[Place]] = {}
    for alike in pairs_alike([p.digest for p in of], [p.sketch for p in of]):
        small, large = sorted((alike.one, alike.other), key=lambda n: of[n].words)
        if places[small][0] == places[large][0] or alike.share < IN_IT:
            continue
        homes.setdefault(places[small], set()).add(places[large])
        homes.setdefault(places[large], set()).add(places[small])
        if of[large].words >= LONGER * of[small].words:
            within.setdefault(places[large], []).append(places[small])
    found = {long: _starts(walks, prints, homes, long, parts) for long, parts in sorted(within.items())}
    return {long: tuple(sorted(starts)) for long, starts in found.items() if starts}


def _starts(
    walks: Sequence[Walk],
    prints: Sequence[Sequence[ChapterPrint]],
    homes: Mapping[Place, Set[Place]],
    long: Place,
    parts: Sequence[Place],
) -> set[int]:
    """The blocks of a long chapter at which another one begins, by the parts that it holds."""
    copies = [copy for copy, _ in parts]
    whole = walks[long[0]][long[1]].blocks
    index = _once(whole)
    starts: set[int] = set()  # no copy divides it: a part of it is only a copy that was cut off
    if max(map(copies.count, copies)) > 1:
        starts = {_beginning(walks[copy][at].blocks, index) for copy, at in parts} - {0, -1}
    for copy, at in parts:  # but where the next chapter is lacking, what stands behind is that
        if _lacks_next(prints[copy], at):
            starts |= _end(walks[copy][at].blocks, whole, starts)
    for copy in dict.fromkeys(copies):
        held = sorted(at for c, at in parts if c == copy)
        starts |= _Beside(walks, prints, homes, long, copy).cuts(held, whole, index)
    return starts


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is left of a long chapter beside those that it holds of another copy: is it their neighbours, rewritten?
    `homes` says for each chapter in which ones much of it stands."""

    walks: Sequence[Walk]
    prints: Sequence[Sequence[ChapterPrint]]
    homes: Mapping[Place, Set[Place]]
    long: Place
    copy: int

    def cuts(self, held: Sequence[int], whole: Sequence[Block], index: Mapping[str, int]) -> set[int]:
        """Before which blocks of the long chapter such a neighbour begins, or ends."""
        bounds = [self._bounds(at, index) for at in held]
        found: set[int] = set()
        for n, at in enumerate(held):
            start, end = bounds[n]
            after = min((s for s, _ in bounds if s >= end), default=len(whole))
            before = max((e for _, e in bounds if 0 < e <= start), default=0)
            if end > 0 and self._is_rewritten(at + 1, whole[end:after], between=self._goes_on(held, at, 1)):
                found.add(end + 1 if isinstance(whole[end], SceneBreak) else end)
            if start > 0 and self._is_rewritten(at - 1, whole[before:start], between=self._goes_on(held, at, -1)):
                found.add(start)
        return found - {0, len(whole)}

    def _bounds(self, at: int, index: Mapping[str, int]) -> tuple[int, int]:
        blocks = self.walks[self.copy][at].blocks
        return _beginning(blocks, index), _ending(blocks, index)

    def _is_rewritten(self, at: int, left: Sequence[Block], *, between: bool) -> bool:
        """Whether these blocks are this chapter of the other copy, which stands in no other chapter of the long one's
        copy."""
        if not 0 <= at < len(self.prints[self.copy]) or {*self._homes_of(at)} - {self.long}:
            return False
        print_ = self.prints[self.copy][at]
        words = _words_of(left)
        if not print_.words or len(words) < MORE * print_.words:
            return False
        if between or likeness(sketch_of(words), print_.sketch)[0] >= SURE:
            return True
        own = _words_of(self.walks[self.copy][at].blocks)
        parts = slice(0, FRAMING), slice(-FRAMING, None)
        return any(words[part] == own[part] and not self._is_usual(own[part], at, part) for part in parts)

    def _is_usual(self, said: Sequence[str], at: int, part: slice) -> bool:
        """Whether other chapters of a copy begin or end in these words, too."""
        others = (c for n, c in enumerate(self.walks[self.copy]) if n != at)
        return any(_words_of(c.blocks)[part] == said for c in others)

    def _goes_on(self, held: Sequence[int], at: int, step: int) -> bool:
        """Whether the chapter after the next one (or before the last one) stands where the long chapter goes on: in
        it, or in the one behind it (before it); and its copy has several chapters in one, there or elsewhere."""
        if at + 2 * step in held:
            return True
        own, (copy, long) = self.prints[self.long[0]], self.long
        if (copy, long + step) not in self._homes_of(at + 2 * step) or self.prints[self.copy][at].open_end:
            return False
        here, there = own[long].number, own[long + step].number
        return here is not None and there == here + step and any(map(self._holds_several, range(len(own))))

    def _holds_several(self, at: int) -> bool:
        inside = [n for c, n in self.homes.get((self.long[0], at), ()) if c == self.copy]
        return len(inside) > 1

    def _homes_of(self, at: int) -> list[Place]:
        """The chapters of the long one's copy in which much of this one stands."""
        return [place for place in self.homes.get((self.copy, at), ()) if place[0] == self.long[0]]


def _once(blocks: Sequence[Block]) -> dict[str, int]:
    """Where the blocks stand that are there once."""
    at: dict[str, int] = {}
    for place, block in enumerate(blocks):
        words = bare_words(block_text(block))
        if len(words) >= TELLING:
            key = digest_of(words)
            at[key] = -1 if key in at else place
    return {key: place for key, place in at.items() if place >= 0}


def _beginning(blocks: Sequence[Block], index: Mapping[str, int]) -> int:
    """At which block of a text a chapter begins; -1 where none of its first ones stands there."""
    for place, block in enumerate(blocks[:LEADING]):
        at = index.get(digest_of(bare_words(block_text(block))), -1)
        if at >= 0:
            return max(0, at - place)
    return -1


def _ending(blocks: Sequence[Block], index: Mapping[str, int]) -> int:
    """Behind which block of a text a chapter ends; -1 where none of its last ones stands there."""
    for place, block in enumerate(reversed(blocks[-LEADING:])):
        at = index.get(digest_of(bare_words(block_text(block))), -1)
        if at >= 0:
            return at + place + 1
    return -1


def _end(blocks: Sequence[Block], whole: Sequence[Block], starts: Set[int]) -> set[int]:
    """Before which block of a text what stands behind this chapter begins; nowhere, where that is little, up to the
    next of these starts of chapters."""
    words = [bare_words(block_text(block)) for block in whole]
    places = [0, *accumulate(map(len, words))]
    own = _words_of(blocks)
    end = places[-1] - measured(own, [word for block in words for word in block]).tail
    at = min(range(len(places)), key=lambda n: abs(places[n] - end))
    following = min((places[start] for start in starts if start >= at), default=places[-1])
    return {at} if at and following - places[at] >= MORE * len(own) else set()


def _words_of(blocks: Sequence[Block]) -> list[str]:
    return [word for block in blocks for word in bare_words(block_text(block))]


def _lacks_next(prints: Sequence[ChapterPrint], at: int) -> bool:
    """Whether a copy has not the chapter behind this one, by the numbers of both: 2 of 1, 3."""
    own = prints[at].number
    following = next((p.number for p in prints[at + 1 :] if p.kind == prints[at].kind), None)
    return own is not None and following is not None and following > own + 1


def _divided(walk: Walk, cuts: Mapping[int, tuple[int, ...]]) -> Divided:
    chapters: list[Chapter] = []
    before: list[int] = []
    for place, chapter in enumerate(walk):
        bounds = [0, *cuts.get(place, ()), len(chapter.blocks)]
        for number, (start, end) in enumerate(pairwise(bounds)):
            piece = chapter
            if len(bounds) > 2:
                piece = replace(chapter, blocks=chapter.blocks[start:end], children=())
            if number:
                origin = next((b.origin for b in piece.blocks if b.origin), chapter.origin)
                piece = replace(piece, label=(), title=(), number=None, kind="chapter", origin=origin)
            chapters.append(piece)
            before.append(place)
    return Divided(tuple(chapters), tuple(before))
