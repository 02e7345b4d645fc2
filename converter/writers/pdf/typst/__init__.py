"""The pages as Typst lays them out, from the tree of `writers/paper.py` and the theme's design (`print.toml`).

In come a `Book`, a `Theme` and the sheet to print on; out comes `Printed`, the same bytes every time. Open this file
first, `print_pages` is all of it in order. `nodes.py`, `runs.py` and `opening.py` make values of the tree, `design.py`
of the theme, `template/` sets both, `press.py` is Typst at work, `finish.py` has the last hand on the PDF's objects.
`numbering.py`, `level.py` and `levelling/` make the feet of pages level, before which `placing.py` has text go round
what doesn't fit; `page_ends.py` holds the words together that pages end with. A long book is printed in chunks
(`chunks.py`), whose PDFs `parts.py` makes ready to be joined. It knows no other engine.
"""

from __future__ import annotations

from converter.document.contracts import Theme
from converter.document.model import Book
from converter.writers.pages import PageGeometry
from converter.writers.pdf.printed import Crew, Printed
from converter.writers.pdf.typst.chunks import by_others
from converter.writers.pdf.typst.level import plan_for
from converter.writers.pdf.typst.press import Press

__all__ = ["Press", "print_pages"]


def print_pages(
    book: Book, theme: Theme, sheet: PageGeometry, crew: Crew | None = None, *, draft: bool = False
) -> Printed:
    """The PDF of a book on this sheet; a `draft` as it comes, its feet are not made level. A long one is printed in
    chunks by the crew, unless Typst has been at work in this process before. Raises SettingError where
    Typst or a font is missing, OutputError, TooLarge, RecursionError for nesting that no page can hold."""
    with Press(book, theme, sheet, marked=not draft) as press:
        if crew and (printed := by_others(press, crew)):
            return printed
        return press.printed(plan_for(press) if press.marked else None)
