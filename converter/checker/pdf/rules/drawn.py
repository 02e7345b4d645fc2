"""Faults that are seen on one page alone: missing glyphs, text that will be cut off, text printed over other text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw, quoted
from converter.checker.pdf.lines import CAP, GAP, UNSEEN, Line
from converter.checker.pdf.opened import MOST_GLYPHS, Glyph, Sheet
from converter.document.patterns import regex

OVER_EDGE = 1.0  # points: a box may be larger than what is seen of its glyph
TALL = 0.42  # of the type size: the small letters, which every glyph of a line covers some of
CORE = 0.6  # of a glyph's width: its middle; kerning and slanted type overlap at their ends
TWICE = 0.12  # of the type size: the same sign so near is one printed twice, to make it bold
ROWS_COMPARED = 4  # so many rows below one may be nearer than letters are tall
EXACTLY = 0.01  # points
FEWEST_OVER = 2  # glyphs: one alone may be an accent that was set by hand
SPECIMENS = 24  # signs that a message quotes
SIMPLE = ("LATIN", "GREEK", "CYRILLIC", "DIGIT")  # scripts whose letters stand beside one another, by their names
NUMBERED = regex(r"(?:.*[\s.·…])?([0-9]{1,5})\s*\Z", within=400)
TOUCHING = regex(r".*[^\W\d_]([0-9]{1,5})\s*\Z", within=400)
ALIGNED = 1.5  # points: numbers of a column end so near to one another
FEWEST_ENTRIES = 3  # of a page of contents


def drawn_rules(sheet: Sheet, rows: Sequence[Sequence[Glyph]], lines: Sequence[Line]) -> Iterator[PdfFlaw]:
    """The faults of one page: of its glyphs, of the rows that they stand in, of its lines."""
    page = sheet.number
    if sheet.crowded:
        yield pdf_flaw(
            page, "page-too-full", f"it has more than {MOST_GLYPHS:,} characters; the rest was not looked at"
        )
    missing = [g for g in sheet.glyphs if g.missing]
    if missing:
        signs = " ".join(dict.fromkeys(_named(g.sign) for g in missing))
        yield pdf_flaw(page, "glyph-missing", f"{len(missing)} without a glyph: {quoted(signs)}")
    outside = [g for g in sheet.glyphs if _is_seen(g) and _is_outside(g, sheet.box)]
    if outside:
        yield pdf_flaw(page, "text-outside", f"text beyond the page's edge: {_specimen(outside)}")
    over = _overprinted(rows)
    if len(over) >= FEWEST_OVER:
        yield pdf_flaw(page, "text-overprinted", f"text stands over other text: {_specimen(over)}")
    yield from _touching(page, lines)


def _named(sign: str) -> str:
    code = f"U+{ord(sign[0]):04X}"
    return f"{sign} ({code})" if sign.isprintable() and sign != "\ufffd" else code


def _specimen(glyphs: Iterable[Glyph]) -> str:
    return quoted("".join(g.sign for g in glyphs), SPECIMENS)


def _is_seen(glyph: Glyph) -> bool:
    return bool(glyph.sign.strip()) and glyph.sign not in UNSEEN and glyph.right > glyph.left


def _is_outside(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return (
        glyph.left < left - OVER_EDGE
        or glyph.right > right + OVER_EDGE
        or glyph.y > bottom + OVER_EDGE
        or glyph.y - TALL * glyph.size < top - OVER_EDGE
    )


def _overprinted(rows: Sequence[Sequence[Glyph]]) -> list[Glyph]:
    """Glyphs whose cores lie over those of others: of the same row, or of rows that are nearer than letters are tall.

    Each is compared with its neighbours alone, and a row with the few below it: linear.
    """
    letters = [[g for g in row if g.sign[0].isalnum() and g.right > g.left] for row in rows]
    over: list[Glyph] = []
    for i, row in enumerate(letters):
        over.extend(b for a, b in pairwise(sorted(row, key=itemgetter(2))) if a.right > b.left and _lies_over(b, a))
        for other in letters[i + 1 : i + 1 + ROWS_COMPARED]:
            if not row or not other or other[0].y - row[-1].y > TALL * max(other[0].size, row[-1].size):
                break
            both = sorted((*row, *other), key=itemgetter(2))
            over.extend(b for a, b in pairwise(both) if a.right > b.left and _apart(a, b) and _lies_over(b, a))
    return over


def _apart(one: Glyph, other: Glyph) -> bool:
    return abs(one.y - other.y) > EXACTLY


def _lies_over(one: Glyph, other: Glyph) -> bool:
    if one.run == other.run and not (_is_simple(one.sign) and _is_simple(other.sign)):
        return False  # the letters of some scripts lie under one another
    if min(one.y, other.y) <= max(one.y - TALL * one.size, other.y - TALL * other.size):
        return False
    if min(_core(one)[1], _core(other)[1]) <= max(_core(one)[0], _core(other)[0]):
        return False
    near = TWICE * one.size
    twice = one.sign == other.sign and abs(one.left - other.left) < near and abs(one.y - other.y) < near
    return not twice


def _core(glyph: Glyph) -> tuple[float, float]:
    middle, half = (glyph.left + glyph.right) / 2, (glyph.right - glyph.left) / 2 * CORE
    return middle - half, middle + half


def _is_simple(sign: str) -> bool:
    return sign < "\u0250" or unicodedata.name(sign[0], "").startswith(SIMPLE)


def _touching(page: int, lines: Sequence[Line]) -> Iterator[PdfFlaw]:
    """On a page of contents, titles that run into their numbers."""
    ends = sorted(line.right for line in lines if NUMBERED.match(line.text) and _stands_apart(line))
    if len(ends) < FEWEST_ENTRIES:
        return
    column = ends[len(ends) // 2]
    if sum(abs(end - column) < ALIGNED for end in ends) < FEWEST_ENTRIES:
        return
    for line in lines:
        if abs(line.right - column) < ALIGNED and TOUCHING.match(line.text):
            yield pdf_flaw(page, "contents-touching", f"the page's number touches the title: {quoted(line.text)}")


def _stands_apart(line: Line) -> bool:
    return len(line.text) <= 5 or any(gap > CAP * GAP * 4 * line.size for gap in line.gaps) or "." in line.text
