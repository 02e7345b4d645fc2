"""Ridge: fine lines, one behind the other, that rise over something hidden."""

from __future__ import annotations

from math import exp, sin

from converter.covers.colour import mix
from converter.covers.design import SANS_AUTHOR, SANS_NUMBER, SANS_SERIES, Design, author_line, grand, series_line
from converter.covers.faces import Cut
from converter.covers.sheet import PAGE, SAFE, Box

TITLE = Cut("Jost", 600, caps=True, tracking=0.04, leading=1.06)
SUBTITLE = Cut("Jost", 400, leading=1.2)
LINES = 46


def ridge(design: Design) -> None:
    """Dark ground; title above, lines in the middle, author at the foot."""
    sheet, palette, words, chance = design.sheet, design.palette, design.words, design.chance
    ground = mix(palette.deep, (0, 0, 0), 0.2)
    sheet.fill(ground, PAGE)
    width = 1500.0 - 2 * SAFE
    y = 150.0
    if words.series or words.number:
        right = SAFE + width
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
            Box(SAFE, y, right, y + 150),
            palette.accent,
            (ground,),
            SANS_SERIES,
            60,
            across="start",
            down="start",
        )
        y += 230
    if words.title:
        title = design.setter.fit(words.title, TITLE, width, 1080 - y + 150, grand(words.title, 225))
        y = sheet.write(
            "title", title, Box(SAFE, y, SAFE + width, y + title.height), palette.paper, (ground,), across="start"
        ).bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, width, 160, 70, most=2)
        y = sheet.write(
            "subtitle",
            sub,
            Box(SAFE, y + 50, SAFE + width, y + 50 + sub.height),
            palette.soft,
            (ground,),
            across="start",
        ).bottom
    top, bottom = max(y + 330, 980.0), 2090.0
    bumps = [(chance.between(420, 1080), chance.between(90, 260), chance.between(0.4, 1.0)) for _ in range(4)]
    step = (bottom - top) / LINES
    high = min(330.0, top - y - 40)
    area = Box(0, y + 10, 1500, 2130)
    peaks = []
    for i in range(LINES):
        share = i / LINES
        sway = chance.between(-70, 70)
        rough = chance.between(0, 6), chance.between(0, 6)
        line = []
        for x in range(SAFE, 1500 - SAFE + 1, 6):
            envelope = sum(h * exp(-(((x - c - sway) / w) ** 2)) for c, w, h in bumps)
            edge = max(0.0, 1 - ((x - 750) / 660.0) ** 2) ** 1.3
            noise = 1 + 0.35 * sin(x / 23 + rough[0]) * sin(x / 57 + rough[1])
            calm = sin(3.14159 * min(1.0, share * 1.15 + 0.05))
            line.append((float(x), top + i * step - envelope * edge * noise * high * 0.52 * calm))
        peaks.append(line)
    with sheet.ink(palette.soft, area) as canvas:
        for line in peaks:
            canvas.shape([*line, (line[-1][0], bottom + 40), (line[0][0], bottom + 40)], 0)
            canvas.stroke(line, 4.2)
    with sheet.ink(palette.accent, Box(0, 2130, 1500, 2170)) as canvas:
        canvas.box(SAFE, 2140, SAFE + 150, 2150)
    author_line(design, Box(SAFE, 2190, SAFE + width, 2290), palette.paper, (ground,), 84, SANS_AUTHOR, across="start")
