"""The pages as WeasyPrint lays them out, from the tree of `writers/paper.py` and the theme's CSS.

In come a `Book`, a `Theme` and the sheet to print on; out comes `Printed`, the same bytes every time. Open this file
first, `print_pages` is all of it in order. `engine.py` is WeasyPrint at work, what it may read and how it is repaired
while it runs; `finish.py` has the last hand on the PDF's objects: page labels, links, artifacts. It knows no other
engine, and touches no file but the theme's and the fonts that come with the program.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from hashlib import md5
from typing import TYPE_CHECKING, Any

from lxml import etree

from converter.document.contracts import Theme
from converter.document.errors import OutputError
from converter.document.findings.printing import PrintInstalledFont, PrintLeftOut, PrintNoGlyph, PrintOnlyBold
from converter.document.model import Book
from converter.writers.bleed import bleeding_cover
from converter.writers.pages import WITHOUT_HEADS_CSS, PageGeometry, page_css
from converter.writers.paper import BOOK, COVER, paper
from converter.writers.pdf.printed import Printed, leading_of, type_size
from converter.writers.pdf.weasy.engine import THEME, at_work, fetcher_for, require_libraries, tree
from converter.writers.pdf.weasy.finish import finish
from converter.writers.sheets import print_sheet
from converter.writers.typefaces import Typefaces, drop_cap_css, typefaces

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

VARIANT = "pdf/ua-1"
GENERATOR = "Chapbook"
BULLETS = "•◦▪"  # of lists in lists
NOTDEF = re.compile(r"\(U\+([0-9A-F]+)\)")


def print_pages(book: Book, theme: Theme, sheet: PageGeometry) -> Printed:
    """The PDF of a book on this sheet. Raises SettingError where WeasyPrint or a font is missing, OutputError,
    RecursionError for nesting that no page can hold."""
    require_libraries()
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    html = paper(book, theme, sheet, GENERATOR)
    ornament = theme.settings.get("ornament", "")
    size = type_size(theme, sheet)
    language = book.metadata.language
    letters = frozenset("".join((*html.itertext(), ornament, theme.print_css, BULLETS)))
    faces = typefaces(theme, letters, size, language)
    leading = size * leading_of(theme, language)
    own = {COVER: bleeding_cover(book.cover, sheet.width / sheet.height)} if book.cover and not sheet.bound else {}
    own |= {BOOK + r.name: (r.data, r.media_type) for r in book.resources}
    fetcher = fetcher_for(own, faces.files, theme)
    fonts = FontConfiguration()
    sheets = (
        faces.css + page_css(sheet, size, leading) + f":root {{ --ornament: {_css_text(ornament)} }}\n",
        print_sheet(theme, language),
        drop_cap_css(theme, size, leading) + ("" if sheet.heads else WITHOUT_HEADS_CSS),
    )
    with at_work() as log:
        styles = [CSS(string=s, base_url=THEME, url_fetcher=fetcher, font_config=fonts) for s in sheets]
        document = tree(html, fetcher).render(
            font_config=fonts, stylesheets=styles, pdf_variant=VARIANT, pdf_identifier=_identifier(book)
        )
        if sheet.bound and len(document.pages) % 2:  # a leaf has two pages
            document = document.copy([*document.pages, *_blank(sheet, fetcher, fonts)])
        pages = len(document.pages)
        data = document.write_pdf(finisher=finish, pdf_variant=VARIANT, pdf_identifier=_identifier(book))
    if not data:
        raise OutputError("the PDF came out empty", book.metadata.title)
    return Printed(data, pages, tuple(_findings(log, faces)))


def _blank(sheet: PageGeometry, fetcher: Any, fonts: Any) -> list[Any]:
    """A page with nothing on it, of the kind that the story's pages are."""
    from weasyprint import CSS

    html = etree.Element("html")
    etree.SubElement(html, "body")
    css = f"@page {{ size: {sheet.width}mm {sheet.height}mm; margin: 0 }} body {{ page: body }}"
    pages: list[Any] = tree(html, fetcher).render(font_config=fonts, stylesheets=[CSS(string=css)]).pages
    return pages


UNDESCRIBED = "has no required alt description"  # said of pictures that nobody described: they are in the PDF


def _identifier(book: Book) -> bytes:
    """The first half of the file's /ID: the same for every printing of one story (ISO 32000-1, 14.4)."""
    return md5(book.metadata.identifier.encode(), usedforsecurity=False).hexdigest().encode()


def _css_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"' if text else "none"


def _findings(log: list[tuple[int, str]], faces: Typefaces) -> Iterator[Finding]:
    unseen: dict[str, None] = {}
    for level, line in log:
        if ".notdef" in line and (glyph := NOTDEF.search(line)):
            unseen[chr(int(glyph[1], 16))] = None
        elif level >= logging.ERROR and not line.endswith(UNDESCRIBED):
            yield PrintLeftOut(line)
    if unseen:
        yield PrintNoGlyph("".join(unseen))
    if borrowed := sorted(faces.missing - set(unseen)):
        yield PrintInstalledFont("".join(borrowed))
    if faces.only_bold:
        yield PrintOnlyBold("".join(sorted(faces.only_bold)))
