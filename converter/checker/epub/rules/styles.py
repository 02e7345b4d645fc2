"""Style sheets: what can't be read, what EPUB forbids, and what they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import Opened

_FORBIDDEN = frozenset({"direction", "unicode-bidi"})
NESTING_LIMIT = 300  # brackets inside one another
_BRACKET = re.compile(rb"[{}()\[\]]")
_STRAY = frozenset({"}", "/", ";", "$", "%", "@"})
_MARK = re.compile(r"/\*|\*/|[\"'{}\n]|\\.")


def styles(book: Opened) -> Iterator[Flaw]:
    """Style sheets that can be read, and what they refer to."""
    for item in book.items:
        if item.media_type == "text/css" and item.path in book.files and item.path not in book.encrypted:
            yield from _sheet(book, item.path, book.files[item.path])
    for path, root in book.documents.items():
        for node in root.walk():
            if node.tag == "style" and node.space in ("html", "svg"):
                text = node.text
                yield from _rules(book, path, node.line - 1, _read(text.encode()))
            if "style" in node.attributes and node.space == "html":
                yield from _attribute(path, node)


def style_addresses(data: bytes) -> Iterator[tuple[int, str, str]]:
    """Line, address and kind ("font", "import", "image") of what a sheet refers to; data in an address is nothing."""
    for rule in _read(data):
        yield from _addresses(rule)


def styles_inside(root: XmlNode) -> Iterator[tuple[int, str]]:
    """Lines and addresses in the `style` elements of a document."""
    for node in root.all("style"):
        for line, address, _ in style_addresses(node.text.encode()):
            yield node.line - 1 + line, address


def _read(data: bytes) -> list[Any]:
    import tinycss2

    depth = deepest = 0
    for found in _BRACKET.finditer(data):
        depth += 1 if found[0] in b"{([" else -1
        deepest = max(deepest, depth)
    if deepest > NESTING_LIMIT:
        return []
    rules: list[Any] = tinycss2.parse_stylesheet_bytes(data, skip_comments=True, skip_whitespace=True)[0]
    return rules


def _sheet(book: Opened, path: str, data: bytes) -> Iterator[Flaw]:
    start = data[:200].removeprefix(b"\xef\xbb\xbf")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield Flaw(path, 1, "style-encoding", "is in UTF-16; write UTF-8", "warning")
    elif start.lower().startswith(b"@charset"):
        name = start[8:].split(b";")[0].strip(b" \"'").decode("latin-1").lower()
        if name.startswith("utf-16"):
            yield Flaw(path, 1, "style-encoding", "is in UTF-16; write UTF-8", "warning")
        elif name not in ("utf-8", "utf8"):
            yield Flaw(path, 1, "style-encoding", f"says that it is in {name}; write UTF-8")
    if _is_open(data.decode("utf-8", "replace")):
        line = data.count(b"\n") + 1
        yield Flaw(path, line, "style-syntax", "can't be read: a bracket or a comment is not closed")
    yield from _rules(book, path, 0, _read(data))


def _is_open(text: str) -> bool:
    """Whether a bracket or a comment of a sheet is not closed."""
    depth, within = 0, ""
    for found in _MARK.finditer(text):
        mark = found[0]
        if within == "/*":
            within = "" if mark == "*/" else within
        elif within:
            within = "" if mark in (within, "\n") else within
        elif mark in ("/*", '"', "'"):
            within = mark
        else:
            depth += (mark == "{") - (mark == "}")
    return depth > 0 or within == "/*"


def _rules(book: Opened, path: str, above: int, rules: list[Any]) -> Iterator[Flaw]:
    for rule in rules:
        for line, reason in _faults(rule):
            yield Flaw(path, above + line, "style-syntax", f"can't be read: {reason}")
        for line, name in _declared(rule):
            if name in _FORBIDDEN:
                message = f"{name} may not be used in EPUB; write the attribute dir, or <bdo>"
                yield Flaw(path, above + line, "style-forbidden", message)
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            yield from _font(path, above, rule)
        for line, address, kind in _addresses(rule):
            yield from _target(book, path, above + line, address, kind)


def _font(path: str, above: int, rule: Any) -> Iterator[Flaw]:
    content = [token for token in rule.content or () if token.type not in ("whitespace", "comment")]
    if not content:
        yield Flaw(path, above + rule.source_line, "style-font", "@font-face without a word in it", "warning")
    for token in content:
        empty = token.type == "url" and not token.value
        if token.type == "function" and token.lower_name == "url":
            empty = not any(t.type == "string" and t.value for t in token.arguments)
        if empty:
            yield Flaw(path, above + token.source_line, "style-font", "the font's address is empty; name its file")


def _target(book: Opened, path: str, line: int, address: str, kind: str) -> Iterator[Flaw]:
    found = book.locate(path, address)
    if found.scheme == "file":
        yield Flaw(path, line, "address-file", f"{address!r} names a file of somebody's computer")
    elif found.scheme in ("http", "https") and kind != "font":
        yield Flaw(path, line, "resource-remote", f"{address} lies outside the book; put it in")
    elif found.scheme in ("http", "https") and book.version.startswith("3"):
        from converter.checker.epub.rules.references import remote_item

        if remote_item(book, address) is None:
            yield Flaw(path, line, "resource-unlisted", f"{address} must be listed in the manifest all the same")
    elif found.inside and not address.startswith("#") and address.strip():
        if found.leaks:
            yield Flaw(path, line, "address-leaks", f"{address!r} leads out of the book")
        elif found.path not in book.files:
            yield Flaw(path, line, "resource-missing", f"{found.path} is not in the book")
        elif book.item(found.path) is None:
            message = f"{found.path} is in the book, but not in the manifest; list it there"
            yield Flaw(path, line, "resource-unlisted", message)


def _attribute(path: str, node: XmlNode) -> Iterator[Flaw]:
    import tinycss2

    parts = tinycss2.parse_blocks_contents(node.attributes["style"], skip_comments=True, skip_whitespace=True)
    for part in parts:
        if part.type == "error":
            yield Flaw(path, node.line, "style-syntax", f"the style can't be read: {part.message}")
        elif part.type == "declaration" and part.lower_name in _FORBIDDEN:
            message = f"{part.lower_name} may not be used in EPUB; write the attribute dir, or <bdo>"
            yield Flaw(path, node.line, "style-forbidden", message)


def _faults(rule: Any) -> Iterator[tuple[int, str]]:
    """Line and reason of what of a rule can't be read: its beginning, or declarations inside it."""
    import tinycss2

    if rule.type == "error":
        yield rule.source_line, rule.message
    if rule.type != "qualified-rule":
        return
    before = [t for t in rule.prelude if t.type not in ("whitespace", "comment")]
    if not before or getattr(before[-1], "value", "") == ",":
        yield rule.source_line, "the selector ends early"
    for token in before:
        if (
            token.type in ("number", "dimension", "percentage", "error", "string")
            or getattr(token, "value", "") in _STRAY
        ):
            yield token.source_line, "no selector looks like this"
            break
    yield from _empty_declarations(rule)
    for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if part.type == "error":
            yield part.source_line, part.message
        elif part.type == "declaration":
            values = [t for t in part.value if t.type not in ("whitespace", "comment")]
            if not values and not part.name.startswith("--"):
                yield part.source_line, f"{part.name} has no value"
            for token in values:
                if token.type == "error":
                    yield token.source_line, token.message


def _empty_declarations(rule: Any) -> Iterator[tuple[int, str]]:
    last = ";"
    for token in rule.content:
        if token.type == "literal" and token.value == ";" == last:
            yield token.source_line, "two semicolons, and nothing between them"
        if token.type not in ("whitespace", "comment"):
            last = getattr(token, "value", "") if token.type == "literal" else ""


def _declared(rule: Any) -> Iterator[tuple[int, str]]:
    import tinycss2

    if rule.type == "error" or rule.content is None:
        return
    if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
        for inner in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
            yield from _declared(inner)
    elif rule.type == "qualified-rule":
        for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if part.type == "declaration":
                yield part.source_line, part.lower_name


def _addresses(rule: Any) -> Iterator[tuple[int, str, str]]:
    """The addresses that a rule refers to, each with its line and kind; data in the address itself is none."""
    if rule.type == "error":
        return
    keyword = rule.lower_at_keyword if rule.type == "at-rule" else ""
    if keyword == "namespace":
        return
    kind = {"import": "import", "font-face": "font"}.get(keyword, "image")
    for token in _tokens([*rule.prelude, *(rule.content or ())]):
        address = token.value if token.type == "url" else ""
        if token.type == "function" and token.lower_name == "url":
            address = next((t.value for t in token.arguments if t.type == "string"), "")
        if kind == "import" and token.type == "string":
            address = token.value
        if address and not address.startswith("data:"):
            yield token.source_line, address, kind


def _tokens(tokens: list[Any]) -> Iterator[Any]:
    from tinycss2.ast import CurlyBracketsBlock
    from tinycss2.ast import Node as Token

    for token in tokens:
        if isinstance(token, CurlyBracketsBlock):
            yield from _tokens(token.content)
        elif isinstance(token, Token):
            yield token
