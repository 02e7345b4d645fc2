"""How much of a page stands in each element, and how much of that in links."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from converter.document.record import dataclass
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN
from converter.parsers.html.dom.page import Page


@dataclass(frozen=True, slots=True)
class Weights:
    """Letters of each element, in all and in links, excluded parts not counted, by id(element); `rows`: of the table of
    exclusions, when they were weighed."""

    letters: dict[int, int]
    linked: dict[int, int]
    rows: int = 0

    def share(self, element: Tag) -> float:
        """The share of an element's letters that stand in links."""
        return self.linked.get(id(element), 0) / (self.letters.get(id(element), 0) or 1)


def page_weights(page: Page, excluded: Exclusions, known: Weights | None = None) -> Weights:
    """The weights of a page, in one pass; those that are `known` where nothing has been excluded since."""
    if known is not None and known.rows == len(excluded.rows):
        return known
    letters: dict[int, int] = {}
    linked: dict[int, int] = {}
    gone: set[int] = set()
    for element in page.elements:
        key = id(element)
        if id(element.parent) in gone or element.name in UNSEEN or key in excluded.ids:
            gone.add(key)
            continue
        own = 0
        for child in element.contents:
            if isinstance(child, NavigableString) and not isinstance(child, NOT_TEXT):
                own += len(child) if not child.isspace() else 0
        letters[key] = own
    for element in reversed(page.elements):
        key = id(element)
        if key not in letters:
            continue
        if element.name == "a" and "href" in element.attrs:
            linked[key] = letters[key]
        parent = id(element.parent)
        if parent in letters:
            letters[parent] += letters[key]
            if key in linked:
                linked[parent] = linked.get(parent, 0) + linked[key]
    return Weights(letters, linked, len(excluded.rows))
