"""The contents list of an EPUB: its entries by the places they lead to, of EPUB 3's navigation or EPUB 2's NCX."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from converter.document.record import dataclass
from converter.parsers.epub.package import Package, elements, local_name, text_of, xml_root

MOST_ENTRIES = 5_000
DEEPEST = 12  # lists in lists
TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list: its words, the document it leads to and the place in it ("": its beginning), how
    deep it stands (from 0)."""

    title: str
    name: str
    fragment: str = ""
    depth: int = 0


def entries_of(package: Package) -> tuple[Entry, ...]:
    """The entries in their order; those of the list that names more places, where a book has two."""
    lists = [tuple(_of_navigation(package)), tuple(_of_ncx(package))]
    return max(lists, key=lambda entries: len({(e.name, e.fragment) for e in entries}))


def _of_navigation(package: Package) -> Iterator[Entry]:
    name = package.navigation
    root = _page_root(package.read(name) or b"") if name else None
    if root is None:
        return
    lists = [e for e in root.iter() if local_name(e) == "nav"]
    toc = next((e for e in lists if "toc" in _types(e)), lists[0] if len(lists) == 1 else None)
    first = next((e for e in toc.iter() if local_name(e) == "ol"), None) if toc is not None else None
    if first is not None:
        yield from _limited(_of_list(package, posixpath.dirname(name), first, 0))


def _types(element: Any) -> list[str]:
    return str(element.get(TYPE) or element.get("epub:type") or element.get("role") or "").replace("doc-", "").split()


def _page_root(data: bytes) -> Any:
    from lxml import html

    root = xml_root(data)
    if root is not None and any(local_name(e) == "nav" for e in root.iter()):
        return root
    try:
        return html.document_fromstring(data) if data.strip() else None
    except (ValueError, html.etree.ParserError):
        return None


def _of_list(package: Package, folder: str, ordered: Any, depth: int) -> Iterator[Entry]:
    for item in ordered:
        if local_name(item) != "li":
            continue
        label = next((e for e in item if local_name(e) in ("a", "span")), None)
        if label is not None:
            yield _entry(package, folder, text_of(label), str(label.get("href", "")), depth)
        for inner in item:
            if local_name(inner) == "ol" and depth < DEEPEST:
                yield from _of_list(package, folder, inner, depth + 1)


def _of_ncx(package: Package) -> Iterator[Entry]:
    root = xml_root(package.read(package.ncx) or b"") if package.ncx else None
    first = next(elements(root, "navMap"), None) if root is not None else None
    if first is not None:
        yield from _limited(_of_points(package, posixpath.dirname(package.ncx), first, 0))


def _of_points(package: Package, folder: str, parent: Any, depth: int) -> Iterator[Entry]:
    for point in parent:
        if local_name(point) != "navPoint":
            continue
        label = next((e for e in point if local_name(e) == "navLabel"), None)
        content = next((e for e in point if local_name(e) == "content"), None)
        title = text_of(label) if label is not None else ""
        yield _entry(package, folder, title, str(content.get("src", "")) if content is not None else "", depth)
        if depth < DEEPEST:
            yield from _of_points(package, folder, point, depth + 1)


def _entry(package: Package, folder: str, title: str, href: str, depth: int) -> Entry:
    return Entry(title, package.files.find(folder, href), unquote(href.partition("#")[2]), depth)


def _limited(entries: Iterator[Entry]) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        if number >= MOST_ENTRIES:
            return
        yield entry
