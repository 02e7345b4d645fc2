"""Numbers in columns: two digits stand side by side in the place of one sign (tate-chu-yoko; W3C, Requirements for
Japanese Text Layout, 3.2.5)."""

from __future__ import annotations

import re

from lxml import etree

_PAIR = re.compile(r"(?<![0-9A-Za-z.,:/-])(\d\d|!!|!\?)(?![0-9A-Za-z.,:/!?-])", re.A)
LEFT_ALONE = frozenset(("pre", "code", "head", "title"))


def set_side_by_side(page: etree._Element) -> None:
    """Puts each pair of digits, or of marks, that stands by itself in a page's text into a span of its own."""
    for element in list(page.iter(etree.Element)):
        parent = element.getparent()
        if element.text and not _is_left_alone(element):
            _into_spans(element, None)
        if element.tail and parent is not None and not _is_left_alone(parent):
            _into_spans(parent, element)


def _is_left_alone(element: etree._Element) -> bool:
    return any(e.tag in LEFT_ALONE for e in (element, *element.iterancestors()))


def _into_spans(parent: etree._Element, before: etree._Element | None) -> None:
    """The text of an element, or behind one in it, with its pairs in spans."""
    text = (parent.text if before is None else before.tail) or ""
    pieces = _PAIR.split(text)
    if len(pieces) == 1:
        return
    at = 0 if before is None else parent.index(before) + 1
    if before is None:
        parent.text = pieces[0]
    else:
        before.tail = pieces[0]
    for number, (pair, tail) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True)):
        span = etree.Element("span", {"class": "side-by-side"})
        span.text, span.tail = pair, tail
        parent.insert(at + number, span)
