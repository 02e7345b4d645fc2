"""Links from one place of a page to another: which elements they lead to, and under which key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from bs4.element import NavigableString, Tag

from converter.document.record import dataclass
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, child_nodes
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.items.places import BEARER_LETTERS, BEARER_NODES, LINKS_LIMIT, NESTED, place_key
from converter.parsers.tag_names import FRAMES

HOLDERS = frozenset("p li dd dt td th span em i b strong h1 h2 h3 h4 h5 h6 sup sub cite caption figcaption".split())


@dataclass(frozen=True, slots=True)
class PageAnchors:
    """`keys` gives the key of an element by its id(); `ids` the key by the id or name in the page."""

    keys: Mapping[int, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    def target(self, link: Tag) -> str:
        """`#KEY` for a link to a place in the story, or ""."""
        href = attribute(link, "href") if self.ids else ""
        key = self.ids.get(href[1:], "") if href.startswith("#") else ""
        return f"#{key}" if key else ""


NOWHERE = PageAnchors()


def find_anchors(page: Page, excluded: Exclusions, roots: Iterable[Tag], notes: Mapping[int, object]) -> PageAnchors:
    """The places in the story that its own links lead to; links that cite notes lead to those already."""
    inside = {id(root) for root in roots}
    wanted = dict.fromkeys(
        href[1:]
        for link in page.index.by_name.get("a", ())
        if len(href := attribute(link, "href")) > 1 and href[0] == "#" and id(link) not in notes
        if _is_kept(excluded, link, inside)
    )
    keys: dict[int, str] = {}
    ids: dict[str, str] = {}
    if not wanted or len(wanted) > LINKS_LIMIT:
        return NOWHERE
    for element in page.elements:
        for name in ("id", "name"):
            value = attribute(element, name)
            if not value or value not in wanted or value in ids or not _is_kept(excluded, element, inside):
                continue
            bearer = _bearer(excluded, element)
            if bearer is not None and not (bearer is not element and not _is_kept(excluded, bearer, inside)):
                ids[value] = keys.setdefault(id(bearer), place_key(page.name, value))
    return PageAnchors(keys, ids) if ids else NOWHERE


def _is_kept(excluded: Exclusions, element: Tag, inside: set[int]) -> bool:
    """Whether an element stands in the story and is not left out."""
    for parent in (element, *element.parents):
        if parent in excluded:
            return False
        if id(parent) in inside:
            return True
    return False


def _bearer(excluded: Exclusions, element: Tag) -> Tag | None:
    """The element whose words are the place: the first text in a frame, what stands after an empty anchor."""
    at: Tag | None = element
    for _ in range(NESTED):
        first = _first_kept(excluded, at) if at is not None and at.name in FRAMES else None
        if not isinstance(first, Tag):
            break
        at = first
    if at is not None and not _letters(at):
        parent = at.parent
        if parent is not None and parent.name in HOLDERS:
            at = parent
        else:
            after = at.find_next_sibling()
            at = _bearer(excluded, after) if isinstance(after, Tag) and _letters(after) else None
    return at if at is not None and 0 < _letters(at) <= BEARER_LETTERS else None


def _letters(element: Tag) -> int:
    """About how many letters an element holds, counted no further than needed: a page may link to all its frames."""
    letters = 0
    for seen, node in enumerate(element.descendants):
        if letters > BEARER_LETTERS or seen > BEARER_NODES:
            return BEARER_LETTERS + 1
        if isinstance(node, NavigableString) and not isinstance(node, NOT_TEXT):
            letters += len(node.strip())
    return letters


def _first_kept(excluded: Exclusions, element: Tag) -> Tag | NavigableString | None:
    for child in child_nodes(element):
        if isinstance(child, NavigableString):
            if not isinstance(child, NOT_TEXT) and child.strip():
                return child
        elif child not in excluded and child.name not in UNSEEN and _letters(child):
            return child
    return None
