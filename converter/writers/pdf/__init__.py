"""The book as a PDF: pages laid out by an engine, tagged for assistive technology.

Same book, same theme, same page: same bytes. Nothing is asked of clock, network or disk but the fonts that come with
the program and the files of the theme.

In come a `Book`, a `Theme`, the name of a page and that of an engine; out comes `Printed`: the bytes, and what could
not be printed as it should. Open this file first. `weasy/` is WeasyPrint, `typst/` Typst, each known in its folder
only; `printed.py` has what every engine goes by. The tree that is printed is made outside, by `writers/paper.py`: both
engines print that one.
"""

from __future__ import annotations

from converter.document.contracts import Engine, Theme
from converter.document.errors import SettingError, TooLarge
from converter.document.model import Book
from converter.document.words import book_text, words
from converter.writers.pages import page_named, with_gutter
from converter.writers.pdf.printed import Printed, has_typst

__all__ = ["Printed", "print_book", "settled_engine"]


def print_book(book: Book, theme: Theme, page: str = "a5", engine: Engine = "auto", *, draft: bool = False) -> Printed:
    """The PDF of a book, the number of its pages, and the findings: characters without a glyph, pictures left out.

    `page` is a name of `pages.PAGES`, or WIDTHxHEIGHT. A `draft` is made in a hurry: Typst leaves the feet of its pages
    as they come. Raises SettingError for an unknown page size or font, or where
    the engine is not there, TooLarge for nesting that no page can hold.
    """
    sheet = page_named(page)
    try:
        sheet = with_gutter(sheet, len(words(book_text(book))))
        if settled_engine(theme, engine) == "typst":
            from converter.writers.pdf import typst

            return typst.print_pages(book, theme, sheet, draft=draft)
        from converter.writers.pdf import weasy

        return weasy.print_pages(book, theme, sheet)
    except RecursionError as error:
        raise TooLarge(
            "quotes, lists or tables inside one another, deeper than a page can show",
            book.metadata.title,
            "write the EPUB alone, with -t epub",
        ) from error


def settled_engine(theme: Theme, engine: Engine) -> Engine:
    """The engine that prints a book: under "auto" WeasyPrint where its libraries are; elsewhere Typst, but not for a
    theme with a person's own CSS, which only WeasyPrint can read."""
    if engine != "auto":
        return engine
    if theme.own_css or not has_typst():
        return "weasyprint"
    from converter.writers.pdf.weasy.engine import require_libraries

    try:
        require_libraries()
    except SettingError:
        return "typst"
    return "weasyprint"
