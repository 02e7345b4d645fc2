"""Bands: three stripes, the words in the light one."""

from __future__ import annotations

from math import cos, pi, sin

from converter.covers.canvas import Canvas
from converter.covers.design import (
    SANS_AUTHOR,
    SANS_SERIES,
    Design,
    author_height,
    author_line,
    grand,
    number_mark,
    series_line,
)
from converter.covers.faces import Cut
from converter.covers.sheet import Box

TITLE = Cut("Jost", 700, caps=True, tracking=0.03, leading=1.08)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.12)


def bands(design: Design) -> None:
    """Colour, paper, colour. The paper band grows with the title; emblem or number in the lower band."""
    sheet, palette, words, chance = design.sheet, design.palette, design.words, design.chance
    colour = palette.mid if chance.roll() < 0.6 else palette.deep
    other = palette.accent
    page = sheet.page
    sheet.fill(colour, page)
    width = 1210.0
    title = design.setter.fit(words.title, TITLE, width, 980, grand(words.title, 225)) if words.title else None
    sub = design.setter.fit(words.subtitle, SUBTITLE, width, 180, 84, most=2) if words.subtitle else None
    names = author_height(design, width, 110, SANS_AUTHOR) if words.author else 0
    inner = (title.height if title else 0) + (sub.height + 60 if sub else 0) + (90 + names if words.author else 0)
    height = max(inner + 300, 820.0)
    top = max(420.0, 1110 - height * 0.5)
    band = Box(page.left, top, page.right, top + height)
    sheet.fill(palette.paper, band)
    for y in (band.top - 40, band.bottom + 14):
        sheet.fill(other, Box(page.left, y, page.right, y + 26))
    y = top + (height - inner) / 2
    if title:
        y = sheet.write("title", title, Box(145, y, 1355, y + title.height), palette.deep, (palette.paper,)).bottom
    if sub:
        y = sheet.write(
            "subtitle", sub, Box(145, y + 60, 1355, y + 60 + sub.height), palette.deep, (palette.paper,)
        ).bottom
    if words.author:
        author_line(
            design,
            Box(145, y + 90, 1355, y + 90 + names),
            palette.mid,
            (palette.paper,),
            78,
            SANS_AUTHOR,
            down="middle",
        )
    if words.series:
        series_line(design, Box(145, 110, 1355, top - 70), palette.paper, (colour,), SANS_SERIES, 74)
    else:
        with sheet.ink(other, Box(400, 60, 1100, top - 50)) as canvas:
            _flourish(canvas, 750, (110 + top - 70) / 2)
    centre = (band.bottom + 40 + page.bottom) / 2
    radius = min(210.0, (page.bottom - band.bottom - 40) / 2 - 70)
    with sheet.ink(palette.paper, Box(450, centre - 240, 1050, centre + 240)) as canvas:
        if words.number:
            canvas.disc(750, centre, radius)
        else:
            _emblem(canvas, chance.below(4), 750, centre, radius * 0.86)
    if words.number:
        number_mark(design, 750, centre, radius * 0.92, palette.deep, palette.paper)


def _flourish(canvas: Canvas, x: float, y: float) -> None:
    for side in (-1, 1):
        canvas.stroke([(x + side * 40, y), (x + side * 250, y)], 5, 2)
        canvas.disc(x + side * 250, y, 7)
    canvas.star(x, y, 30, 4, 0.35)


def _emblem(canvas: Canvas, kind: int, x: float, y: float, r: float) -> None:
    match kind:
        case 0:
            for i in range(16):
                angle = pi * i / 8
                canvas.leaf(
                    x + r * 0.4 * cos(angle),
                    y + r * 0.4 * sin(angle),
                    r * (0.6 if i % 2 == 0 else 0.42),
                    r * 0.13,
                    angle,
                )
            canvas.disc(x, y, r * 0.3)
        case 1:
            canvas.disc(x, y, r)
            for k in range(4):
                points = [(x + r * (i / 12 - 1.1), y + r * (0.2 * k + 0.1 + 0.06 * sin(i * pi / 3))) for i in range(27)]
                canvas.stroke(points, r * (0.05 + 0.02 * k), tone=0)
        case 2:
            canvas.stroke([(x, y + r), (x, y - r * 0.5)], 9, 5)
            canvas.leaf(x, y - r * 0.35, r * 0.66, r * 0.3, -pi / 2)
            for i in range(4):
                base = y + r * (0.62 - i * 0.3)
                for angle in (-pi / 5, -4 * pi / 5):
                    canvas.leaf(x, base, r * (0.72 - i * 0.08), r * 0.26, angle)
        case _:
            canvas.ring(x, y, r, 9)
            canvas.ring(x, y, r * 0.86, 4)
            canvas.star(x, y, r * 0.74, 8, 0.36)
            canvas.disc(x, y, r * 0.12, 0)
