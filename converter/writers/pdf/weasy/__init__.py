"""The pages as WeasyPrint lays them out, from the tree of `writers/paper.py` and the theme's CSS.

In come a `Book`, a `Theme` and the sheet to print on; out comes `Printed`, the same bytes every time. Open this file
first, `print_pages` is all of it in order. `engine.py` is WeasyPrint at work, what it may read and how it is repaired
while it runs (`hyphens.py`, `squares.py` for lines of East Asia, `feet.py` with `paragraphs.py` for the ends of pages);
`placing.py` has text go round what doesn't fit at a foot; `read_sheets.py` keeps the style sheets that were read;
`finish.py` has the last hand on the PDF's objects: page labels, links, artifacts. Long books are printed in chunks by
several processes (`chunks.py`), whose pages are numbered by `numbering.py`. It knows no other engine, and touches no
file but the theme's and the fonts that come along.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from hashlib import md5
from typing import TYPE_CHECKING, Any

from lxml import etree

from converter.document.contracts import Theme
from converter.document.errors import CrewError, OutputError
from converter.document.findings.printing import (
    PrintInstalledFont,
    PrintLeftOut,
    PrintNoGlyph,
    PrintOnlyBold,
    is_private,
)
from converter.document.model import Book
from converter.themes.design import signs_of, typed_tables
from converter.writers.bleed import bleeding_cover
from converter.writers.drop_caps import drop_cap_css
from converter.writers.pages import WITHOUT_HEADS_CSS, PageGeometry, page_css, sink_of, type_size
from converter.writers.paper import BOOK, COVER, paper
from converter.writers.pdf.going_round import ROUNDS
from converter.writers.pdf.join import join
from converter.writers.pdf.printed import Crew, Printed, leading_of
from converter.writers.pdf.weasy.chunks import Numbers, chunkable, divided, numbers_written, works
from converter.writers.pdf.weasy.engine import at_work, fetcher_for, require_libraries, tree
from converter.writers.pdf.weasy.finish import archived, finish, in_one_order
from converter.writers.pdf.weasy.numbering import fits
from converter.writers.pdf.weasy.one_page import fit_title_page
from converter.writers.pdf.weasy.pictures import in_light
from converter.writers.pdf.weasy.placing import may_not_be_parted, went_round
from converter.writers.pdf.weasy.read_sheets import read_sheet
from converter.writers.pdf.weasy.widths import FontsWithWidths
from converter.writers.sheets import print_sheet
from converter.writers.small_capitals import letters_wanted
from converter.writers.typefaces import Typefaces, typefaces

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

PIXELS = 4 / 3  # CSS's, in a point
VARIANT = "pdf/ua-1"
COLOURS = "srgb"  # what those of the pages are meant in
GENERATOR = "Chapbook"
BULLETS = "•", "◦▪"  # of lists, and of lists in lists
TYPED = frozenset(["code", "pre", "telegram"])
"""What the base design sets in the face of typed text: elements, and a class of quotations."""
NOTDEF = re.compile(r"\(U\+([0-9A-F]+)\)")


def print_pages(book: Book, theme: Theme, sheet: PageGeometry, crew: Crew | None = None) -> Printed:
    """The PDF of a book on this sheet; a long one is printed in chunks by the crew.

    Raises SettingError where WeasyPrint or a font is missing, OutputError, RecursionError for nesting that no page can
    hold.
    """
    require_libraries()
    html = paper(book, theme, sheet, GENERATOR, notes_go_on=False)
    press = _Press(book, theme, sheet, html)
    fit = partial(fit_title_page, theme=theme, sink=press.sink, pages=press.pages)
    fit(html)
    if crew and fits() and chunkable(theme.print_css):
        parts = divided(html, crew.size)
        if len(parts) > 1:
            with suppress(CrewError):  # printed in one piece, it says what is wrong
                return press.in_chunks(parts, crew)
            html = paper(book, theme, sheet, GENERATOR, notes_go_on=False)
            fit(html)
    return press.in_one_piece(html)


class _Press:
    """What a book is printed with: its styles, its fonts, and the files that it may see."""

    def __init__(self, book: Book, theme: Theme, sheet: PageGeometry, html: etree._Element) -> None:
        from weasyprint.text.fonts import FontConfiguration

        ornament = theme.settings.get("ornament", "")
        size, language = type_size(theme, sheet), book.metadata.language
        said = (*html.itertext(), ornament, signs_of(theme.design), theme.print_css, _bullets(html))
        letters, small = frozenset("".join(said)), letters_wanted(html, theme.design)
        faces = typefaces(theme, letters, size, language, small=small, typed=_is_typed(html, theme))
        leading = size * leading_of(theme, language)
        own = {BOOK + r.name: in_light(r.data, r.media_type) for r in book.resources}
        if book.cover and not sheet.bound:
            own[COVER] = in_light(*bleeding_cover(book.cover, sheet.width / sheet.height))
        self.pitch = leading * PIXELS
        self.sink = sink_of(sheet, leading)
        self.title, self.faces, self.sheet = book.metadata.title, faces, sheet
        self.identifier = _identifier(book)
        self.fetcher = fetcher_for(own, faces.files, theme)
        self.fonts = FontConfiguration()
        self.inks = "cmyk" in theme.print_css.lower()
        self.css = (
            faces.css + page_css(sheet, size, leading) + f":root {{ --ornament: {_css_text(ornament)} }}\n",
            print_sheet(theme, language),
            drop_cap_css(theme, size, leading, html) + ("" if sheet.heads else WITHOUT_HEADS_CSS),
        )

    def pages(self, html: etree._Element) -> int:
        """How many pages a tree takes."""
        with at_work():
            return len(self._render(self._styles(*self.css), tree(html, self.fetcher), "").pages)

    def in_one_piece(self, html: etree._Element) -> Printed:
        """The book laid out and drawn by this process."""
        with at_work() as log:
            document = self._laid_out(self._styles(*self.css), html, log)
            if self.sheet.bound and len(document.pages) % 2:  # a leaf has two pages
                document = document.copy([*document.pages, *self._blank()])
            pages = len(document.pages)
            data = self._draw(document)
        return self._printed(data, pages, log)

    def _laid_out(self, styles: Sequence[Any], html: etree._Element, log: list[tuple[int, str]]) -> Any:
        """The tree laid out; once more where text has to go round something."""
        said = len(log)
        document = self._render(styles, tree(html, self.fetcher), "")
        for _ in range(ROUNDS):
            if not self._went_round(html, document):
                break
            del log[said:]  # it will all be said again
            document = self._render(styles, tree(html, self.fetcher), "")
        return document

    def in_chunks(self, parts: list[etree._Element], crew: Crew) -> Printed:
        """The book from what the crew makes of its parts, which are used up. Raises CrewError."""
        with at_work() as log:
            styles = self._styles(*self.css)
            _, theirs, _ = self.css
            written = self._styles(numbers_written(theirs))
            document = partial(tree, fetcher=self.fetcher)

            def render(html: Any, more: str) -> Any:
                return self._render(styles if more else [styles[0], *written, styles[2]], html, more)

            def settle(html: etree._Element, more: str) -> None:
                for _ in range(ROUNDS if may_not_be_parted(html) else 0):
                    if not self._went_round(html, render(document(html), more)):
                        break

            before = 0
            if not self.sheet.bound:  # the story begins on the next page, whichever side that is
                # counted by a process: Pango has threads from its first line on, and a fork would lose their locks
                (before,) = crew.run([lambda _: len(render(document(parts[0]), "").pages) - 1], lambda _, __: ())
            numbers = Numbers(len(parts) - 1)
            *story, front = crew.run(works(parts, render, settle, self._draw, log, document, before), numbers.heard)
        printings = [front, *story]
        count = sum(printing.pages for printing in printings)
        blank = self.sheet.bound and count % 2 == 1
        data = join([printing.part for printing in printings], blank=blank)
        said = [line for printing in printings for line in printing.log]
        return self._printed(data, count + blank, said)

    def _blank(self) -> list[Any]:
        """A page with nothing on it, of the kind that the story's pages are."""
        html = etree.Element("html")
        etree.SubElement(html, "body")
        size = f"{self.sheet.width}mm {self.sheet.height}mm"
        css = f"@page {{ size: {size}; margin: 0 }} body {{ page: body }}"
        pages: list[Any] = self._render(self._styles(css), tree(html, self.fetcher), "").pages
        return pages

    def _styles(self, *css: str) -> list[Any]:
        return [read_sheet(s, self.fetcher, self.fonts) for s in css]

    def _went_round(self, html: etree._Element, laid: Any) -> bool:
        """Whether the tree that was laid out so has been changed, so that text goes round what doesn't fit."""
        return may_not_be_parted(html) and went_round(html, laid.pages, self.pitch)

    def _render(self, styles: Sequence[Any], html: Any, more: str) -> Any:
        styles = [*styles, *self._styles(more)] if more else styles
        return html.render(font_config=self.fonts, stylesheets=styles, pdf_variant=VARIANT, output_intent=COLOURS)

    def _draw(self, document: Any, start: int = 0, away: frozenset[str] = frozenset()) -> bytes:
        """The pages drawn. A part that begins at a page of the story, `start`, needs no name of its own."""
        document.fonts = FontsWithWidths()
        last_hand = partial(finish, start=start, away=away, black=self.sheet.bound)
        identifier = None if start else self.identifier
        options = {"pdf_variant": VARIANT, "output_intent": COLOURS, "pdf_identifier": identifier}
        return in_one_order(document.write_pdf(finisher=last_hand, **options))

    def _printed(self, data: bytes, pages: int, log: Sequence[tuple[int, str]]) -> Printed:
        if not data:
            raise OutputError("the PDF came out empty", self.title)
        findings = tuple(_findings(log, self.faces))
        if self.inks or any(isinstance(told, PrintNoGlyph) for told in findings):
            return Printed(data, pages, findings, archival=False)
        data, archival = archived(data)
        return Printed(data, pages, findings, archival)


def _bullets(html: etree._Element) -> str:
    """The bullets that a tree's lists are set with."""
    inner = html.find(".//ul//ul") is not None or html.find(".//ol//ul") is not None
    return "" if html.find(".//ul") is None else "".join(BULLETS) if inner else BULLETS[0]


def _is_typed(html: etree._Element, theme: Theme) -> bool:
    """Whether anything in a tree may be set in the face of typed text. A theme may give it to what it likes."""
    if "mono" in theme.print_css or not typed_tables(theme.design) <= TYPED:
        return True
    typed = (e for e in html.iter(*TYPED, "blockquote") if e.tag != "blockquote" or "telegram" in e.get("class", ""))
    return next(typed, None) is not None


UNDESCRIBED = "has no required alt description"  # said of pictures that nobody described: they are in the PDF


def _identifier(book: Book) -> bytes:
    """The first half of the file's /ID: the same for every printing of one story (ISO 32000-1, 14.4)."""
    return md5(book.metadata.identifier.encode(), usedforsecurity=False).hexdigest().encode()


def _css_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"' if text else "none"


def _findings(log: Sequence[tuple[int, str]], faces: Typefaces) -> Iterator[Finding]:
    unseen: dict[str, None] = {}
    for level, line in log:
        if ".notdef" in line and (glyph := NOTDEF.search(line)):
            unseen[chr(int(glyph[1], 16))] = None
        elif level >= logging.ERROR and not line.endswith(UNDESCRIBED):
            yield PrintLeftOut(line)
    unseen.update(dict.fromkeys(sorted(filter(is_private, faces.missing))))
    if unseen:
        yield PrintNoGlyph("".join(unseen))
    if borrowed := sorted(faces.missing - set(unseen)):
        yield PrintInstalledFont("".join(borrowed))
    if faces.only_bold:
        yield PrintOnlyBold("".join(sorted(faces.only_bold)))
