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
    with sheet.ink(foil) as canvas:
        _rules(canvas, sheet.page)
        _rosette(canvas, design, 750, centre, radius)
    if words.number:
        number_mark(design, 750, centre, radius * 0.46, ground, foil)
    y = centre + radius
    if words.series:
        series_line(design, Box(225, y + 40, 1275, y + 150), foil, (ground,), largest=66)
        y += 150
    author_line(design, Box(215, max(y + 30, 1900), 1285, 2150), palette.paper, (ground,), 96)


def _rules(canvas: Canvas, page: Box) -> None:
    outer, inner = page.inset(OUTER), page.inset(INNER)
    x_middle, y_middle = page.middle
    # where the quarter circle begins that rounds each corner inwards, in degrees
    corners = (
        (outer.left, outer.top, 0), (outer.right, outer.top, 90),
        (outer.right, outer.bottom, 180), (outer.left, outer.bottom, 270),
    )  # fmt: skip
    canvas.frame(outer.left, outer.top, outer.right, outer.bottom, 7)
    for x, y, start in corners:
        canvas.wedge(x, y, 98, start, start + 90, 0)
        sx, sy = (1 if x < x_middle else -1), (1 if y < y_middle else -1)
        canvas.box(min(x, x + sx * 98), min(y, y + sy * 8), max(x, x + sx * 98), max(y, y + sy * 8), 0)
        canvas.box(min(x, x + sx * 8), min(y, y + sy * 98), max(x, x + sx * 8), max(y, y + sy * 98), 0)
    canvas.frame(inner.left, inner.top, inner.right, inner.bottom, 3)
    for x, y, start in corners:
        canvas.wedge(x, y, 150, start, start + 90, 0)
        canvas.arc(x, y, 150, 3, start, start + 90)
        canvas.arc(x, y, 102, 7, start, start + 90)
        canvas.star(x + (40 if x < x_middle else -40), y + (40 if y < y_middle else -40), 36, 8, 0.42)


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
