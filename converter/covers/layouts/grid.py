"""Grid: a field of quarter circles and their kin, and the words flush left below it."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from converter.covers.canvas import Canvas
from converter.covers.colour import Colour
from converter.covers.design import (
    SANS_AUTHOR,
    SANS_NUMBER,
    SANS_SERIES,
    Design,
    author_height,
    author_line,
    grand,
    series_line,
)
from converter.covers.faces import Cut
from converter.covers.palettes import Palette
from converter.covers.sheet import SAFE, Box
from converter.covers.typesetting import TypesetText

TITLE = Cut("Jost", 700, leading=0.98, tracking=-0.01)
SUBTITLE = Cut("Jost", 500, leading=1.15)
CELL = 300


class Inks(NamedTuple):
    """The colours of one cover: its ground, its words, its lesser words, the tint behind some cells, the shapes."""

    ground: Colour
    ink: Colour
    second: Colour
    tint: Colour
    shapes: tuple[Colour, ...]


def grid(design: Design) -> None:
    """Five cells across, more on a wide page; as many rows as the title leaves room for."""
    sheet, words = design.sheet, design.words
    inks = _inks(design.palette, dark=design.chance.roll() < 0.5)
    page = sheet.page
    sheet.fill(inks.ground, page)
    left, width, end = page.left + SAFE, page.width - 2 * SAFE, page.bottom - SAFE
    rows, title = _rows(design)
    _draw_field(design, inks, rows)
    y = page.top + rows * CELL + 85
    grounds = (inks.ground,)
    if title:
        room = Box(left, y, left + width, y + title.height)
        y = sheet.write("title", title, room, inks.ink, grounds, across="start").bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, width, 110, 62, most=2)
        room = Box(left, y + 58, left + width, y + 58 + sub.height)
        sheet.write("subtitle", sub, room, inks.second, grounds, across="start")
    right = left + width
    if words.number:
        number = design.setter.fit(words.number, SANS_NUMBER, 360, 170, 235, most=1)
        room = Box(right - 360, end - 170, right, end)
        box = sheet.write("number", number, room, inks.second, grounds, across="end", down="end")
        right = right - box.width - 70
    names = author_height(design, right - left, 90, SANS_AUTHOR)
    if words.series:
        top = end - (names + 80 if words.author else 60)
        series_line(design, Box(left, top, right, top + 60), inks.second, grounds, SANS_SERIES, 54, across="start")
    author_line(design, Box(left, end - names, right, end), inks.ink, grounds, 86, SANS_AUTHOR, across="start")


def _inks(palette: Palette, *, dark: bool) -> Inks:
    if dark:
        ground, ink, second, tint = palette.deep, palette.paper, palette.accent, palette.mid
    else:
        ground, ink, second, tint = palette.paper, palette.deep, palette.mid, palette.soft
    shapes = (palette.mid, palette.accent, palette.soft, ink)
    seen = tuple(colour if colour != tint else palette.accent for colour in shapes)
    return Inks(ground, ink, second, tint, seen)


def _rows(design: Design) -> tuple[int, TypesetText | None]:
    """How many rows of cells there are, and the title set in what is left; the fewer rows, the smaller it may be."""
    words, page = design.words, design.sheet.page
    more = int((page.height - 2400 + 1) // CELL)
    if not words.title:
        return 6 + more, None
    foot = SAFE + 10 + author_height(design, page.width - 2 * SAFE - 300, 90, SANS_AUTHOR) + 80 * bool(words.series)
    for rows in range(5 + more, 1, -1):
        space = page.height - rows * CELL - 85 - foot - 60 - 130 * bool(words.subtitle)
        title = design.setter.fit(words.title, TITLE, page.width - 2 * SAFE, space, grand(words.title, 265))
        if title.size >= 150 - (5 - rows) * 8:
            break
    return rows, title


def _draw_field(design: Design, inks: Inks, rows: int) -> None:
    """The cells: a shape in each, and the tint behind some."""
    chance, page = design.chance, design.sheet.page
    across = ceil((page.width - 1) / CELL)
    cells = [[(chance.below(7), chance.below(4), chance.below(4)) for _ in range(across)] for _ in range(rows)]
    for j in range(rows):
        for i in range(across):
            if chance.roll() < 0.3:
                x, y = page.left + i * CELL, page.top + j * CELL
                design.sheet.fill(inks.tint, Box(x, y, x + CELL, y + CELL))
    for k, colour in enumerate(inks.shapes):
        _cells(design, cells, k, colour)


def _cells(design: Design, cells: list[list[tuple[int, int, int]]], which: int, colour: Colour) -> None:
    page = design.sheet.page
    with design.sheet.ink(colour, Box(page.left, page.top, page.right, page.top + len(cells) * CELL)) as canvas:
        for j, row in enumerate(cells):
            for i, (kind, turn, colour_number) in enumerate(row):
                if colour_number == which:
                    _cell(canvas, kind, turn, page.left + i * CELL, page.top + j * CELL)


def _cell(canvas: Canvas, kind: int, turn: int, x: float, y: float) -> None:
    cx, cy = x + (CELL if turn in (1, 2) else 0), y + (CELL if turn in (2, 3) else 0)
    start = turn * 90
    match kind:
        case 0 | 1:
            canvas.wedge(cx, cy, CELL, start, start + 90)
        case 2:
            canvas.disc(x + CELL / 2, y + CELL / 2, CELL / 2)
            canvas.disc(x + CELL / 2, y + CELL / 2, CELL / 4.4, 0)
        case 3:
            for k in range(4):
                outer = CELL * (1 - k / 4)
                canvas.arc(cx, cy, outer, CELL / 8, start, start + 90)
        case 4:
            canvas.wedge(
                x + CELL / 2, y + (CELL if turn % 2 else 0), CELL / 2, 180 if turn % 2 else 0, 360 if turn % 2 else 180
            )
        case 5:
            canvas.shape(
                [
                    (cx, cy),
                    (cx + (CELL if turn in (0, 3) else -CELL), cy),
                    (cx, cy + (CELL if turn in (0, 1) else -CELL)),
                ]
            )
        case _:
            for k in range(4):
                canvas.box(x, y + k * CELL / 4, x + CELL, y + k * CELL / 4 + CELL / 8)
