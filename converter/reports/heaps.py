"""Doubts that come in heaps have one cause, and a person wants to hear of that: one doubt, a count, the first places.

A few doubts of one code stay as they are: each may be a slip of its own. Many of them, or many for the size of the
book, are one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.contracts import Diagnostic
from converter.document.model import Book, Paragraph
from converter.document.walk import chapter_units

PLACES = 3  # shown of a heap
QUOTES = frozenset('"“”„«»')


def _chapters(book: Book) -> int:
    return sum(1 for _ in book.walk())


def _paragraphs(book: Book) -> int:
    return sum(isinstance(block, Paragraph) for _, chapter in book.walk() for block in chapter.blocks)


def _with_quotes(book: Book) -> int:
    return sum(not QUOTES.isdisjoint(unit.text) for _, chapter in book.walk() for unit in chapter_units(chapter))


class Heap(NamedTuple):
    """When doubts of one code (and one cause) are a heap: `least` of them, and this share of what `of` counts.

    `said` names the cause; it may use {n}, {all} and {cause}.
    """

    least: int
    said: str
    share: float = 0.0
    of: Callable[[Book], int] = _chapters


HEAPS = {
    "heading-doubt": Heap(
        4, "{n} headings were taken for one doubtful reason ({cause}); --chapter or --no-chapters changes that"
    ),
    "emphasis-open": Heap(
        4,
        "“{cause}” opens emphasis {n} times that nothing closes: it may mean something else here, and stays as a sign",
    ),
    "quotes-unbalanced": Heap(
        8,
        "in {n} of {all} paragraphs the quotation marks don't pair: speech may be marked in some other way, "
        "with dashes, single marks, or one mark for each paragraph",
        0.1,
        _with_quotes,
    ),
    "sentence-broken": Heap(
        8,
        "{n} of {all} paragraphs end in mid-sentence: lines of verse, or cut by a program, may have become paragraphs",
        0.05,
        _paragraphs,
    ),
    "space-stray": Heap(
        8, "{n} times a space stands before a comma or full stop: it may be a habit, or come of a scan"
    ),
    "word-doubled": Heap(4, "“{cause} {cause}” stands there {n} times: it may be meant"),
    "chapter-empty": Heap(
        4, "nothing stands under {n} of {all} headings: a list of chapters may have been taken for chapters", 0.2
    ),
    "chapter-missing": Heap(
        5, "{n} times chapter numbers are missing: this may be a selection, or numbers of other things"
    ),
    "chapter-order": Heap(5, "{n} times chapters come out of order: several works, or a list, may stand in one file"),
    "chapter-repeated": Heap(
        5, "{n} times a chapter's number comes twice: several works, or a list, may stand in one file"
    ),
    "chapter-twice": Heap(5, "{n} chapters have the same text as another: the file may hold the story twice"),
}


def gathered(found: Sequence[Diagnostic], book: Book) -> tuple[Diagnostic, ...]:
    """The diagnostics with each heap as one, at the place of its first."""
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for one in found:
        if one.code in HEAPS:
            groups.setdefault((one.code, one.cause), []).append(one)
    heaps = {key: _one(many, book) for key, many in groups.items() if _is_heap(many, book)}
    if not heaps:
        return tuple(found)
    out: list[Diagnostic] = []
    for one in found:
        heap = heaps.get((one.code, one.cause))
        if heap is None:
            out.append(one)
        elif one is groups[one.code, one.cause][0]:
            out.append(heap)
    return tuple(out)


def _is_heap(many: Sequence[Diagnostic], book: Book) -> bool:
    heap = HEAPS[many[0].code]
    return len(many) >= heap.least and (not heap.share or len(many) >= heap.share * heap.of(book))


def _one(many: Sequence[Diagnostic], book: Book) -> Diagnostic:
    heap, first = HEAPS[many[0].code], many[0]
    total = heap.of(book) if "{all}" in heap.said else 0
    said = heap.said.format(n=f"{len(many):,}", all=f"{total:,}", cause=first.cause)
    places = [d.origin for d in many if d.origin][:PLACES]
    if len({p.source for p in places}) > 1:
        said += f"; first in {', '.join(map(str, places))}"
    elif places:
        said += f"; first in lines {', '.join(str(p.line) for p in places)}"
    return replace(first, message=said)
