"""What a design wants whole and half a page can't hold may be parted: a box, something typed, a stanza, a table's row.

Kept whole it would leave the page before it empty, or a heading alone on it. In come the story's elements as they are
to be printed; those that may be parted get the class `parted`, for both engines. A table may always be parted but for
a small one, which gets the class `whole`.
"""

from __future__ import annotations

from lxml import etree

from converter.document.contracts import Theme
from converter.writers.pages import POINT, PageGeometry, type_size

LETTER = 0.445  # of the type size: the width of a letter with the spaces between words
MOST = 0.5  # of a page
LONGEST_STANZA = 12  # lines
LINES = ("p", "li", "hr")
BOXED = ("blockquote", "aside")
SMALL_TABLE = 8  # lines


def page_in_lines(theme: Theme, page: PageGeometry) -> tuple[float, float]:
    """How many lines of text a page of this theme has, and how many characters a line, about."""
    size = type_size(theme, page)
    rows = (page.height - page.top - page.bottom) / POINT / (size * float(theme.settings.get("leading", "1.36")))
    return rows, (page.width - page.inner - page.outer) / POINT / (size * LETTER)


def let_part(story: etree._Element, theme: Theme, page: PageGeometry) -> None:
    """Says of all in these chapters that may be parted that it may."""
    rows, line = page_in_lines(theme, page)
    for e in story.iter(*BOXED, "pre", "p", "tr"):
        names = (e.get("class") or "").split()
        if (e.tag != "p" or "stanza" in names) and _is_high(e, line, rows * MOST):
            e.set("class", " ".join([*names, "parted"]))
    for table in story.iterfind("section/table"):
        columns = max((len(row) for row in table.iter("tr")), default=1)
        if (
            sum(max((_rows(cell, line / columns) for cell in row), default=1) for row in table.iter("tr"))
            <= SMALL_TABLE
        ):
            table.set("class", f"{table.get('class') or ''} whole".strip())


def _is_high(e: etree._Element, line: float, most: float) -> bool:
    if e.tag == "p":
        return len(e) > min(LONGEST_STANZA, most)
    if e.tag == "pre":
        return len("".join(e.itertext()).split("\n")) > most
    if e.tag == "tr":
        return max((_rows(cell, line / len(e)) for cell in e), default=0) > most
    return _rows(e, line) > most


def _rows(e: etree._Element, line: float) -> float:
    verse = sum("line" in (span.get("class") or "").split() for span in e.iter("span"))
    texts = list(e.iter(*LINES)) or [e]
    return verse + sum(1 + len("".join(text.itertext())) // line for text in texts)
