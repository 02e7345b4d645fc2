"""The EPUB's three machine-read lists, all from the same entries: nav with landmarks, NCX, guide."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from converter.document.record import dataclass
from converter.writers.contents import Entry, entry_list, in_two_levels
from converter.writers.inlines import EPUB_TYPE, Rendering
from converter.writers.page_marks import PageMark
from converter.writers.xhtml import OPS

NCX = "http://www.daisy.org/z3986/2005/ncx/"


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that every book has: its EPUB 3 type, the type of the EPUB 2 guide, its name, its address."""

    type: str
    guide: str
    name: str
    address: str


def nav(
    entries: tuple[Entry, ...], landmarks: Sequence[Landmark], rendering: Rendering, pages: Sequence[PageMark] = ()
) -> tuple[etree._Element, ...]:
    """The content of the navigation document. It stays out of the spine: not every engine honours `hidden`."""
    spaces = {"epub": OPS}
    named = {EPUB_TYPE: "toc", "class": "contents", "role": "doc-toc", "aria-labelledby": "toc-title"}
    toc = etree.Element("nav", named, nsmap=spaces)
    heading = etree.SubElement(toc, "h1", {"class": "contents-title", "id": "toc-title"})
    heading.text = rendering.labels.contents
    entry_list(toc, entries)
    hidden = {EPUB_TYPE: "landmarks", "class": "hidden", "hidden": "hidden", "aria-label": rendering.labels.landmarks}
    marks = etree.Element("nav", hidden, nsmap=spaces)
    ol = etree.SubElement(marks, "ol")
    for mark in landmarks:
        link = etree.SubElement(etree.SubElement(ol, "li"), "a", {EPUB_TYPE: mark.type, "href": mark.address})
        link.text = mark.name
    return (toc, marks, _page_list(pages, rendering)) if pages else (toc, marks)


def _page_list(pages: Sequence[PageMark], rendering: Rendering) -> etree._Element:
    named = {EPUB_TYPE: "page-list", "class": "hidden", "hidden": "hidden", "role": "doc-pagelist"}
    listed = etree.Element("nav", {**named, "aria-label": rendering.labels.pages}, nsmap={"epub": OPS})
    ol = etree.SubElement(listed, "ol")
    for page in pages:
        etree.SubElement(etree.SubElement(ol, "li"), "a", {"href": page.address}).text = page.number
    return listed


def ncx(
    entries: tuple[Entry, ...], *, title: str, identifier: str, language: str, pages: Sequence[PageMark] = ()
) -> bytes:
    """The EPUB 2 contents list (OPF 2.0.1, section 2.4.1), for readers that know no nav: two levels deep, as a Kindle
    shows it."""
    entries = in_two_levels(entries)
    root = etree.Element("ncx", {"xmlns": NCX, "version": "2005-1"})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    head = etree.SubElement(root, "head")
    depth = 2 if any(e.children for e in entries) else 1
    for name, content in (
        ("dtb:uid", identifier),
        ("dtb:depth", str(depth)),
        ("dtb:totalPageCount", str(len(pages))),
        ("dtb:maxPageNumber", pages[-1].number if pages else "0"),
    ):
        etree.SubElement(head, "meta", {"name": name, "content": content})
    etree.SubElement(etree.SubElement(root, "docTitle"), "text").text = title
    order = 0

    def add(parent: etree._Element, entry: Entry) -> None:
        nonlocal order
        order += 1
        point = etree.SubElement(parent, "navPoint", {"id": f"point-{order}", "playOrder": str(order)})
        etree.SubElement(etree.SubElement(point, "navLabel"), "text").text = entry.name
        etree.SubElement(point, "content", {"src": entry.address})
        for child in entry.children:
            add(point, child)

    points = etree.SubElement(root, "navMap")
    for entry in entries:
        add(points, entry)
    if pages:
        targets = etree.SubElement(root, "pageList")
    for page in pages:
        named = {"id": f"page-{page.number}", "type": "normal", "value": page.number}
        target = etree.SubElement(targets, "pageTarget", named)
        etree.SubElement(etree.SubElement(target, "navLabel"), "text").text = page.number
        etree.SubElement(target, "content", {"src": page.address})
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
