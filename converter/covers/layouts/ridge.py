"""Ridge: fine lines, one behind the other, that rise over something hidden."""

from __future__ import annotations

from math import exp, sin

from converter.covers.colour import mix
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
from converter.covers.sheet import SAFE, Box

TITLE = Cut("Jost", 600, caps=True, tracking=0.04, leading=1.06)
SUBTITLE = Cut("Jost", 400, leading=1.2)
LINES, STEP, SWAY = 46, 10, 7
"""How many lines; units from one point of a line to the next; steps by which a line may be aside from the others."""


def ridge(design: Design) -> None:
    """Dark ground; title above, lines in the middle, author at the foot."""
    sheet, palette, words, chance = design.sheet, design.palette, design.words, design.chance
    ground = mix(palette.deep, (0, 0, 0), 0.2)
    page = sheet.page
    sheet.fill(ground, page)
    left, right = page.left + SAFE, page.right - SAFE
    width, end = right - left, page.bottom
    y = page.top + 150
    if words.series or words.number:
        if words.number:
            number = design.setter.fit(words.number, SANS_NUMBER, 330, 150, 210, most=1)
            box = sheet.write(
                "number",
                number,
                Box(right - 330, y, right, y + 150),
                palette.accent,
                (ground,),
                across="end",
                down="start",
            )
            right = box.left - 60
        series_line(
            design,
            Box(left, y, right, y + 150),
            palette.accent,
            (ground,),
            SANS_SERIES,
            60,
            across="start",
            down="start",
        )
        y += 230
    if words.title:
        title = design.setter.fit(words.title, TITLE, width, page.top + 1230 - y, grand(words.title, 225))
        y = sheet.write(
            "title", title, Box(left, y, left + width, y + title.height), palette.paper, (ground,), across="start"
        ).bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, width, 160, 70, most=2)
        y = sheet.write(
            "subtitle",
            sub,
            Box(left, y + 50, left + width, y + 50 + sub.height),
            palette.soft,
            (ground,),
            across="start",
        ).bottom
    names = author_height(design, width, 100, SANS_AUTHOR)
    top, bottom = max(y + 330, page.top + 980), end - 210 - names
    bumps = [(chance.between(420, 1080), chance.between(90, 260), chance.between(0.4, 1.0)) for _ in range(4)]
    step = (bottom - top) / LINES
    high = min(330.0, top - y - 40)
    places = [left + STEP * i for i in range(int(width / STEP) + 1)]
    edges = [max(0.0, 1 - ((x - 750) / (width / 2 + 15)) ** 2) ** 1.3 for x in places]
    around = [left + STEP * i for i in range(-SWAY, len(places) + SWAY)]
    rises = [sum(h * exp(-(((x - c) / w) ** 2)) for c, w, h in bumps) for x in around]
    with sheet.ink(palette.soft, Box(page.left, y + 10, page.right, end - 170 - names)) as canvas:
        for i in range(LINES):
            share, base = i / LINES, top + i * step
            sway = round(chance.between(-SWAY, SWAY))
            one, other = chance.between(0, 6), chance.between(0, 6)
            calm = sin(3.14159 * min(1.0, share * 1.15 + 0.05)) * high * 0.52
            line = []
            for x, edge, rise in zip(places, edges, rises[SWAY - sway :], strict=False):
                noise = 1 + 0.35 * sin(x / 23 + one) * sin(x / 57 + other)
                line.append((x, base - rise * edge * noise * calm))
            canvas.shape([*line, (right, base + 5), (left, base + 5)], 0, alone=False)
            canvas.line(line, 4.2)
    with sheet.ink(palette.accent, Box(left, end - 170 - names, right, end - 130 - names)) as canvas:
        canvas.box(left, end - 160 - names, left + 150, end - 150 - names)
    author_line(
        design,
        Box(left, end - 110 - names, left + width, end - 110),
        palette.paper,
        (ground,),
        84,
        SANS_AUTHOR,
        across="start",
    )
