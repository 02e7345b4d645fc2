"""Findings that come in heaps have one cause, and a person wants to hear of that: one of them, a count, some places.

A few findings of one code stay as they are: each may be a slip of its own. Many of them, or many for the size of the
book, are one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from converter.document.findings.chapters import (
    ChapterEmpty,
    ChapterMissing,
    ChapterOrder,
    ChapterRepeated,
    ChapterTwice,
    HeadingDoubt,
)
from converter.document.findings.heap import Heap, Heaped
from converter.document.findings.words import EmphasisOpen, QuotesUnbalanced, SentenceBroken, SpaceStray, WordDoubled
from converter.document.model import Book, Paragraph
from converter.document.text_units import chapter_units

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

PLACES = 3  # shown of a heap
QUOTES = frozenset('"“”„«»')


def _chapters(book: Book) -> int:
    return sum(1 for _ in book.walk())


def _paragraphs(book: Book) -> int:
    return sum(isinstance(block, Paragraph) for _, chapter in book.walk() for block in chapter.blocks)


def _with_quotes(book: Book) -> int:
    return sum(not QUOTES.isdisjoint(unit.text) for _, chapter in book.walk() for unit in chapter_units(chapter))


class HeapRule(NamedTuple):
    """When findings of one kind (and one cause) are a heap: `least` of them, and this share of what `of` counts."""

    least: int
    share: float = 0.0
    of: Callable[[Book], int] = _chapters


HEAPS: dict[type[Heaped], HeapRule] = {
    HeadingDoubt: HeapRule(4),
    EmphasisOpen: HeapRule(4),
    QuotesUnbalanced: HeapRule(8, 0.1, _with_quotes),
    SentenceBroken: HeapRule(8, 0.05, _paragraphs),
    SpaceStray: HeapRule(8),
    WordDoubled: HeapRule(4),
    ChapterEmpty: HeapRule(4, 0.2),
    ChapterMissing: HeapRule(5),
    ChapterOrder: HeapRule(5),
    ChapterRepeated: HeapRule(5),
    ChapterTwice: HeapRule(5),
}


def gathered(findings: Sequence[Finding], book: Book) -> tuple[Finding, ...]:
    """The findings with each heap as one, at the place of its first."""
    groups: dict[tuple[type[Heaped], str], list[Heaped]] = {}
    for one in findings:
        if isinstance(one, Heaped):
            groups.setdefault((type(one), one.cause), []).append(one)
    heaps = {key: _one(many, book) for key, many in groups.items() if _is_heap(many, book)}
    if not heaps:
        return tuple(findings)
    out: list[Finding] = []
    for one in findings:
        heap = heaps.get((type(one), one.cause)) if isinstance(one, Heaped) else None
        if heap is None:
            out.append(one)
        elif one is heap.first:
            out.append(heap)
    return tuple(out)


def _is_heap(many: Sequence[Heaped], book: Book) -> bool:
    rule = HEAPS[type(many[0])]
    return len(many) >= rule.least and (not rule.share or len(many) >= rule.share * rule.of(book))


def _one(many: Sequence[Heaped], book: Book) -> Heap:
    places = tuple(d.origin for d in many if d.origin)[:PLACES]
    return Heap(many[0], len(many), HEAPS[type(many[0])].of(book), places)
