"""Emphasis that an author typed into a page as in a letter: `*never*`, `_lamp_`. Read by the rules of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from converter.document.contracts import Evidence
from converter.document.model import (
    Anchor,
    Block,
    Book,
    Chapter,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Metadata,
    Origin,
    Paragraph,
    SceneBreak,
    Strong,
    Styled,
    Text,
)
from converter.document.text_units import map_book, map_chapter
from converter.document.traversal import UnitKind
from converter.document.words import block_text
from converter.recognisers.marks.habit import Marks, learn_marks
from converter.recognisers.marks.tags import TAG
from converter.recognisers.marks.typed_marks import read_inlines

USES = 3  # balanced pairs in the story: fewer are signs
SIGNS = ("*", "_")
PROSE_UNITS = ("paragraph", "line")  # kinds of units that tell; titles and captions are set by the site
JOINED = 2  # underscores in a unit: more may join words
BREAK = "\x00"  # a line's end in what `read_inlines` reads
NO_EMPHASIS = ("://", "www.", "@", "《")  # what else plain text is searched for: on a page it is marked up, or a sign


class Typed(NamedTuple):
    """Chapters with typed emphasis made real, and what was learnt."""

    chapters: list[Chapter]
    evidence: list[Evidence]


def emphasis_read(chapters: Sequence[Chapter], name: str) -> Typed:
    """The chapters with `*never*` as emphasis, when their page has none of its own and uses a mark again and again."""
    marks = _marks(chapters)
    if marks is None:
        return Typed(list(chapters), [])

    def visit(content: Inlines, kind: UnitKind, _origin: Origin | None) -> Inlines:
        return _read(content, marks) if kind in PROSE_UNITS else content

    evidence = [
        Evidence("emphasis", mark, f"{n} pairs typed; the page marks no emphasis itself", 0.9, Origin(name, 1))
        for mark, n in marks.pairs
        if n >= USES and mark in SIGNS
    ]
    book = map_book(Book(Metadata(), tuple(chapters)), lambda chapter: map_chapter(chapter, visit))
    return Typed(list(book.chapters), evidence)


def _marks(chapters: Sequence[Chapter]) -> Marks | None:
    """The marks that the story uses for emphasis, or None: it has emphasis elements, or hardly a mark."""
    book = Book(Metadata(), tuple(chapters))
    blocks = [b for _, chapter in book.walk() for b in chapter.blocks if not isinstance(b, SceneBreak)]
    if any(isinstance(b, Paragraph) and _is_marked(b.content) for b in blocks) or not _has_signs(blocks):
        return None
    texts: list[str] = []
    marked = False

    def collect(content: Inlines, kind: UnitKind, _origin: Origin | None) -> Inlines:
        nonlocal marked
        if kind in PROSE_UNITS:
            marked = marked or _is_marked(content)
            texts.extend(t for t in _texts(content) if not _is_other(t))
        return content

    map_book(book, lambda chapter: map_chapter(chapter, collect))
    if marked:
        return None
    learnt = learn_marks(texts)
    signs = {sign for sign, n in learnt.pairs if n >= USES and sign in SIGNS}
    used = frozenset(mark for mark in learnt.used if mark[0] in signs)
    return Marks(used, learnt.pairs) if used else None


def _has_signs(blocks: Sequence[Block]) -> bool:
    """Whether one of the signs stands in the story often enough to mark something again and again."""
    counts: Counter[str] = Counter()
    for block in blocks:  # never the whole text at once: it is as large as the page
        text = block_text(block)
        counts.update({sign: text.count(sign) for sign in SIGNS})
    return max(counts.values(), default=0) >= 2 * USES


def _is_marked(content: Inlines) -> bool:
    return any(
        isinstance(i, Emphasis) or (isinstance(i, Strong | Styled | Link | Anchor | Foreign) and _is_marked(i.content))
        for i in content
    )


def _is_other(text: str) -> bool:
    return any(sign in text for sign in NO_EMPHASIS) or bool(("<" in text or "[" in text) and TAG.search(text))


def _texts(content: Inlines) -> Iterator[str]:
    """The stretches of plain text in a unit, their line ends as plain text has them."""
    for plain, run in groupby(content, lambda i: isinstance(i, Text | LineBreak)):
        if plain:
            yield _joined(run)


def _joined(run: Iterable[Inline]) -> str:
    return "".join(i.text if isinstance(i, Text) else BREAK for i in run)


def _read(content: Inlines, marks: Marks) -> Inlines:
    out: list[Inline] = []
    for plain, group in groupby(content, lambda i: isinstance(i, Text | LineBreak)):
        run = tuple(group)
        text = _joined(run) if plain else ""
        names = "_" not in marks.used and text.count("_") > JOINED  # of files, as `read_inlines` would part them
        if any(sign in text for sign in SIGNS) and not names and not _is_other(text):
            run = read_inlines(text, marks)[0]
        out.extend(run)
    return tuple(out)
