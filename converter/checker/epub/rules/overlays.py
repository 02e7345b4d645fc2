"""Media overlays: pages and what is read aloud of them belong together (EPUB 3.3, section 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import SMIL, SVG, XHTML, ManifestItem, Opened
from converter.checker.epub.rules.references import is_core

_UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001, "": 1.0}
TOLERANCE = 1.0  # seconds between the sum of the durations and the whole


def overlays(book: Opened) -> Iterator[Flaw]:
    """What overlays name, their times, and their durations in the metadata."""
    if not book.version.startswith("3"):
        return
    spoken: dict[str, ManifestItem] = {}
    for item in book.of_type(SMIL):
        root = book.documents.get(item.path)
        if root is None:
            continue
        pages: set[str] = set()
        for node in root.walk():
            if node.tag == "audio":
                yield from _clip(book, item.path, node)
            address = node.attributes.get("src") if node.tag == "text" else node.attributes.get("epub:textref")
            if address:
                found = book.locate(item.path, address)
                pages.add(found.path)
                yield from _fragment(book, item.path, node, found.path, found.fragment)
        for page in sorted(pages):
            yield from _belongs(book, item, page, spoken)
            spoken.setdefault(page, item)
    for item in book.items:
        if item.overlay and item.path in book.documents and item.path not in spoken and item.overlay in book.by_key:
            message = f"{item.path} names an overlay that says nothing of it; take media-overlay out"
            yield Flaw(book.package_path, item.line, "overlay-page", message)
    yield from _durations(book)
    yield from _classes(book)


def _belongs(book: Opened, overlay: ManifestItem, page: str, spoken: dict[str, ManifestItem]) -> Iterator[Flaw]:
    item = book.item(page)
    if item is None or item.media_type not in (XHTML, SVG):
        return
    if page in spoken and spoken[page] is not overlay:
        message = f"{page} is read aloud by {spoken[page].path}, too; only one overlay may name it"
        yield Flaw(overlay.path, 0, "overlay-page", message)
    elif not item.overlay:
        message = f'{page} is read aloud, but its entry names no overlay; add media-overlay="{overlay.key}"'
        yield Flaw(book.package_path, item.line, "overlay-page", message)
    elif item.overlay != overlay.key:
        message = f"{page} names the overlay {item.overlay!r}, but {overlay.key!r} reads it aloud"
        yield Flaw(book.package_path, item.line, "overlay-page", message)


def _fragment(book: Opened, path: str, node: XmlNode, page: str, fragment: str) -> Iterator[Flaw]:
    item = book.item(page)
    if item is None or not fragment:
        return
    if item.media_type == XHTML and ("(" in fragment or "=" in fragment):
        yield Flaw(path, node.line, "overlay-fragment", f"#{fragment}: name an id of the page", "warning")
    elif item.media_type == SVG and "=" in fragment:
        yield Flaw(path, node.line, "overlay-fragment", f"#{fragment}: name an id of the drawing", "warning")


def _clip(book: Opened, path: str, node: XmlNode) -> Iterator[Flaw]:
    address = node.attributes.get("src", "")
    if "#" in address:
        yield Flaw(path, node.line, "address-fragment", "audio has no parts to name with #; use clipBegin and clipEnd")
    found = book.locate(path, address)
    item = book.item(found.path) if found.inside else book.by_href.get(address)
    if item is not None and not is_core(item.media_type):
        yield Flaw(path, node.line, "resource-foreign", f"not every reader plays {item.media_type}; use MP3 or AAC")
    begin, end = seconds(node.attributes.get("clipBegin", "0")), seconds(node.attributes.get("clipEnd", ""))
    if begin is not None and end is not None and begin >= end:
        yield Flaw(path, node.line, "overlay-clip", "the clip ends before it begins, or lasts no time at all")


def seconds(text: str) -> float | None:
    """A time as SMIL writes it ("0:01:02.5", "62.5s", "1min") in seconds; None for what is none."""
    text = text.strip()
    if re.fullmatch(r"(?:\d+:)?\d{1,2}:\d{1,2}(?:\.\d+)?", text):
        total = 0.0
        for part in text.split(":"):
            total = total * 60 + float(part)
        return total
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(h|min|s|ms|)", text)
    return float(found[1]) * _UNITS[found[2]] if found else None


def _durations(book: Opened) -> Iterator[Flaw]:
    used = {item.overlay for item in book.items if item.overlay} & book.by_key.keys()
    if not used:
        return
    path, line = book.package_path, book.package.line
    whole: list[float | None] = []
    parts: dict[str, float | None] = {}
    for node in book.package.all("meta"):
        if node.attributes.get("property", "").strip() == "media:duration":
            refines = node.attributes.get("refines", "").strip()
            if refines:
                parts[refines.lstrip("#")] = seconds(node.text)
            else:
                whole.append(seconds(node.text))
                line = node.line
    if not whole:
        yield Flaw(path, line, "overlay-duration", "the metadata must say media:duration of the whole book")
    for key in sorted(used - parts.keys()):
        yield Flaw(path, line, "overlay-duration", f"the metadata must say media:duration of the overlay {key!r}")
    known = [value for value in parts.values() if value is not None]
    if (
        whole
        and whole[0] is not None
        and len(known) == len(parts)
        and used <= parts.keys()
        and abs(sum(known) - whole[0]) > TOLERANCE
    ):
        message = f"the durations of the overlays make {sum(known):.1f} s, not {whole[0]:.1f} s"
        yield Flaw(path, line, "overlay-duration", message, "warning")


def _classes(book: Opened) -> Iterator[Flaw]:
    """What is marked while it is read needs a style for the mark."""
    said = {"media:active-class", "media:playback-active-class"}
    if not any(n.attributes.get("property", "").strip() in said for n in book.package.all("meta")):
        return
    for item in book.items:
        root = book.documents.get(item.path)
        if root is None or not item.overlay or item.media_type not in (XHTML, SVG):
            continue
        styled = any(
            n.tag == "style" or (n.tag == "link" and "stylesheet" in n.attributes.get("rel", "").lower())
            for n in root.walk()
        )
        if not styled and not book.prologs[item.path].sheets:
            message = "the metadata name a class for what is read aloud, but this page has no style; give it one"
            yield Flaw(item.path, root.line, "overlay-style", message)
