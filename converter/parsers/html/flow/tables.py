"""Tables: data stays a table, a single column is a box, layout is unwrapped."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import takewhile

from bs4.element import NavigableString, Tag

from converter.document.model import Aside, Cell, Inlines, Table
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, Node, children, element_text
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.inline_style import State
from converter.parsers.html.flow.items import Item
from converter.parsers.html.flow.normalisation import signs_as_text
from converter.parsers.html.flow.walk import Walk

BOX_WORDS = 400  # a table of one column with more words than this is layout, not a box
LAYOUT_WORDS = 150  # words in one cell of a table for layout; a data cell rarely has 50
HEADED = 2  # cells that head columns: such a table is data, however long its cells
SPAN_LIMIT = 50
ROW_LIMIT = 2_000


def table_items(walk: Walk, node: Tag, held: State, depth: int) -> Sequence[Item]:
    """The items of one table element. A cell that spans a million columns spans fifty."""
    rows = _rows(node, walk.excluded.ids)
    if not rows:
        return walk.items(children(node), held, depth + 1)
    counts = [[len(walk.text_of(c).split()) for c in row] for row in rows]
    columns = max(len(r) for r in rows)
    words = len(walk.text_of(node).split())
    if not words and node.find("img") is None:
        return ()
    nested = node.find("table") is not None
    role = attribute(node, "role")
    headed = sum(c.name == "th" for c in rows[0]) >= HEADED
    wordy = max(map(max, counts)) > LAYOUT_WORDS and not headed
    layout = role == "presentation" or nested or wordy or len(rows) > ROW_LIMIT
    if columns == 1 and not nested:
        if words > BOX_WORDS or walk.is_most(node):
            return walk.items(children(node), held, depth + 1)
        inner = walk.blocks(children(node), held, depth + 1)
        return (Aside(inner, "box", (), walk.page.origin(node)),) if inner else ()
    found = _caption(node, walk.excluded.ids)
    if layout or _has_loose_words(walk, node, [found, *(c for row in rows for c in row)]):
        return walk.items(children(node), held, depth + 1)
    caption: Inlines = walk.inline(found) if isinstance(found, Tag) else ()
    made = tuple(tuple(_cell(walk, c, held, depth) for c in row) for row in rows)
    return (Table(made, caption, walk.page.origin(node)),)


def _caption(node: Tag, excluded: Container[int]) -> Tag | None:
    """The caption over a table; one that stands lower, or in a cell, is text like any other."""
    for child in node.contents:
        if isinstance(child, Tag) and id(child) not in excluded:
            if child.name == "caption":
                return child
            if any(map(str.isalnum, element_text(child))):
                return None
    return None


def _has_loose_words(walk: Walk, node: Tag, cells: Sequence[object]) -> bool:
    """Whether words stand in the table between its cells, where broken markup puts them."""
    known = {id(c) for c in cells}
    stack: list[Node] = list(children(node))
    while stack:
        child = stack.pop()
        if isinstance(child, NavigableString):
            if not isinstance(child, NOT_TEXT) and child.strip():
                return True
        elif id(child) not in known and child not in walk.excluded and child.name not in UNSEEN:
            stack.extend(children(child))
    return False


def _rows(node: Tag, excluded: Container[int]) -> list[list[Tag]]:
    rows = []
    for row in node.find_all("tr"):
        if row.find_parent(["table", "td", "th"]) is not node:
            continue
        above = takewhile(lambda e: e is not node, (row, *row.parents))
        if any(id(e) in excluded for e in above):
            continue
        cells = [c for c in row.contents if isinstance(c, Tag) and c.name in ("td", "th") and id(c) not in excluded]
        if cells:
            rows.append(cells)
    return rows


def _cell(walk: Walk, node: Tag, held: State, depth: int) -> Cell:
    blocks = signs_as_text(walk.blocks([node], held, depth + 1))
    return Cell(blocks, node.name == "th", _span(node, "colspan"), _span(node, "rowspan"))


def _span(node: Tag, name: str) -> int:
    value = attribute(node, name).strip()
    return max(1, min(SPAN_LIMIT, int(value))) if re.fullmatch(r"\d{1,9}", value) else 1
