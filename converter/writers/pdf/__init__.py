"""The book as a PDF: pages laid out by an engine, tagged for assistive technology.

Same book, same theme, same page: same bytes. Nothing is asked of clock, network or disk but the fonts that come with
the program and the files of the theme.

In come a `Book`, a `Theme`, the name of a page and what it is made for, a screen or print; out comes `Printed`: the
bytes, and what could not be printed as it should. Open this file first. `weasy/` is WeasyPrint, known in that folder
only; `printed.py` has what every engine goes by. The tree that is printed is made outside, by `writers/paper.py`.
"""

from __future__ import annotations

from converter.document.contracts import MadeFor, Theme
from converter.document.errors import TooLarge
from converter.document.model import Book
from converter.document.words import book_text, words
from converter.writers.pages import page_for, with_gutter
from converter.writers.pdf.printed import Printed, pages_guessed
from converter.writers.pdf.weasy import print_pages

__all__ = ["Printed", "print_book"]


def print_book(book: Book, theme: Theme, page: str = "a5", made_for: MadeFor = "screen") -> Printed:
    """The PDF of a book, the number of its pages, and the findings: characters without a glyph, pictures left out.

    `page` is a name of `pages.PAGES`, or WIDTHxHEIGHT. For print the inner margin is that of a book of so many pages: a
    guess, and where their number says otherwise all is laid out once more. It may cross one more row of the table then,
    which the ease beside the least margin allows for. Raises SettingError for an unknown page size or font, and for a
    device's page in print, TooLarge for nesting that no page can hold.
    """
    sheet = page_for(page, made_for)
    try:
        guessed = with_gutter(sheet, pages_guessed(len(words(book_text(book))), theme, sheet) if sheet.bound else 0)
        printed = print_pages(book, theme, guessed)
        counted = with_gutter(sheet, printed.pages)
        return printed if counted == guessed else print_pages(book, theme, counted)
    except RecursionError as error:
        raise TooLarge(
            "quotes, lists or tables inside one another, deeper than a page can show",
            book.metadata.title,
            "write the EPUB alone, with -t epub",
        ) from error
