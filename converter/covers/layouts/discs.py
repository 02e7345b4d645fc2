"""Discs: two large circles that overlap like inks on a poster, and a quiet sans."""

from __future__ import annotations

from math import acos, atan2, cos, hypot, pi, sin

from converter.covers.canvas import Point
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
from converter.covers.seeded import SeededRandom
from converter.covers.sheet import SAFE, Box, Sheet

TITLE = Cut("Jost", 600, leading=1.0, tracking=-0.008)
SUBTITLE = Cut("Jost", 400, leading=1.15)


def discs(design: Design) -> None:
    """Author, series and title above on a light ground; large circles below, darker where they cross."""
    sheet, palette, words = design.sheet, design.palette, design.words
    ground, ink = palette.paper, palette.deep
    page = sheet.page
    sheet.fill(ground, page)
    left, right = page.left + SAFE, page.right - SAFE
    y, edge = page.top + 140, right
    if words.number:
        number = design.setter.fit(words.number, SANS_NUMBER, 360, 170, 235, most=1)
        room = Box(right - 360, y, right, y + 170)
        box = sheet.write("number", number, room, palette.mid, (ground,), across="end", down="start")
        edge = right - box.width - 70
    names = author_height(design, edge - left, 100, SANS_AUTHOR)
    author_line(design, Box(left, y, edge, y + names), ink, (ground,), 86, SANS_AUTHOR, across="start", down="start")
    if words.series:
        top = y + (names + 25 if words.author else 0)
        room = Box(left, top, edge, top + 84)
        series_line(design, room, palette.mid, (ground,), SANS_SERIES, 50, across="start", down="start")
        y += 80
    y += names + 80 if words.author or words.number else 40
    if words.title:
        title = design.setter.fit(words.title, TITLE, right - left, 1120, grand(words.title, 285))
        room = Box(left, y, right, y + title.height)
        y = sheet.write("title", title, room, ink, (ground,), across="start").bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, right - left, 170, 74, most=2)
        room = Box(left, y + 50, right, y + 50 + sub.height)
        y = sheet.write("subtitle", sub, room, ink, (ground,), across="start").bottom
    area = Box(page.left, min(y + 80, page.bottom - 650), page.right, page.bottom)
    _circles(sheet, design.chance, (palette.accent, palette.mid, palette.deep), area)


def _circles(sheet: Sheet, chance: SeededRandom, colours: tuple[Colour, Colour, Colour], box: Box) -> None:
    """Two circles and the lens where they cross, then rings. They touch the box's top and may leave the page below."""
    first, second, both = colours
    radius = min(box.height * 0.52, 590.0)
    lean = chance.choose((-1, 1))
    across, down = radius * chance.between(0.42, 0.6), radius * chance.between(0.3, 0.5)
    y = box.top + radius
    one, other = (750 - lean * across, y), (750 + lean * across, y + down)
    with sheet.ink(first, box) as canvas:
        canvas.disc(*one, radius)
    with sheet.ink(second, box) as canvas:
        canvas.disc(*other, radius)
    with sheet.ink(both, box) as canvas:
        canvas.shape(_lens(one, other, radius))
        for i in range(3 + chance.below(3)):
            canvas.ring(*other, radius * (1.05 + 0.045 * i), 4)


def _lens(one: Point, other: Point, radius: float) -> list[Point]:
    """The outline of what two circles of one radius share."""
    (ax, ay), (bx, by) = one, other
    half, along = acos(min(1.0, hypot(bx - ax, by - ay) / 2 / radius)), atan2(by - ay, bx - ax)
    points = []
    for (x, y), middle in ((one, along), (other, along + pi)):
        for t in range(-40, 41):
            angle = middle + half * t / 40
            points.append((x + radius * cos(angle), y + radius * sin(angle)))
    return points
