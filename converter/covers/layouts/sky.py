"""Sky: stars, a constellation, and the circles of an old star chart."""

from __future__ import annotations

import itertools
from math import cos, hypot, pi, sin
from typing import NamedTuple

from converter.covers.colour import mix
from converter.covers.design import Design, author_height, author_line, grand, number_mark, series_line
from converter.covers.faces import Cut
from converter.covers.seeded import SeededRandom
from converter.covers.sheet import Box

TITLE = Cut("EB Garamond", 500, caps=True, tracking=0.05, leading=1.12)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.15)

SMALLEST_CHART = 330
"""Radius in pixels; where a long title leaves less, the chart rises over the page's edge instead."""


FOOT = 2270.0


class Chart(NamedTuple):
    """The star chart's circle, in pixels; nothing of it is drawn below `end`."""

    cx: float
    cy: float
    radius: float
    end: float

    def at(self, angle: float, share: float) -> tuple[float, float]:
        """The point at this share of the radius."""
        return self.cx + self.radius * share * cos(angle), self.cy + self.radius * share * sin(angle)


def sky(design: Design) -> None:
    """Star chart above, title below the middle, author at the foot."""
    sheet, palette, words = design.sheet, design.palette, design.words
    low = mix(palette.deep, palette.mid, 0.55)
    dark = mix(palette.deep, (0, 0, 0), 0.25)
    grounds = (dark, palette.deep, low)
    sheet.blend(grounds, sheet.page)
    title = design.setter.fit(words.title, TITLE, 1250, 950, grand(words.title, 205)) if words.title else None
    sub = design.setter.fit(words.subtitle, SUBTITLE, 1150, 170, 78, most=2) if words.subtitle else None
    names = author_height(design, 1200, 150)
    need = (title.height if title else 0) + (sub.height + 60 if sub else 0) + (130 if words.series else 0)
    top = min(1330.0, FOOT - 150 - names - need)
    chart = _chart_above(top)
    area = Box(sheet.page.left, sheet.page.top, sheet.page.right, chart.end)
    _draw_chart(design, chart, area)
    _draw_stars(design, top)
    _draw_constellation(design, chart, area)
    if words.number:
        number_mark(design, chart.cx, chart.cy, chart.radius * 0.25, palette.deep, palette.accent)
    y = top
    if words.series:
        series_line(design, Box(125, y, 1375, y + 92), palette.accent, grounds, largest=60, down="start")
        y += 130
    if title:
        y = sheet.write("title", title, Box(125, y, 1375, y + title.height), palette.paper, grounds).bottom
    if sub:
        sheet.write("subtitle", sub, Box(175, y + 55, 1325, y + 55 + sub.height), palette.soft, grounds)
    author_line(design, Box(150, FOOT - names, 1350, FOOT), palette.accent, grounds, 88)


def _chart_above(top: float) -> Chart:
    """The chart for a page whose words begin at `top`."""
    radius = min(560.0, (top - 170) / 2)
    cy = top - 60 - radius
    if radius < SMALLEST_CHART:
        radius = 560.0
        cy = max(270.0, top - 60 - radius)
        radius = top - 60 - cy
    return Chart(750.0, cy, radius, top - 10)


def _draw_chart(design: Design, chart: Chart, area: Box) -> None:
    """Circles, the marks of degrees, the lines between the twelve houses."""
    palette = design.palette
    with design.sheet.ink(mix(palette.deep, palette.accent, 0.55), area) as canvas:
        for share in (1.0, 0.965, 0.7, 0.4):
            canvas.ring(chart.cx, chart.cy, chart.radius * share, 3 if share != 1.0 else 5)
        for i in range(72):
            angle = pi * i / 36
            canvas.stroke([chart.at(angle, 0.93 if i % 6 == 0 else 0.95), chart.at(angle, 0.965)], 3)
        for i in range(12):
            angle = pi * i / 6 + 0.26
            canvas.stroke([chart.at(angle, 0.4), chart.at(angle, 0.93)], 2)


def _draw_stars(design: Design, top: float) -> None:
    """Small stars above the words and below them."""
    chance, page = design.chance, design.sheet.page
    with design.sheet.ink(mix(design.palette.deep, design.palette.soft, 0.75)) as canvas:
        for _ in range(170):
            x, y = chance.between(page.left, page.right), chance.between(page.top, top - 20)
            canvas.disc(x, y, chance.choose((2.0, 2.5, 3.0, 4.5)))
        for _ in range(26):
            x, y = chance.between(page.left, page.right), chance.between(FOOT - 190, page.bottom)
            canvas.disc(x, y, chance.choose((2.0, 2.5, 3.0)))


def _draw_constellation(design: Design, chart: Chart, area: Box) -> None:
    """A figure of stars on the chart, and a disc in its middle for the number of the volume, if there is one."""
    sheet, palette = design.sheet, design.palette
    figure = _figure(design.chance, chart.cx, chart.cy, chart.radius * 0.9)
    with sheet.ink(palette.paper, area) as canvas:
        for one, other in itertools.pairwise(figure):
            canvas.stroke([one, other], 3.5)
        for x, y in figure:
            canvas.disc(x, y, 11)
    with sheet.ink(palette.accent, area) as canvas:
        for k, (x, y) in enumerate(figure):
            if k % 2 == 0:
                canvas.star(x, y, 42 if k else 58, 4, 0.22)
        if design.words.number:
            canvas.disc(chart.cx, chart.cy, chart.radius * 0.27)


def _figure(chance: SeededRandom, cx: float, cy: float, radius: float) -> list[tuple[float, float]]:
    """A constellation: points round the circle, not too near each other and none in the middle."""
    turn, count = chance.between(0, 2 * pi), 7 + chance.below(3)
    points: list[tuple[float, float]] = []
    for i in range(count):
        angle = turn + 2 * pi * (i + chance.between(-0.25, 0.25)) / count * 0.86
        reach = radius * chance.between(0.42, 0.88)
        point = (cx + reach * cos(angle), cy + reach * sin(angle))
        if not points or hypot(point[0] - points[-1][0], point[1] - points[-1][1]) > radius * 0.18:
            points.append(point)
    return points
