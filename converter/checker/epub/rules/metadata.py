"""The metadata of EPUB 3: properties, what they refine, and links (EPUB 3.3, 5.5 and appendix D)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import Opened
from converter.checker.epub.vocabulary import check_names, check_prefixes, declared, vocabularies

LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8}|x|i)(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d)?)?)?)?")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_GLOBAL_ONLY = ("rendition:", "media:active-class", "media:playback-active-class")
_ONCE = frozenset({"collection-type", "display-seq", "file-as", "group-position", "identifier-type", "source-of"})
_OLD_RECORDS = frozenset("marc21xml-record mods-record onix-record xmp-record xml-signature".split())
_ALIASES = {"meta-auth", "rendition:viewport"}


def properties(book: Opened) -> Iterator[Flaw]:
    """`meta`, `link` and `prefix` of an EPUB 3 package."""
    if not book.version.startswith("3"):
        return
    path, package = book.package_path, book.package
    text = package.attributes.get("prefix", "")
    yield from check_prefixes(path, package.line, text, page=False)
    prefixes = declared(text)
    holders = [n for n in package.children if n.tag == "metadata"]
    for node in package.children:
        if node.tag == "collection" and node.attributes.get("role", "").strip() == "manifest":
            yield Flaw(path, node.line, "element-misplaced", "a collection “manifest” belongs into another collection")
        if node.tag == "bindings":
            yield Flaw(path, node.line, "element-deprecated", "<bindings> is no longer used; take it out", "warning")
    for node in (n for holder in holders for n in holder.children):
        if node.tag == "meta" and "property" in node.attributes:
            attributes = node.attributes
            yield from check_names(path, node.line, attributes["property"], "meta", prefixes, one=True)
            if "scheme" in attributes:
                yield from check_names(path, node.line, attributes["scheme"], "scheme", prefixes, one=True)
            if not node.text.strip():
                yield Flaw(path, node.line, "metadata-empty", "this property has no value; give one, or take it out")
        elif node.tag == "meta" and not {"name", "content"} <= node.attributes.keys():
            yield Flaw(path, node.line, "attribute-missing", "<meta> must have the attribute property")
        elif node.tag == "link":
            yield from _link(book, node, prefixes)
    if holders:
        yield from _refining(book, holders[0])
        yield from _values(path, holders[0])


def texts(book: Opened) -> Iterator[Flaw]:
    """The elements of Dublin Core: not empty; dates, languages and identifiers of the form that they must have."""
    path = book.package_path
    modern = book.version.startswith("3")
    for node in book.package.walk():
        tags = [node.attributes.get(name) for name in ("xml:lang", "hreflang")]
        for tag in tags:
            if tag and modern and not LANGUAGE.fullmatch(tag):
                yield Flaw(path, node.line, "metadata-language-tag", f"{tag!r} is no language tag (BCP 47)")
        if node.space != "dc":
            continue
        text = node.text.strip()
        if (not text and node.tag in ("title", "identifier", "language") and modern) or (not text and modern):
            yield Flaw(path, node.line, "metadata-empty", f"this {node.tag} is empty; fill it in, or take it out")
        yield from _forms(path, node, text, modern)


def _forms(path: str, node: XmlNode, text: str, modern: bool) -> Iterator[Flaw]:
    if node.tag == "date" and text and not (_DATE.fullmatch(text) and _in_calendar(text)):
        yield Flaw(
            path,
            node.line,
            "metadata-date",
            f"{text!r}: write it like 2026-01-31",
            "warning" if modern else "error",
        )
    if node.tag == "date" and not text and not modern:
        yield Flaw(path, node.line, "metadata-date", "this date is empty; fill it in, or take it out")
    if text.lower().startswith("urn:uuid:") and node.tag == "identifier" and not _UUID.fullmatch(text[9:]):
        yield Flaw(path, node.line, "metadata-uuid", f"{text!r} is no UUID", "warning")


def _in_calendar(text: str) -> bool:
    month, day = int(text[5:7] or 1), int(text[8:10] or 1)
    return 1 <= month <= 12 and 1 <= day <= 31


def _refining(book: Opened, holder: XmlNode) -> Iterator[Flaw]:
    path = book.package_path
    by_id = {n.attributes["id"].strip(): n for n in book.package.walk() if n.attributes.get("id")}
    wanted = vocabularies()["refines"]
    counted: Counter[tuple[str, str]] = Counter()
    for node in (n for n in holder.children if n.tag in ("meta", "link")):
        refines = node.attributes.get("refines")
        name = node.attributes.get("property", "").strip()
        if refines is None:
            if name in wanted:
                message = f"“{name}” says something of another element: name it with refines"
                yield Flaw(path, node.line, "refines-missing", message)
            continue
        refines = refines.strip()
        target = by_id.get(refines[1:]) if refines.startswith("#") else None
        if re.match(r"[A-Za-z][\w+.-]*:", refines):
            yield Flaw(path, node.line, "refines-target", f"refines names {refines!r}; it must be like “#id”")
        elif not refines.startswith("#"):
            message = f"refines names the file {refines!r}; name its manifest entry with “#id”"
            yield Flaw(path, node.line, "refines-target", message, "warning")
        elif target is None:
            yield Flaw(path, node.line, "refines-target", f"refines names {refines!r}, an id that isn't there")
        else:
            yield from _right_target(path, node, name, target, wanted)
        if name.startswith(_GLOBAL_ONLY[0]) or name in _GLOBAL_ONLY:
            yield Flaw(path, node.line, "refines-target", f"“{name}” is about the whole book: take refines out")
        counted[name, refines] += 1
        if name in _ONCE and counted[name, refines] == 2:
            yield Flaw(path, node.line, "property-twice", f"“{name}” is said twice of {refines!r}; keep one")
    yield from _circles(path, holder, by_id)
    for name, other in (("authority", "term"), ("term", "authority")):
        for (kind, refines), _ in counted.items():
            if kind == name and (other, refines) not in counted:
                yield Flaw(path, holder.line, "property-alone", f"“{name}” of {refines!r} needs “{other}” beside it")


def _right_target(path: str, node: XmlNode, name: str, target: XmlNode, wanted: dict[str, str]) -> Iterator[Flaw]:
    kinds = wanted.get(name, "*").split()
    said = target.tag if target.tag != "meta" else target.attributes.get("property", "")
    if kinds != ["*"] and said not in kinds:
        message = f"“{name}” can be said of {' or '.join(kinds)}, not of {said or target.tag}"
        yield Flaw(path, node.line, "refines-target", message)
    if name == "belongs-to-collection" and said != "belongs-to-collection":
        yield Flaw(path, node.line, "refines-target", "a collection can only be part of a collection")


def _circles(path: str, holder: XmlNode, by_id: dict[str, XmlNode]) -> Iterator[Flaw]:
    after = {
        n.attributes["id"].strip(): n.attributes["refines"].strip().lstrip("#")
        for n in holder.children
        if n.attributes.get("id") and n.attributes.get("refines")
    }
    safe: set[str] = set()
    for start in after:
        way: list[str] = []
        seen: set[str] = set()
        key = start
        while key in after and key not in seen and key not in safe:
            seen.add(key)
            way.append(key)
            key = after[key]
        if key in seen:
            yield Flaw(path, by_id[key].line, "refines-circle", f"#{key} refines what refines itself")
        safe.update(way)


def _values(path: str, holder: XmlNode) -> Iterator[Flaw]:
    patterns = vocabularies()["values"]
    whole: Counter[str] = Counter()
    for node in (n for n in holder.children if n.tag == "meta"):
        name, text = node.attributes.get("property", "").strip(), node.text.strip()
        if name in patterns and not re.fullmatch(patterns[name], text):
            yield Flaw(path, node.line, "property-value", f"“{text[:40]}” is no value of “{name}”")
        if name in _ALIASES or (name == "rendition:spread" and text == "portrait"):
            yield Flaw(path, node.line, "property-deprecated", f"“{name}” with this value is no longer used", "warning")
        if "refines" in node.attributes:
            continue
        whole[name] += 1
        once = name.startswith("rendition:") or name in ("dcterms:modified", "media:active-class", "media:duration")
        if once and whole[name] == 2:
            yield Flaw(path, node.line, "property-twice", f"“{name}” is said of the book twice; keep one")


def _relations(path: str, node: XmlNode, rel: list[str], *, inside: bool) -> Iterator[Flaw]:
    attributes = node.attributes
    if "alternate" in rel and len(rel) > 1:
        yield Flaw(path, node.line, "property-syntax", "“alternate” must stand alone")
    if {"record", "alternate"} & set(rel) and "refines" in attributes and "record" in rel:
        yield Flaw(path, node.line, "refines-target", "a record is about the whole book: take refines out")
    if "voicing" in rel:
        if "refines" not in attributes:
            yield Flaw(path, node.line, "refines-missing", "“voicing” must say what it speaks: name it with refines")
        if not attributes.get("media-type", "").startswith("audio/"):
            yield Flaw(path, node.line, "attribute-value", "“voicing” must lead to audio")
    if "record" in rel and "media-type" not in attributes and not inside:
        yield Flaw(path, node.line, "attribute-missing", "<link> to a record must say its media-type")


def _link(book: Opened, node: XmlNode, prefixes: dict[str, str]) -> Iterator[Flaw]:
    path, attributes = book.package_path, node.attributes
    rel = attributes.get("rel", "").split()
    if not rel:
        yield Flaw(path, node.line, "attribute-missing", "<link> must have the attribute rel")
    yield from check_names(path, node.line, attributes.get("rel", ""), "link", prefixes)
    yield from check_names(path, node.line, attributes.get("properties", ""), "record", prefixes)
    if old := _OLD_RECORDS.intersection(rel):
        yield Flaw(path, node.line, "property-deprecated", f"“{min(old)}” is no longer used; write “record”", "warning")
    href = attributes.get("href", "")
    found = book.locate(path, href)
    if found.inside and href.startswith("#") and found.fragment:
        yield Flaw(path, node.line, "link-broken", "a link of the metadata can't lead into the package itself")
    elif found.inside and found.query:
        yield Flaw(path, node.line, "address-query", f"{href!r} has a query (?...): files in a book have none")
    elif found.inside and (found.leaks or found.rooted):
        yield Flaw(path, node.line, "address-leaks", f"{href!r} leads out of the book")
    elif found.inside and href.strip():
        if "media-type" not in attributes:
            yield Flaw(path, node.line, "attribute-missing", "<link> to a file of the book must say its media-type")
        if found.path not in book.files:
            yield Flaw(path, node.line, "link-broken", f"there is no {found.path} in the book", "warning")
    elif found.scheme == "file":
        yield Flaw(path, node.line, "address-file", f"{href!r} names a file of somebody's computer")
    if found.fault:
        yield Flaw(path, node.line, "address-malformed", f"the address {href!r} {found.fault}")
    yield from _relations(path, node, rel, inside=found.inside)
