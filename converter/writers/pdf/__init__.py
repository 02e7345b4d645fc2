"""The book as a PDF: pages laid out by an engine, tagged for assistive technology.

Same book, same theme, same page: same bytes. Nothing is asked of clock, network or disk but the fonts that come with
the program and the files of the theme.

In come a `Book`, a `Theme`, the name of a page, what it is made for, a screen or print, and the name of an engine; out
comes `Printed`: the bytes, and what could not be printed as it should. Open this file first. `weasy/` is WeasyPrint,
`typst/` Typst, each known in its folder only; `printed.py` has what every engine goes by, `join.py` makes one PDF of
the parts of a long book. The tree that is printed is made outside, by `writers/paper.py`: both engines print that one.
"""

from __future__ import annotations

from contextlib import suppress

from converter.document.contracts import Engine, MadeFor, Theme
from converter.document.errors import SettingError, TooLarge
from converter.document.model import Book
from converter.document.words import book_text, words
from converter.writers.pages import PageGeometry, page_for, with_gutter
from converter.writers.pdf.printed import Crew, Printed, has_typst, pages_guessed

__all__ = ["Printed", "load_engine", "print_book", "settled_engine"]


def load_engine() -> None:
    """Loads ahead of the printing what takes longest to load. What is missing is said by `print_book`."""
    from converter.writers.pdf.weasy.engine import require_libraries

    with suppress(SettingError):
        require_libraries()


def print_book(
    book: Book,
    theme: Theme,
    page: str = "a5",
    made_for: MadeFor = "screen",
    *,
    engine: Engine = "auto",
    draft: bool = False,
    crew: Crew | None = None,
) -> Printed:
    """The PDF of a book, the number of its pages, and the findings: characters without a glyph, pictures left out.

    `page` is a name of `pages.PAGES`, or WIDTHxHEIGHT. For print the inner margin is that of a book of so many pages: a
    guess, and where their number says otherwise all is laid out once more. It may cross one more row of the table then,
    which the ease beside the least margin allows for. A `draft` is made in a hurry: Typst leaves the feet of its pages
    as they come. A `crew` prints a long book, in pieces, by several processes.

    Raises SettingError for an unknown page size or font, for a device's page in print, or where the engine is not
    there, TooLarge for nesting that no page can hold.
    """
    sheet = page_for(page, made_for)
    try:
        guessed = with_gutter(sheet, pages_guessed(len(words(book_text(book))), theme, sheet) if sheet.bound else 0)
        printed = _pages(book, theme, guessed, engine, draft, crew)
        counted = with_gutter(sheet, printed.pages)
        return printed if counted == guessed else _pages(book, theme, counted, engine, draft, crew)
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


def _pages(book: Book, theme: Theme, sheet: PageGeometry, engine: Engine, draft: bool, crew: Crew | None) -> Printed:
    if settled_engine(theme, engine) == "typst":
        from converter.writers.pdf import typst

        return typst.print_pages(book, theme, sheet, draft=draft)
    from converter.writers.pdf import weasy

    return weasy.print_pages(book, theme, sheet, crew)
