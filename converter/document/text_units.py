"""Units: the runs of inlines a reader takes in at once, through the whole tree.

A *unit* is a paragraph, a heading, a line of verse, a caption. Its flat text has "\\n" for a line break and U+FFFC for
an object (image, note, ruby). Text rules see units only. Units come in reading order; the units inside a note follow
the unit that cites it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from operator import is_

from converter.document.edit_script import flat_text
from converter.document.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    Inline,
    Inlines,
    Leaf,
    Note,
    Origin,
    Paragraph,
    Span,
    Text,
)
from converter.document.record import dataclass
from converter.document.traversal import UnitKind, children, code_in, leaves, map_leaves, with_children


@dataclass(frozen=True, slots=True)
class Unit:
    """One run of inlines as flat text; `code` is where code begins and ends in it, in which no rule has a say."""

    text: str
    kind: UnitKind
    origin: Origin | None = None
    code: tuple[tuple[int, int], ...] = ()


Visit = Callable[[Inlines, UnitKind, "Origin | None"], Inlines]


def map_blocks(blocks: Blocks, visit: Visit) -> Blocks:
    """The blocks with every unit passed through `visit`, in reading order. Unchanged blocks are the same objects."""
    new = [_map_block(b, visit) for b in blocks]
    return blocks if all(a is b for a, b in zip(new, blocks, strict=True)) else tuple(new)


def map_unit(content: Inlines, kind: UnitKind, origin: Origin | None, visit: Visit) -> Inlines:
    """One unit through `visit`, then the units of the notes it cites."""
    content = visit(content, kind, origin)
    return _map_notes(content, visit) if cites(content) else content


def cites(content: Inlines) -> bool:
    """Whether a note is cited: most units cite none, and the passes ask for every unit."""
    for inline in content:
        if isinstance(inline, Text):
            continue
        if isinstance(inline, Note) or (isinstance(inline, Span) and cites(inline.content)):
            return True
    return False


def _map_notes(content: Inlines, visit: Visit) -> Inlines:
    def change(leaf: Leaf | Note) -> Inline:
        if not isinstance(leaf, Note):
            return leaf
        inner = map_blocks(leaf.blocks, visit)
        return leaf if inner is leaf.blocks else replace(leaf, blocks=inner)

    return map_leaves(content, change)


def _map_block(block: Block, visit: Visit) -> Block:
    if isinstance(block, Paragraph):  # most are
        content = map_unit(block.content, "paragraph", block.origin, visit)
        return block if content is block.content else with_children(block, (content,), ())
    runs, groups = children(block)
    contents = [map_unit(content, kind, origin, visit) for content, kind, origin in runs]
    inner = [map_blocks(group, visit) for group in groups]
    same = all(map(is_, contents, [run.content for run in runs])) and all(map(is_, inner, groups))
    return block if same else with_children(block, contents, inner)


def map_chapter(chapter: Chapter, visit: Visit) -> Chapter:
    """One chapter without its children: label, title, blocks."""
    label = map_unit(chapter.label, "label", chapter.origin, visit) if chapter.label else chapter.label
    title = map_unit(chapter.title, "title", chapter.origin, visit) if chapter.title else chapter.title
    return replace(chapter, label=label, title=title, blocks=map_blocks(chapter.blocks, visit))


def map_book(book: Book, change: Callable[[Chapter], Chapter]) -> Book:
    """The book with `change` applied to every chapter, parents before children. Parts nest a few levels at most."""

    def one(chapter: Chapter) -> Chapter:
        new = change(chapter)
        return replace(new, children=tuple(one(c) for c in new.children)) if new.children else new

    return replace(book, chapters=tuple(one(c) for c in book.chapters))


_KNOWN: ContextVar[dict[int, tuple[Chapter, list[Unit]]] | None] = ContextVar("_KNOWN", default=None)


@contextmanager
def units_kept() -> Iterator[None]:
    """Within it the units of a chapter are collected once: each pass and check asks for those of every chapter."""
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)


def chapter_units(chapter: Chapter) -> list[Unit]:
    """The units of one chapter, without its children, in reading order."""
    kept = _KNOWN.get()
    if kept is not None and (known := kept.get(id(chapter))):
        return known[1]
    units: list[Unit] = []
    if chapter.label:
        _add_unit(units, chapter.label, "label", chapter.origin)
    if chapter.title:
        _add_unit(units, chapter.title, "title", chapter.origin)
    _add_units(units, chapter.blocks)
    if kept is not None:
        kept[id(chapter)] = chapter, units  # the chapter too, so that its id stays its own
    return units


def keep_units(old: Chapter, chapter: Chapter, units: list[Unit]) -> None:
    """Notes the units of a chapter that was made of `old`, so that they need not be collected again."""
    if (kept := _KNOWN.get()) is None:
        return
    kept.pop(id(old), None)
    if all(u.text for u in units):  # a unit left empty may be none any more
        kept[id(chapter)] = chapter, units


def _add_unit(units: list[Unit], content: Inlines, kind: UnitKind, origin: Origin | None) -> None:
    if len(content) == 1 and isinstance(content[0], Text):
        units.append(Unit(content[0].text, kind, origin))
        return
    units.append(Unit(flat_text(content), kind, origin, tuple(code_in(content))))
    for note in notes_in(content) if cites(content) else ():
        _add_units(units, note.blocks)


def _add_units(units: list[Unit], blocks: Blocks) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            _add_unit(units, block.content, "paragraph", block.origin)
            continue
        runs, groups = children(block)
        for run in runs:
            _add_unit(units, run.content, run.kind, run.origin)
        for group in groups:
            _add_units(units, group)


def notes_in(content: Inlines) -> Iterator[Note]:
    """The notes cited in a run of inlines, in order; not those cited inside them."""
    return (leaf for leaf in leaves(content) if isinstance(leaf, Note))
