"""The tree without its kinds: what a block holds, the same block with other contents, the leaves of a run of inlines.

Whoever only passes through the tree asks here and needs no kind of block or inline by name. An inline is one of three:
a span has `content`, a note has `blocks`, a leaf has neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, assert_never

from converter.document.model import (
    Aside,
    Block,
    Blocks,
    Chapter,
    Definition,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    Leaf,
    LineBreak,
    List,
    Note,
    Origin,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    SceneBreak,
    Span,
    Speech,
    Styled,
    Table,
    Text,
    Verse,
)  # fmt: skip

OBJECT = "\ufffc"  # what stands for an object in flat text

UnitKind = Literal["paragraph", "label", "title", "heading", "line", "speaker", "term", "caption"]


class InlineRun(NamedTuple):
    """Inlines that a reader takes in at once: a paragraph's, a heading's, those of a line of verse, a caption's."""

    content: Inlines
    kind: UnitKind
    origin: Origin | None


class Children(NamedTuple):
    """What a block holds, in reading order: first its own `runs`, then the `groups` of blocks that it encloses."""

    runs: tuple[InlineRun, ...] = ()
    groups: tuple[Blocks, ...] = ()


def children(block: Block) -> Children:
    """The runs and the groups of blocks in a block; a caption, title or speaker that is empty is none of them.

    A list has a group for each item, a definition one for each meaning, a table one for each cell. The bare strings of
    `SceneBreak` and `Preformatted` are no runs: no rule of typography sees them.
    """
    match block:
        case Paragraph():
            return Children((InlineRun(block.content, "paragraph", block.origin),))
        case Heading():
            return Children((InlineRun(block.content, "heading", block.origin),))
        case Verse(stanzas):
            return Children(
                tuple(InlineRun(line.content, "line", line.origin) for stanza in stanzas for line in stanza)
            )
        case Figure():
            return Children(_if_any(block.caption, "caption", block.origin))
        case Quote(blocks):
            return Children((), (blocks,))
        case Aside(blocks):
            return Children(_if_any(block.title, "caption", block.origin), (blocks,))
        case Speech(speaker, blocks):
            return Children(_if_any(speaker, "speaker", block.origin), (blocks,))
        case List(items):
            return Children((), items)
        case Definition(terms, meanings):
            return Children(tuple(InlineRun(term, "term", block.origin) for term in terms), meanings)
        case Table(rows):
            cells = tuple(cell.blocks for row in rows for cell in row)
            return Children(_if_any(block.caption, "caption", block.origin), cells)
        case SceneBreak() | Preformatted():
            return Children()
        case _:
            assert_never(block)


def _if_any(content: Inlines, kind: UnitKind, origin: Origin | None) -> tuple[InlineRun, ...]:
    return (InlineRun(content, kind, origin),) if content else ()


def with_children(block: Block, runs: Sequence[Inlines], groups: Sequence[Blocks]) -> Block:
    """The block with these contents in place of its own: as many of each, in the order of `children`."""
    match block:
        case Paragraph():
            # most blocks are paragraphs, and `replace` takes four times as long
            return Paragraph(runs[0], block.role, block.align, block.origin)
        case Heading():
            return replace(block, content=runs[0])
        case Verse(stanzas):
            contents = iter(runs)
            return replace(
                block, stanzas=tuple(tuple(replace(line, content=next(contents)) for line in s) for s in stanzas)
            )
        case Figure():
            return replace(block, caption=runs[0]) if runs else block
        case Quote():
            return replace(block, blocks=groups[0])
        case Aside():
            return replace(block, title=runs[0] if runs else (), blocks=groups[0])
        case Speech():
            return replace(block, speaker=runs[0] if runs else (), blocks=groups[0])
        case List():
            return replace(block, items=tuple(groups))
        case Definition():
            return replace(block, terms=tuple(runs), meanings=tuple(groups))
        case Table():
            return _with_cells(block, runs[0] if runs else (), groups)
        case SceneBreak() | Preformatted():
            return block
        case _:
            assert_never(block)


def _with_cells(table: Table, caption: Inlines, groups: Sequence[Blocks]) -> Table:
    cells = iter(groups)
    rows = tuple(tuple(replace(cell, blocks=next(cells)) for cell in row) for row in table.rows)
    return replace(table, caption=caption, rows=rows)


def blocks_in(block: Block) -> Blocks:
    """The blocks that a block encloses, of all its groups; not those within them, nor those of notes."""
    return tuple(inner for group in children(block).groups for inner in group)


def leaves(content: Inlines) -> Iterator[Leaf | Note]:
    """The leaves and notes of a run in reading order, out of all spans; nothing of what stands in the notes."""
    for inline in content:
        if isinstance(
            inline, Text
        ):  # asked first, here and below: most are, and a union of kinds takes ten times as long
            yield inline
        elif isinstance(inline, Span):
            yield from leaves(inline.content)
        else:
            yield inline


def text_of(content: Inlines, of_leaf: Callable[[Leaf | Note], str]) -> str:
    """The run as flat text, in which `of_leaf` says what stands for a leaf: `characters_of_leaf` or `words_of_leaf`."""
    if len(content) == 1 and isinstance(content[0], Text):
        return content[0].text
    texts = [
        inline.text
        if isinstance(inline, Text)
        else text_of(inline.content, of_leaf)
        if isinstance(inline, Span)
        else of_leaf(inline)
        for inline in content
    ]
    return "".join(texts)


def code_in(content: Inlines, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where code begins and ends among the characters that a rule sees of a run, counted from `start`."""
    for inline in content:
        if isinstance(inline, Text):
            start += len(inline.text)
            continue
        size = len(text_of((inline,), characters_of_leaf))
        if isinstance(inline, Styled) and inline.style == "code":
            yield start, start + size
        elif isinstance(inline, Span):
            yield from code_in(inline.content, start)
        start += size


def map_leaves(content: Inlines, change: Callable[[Leaf | Note], Inline]) -> Inlines:
    """The run with `change` applied to its leaves and notes; the same object where nothing is new."""
    new: list[Inline] = []
    for inline in content:
        if isinstance(inline, Span):
            inner = map_leaves(inline.content, change)
            new.append(inline if inner is inline.content else replace(inline, content=inner))
        else:
            new.append(change(inline))
    return content if all(a is b for a, b in zip(new, content, strict=True)) else tuple(new)


def characters_of_leaf(leaf: Leaf | Note) -> str:
    """The characters a rule sees: text, "\\n" for a line break, U+FFFC for an object."""
    match leaf:
        case Text(text):
            return text
        case LineBreak():
            return "\n"
        case Ruby() | Image() | Note():
            return OBJECT
        case _:
            assert_never(leaf)


def words_of_leaf(leaf: Leaf | Note) -> str:
    """The characters that are words of the story where they stand: a ruby's reading beside its base, nothing for a
    picture (what it shows is told only where it can't be seen) and nothing for a note (its words stand elsewhere)."""
    match leaf:
        case Text(text):
            return text
        case LineBreak():
            return "\n"
        case Ruby(base, reading):
            return f"{base}{reading}"
        case Image() | Note():
            return ""
        case _:
            assert_never(leaf)


def name_of_leaf(leaf: Leaf | Note) -> str:
    """The characters that stand for it in a list of names: as `words_of_leaf`, but no readings."""
    return leaf.base if isinstance(leaf, Ruby) else words_of_leaf(leaf)


def pictures_in(chapters: Iterable[Chapter]) -> set[str]:
    """The names of the resources that these chapters show, notes and lower chapters included."""
    return {image.resource for image in images_in(chapters)}


def images_in(chapters: Iterable[Chapter]) -> Iterator[Image]:
    """The pictures that these chapters show, notes and lower chapters included, in no order."""
    stack: list[Block] = []
    for chapter in chapters:
        stack.extend(chapter.blocks)
        yield from images_in(chapter.children)
        for title in (chapter.label, chapter.title):
            stack.append(Paragraph(title))
    while stack:
        block = stack.pop()
        if isinstance(block, Figure):
            yield block.image
        runs, groups = children(block)
        stack.extend(inner for group in groups for inner in group)
        for leaf in (leaf for run in runs for leaf in leaves(run.content)):
            if isinstance(leaf, Image):
                yield leaf
            elif isinstance(leaf, Note):
                stack.extend(leaf.blocks)
