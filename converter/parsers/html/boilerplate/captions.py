"""Captions that a page gives twice, in the figure and in an element right under it: one is enough."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.recognisers.metadata.tab_title import letters_of

RULE, OWNER = "repeated caption", "figures"


def exclude_repeated_captions(page: Page, excluded: Exclusions) -> None:
    """Excludes what stands right under a figure and only says its caption once more."""
    for caption in page.index.by_name.get("figcaption", ()):
        figure = caption.find_parent("figure")
        below = _next(figure) if figure is not None and caption not in excluded else None
        if below is not None and below.name in ("p", "div", "span", "figcaption"):
            said = letters_of(one_line(caption))
            if said and said == letters_of(one_line(below)):
                excluded.add(below, RULE, OWNER)


def _next(element: Tag) -> Tag | None:
    """The next element beside this one, with nothing between them but space."""
    for node in element.next_siblings:
        if isinstance(node, Tag):
            return node
        if isinstance(node, NavigableString) and node.strip():
            return None
    return None
