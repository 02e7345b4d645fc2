"""The book as a PDF: pages laid out by WeasyPrint (the only file that knows it), tagged for assistive technology.

Same book, same theme, same page: same bytes. Nothing is asked of clock, network or disk but the fonts that come with
the program and the files of the theme.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from typing import Any

from lxml import etree

from converter.contracts import Diagnostic, Theme
from converter.errors import OutputError, TooLarge
from converter.model import Book
from converter.walk import book_text, words
from converter.writers.bleed import bleeding_cover
from converter.writers.pages import SCREEN_CSS, Page, page_css, page_named, with_gutter
from converter.writers.paper import BOOK, COVER, paper
from converter.writers.typefaces import drop_cap_css, typefaces

THEME = "https://theme.invalid/"  # addresses in a theme's CSS are relative to it; .invalid never resolves (RFC 2606)
GC = (200_000, 50, 1_000)  # while laying out: trees of boxes, few of them garbage; 15 % of the time of a long book
VARIANT = "pdf/ua-1"
GENERATOR = "Chapbook"
NOTDEF = re.compile(r"\(U\+([0-9A-F]+)\)")
SHOWN = 8  # characters named in a message


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and what has to be said about it."""

    data: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...] = ()


def write_pdf(book: Book, theme: Theme, page: str = "a5") -> bytes:
    """The PDF of a book. `page` is a name of `pages.PAGES`, or WIDTHxHEIGHT.

    Raises SettingError for an unknown page size or font, TooLarge for nesting that no page can hold.
    """
    return print_book(book, theme, page).data


def print_book(book: Book, theme: Theme, page: str = "a5") -> Printed:
    """As `write_pdf`, with the number of pages and the diagnostics: characters without a glyph, pictures left out."""
    sheet = with_gutter(page_named(page), len(words(book_text(book))))
    with _patient_gc():
        try:
            return _print(book, theme, sheet)
        except RecursionError as error:
            raise TooLarge(
                "quotes, lists or tables inside one another, deeper than a page can show",
                book.metadata.title,
                "write the EPUB alone, with -t epub",
            ) from error


def _print(book: Book, theme: Theme, sheet: Page) -> Printed:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    html = paper(book, theme, sheet, GENERATOR)
    faces = typefaces(theme, frozenset("".join(html.itertext())))
    size = type_size(theme, sheet)
    leading = size * float(theme.settings.get("leading", "1.36"))
    own = {COVER: bleeding_cover(book.cover, sheet.width / sheet.height)} if book.cover else {}
    own |= {BOOK + r.name: (r.data, r.media_type) for r in book.resources}
    fetcher = _fetcher(own, dict(faces.files), theme)
    fonts = FontConfiguration()
    ornament = theme.settings.get("ornament", "")
    sheets = (
        faces.css + page_css(sheet, size, leading) + f":root {{ --ornament: {_css_text(ornament)} }}\n",
        theme.print_css,
        drop_cap_css(theme, size, leading) + ("" if sheet.bound else SCREEN_CSS),
    )
    with _log() as log:
        styles = [CSS(string=s, base_url=THEME, url_fetcher=fetcher, font_config=fonts) for s in sheets]
        document = _tree(html, fetcher).render(
            font_config=fonts, stylesheets=styles, pdf_variant=VARIANT, pdf_identifier=_identifier(book)
        )
        pages = len(document.pages)
        data = document.write_pdf(finisher=_finish, pdf_variant=VARIANT, pdf_identifier=_identifier(book))
    if not data:
        raise OutputError("the PDF came out empty", book.metadata.title)
    return Printed(data, pages, tuple(_diagnostics(log, faces.missing)))


def type_size(theme: Theme, sheet: Page) -> float:
    """The size of body text in points: the theme's size on A5, in proportion to the page, never below its least."""
    wanted = float(theme.settings.get("type-size", "11")) * sheet.scale
    return max(wanted, float(theme.settings.get("least-type-size", "7.5")))


def _identifier(book: Book) -> bytes:
    """The first half of the file's /ID: the same for every printing of one story (ISO 32000-1, 14.4)."""
    return md5(book.metadata.identifier.encode(), usedforsecurity=False).hexdigest().encode()


def _css_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"' if text else "none"


# --------------------------------------------------------------------------------------------- around WeasyPrint


def _tree(html: etree._Element, fetcher: Any) -> Any:
    """The element tree as WeasyPrint's document, without a round trip through text.

    `HTML.__init__` can only parse; its five attributes are set here instead (WeasyPrint 70, pinned below 71).
    """
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    document = HTML.__new__(HTML)
    document.base_url = BOOK
    document.url_fetcher = fetcher
    document.media_type = "print"
    document.wrapper_element = ElementWrapper.from_html_root(html, content_language=None)
    document.etree_element = html
    return document


def _fetcher(own: dict[str, tuple[bytes, str]], fonts: dict[str, Path], theme: Theme) -> Any:
    """Serves the book's resources, our fonts and the theme's files. Everything else is refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Shelf(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in own:
                data, media_type = own[url]
                return URLFetcherResponse(url, data, {"Content-Type": media_type})
            if url in fonts:
                return URLFetcherResponse(url, fonts[url].read_bytes(), {"Content-Type": "font/ttf"})
            name = url.removeprefix(THEME).partition("?")[0]
            if url.startswith(THEME) and name in theme.files:
                return URLFetcherResponse(url, theme.files[name], {})
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"not part of this book: {url[:80]}")

    return Shelf(allowed_protocols=("data",))


@contextmanager
def _patient_gc() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*GC)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Keeping(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelno, record.getMessage()))


@contextmanager
def _log() -> Iterator[list[tuple[int, str]]]:
    """What WeasyPrint logs, kept for diagnostics instead of shown."""
    keeping, logger = _Keeping(), logging.getLogger("weasyprint")
    before = logger.propagate
    logger.addHandler(keeping)
    logger.propagate = False
    try:
        yield keeping.lines
    finally:
        logger.removeHandler(keeping)
        logger.propagate = before


def _diagnostics(log: list[tuple[int, str]], foreign: frozenset[str]) -> Iterator[Diagnostic]:
    unseen: dict[str, None] = {}
    for level, line in log:
        if ".notdef" in line and (found := NOTDEF.search(line)):
            unseen[chr(int(found[1], 16))] = None
        elif level >= logging.ERROR:
            yield Diagnostic("pdf.left-out", f"not in the PDF: {line}", severity="warning")
    if unseen:
        message = (
            f"no font on this machine has {_named(unseen)}: the PDF shows empty boxes; install a font for that script"
        )
        yield Diagnostic("pdf.no-glyph", message, severity="warning")
    if borrowed := sorted(foreign - set(unseen)):
        named = _named(dict.fromkeys(borrowed))
        message = f"{named} set in a font installed on this machine; elsewhere it may look different"
        yield Diagnostic("pdf.installed-font", message, severity="info")


def _named(characters: dict[str, None]) -> str:
    names = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in list(characters)[:SHOWN])
    more = len(characters) - SHOWN
    return f"{names} and {more} more" if more > 0 else names


# ------------------------------------------------------------------------------------------- the finished pages


def _finish(document: Any, pdf: Any) -> None:
    """Page labels, printable links, and heads and page numbers as artifacts (ISO 14289-1, 7.8; 32000-1, 14.8.2.2)."""
    import pydyf

    labels = pydyf.Array()
    before = ""
    for number, page in enumerate(document.pages):
        kind = page._page_box.page_type.name or "front"
        if kind != before:
            labels.extend([number, _label(kind, number, before)])
        before = kind
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
    _mark_furniture(pdf)
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Subtype") == "/Link":
            item["F"] = 4  # Print: 32000-1, table 165


def _label(kind: str, number: int, before: str) -> Any:
    import pydyf

    match kind:
        case "cover":
            return pydyf.Dictionary({"P": pydyf.String("Cover")})
        case "body":
            return pydyf.Dictionary({"S": "/D", "St": 1})
        case _:
            return pydyf.Dictionary({"S": "/r", "St": number + 1 if before else 1})


def _mark_furniture(pdf: Any) -> None:
    """Marks what no structure element leads to (running heads, page numbers) as pagination artifacts."""
    objects = {item.number: item for item in pdf.objects}
    root = objects[_number(pdf.catalog["StructTreeRoot"])]
    reached: set[int] = set()
    waiting = [_number(kid) for kid in root["K"]]
    while waiting:
        number = waiting.pop()
        reached.add(number)
        waiting.extend(_number(kid) for kid in objects[number].get("K", ()) if isinstance(kid, bytes))
    numbers = objects[_number(root["ParentTree"])]["Nums"]
    parents = {numbers[i]: numbers[i + 1] for i in range(0, len(numbers), 2) if isinstance(numbers[i + 1], list)}
    for item in objects.values():
        if not (isinstance(item, dict) and item.get("Type") == "/Page"):
            continue
        owners = parents.get(item["StructParents"], [])
        loose = {mcid for mcid, owner in enumerate(owners) if _number(owner) not in reached}
        if loose:
            _retag(objects[_number(item["Contents"])], loose)
            for mcid in loose:
                owners[mcid] = "null"


def _retag(stream: Any, loose: set[int]) -> None:
    marks = {f"/MCID {mcid}>>".encode() for mcid in loose} | {f"/MCID {mcid} >>".encode() for mcid in loose}
    for i, item in enumerate(stream.stream):
        line = item.data if hasattr(item, "data") else item
        if isinstance(line, bytes) and line.endswith(b"BDC") and any(mark in line for mark in marks):
            stream.stream[i] = b"/Artifact <</Type /Pagination>> BDC"


def _number(reference: Any) -> int:
    return int(reference.split()[0])
