"""The one tree walk: flat text out of the tree, edits back into it (`splice.py`), words counted.

A *unit* is one run of inlines that a reader takes in at once: a paragraph, a heading, a line of verse, a caption.
Its flat text has "\\n" for a line break and U+FFFC for an object (image, note, ruby). Text rules see units only.
Units come in reading order; the units inside a note follow the unit that cites it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from converter.contracts import Change, Edit, Improved
from converter.model import (
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
from converter.splice import OBJECT, edit_inlines, flat_text

__all__ = [
    "OBJECT", "Rule", "Unit", "UnitKind", "Visit", "block_text", "book_text", "chapter_keys", "chapter_name",
    "chapter_strands", "chapter_text", "chapter_units", "each", "edit_inlines", "edit_text", "flat_text",
    "map_blocks", "map_book", "map_chapter", "plain_text", "words",
]  # fmt: skip

WORD = re.compile(r"[^\W_]+(?:['’\-‐‑][^\W_]+)*")
CONTEXT = 24  # characters kept on either side of a change, enough to find it by eye

UnitKind = Literal["paragraph", "label", "title", "heading", "line", "speaker", "caption"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One run of inlines as flat text."""

    text: str
    kind: UnitKind
    origin: Origin | None = None


Visit = Callable[[Inlines, UnitKind, "Origin | None"], Inlines]
Rule = Callable[[Sequence[Unit]], Iterable[Sequence[Edit]]]


# ------------------------------------------------------------------------------------- through the whole tree


def map_blocks(blocks: Blocks, visit: Visit) -> Blocks:
    """The blocks with every unit passed through `visit`, in reading order. Unchanged blocks are the same objects."""
    new = [_map_block(b, visit) for b in blocks]
    return blocks if all(a is b for a, b in zip(new, blocks, strict=True)) else tuple(new)


def _unit(content: Inlines, kind: UnitKind, origin: Origin | None, visit: Visit) -> Inlines:
    content = visit(content, kind, origin)
    if len(content) == 1 and isinstance(content[0], Text):
        return content
    return _map_notes(content, visit)


def _map_notes(content: Inlines, visit: Visit) -> Inlines:
    new: list[Inline] = []
    for inline in content:
        match inline:
            case Note(blocks):
                inner = map_blocks(blocks, visit)
                new.append(inline if inner is blocks else replace(inline, blocks=inner))
            case Emphasis() | Strong() | Styled() | Link() | Foreign():
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
            new = _unit(content, "paragraph", block.origin, visit)
            return block if new is content else replace(block, content=new)
        case Heading(content):
            new = _unit(content, "heading", block.origin, visit)
            return block if new is content else replace(block, content=new)
        case SceneBreak() | Preformatted():
            return block
        case Quote(blocks):
            inner = map_blocks(blocks, visit)
            return block if inner is blocks else replace(block, blocks=inner)
        case Aside(blocks):
            title = _unit(block.title, "caption", block.origin, visit) if block.title else block.title
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
            caption = _unit(block.caption, "caption", block.origin, visit) if block.caption else block.caption
            new_rows = tuple(tuple(_map_cell(c, visit) for c in row) for row in rows)
            same = all(a is b for r, s in zip(rows, new_rows, strict=True) for a, b in zip(r, s, strict=True))
            return block if same and caption is block.caption else replace(block, rows=new_rows, caption=caption)
        case Figure():
            caption = _unit(block.caption, "caption", block.origin, visit) if block.caption else block.caption
            return block if caption is block.caption else replace(block, caption=caption)
        case Speech(speaker, blocks):
            said_by = _unit(speaker, "speaker", block.origin, visit) if speaker else speaker
            inner = map_blocks(blocks, visit)
            return block if inner is blocks and said_by is speaker else replace(block, speaker=said_by, blocks=inner)
        case _:
            assert_never(block)


def _map_cell(cell: Cell, visit: Visit) -> Cell:
    new = map_blocks(cell.blocks, visit)
    return cell if new is cell.blocks else replace(cell, blocks=new)


def _map_line(line: Line, visit: Visit) -> Line:
    new = _unit(line.content, "line", line.origin, visit)
    return line if new is line.content else replace(line, content=new)


def map_chapter(chapter: Chapter, visit: Visit) -> Chapter:
    """One chapter without its children: label, title, blocks."""
    label = _unit(chapter.label, "label", chapter.origin, visit) if chapter.label else chapter.label
    title = _unit(chapter.title, "title", chapter.origin, visit) if chapter.title else chapter.title
    return replace(chapter, label=label, title=title, blocks=map_blocks(chapter.blocks, visit))


def map_book(book: Book, change: Callable[[Chapter], Chapter]) -> Book:
    """The book with `change` applied to every chapter, parents before children. Parts nest a few levels at most."""

    def one(chapter: Chapter) -> Chapter:
        new = change(chapter)
        return replace(new, children=tuple(one(c) for c in new.children)) if new.children else new

    return replace(book, chapters=tuple(one(c) for c in book.chapters))


def chapter_units(chapter: Chapter) -> list[Unit]:
    """The units of one chapter, without its children, in reading order."""
    units: list[Unit] = []

    def collect(content: Inlines, kind: UnitKind, origin: Origin | None) -> Inlines:
        units.append(Unit(flat_text(content), kind, origin))
        return content

    map_chapter(chapter, collect)
    return units


def edit_text(code: str, rule: Rule) -> Callable[[Book], Improved]:
    """A pass that applies `rule` to the units of each chapter and records every edit under `code`.

    The rule gets all units of one chapter and gives one sequence of edits per unit, in the same order.
    An edit that changes nothing is not recorded.
    """

    def improve(book: Book) -> Improved:
        changes: list[Change] = []

        def one(chapter: Chapter) -> Chapter:
            units = chapter_units(chapter)
            todo = [
                [e for e in edits if units[i].text[e.start : e.end] != e.new] for i, edits in enumerate(rule(units))
            ]
            if len(todo) != len(units):
                raise ValueError(f"rule {code}: {len(todo)} answers for {len(units)} units")
            if not any(todo):
                return chapter
            for unit, edits in zip(units, todo, strict=True):
                changes.extend(_change(code, unit, e) for e in edits)
            answers = iter(todo)
            return map_chapter(chapter, lambda content, _kind, _origin: edit_inlines(content, next(answers)))

        return Improved(map_book(book, one), tuple(changes))

    return improve


def _change(code: str, unit: Unit, edit: Edit) -> Change:
    around = unit.text[max(0, edit.start - CONTEXT) : edit.end + CONTEXT].replace("\n", " ")
    return Change(code, unit.text[edit.start : edit.end], edit.new, around, unit.origin)


def each(rule: Callable[[str], Sequence[Edit]]) -> Rule:
    """A rule on one string as a rule on all units."""
    return lambda units: [rule(u.text) for u in units]


# ----------------------------------------------------------------------------------------------------- words


def words(text: str) -> list[str]:
    """The words of a text: letters and digits, with inner apostrophes and hyphens."""
    return WORD.findall(text)


def block_text(block: Block) -> str:
    """All text of a block, units joined by line ends, a note's after the unit that cites it: for reports and proofs."""
    return "\n".join(_texts((block,), None))


def _texts(blocks: Blocks, notes: list[Note] | None) -> Iterator[str]:
    """The units' texts. With a list for `notes`, notes are put there unread and scene-break marks are left out."""
    found: list[str] = []

    def collect(content: Inlines, _kind: UnitKind, _origin: Origin | None) -> Inlines:
        found.append(plain_text(content))
        if notes is None or (len(content) == 1 and isinstance(content[0], Text)):
            return content
        notes.extend(_notes(content))
        return ()

    for block in blocks:
        match block:
            case Preformatted(text):
                yield text
            case SceneBreak(mark):
                if notes is None:
                    yield mark
            case Quote(inner):
                yield from _texts(inner, notes)
            case Aside(inner):
                _unit(block.title, "caption", block.origin, collect)
                yield from found
                found.clear()
                yield from _texts(inner, notes)
            case Speech(speaker, inner):
                _unit(speaker, "speaker", block.origin, collect)
                yield from found
                found.clear()
                yield from _texts(inner, notes)
            case List(items):
                for item in items:
                    yield from _texts(item, notes)
            case Table(rows):
                _unit(block.caption, "caption", block.origin, collect)
                yield from found
                found.clear()
                for row in rows:
                    for cell in row:
                        yield from _texts(cell.blocks, notes)
            case Paragraph() | Heading() | Verse() | Figure():
                map_blocks((block,), collect)
                yield from found
                found.clear()
            case _:
                assert_never(block)


def _notes(content: Inlines) -> Iterator[Note]:
    for inline in content:
        match inline:
            case Note():
                yield inline
            case Emphasis() | Strong() | Styled() | Link() | Foreign():
                yield from _notes(inline.content)
            case Text() | Ruby() | LineBreak() | Image():
                pass
            case _:
                assert_never(inline)


def plain_text(content: Inlines) -> str:
    """Flat text with readings of ruby beside their base and without object marks; notes are not in it."""
    out: list[str] = []
    for inline in content:
        match inline:
            case Text(text):
                out.append(text)
            case Emphasis() | Strong() | Styled() | Link() | Foreign():
                out.append(plain_text(inline.content))
            case LineBreak():
                out.append("\n")
            case Ruby(base, reading):
                out.append(f"{base}{reading}")
            case Image() | Note():
                pass
            case _:
                assert_never(inline)
    return "".join(out)


def chapter_name(chapter: Chapter) -> str:
    """Label and title on one line, as a contents list shows them: "Chapter IV. The Sea". May be empty."""
    label, title = plain_text(chapter.label).strip(), plain_text(chapter.title).strip()
    label, title = " ".join(label.split()), " ".join(title.split())
    if label and title:
        return f"{label} {title}" if label[-1] in ".:!?—–-" else f"{label}: {title}"
    return label or title


def chapter_text(chapter: Chapter) -> str:
    """All text of one chapter without its children: label, title, blocks."""
    heads = [Paragraph(c) for c in (chapter.label, chapter.title) if c]
    return "\n".join(_texts((*heads, *chapter.blocks), None))


def chapter_strands(chapter: Chapter) -> tuple[str, tuple[str, ...]]:
    """What a written chapter shows, without its children: the running text, and each note's text in order of citation.

    Notes cited inside notes come last. Marks of scene breaks are in neither (a book shows an ornament).
    """
    notes: list[Note] = []
    heads = [Paragraph(c) for c in (chapter.label, chapter.title) if c]
    running = "\n".join(_texts((*heads, *chapter.blocks), notes))
    return running, tuple("\n".join(_texts(note.blocks, notes)) for note in notes)  # the list grows meanwhile


def book_text(book: Book) -> str:
    """All text of the story in reading order (not its metadata)."""
    return "\n".join(chapter_text(c) for _, c in book.walk())


def chapter_keys(book: Book) -> tuple[str, ...]:
    """The key of each chapter in reading order: its kind and its running number within that kind ("chapter-12").

    ASCII, unique, and unchanged for the old chapters when one is added at the end: file names, ids and links (`#KEY`)
    are made from it.
    """
    counts: dict[str, int] = {}
    keys = []
    for _, chapter in book.walk():
        counts[chapter.kind] = counts.get(chapter.kind, 0) + 1
        keys.append(f"{chapter.kind}-{counts[chapter.kind]}")
    return tuple(keys)
