"""Addresses in a printed text (a page of the web, of mail): no hyphen is put into them, it would be read as theirs."""

from __future__ import annotations

from lxml import etree

from converter.document.patterns import regex

ADDRESS = regex(r"(?:https?://|www\.)[^\s\u2018-\u201d<>]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}")
SIGNS = ("://", "www.", "@")
KEPT = frozenset(["pre", "code"])  # nothing is hyphenated there
CLASS = "web-address"


def hold_addresses(story: etree._Element) -> None:
    """Puts each address that stands in the words of a story into a `span.web-address`; not beside a drop cap, where
    lines are broken otherwise."""
    for element in [e for e in story.iterdescendants() if isinstance(e.tag, str)]:
        if _has_one(element.text) and element.tag not in KEPT and not _beside_cap(element):
            element.text, spans = _parted(element.text or "")
            for at, span in enumerate(spans):
                element.insert(at, span)
        parent = element.getparent()
        if parent is not None and _has_one(element.tail) and parent.tag not in KEPT and not _beside_cap(parent):
            tail, element.tail = element.tail or "", None
            element.tail, spans = _parted(tail)
            for at, span in enumerate(spans, parent.index(element) + 1):
                parent.insert(at, span)


def _has_one(text: str | None) -> bool:
    return text is not None and any(sign in text for sign in SIGNS)


def _beside_cap(element: etree._Element) -> bool:
    return bool(element.xpath("boolean(ancestor-or-self::p[span[@class='dropcap']])"))


def _parted(text: str) -> tuple[str, list[etree._Element]]:
    """What stands before the first address, and the addresses, each with what follows it."""
    before, end, spans = text, 0, list[etree._Element]()
    for found in ADDRESS.finditer(text):
        between = text[end : found.start()]
        if spans:
            spans[-1].tail = between
        else:
            before = between
        span = etree.Element("span", {"class": CLASS})
        span.text = found[0]
        spans.append(span)
        end = found.end()
    if spans:
        spans[-1].tail = text[end:]
    return before, spans
