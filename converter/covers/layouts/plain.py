"""Plain: one colour and the words, large; nothing else but a rule."""

from __future__ import annotations

from math import pi

from converter.covers.canvas import Canvas
from converter.covers.colour import contrast
from converter.covers.design import Design, author_line, grand, series_line
from converter.covers.faces import Cut
from converter.covers.sheet import SAFE, Box

TITLE = Cut("Source Serif 4", 500, leading=1.06, tracking=-0.012)
SUBTITLE = Cut("Source Serif 4", 400, italic=True, leading=1.2)
AUTHOR = Cut("Source Serif 4", 400, leading=1.12)
SERIES = Cut("Source Serif 4", 500, leading=1.2)
NUMBER = Cut("Source Serif 4", 600)


def plain(design: Design) -> None:
    """Title flush left from the top, the author right below it in a second colour; series and number at the foot."""
    sheet, palette, words = design.sheet, design.palette, design.words
    bright = design.chance.roll() < 0.4
    ground = palette.paper if bright else palette.mid if contrast(palette.mid, palette.paper) > 4.5 else palette.deep
    ink = palette.deep if bright else palette.paper
    second = palette.mid if bright else palette.soft
    page = sheet.page
    sheet.fill(ground, page)
    left, right, end = page.left + SAFE + 40, page.right - SAFE, page.bottom
    y = page.top + 190
    foot = end - (390 if words.series or words.number else 190)
    if words.title:
        room = Box(left, y, right, foot - 420)
        title = design.setter.fit(words.title, TITLE, room.width, room.height, grand(words.title, 330))
        y = sheet.write("title", title, room, ink, (ground,), across="start", down="start").bottom + 95
    if words.subtitle:
        room = Box(left, y, right - 60, min(y + 260, foot - 200))
        sub = design.setter.fit(words.subtitle, SUBTITLE, room.width, room.height, 84, most=3)
        y = sheet.write("subtitle", sub, room, second, (ground,), across="start", down="start").bottom + 75
    author_line(
        design,
        Box(left, y + 20, right, min(y + 290, foot - 20)),
        second,
        (ground,),
        118,
        AUTHOR,
        across="start",
        down="start",
    )
    with sheet.ink(ink, Box(left, end - 300, right, end - 280)) as canvas:
        canvas.box(left, end - 290, right, end - 283)
    edge = right
    if words.number:
        number = design.setter.fit(words.number, NUMBER, 380, 150, 215, most=1)
        box = sheet.write("number", number, Box(right - 380, end - 250, right, end - 100), ink, (ground,), across="end")
        edge = right - box.width - 70
    elif not words.series:
        with sheet.ink(second, Box(left - 10, end - 260, right, end - 80)) as canvas:
            _device(canvas, design.chance.below(3), left + 70, end - 178)
    series_line(design, Box(left, end - 250, edge, end - 100), second, (ground,), SERIES, 84, across="start")


def _device(canvas: Canvas, kind: int, x: float, y: float) -> None:
    """A small mark, as a press has one."""
    match kind:
        case 0:
            canvas.star(x, y, 66, 8, 0.4)
        case 1:
            canvas.ring(x, y, 64, 8)
            canvas.leaf(x - 32, y + 32, 92, 42, -pi / 4)
        case _:
            canvas.wedge(x, y + 34, 66, 180, 360)
            canvas.box(x - 66, y + 44, x + 66, y + 52)
