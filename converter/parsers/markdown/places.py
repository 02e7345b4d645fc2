"""Links from one place of a file to another: which elements they lead to, and under which key."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from converter.parsers.items.places import BEARER_LETTERS, BEARER_NODES, LINKS_LIMIT, NESTED, place_key
from converter.parsers.markdown.tags import BLOCKS
from converter.parsers.markdown.tree import Element, Tree, TreeLeaf, tree_leaves
from converter.parsers.tag_names import FRAMES

HOLDERS = frozenset("p li dd dt td th h1 h2 h3 h4 h5 h6 caption figcaption".split())


class Places(NamedTuple):
    """The places that links lead to: keys by id() of their elements, and by their names in the file."""

    keys: Mapping[int, str]
    names: Mapping[str, str]


def find_places(tree: Tree, name: str, dropped: set[int]) -> Places:
    """The places in the story that its own links lead to."""
    wanted = {href[1:] for link in tree.links if (href := link.attribute("href")).startswith("#")} - {""}
    keys: dict[int, str] = {}
    names: dict[str, str] = {}
    if 0 < len(wanted) <= LINKS_LIMIT:
        for element in tree.named:
            for value in (element.attribute("id"), element.attribute("name")):
                if value not in wanted or value in names or _is_dropped(element, dropped):
                    continue
                bearer = _bearer(element)
                if bearer is not None and not _is_dropped(bearer, dropped):
                    names[value] = keys.setdefault(id(bearer), place_key(name, value))
    return Places(keys, names)


def _is_dropped(element: Element, dropped: set[int]) -> bool:
    at: Element | None = element
    while at is not None:
        if id(at) in dropped:
            return True
        at = at.parent
    return False


def _bearer(element: Element) -> Element | None:
    """The element whose words are the place: the first text in a frame, what stands after an empty anchor."""
    at = element
    for _ in range(NESTED):
        first = _first_with_words(at) if at.name in FRAMES else None
        if first is None:
            break
        at = first
    if not _letters(at):
        return _after(at)
    return at if _letters(at) <= BEARER_LETTERS else None


def _after(empty: Element) -> Element | None:
    """What an element without words is set in, or before: a paragraph that holds only an anchor is set before the
    next."""
    parent = empty.parent
    if parent is None:
        return None
    if parent.name in HOLDERS:
        letters = _letters(parent)
        return _after(parent) if not letters else parent if letters <= BEARER_LETTERS else None
    later = islice(parent.children, empty.place + (empty.name in BLOCKS), None)
    following = next((c for c in later if isinstance(c, Element)), None)
    return _bearer(following) if following is not None and _letters(following) else None


def _letters(element: Element) -> int:
    """About how many letters an element holds, counted no further than needed: a file may link to all its frames."""
    letters = element.letters
    for seen, leaf in enumerate(tree_leaves(element)):
        if letters > BEARER_LETTERS or seen > BEARER_NODES:
            return BEARER_LETTERS + 1
        letters += len(leaf.text.strip()) if leaf.kind == "text" else 0
    return letters


def _first_with_words(frame: Element) -> Element | None:
    """The first block in a frame with words in it; None where text stands before it."""
    for child in frame.children:
        if isinstance(child, TreeLeaf):
            if child.text.strip():
                return None
        elif _letters(child):
            return child
    return None
