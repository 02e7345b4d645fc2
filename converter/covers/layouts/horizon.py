"""Horizon: a landscape in layers under a large sun or moon."""

from __future__ import annotations

import itertools
from math import pi, sin

from converter.covers.canvas import Canvas
from converter.covers.colour import Colour, contrast, mix
from converter.covers.design import Design, author_height, author_line, grand, number_mark, series_line
from converter.covers.faces import Cut
from converter.covers.moods import Terrain
from converter.covers.seeded import SeededRandom
from converter.covers.sheet import Box

TITLE = Cut("Literata", 600, leading=1.04)
SUBTITLE = Cut("Literata", 400, italic=True, leading=1.15)
LAYERS = 5
VALLEY = 160
"""How far below its line a ridge may dip."""
RIDGE_HEIGHT: dict[Terrain, int] = {"hills": 70, "peaks": 150, "waves": 20, "pines": 110, "roofs": 190, "dunes": 70}
"""How high, in pixels, the furthest ridge usually rises over its line: a sun with a number stands clear of it."""


def horizon(design: Design) -> None:
    """The title in the sky; the author on the nearest, darkest layer."""
    sheet, palette, words, chance = design.sheet, design.palette, design.words, design.chance
    night = contrast(palette.mid, palette.paper) > 5.5 and chance.roll() < 0.5
    high, low = (palette.deep, mix(palette.mid, palette.deep, 0.25)) if night else (palette.soft, palette.paper)
    ink = palette.paper if night else palette.deep
    page = sheet.page
    sheet.blend((high, mix(high, low, 0.6), low), Box(page.left, page.top, page.right, 1750))
    y = 170.0
    if words.series:
        series_line(design, Box(150, y, 1350, y + 92), ink, (high, low), largest=56, down="start")
        y += 130
    title = None
    if words.title:
        title = design.setter.fit(words.title, TITLE, 1220, 1020 - y + 170, grand(words.title, 250))
        y = sheet.write("title", title, Box(140, y, 1360, y + title.height), ink, (high, low)).bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, 1180, 160, 70, most=2)
        y = sheet.write("subtitle", sub, Box(160, y + 55, 1340, y + 55 + sub.height), ink, (high, low)).bottom
    first = max(1330.0, y + 470)
    radius = min(270.0, (first - y - 150) * 0.5)
    sun_x = 750 + chance.choose((-1, 1)) * chance.between(60, 300)
    sunk = 0.0 if words.number else chance.between(0.2, 0.75)
    sun_y = max(y + 70 + radius * 1.17, first - RIDGE_HEIGHT[design.terrain] - radius * (1.0 - sunk))
    sun = palette.accent
    with sheet.ink(mix(low, sun, 0.3), Box(0, y + 20, 1500, 1900)) as canvas:
        canvas.disc(sun_x, sun_y, radius * 1.17)
    with sheet.ink(sun, Box(0, y + 20, 1500, 1900)) as canvas:
        canvas.disc(sun_x, sun_y, radius)
    if words.number:
        number_mark(design, sun_x, sun_y - radius * 0.06, radius * 0.72, palette.deep, sun)
    step = (1980 - first) / (LAYERS - 1)
    far = mix(low, palette.mid, 0.55) if not night else mix(low, palette.soft, 0.3)
    for i in range(LAYERS):
        share = i / (LAYERS - 1)
        colour = (
            mix(far, palette.deep, share**0.9) if not night else mix(far, mix(palette.deep, (0, 0, 0), 0.45), share)
        )
        _layer(design, colour, first + step * i, i, first + step * (i + 1))
        nearest: Colour = colour
    author_line(
        design, Box(140, 2280 - author_height(design, 1220, 160), 1360, 2280), palette.paper, (nearest,), 92, down="end"
    )


def _layer(design: Design, colour: Colour, y: float, i: int, following: float) -> None:
    """One layer; nothing of it is seen below the deepest valley of the layer that begins at `following`."""
    page = design.sheet.page
    if i == LAYERS - 1:
        following = y
        design.sheet.fill(colour, Box(page.left, y + VALLEY, page.right, page.bottom))
    with design.sheet.ink(colour, Box(page.left, y - 330, page.right, following + VALLEY)) as canvas:
        ridge = RIDGES[design.terrain](design.chance, i, (int(page.left) - 20, int(page.right) + 41))
        outline = [(x, y + h) for x, h in ridge]
        deep = following + VALLEY + 20
        canvas.shape([(outline[0][0], deep), *outline, (outline[-1][0], deep)])
        if design.terrain == "pines":
            _pines(canvas, design.chance, outline, 40 + 34 * i)
        elif design.terrain == "roofs":
            _windows(canvas, design.chance, outline, i)


def _hills(chance: SeededRandom, i: int, ends: tuple[int, int]) -> list[tuple[float, float]]:
    a, b, c = chance.between(0, 6), chance.between(0, 6), chance.between(0.7, 1.2)
    high = 90 - i * 6
    return [(x, high * (sin(x / 330 * c + a) + 0.4 * sin(x / 140 + b))) for x in range(*ends, 12)]


def _dunes(chance: SeededRandom, _i: int, ends: tuple[int, int]) -> list[tuple[float, float]]:
    period, a = chance.between(620, 980), chance.between(0, 900)
    points = []
    for x in range(*ends, 10):
        t = ((x + a) / period) % 1
        rise = t / 0.68 if t < 0.68 else (1 - t) / 0.32
        points.append((float(x), -130 * (rise * rise * (3 - 2 * rise)) + 60 + 12 * sin(x / 90 + a)))
    return points


def _peaks(chance: SeededRandom, i: int, ends: tuple[int, int]) -> list[tuple[float, float]]:
    """Midpoint displacement: each half rises or falls by chance, less at each step."""
    heights = [chance.between(-60, 40) for _ in range(4)]
    reach = 190.0 - 22 * i
    while len(heights) < 190:
        finer = [heights[0]]
        for one, other in itertools.pairwise(heights):
            finer += [(one + other) / 2 + chance.between(-reach, reach) * 0.75, other]
        heights, reach = finer, reach * 0.5
    step = (ends[1] - ends[0] + 19) / (len(heights) - 1)
    return [(ends[0] - 10 + step * k, max(-300, min(150, h))) for k, h in enumerate(heights)]


def _waves(chance: SeededRandom, i: int, ends: tuple[int, int]) -> list[tuple[float, float]]:
    width, shift = 250 + 46 * i, chance.between(0, 300)
    points = []
    for x in range(*ends, 8):
        t = ((x + shift) / width) % 1
        points.append((float(x), -(46 + 10 * i) * abs(sin(pi * t)) ** 0.75 + 30))
    return points


def _roofs(chance: SeededRandom, i: int, ends: tuple[int, int]) -> list[tuple[float, float]]:
    points, x = [], float(ends[0])
    while x < ends[1] - 11:
        width, high = chance.between(70, 150) + 16 * i, -chance.between(20, 270 - 24 * i)
        kind = chance.below(5)
        if kind == 0:
            points += [(x, high), (x + width / 2, high - width * 0.45), (x + width, high)]
        elif kind == 1:
            shape = ((0.0, 0), (0.42, 0), (0.47, 90), (0.53, 90), (0.58, 0), (1.0, 0))
            points += [(x + width * across, high - up) for across, up in shape]
        else:
            points += [(x, high), (x + width, high)]
        x += width
    return points


RIDGES = {"hills": _hills, "peaks": _peaks, "waves": _waves, "pines": _hills, "roofs": _roofs, "dunes": _dunes}


def _pines(canvas: Canvas, chance: SeededRandom, outline: list[tuple[float, float]], high: float) -> None:
    start = outline[0][0]
    x, end = start + 20, outline[-1][0] - 28
    while x < end:
        ground = outline[min(len(outline) - 1, int((x - start) / 12))][1] + 10
        tall = high * chance.between(0.7, 1.5)
        half = tall * 0.2
        for k in range(4):
            top = ground - tall + tall * 0.2 * k
            reach = half * (0.4 + 0.2 * k)
            canvas.shape([(x, top), (x + reach, top + tall * 0.34), (x - reach, top + tall * 0.34)])
        canvas.box(x - tall * 0.02, ground - tall * 0.15, x + tall * 0.02, ground + 12)
        x += tall * chance.between(0.22, 0.6)


def _windows(canvas: Canvas, chance: SeededRandom, outline: list[tuple[float, float]], i: int) -> None:
    """Lit windows are holes: the layer behind shines through."""
    if i == LAYERS - 1 or i == 0:
        return
    for (ax, ay), (bx, by) in itertools.pairwise(outline):
        if ay == by and bx - ax > 60:
            for k in range(int((bx - ax - 30) / 26)):
                for row in range(4):
                    if chance.roll() < 0.3:
                        wx, wy = ax + 22 + k * 26, ay + 26 + row * 38
                        canvas.box(wx, wy, wx + 11, wy + 18, 0)
