"""Pages of a fixed size: they must say which (EPUB 3.3, section 8.2.2.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import SVG, XHTML, Opened

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORDS = {"width": "device-width", "height": "device-height"}


def fixed_layout(book: Opened) -> Iterator[Flaw]:
    """A viewport for pages, a viewBox for drawings."""
    if not book.version.startswith("3"):
        return
    whole = any(
        n.attributes.get("property", "").strip() == "rendition:layout" and n.text.strip() == "pre-paginated"
        for n in book.package.all("meta")
    )
    for node, item in book.spine:
        said = node.attributes.get("properties", "").split()
        fixed = "rendition:layout-pre-paginated" in said or (whole and "rendition:layout-reflowable" not in said)
        root = book.documents.get(item.path)
        if not fixed or root is None:
            continue
        if item.media_type == XHTML:
            yield from _viewport(item.path, root)
        elif item.media_type == SVG and "viewBox" not in root.attributes:
            message = "a drawing of fixed size must say it in a viewBox"
            yield Flaw(item.path, root.line, "viewport-missing", message)


def _viewport(path: str, root: XmlNode) -> Iterator[Flaw]:
    metas = [n for n in root.all("meta") if n.attributes.get("name", "").strip() == "viewport"]
    if not metas:
        message = 'a page of fixed size must say it: <meta name="viewport" content="width=..., height=..."/>'
        yield Flaw(path, root.line, "viewport-missing", message)
        return
    meta = metas[0]
    content = meta.attributes.get("content", "")
    values: dict[str, str] = {}
    for part in re.split(r"[,;]", content):
        key, equals, value = (p.strip() for p in part.partition("="))
        if not key and not equals:
            continue
        if not key or not equals or not value or (key in _WORDS and key in values):
            yield Flaw(
                path, meta.line, "viewport-value", f"“{content[:60]}” can't be read: write width=..., height=..."
            )
            return
        values[key] = value
    for key, word in _WORDS.items():
        if key not in values:
            yield Flaw(path, meta.line, "viewport-value", f"the viewport says no {key}; add it")
        elif values[key] != word and not _NUMBER.fullmatch(values[key]):
            yield Flaw(path, meta.line, "viewport-value", f"{key}={values[key]}: write a number without a unit")
