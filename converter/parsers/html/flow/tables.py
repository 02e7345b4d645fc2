"""Tables: data stays a table, a single column is a box, layout is unwrapped."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import takewhile

from bs4.element import NavigableString, Tag

from converter.document.model import Aside, Cell, Table
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, PageNode, child_nodes, element_text
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.kinds import Item
from converter.parsers.items.normalisation import signs_as_text
from converter.parsers.items.style_marks import State

BOX_WORDS = 400  # a table of one column with more words than this is layout, not a box
LAYOUT_WORDS = 150  # words in one cell of a table for layout; a data cell rarely has 50
COLUMN_ROWS = 3  # of a column with a head
HEADED = 2  # cells that head columns: such a table is data, however long its cells
SPAN_LIMIT = 50
ROW_LIMIT = 2_000


def table_items(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Item]:
    """The items of one table element. A cell that spans a million columns spans fifty."""
    rows = _rows(node, walk.excluded.ids)
    if not rows:
        return walk.items(child_nodes(node), state, depth + 1)
    words = len(walk.text_of(node).split())
    if not words and node.find("img") is None:
        return ()
    if max(map(len, rows)) == 1 and node.find("table") is None and not _is_column(rows):
        if words > BOX_WORDS or walk.is_most(node):
            return walk.items(child_nodes(node), state, depth + 1)
        inner = walk.blocks(child_nodes(node), state, depth + 1)
        return (Aside(inner, "box", (), walk.page.origin(node)),) if inner else ()
    caption = _caption(node, walk.excluded.ids)
    if _is_layout(walk, node, rows) or _has_loose_words(walk, node, [caption, *(c for row in rows for c in row)]):
        return walk.items(child_nodes(node), state, depth + 1)
    cells = tuple(tuple(_cell(walk, c, state, depth) for c in row) for row in rows)
    return (Table(cells, walk.inline(caption) if caption is not None else (), walk.page.origin(node)),)


def _is_column(rows: Sequence[Sequence[Tag]]) -> bool:
    """Whether a table of one column is data: a head, and several cells below it."""
    return len(rows) >= COLUMN_ROWS and rows[0][0].name == "th" and all(row[0].name == "td" for row in rows[1:])


def _is_layout(walk: PageWalk, node: Tag, rows: Sequence[Sequence[Tag]]) -> bool:
    """Whether a table only puts parts of the page side by side: it says so, or no cells head others and it holds tables
    or long cells."""
    if attribute(node, "role") == "presentation" or len(rows) > ROW_LIMIT:
        return True
    if sum(cell.name == "th" for cell in rows[0]) >= HEADED and node.find("table") is None:
        return False
    headed = sum(cell.name == "th" for row in rows for cell in row) >= HEADED
    if not headed and node.find("table") is not None:
        return True
    most = BOX_WORDS if headed else LAYOUT_WORDS
    return any(len(walk.text_of(cell).split()) > most for row in rows for cell in row)


def _caption(node: Tag, excluded: Container[int]) -> Tag | None:
    """The caption over a table; one that stands lower, or in a cell, is text like any other."""
    for child in node.contents:
        if isinstance(child, Tag) and id(child) not in excluded:
            if child.name == "caption":
                return child
            if any(map(str.isalnum, element_text(child))):
                return None
    return None


def _has_loose_words(walk: PageWalk, node: Tag, cells: Sequence[object]) -> bool:
    """Whether words stand in the table between its cells, where broken markup puts them."""
    known = {id(c) for c in cells}
    stack: list[PageNode] = list(child_nodes(node))
    while stack:
        child = stack.pop()
        if isinstance(child, NavigableString):
            if not isinstance(child, NOT_TEXT) and child.strip():
                return True
        elif id(child) not in known and child not in walk.excluded and child.name not in UNSEEN:
            stack.extend(child_nodes(child))
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


def _cell(walk: PageWalk, node: Tag, state: State, depth: int) -> Cell:
    blocks = signs_as_text(walk.blocks([node], state, depth + 1))
    return Cell(blocks, node.name == "th", _span(node, "colspan"), _span(node, "rowspan"))


def _span(node: Tag, name: str) -> int:
    value = attribute(node, name).strip()
    return max(1, min(SPAN_LIMIT, int(value))) if re.fullmatch(r"\d{1,9}", value) else 1
