"""Places in the book that links lead to: when all pages are written, every such link gets its page or loses it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

ANCHOR = re.compile(r"at-[0-9a-z-]{1,40}")


def settle_anchors(pages: Iterable[tuple[str, etree._Element]]) -> None:
    """Each (address, element): `#KEY` becomes `ADDRESS#KEY` where the place stands on another page.

    A place that is there twice is meant where it comes first. A link to a place that is not there leaves its words.
    Address "" for all: they stand in one document.
    """
    pages = list(pages)
    places: dict[str, str] = {}
    for address, page in pages:
        for span in page.iter("span"):
            key = span.get("id", "")
            if not ANCHOR.fullmatch(key):
                continue
            if key in places:
                del span.attrib["id"]
            else:
                places[key] = address
    for address, page in pages:
        for link in list(page.iter("a")):
            target = link.get("href", "")
            if not target.startswith("#") or not ANCHOR.fullmatch(target[1:]):
                continue
            if target[1:] not in places:
                _unwrap(link)
            elif places[target[1:]] != address:
                link.set("href", f"{places[target[1:]]}{target}")


def _unwrap(element: etree._Element) -> None:
    """Takes an element away and leaves what it holds."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    before = parent[at - 1] if at else None
    text, tail, inner = element.text or "", element.tail or "", list(element)
    if inner:
        inner[-1].tail = (inner[-1].tail or "") + tail
    else:
        text += tail
    element.tail = None
    parent.remove(element)
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent[at:at] = inner
