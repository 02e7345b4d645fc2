"""Tables: data stays a table, a single column is a box, layout is unwrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.model import Aside, Cell, Inlines, Table
from converter.parsers.items.kinds import Item
from converter.parsers.items.normalisation import signs_as_text
from converter.parsers.items.style_marks import State
from converter.parsers.markdown.tree import Element, MarkdownNode, TreeLeaf, elements, tree_leaves
from converter.parsers.markdown.walk import MarkdownWalk, has_words, text_of

BOX_WORDS = 400  # a table of one column with more words than this is layout, not a box
LAYOUT_WORDS = 150  # words in one cell of a table for layout; a data cell rarely has 50
HEADED = 2  # cells that head columns: such a table is data, however long its cells
SPAN_LIMIT = 50
ROW_LIMIT = 2_000
CELLS = ("td", "th")


def markdown_table_items(walk: MarkdownWalk, node: Element, state: State, depth: int) -> Sequence[Item]:
    """The items of one table. A cell that spans a million columns spans fifty."""
    rows = _rows(node, walk.dropped)
    if not rows:
        return walk.items(node.children, state, depth + 1)
    words = len(text_of(node, walk.dropped).split())
    if not words and not any(leaf.kind in ("picture", "note") for leaf in tree_leaves(node)):
        return ()
    nested = any(e.name == "table" for e in elements(node))
    if max(map(len, rows)) == 1 and not nested:
        if words > BOX_WORDS or walk.is_most(node):
            return walk.items(node.children, state, depth + 1)
        blocks = walk.blocks(node.children, state, depth + 1)
        return (Aside(blocks, "box", (), walk.origin(node)),) if blocks else ()
    label = _caption(node, walk.dropped)
    if nested or _is_layout(walk, node, rows) or _is_loose(node, label, rows):
        return walk.items(node.children, state, depth + 1)
    caption: Inlines = walk.inline(label) if label is not None else ()
    made = tuple(tuple(_cell(walk, c, state, depth) for c in row) for row in rows)
    return (Table(made, caption, walk.origin(node)),)


def _is_layout(walk: MarkdownWalk, node: Element, rows: Sequence[Sequence[Element]]) -> bool:
    headed = sum(c.name == "th" for c in rows[0]) >= HEADED
    longest = max(len(text_of(c, walk.dropped).split()) for row in rows for c in row)
    return node.attribute("role") == "presentation" or (longest > LAYOUT_WORDS and not headed) or len(rows) > ROW_LIMIT


def _rows(node: Element, dropped: set[int]) -> list[list[Element]]:
    """The cells of each row; those of tables in them are none of its own."""
    rows: list[list[Element]] = []
    stack: list[MarkdownNode] = list(reversed(node.children))
    while stack:
        at = stack.pop()
        if isinstance(at, TreeLeaf) or id(at) in dropped or at.name in ("table", "caption", *CELLS):
            continue
        if at.name == "tr":
            cells = [
                c for c in at.children
                if isinstance(c, Element) and c.name in CELLS and id(c) not in dropped
            ]  # fmt: skip
            if cells:
                rows.append(cells)
        else:
            stack.extend(reversed(at.children))
    return rows


def _caption(node: Element, dropped: set[int]) -> Element | None:
    """The caption over a table; one that stands lower, or in a cell, is text like any other."""
    for child in node.children:
        if isinstance(child, Element) and id(child) not in dropped:
            if child.name == "caption":
                return child
            if has_words(child):
                return None
    return None


def _is_loose(node: Element, caption: Element | None, rows: Sequence[Sequence[Element]]) -> bool:
    """Whether something is written in a table that stands in none of its cells."""
    known = {id(cell) for row in rows for cell in row} | {id(caption)}
    stack: list[MarkdownNode] = list(node.children)
    while stack:
        at = stack.pop()
        if isinstance(at, TreeLeaf):
            if at.kind != "text" or not at.text.isspace():
                return True
        elif id(at) not in known:
            stack.extend(at.children)
    return False


def _cell(walk: MarkdownWalk, node: Element, state: State, depth: int) -> Cell:
    blocks = signs_as_text(walk.blocks([node], state, depth + 1))
    return Cell(blocks, node.name == "th", _span(node, "colspan"), _span(node, "rowspan"))


def _span(node: Element, name: str) -> int:
    value = node.attribute(name).strip()
    return max(1, min(SPAN_LIMIT, int(value))) if re.fullmatch(r"\d{1,9}", value) else 1
