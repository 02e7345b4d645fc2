"""Rules for content documents and style sheets: links, images, titles, headings, what the style refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from converter.epub_checker.flaws import Flaw
from converter.epub_checker.nodes import XmlNode
from converter.epub_checker.opened import XHTML, Opened, resolve_address

_LEVELS = {f"h{n}": n for n in range(1, 7)}
_SOURCES = {
    "img": "src",
    "image": "href",
    "link": "href",
    "script": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
}
_MAY_BE_REMOTE = frozenset({"audio", "video", "source"})
_SEEN = frozenset({"img", "svg", "image", "video", "audio", "math", "hr", "object"})


def documents(book: Opened) -> Iterator[Flaw]:
    """Each content document on its own."""
    spine = {item.path for _, item in book.spine}
    for item in book.items:
        root = book.documents.get(item.path)
        if root is None or item.media_type != XHTML:
            continue
        yield from _links(book, item.path, root)
        yield from _headings(item.path, root)
        title = root.first("title")
        if title is None or not title.text.strip():
            yield Flaw(item.path, title.line if title else root.line, "document-title", "has no title", "warning")
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


def _links(book: Opened, path: str, root: XmlNode) -> Iterator[Flaw]:
    outer: set[int] = set()
    for node in root.walk():
        attributes = node.attributes
        if node.tag == "a":
            if id(node) in outer:
                yield Flaw(path, node.line, "link-in-link", "stands inside another link")
            outer.update(id(inner) for inner in node.walk() if inner is not node)
            if "href" in attributes:
                yield from _link(book, path, node, attributes["href"])
        elif node.tag in _SOURCES and _SOURCES[node.tag] in attributes and not _leads_on(node):
            yield from _source(book, path, node, attributes[_SOURCES[node.tag]])
        if node.tag == "img" and "alt" not in attributes and attributes.get("role") != "presentation":
            yield Flaw(path, node.line, "image-alt", "the image has no alt text", "warning")


def _leads_on(node: XmlNode) -> bool:
    """A `link` that names another page or a licence: nothing of it is loaded."""
    return node.tag == "link" and "stylesheet" not in node.attributes.get("rel", "").lower().split()


def _link(book: Opened, path: str, node: XmlNode, address: str) -> Iterator[Flaw]:
    target = resolve_address(path, address)
    if target is None:
        return
    file, fragment = target
    if file not in book.files:
        yield Flaw(path, node.line, "link-broken", f"there is no {file}")
    elif fragment and file in book.ids and fragment not in book.ids[file] and "(" not in fragment:
        yield Flaw(path, node.line, "link-broken", f"there is no #{fragment} in {file}")


def _source(book: Opened, path: str, node: XmlNode, address: str) -> Iterator[Flaw]:
    target = resolve_address(path, address)
    if target is None:
        if node.tag not in _MAY_BE_REMOTE and not address.startswith("data:"):
            yield Flaw(path, node.line, "resource-remote", f"{address} lies outside the book")
    elif target[0] not in book.files:
        yield Flaw(path, node.line, "resource-missing", f"{target[0]} is not in the book")
    elif book.item(target[0]) is None:
        yield Flaw(path, node.line, "resource-unlisted", f"{target[0]} is not in the manifest")


def _headings(path: str, root: XmlNode) -> Iterator[Flaw]:
    last = 0
    for node in root.walk():
        level = _LEVELS.get(node.tag)
        if level is None:
            continue
        if last and level > last + 1:
            yield Flaw(path, node.line, "heading-skipped", f"h{level} follows h{last}", "info")
        last = level


def styles(book: Opened) -> Iterator[Flaw]:
    """Style sheets that can be read, and what they refer to."""
    import tinycss2

    for item in book.items:
        if item.media_type != "text/css" or item.path not in book.files:
            continue
        rules, _ = tinycss2.parse_stylesheet_bytes(book.files[item.path], skip_comments=True, skip_whitespace=True)
        for rule in rules:
            for fault in _faults(rule):
                message = f"can't be read: {fault.message}"
                yield Flaw(item.path, fault.source_line, "style-syntax", message, "warning")
            for line, address in _addresses(rule):
                target = resolve_address(item.path, address)
                if target and target[0] not in book.files:
                    yield Flaw(item.path, line, "resource-missing", f"{target[0]} is not in the book")


def _faults(rule: Any) -> list[Any]:
    """What of a rule can't be read: the rule itself, or declarations inside it."""
    import tinycss2

    inside = []
    if rule.type == "qualified-rule":
        inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return [part for part in (rule, *inside) if part.type == "error"]


def _addresses(rule: Any) -> Iterator[tuple[int, str]]:
    """The addresses that a rule refers to, each with its line; data that stands in the address itself is none."""
    if rule.type == "error":
        return
    for token in _tokens([*rule.prelude, *(rule.content or ())]):
        address = token.value if token.type == "url" else ""
        if token.type == "function" and token.lower_name == "url":
            address = next((t.value for t in token.arguments if t.type == "string"), "")
        if address and not address.startswith("data:"):
            yield token.source_line, address


def _tokens(tokens: list[Any]) -> Iterator[Any]:
    from tinycss2.ast import CurlyBracketsBlock
    from tinycss2.ast import Node as Token

    for token in tokens:
        if isinstance(token, CurlyBracketsBlock):
            yield from _tokens(token.content)
        elif isinstance(token, Token):
            yield token
