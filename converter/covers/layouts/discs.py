"""Discs: a few large circles that overlap like inks on a poster, and a quiet sans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.covers.colour import Colour, mix
from converter.covers.design import SANS_AUTHOR, SANS_NUMBER, SANS_SERIES, Design, author_line, series_line
from converter.covers.faces import Cut
from converter.covers.sheet import PAGE, SAFE, Box, Sheet

if TYPE_CHECKING:
    from converter.covers.dice import Dice

TITLE = Cut("Jost", 600, leading=1.0, tracking=-0.008)
SUBTITLE = Cut("Jost", 400, leading=1.15)


def discs(design: Design) -> None:
    """Title above on a light ground; circles below, darker where they cross."""
    sheet, palette, words, dice = design.sheet, design.palette, design.words, design.dice
    ground, ink = palette.paper, palette.deep
    sheet.fill(ground, PAGE)
    width = 1500.0 - 2 * SAFE
    y = 150.0
    author_line(
        design,
        Box(SAFE, y, SAFE + width, y + 70),
        palette.mid,
        (ground,),
        70,
        SANS_AUTHOR,
        across="start",
        down="start",
    )
    y += 150 if words.author else 0
    if words.title:
        largest = 380 if len(words.title) < 7 else 270
        title = design.setter.fit(words.title, TITLE, width, 1050, largest)
        y = sheet.write(
            "title", title, Box(SAFE, y, SAFE + width, y + title.height), ink, (ground,), across="start"
        ).bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, SUBTITLE, width, 170, 70, most=2)
        y = sheet.write(
            "subtitle", sub, Box(SAFE, y + 50, SAFE + width, y + 50 + sub.height), ink, (ground,), across="start"
        ).bottom
    y = max(y + 90, 800.0)
    foot = 2400.0 - SAFE
    bottom = foot - (150 if words.series or words.number else 0)
    _circles(sheet, dice, (palette.accent, palette.mid, palette.deep), Box(0, y, 1500, bottom))
    right = SAFE + width
    if words.number:
        number = design.setter.fit(words.number, SANS_NUMBER, 330, 120, 165, most=1)
        box = sheet.write(
            "number", number, Box(right - 330, foot - 120, right, foot), ink, (ground,), across="end", down="end"
        )
        right = box.left - 60
    series_line(design, Box(SAFE, foot - 100, right, foot), ink, (ground,), SANS_SERIES, 54, across="start", down="end")


def _circles(sheet: Sheet, dice: Dice, colours: tuple[Colour, Colour, Colour], box: Box) -> None:
    """Three circles and the lens where two cross, then rings: laid within the box."""
    radius = min(box.width, box.height) * 0.36
    cx, cy = box.middle
    shift = radius * dice.between(0.5, 0.62)
    mode = dice.below(3)
    one, two, three = colours
    if mode == 0:
        places = [(cx - shift, cy), (cx + shift, cy)]
    elif mode == 1:
        places = [(cx - shift * 0.9, cy + shift * 0.45), (cx + shift * 0.9, cy - shift * 0.45)]
    else:
        places = [(cx, cy - shift * 0.55), (cx, cy + shift * 0.55)]
        radius *= 0.92
    with sheet.ink(one, box) as pen:
        pen.disc(*places[0], radius)
    with sheet.ink(two, box) as pen:
        pen.disc(*places[1], radius)
    _lens(sheet, places, radius, three, box)
    with sheet.ink(mix(three, colours[0], 0.0), box) as pen:
        x, y = places[dice.below(2)]
        for i in range(dice.below(3) + 2):
            pen.ring(x, y, radius * (1.06 + 0.05 * i), 4)


def _lens(sheet: Sheet, places: list[tuple[float, float]], radius: float, colour: Colour, box: Box) -> None:
    from math import acos, atan2, cos, hypot, sin

    (ax, ay), (bx, by) = places
    apart = hypot(bx - ax, by - ay)
    if apart >= 2 * radius:
        return
    half, along = acos(apart / 2 / radius), atan2(by - ay, bx - ax)
    points = [
        (ax + radius * cos(along + half * t / 40), ay + radius * sin(along + half * t / 40)) for t in range(-40, 41)
    ]
    back = along + 3.141592653589793
    points += [
        (bx + radius * cos(back + half * t / 40), by + radius * sin(back + half * t / 40)) for t in range(-40, 41)
    ]
    with sheet.ink(colour, box) as pen:
        pen.shape(points)
