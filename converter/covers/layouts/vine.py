"""Vine: climbing leaves left and right of the words."""

from __future__ import annotations

from math import atan2, cos, pi, sin

from converter.covers.canvas import Point, curve
from converter.covers.colour import mix
from converter.covers.design import Design, author_height, author_line, grand, number_mark, series_line
from converter.covers.faces import Cut
from converter.covers.seeded import SeededRandom
from converter.covers.sheet import Box

TITLE = Cut("EB Garamond", 600, leading=1.0)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.12)
CLEARING = 460
"""Half the width, in pixels, of the room between the vines at the height of the words."""

VineLeaf = tuple[float, float, float, float, float]
"""x, y, length, width, direction in radians."""
Berry = tuple[float, float, float]
"""x, y, radius."""


def vine(design: Design) -> None:
    """Stems grow from the foot up both sides and meet above; the words in the clearing."""
    sheet, palette, chance = design.sheet, design.palette, design.chance
    dark = chance.roll() < 0.5
    ground = palette.deep if dark else palette.paper
    ink = palette.paper if dark else palette.deep
    sheet.fill(ground, sheet.page)
    shape = _stem(chance)
    stems = [[(750 + side * x, y) for x, y in shape] for side in (-1, 1)]
    grown = [_grow(chance, stem, side) for stem, side in zip(stems, (-1, 1), strict=True)]
    with sheet.ink(mix(palette.mid, palette.soft, 0.35) if dark else palette.mid) as canvas:
        for stem, (leaves, _) in zip(stems, grown, strict=True):
            canvas.stroke(stem, 16, 5)
            for leaf in leaves:
                canvas.leaf(*leaf)
        for leaves, _ in grown:
            for x, y, long, _wide, angle in leaves:
                ux, uy = long * cos(angle), long * sin(angle)
                canvas.stroke([(x + 0.1 * ux, y + 0.1 * uy), (x + 0.8 * ux, y + 0.8 * uy)], 4, 1.5, 0)
    with sheet.ink(palette.accent) as canvas:
        for _, berries in grown:
            for berry in berries:
                canvas.disc(*berry)
    _words(design, ground, ink)


def _words(design: Design, ground: tuple[int, int, int], ink: tuple[int, int, int]) -> None:
    """Series, title, subtitle, number and author, as one group a little above the middle."""
    sheet, palette, words, setter = design.sheet, design.palette, design.words, design.setter
    left, right = 750.0 - CLEARING, 750.0 + CLEARING
    title = sub = None
    names = author_height(design, right - left - 40, 140)
    rest = 0.0 + 150 * bool(words.series) + 250 * bool(words.number) + (90 + names if words.author else 0)
    if words.subtitle:
        sub = setter.fit(words.subtitle, SUBTITLE, right - left - 60, 170, 78, most=2)
        rest += sub.height + 55
    if words.title:
        title = setter.fit(words.title, TITLE, right - left, 1420 - rest, grand(words.title, 250))
        rest += title.height
    y = 500 + (1420 - rest) * 0.48
    if words.series:
        series_line(design, Box(left + 40, y, right - 40, y + 80), ink, (ground,), largest=58)
        y += 150
    if title:
        y = sheet.write("title", title, Box(left, y, right, y + title.height), ink, (ground,)).bottom
    if sub:
        y = sheet.write("subtitle", sub, Box(left, y + 55, right, y + 55 + sub.height), ink, (ground,)).bottom
    if words.number:
        x, y = 750.0, y + 175
        with sheet.ink(palette.accent, Box(x - 110, y - 110, x + 110, y + 110)) as canvas:
            canvas.disc(x, y, 104)
        number_mark(design, x, y, 100, palette.deep, palette.accent)
        y += 85
    author_line(design, Box(left + 20, y + 80, right - 20, y + 80 + names), ink, (ground,), 80, down="start")


def _stem(chance: SeededRandom) -> list[Point]:
    """Half of the wreath, from the foot to the crown, as offsets from the middle line."""
    sway, crown = chance.between(-25, 25), chance.between(190, 260)
    low = curve((25, 2230), (330, 2280), (678 + sway, 2010), (612, 1600), 40)
    high = curve((612, 1600), (562, 1200), (702 - sway, 800), (610, 450), 40)
    top = curve((610, 450), (545, 250), (290, 150), (62, crown), 30)
    return [*low, *high[1:], *top[1:]]


def _grow(chance: SeededRandom, stem: list[Point], side: int) -> tuple[list[VineLeaf], list[Berry]]:
    """Leaves in pairs along a stem, smaller towards the crown, and berries in threes between them."""
    leaves: list[VineLeaf] = []
    berries: list[Berry] = []
    last = len(stem) - 1
    for i in range(3, last, 3):
        (ax, ay), (x, y), (bx, by) = stem[i - 1], stem[i], stem[i + 1]
        along = atan2(by - ay, bx - ax)
        size = 1.0 - 0.3 * i / last
        for turn in (-1, 1):
            angle = along + turn * chance.between(0.65, 0.95)
            long = chance.between(128, 162) * size
            while long > 40 and abs(x + long * cos(angle) - 750) < CLEARING + 20 and 420 < y < 2050:
                long *= 0.9
            leaves.append((x, y, long, long * 0.42, angle))
        if i % 9 == 3:
            outward = along + side * pi / 2 * chance.choose((-0.9, 0.9))
            for k in (-1, 0, 1):
                reach = 66 if k == 0 else 48
                angle = outward + k * 0.48
                fruit = x + reach * cos(angle), y + reach * sin(angle), 17.0 - 3 * abs(k)
                if abs(fruit[0] - 750) > CLEARING + 25 or not 420 < y < 2050:
                    berries.append(fruit)
    (ax, ay), (x, y) = stem[-2], stem[-1]
    leaves.append((x, y, 110.0, 44.0, atan2(y - ay, x - ax)))
    return leaves, berries
