"""The book as a PDF: pages laid out by an engine, tagged for assistive technology.

Same book, same theme, same page: same bytes. Nothing is asked of clock, network or disk but the fonts that come with
the program and the files of the theme.

In come a `Book`, a `Theme` and the name of a page; out comes `Printed`: the bytes, and what could not be printed as it
should. Open this file first. `weasy/` is WeasyPrint, known in that folder only; `printed.py` has what every engine goes
by, `join.py` makes one PDF of the parts of a long book. The tree that is printed is made by `writers/paper.py`.
"""

from __future__ import annotations

from contextlib import suppress

from converter.document.contracts import Theme
from converter.document.errors import SettingError, TooLarge
from converter.document.model import Book
from converter.document.words import book_text, words
from converter.writers.pages import page_named, with_gutter
from converter.writers.pdf.printed import Crew, Printed
from converter.writers.pdf.weasy import print_pages
from converter.writers.pdf.weasy.engine import require_libraries

__all__ = ["Printed", "load_engine", "print_book"]


def load_engine() -> None:
    """Loads the engine ahead of the printing. What is missing is said by `print_book`."""
    with suppress(SettingError):
        require_libraries()


def print_book(book: Book, theme: Theme, page: str = "a5", crew: Crew | None = None) -> Printed:
    """The PDF of a book, the number of its pages, and the findings: characters without a glyph, pictures left out.

    `page` is a name of `pages.PAGES`, or WIDTHxHEIGHT; a `crew` prints a long book, in pieces, by several processes.
    Raises SettingError for an unknown page size or font, TooLarge for nesting that no page can hold.
    """
    sheet = page_named(page)
    try:
        sheet = with_gutter(sheet, len(words(book_text(book))))
        return print_pages(book, theme, sheet, crew)
    except RecursionError as error:
        raise TooLarge(
            "quotes, lists or tables inside one another, deeper than a page can show",
            book.metadata.title,
            "write the EPUB alone, with -t epub",
        ) from error
