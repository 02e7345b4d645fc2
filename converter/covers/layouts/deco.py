"""Deco: a rising fan of rays in stepped frames, as on a theatre of the nineteen-twenties."""

from __future__ import annotations

from itertools import product
from math import cos, pi, sin

from converter.covers.colour import mix
from converter.covers.design import SANS_AUTHOR, SANS_SERIES, Design, author_line, grand, number_mark, series_line
from converter.covers.faces import Cut
from converter.covers.sheet import Box

TITLE = Cut("Jost", 500, caps=True, tracking=0.09, leading=1.14)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.15)


def deco(design: Design) -> None:
    """Title above in capitals; below it a half sun, its rays doubled in metal."""
    sheet, palette, words, chance = design.sheet, design.palette, design.words, design.chance
    ground, metal = palette.deep, palette.accent
    sheet.fill(ground, sheet.page)
    y = 330.0
    title = design.setter.fit(words.title, TITLE, 1080, 860, grand(words.title, 205)) if words.title else None
    sub = design.setter.fit(words.subtitle, SUBTITLE, 1060, 150, 74, most=2) if words.subtitle else None
    need = (title.height if title else 0) + (sub.height + 60 if sub else 0) + (130 if words.series else 0)
    base = 1990.0
    top = max(y + need + 130, 1060.0)
    radius = min(base - top, 605.0)
    y += (top - 130 - y - need) * 0.42
    _sun(design, base, radius, chance.choose((9, 11, 13)))
    _frames(design, base)
    if words.series:
        series_line(design, Box(200, y, 1300, y + 92), metal, (ground,), SANS_SERIES, 54, down="start")
        y += 130
    if title:
        y = sheet.write("title", title, Box(210, y, 1290, y + title.height), palette.paper, (ground,)).bottom
    if sub:
        sheet.write("subtitle", sub, Box(220, y + 55, 1280, y + 55 + sub.height), metal, (ground,))
    if words.number:
        number_mark(design, 750, base - 116, 138, ground, metal)
    author_line(design, Box(200, base + 60, 1300, 2250), palette.paper, (ground,), 86, SANS_AUTHOR, down="middle")


def _sun(design: Design, base: float, radius: float, rays: int) -> None:
    """Half a sun on the line `base`: every other ray a shade lighter, each edge a double stroke, a disc at its end."""
    sheet, palette = design.sheet, design.palette
    area = Box(100, 0, 1400, base)
    with sheet.ink(mix(palette.deep, palette.mid, 0.75), area) as canvas:
        for i in range(0, rays, 2):
            start = 180 + 180 * i / rays
            canvas.wedge(750, base, radius, start, start + 180 / rays)
    with sheet.ink(palette.accent, area) as canvas:
        for i in range(rays + 1):
            for side in (-0.008, 0.008):
                angle = pi + pi * i / rays + side
                inner = (750 + 300 * cos(angle), base + 300 * sin(angle))
                canvas.stroke([inner, (750 + radius * cos(angle), base + radius * sin(angle))], 4)
        for share, width in ((1.0, 8), (0.975, 3)):
            canvas.arc(750, base, radius * share, width, 180, 360)
        canvas.wedge(750, base, 300, 180, 360)
        canvas.wedge(750, base, 272, 180, 360, 0)
        canvas.wedge(750, base, 256, 180, 360)
        for i in range(rays):
            angle = pi + pi * (i + 0.5) / rays
            canvas.disc(750 + radius * 0.9 * cos(angle), base + radius * 0.9 * sin(angle), radius * 0.022)


def _frames(design: Design, base: float) -> None:
    """Three frames around the page, a double line below the sun, steps in the four corners above it."""
    page = design.sheet.page
    left, top, right = page.left + 120, page.top + 120, page.right - 120
    sheet, metal = design.sheet, design.palette.accent
    for k, width in ((80, 9), (106, 3), (120, 3)):
        sheet.frame(metal, page.inset(k), width)
    sheet.fill(metal, Box(left, base, right, base + 8))
    sheet.fill(metal, Box(left, base + 20, right, base + 23))
    corners = product(((left, 1), (right, -1)), ((top, 1), (base, -1)))
    for ((x, across), (y, down)), k in product(corners, range(3)):
        sides = sorted((x, x + across * (96 - 30 * k)))
        ends = sorted((y + down * 16 * k, y + down * (16 * k + 5)))
        sheet.fill(metal, Box(sides[0], ends[0], sides[1], ends[1]))
