"""Grid: a field of quarter circles and their kin, and the words flush left below it."""

from __future__ import annotations

from converter.covers.colour import Colour
from converter.covers.design import SANS_AUTHOR, SANS_NUMBER, SANS_SERIES, Design, author_line, grand, series_line
from converter.covers.faces import Cut
from converter.covers.pen import Pen
from converter.covers.sheet import PAGE, SAFE, Box

TITLE = Cut("Jost", 700, leading=0.98, tracking=-0.01)
SUBTITLE = Cut("Jost", 500, leading=1.15)
CELL = 300


def grid(design: Design) -> None:
    """Five cells across; as many rows as the title leaves room for."""
    sheet, palette, words, dice = design.sheet, design.palette, design.words, design.dice
    dark = dice.roll() < 0.5
    ground = palette.deep if dark else palette.paper
    ink = palette.paper if dark else palette.deep
    second = palette.accent if dark else palette.mid
    sheet.fill(ground, PAGE)
    width = 1500.0 - 2 * SAFE
    title = None
    rows = 6
    foot: int = SAFE + 100 + 80 * bool(words.series)
    if words.title:
        largest = grand(words.title, 265)
        for rows in (5, 4, 3, 2):
            space = 2400 - rows * CELL - 85 - foot - 60 - 130 * bool(words.subtitle)
            title = design.setter.fit(words.title, TITLE, width, space, largest)
            if title.size >= 150 - (5 - rows) * 8:
                break
    colours = (palette.mid, palette.accent, palette.soft, palette.deep if not dark else palette.paper)
    cells = [[(dice.below(7), dice.below(4), dice.below(4)) for _ in range(5)] for _ in range(rows)]
    with_tint = palette.soft if not dark else palette.mid
    for j in range(rows):
        for i in range(5):
            if dice.roll() < 0.3:
                sheet.fill(with_tint, Box(i * CELL, j * CELL, (i + 1) * CELL, (j + 1) * CELL))
    for k, colour in enumerate(colours):
        _cells(design, cells, k, colour if colour != with_tint else palette.accent)
    y = rows * CELL + 85.0
    end = 2400.0 - SAFE
    if title:
        y = sheet.write(
            "title", title, Box(SAFE, y, SAFE + width, y + title.height), ink, (ground,), across="start"
        ).bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, width, 110, 62, most=2)
        sheet.write(
            "subtitle", sub, Box(SAFE, y + 58, SAFE + width, y + 58 + sub.height), second, (ground,), across="start"
        )
    right = SAFE + width
    if words.number:
        number = design.setter.fit(words.number, SANS_NUMBER, 360, 170, 235, most=1)
        room = Box(right - 360, end - 170, right, end)
        box = sheet.write("number", number, room, second, (ground,), across="end", down="end")
        right = right - box.width - 70
    if words.series:
        top = end - (170 if words.author else 60)
        room = Box(SAFE, top, right, top + 60)
        series_line(design, room, second, (ground,), SANS_SERIES, 54, across="start")
    author_line(design, Box(SAFE, end - 90, right, end), ink, (ground,), 86, SANS_AUTHOR, across="start")


def _cells(design: Design, cells: list[list[tuple[int, int, int]]], which: int, colour: Colour) -> None:
    with design.sheet.ink(colour, Box(0, 0, 1500, len(cells) * CELL)) as pen:
        for j, row in enumerate(cells):
            for i, (kind, turn, colour_number) in enumerate(row):
                if colour_number == which:
                    _cell(pen, kind, turn, i * CELL, j * CELL)


def _cell(pen: Pen, kind: int, turn: int, x: float, y: float) -> None:
    cx, cy = x + (CELL if turn in (1, 2) else 0), y + (CELL if turn in (2, 3) else 0)
    start = turn * 90
    match kind:
        case 0 | 1:
            pen.wedge(cx, cy, CELL, start, start + 90)
        case 2:
            pen.disc(x + CELL / 2, y + CELL / 2, CELL / 2)
            pen.disc(x + CELL / 2, y + CELL / 2, CELL / 4.4, 0)
        case 3:
            for k in range(4):
                outer = CELL * (1 - k / 4)
                pen.arc(cx, cy, outer, CELL / 8, start, start + 90)
        case 4:
            pen.wedge(
                x + CELL / 2, y + (CELL if turn % 2 else 0), CELL / 2, 180 if turn % 2 else 0, 360 if turn % 2 else 180
            )
        case 5:
            pen.shape(
                [
                    (cx, cy),
                    (cx + (CELL if turn in (0, 3) else -CELL), cy),
                    (cx, cy + (CELL if turn in (0, 1) else -CELL)),
                ]
            )
        case _:
            for k in range(4):
                pen.box(x, y + k * CELL / 4, x + CELL, y + k * CELL / 4 + CELL / 8)
