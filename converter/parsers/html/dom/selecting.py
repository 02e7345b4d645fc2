"""The elements of a page by id, class, name and attribute, and what a selector finds among them."""

from __future__ import annotations

from collections.abc import Sequence

from bs4.element import Tag

from converter.parsers.html.dom.selectors import Selector, attribute, selectors
from converter.parsers.html.dom.tree import place

__all__ = ["Index", "attribute"]  # whoever asks for a page's elements asks for their attributes


class Index:
    """The elements of a page by id, class and name, in document order: a table of a site asks thirty selectors, and
    most of them name something that the page has not."""

    def __init__(self, elements: Sequence[Tag]) -> None:
        self.elements = elements
        self.by_id: dict[str, list[Tag]] = {}
        self.by_class: dict[str, list[Tag]] = {}
        self.by_name: dict[str, list[Tag]] = {}
        self._by_attribute: dict[str, list[Tag]] = {}
        for element in elements:
            self.by_name.setdefault(element.name, []).append(element)
            if not element.attrs:
                continue
            if ident := attribute(element, "id"):
                self.by_id.setdefault(ident, []).append(element)
            for name in attribute(element, "class").split():
                self.by_class.setdefault(name, []).append(element)

    def select(self, text: str, root: Tag | None = None) -> list[Tag]:
        """All elements a list of selectors describes, in document order; below `root` when it is given."""
        chosen: dict[int, Tag] = {}
        for selector in selectors(text) if text else ():
            for element in self._candidates(selector):
                if root is not None and not any(p is root for p in element.parents):
                    continue
                if selector.matches(element):
                    chosen[id(element)] = element
        return sorted(chosen.values(), key=place) if len(chosen) > 1 else list(chosen.values())

    def first(self, text: str) -> Tag | None:
        """The first match."""
        return next(iter(self.select(text)), None)

    def may_match(self, selector: Selector) -> bool:
        """Whether the page has all the ids and classes that a selector names."""
        return selector.ids <= self.by_id.keys() and selector.classes <= self.by_class.keys()

    def _candidates(self, selector: Selector) -> Sequence[Tag]:
        """The elements that the selector's last compound can mean."""
        if not self.may_match(selector):
            return ()
        last = selector.last
        if last.ids:
            return self.by_id[last.ids[0]]
        if last.classes:
            return min((self.by_class[name] for name in last.classes), key=len)
        if last.attributes and not last.name:
            return self._with_attribute(last.attributes[0].name)
        return self.by_name.get(last.name, ()) if last.name else self.elements

    def _with_attribute(self, name: str) -> Sequence[Tag]:
        if name not in self._by_attribute:
            self._by_attribute[name] = [e for e in self.elements if name in e.attrs]
        return self._by_attribute[name]
