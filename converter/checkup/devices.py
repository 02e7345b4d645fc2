"""What single readers want beyond the format; each rule says whose guide it comes from.

Kobo: kobolabs/epub-spec. Kindle: Kindle Publishing Guidelines (KPG) and what Send to Kindle refuses. Apple: Asset Guide
5.3. Old: the Adobe engine in readers of before 2015.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from converter.checkup.finding import Finding
from converter.checkup.opened import Opened

DeviceRule = Callable[[Opened], Iterator[Finding]]
MB = 1024 * 1024
KINDLE_MAIL, KINDLE_WEB = 50 * MB, 200 * MB  # Send to Kindle by mail and on the web
KOBO_PAGE, KOBO_BOOK = 10 * MB, 1024 * MB
OLD_PAGE = 300 * 1024  # the Adobe engine stops at about 300 KB of one page
APPLE_PIXELS = 4_000_000  # of one image inside a book
COVER_LEAST = 1000  # pixels of the longer side (KPG)
FORCED = frozenset(["font-family", "font-size", "color", "background", "background-color", "line-height"])
BODY_TEXT = frozenset(["body", "html", "p", "*", "html body", "body p"])
NAME = re.compile(r"[\w./-]+", re.A)


def cover(book: Opened) -> Iterator[Finding]:
    """Kobo takes the property `cover-image`, Kindle `<meta name="cover">`: a cover is tagged both ways."""
    by_property = [i for i in book.items.values() if "cover-image" in i.properties]
    by_meta = [
        e
        for e in book.said("meta")
        if e.attributes.get("name") == "cover" and e.attributes.get("content") in book.items
    ]
    if not by_property and not by_meta:
        yield Finding("cover-missing", "the book has no cover", book.package_name)
        return
    if not by_property and book.version.startswith("3"):
        yield Finding("cover-tag", "the cover lacks the property 'cover-image'", book.package_name)
    if not by_meta:
        yield Finding("cover-tag", 'the cover lacks <meta name="cover" content="ID"/>', book.package_name)
    item = by_property[0] if by_property else book.items[by_meta[0].attributes["content"]]
    size = _pixels(book, item.name)
    if size and max(size) < COVER_LEAST:
        yield Finding(
            "cover-small", f"the cover has {size[0]} x {size[1]} pixels; at least {COVER_LEAST} high", item.name
        )


def language(book: Opened) -> Iterator[Finding]:
    """Send to Kindle refuses books whose language it doesn't know; three-letter tags are such."""
    for e in book.said("language"):
        if re.match(r"(?:eng|ger|deu|fre|fra|spa|ita|por|dut|nld|und)\b", e.text.strip(), re.I):
            message = f"{e.text.strip()!r}: write the tag of two letters (en, de, fr ...)"
            yield Finding("language-letters", message, book.package_name, e.line, "error")


def declared_encoding(book: Opened) -> Iterator[Finding]:
    """Send to Kindle takes a page without an encoding declaration for Latin-1."""
    for page in book.pages.values():
        head = book.read(page.name)[:1024].lower()
        if b"encoding=" not in head and b"charset" not in head and not book.read(page.name).isascii():
            yield Finding("encoding-undeclared", 'write <?xml version="1.0" encoding="utf-8"?>', page.name, 1, "error")


def forced_styles(book: Opened) -> Iterator[Finding]:
    """KPG 9.3.2: no font, size, colour, background or line height on body text."""
    import tinycss2

    for item in book.items.values():
        if item.media_type != "text/css" or item.name not in book.entries:
            continue
        text = book.read(item.name).decode("utf-8", "replace")
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            selectors = {s.strip() for s in tinycss2.serialize(rule.prelude).split(",")}
            if selectors.isdisjoint(BODY_TEXT):
                continue
            for said in tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True):
                if said.type == "declaration" and said.lower_name in FORCED and not _leaves_free(said):
                    message = (
                        f"{said.name} on {', '.join(sorted(selectors & BODY_TEXT))} takes the reader's choice away"
                    )
                    yield Finding("style-forced", message, item.name, said.source_line)


def _leaves_free(said: object) -> bool:
    import tinycss2

    value = tinycss2.serialize(getattr(said, "value", [])).strip().lower()
    return value in (
        "inherit",
        "initial",
        "unset",
        "transparent",
        "none",
        "normal",
        "1em",
        "100%",
        "medium",
        "currentcolor",
    )


def scripts(book: Opened) -> Iterator[Finding]:
    """Kindle and Kobo's e-ink readers run none."""
    for page in book.pages.values():
        for e in page.elements:
            if e.name == "script":
                yield Finding("script", "scripts are not run", page.name, e.line)


def kindle_size(book: Opened) -> Iterator[Finding]:
    """Send to Kindle: 50 MB by mail, 200 MB on the web."""
    size = sum(i.compress_size for i in book.entries.values())
    if size > KINDLE_WEB:
        yield Finding("book-large", f"{size / MB:.0f} MB; Send to Kindle takes 200 MB", severity="error")
    elif size > KINDLE_MAIL:
        yield Finding("book-large", f"{size / MB:.0f} MB; by mail Send to Kindle takes 50 MB, on the web 200 MB")


def kobo_names(book: Opened) -> Iterator[Finding]:
    """Kobo: file names of letters, digits and a few signs."""
    for name in book.entries:
        if not NAME.fullmatch(name):
            yield Finding("file-name", "use ASCII letters and digits in file names, no spaces", name)


def kobo_size(book: Opened) -> Iterator[Finding]:
    """Kobo: 10 MB a page, 1 GB a book."""
    for page in book.pages.values():
        if book.entries[page.name].file_size > KOBO_PAGE:
            yield Finding("page-large", "a page of more than 10 MB; split it", page.name)
    if sum(i.compress_size for i in book.entries.values()) > KOBO_BOOK:
        yield Finding("book-large", "more than 1 GB", severity="error")


def old_size(book: Opened) -> Iterator[Finding]:
    """The Adobe engine: pages below 300 KB."""
    for page in book.pages.values():
        size = book.entries[page.name].file_size
        if size > OLD_PAGE:
            yield Finding("page-large", f"{size / 1024:.0f} KB; old readers stop at 300 KB, split it", page.name)


def old_contents(book: Opened) -> Iterator[Finding]:
    """Readers of EPUB 2 need the NCX."""
    if book.spine_toc not in book.items:
        yield Finding("ncx-missing", "no NCX: old readers show no table of contents", book.package_name)


def apple_images(book: Opened) -> Iterator[Finding]:
    """Apple: at most 4 million pixels in an image."""
    for item in book.items.values():
        if item.media_type.startswith("image/") and item.name in book.entries:
            size = _pixels(book, item.name)
            if size and size[0] * size[1] > APPLE_PIXELS:
                yield Finding("image-large", f"{size[0]} x {size[1]} pixels; at most 4 million in all", item.name)


def image_kinds(book: Opened) -> Iterator[Finding]:
    """E-ink readers show JPEG, PNG, GIF and SVG."""
    shown = ("image/jpeg", "image/png", "image/gif", "image/svg+xml")
    for item in book.items.values():
        if item.media_type.startswith("image/") and item.media_type not in shown:
            yield Finding("image-kind", f"{item.media_type} is not shown by many readers; use JPEG or PNG", item.name)


def _pixels(book: Opened, name: str) -> tuple[int, int] | None:
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(book.read(name))) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, KeyError, Image.DecompressionBombError):
        return None


KOBO, KINDLE, APPLE, OLD = frozenset(["kobo"]), frozenset(["kindle"]), frozenset(["apple"]), frozenset(["old"])
DEVICE_RULES: tuple[tuple[frozenset[str], DeviceRule], ...] = (
    (KOBO | KINDLE | APPLE, cover),
    (KINDLE, language),
    (KINDLE, declared_encoding),
    (KINDLE | KOBO, forced_styles),
    (KINDLE | KOBO, scripts),
    (KINDLE, kindle_size),
    (KOBO, kobo_names),
    (KOBO, kobo_size),
    (OLD, old_size),
    (OLD, old_contents),
    (APPLE, apple_images),
    (KOBO | KINDLE | OLD, image_kinds),
)
