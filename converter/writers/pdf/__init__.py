"""The book as a PDF: pages laid out by WeasyPrint (known in this folder only), tagged for assistive technology.

Same book, same theme, same page: same bytes. Nothing is asked of clock, network or disk but the fonts that come with
the program and the files of the theme.

In come a `Book`, a `Theme` and the name of a page; out comes `Printed`: the bytes, and what could not be printed as it
should. Open this file first, `print_book` is all of it in order. `engine.py` is WeasyPrint at work, what it may read
and how it is repaired while it runs; `finish.py` has the last hand on the PDF's objects: page labels, links, artifacts.
The tree that is printed is made outside, by `writers/paper.py`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from hashlib import md5
from typing import TYPE_CHECKING

from converter.document.contracts import Theme
from converter.document.errors import OutputError, TooLarge
from converter.document.findings.printing import PrintInstalledFont, PrintLeftOut, PrintNoGlyph
from converter.document.model import Book
from converter.document.record import dataclass
from converter.document.words import book_text, words
from converter.writers.bleed import bleeding_cover
from converter.writers.pages import SCREEN_CSS, PageGeometry, page_css, page_named, with_gutter
from converter.writers.paper import BOOK, COVER, paper
from converter.writers.pdf.engine import THEME, at_work, fetcher_for, require_libraries, tree
from converter.writers.pdf.finish import finish
from converter.writers.typefaces import drop_cap_css, typefaces

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

VARIANT = "pdf/ua-1"
GENERATOR = "Chapbook"
CJK_LANGUAGES = frozenset({"ja", "zh", "ko", "yue"})
LEADING_CJK = 1.75  # W3C, Requirements for Japanese Text Layout, 2.4: line gap of half to a whole character
NOTDEF = re.compile(r"\(U\+([0-9A-F]+)\)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and what has to be said about it."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...] = ()


def print_book(book: Book, theme: Theme, page: str = "a5") -> Printed:
    """The PDF of a book, the number of its pages, and the findings: characters without a glyph, pictures left out.

    `page` is a name of `pages.PAGES`, or WIDTHxHEIGHT. Raises SettingError for an unknown page size or font, TooLarge
    for nesting that no page can hold.
    """
    sheet = page_named(page)
    try:
        sheet = with_gutter(sheet, len(words(book_text(book))))
        return _print(book, theme, sheet)
    except RecursionError as error:
        raise TooLarge(
            "quotes, lists or tables inside one another, deeper than a page can show",
            book.metadata.title,
            "write the EPUB alone, with -t epub",
        ) from error


def _print(book: Book, theme: Theme, sheet: PageGeometry) -> Printed:
    require_libraries()
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    html = paper(book, theme, sheet, GENERATOR)
    ornament = theme.settings.get("ornament", "")
    size = type_size(theme, sheet)
    faces = typefaces(theme, frozenset("".join((*html.itertext(), ornament, theme.print_css))), size)
    leading = size * _leading(theme, book.metadata.language)
    own = {COVER: bleeding_cover(book.cover, sheet.width / sheet.height)} if book.cover else {}
    own |= {BOOK + r.name: (r.data, r.media_type) for r in book.resources}
    fetcher = fetcher_for(own, faces.files, theme)
    fonts = FontConfiguration()
    sheets = (
        faces.css + page_css(sheet, size, leading) + f":root {{ --ornament: {_css_text(ornament)} }}\n",
        theme.print_css,
        drop_cap_css(theme, size, leading) + ("" if sheet.bound else SCREEN_CSS),
    )
    with at_work() as log:
        styles = [CSS(string=s, base_url=THEME, url_fetcher=fetcher, font_config=fonts) for s in sheets]
        document = tree(html, fetcher).render(
            font_config=fonts, stylesheets=styles, pdf_variant=VARIANT, pdf_identifier=_identifier(book)
        )
        pages = len(document.pages)
        data = document.write_pdf(finisher=finish, pdf_variant=VARIANT, pdf_identifier=_identifier(book))
    if not data:
        raise OutputError("the PDF came out empty", book.metadata.title)
    return Printed(data, pages, tuple(_findings(log, faces.missing)))


def type_size(theme: Theme, sheet: PageGeometry) -> float:
    """The size of body text in points: the theme's size on A5, in proportion to the page, never below its least."""
    wanted = float(theme.settings.get("type-size", "11")) * sheet.scale
    return max(wanted, float(theme.settings.get("least-type-size", "7.5")))


def _leading(theme: Theme, language: str) -> float:
    """Lines of Han, kana and hangul stand further apart: half of their size, with room for readings between them."""
    wanted = float(theme.settings.get("leading", "1.36"))
    return max(wanted, LEADING_CJK) if language.partition("-")[0].lower() in CJK_LANGUAGES else wanted


UNDESCRIBED = "has no required alt description"  # said of pictures that nobody described: they are in the PDF


def _identifier(book: Book) -> bytes:
    """The first half of the file's /ID: the same for every printing of one story (ISO 32000-1, 14.4)."""
    return md5(book.metadata.identifier.encode(), usedforsecurity=False).hexdigest().encode()


def _css_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"' if text else "none"


def _findings(log: list[tuple[int, str]], foreign: frozenset[str]) -> Iterator[Finding]:
    unseen: dict[str, None] = {}
    for level, line in log:
        if ".notdef" in line and (glyph := NOTDEF.search(line)):
            unseen[chr(int(glyph[1], 16))] = None
        elif level >= logging.ERROR and not line.endswith(UNDESCRIBED):
            yield PrintLeftOut(line)
    if unseen:
        yield PrintNoGlyph("".join(unseen))
    if borrowed := sorted(foreign - set(unseen)):
        yield PrintInstalledFont("".join(borrowed))
