"""Boxes drawn around a heading or a title page: their borders go, what stands in them is marked as a heading."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row
from converter.recognisers.headings.forms import SENTENCE_END, read_form
from converter.recognisers.headings.words import lexicon

LONGEST = 120  # characters of a border
_DRAWN = "[═─━]{4,}"
BORDER = regex(
    rf"([-=~_*^#])\1{{4,}}|[+*#.|'`][-=~_*]{{4,}}[+*#.|'`]|[╔╭┌]{_DRAWN}[╗╮┐]|[╚╰└]{_DRAWN}[╝╯┘]", within=LONGEST
)
SIDES = regex(r"([*|#+│║!:])(?:\s(.*))?\1", within=LONGEST)
HEADING_WORDS = 8  # in a box
MOST_LINES = 5  # in a heading's box, blank ones with them
BANNER_LINES = 16  # of one at the top of the file


def open_boxes(rows: Sequence[Row]) -> tuple[list[Row], set[int]]:
    """The rows without the borders of such boxes, and the numbers of the lines that stood in those of headings.

    A box with sides that holds anything else (a status window, a sign) stays as it is drawn.
    """
    out: list[Row] = []
    marked: set[int] = set()
    i = least = 0  # `least`: the blank lines before the next row: a box parts
    while i < len(rows):
        row = rows[i]._replace(gap=max(rows[i].gap, least)) if least else rows[i]
        inner = _inner(rows, i)
        heads = bool(inner) and _heads(inner) and not _goes_on(rows, i)
        if not inner or not (heads or i == 0):
            out.append(row)
            i, least = i + 1, 0
            continue
        out.append(inner[0]._replace(gap=max(row.gap, 1)))
        out.extend(inner[1:])
        if heads and i:
            marked.add(inner[0].line)
        i, least = _end(rows, i) + 1, 1
    return out, marked


def _heads(inner: Sequence[Row]) -> bool:
    """Whether what stands in a box is worded as a heading: it numbers a chapter, or is one line that tells nothing."""
    text = inner[0].text
    form = read_form(text, lexicon("en"))
    if form is not None and form.shape in ("division", "single", "number", "numbered-title"):
        return True
    return len(inner) == 1 and len(text.split()) <= HEADING_WORDS and ":" not in text and not SENTENCE_END.search(text)


def _goes_on(rows: Sequence[Row], start: int) -> bool:
    """Whether a box is but a part of a larger one: more of its sides stand right above or below it."""
    after = _end(rows, start) + 1
    above = start and not rows[start].gap and SIDES.fullmatch(rows[start - 1].text)
    below = after < len(rows) and not rows[after].gap and SIDES.fullmatch(rows[after].text)
    return bool(above or below)


def _end(rows: Sequence[Row], start: int) -> int:
    """The row with which a box that begins here ends; 0 where none does."""
    if rows[start].text[0].isalnum() or not BORDER.fullmatch(rows[start].text):
        return 0
    most = MOST_LINES if start else BANNER_LINES
    for k in range(start + 1, min(len(rows), start + most + 2)):
        if rows[k].gap:
            return 0
        if BORDER.fullmatch(rows[k].text):
            return k if k > start + 1 else 0
        if not SIDES.fullmatch(rows[k].text):
            return 0
    return 0


def _inner(rows: Sequence[Row], start: int) -> list[Row]:
    """What stands in a box that begins at this row, without its sides; [] where none begins."""
    inner: list[Row] = []
    for row in rows[start + 1 : _end(rows, start)]:
        sides = SIDES.fullmatch(row.text)
        if sides and (text := (sides[2] or "").strip()):
            inner.append(row._replace(text=text, indent=row.indent + row.text.index(text)))
    return inner
