"""Tables: data stays a table, a single column is a box, layout is unwrapped."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.model import Aside, Cell, Inlines, Table
from converter.parsers.items.kinds import Item
from converter.parsers.items.normalisation import signs_as_text
from converter.parsers.items.style_marks import State
from converter.parsers.items.tables import TableFacts, span, use_of_table
from converter.parsers.markdown.tree import Element, MarkdownNode, TreeLeaf, elements, tree_leaves
from converter.parsers.markdown.walk import MarkdownWalk, has_words, text_of

CELLS = ("td", "th")


def markdown_table_items(walk: MarkdownWalk, node: Element, state: State, depth: int) -> Sequence[Item]:
    """The items of one table. A cell that spans a million columns spans fifty."""
    rows = _rows(node, walk.dropped)
    if not rows:
        return walk.items(node.children, state, depth + 1)
    words = len(text_of(node, walk.dropped).split())
    if not words and not any(leaf.kind in ("picture", "note") for leaf in tree_leaves(node)):
        return ()
    use = use_of_table(_facts(walk, node, rows, words))
    if use == "box":
        blocks = walk.blocks(node.children, state, depth + 1)
        return (Aside(blocks, "box", (), walk.origin(node)),) if blocks else ()
    label = _caption(node, walk.dropped)
    if use == "layout" or _is_loose(node, label, rows):
        return walk.items(node.children, state, depth + 1)
    caption: Inlines = walk.inline(label) if label is not None else ()
    made = tuple(tuple(_cell(walk, c, state, depth) for c in row) for row in rows)
    return (Table(made, caption, walk.origin(node)),)


def _facts(walk: MarkdownWalk, node: Element, rows: Sequence[Sequence[Element]], words: int) -> TableFacts:
    heads = [[cell.name == "th" for cell in row] for row in rows]
    return TableFacts(
        heads,
        words,
        nested=any(e.name == "table" for e in elements(node)),
        no_table=node.attribute("role") == "presentation",
        most=lambda: walk.is_most(node),
        longest=lambda: max(len(text_of(c, walk.dropped).split()) for row in rows for c in row),
    )


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
    return Cell(blocks, node.name == "th", span(node.attribute("colspan")), span(node.attribute("rowspan")))
