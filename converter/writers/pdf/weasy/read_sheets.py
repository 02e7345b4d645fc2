"""Style sheets as WeasyPrint has read them: one of a theme is read once for all books of a process.

To read it takes as long as to lay out twenty pages, and a book is laid out more than once. A sheet that was read is not
changed by what is laid out by it, and may serve any book that it brings nothing of its own for: no fonts, no files.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from converter.document.patterns import regex
from converter.writers.pdf.weasy.engine import THEME

KEPT = 16  # sheets, of two megabytes at most as they come with the program
_OF_ONE_BOOK = regex(r"@(?!page\b|(?:top|bottom|left|right)-|footnote\b|media\b)")
"""A rule that may bring something along, a font or another sheet, or give a name that holds in one document."""


def read_sheet(css: str, fetcher: Any, fonts: Any) -> Any:
    """WeasyPrint's `CSS` of a sheet. What the sheet asks for comes from the `fetcher`, its fonts join `fonts`."""
    if not _OF_ONE_BOOK.search(css):
        return _kept(css)
    from weasyprint import CSS

    return CSS(string=css, base_url=THEME, url_fetcher=fetcher, font_config=fonts)


@lru_cache(maxsize=KEPT)
def _kept(css: str) -> Any:
    from weasyprint import CSS

    return CSS(string=css, base_url=THEME)
