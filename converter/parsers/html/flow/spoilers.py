"""Spoilers and folded parts of a page: what opens at a click, with the words to click on as its title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from bs4.element import NavigableString, Tag

from converter.document.model import (
    Aside,
    Inlines,
    Paragraph,
)
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, child_nodes, element_text
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.kinds import Item
from converter.parsers.items.style_marks import State
from converter.recognisers.marks import class_names

SPOILER_HEAD_WORDS = 15
SPOILER_PARTS = 12  # elements in a spoiler that are looked through for its title


def spoiler(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Item]:
    """The box that an element is, with its title."""
    head = _spoiler_head(walk, node)
    title: Inlines = ()
    if head is not None:
        title = walk.inline(head)
        walk.excluded.move(head, "title of a spoiler")
    inner = walk.blocks(child_nodes(node), state, depth + 1)
    if not inner:
        return (Paragraph(title, "", "", walk.page.origin(node)),) if title else ()
    if len(inner) == 1 and isinstance(inner[0], Aside) and inner[0].kind == "spoiler" and not inner[0].title:
        inner = inner[0].blocks  # two elements around one spoiler
    return (Aside(inner, "spoiler", title, walk.page.origin(node)),)


def _spoiler_head(walk: PageWalk, node: Tag) -> Tag | None:
    """The part of a spoiler that is its title: it is called so, or is the first of several and short; nothing may stand
    before it."""

    def is_short(element: Tag) -> bool:
        return len(element_text(element).split()) <= SPOILER_HEAD_WORDS

    named = (c for c in node.find_all(True, limit=SPOILER_PARTS) if _is_spoiler_head(c) and is_short(c))
    head = next(named, None)
    if head is None:
        parts = [c for c in child_nodes(node) if isinstance(c, Tag) and element_text(c).strip()]
        head = parts[0] if len(parts) > 1 and is_short(parts[0]) else None
    if head is None or _is_dropped(walk, head, node) or _says_before(node, head):
        return None
    return head


def _is_spoiler_head(element: Tag) -> bool:
    return bool(class_names.SPOILER_HEAD.search(f"{element.name} {attribute(element, 'class')}"))


def _is_dropped(walk: PageWalk, element: Tag, within: Tag) -> bool:
    """Whether an element, or one around it below `within`, is left out; a button may be what a spoiler is called."""
    around = takewhile(lambda e: e is not within, (element, *element.parents))
    return any(e.name in UNSEEN or (e in walk.excluded and walk.excluded.rule(e) != "button") for e in around)


def _says_before(node: Tag, head: Tag) -> bool:
    """Whether an element has words before the part of it that may be its title."""
    for inner in node.descendants:
        if inner is head:
            return False
        if isinstance(inner, NavigableString) and not isinstance(inner, NOT_TEXT) and any(map(str.isalnum, inner)):
            return True
    return False
