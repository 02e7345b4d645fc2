"""Where the addresses in pages, drawings and overlays lead: nowhere, out of the book, to what readers can't show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.checker.epub.addresses import Address
from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import SMIL, SVG, XHTML, ManifestItem, Opened
from converter.document.record import dataclass

CORE = frozenset(
    "image/gif image/jpeg image/png image/svg+xml image/webp audio/mpeg audio/mp4 text/css font/ttf font/otf font/woff"
    " font/woff2 application/font-sfnt application/font-woff application/vnd.ms-opentype application/x-font-ttf"
    " application/xhtml+xml application/javascript application/ecmascript text/javascript application/x-dtbncx+xml"
    " application/smil+xml application/pls+xml".split()
)  # EPUB 3.3, section 3.2
LONGEST_CHAIN = 100  # fallbacks that are followed
MAY_BE_FAR = ("audio/", "video/", "font/", "application/font", "application/vnd.ms-opentype")
_SHEET = re.compile(r"href\s*=\s*[\"']([^\"']*)[\"']")
_HREF = ("href", "xlink:href")
_ATTRIBUTES: dict[str, tuple[tuple[str, str], ...]] = {  # element: attribute and what is done with what it names
    "a": (("href", "link"),),
    "area": (("href", "link"),),
    "img": (("src", "image"), ("srcset", "set")),
    "source": (("src", "source"), ("srcset", "set")),
    "audio": (("src", "audio"),),
    "video": (("src", "video"), ("poster", "image")),
    "track": (("src", "track"),),
    "iframe": (("src", "frame"),),
    "embed": (("src", "embed"),),
    "object": (("data", "object"),),
    "input": (("src", "image"),),
    "script": (("src", "script"),),
    "link": (("href", "sheet"),),
    "blockquote": (("cite", "cite"),),
    "q": (("cite", "cite"),),
    "ins": (("cite", "cite"),),
    "del": (("cite", "cite"),),
    "math": (("altimg", "image"),),
}
_DRAWN = {"image": "image", "use": "use", "a": "link", "script": "script", "font-face-uri": "font"}
_NEEDS_CORE = frozenset({"image", "picture", "audio", "embed", "object", "frame"})


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a document: where it stands, what is done with what it names, and what it leads to."""

    path: str
    line: int
    kind: str
    text: str
    address: Address
    node: XmlNode


def references(book: Opened) -> Iterator[Flaw]:
    """All addresses of pages, drawings and overlays."""
    spine = {item.path for _, item in book.spine}
    for item in book.items:
        root = book.documents.get(item.path)
        if root is None or item.media_type not in (XHTML, SVG, SMIL):
            continue
        for line, said in book.prologs[item.path].sheets:
            if (named := _SHEET.search(said)) and not book.locate(item.path, named[1]).inside:
                yield Flaw(item.path, line, "resource-remote", f"{named[1]} lies outside the book; put it in")
        instead = _shown_instead(book, item.path, root)
        for one in found_in(book, item.path, root):
            yield from _spelling(one)
            if one.address.inside:
                yield from _inside(book, one, spine, instead)
            else:
                yield from _outside(book, one, instead)


def found_in(book: Opened, path: str, root: XmlNode) -> Iterator[Reference]:
    """The references of one document; `set` and `source` are told as what they are part of."""
    pictures = {id(n) for p in root.all("picture") for n in p.children}
    videos = {id(n) for v in root.all("video") for n in v.children}
    for node in root.walk():
        for attribute, kind in _named(node):
            text = node.attributes.get(attribute)
            if text is None:
                continue
            what = "image" if kind == "set" else kind
            if id(node) in pictures and node.tag == "img":
                what = "picture"
            if kind == "source":
                what = "image" if id(node) in pictures else "video" if id(node) in videos else "audio"
            elif kind == "sheet" and "stylesheet" not in node.attributes.get("rel", "").lower().split():
                continue  # a link that names another page or a licence: nothing of it is loaded
            for one in _in_set(text) if kind == "set" else (text,):
                yield Reference(path, node.line, what, one, book.locate(path, one), node)


def _named(node: XmlNode) -> Iterator[tuple[str, str]]:
    if node.space == "svg":
        kind = _DRAWN.get(node.tag)
        if kind:
            yield from ((attribute, kind) for attribute in _HREF if attribute in node.attributes)
    elif node.space == "smil":
        if node.tag in ("text", "audio"):
            yield "src", "overlay" if node.tag == "text" else "audio"
        yield "epub:textref", "overlay"
    else:
        yield from _ATTRIBUTES.get(node.tag, ())


def _in_set(text: str) -> list[str]:
    """The addresses of a `srcset`."""
    return [part.split()[0] for part in text.split(",") if part.split()] if not text.startswith("data:") else []


def _spelling(one: Reference) -> Iterator[Flaw]:
    shown = one.text if len(one.text) < 80 else one.text[:80] + "…"
    if one.address.fault:
        message = f"the address {shown!r} {one.address.fault}"
        yield Flaw(one.path, one.line, "address-malformed", message)
    if one.address.scheme == "file":
        message = f"{shown!r} names a file of somebody's computer; put it into the book, or take the address out"
        yield Flaw(one.path, one.line, "address-file", message)
    if one.address.scheme == "data" and one.kind == "link":
        yield Flaw(one.path, one.line, "address-data", "a link may not lead to data that stands in the address itself")
    if one.address.leaks:
        message = f"{shown!r} leads out of the book; write it relative to this file"
        yield Flaw(one.path, one.line, "address-leaks", message)


def _inside(book: Opened, one: Reference, spine: set[str], instead: set[int]) -> Iterator[Flaw]:
    target, path, line = one.address, one.path, one.line
    if not one.text.strip() or target.leaks or target.query:
        return
    code = "link-broken" if one.kind in ("link", "cite", "overlay") else "resource-missing"
    if target.path not in book.files:
        yield Flaw(path, line, code, f"there is no {target.path} in the book")
        return
    item = book.item(target.path)
    if item is None:
        if target.path != book.package_path or one.kind != "link":
            message = f"{target.path} is in the book, but not in the manifest; list it there"
            yield Flaw(path, line, "resource-unlisted", message)
        return
    if one.kind == "link":
        yield from _linked(book, one, item, spine)
    yield from _fragment(book, one, item)
    said = one.node.attributes.get("type", "").partition(";")[0].strip().lower()
    if said and one.node.tag in ("object", "embed", "source") and said != item.media_type.partition(";")[0]:
        message = f"{item.path} is said to be {said} here, and {item.media_type} in the manifest"
        yield Flaw(path, line, "resource-type-differs", message, "warning")
    if one.kind in _NEEDS_CORE:
        yield from _foreign(book, one, item.media_type, has_fallback(book, item), instead)


def _linked(book: Opened, one: Reference, item: ManifestItem, spine: set[str]) -> Iterator[Flaw]:
    if not book.version.startswith("3") or item.path in spine:
        return
    if item.media_type in (XHTML, SVG):
        message = f'leads to {item.path}, which is not in the spine; add it there (linear="no" for a side page)'
        yield Flaw(one.path, one.line, "link-outside-spine", message)
    elif not has_fallback(book, item):
        message = f"leads to {item.path}, which is no page ({item.media_type}); show it on a page, and link to that"
        yield Flaw(one.path, one.line, "link-no-page", message)


def _fragment(book: Opened, one: Reference, item: ManifestItem) -> Iterator[Flaw]:
    fragment = one.address.fragment
    if one.kind == "use" and not fragment:
        yield Flaw(one.path, one.line, "link-broken", "<use> must name an element (#...) of a drawing")
    if not fragment:
        return
    if one.kind == "sheet":
        yield Flaw(one.path, one.line, "address-fragment", "a style sheet has no parts to name with #; take that out")
    elif item.media_type in (XHTML, SVG):
        scheme = "(" in fragment or "=" in fragment
        if (
            one.kind in ("link", "use", "overlay", "frame")
            and not scheme
            and item.path in book.ids
            and fragment not in book.ids[item.path]
            and fragment.strip() not in book.ids[item.path]
        ):
            yield Flaw(one.path, one.line, "link-broken", f"there is no #{fragment} in {item.path}")
    elif one.kind in ("image", "picture") and item.media_type.startswith("image/"):
        message = f"{item.path} has no part called #{fragment}: only drawings (SVG) have"
        yield Flaw(one.path, one.line, "resource-fragment", message, "warning")


def has_fallback(book: Opened, item: ManifestItem) -> bool:
    """Whether the item, or one that stands in for it, is of a kind that every reader shows."""
    seen: set[str] = set()
    while item.fallback and item.key not in seen and len(seen) < LONGEST_CHAIN:
        seen.add(item.key)
        if (after := book.by_key.get(item.fallback)) is None:
            return False
        item = after
        if is_core(item.media_type):
            return True
    return False


def is_core(media_type: str) -> bool:
    """Whether every reader of EPUB 3 can show this."""
    plain = media_type.lower().replace(" ", "")
    return plain.partition(";")[0] in CORE or plain == "audio/ogg;codecs=opus"


def _foreign(book: Opened, one: Reference, media_type: str, stands_in: bool, instead: set[int]) -> Iterator[Flaw]:
    """What not every reader can show, and nothing to show instead. Videos are free; EPUB 2 has rules of its own."""
    if not book.version.startswith("3") or is_core(media_type) or media_type.startswith("video/"):
        return
    if one.node.tag == "source" and one.kind == "image":
        if "type" not in one.node.attributes:
            message = f"<source> for {media_type} must say its type"
            yield Flaw(one.path, one.line, "resource-foreign", message)
        return
    if (stands_in and one.kind != "picture") or (one.kind in ("audio", "object") and id(one.node) in instead):
        return
    message = f"not every reader shows {media_type}; give a fallback, or another format"
    yield Flaw(one.path, one.line, "resource-foreign", message)


def _shown_instead(book: Opened, path: str, root: XmlNode) -> set[int]:
    """The ids of elements that hold, or stand beside, what is shown where a reader can't show them."""
    found: set[int] = set()
    for node in root.all("object", "audio", "video"):
        if node.tag == "object":
            if any(child.tag != "param" for child in node.children) or node.text.strip():
                found.add(id(node))
            continue
        for source in (n for n in node.children if n.tag == "source"):
            address = book.locate(path, source.attributes.get("src", ""))
            item = book.item(address.path) if address.inside else remote_item(book, source.attributes.get("src", ""))
            if is_core(item.media_type if item else source.attributes.get("type", "")):
                found.update(map(id, (node, *node.children)))
                break
    return found


def remote_item(book: Opened, address: str) -> ManifestItem | None:
    """The manifest's entry for what lies outside the book."""
    return book.by_href.get(address.strip().partition("#")[0])


def _outside(book: Opened, one: Reference, instead: set[int]) -> Iterator[Flaw]:
    scheme = one.address.scheme
    if scheme == "data" and one.kind in _NEEDS_CORE:
        kind = one.text.strip()[5:].partition(",")[0].partition(";")[0]
        if kind:
            yield from _foreign(book, one, kind, False, instead)
    item = remote_item(book, one.text)
    if one.kind == "link" and item is not None and not item.media_type.startswith(MAY_BE_FAR):
        message = f"{one.text} is listed in the manifest and lies outside the book; take the entry out"
        yield Flaw(one.path, one.line, "resource-remote", message)
    if scheme not in ("http", "https", "ftp") or one.kind in ("link", "cite"):
        return
    plays = item is not None and item.media_type.startswith(("audio/", "video/"))
    shown = one.text if len(one.text) < 80 else one.text[:80] + "…"
    if one.kind in ("audio", "video", "font", "track") or (one.kind in ("object", "embed") and plays):
        if not book.version.startswith("3"):
            return
        if item is None and one.kind != "track":
            message = f"{shown} lies outside the book: it must be listed in the manifest all the same"
            yield Flaw(one.path, one.line, "resource-unlisted", message)
        if scheme == "http":
            yield Flaw(one.path, one.line, "resource-not-https", f"{shown}: write https", "warning")
        return
    yield Flaw(one.path, one.line, "resource-remote", f"{shown} lies outside the book; put it in")
