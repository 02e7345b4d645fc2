"""Figures of a page: a picture with its caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bs4.element import Tag

from converter.document.model import (
    Figure,
)
from converter.parsers.html.dom.nodes import UNSEEN, child_nodes, element_text
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.kinds import Item
from converter.parsers.items.style_marks import State


def figure(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Item]:
    """A picture with its caption; more than a picture is told in its order."""
    caption = node.find("figcaption")
    pictures = [i for i in node.find_all("img") if isinstance(i, Tag)]
    if not isinstance(caption, Tag) or len(pictures) != 1 or _is_left_out(walk, caption, node):
        return walk.items(child_nodes(node), state, depth + 1)
    if any(map(str.isalnum, element_text(node, {*walk.excluded.ids, id(caption)}))):
        return walk.items(child_nodes(node), state, depth + 1)  # more than a picture: in its order
    walk.excluded.move(caption, "caption")
    rest = walk.items(child_nodes(node), state, depth + 1)
    if len(rest) == 1 and isinstance(rest[0], Figure):
        return (replace(rest[0], caption=(*rest[0].caption, *walk.inline(caption))),)
    return [*rest, *walk.items(child_nodes(caption), replace(state, align="center"), depth + 1)]


def _is_left_out(walk: PageWalk, element: Tag, within: Tag) -> bool:
    """Whether an element stands in something that is left out, or that no browser shows."""
    if any(p in walk.excluded for p in element.parents):
        return True
    return any(p.name in UNSEEN for p in takewhile(lambda e: e is not within, element.parents))
