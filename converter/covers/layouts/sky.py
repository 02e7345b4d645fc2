"""Sky: stars, a constellation, and the circles of an old star chart."""

from __future__ import annotations

import itertools
from math import cos, hypot, pi, sin

from converter.covers.colour import mix
from converter.covers.design import Design, author_line, grand, number_mark, series_line
from converter.covers.dice import Dice
from converter.covers.faces import Cut
from converter.covers.sheet import PAGE, Box

TITLE = Cut("EB Garamond", 500, caps=True, tracking=0.05, leading=1.12)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.15)

SMALLEST_CHART = 330
"""Radius in pixels; where a long title leaves less, the chart rises over the page's edge instead."""


def sky(design: Design) -> None:
    """Star chart above, title below the middle, author at the foot."""
    sheet, palette, words, dice = design.sheet, design.palette, design.words, design.dice
    low = mix(palette.deep, palette.mid, 0.55)
    dark = mix(palette.deep, (0, 0, 0), 0.25)
    sheet.blend((dark, palette.deep, low), PAGE)
    foot = 2270.0
    width = 1250.0
    title = None
    need = 0.0
    if words.title:
        title = design.setter.fit(words.title, TITLE, width, 950, grand(words.title, 205))
        need += title.height
    sub = design.setter.fit(words.subtitle, SUBTITLE, 1150, 170, 78, most=2) if words.subtitle else None
    need += sub.height + 60 if sub else 0
    need += 130 if words.series else 0
    top = min(1330.0, foot - 300 - need)
    radius = min(560.0, (top - 170) / 2)
    cy = top - 60 - radius
    if radius < SMALLEST_CHART:
        radius = 560.0
        cy = max(270.0, top - 60 - radius)
        radius = top - 60 - cy
    cx = 750.0
    line = mix(palette.deep, palette.accent, 0.55)
    area = Box(0, 0, 1500, top - 10)
    with sheet.ink(line, area) as pen:
        for share in (1.0, 0.965, 0.7, 0.4):
            pen.ring(cx, cy, radius * share, 3 if share != 1.0 else 5)
        for i in range(72):
            angle = pi * i / 36
            inner = 0.93 if i % 6 == 0 else 0.95
            pen.stroke([
                (cx + radius * inner * cos(angle), cy + radius * inner * sin(angle)),
                (cx + radius * 0.965 * cos(angle), cy + radius * 0.965 * sin(angle)),
            ], 3)  # fmt: skip
        for i in range(12):
            angle = pi * i / 6 + 0.26
            pen.stroke([
                (cx + radius * 0.4 * cos(angle), cy + radius * 0.4 * sin(angle)),
                (cx + radius * 0.93 * cos(angle), cy + radius * 0.93 * sin(angle)),
            ], 2)  # fmt: skip
    with sheet.ink(mix(palette.deep, palette.soft, 0.75)) as pen:
        for _ in range(170):
            x, y = dice.between(0, 1500), dice.between(0, top - 20)
            pen.disc(x, y, dice.choose((2.0, 2.5, 3.0, 4.5)))
        for _ in range(26):
            x, y = dice.between(0, 1500), dice.between(foot - 190, 2400)
            pen.disc(x, y, dice.choose((2.0, 2.5, 3.0)))
    figure = _figure(dice, cx, cy, radius * 0.9)
    with sheet.ink(palette.paper, area, 3) as pen:
        for one, other in itertools.pairwise(figure):
            pen.stroke([one, other], 3.5)
        for x, y in figure:
            pen.disc(x, y, 11)
    with sheet.ink(palette.accent, area, 3) as pen:
        for k, (x, y) in enumerate(figure):
            if k % 2 == 0:
                pen.star(x, y, 42 if k else 58, 4, 0.22)
        if words.number:
            pen.disc(cx, cy, radius * 0.27)
    if words.number:
        number_mark(design, cx, cy, radius * 0.25, palette.deep, palette.accent)
    y = top
    grounds = (dark, palette.deep, low)
    if words.series:
        series_line(design, Box(125, y, 1375, y + 92), palette.accent, grounds, largest=60, down="start")
        y += 130
    if title:
        y = sheet.write("title", title, Box(125, y, 1375, y + title.height), palette.paper, grounds).bottom
    if sub:
        sheet.write("subtitle", sub, Box(175, y + 55, 1325, y + 55 + sub.height), palette.soft, grounds)
    author_line(design, Box(150, foot - 150, 1350, foot), palette.accent, grounds, 88)


def _figure(dice: Dice, cx: float, cy: float, radius: float) -> list[tuple[float, float]]:
    """A constellation: points round the circle, not too near each other and none in the middle."""
    turn, count = dice.between(0, 2 * pi), 7 + dice.below(3)
    points: list[tuple[float, float]] = []
    for i in range(count):
        angle = turn + 2 * pi * (i + dice.between(-0.25, 0.25)) / count * 0.86
        reach = radius * dice.between(0.42, 0.88)
        point = (cx + reach * cos(angle), cy + reach * sin(angle))
        if not points or hypot(point[0] - points[-1][0], point[1] - points[-1][1]) > radius * 0.18:
            points.append(point)
    return points
