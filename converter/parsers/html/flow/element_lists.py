"""Lists of a page: their items, whatever stands loose between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import NavigableString, Tag

from converter.document.model import (
    List,
)
from converter.parsers.html.dom.nodes import NOT_TEXT, child_nodes
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.kinds import Item
from converter.parsers.items.style_marks import State

FRAMED_PARTS = 4  # blocks or line ends in a list's only item


def list_items(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Item]:
    """The list that an element is; what holds nearly all of the story is only a frame."""
    groups: list[list[Tag | NavigableString]] = []
    loose = True
    for child in child_nodes(node):
        if isinstance(child, Tag):
            if child.name == "li" or (child.name in ("ul", "ol") and not groups):
                groups.append([child])
                loose = False
                continue
            if child.name in ("ul", "ol"):  # a list between items belongs to the item before it
                groups[-1].append(child)
                continue
        elif isinstance(child, NOT_TEXT):
            continue
        elif not str(child).strip():
            if groups and getattr(groups[-1][-1], "name", "") not in ("li", "ul", "ol"):
                groups[-1].append(child)
            continue
        if loose:
            groups.append([])
        groups[-1].append(child)
        loose = False
    parts = node.find_all(["p", "div", "br"], limit=FRAMED_PARTS) if len(groups) == 1 else []
    if len(parts) == FRAMED_PARTS and walk.is_most(node):
        return walk.items(groups[0], state, depth + 1)  # a frame of the page's around the story
    items = tuple(b for g in groups if (b := walk.blocks(g, state, depth + 1)))
    if not items:
        return ()
    first = attribute(node, "start").strip()
    start = int(first) if re.fullmatch(r"\d{1,6}", first) else 1
    return (List(items, node.name == "ol", start, walk.page.origin(node)),)
