"""A text without chapters (or with fewer) is divided where another copy of it is: so each chapter can be compared.

The cuts are at blocks: where a chapter of another copy begins with a paragraph that stands once in the long one, and
where one ends whose next chapter is lacking in its copy. What no copy tells a beginning of stays with the chapter
before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import accumulate, pairwise

from converter.document.model import Block, Chapter
from converter.document.record import dataclass
from converter.document.words import block_text
from converter.reconciling.copies import ChapterPrint
from converter.reconciling.differences import measured
from converter.reconciling.fingerprints import bare_words, digest_of, pairs_alike

LONGER = 1.5  # times the words of a chapter that a text has which may be cut at its beginning
IN_IT = 0.5  # of the chapter's sketch that is in the text
LEADING = 8  # blocks of a chapter that are looked for in the text
MORE = 0.3  # of a chapter's words that stand behind it in a text: another chapter, no note
TELLING = 5  # words of a paragraph; a shorter one stands in any story

Walk = Sequence[Chapter]


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


def _cuts(walks: Sequence[Walk], prints: Sequence[Sequence[ChapterPrint]]) -> dict[tuple[int, int], tuple[int, ...]]:
    """At which of its blocks a chapter is to be cut."""
    places = [(copy, at) for copy, its in enumerate(prints) for at, p in enumerate(its) if p.sketch]
    of = [prints[copy][at] for copy, at in places]
    within: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for alike in pairs_alike([p.digest for p in of], [p.sketch for p in of]):
        small, large = sorted((alike.one, alike.other), key=lambda n: of[n].words)
        if places[small][0] == places[large][0] or alike.share < IN_IT:
            continue
        if of[large].words >= LONGER * of[small].words:
            within.setdefault(places[large], []).append(places[small])
    cuts: dict[tuple[int, int], tuple[int, ...]] = {}
    for long, parts in sorted(within.items()):
        copies = [copy for copy, _ in parts]
        whole = walks[long[0]][long[1]].blocks
        index = _once(whole)
        starts: set[int] = set()  # no copy divides it: a part of it is only a copy that was cut off
        if max(map(copies.count, copies)) > 1:
            starts = {_beginning(walks[copy][at].blocks, index) for copy, at in parts} - {0, -1}
        for copy, at in parts:  # but where the next chapter is lacking, what stands behind is that
            if _lacks_next(prints[copy], at):
                starts |= _end(walks[copy][at].blocks, whole, starts)
        if starts:
            cuts[long] = tuple(sorted(starts))
    return cuts


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


def _end(blocks: Sequence[Block], whole: Sequence[Block], starts: Set[int]) -> set[int]:
    """Before which block of a text what stands behind this chapter begins; nowhere, where that is little, up to the
    next of these starts of chapters."""
    words = [bare_words(block_text(block)) for block in whole]
    places = [0, *accumulate(map(len, words))]
    own = [word for block in blocks for word in bare_words(block_text(block))]
    end = places[-1] - measured(own, [word for block in words for word in block]).tail
    at = min(range(len(places)), key=lambda n: abs(places[n] - end))
    following = min((places[start] for start in starts if start >= at), default=places[-1])
    return {at} if at and following - places[at] >= MORE * len(own) else set()


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
