"""Tables: data stays a table, a single column is a box, layout is unwrapped."""

from __future__ import annotations

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
from converter.parsers.items.tables import TableFacts, span, use_of_table


def table_items(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Item]:
    """The items of one table element. A cell that spans a million columns spans fifty."""
    rows = _rows(node, walk.excluded.ids)
    if not rows:
        return walk.items(child_nodes(node), state, depth + 1)
    words = len(walk.text_of(node).split())
    if not words and node.find("img") is None:
        return ()
    use = use_of_table(_facts(walk, node, rows, words))
    if use == "box":
        inner = walk.blocks(child_nodes(node), state, depth + 1)
        return (Aside(inner, "box", (), walk.page.origin(node)),) if inner else ()
    caption = _caption(node, walk.excluded.ids)
    if use == "layout" or _has_loose_words(walk, node, [caption, *(c for row in rows for c in row)]):
        return walk.items(child_nodes(node), state, depth + 1)
    cells = tuple(tuple(_cell(walk, c, state, depth) for c in row) for row in rows)
    return (Table(cells, walk.inline(caption) if caption is not None else (), walk.page.origin(node)),)


def _facts(walk: PageWalk, node: Tag, rows: Sequence[Sequence[Tag]], words: int) -> TableFacts:
    heads = [[cell.name == "th" for cell in row] for row in rows]
    return TableFacts(
        heads,
        words,
        nested=node.find("table") is not None,
        no_table=attribute(node, "role") == "presentation",
        most=lambda: walk.is_most(node),
        longest=lambda: max(len(walk.text_of(cell).split()) for row in rows for cell in row),
    )


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
    return Cell(blocks, node.name == "th", span(attribute(node, "colspan")), span(attribute(node, "rowspan")))
