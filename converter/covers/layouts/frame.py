"""Frame: cloth binding with a foil frame, a rosette, and capitals."""

from __future__ import annotations

from math import cos, pi, sin

from converter.covers.colour import mix
from converter.covers.design import Design, author_line, number_mark, series_line
from converter.covers.faces import Cut
from converter.covers.pen import Pen
from converter.covers.sheet import PAGE, Box

TITLE = Cut("EB Garamond", 500, caps=True, tracking=0.06, leading=1.16)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.15)


def frame(design: Design) -> None:
    """Deep ground, two thin rules with turned corners; the title above, a rosette (or the number) in the middle."""
    sheet, palette, words = design.sheet, design.palette, design.words
    ground, foil = palette.deep, palette.accent
    sheet.fill(ground, PAGE)
    quiet = mix(ground, foil, 0.13)
    _ornate_corners(design)
    top, bottom = 300.0, 2120.0
    centre = 1400.0 if words.title else 1150.0
    title_box = Box(215, top, 1285, centre - 250)
    if words.title:
        title = design.setter.fit(
            words.title, TITLE, title_box.width, title_box.height - 120 * bool(words.subtitle), 215
        )
        inked = sheet.write("title", title, title_box, palette.paper, (ground,), down="middle")
        if words.subtitle:
            room = Box(255, inked.bottom + 45, 1245, max(inked.bottom + 130, centre - 215))
            sub = design.setter.fit(words.subtitle, SUBTITLE, room.width, room.height, 72, most=2)
            sheet.write("subtitle", sub, room, foil, (ground,), down="start")
    with sheet.ink(quiet, Box(450, centre - 300, 1050, centre + 300), 3) as pen:
        _petals(pen, 750, centre, 172, 24)
    with sheet.ink(foil, Box(450, centre - 300, 1050, centre + 300), 3) as pen:
        _rosette(pen, design, 750, centre)
    if words.number:
        number_mark(design, 750, centre, 66, foil, ground)
    if words.series:
        series_line(design, Box(235, centre + 240, 1265, centre + 350), foil, (ground,))
    author_line(design, Box(235, bottom - 260, 1265, bottom), palette.paper, (ground,), 84)


def _ornate_corners(design: Design) -> None:
    foil = design.palette.accent
    with design.sheet.ink(foil, PAGE, 2) as pen:
        pen.frame(84, 84, 1416, 2316, 7)
        for x, y in ((84, 84), (1416, 84), (84, 2316), (1416, 2316)):
            sx, sy = (1 if x < 750 else -1), (1 if y < 1200 else -1)
            pen.disc(x, y, 96, 0)
            pen.box(
                min(x - sx * 40, x + sx * 3),
                min(y - sy * 40, y + sy * 96),
                max(x - sx * 40, x + sx * 3),
                max(y - sy * 40, y + sy * 96),
                0,
            )
        pen.frame(112, 112, 1388, 2288, 3)
        for x, y in ((84, 84), (1416, 84), (84, 2316), (1416, 2316)):
            start = {(84, 84): 0, (1416, 84): 90, (1416, 2316): 180, (84, 2316): 270}[(x, y)]
            pen.wedge(x, y, 150, start, start + 90, 0)
            pen.arc(x, y, 150, 3, start, start + 90)
            pen.arc(x, y, 99, 7, start, start + 90)
            cx, cy = x + (38 if x < 750 else -38), y + (38 if y < 1200 else -38)
            pen.star(cx, cy, 34, 8, 0.42)


def _petals(pen: Pen, x: float, y: float, radius: float, count: int) -> None:
    for i in range(count):
        angle = 2 * pi * i / count
        pen.leaf(x + 70 * cos(angle), y + 70 * sin(angle), radius - 70, 26, angle)


def _rosette(pen: Pen, design: Design, x: float, y: float) -> None:
    petals = design.dice.choose((8, 10, 12, 16))
    pen.ring(x, y, 200, 3)
    pen.ring(x, y, 188, 7)
    for i in range(petals * 2):
        angle = 2 * pi * i / (petals * 2)
        long = i % 2 == 0
        reach = 160 if long else 128
        pen.leaf(x + 92 * cos(angle), y + 92 * sin(angle), reach - 92, 26 if long else 14, angle)
        if long:
            pen.disc(x + 174 * cos(angle + pi / petals), y + 174 * sin(angle + pi / petals), 5)
    pen.ring(x, y, 88, 4)
    if not design.words.number:
        pen.star(x, y, 70, petals, 0.45)
        pen.disc(x, y, 22, 0)
        pen.disc(x, y, 10)
