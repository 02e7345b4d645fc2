"""Tables as HTML has them: caption, head and body, cells that reach over others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from converter.document.model import Cell, Inlines, Table

WIDE = 7  # columns of a table that a small page holds only in small type


def add_table(
    parent: etree._Element,
    block: Table,
    fill_caption: Callable[[etree._Element, Inlines], None],
    fill_cell: Callable[[etree._Element, Cell], None],
) -> None:
    """Adds the element of a table with rows; the functions write what its caption and its cells hold, in reading order.
    The rows at the top that hold nothing but heads are its head."""
    wide = max(sum(cell.colspan for cell in row) for row in block.rows) >= WIDE
    table = _child(parent, "table", {"class": "table wide" if wide else "table"})
    if block.caption:
        fill_caption(_child(table, "caption", {}), block.caption)
    heads = 0
    while heads < len(block.rows) - 1 and all(cell.header for cell in block.rows[heads]):
        heads += 1
    for tag, rows in (("thead", block.rows[:heads]), ("tbody", block.rows[heads:])):
        if rows:
            group = _child(table, tag, {})
            for row in rows:
                tr = _child(group, "tr", {})
                for cell in row:
                    fill_cell(_cell(tr, cell, "col" if tag == "thead" else "row"), cell)


def _cell(tr: etree._Element, cell: Cell, scope: str) -> etree._Element:
    attributes = {"scope": scope} if cell.header else {}
    if cell.colspan > 1:
        attributes["colspan"] = str(cell.colspan)
    if cell.rowspan > 1:
        attributes["rowspan"] = str(cell.rowspan)
    td = _child(tr, "th" if cell.header else "td", attributes)
    td.text = ""
    return td


def _child(parent: etree._Element, tag: str, attributes: Mapping[str, str]) -> etree._Element:
    child = etree.SubElement(parent, tag, attributes)
    child.tail = "\n"
    return child
