"""Frame: cloth binding with a foil frame, a rosette, and capitals."""

from __future__ import annotations

from math import cos, pi, sin

from converter.covers.canvas import Canvas
from converter.covers.colour import mix
from converter.covers.design import Design, author_line, grand, number_mark, series_line
from converter.covers.faces import Cut
from converter.covers.sheet import Box

TITLE = Cut("EB Garamond", 500, caps=True, tracking=0.05, leading=1.14)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.15)
OUTER, INNER = 84, 112
"""Of the two rules, from the page's edge."""


def frame(design: Design) -> None:
    """Deep ground, two thin rules with turned corners; the title above, a rosette (or the number) below it."""
    sheet, palette, words = design.sheet, design.palette, design.words
    ground, foil = palette.deep, palette.accent
    sheet.fill(ground, sheet.page)
    radius = 250.0
    title = sub = None
    if words.title:
        title = design.setter.fit(words.title, TITLE, 1120, 960, grand(words.title, 225))
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, 1010, 170, 80, most=2)
    used = (title.height if title else 0) + (sub.height + 65 if sub else 0)
    centre = max(1440.0, 250 + used + 110 + radius) if words.title else 1150.0
    y = 210 + (centre - radius - 210 - used) * 0.52
    if title:
        y = sheet.write("title", title, Box(190, y, 1310, y + title.height), palette.paper, (ground,)).bottom
    if sub:
        sheet.write("subtitle", sub, Box(245, y + 65, 1255, y + 65 + sub.height), foil, (ground,))
    around = Box(750 - radius - 10, centre - radius - 10, 750 + radius + 10, centre + radius + 10)
    with sheet.ink(mix(ground, foil, 0.14), around) as canvas:
        canvas.disc(750, centre, radius * 0.9)
    _rules(design)
    with sheet.ink(foil, around) as canvas:
        _rosette(canvas, design, 750, centre, radius)
    if words.number:
        number_mark(design, 750, centre, radius * 0.46, ground, foil)
    y = centre + radius
    if words.series:
        series_line(design, Box(225, y + 40, 1275, y + 150), foil, (ground,), largest=66)
        y += 150
    author_line(design, Box(215, max(y + 30, 1900), 1285, 2150), palette.paper, (ground,), 96)


def _rules(design: Design) -> None:
    """Two rules round the page; quarter circles round their corners inwards, with a star in each."""
    sheet, ground, foil = design.sheet, design.palette.deep, design.palette.accent
    outer = sheet.page.inset(OUTER)
    sheet.frame(foil, outer, 7)
    sheet.frame(foil, sheet.page.inset(INNER), 3)
    x_middle, y_middle = sheet.page.middle
    # where the quarter circle of each corner begins, in degrees
    for x, y, start in (
        (outer.left, outer.top, 0), (outer.right, outer.top, 90),
        (outer.right, outer.bottom, 180), (outer.left, outer.bottom, 270),
    ):  # fmt: skip
        corner = Box(x - 160, y - 160, x + 160, y + 160)
        with sheet.ink(ground, corner) as canvas:
            canvas.wedge(x, y, 150, start, start + 90)
            canvas.box(x - 8, y - 8, x + 8, y + 8)
            canvas.box(min(x, x + 98 * _sign(x_middle - x)), y - 8, max(x, x + 98 * _sign(x_middle - x)), y + 8)
            canvas.box(x - 8, min(y, y + 98 * _sign(y_middle - y)), x + 8, max(y, y + 98 * _sign(y_middle - y)))
        with sheet.ink(foil, corner) as canvas:
            for radius, width in ((150, 3), (102, 7)):
                canvas.arc(x, y, radius, width, start, start + 90)
            canvas.star(x + 40 * _sign(x_middle - x), y + 40 * _sign(y_middle - y), 36, 8, 0.42)


def _sign(number: float) -> int:
    return 1 if number > 0 else -1


def _rosette(canvas: Canvas, design: Design, x: float, y: float, radius: float) -> None:
    petals = design.chance.choose((8, 10, 12, 16))
    canvas.ring(x, y, radius, 4)
    canvas.ring(x, y, radius * 0.95, 9)
    for i in range(petals * 2):
        angle = pi * i / petals
        reach, wide = (0.84, 0.15) if i % 2 == 0 else (0.68, 0.08)
        start = 0.52 * radius
        canvas.leaf(x + start * cos(angle), y + start * sin(angle), reach * radius - start, wide * radius, angle)
        if i % 2:
            canvas.disc(x + radius * 0.84 * cos(angle), y + radius * 0.84 * sin(angle), radius * 0.025)
    canvas.ring(x, y, radius * 0.5, 5)
    if design.words.number:
        canvas.disc(x, y, radius * 0.46)
    else:
        canvas.star(x, y, radius * 0.42, petals, 0.45)
        canvas.disc(x, y, radius * 0.13, 0)
        canvas.disc(x, y, radius * 0.06)
