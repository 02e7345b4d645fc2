"""The part of a page in which its story stands, and what stands there beside the story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4.element import Tag

from converter.parsers.html.boilerplate.chrome import named_furniture
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import UNSEEN, one_line
from converter.parsers.html.dom.page import Page


def main_part(page: Page, elements: Sequence[Tag]) -> Tag:
    """The smallest element around all of these; around one alone, the first that holds other words, too."""
    if len(elements) == 1:
        words = len(one_line(elements[0]))
        around = (p for p in elements[0].parents if p is page.body or len(one_line(p)) > words)
        return next(around, page.body)
    shared = list(elements[0].parents) if elements else [page.body]
    for element in elements[1:]:
        own = {id(p) for p in element.parents}
        shared = [p for p in shared if id(p) in own]
    return shared[0] if shared and page.body in shared else page.body


def elements_beside(main: Tag, excluded: Exclusions, taken: Sequence[Tag]) -> Iterator[Tag]:
    """The largest elements in the main part that hold none of those that are taken, are not left out by a rule, and
    are no furniture by their tag or name; in the page's order."""
    own = {id(e) for e in taken}
    around = {id(p) for e in taken for p in e.parents}
    stack = [main]
    while stack:
        element = stack.pop()
        key = id(element)
        if key in own or element in excluded or element.name in UNSEEN:
            continue
        if key in around or element is main:
            stack.extend(c for c in reversed(element.contents) if isinstance(c, Tag))
        elif not named_furniture(element):
            yield element
