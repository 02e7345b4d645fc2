"""Lists of a page: their items, whatever stands loose between them, the boxes of tasks; terms and what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import NavigableString, Tag

from converter.document.model import (
    Blocks,
    Definition,
    List,
    Numerals,
)
from converter.document.tasks import begun_with_box
from converter.parsers.computed_style import PLAIN
from converter.parsers.html.dom.nodes import NOT_TEXT, child_nodes
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.definitions import entries, term
from converter.parsers.items.kinds import Item
from converter.parsers.items.nested_lists import lists_nested
from converter.parsers.items.style_marks import State

DEEPEST_BOX = 4  # elements around the box of a task: `<li><p><label><span>`
NUMERALS: dict[str, Numerals] = {"a": "a", "A": "A", "i": "i", "I": "I"}  # what `type` says
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
    ordered = node.name == "ol"
    items = tuple(b for g in groups if (b := _item(walk, g, state, depth, ordered=ordered)))
    if not ordered:
        return (List(lists_nested(items), origin=walk.page.origin(node)),) if items else ()
    return (_numbered(walk, node, items),) if items else ()


def _numbered(walk: PageWalk, node: Tag, items: tuple[Blocks, ...]) -> List:
    first = attribute(node, "start").strip()
    start = int(first) if re.fullmatch(r"\d{1,6}", first) else 1
    numerals = NUMERALS.get(attribute(node, "type").strip(), "1")
    return List(items, True, start, walk.page.origin(node), numerals=numerals)


def _item(walk: PageWalk, group: list[Tag | NavigableString], state: State, depth: int, *, ordered: bool) -> Blocks:
    blocks = walk.blocks(group, state, depth + 1)
    box = None if ordered or not isinstance(group[0], Tag) or group[0].name != "li" else _box(walk, group[0])
    return blocks if box is None else begun_with_box(blocks, done="checked" in box.attrs)


def _box(walk: PageWalk, item: Tag) -> Tag | None:
    """The box to tick with which an item begins."""
    at = item
    for _ in range(DEEPEST_BOX):
        first = next(
            (c for c in child_nodes(at) if not isinstance(c, NOT_TEXT) and (isinstance(c, Tag) or c.strip())), None
        )
        if not isinstance(first, Tag) or walk.passes_over(first):
            return None
        if first.name == "input":
            return first if attribute(first, "type").strip().lower() == "checkbox" else None
        if first.name in ("ul", "ol"):
            return None
        at = first
    return None


def definition_items(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Definition]:
    """The definitions of a list; none where it holds anything else, or nearly all of the story."""
    parts: list[Tag] = []
    for child in child_nodes(node):
        if isinstance(child, Tag):
            parts += [c for c in child_nodes(child) if isinstance(c, Tag)] if child.name == "div" else [child]
        elif not isinstance(child, NOT_TEXT) and child.strip():
            return ()
    parts = [part for part in parts if not walk.passes_over(part) and (walk.text_of(part).strip() or part.find("img"))]
    found = entries([part.name for part in parts])
    if not found or walk.is_most(node):
        return ()
    out = []
    for entry in found:
        terms = [parts[at] for at in entry.terms]
        meanings = (parts[at] for at in entry.meanings)
        out.append(
            Definition(
                tuple(term(walk.runs(one, _below(walk, one, state))) for one in terms),
                tuple(walk.blocks(child_nodes(one), _below(walk, one, state), depth + 1) for one in meanings),
                walk.page.origin(terms[0]),
            )
        )
    return out


def _below(walk: PageWalk, part: Tag, state: State) -> State:
    return walk.inherit(part, walk.styles.get(id(part), PLAIN), state)
