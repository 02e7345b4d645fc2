"""The book as a PDF: pages laid out by an engine, tagged for assistive technology.

Same book, same theme, same page: same bytes. Nothing is asked of clock, network or disk but the fonts that come with
the program and the files of the theme.

In come a `Book`, a `Theme`, the name of a page, what it is made for, a screen or print, and the name of an engine; out
comes `Printed`: the bytes, and what could not be printed as it should. Open this file first. `weasy/` is WeasyPrint,
`typst/` Typst, each known in its folder only; `printed.py` has what every engine goes by, `join.py` makes one PDF of
the parts of a long book, `for_press.py` takes from one for print what only a screen can use. The tree that is printed
is made outside, by `writers/paper.py`: both engines print that one.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from converter.document.contracts import Engine, MadeFor, Theme
from converter.document.errors import OutputError, SettingError, TooLarge
from converter.document.findings.printing import PrintHorizontal, PrintInstalledFont, PrintNoGlyph
from converter.document.findings.told import named_characters
from converter.document.model import Book
from converter.document.words import book_text, words
from converter.themes.black import printed_black
from converter.writers.characters import xml_safe
from converter.writers.languages import direction, is_indian, is_unspaced
from converter.writers.pages import PageGeometry, page_for, with_gutter
from converter.writers.pdf.for_press import without_links
from converter.writers.pdf.narrow_measures import for_measure
from converter.writers.pdf.printed import Crew, Printed, has_typst, pages_guessed
from converter.writers.upright_letters import for_letters

__all__ = ["Printed", "load_engine", "print_book", "settled_engine"]


def load_engine(engine: Engine) -> None:
    """Loads an engine ahead of the printing, the usual one under "auto". What is missing is said by `print_book`."""
    if engine != "weasyprint" and has_typst():
        import_module("converter.writers.pdf.typst")
    elif _has_weasyprint():
        import_module("converter.writers.pdf.weasy")


def print_book(
    book: Book,
    theme: Theme,
    page: str = "a5",
    made_for: MadeFor = "screen",
    *,
    engine: Engine = "auto",
    draft: bool = False,
    pdfa: bool = False,
    crew: Crew | None = None,
) -> Printed:
    """The PDF of a book, the number of its pages, and the findings: characters without a glyph, pictures left out.

    `page` is a name of `pages.PAGES`, or WIDTHxHEIGHT. For print the inner margin is that of a book of so many pages: a
    guess, and where their number says otherwise all is laid out once more. It may cross one more row of the table then,
    which the ease beside the least margin allows for. A `draft` is made in a hurry: Typst leaves the feet of its pages
    as they come. Each PDF is PDF/A-3a that can be; with `pdfa` there is none that can't. A `crew` prints a long book,
    in pieces, by several processes.

    Raises OutputError for a book that `pdfa` rules out, SettingError for an unknown page size or font, for a device's
    page in print, or where the engine is not there, TooLarge for nesting that no page can hold.
    """
    sheet = page_for(page, made_for)
    theme = for_letters(printed_black(theme) if sheet.bound else theme, book)
    theme = for_measure(theme, sheet, book.metadata.language)
    guessed = with_gutter(sheet, pages_guessed(len(words(book_text(book))), theme, sheet) if sheet.bound else 0)
    try:
        try:
            printed = _pages(book, theme, guessed, engine, draft, crew)
        except ValueError:  # a parser let through what no tree holds
            book = xml_safe(book)
            printed = _pages(book, theme, guessed, engine, draft, crew)
        counted = with_gutter(sheet, printed.pages)
        if counted != guessed:
            printed = _pages(book, theme, counted, engine, draft, crew)
    except RecursionError as error:
        raise TooLarge(
            "quotes, lists or tables inside one another, deeper than a page can show",
            book.metadata.title,
            "write the EPUB alone, with -t epub",
        ) from error
    if pdfa and not printed.archival:
        raise _not_archival(printed, book)
    if book.vertical:
        printed = replace(printed, findings=(*printed.findings, PrintHorizontal()))
    return replace(printed, data=without_links(printed.data)) if sheet.bound else printed


def _not_archival(printed: Printed, book: Book) -> OutputError:
    unset = next((told for told in printed.findings if isinstance(told, PrintNoGlyph)), None)
    why, remedy = "its style has colours of printers' inks", "use colours of a screen"
    if unset:
        why = f"no font has, or only its own, {named_characters(unset.characters)}"
        remedy = "install a font for that script, or leave out --pdfa"
    return OutputError(f"this book can't be a PDF/A: {why}", book.metadata.title, remedy)


def settled_engine(theme: Theme, engine: Engine, language: str = "") -> Engine:
    """The engine that prints a book: under "auto" Typst, where it is installed, and WeasyPrint for what Typst can't do
    as well, as long as its libraries are there: a theme with a person's own CSS, a language that is written from right
    to left, whose lines Typst tags in the order of their places, and the scripts of India, where a vowel sign that
    Typst draws apart said its letter once more to who copies, searches or listens."""
    if engine != "auto":
        return engine
    if theme.own_css or not has_typst():
        return "weasyprint"
    apart = direction(language) == "rtl" or is_indian(language)
    return "weasyprint" if apart and _has_weasyprint() else "typst"


def _knows_words_alone(printed: Printed, book: Book) -> bool:
    """Whether Typst, which found an installed font, is also the only engine that knows where lines may end: Pango has a
    dictionary of Thai, none of Lao, Khmer, Burmese."""
    unset = any(isinstance(told, PrintNoGlyph) for told in printed.findings)
    return not unset and is_unspaced(book.metadata.language)


def _has_weasyprint() -> bool:
    from converter.writers.pdf.weasy.engine import require_libraries

    try:
        require_libraries()
    except SettingError:
        return False
    return True


def _pages(book: Book, theme: Theme, sheet: PageGeometry, engine: Engine, draft: bool, crew: Crew | None) -> Printed:
    settled = settled_engine(theme, engine, book.metadata.language)
    if settled == "typst":
        from converter.writers.pdf import typst

        printed = typst.print_pages(book, theme, sheet, crew, draft=draft)
        lacking = any(isinstance(told, PrintNoGlyph | PrintInstalledFont) for told in printed.findings)
        if engine != "auto" or not lacking or not _has_weasyprint() or _knows_words_alone(printed, book):
            return printed  # else an installed font may have the letters that ours lack
    from converter.writers.pdf import weasy

    return weasy.print_pages(book, theme, sheet, crew)
