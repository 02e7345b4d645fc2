"""Rules for the package document: what its metadata, manifest and spine must have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.opened import Opened, resolve_address
from converter.checker.epub.rules.metadata import LANGUAGE

_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
}
_OPENINGS = {
    "image/jpeg": (b"\xff\xd8",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}


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
        if node.text.strip() and not LANGUAGE.fullmatch(node.text.strip()):
            yield Flaw(path, node.line, "metadata-language-tag", f"{node.text.strip()!r} is no language tag (BCP 47)")
    if book.version not in ("2.0", "3.0"):
        yield Flaw(path, book.package.line, "package-version", f"version {book.version!r}: write 3.0 (or 2.0)")
    key = book.package.attributes.get("unique-identifier", "").strip()
    if not any(node.attributes.get("id", "").strip() == key for node in holder.all("identifier")):
        yield Flaw(path, book.package.line, "metadata-identifier-id", f"no identifier has the id {key!r}")
    if book.version.startswith("3"):
        moments = [n for n in holder.all("meta") if n.attributes.get("property") == "dcterms:modified"]
        if not moments:
            yield Flaw(path, holder.line, "metadata-modified", "dcterms:modified is missing")
        for node in moments:
            if not node.attributes.get("refines") and not _MODIFIED.fullmatch(node.text.strip()):
                message = f"dcterms:modified is {node.text.strip()!r}, not like 2026-01-31T00:00:00Z"
                yield Flaw(path, node.line, "metadata-modified", message)


def _undeclared(book: Opened, paths: set[str]) -> Iterator[Flaw]:
    path = book.package_path
    records = (resolve_address(path, node.attributes.get("href", "")) for node in book.package.all("link"))
    listed = paths | {path, "mimetype"} | {target[0] for target in records if target}
    for name in book.files:
        if name not in listed and not name.startswith("META-INF/"):
            yield Flaw(name, 0, "manifest-undeclared", "is in the book, but not listed", "info")


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
        if (
            opening
            and item.path in book.files
            and item.path not in book.encrypted
            and not book.files[item.path].startswith(opening)
        ):
            yield Flaw(item.path, 0, "manifest-media-type", f"is said to be {item.media_type}, but is not")
        other = any(item.path.lower().endswith(e) for kind, e in _ENDINGS.items() if kind != item.media_type)
        if item.media_type in _ENDINGS and other and item.path in book.files:
            message = f"{item.path} is of the type {item.media_type}; its name says another"
            yield Flaw(item.path, 0, "image-name", message, "warning")
    yield from _undeclared(book, paths)


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
