"""The markup of pages, package, contents lists and overlays against their content models, and what no table can say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode, XmlProlog
from converter.checker.epub.opened import NCX, SMIL, SVG, XHTML, Opened
from converter.checker.epub.schema import check_markup, check_part, schema

_REFERENCES = "aria-activedescendant aria-controls aria-describedby aria-flowto aria-labelledby aria-owns".split()
_UNTYPED = frozenset("head meta title style link script noscript base slot rb rtc col template".split())
_RESERVED = ("w3.org", "idpf.org")
_CONTROLLED = {"audio": "controls", "video": "controls", "img": "usemap", "object": "usemap", "a": "href"}
_INTERACTIVE = frozenset("button details embed iframe label select textarea".split())


def markup(book: Opened) -> Iterator[Flaw]:
    """Every document against the table of its format."""
    modern = book.version.startswith("3")
    package = "opf3" if modern else "opf2"
    yield from check_markup(book.package_path, book.package, schema(package))
    container = book.documents.get("META-INF/container.xml")
    if container is not None:
        yield from check_markup("META-INF/container.xml", container, schema("container"))
    seen: set[str] = set()
    for item in book.items:
        root = book.documents.get(item.path)
        if root is None or item.path in seen:
            continue
        seen.add(item.path)
        if item.media_type == XHTML:
            yield from check_markup(item.path, root, schema("xhtml" if modern else "xhtml11"))
            if modern:
                yield from _html(item.path, root, book.ids.get(item.path, {}))
        elif item.media_type == NCX:
            yield from check_markup(item.path, root, schema("ncx"))
        elif item.media_type == SMIL:
            yield from check_markup(item.path, root, schema("smil"))
        elif item.media_type == SVG:
            yield from _drawing(item.path, root)


def prologs(book: Opened) -> Iterator[Flaw]:
    """XML 1.0 in UTF-8, and no entities or document types of others."""
    for path, prolog in book.prologs.items():
        data = book.files[path]
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or prolog.encoding.lower().startswith("utf-16")
        if prolog.version != "1.0":
            yield Flaw(path, 1, "xml-version", f"is XML {prolog.version}; readers know 1.0")
        item = book.item(path)
        if wide:
            page = item is not None and item.media_type == XHTML and book.version.startswith("3")
            yield Flaw(path, 1, "xml-encoding", "is in UTF-16; write UTF-8", "error" if page else "warning")
        elif prolog.encoding.lower() not in ("", "utf-8", "utf8", "us-ascii", "ascii"):
            yield Flaw(path, 1, "xml-encoding", f"is in {prolog.encoding}; write UTF-8")
        if book.version.startswith("3"):
            yield from _document_type(path, prolog)


def _document_type(path: str, prolog: XmlProlog) -> Iterator[Flaw]:
    for name in prolog.external:
        yield Flaw(path, 1, "xml-entity", f"the entity {name} lies outside the file; write its text here")
    if prolog.doctype.lower() == "html" and (prolog.public or prolog.system not in ("", "about:legacy-compat")):
        yield Flaw(path, 1, "xml-doctype", "has the document type of older pages; write <!DOCTYPE html>")


# -------------------------------------------------------------------------------------------------- pages


def _html(path: str, root: XmlNode, ids: object) -> Iterator[Flaw]:
    known = ids if isinstance(ids, dict) else {}
    stack: list[tuple[XmlNode, XmlNode | None, frozenset[str]]] = [(root, None, frozenset())]
    while stack:
        node, parent, around = stack.pop()
        if node.space == "html":
            if node.tag in _PLACED or "a" in around or "button" in around:
                yield from _place(path, node, parent, around)
            if node.attributes or node.tag == "head":
                yield from _attributes(path, node, known)
        elif node.space == "epub" and node.tag in ("switch", "trigger"):
            message = f"<epub:{node.tag}> is no longer used; write plain markup"
            yield Flaw(path, node.line, "element-deprecated", message, "warning")
        elif node.space == "math" and node.tag == "annotation-xml":
            continue
        elif node.space == "math" and node.tag in _MEANING:
            message = f"<{node.tag}> says what a formula means, not how it looks; only <annotation-xml> may hold it"
            yield Flaw(path, node.line, "element-misplaced", message)
        elif node.space == "svg" and node.tag in ("title", "foreignObject"):
            yield from _in_drawing(path, node)
        inside = around | {node.tag} if node.tag in _NOTED else around
        stack.extend((child, node, inside) for child in reversed(node.children))


_MEANING = frozenset("apply bind bvar cbytes cerror ci cn cs csymbol share piecewise lambda declare reln".split())
_PLACED = frozenset("area meta link li source dl title".split())
_NOTED = frozenset({"a", "button", "map", "body", "picture", "template", "switch"})


def _place(path: str, node: XmlNode, parent: XmlNode | None, around: frozenset[str]) -> Iterator[Flaw]:
    tag, attributes = node.tag, node.attributes
    above = parent.tag if parent is not None else ""
    if tag == "area" and "map" not in around and "template" not in around:
        yield Flaw(path, node.line, "element-misplaced", "<area> stands in no <map>")
    if tag in ("meta", "link") and "body" in around and not {"itemprop", "property", "rel"} & attributes.keys():
        yield Flaw(path, node.line, "element-misplaced", f"<{tag}> belongs into the head")
    if tag == "meta" and "body" in around and "name" in attributes:
        yield Flaw(path, node.line, "element-misplaced", "<meta> belongs into the head")
    if tag == "li" and "value" in attributes and above == "ul":
        yield Flaw(path, node.line, "attribute-unknown", "<li> has a value only in <ol>; take it out")
    yield from _nested(path, node, around)
    if tag == "source":
        yield from _media_source(path, node, above)
    if tag == "dl":
        yield from _terms(path, node)
    if tag == "title" and above == "head" and not node.text.strip():
        yield Flaw(path, node.line, "document-title", "the title is empty; say what the page is called")


def _media_source(path: str, node: XmlNode, above: str) -> Iterator[Flaw]:
    attributes = node.attributes
    if above == "picture" and ("src" in attributes or "srcset" not in attributes):
        message = "<source> in <picture> names its pictures with srcset"
        yield Flaw(path, node.line, "attribute-missing", message)
    elif above in ("audio", "video") and "src" not in attributes:
        yield Flaw(path, node.line, "attribute-missing", "<source> must have the attribute src")


def _nested(path: str, node: XmlNode, around: frozenset[str]) -> Iterator[Flaw]:
    tag = node.tag
    if {"a", "button"} & around and _acts(node) and not (tag == "a" or tag in _INTERACTIVE):
        message = f"<{tag}> reacts to a touch, and so does the element around it; move it out"
        yield Flaw(path, node.line, "element-misplaced", message)
    if tag == "a" and "a" in around:
        yield Flaw(path, node.line, "link-in-link", "stands inside another link; close that one before")


def _terms(path: str, node: XmlNode) -> Iterator[Flaw]:
    names = "".join(
        "t" if c.tag == "dt" else "d" if c.tag == "dd" else "v" if c.tag == "div" else "" for c in node.children
    )
    if "v" not in names and names and (names[0] == "d" or names[-1] == "t"):
        message = "<dl> begins with a term (dt), and after each comes what is said of it (dd)"
        yield Flaw(path, node.line, "element-incomplete", message)


def _acts(node: XmlNode) -> bool:
    if node.tag == "input":
        return node.attributes.get("type", "").lower() != "hidden"
    return _CONTROLLED.get(node.tag, "\0") in node.attributes


def _attributes(path: str, node: XmlNode, ids: dict[str, int]) -> Iterator[Flaw]:
    attributes = node.attributes
    for name in (
        _REFERENCES + (["for"] if node.tag in ("label", "output") else []) + (["list"] if node.tag == "input" else [])
    ):
        for wanted in attributes.get(name, "").split():
            if wanted not in ids:
                message = f"{name} names #{wanted}, which is not in this file"
                yield Flaw(path, node.line, "id-missing", message)
    yield from _headers(path, node, ids)
    key = attributes.get("id")
    if key is not None and (not key or re.search(r"\s", key)):
        yield Flaw(path, node.line, "attribute-value", "an id must have a character, and no space")
    lang, xml = attributes.get("lang"), attributes.get("xml:lang")
    if lang is not None and xml is not None and lang.lower() != xml.lower():
        message = f"lang says {lang!r}, xml:lang {xml!r}; write the same in both"
        yield Flaw(path, node.line, "document-languages", message)
    if "epub:type" in attributes and node.tag in _UNTYPED:
        yield Flaw(path, node.line, "attribute-unknown", f"<{node.tag}> has no epub:type; take it out")
    for name in attributes:
        if name.startswith("{") and any(word in _host(name) for word in _RESERVED):
            message = f"the namespace of {name} belongs to a standard that doesn't have it"
            yield Flaw(path, node.line, "attribute-unknown", message)
    yield from _of_heads(path, node)


def _headers(path: str, node: XmlNode, ids: dict[str, int]) -> Iterator[Flaw]:
    attributes = node.attributes
    if "headers" in attributes and node.tag in ("td", "th"):
        for wanted in attributes["headers"].split():
            if wanted not in ids:
                yield Flaw(path, node.line, "id-missing", f"headers names #{wanted}, which is not in this file")


def _host(name: str) -> str:
    return name[1:].partition("}")[0].partition("://")[2].partition("/")[0]


def _of_heads(path: str, node: XmlNode) -> Iterator[Flaw]:
    attributes = node.attributes
    if (
        node.tag == "meta"
        and attributes.get("http-equiv", "").lower() == "content-type"
        and not re.fullmatch(r"\s*text/html;\s*charset=utf-8\s*", attributes.get("content", ""), re.IGNORECASE)
    ):
        message = "this <meta> must say text/html; charset=utf-8"
        yield Flaw(path, node.line, "attribute-value", message)
    if node.tag == "head":
        metas = [n for n in node.children if n.tag == "meta"]
        if any("charset" in n.attributes for n in metas) and any(
            n.attributes.get("http-equiv", "").lower() == "content-type" for n in metas
        ):
            yield Flaw(path, node.line, "element-misplaced", "the encoding is said twice; keep <meta charset=...>")
    if (
        node.tag == "link"
        and "alternate" in attributes.get("rel", "").lower().split()
        and "stylesheet" in attributes["rel"].lower().split()
        and not attributes.get("title", "").strip()
    ):
        yield Flaw(path, node.line, "attribute-missing", "an alternative style sheet must have a title")


# ----------------------------------------------------------------------------------------------- drawings


def _in_drawing(path: str, node: XmlNode) -> Iterator[Flaw]:
    for child in node.children:
        if child.space != "html" or (node.tag == "foreignObject" and child.tag in ("title", "head", "html")):
            message = f"<{child.tag}> may not stand in <{node.tag}> of a drawing; only what stands in a page's body"
            yield Flaw(path, child.line, "element-misplaced", message)
        elif node.tag == "foreignObject":
            yield from check_part(path, child, schema("xhtml"), "div")


def _drawing(path: str, root: XmlNode) -> Iterator[Flaw]:
    if root.tag != "svg" or root.space != "svg":
        yield Flaw(
            path, root.line, "element-misplaced", f"begins with <{root.tag}>; here belongs <svg> in its namespace"
        )
        return
    for node in root.walk():
        if node.space == "svg" and node.tag in ("title", "foreignObject"):
            yield from _in_drawing(path, node)
        key = node.attributes.get("id")
        if key is not None and not re.fullmatch(r"\s*[^\W\d][\w.·-]*\s*", key):
            yield Flaw(path, node.line, "attribute-value", f"“{key}” can't be an id in a drawing")
