"""The manifest's entries and the spine's: addresses, properties, what stands in for what readers can't show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import NCX, SMIL, SVG, XHTML, ManifestItem, Opened
from converter.checker.epub.rules.references import LONGEST_CHAIN, MAY_BE_FAR, found_in
from converter.checker.epub.rules.styles import style_addresses, styles_inside
from converter.checker.epub.vocabulary import check_names, declared, vocabularies

_SCRIPTS = frozenset(
    "application/javascript application/ecmascript text/javascript text/ecmascript application/x-javascript"
    " application/x-ecmascript text/x-javascript text/jscript text/livescript module".split()
)
_FORM = frozenset("form".split())
_NEEDED = ("svg", "mathml", "scripted", "switch")
_BLESSED_2 = frozenset({XHTML, "application/x-dtbook+xml", "text/x-oeb1-document"})


def addresses(book: Opened) -> Iterator[Flaw]:
    """How the entries of manifest and guide are written."""
    path = book.package_path
    for item in book.items:
        found = book.locate(path, item.href)
        if found.scheme == "file":
            yield Flaw(path, item.line, "address-file", f"{item.href!r} names a file of somebody's computer")
        if found.fault:
            yield Flaw(path, item.line, "address-malformed", f"the address {item.href!r} {found.fault}")
        if not found.inside:
            continue
        if "#" in item.href:
            yield Flaw(path, item.line, "address-fragment", f"{item.href!r}: an entry is a file, without #...")
        if found.query:
            yield Flaw(path, item.line, "address-query", f"{item.href!r} has a query (?...): files have none")
        if found.leaks or found.rooted:
            yield Flaw(path, item.line, "address-leaks", f"{item.href!r} leads out of the book")
        if item.path == path:
            yield Flaw(path, item.line, "manifest-itself", "the package must not list itself; take the entry out")
        if item.path.startswith("META-INF/"):
            yield Flaw(path, item.line, "manifest-meta-inf", f"{item.path}: no file of the book may lie in META-INF")
    yield from _guide(book)


def _guide(book: Opened) -> Iterator[Flaw]:
    path = book.package_path
    seen: set[tuple[str, str]] = set()
    for node in book.package.all("reference"):
        key = (node.attributes.get("type", "").lower(), node.attributes.get("href", ""))
        if key in seen and book.version.startswith("3"):
            yield Flaw(path, node.line, "guide-target", f"the guide names {key[1]} twice as {key[0]}", "warning")
        seen.add(key)
        found = book.locate(path, node.attributes.get("href", ""))
        if not found.inside or node.space != "opf":
            continue
        item = book.item(found.path)
        if item is None:
            message = f"the guide names {found.path}, which is not in the manifest"
            yield Flaw(path, node.line, "guide-target", message)
        elif item.media_type not in (XHTML, SVG, *_BLESSED_2):
            yield Flaw(path, node.line, "guide-target", f"the guide names {found.path}, which is no page")


def entries(book: Opened) -> Iterator[Flaw]:
    """Properties, fallbacks and overlays that the manifest's entries name."""
    path = book.package_path
    keys = book.by_key
    modern = book.version.startswith("3")
    prefixes = declared(book.package.attributes.get("prefix", ""))
    circles = _circle_keys(keys)
    for item in book.items:
        if item.fallback and item.fallback not in keys:
            message = f"the fallback {item.fallback!r} is not in the manifest"
            yield Flaw(path, item.line, "fallback-unknown", message)
        elif item.key in circles:
            yield Flaw(path, item.line, "fallback-circle", "its fallbacks lead back to itself")
        if modern:
            yield from check_names(path, item.line, " ".join(item.properties), "item", prefixes)
            yield from _overlay(path, item, keys)
    if not modern:
        return
    yield from _kinds(book)


def _kinds(book: Opened) -> Iterator[Flaw]:
    path = book.package_path
    scripted = any("scripted" in item.properties for item in book.items)
    for item in book.by_href.values():
        if item.href.startswith(("http:", "https:")) and not item.media_type.startswith(MAY_BE_FAR) and not scripted:
            yield Flaw(path, item.line, "resource-remote", f"{item.href} lies outside the book; put it in")
    navs = [item for item in book.items if "nav" in item.properties]
    covers = [item for item in book.items if "cover-image" in item.properties]
    for extra in navs[1:]:
        yield Flaw(path, extra.line, "manifest-property", "a second entry has the property nav; one may")
    for extra in covers[1:]:
        yield Flaw(path, extra.line, "manifest-property", "a second entry has the property cover-image; one may")
    for item in covers:
        if not item.media_type.startswith("image/"):
            yield Flaw(path, item.line, "manifest-property", "the property cover-image is for images")
    for item in navs:
        if item.media_type != XHTML:
            yield Flaw(path, item.line, "manifest-property", "the property nav is for pages (XHTML)")
    for item in book.items:
        if {"svg", "mathml", "switch"} & set(item.properties) and item.media_type not in (XHTML, SVG):
            yield Flaw(path, item.line, "manifest-property", "its properties are for pages (XHTML)")


def _circle_keys(keys: Mapping[str, ManifestItem]) -> set[str]:
    """The entries whose fallbacks lead back to them."""
    found: set[str] = set()
    settled: set[str] = set()
    for start in keys:
        way: dict[str, int] = {}
        key = start
        while key in keys and key not in way and key not in settled:
            way[key] = len(way)
            key = keys[key].fallback
        if key in way:
            found.update(k for k, place in way.items() if place >= way[key])
        settled.update(way)
    return found


def _overlay(path: str, item: ManifestItem, keys: dict[str, ManifestItem]) -> Iterator[Flaw]:
    if not item.overlay:
        return
    target = keys.get(item.overlay)
    if item.media_type not in (XHTML, SVG):
        yield Flaw(path, item.line, "overlay-entry", "only pages can have a media-overlay; take the attribute out")
    if target is None:
        yield Flaw(path, item.line, "overlay-entry", f"the overlay {item.overlay!r} is not in the manifest")
    elif target.media_type != SMIL:
        yield Flaw(path, item.line, "overlay-entry", f"the overlay {item.overlay!r} is not of the type {SMIL}")


def reading_order(book: Opened) -> Iterator[Flaw]:
    """What stands in the spine can be shown; side pages can be reached; the NCX is named."""
    path = book.package_path
    modern = book.version.startswith("3")
    prefixes = declared(book.package.attributes.get("prefix", ""))
    groups = [frozenset(line.split()) for line in vocabularies()["groups"]["itemref"]]
    for node, item in book.spine:
        shown = item.media_type in ((XHTML, SVG) if modern else _BLESSED_2)
        if not shown and not _leads_to_page(book, item, modern):
            message = f"{item.path or item.href} ({item.media_type}) is no page, and has no fallback that is one"
            yield Flaw(path, node.line, "spine-no-page", message)
        scheme = book.locate(path, item.href).scheme
        if scheme == "data":
            yield Flaw(path, node.line, "address-data", "a page may not be data in its own address; make it a file")
        elif scheme in ("http", "https"):
            yield Flaw(path, node.line, "resource-remote", f"the page {item.href} lies outside the book; put it in")
        if not modern:
            continue
        said = node.attributes.get("properties", "")
        yield from check_names(path, node.line, said, "itemref", prefixes)
        for group in groups:
            if len(group.intersection(said.split())) > 1:
                message = f"only one of {', '.join(sorted(group.intersection(said.split())))} can hold"
                yield Flaw(path, node.line, "property-twice", message)
        if "rendition:spread-portrait" in said.split():
            yield Flaw(path, node.line, "property-deprecated", "“spread-portrait” is no longer used", "warning")
    yield from _contents_list(book)
    if modern:
        yield from _reachable(book)


def _leads_to_page(book: Opened, item: ManifestItem, modern: bool) -> bool:
    seen: set[str] = set()
    while item.fallback in book.by_key and item.key not in seen and len(seen) < LONGEST_CHAIN:
        seen.add(item.key)
        item = book.by_key[item.fallback]
        if item.media_type in ((XHTML, SVG) if modern else _BLESSED_2):
            return True
    return False


def _contents_list(book: Opened) -> Iterator[Flaw]:
    path = book.package_path
    spine = next((n for n in book.package.children if n.tag == "spine"), None)
    if spine is None:
        return
    key = spine.attributes.get("toc")
    if key is None:
        if book.of_type(NCX):
            yield Flaw(path, spine.line, "spine-toc", "the spine must name the NCX in its attribute toc")
        return
    item = book.by_key.get(key.strip())
    if item is None or item.media_type != NCX:
        yield Flaw(path, spine.line, "spine-toc", f"toc names {key!r}, which is no NCX in the manifest")


def _reachable(book: Opened) -> Iterator[Flaw]:
    aside = [(n, i) for n, i in book.spine if n.attributes.get("linear", "").strip() == "no"]
    if not aside:
        return
    reached: set[str] = set()
    scripted = False
    for path, root in book.documents.items():
        item = book.item(path)
        if item is None or item.media_type not in (XHTML, SVG):
            continue
        scripted = scripted or "scripted" in item.properties
        reached.update(r.address.path for r in found_in(book, path, root) if r.kind == "link" and r.address.inside)
    for node, item in aside:
        if item.path not in reached and not scripted and item.path in book.documents:
            message = f'{item.path} is a side page (linear="no") that no link leads to; link to it'
            yield Flaw(book.package_path, node.line, "spine-unreachable", message)


# -------------------------------------------------------------------------------- properties of content


def content_properties(book: Opened) -> Iterator[Flaw]:
    """What a page holds is said in its entry, and nothing that it doesn't hold."""
    if not book.version.startswith("3"):
        return
    path = book.package_path
    for item in book.items:
        if (
            item.media_type == "text/css"
            and _remote_sheet(book, item.path)
            and "remote-resources" not in item.properties
        ):
            message = f'{item.path} names what lies outside the book: add properties="remote-resources"'
            yield Flaw(path, item.line, "property-missing", message)
        root = book.documents.get(item.path)
        if root is None or item.media_type not in (XHTML, SVG, SMIL):
            continue
        needed, may = _held(book, item, root)
        for name in sorted(needed - set(item.properties)):
            message = f'{item.path} holds what needs properties="{name}" in its entry; add it'
            yield Flaw(path, item.line, "property-missing", message)
        for name in item.properties:
            if name in _NEEDED and name not in needed | may and item.media_type == XHTML:
                message = f"{item.path} holds nothing that needs the property “{name}”; take it out"
                yield Flaw(path, item.line, "property-needless", message)
            elif name == "remote-resources" and name not in needed and "scripted" not in item.properties:
                message = f"{item.path} names nothing outside the book; take the property “{name}” out"
                yield Flaw(path, item.line, "property-needless", message, "warning")


def _held(book: Opened, item: ManifestItem, root: XmlNode) -> tuple[set[str], set[str]]:
    """The properties that an entry needs, and others that it may have."""
    needed: set[str] = set()
    may: set[str] = set()
    inner_html = item.media_type == XHTML
    for node in root.walk():
        if inner_html and node.space == "svg":
            needed.add("svg")
        elif inner_html and node.space == "math":
            needed.add("mathml")
        elif node.space == "epub" and node.tag == "switch":
            needed.add("switch")
        if _is_script(node):
            needed.add("scripted")
    for one in found_in(book, item.path, root):
        if one.address.scheme in ("http", "https") and one.kind not in ("link", "cite"):
            needed.add("remote-resources")
        target = book.item(one.address.path)
        if (
            target is not None
            and target.media_type == SVG
            and one.kind in ("image", "picture", "object", "frame", "embed")
        ):
            may.add("svg")
    if any(address.startswith(("http:", "https:")) for _, address in styles_inside(root)):
        needed.add("remote-resources")
    return needed, may


def _is_script(node: XmlNode) -> bool:
    if node.space not in ("html", "svg"):
        return False
    if node.tag == "script":
        kind = node.attributes.get("type", "").partition(";")[0].strip().lower()
        return not kind or kind in _SCRIPTS
    return node.tag in _FORM or any(name.startswith("on") for name in node.attributes)


def _remote_sheet(book: Opened, path: str) -> bool:
    return any(a.startswith(("http:", "https:")) for _, a, _ in style_addresses(book.files.get(path, b"")))
