"""A place in an old file of a book, found in a later one by the words that stand there."""

from __future__ import annotations

from collections import Counter

from converter.document.record import dataclass
from converter.shelf.sync.outlines import Chapter, Outline
from converter.shelf.sync.pointers import Pointer

TELLING = 20  # characters that two chapters have to share before they may be one: "* * *" are in many
AROUND = 3  # blocks before and behind one that tell it from others with the same words


@dataclass(frozen=True, slots=True)
class Spot:
    """A block of an outline: chapter and block by number; `inside` are the steps from the block on, and the offset,
    None where only the block is known."""

    chapter: int
    block: int
    inside: tuple[tuple[str, ...], int] | None = None


def spot_of(outline: Outline, pointer: Pointer) -> Spot | None:
    """The block in which a pointer is; None where it leads nowhere."""
    if pointer.document >= len(outline):
        return None
    chapter = outline[pointer.document]
    for length in range(len(pointer.steps), 0, -1):
        if (block := chapter.at.get("/".join(pointer.steps[:length]))) is not None:
            return Spot(pointer.document, block, (pointer.steps[length:], pointer.offset))
    start = "/".join(pointer.steps)
    first = next((n for n, path in enumerate(chapter.paths) if path.startswith(f"{start}/")), None)
    return Spot(pointer.document, first) if first is not None else None


def start_of(outline: Outline, document: int) -> Spot | None:
    """The first block of a document, or of the next one that has any, else of the last that has."""
    order = (*range(document, len(outline)), *range(min(document, len(outline)) - 1, -1, -1))
    return next((Spot(n, 0) for n in order if outline[n].paths), None)


def end_of(outline: Outline) -> Spot | None:
    """The last block of all."""
    filled = [n for n, chapter in enumerate(outline) if chapter.paths]
    return Spot(filled[-1], len(outline[filled[-1]].paths) - 1) if filled else None


def moved(spot: Spot, old: Outline, new: Outline) -> Spot | None:
    """The same place in another file; None only where that has no text at all."""
    there = old[spot.chapter]
    number = same_chapter(spot.chapter, old, new)
    if number is not None and new[number].key == there.key:
        return Spot(number, spot.block, spot.inside)
    words = there.words[spot.block]
    if number is not None and words in new[number].words:
        return Spot(number, _occurrence(there, spot.block, new[number]), spot.inside)
    everywhere = [(n, b) for n, c in enumerate(new) for b, said in enumerate(c.words) if said == words]
    if len(everywhere) == 1:
        return Spot(*everywhere[0], spot.inside)
    if number is None:
        return _behind(spot.chapter, old, new)
    return Spot(number, _aligned(there, spot.block, new[number]))


def spot_at(outline: Outline, share: float) -> Spot | None:
    """The block before which is so much of a book, from 0 to 1, in characters."""
    left = share * sum(c.size for c in outline)
    for number, chapter in enumerate(outline):
        for block, size in enumerate(chapter.sizes):
            if left < size:
                return Spot(number, block)
            left -= size
    return end_of(outline)


def fraction(outline: Outline, spot: Spot) -> float:
    """How much of a book is before a block, from 0 to 1, in characters."""
    before = sum(c.size for c in outline[: spot.chapter]) + sum(outline[spot.chapter].sizes[: spot.block])
    return before / max(1, sum(c.size for c in outline))


def same_chapter(number: int, old: Outline, new: Outline) -> int | None:
    """Which chapter of the new file this one became: the one with the same blocks, else the one that shares most of
    them, else the one with its name."""
    chapter = old[number]
    there = Counter(chapter.words)
    sizes = dict(zip(chapter.words, chapter.sizes, strict=True))

    def likeness(at: int) -> tuple[bool, int, bool, int]:
        shared = sum(sizes[words] * n for words, n in (there & Counter(new[at].words)).items())
        shared = shared if shared >= TELLING else 0
        return new[at].key == chapter.key, shared, new[at].name == chapter.name, -abs(at - number)

    filled = [n for n, c in enumerate(new) if c.paths]
    best = max(filled, key=likeness, default=None)
    if best is None:
        return None
    same, shared, named, _ = likeness(best)
    return best if same or shared or named else None


def _behind(number: int, old: Outline, new: Outline) -> Spot | None:
    """The start of what stands where a chapter stood that is gone: behind the one that was before it."""
    for before in range(number - 1, -1, -1):
        if old[before].paths and (found := same_chapter(before, old, new)) is not None:
            return start_of(new, found + 1) if any(c.paths for c in new[found + 1 :]) else end_of(new)
    return start_of(new, min(number, len(new) - 1))


def _occurrence(there: Chapter, block: int, here: Chapter) -> int:
    """Which of the blocks with the same words is this one: the one with the most of the same around it."""

    def around(at: int) -> tuple[int, int]:
        same = 0
        for step in (*range(-AROUND, 0), *range(1, AROUND + 1)):
            one, other = block + step, at + step
            if 0 <= one < len(there.words) and 0 <= other < len(here.words):
                same += there.words[one] == here.words[other]
        return same, -abs(at - block)

    return max((n for n, words in enumerate(here.words) if words == there.words[block]), key=around)


def _aligned(there: Chapter, block: int, here: Chapter) -> int:
    """The block that stands where one stood whose words are others now: between the same neighbours. Without any, the
    first of the chapter."""
    once = {words for words, number in Counter(here.words).items() if number == 1}
    at = {words: n for n, words in enumerate(here.words) if words in once}
    before = next((n for n in range(block - 1, -1, -1) if there.words[n] in at), None)
    behind = next((n for n in range(block + 1, len(there.words)) if there.words[n] in at), None)
    if before is not None:
        found = at[there.words[before]] + block - before
        if behind is not None and (limit := at[there.words[behind]]) > at[there.words[before]]:
            found = min(found, max(limit - 1, at[there.words[before]] + 1))
        return min(found, len(here.words) - 1)
    if behind is not None:
        return max(0, at[there.words[behind]] - (behind - block))
    return 0
