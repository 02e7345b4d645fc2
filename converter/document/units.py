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
from typing import Literal, assert_never

from converter.document.model import (
    Anchor,
    Aside,
    Block,
    Blocks,
    Book,
    Cell,
    Chapter,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Image,
    Inline,
    Inlines,
    Line,
    LineBreak,
    Link,
    List,
    Note,
    Origin,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    SceneBreak,
    Speech,
    Strong,
    Styled,
    Table,
    Text,
    Verse,
)  # fmt: skip
from converter.document.record import dataclass
from converter.document.splice import flat_text

UnitKind = Literal["paragraph", "label", "title", "heading", "line", "speaker", "caption"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One run of inlines as flat text."""

    text: str
    kind: UnitKind
    origin: Origin | None = None


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
        match inline:
            case Text() | LineBreak() | Ruby() | Image():
                pass
            case Note():
                return True
            case Emphasis() | Strong() | Styled() | Link() | Anchor() | Foreign():
                if cites(inline.content):
                    return True
            case _:
                assert_never(inline)
    return False


def _map_notes(content: Inlines, visit: Visit) -> Inlines:
    new: list[Inline] = []
    for inline in content:
        match inline:
            case Note(blocks):
                inner = map_blocks(blocks, visit)
                new.append(inline if inner is blocks else replace(inline, blocks=inner))
            case Emphasis() | Strong() | Styled() | Link() | Anchor() | Foreign():
                held = _map_notes(inline.content, visit)
                new.append(inline if held is inline.content else replace(inline, content=held))
            case Text() | Ruby() | LineBreak() | Image():
                new.append(inline)
            case _:
                assert_never(inline)
    return content if all(a is b for a, b in zip(new, content, strict=True)) else tuple(new)


def _map_block(block: Block, visit: Visit) -> Block:
    match block:
        case Paragraph(content):
            new = map_unit(content, "paragraph", block.origin, visit)
            return block if new is content else Paragraph(new, block.role, block.align, block.origin)
        case Heading(content):
            new = map_unit(content, "heading", block.origin, visit)
            return block if new is content else replace(block, content=new)
        case SceneBreak() | Preformatted():
            return block
        case Quote(blocks):
            inner = map_blocks(blocks, visit)
            return block if inner is blocks else replace(block, blocks=inner)
        case Aside(blocks):
            title = map_unit(block.title, "caption", block.origin, visit) if block.title else block.title
            inner = map_blocks(blocks, visit)
            return block if inner is blocks and title is block.title else replace(block, blocks=inner, title=title)
        case Verse(stanzas):
            new_stanzas = tuple(tuple(_map_line(line, visit) for line in stanza) for stanza in stanzas)
            same = all(a is b for s, t in zip(stanzas, new_stanzas, strict=True) for a, b in zip(s, t, strict=True))
            return block if same else replace(block, stanzas=new_stanzas)
        case List(items):
            new_items = tuple(map_blocks(item, visit) for item in items)
            same = all(a is b for a, b in zip(items, new_items, strict=True))
            return block if same else replace(block, items=new_items)
        case Table(rows):
            caption = map_unit(block.caption, "caption", block.origin, visit) if block.caption else block.caption
            new_rows = tuple(tuple(_map_cell(c, visit) for c in row) for row in rows)
            same = all(a is b for r, s in zip(rows, new_rows, strict=True) for a, b in zip(r, s, strict=True))
            return block if same and caption is block.caption else replace(block, rows=new_rows, caption=caption)
        case Figure():
            caption = map_unit(block.caption, "caption", block.origin, visit) if block.caption else block.caption
            return block if caption is block.caption else replace(block, caption=caption)
        case Speech(speaker, blocks):
            said_by = map_unit(speaker, "speaker", block.origin, visit) if speaker else speaker
            inner = map_blocks(blocks, visit)
            return block if inner is blocks and said_by is speaker else replace(block, speaker=said_by, blocks=inner)
        case _:
            assert_never(block)


def _map_cell(cell: Cell, visit: Visit) -> Cell:
    new = map_blocks(cell.blocks, visit)
    return cell if new is cell.blocks else replace(cell, blocks=new)


def _map_line(line: Line, visit: Visit) -> Line:
    new = map_unit(line.content, "line", line.origin, visit)
    return line if new is line.content else replace(line, content=new)


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
    units.append(Unit(flat_text(content), kind, origin))
    for note in notes_in(content) if cites(content) else ():
        _add_units(units, note.blocks)


def _add_units(units: list[Unit], blocks: Blocks) -> None:  # noqa: C901 -- a flat table
    for block in blocks:
        match block:
            case Paragraph(content):
                _add_unit(units, content, "paragraph", block.origin)
            case Heading(content):
                _add_unit(units, content, "heading", block.origin)
            case SceneBreak() | Preformatted():
                pass
            case Quote(inner):
                _add_units(units, inner)
            case Aside(inner):
                if block.title:
                    _add_unit(units, block.title, "caption", block.origin)
                _add_units(units, inner)
            case Verse(stanzas):
                for stanza in stanzas:
                    for line in stanza:
                        _add_unit(units, line.content, "line", line.origin)
            case List(items):
                for item in items:
                    _add_units(units, item)
            case Table(rows):
                if block.caption:
                    _add_unit(units, block.caption, "caption", block.origin)
                for row in rows:
                    for cell in row:
                        _add_units(units, cell.blocks)
            case Figure():
                if block.caption:
                    _add_unit(units, block.caption, "caption", block.origin)
            case Speech(speaker, inner):
                if speaker:
                    _add_unit(units, speaker, "speaker", block.origin)
                _add_units(units, inner)
            case _:
                assert_never(block)


def notes_in(content: Inlines) -> Iterator[Note]:
    """The notes cited in a run of inlines, in order; not those cited inside them."""
    for inline in content:
        match inline:
            case Note():
                yield inline
            case Emphasis() | Strong() | Styled() | Link() | Anchor() | Foreign():
                yield from notes_in(inline.content)
            case Text() | Ruby() | LineBreak() | Image():
                pass
            case _:
                assert_never(inline)
