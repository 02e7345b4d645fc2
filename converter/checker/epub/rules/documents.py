"""Rules for single pages: titles, languages, headings, images without a text, nothing to be seen."""

from __future__ import annotations

from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import XHTML, Opened

_LEVELS = {f"h{n}": n for n in range(1, 7)}
_SEEN = frozenset("img svg image video audio math hr object iframe embed canvas input button switch picture".split())


def documents(book: Opened) -> Iterator[Flaw]:
    """Each content document on its own."""
    spine = {item.path for _, item in book.spine}
    for item in book.items:
        root = book.documents.get(item.path)
        if root is None or item.media_type != XHTML:
            continue
        yield from _pictures(item.path, root)
        yield from _headings(item.path, root)
        head = root.first("head")
        title = next((n for n in head.children if n.tag == "title"), None) if head else None
        if title is None:
            yield Flaw(item.path, root.line, "document-title", "has no title", "warning")
        if not {"lang", "xml:lang"} & root.attributes.keys():
            yield Flaw(item.path, root.line, "document-language", "does not say its language", "info")
        body = root.first("body")
        if (
            item.path in spine
            and body is not None
            and not body.words()
            and not any(n.tag in _SEEN for n in body.walk())
        ):
            yield Flaw(item.path, body.line, "document-empty", "is an empty page", "warning")


def _pictures(path: str, root: XmlNode) -> Iterator[Flaw]:
    captioned: set[int] = set()
    for node in root.all("figure"):
        if any(child.tag == "figcaption" for child in node.children):
            captioned.update(map(id, node.all("img")))
    for node in root.all("img"):
        said = {"alt", "title", "aria-label", "aria-labelledby"} & node.attributes.keys()
        if not said and id(node) not in captioned and node.attributes.get("role") not in ("presentation", "none"):
            yield Flaw(path, node.line, "image-alt", "the image has no alt text", "warning")


def _headings(path: str, root: XmlNode) -> Iterator[Flaw]:
    last = 0
    for node in root.walk():
        level = _LEVELS.get(node.tag)
        if level is None:
            continue
        if last and level > last + 1:
            yield Flaw(path, node.line, "heading-skipped", f"h{level} follows h{last}", "info")
        last = level
