"""What Kobo, Kindle, Apple Books and readers of small memory ask beyond the standard.

Sources: Kobo's epub-spec (2025-08), the Kindle Publishing Guidelines (2019.2), Apple's Asset Guide (5.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from converter.checker.epub.flaws import Device, Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import NCX, XHTML, CheckerRule, ManifestItem, Opened
from converter.limits.pictures import NoPicture, open_picture

KOBO_PAGE = 10_000_000  # bytes of one document with all that it shows
KOBO_BOOK = 1_000_000_000
KINDLE_MAIL = 50_000_000  # Send to Kindle by mail
KINDLE_COVER = 1000  # pixels on the longer side
CONTENTS_DEPTH = 2  # Kindle
APPLE_PIXELS = 4_000_000  # of one image inside the book
APPLE_BOOK = 2_000_000_000
XTEINK_PAGE = 200_000  # bytes of one document
XTEINK_PICTURE = (2048, 1536)  # pixels, the longer side first
OLD_PAGE = 300_000  # bytes of one document; Adobe's engine of before 2015 gives up there
SIDE_MARGIN = 2.0  # em, Kobo
_THREE_LETTERS = re.compile(r"(?:eng|ger|deu|fre|fra|spa|ita|por|dut|nld|rus|jpn|und)\b", re.IGNORECASE)
_ENCODING = re.compile(rb"encoding\s*=|charset", re.IGNORECASE)
_BODY = frozenset({"html", "body", "p", "html body", "body p"})


def _cover(book: Opened) -> ManifestItem | None:
    """The cover image, said in EPUB 3's way or in EPUB 2's."""
    cover = book.with_property("cover-image")
    if cover:
        return cover
    key = next(
        (n.attributes.get("content") for n in book.package.all("meta") if n.attributes.get("name") == "cover"), None
    )
    return next((item for item in book.items if item.key == key), None)


def pixels(data: bytes) -> tuple[int, int]:
    """Width and height of an image, (0, 0) when it is none."""
    try:
        with open_picture(data) as image:
            return image.size
    except NoPicture as error:
        return error.size


# ----------------------------------------------------------------------------------------------------- Kobo


def kobo(book: Opened) -> Iterator[Flaw]:
    """File names, cover, sizes, and styles that quarrel with the reader's own settings."""
    path = book.package_path
    for name in book.files:
        if not name.isascii() or " " in name:
            message = "Kobo asks for names of ASCII letters and digits, without spaces"
            yield Flaw(name, 0, "kobo-file-name", message, "warning")
    cover = _cover(book)
    if cover is None:
        yield Flaw(path, book.package.line, "kobo-cover", "no image is marked as the cover", "warning")
    elif cover.media_type == "image/gif":
        yield Flaw(cover.path, 0, "kobo-cover", "the cover may not be a GIF", "warning")
    if book.size > KOBO_BOOK:
        yield Flaw("", 0, "kobo-size", "the book has more than 1 GB")
    for item in book.of_type(XHTML):
        if len(book.files.get(item.path, b"")) > KOBO_PAGE:
            yield Flaw(item.path, 0, "kobo-page-size", "a page of more than 10 MB does not open on a Kobo")
    for sheet, line, selector, style in _declarations(book):
        if selector in _BODY and ("background" in style or "background-color" in style):
            message = f"a background on {selector} spoils night mode"
            yield Flaw(sheet, line, "kobo-background", message, "info")
        if selector == "body" and any(
            name.startswith("padding") and value.strip("0 pxem%") for name, value in style.items()
        ):
            yield Flaw(sheet, line, "kobo-body-padding", "padding on body shifts the page", "info")
        for side in ("margin-left", "margin-right"):
            value = style.get(side, "")
            if value.endswith("em") and _number(value[:-2]) > SIDE_MARGIN:
                message = f"{side} of {value}: more than 2em leaves little room on a small screen"
                yield Flaw(sheet, line, "kobo-margin", message, "info")


# --------------------------------------------------------------------------------------------------- Kindle


def kindle(book: Opened) -> Iterator[Flaw]:
    """Cover, contents, notes that lead back, no scripts, body text left to the reader."""
    yield from _kindle_cover(book)
    if book.size > KINDLE_MAIL:
        message = "more than 50 MB can't be mailed to a Kindle; use the Send to Kindle program or web page"
        yield Flaw("", 0, "kindle-mail", message, "info")
    yield from _cover_marks(book)
    for node in book.package.all("language"):
        if _THREE_LETTERS.match(node.text.strip()):
            message = f"{node.text.strip()!r}: Send to Kindle knows languages of two letters (en, de, fr ...)"
            yield Flaw(book.package_path, node.line, "kindle-language", message, "warning")
    yield from _depth(book)
    for item in book.of_type(XHTML):
        root = book.documents.get(item.path)
        if root is None:
            continue
        data = book.files[item.path]
        if not data.isascii() and not _ENCODING.search(data[:1024]):
            message = "no encoding is declared: Send to Kindle takes the page for Latin-1"
            yield Flaw(item.path, 1, "kindle-encoding", message, "warning")
        for node in root.all("script"):
            yield Flaw(item.path, node.line, "kindle-script", "scripts are taken out", "warning")
        yield from _notes(book, item.path, root)
    yield from _body_styles(book)


def _kindle_cover(book: Opened) -> Iterator[Flaw]:
    """A cover is there, and large enough."""
    cover = _cover(book)
    if cover is None:
        message = "no image is marked as the cover: it is mandatory"
        yield Flaw(book.package_path, book.package.line, "kindle-cover", message, "warning")
    elif cover.path in book.files and 0 < max(pixels(book.files[cover.path])) < KINDLE_COVER:
        message = "the cover has less than 1000 pixels on its longer side"
        yield Flaw(cover.path, 0, "kindle-cover-size", message, "info")


def _cover_marks(book: Opened) -> Iterator[Flaw]:
    """The cover is marked as EPUB 2 and as EPUB 3 have it."""
    cover = _cover(book)
    if cover is None:
        return
    marked = any(n.attributes.get("name") == "cover" for n in book.package.all("meta"))
    if not marked or (book.version.startswith("3") and "cover-image" not in cover.properties):
        message = "mark the cover in both ways: property cover-image, and meta name cover"
        yield Flaw(book.package_path, cover.line, "kindle-cover-marks", message, "info")


def _body_styles(book: Opened) -> Iterator[Flaw]:
    """Styles of the body text that take the reader's own choice away: one flaw a selector, for the first of them."""
    for sheet, line, selector, style in _declarations(book):
        name = next((n for n in ("font-family", "font-size", "color", "line-height") if n in style), "")
        if name and selector in _BODY and style[name] not in ("inherit", "1em", "100%"):
            message = f"{name} on {selector} overrules the reader's own choice"
            yield Flaw(sheet, line, "kindle-body-style", message, "info")


def _depth(book: Opened) -> Iterator[Flaw]:
    for item in book.of_type(NCX):
        root = book.documents.get(item.path)
        depth, line = _deepest(root, "navPoint", 0) if root else (0, 0)
        if depth > CONTENTS_DEPTH:
            message = f"the contents have {depth} levels; a Kindle shows two"
            yield Flaw(item.path, line, "kindle-depth", message, "info")


def _deepest(node: XmlNode, tag: str, depth: int) -> tuple[int, int]:
    depth += node.tag == tag
    return max(
        [(depth, node.line), *(_deepest(child, tag, depth) for child in node.children)], key=lambda nested: nested[0]
    )


def _notes(book: Opened, path: str, root: XmlNode) -> Iterator[Flaw]:
    """Pop-up notes need links in both directions."""
    cited = {
        n.attributes["id"]: n
        for n in root.all("a")
        if "noteref" in n.attributes.get("epub:type", "") and "id" in n.attributes
    }
    back = (
        {
            n.attributes.get("href", "").partition("#")[2]
            for document in book.documents.values()
            for n in document.all("a")
            if "noteref" not in n.attributes.get("epub:type", "")
        }
        if cited
        else set()
    )
    for key, node in cited.items():
        if key not in back:
            yield Flaw(path, node.line, "kindle-note", "no link leads back from the note", "info")


# ---------------------------------------------------------------------------------------------------- Apple


def apple(book: Opened) -> Iterator[Flaw]:
    """Sizes of the images and of the book."""
    cover = _cover(book)
    for item in book.items:
        if item.media_type.startswith("image/") and item is not cover and item.path in book.files:
            width, height = pixels(book.files[item.path]) if item.media_type != "image/svg+xml" else (0, 0)
            if width * height > APPLE_PIXELS:
                message = f"{width} x {height} pixels; Apple Books takes 4 million at most"
                yield Flaw(item.path, 0, "apple-image-size", message, "warning")
    if book.size > APPLE_BOOK:
        yield Flaw("", 0, "apple-size", "the book has more than 2 GB")


# ------------------------------------------------------------------------------------------- old e-readers


def old(book: Opened) -> Iterator[Flaw]:
    """Small pages, an NCX."""
    yield from _large_pages(book, OLD_PAGE, "old-page-size", "old e-readers stop at 300 KB")
    if not book.of_type(NCX):
        message = "without an NCX old e-readers show no table of contents"
        yield Flaw(book.package_path, book.package.line, "old-ncx", message, "warning")


def _large_pages(book: Opened, most: int, code: str, why: str) -> Iterator[Flaw]:
    for item in book.of_type(XHTML):
        size = len(book.files.get(item.path, b""))
        if size > most:
            yield Flaw(item.path, 0, code, f"{size // 1000} KB: {why}; split the page", "warning")


# ------------------------------------------------------------------------------------------- small memory


def xteink(book: Opened) -> Iterator[Flaw]:
    """Small pages, small pictures."""
    yield from _large_pages(book, XTEINK_PAGE, "xteink-page-size", "readers of small memory stop at 200 KB")
    for item in book.items:
        if not item.media_type.startswith("image/") or item.media_type == "image/svg+xml":
            continue
        longer, shorter = sorted(pixels(book.files.get(item.path, b"")), reverse=True)
        if longer > XTEINK_PICTURE[0] or shorter > XTEINK_PICTURE[1]:
            message = f"{longer} x {shorter} pixels: readers of small memory show 2048 x 1536 at most"
            yield Flaw(item.path, 0, "xteink-image-size", message, "warning")


RULES: Mapping[Device, CheckerRule] = {"kobo": kobo, "kindle": kindle, "apple": apple, "old": old, "xteink": xteink}

# --------------------------------------------------------------------------------------------- style sheets


def _declarations(book: Opened) -> Iterator[tuple[str, int, str, dict[str, str]]]:
    """Style sheet, line, one selector, and what is declared for it; rules for media other than screens aside."""
    import tinycss2

    for item in book.of_type("text/css"):
        if item.path not in book.files:
            continue
        rules, _ = tinycss2.parse_stylesheet_bytes(book.files[item.path], skip_comments=True, skip_whitespace=True)
        for rule in rules:
            if rule.type != "qualified-rule":
                continue
            style = {
                d.lower_name: tinycss2.serialize(d.value).strip()
                for d in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                if d.type == "declaration"
            }
            for selector in tinycss2.serialize(rule.prelude).split(","):
                yield item.path, rule.source_line, " ".join(selector.split()).lower(), style


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
