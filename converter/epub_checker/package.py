"""Rules for the container's names and the package document: metadata, manifest, spine, contents lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.epub_checker.flaws import Flaw
from converter.epub_checker.nodes import XmlNode
from converter.epub_checker.opened import NCX, Opened, resolve_address

_FORBIDDEN = re.compile(r'["*:<>?\\|\x00-\x1f\x7f\ufffe\uffff]|\.$')  # OCF 3.3, section 4.2.3
_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}|[a-z]{4,8}|x)(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII
)  # RFC 5646, its shape
_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_OPENINGS = {
    "image/jpeg": (b"\xff\xd8",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}


def names(book: Opened) -> Iterator[Flaw]:
    """File names that some system or reader can't open."""
    for name in book.files:
        if _FORBIDDEN.search(name) or name.startswith("/") or ".." in name.split("/"):
            yield Flaw(name, 0, "container-name", "has a name that not every system can open")


def metadata(book: Opened) -> Iterator[Flaw]:
    """EPUB 3.3, section 5.5: title, identifier, language, and the moment of the last change."""
    path, holder = book.package_path, book.package.first("metadata")
    if holder is None:
        yield Flaw(path, book.package.line, "metadata-missing", "there is no metadata at all")
        return
    for tag in ("title", "identifier", "language"):
        if not any(node.text.strip() for node in holder.all(tag)):
            yield Flaw(path, holder.line, f"metadata-{tag}", f"there is no {tag}")
    for node in holder.all("language"):
        if node.text.strip() and not _LANGUAGE.fullmatch(node.text.strip()):
            yield Flaw(path, node.line, "metadata-language-tag", f"{node.text.strip()!r} is no language tag (BCP 47)")
    key = book.package.attributes.get("unique-identifier", "")
    if not any(node.attributes.get("id") == key for node in holder.all("identifier")):
        yield Flaw(path, book.package.line, "metadata-identifier-id", f"no identifier has the id {key!r}")
    if book.version.startswith("3"):
        moments = [n for n in holder.all("meta") if n.attributes.get("property") == "dcterms:modified"]
        if not moments:
            yield Flaw(path, holder.line, "metadata-modified", "dcterms:modified is missing")
        for node in moments:
            if not node.attributes.get("refines") and not _MODIFIED.fullmatch(node.text.strip()):
                message = f"dcterms:modified is {node.text.strip()!r}, not like 2026-01-31T00:00:00Z"
                yield Flaw(path, node.line, "metadata-modified", message)


def manifest(book: Opened) -> Iterator[Flaw]:
    """Every entry has its file, every file its entry, and images are what they claim to be."""
    path = book.package_path
    keys: set[str] = set()
    paths: set[str] = set()
    for item in book.items:
        if item.key in keys:
            yield Flaw(path, item.line, "manifest-twice", f"the id {item.key!r} is taken already")
        if item.path and item.path in paths:
            yield Flaw(path, item.line, "manifest-twice", f"{item.path} is listed already")
        keys.add(item.key)
        paths.add(item.path)
        if item.path and item.path not in book.files:
            yield Flaw(path, item.line, "manifest-file", f"{item.path} is listed, but not in the book")
        opening = _OPENINGS.get(item.media_type)
        if opening and item.path in book.files and not book.files[item.path].startswith(opening):
            yield Flaw(item.path, 0, "manifest-media-type", f"is said to be {item.media_type}, but is not")
    records = (resolve_address(path, node.attributes.get("href", "")) for node in book.package.all("link"))
    listed = paths | {path, "mimetype"} | {target[0] for target in records if target}
    for name in book.files:
        if name not in listed and not name.startswith("META-INF/"):
            yield Flaw(name, 0, "manifest-undeclared", "is in the book, but not listed", "info")


def spine(book: Opened) -> Iterator[Flaw]:
    """There is something to read, each document once."""
    path = book.package_path
    if not book.spine:
        yield Flaw(path, book.package.line, "spine-empty", "the spine names no document: there is nothing to read")
    elif all(node.attributes.get("linear") == "no" for node, _ in book.spine):
        yield Flaw(path, book.package.line, "spine-empty", "no document of the spine is linear")
    seen: set[str] = set()
    for node, item in book.spine:
        if item.key in seen:
            yield Flaw(path, node.line, "spine-twice", f"{item.path} is in the spine twice")
        seen.add(item.key)


def navigation(book: Opened) -> Iterator[Flaw]:
    """A nav document in EPUB 3, an NCX in EPUB 2; entries with names, in the spine's order, that lead somewhere."""
    path = book.package_path
    nav, ncx = book.with_property("nav"), next(iter(book.of_type(NCX)), None)
    if book.version.startswith("3") and nav is None:
        yield Flaw(path, book.package.line, "nav-missing", "no item of the manifest has the property nav")
    if book.version.startswith("2") and ncx is None:
        yield Flaw(path, book.package.line, "nav-missing", "there is no NCX")
    if nav and nav.path in book.documents:
        toc = next((n for n in book.documents[nav.path].all("nav") if "toc" in _types(n)), None)
        if toc is None:
            yield Flaw(nav.path, 1, "nav-toc", "no nav has epub:type toc")
        else:
            yield from _entries(book, nav.path, [(n, n.attributes.get("href", ""), _name(n)) for n in toc.all("a")])
    if ncx and ncx.path in book.documents:
        yield from _ncx(book, ncx.path, book.documents[ncx.path])


def _types(node: XmlNode) -> list[str]:
    return node.attributes.get("epub:type", "").split()


def _name(node: XmlNode) -> str:
    return node.words() or " ".join(n.attributes.get("alt", "") for n in node.all("img")).strip()


def _ncx(book: Opened, path: str, root: XmlNode) -> Iterator[Flaw]:
    entries = []
    for point in root.all("navPoint"):
        content = next((c for c in point.children if c.tag == "content"), None)
        label = next((c for c in point.children if c.tag == "navLabel"), None)
        entries.append((point, content.attributes.get("src", "") if content else "", label.words() if label else ""))
    yield from _entries(book, path, entries)
    key = book.package.attributes.get("unique-identifier", "")
    uid = next((n for n in root.all("meta") if n.attributes.get("name") == "dtb:uid"), None)
    real = next((n for n in book.package.all("identifier") if n.attributes.get("id") == key), None)
    if uid and real and uid.attributes.get("content", "").strip() != real.text.strip():
        yield Flaw(path, uid.line, "ncx-identifier", "the identifier is not that of the package")


def _entries(book: Opened, path: str, entries: list[tuple[XmlNode, str, str]]) -> Iterator[Flaw]:
    order = {item.path: number for number, (_, item) in enumerate(book.spine)}
    aside = {item.path for node, item in book.spine if node.attributes.get("linear") == "no"}
    last = -1
    for node, address, name in entries:
        if not name:
            yield Flaw(path, node.line, "nav-label", "an entry of the contents has no name")
        target = resolve_address(path, address)
        if target is None:
            continue
        place = order.get(target[0])
        if place is None:
            if target[0] in book.files:
                message = f"an entry of the contents leads to {target[0]}, which is not in the spine"
                yield Flaw(path, node.line, "nav-outside-spine", message)
            elif node.tag == "navPoint":
                yield Flaw(path, node.line, "link-broken", f"there is no {target[0]}")
            continue
        if place < last and target[0] not in aside:
            message = f"the contents list {target[0]} after a later document"
            yield Flaw(path, node.line, "nav-order", message, "info" if node.tag == "navPoint" else "warning")
        if target[0] not in aside:
            last = max(last, place)
        if target[1] and node.tag == "navPoint" and target[1] not in book.ids.get(target[0], {target[1]: 0}):
            yield Flaw(path, node.line, "link-broken", f"there is no #{target[1]} in {target[0]}")
