"""Vine: climbing leaves on paper, left and right of the words."""

from __future__ import annotations

from math import atan2, cos, pi, sin

from converter.covers.colour import mix
from converter.covers.design import Design, author_line, number_mark, series_line
from converter.covers.dice import Dice
from converter.covers.faces import Cut
from converter.covers.pen import Point, curve
from converter.covers.sheet import PAGE, Box

TITLE = Cut("EB Garamond", 600, leading=1.02)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.12)


def vine(design: Design) -> None:
    """Stems grow from the foot up both sides and meet above; the words in the clearing."""
    sheet, palette, words, dice = design.sheet, design.palette, design.words, design.dice
    dark = dice.roll() < 0.5
    ground = palette.deep if dark else palette.paper
    ink = palette.paper if dark else palette.deep
    leaf = mix(palette.mid, palette.soft, 0.35) if dark else palette.mid
    berry = palette.accent
    sheet.fill(ground, PAGE)
    flip = dice.roll() < 0.5
    stems = [_stem(dice, flip), _stem(dice, flip)]
    twigs, fruits = [], []
    for side, stem in zip((-1, 1), stems, strict=True):
        placed = [(750 + side * x, y) for x, y in stem]
        t, f = _grow(dice, placed, side)
        twigs.append((placed, t))
        fruits += f
    with sheet.ink(leaf) as pen:
        for placed, grown in twigs:
            pen.stroke(placed, 15, 4)
            for x, y, long, wide, angle in grown:
                pen.leaf(x, y, long, wide, angle)
    with sheet.ink(ground) as pen:
        for _, grown in twigs:
            for x, y, long, _wide, angle in grown:
                pen.stroke(
                    [
                        (x + long * 0.12 * cos(angle), y + long * 0.12 * sin(angle)),
                        (x + long * 0.8 * cos(angle), y + long * 0.8 * sin(angle)),
                    ],
                    3,
                    1.5,
                )
    with sheet.ink(berry) as pen:
        for x, y, r in fruits:
            pen.disc(x, y, r)
    y = 520.0
    left, right = 330.0, 1170.0
    if words.series:
        series_line(design, Box(left + 20, y, right - 20, y + 70), ink, (ground,), largest=52, down="start")
        y += 130
    end = 1750.0
    if words.title:
        most = end - y - (180 if words.subtitle else 0) - (190 if words.author else 0) - (190 if words.number else 0)
        title = design.setter.fit(words.title, TITLE, right - left, most, 330 if len(words.title) < 6 else 230)
        used = title.height + (180 if words.subtitle else 0) + (190 if words.author else 0)
        y = max(y, y + (end - y - used) * 0.3 - (60 if words.number else 0))
        y = sheet.write("title", title, Box(left, y, right, y + title.height), ink, (ground,)).bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, right - left, 150, 70, most=2)
        y = sheet.write("subtitle", sub, Box(left, y + 45, right, y + 45 + sub.height), ink, (ground,)).bottom
    if words.number:
        with sheet.ink(berry, Box(600, y, 900, y + 300), 3) as pen:
            pen.disc(750, y + 150, 88)
        number_mark(design, 750, y + 150, 84, palette.deep, berry)
        y += 190
    author_line(design, Box(left, y + 90, right, y + 230), ink, (ground,), 72, down="start")


def _stem(dice: Dice, flip: bool) -> list[Point]:
    """Half of the wreath, from the foot to the crown, as offsets from the middle line."""
    sway = dice.between(-40, 40)
    low = curve((20, 2190), (330, 2240), (640 + sway, 1990), (585, 1600), 40)
    high = curve((585, 1600), (520, 1180), (700 - sway, 820), (560, 470), 40)
    crown = curve((560, 470), (490, 280), (260, 190), (60, 250 if flip else 210), 30)
    return [*low, *high[1:], *crown[1:]]


def _grow(
    dice: Dice, stem: list[Point], side: int
) -> tuple[list[tuple[float, float, float, float, float]], list[tuple[float, float, float]]]:
    """Leaves on both sides of a stem, each (x, y, length, width, direction), and berries (x, y, radius)."""
    leaves, berries = [], []
    count = len(stem)
    for i in range(3, count - 1, 3):
        (ax, ay), (x, y), (bx, by) = stem[i - 1], stem[i], stem[i + 1 if i + 1 < count else i]
        along = atan2(by - ay, bx - ax)
        size = 1.0 - 0.35 * i / count
        for turn in (-1, 1):
            angle = along + turn * dice.between(0.65, 0.95)
            long = dice.between(118, 150) * size
            tip = x + long * 1.1 * cos(angle)
            inward = abs(tip - 750)
            if inward < 430 and 440 < y < 2040:
                long *= 0.55
            leaves.append((x, y, long, long * 0.4, angle))
        if i % 9 == 3:
            angle = along + side * pi / 2 * dice.choose((-1, 1)) * 0.9
            for k in range(3):
                a = angle + (k - 1) * 0.4
                reach = 62 if k == 1 else 46
                berries.append((x + reach * cos(a), y + reach * sin(a), 15.0 - 3 * abs(k - 1)))
    leaves.append((*stem[-1], 110.0, 42.0, atan2(stem[-1][1] - stem[-2][1], stem[-1][0] - stem[-2][0])))
    return leaves, berries
