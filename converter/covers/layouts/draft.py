"""Draft: a typescript with an editor's pencil on it; its lines are bars, for no one should have to read a cover."""

from __future__ import annotations

from math import cos, pi, sin

from converter.covers.canvas import Canvas
from converter.covers.colour import legible, mix
from converter.covers.design import Design, author_height, author_line, grand, series_line
from converter.covers.faces import Cut, right_to_left
from converter.covers.seeded import SeededRandom
from converter.covers.sheet import SAFE, Box

TITLE = Cut("Source Code Pro", 700, tracking=-0.03, leading=1.08)
TEXT = Cut("Source Code Pro", 500, tracking=-0.02, leading=1.2)
NUMBER = Cut("Source Code Pro", 700)
PENCIL_CONTRAST = 2.6
PITCH = 74
"""Pixels from line to line of the typescript: double spacing."""


def draft(design: Design) -> None:
    """Author and series in the corner, the title below, then the first page, marked up, running off the sheet."""
    sheet, palette, words, setter = design.sheet, design.palette, design.words, design.setter
    ground, ink = palette.paper, palette.deep
    page = sheet.page
    sheet.fill(ground, page)
    left, right = page.left + SAFE + 45, page.right - SAFE
    y, edge = page.top + 150, right
    if words.number:
        number = setter.fit(words.number, NUMBER, 400, 170, 235, most=1)
        room = Box(right - 400, y, right, y + 170)
        box = sheet.write("number", number, room, palette.mid, (ground,), across="end", down="start")
        edge = right - box.width - 70
    names = author_height(design, edge - left, 96, TEXT)
    author_line(design, Box(left, y, edge, y + names), ink, (ground,), 76, TEXT, across="start", down="start")
    if words.series:
        top = y + (names + 19 if words.author else 0)
        series_line(
            design, Box(left, top, edge, top + 84), palette.mid, (ground,), TEXT, 58, across="start", down="start"
        )
        y += 80
    y += names + 124 if words.author or words.number or words.series else 60
    if words.title:
        title = setter.fit(words.title, TITLE, right - left, 1120, grand(words.title, 250))
        y = sheet.write("title", title, Box(left, y, right, y + title.height), ink, (ground,), across="start").bottom
    if words.subtitle:
        sub = setter.fit(words.subtitle, TEXT, right - left, 180, 72, most=3)
        y = sheet.write(
            "subtitle", sub, Box(left, y + 55, right, y + 55 + sub.height), ink, (ground,), across="start"
        ).bottom
    _typescript(design, Box(left, y + 130, right, page.bottom))


def _typescript(design: Design, box: Box) -> None:
    """Words as bars, two paragraphs or more; one word is circled, one struck out, a line marked in the margin."""
    sheet, palette, chance = design.sheet, design.palette, design.chance
    lines = _lines(chance, box)
    if right_to_left(design.words.title):
        lines = [[(box.left + box.right - b, box.left + box.right - a, y) for a, b, y in line] for line in lines]
    middle = [bar for line in lines[1:-2] for bar in line if bar[1] - bar[0] > 110] or [
        bar for ln in lines for bar in ln
    ]
    with sheet.ink(mix(palette.soft, palette.deep, 0.22), box) as canvas:
        for line in lines:
            for a, b, y in line:
                canvas.box(a, y, b, y + 26)
    pencil = legible(palette.accent, (palette.paper,), PENCIL_CONTRAST)
    with sheet.ink(pencil, Box(sheet.page.left, box.top - 60, sheet.page.right, sheet.page.bottom)) as canvas:
        if middle:
            a, b, y = middle[chance.below(max(1, len(middle) // 2))]
            _loop(canvas, (a + b) / 2, y + 13, (b - a) / 2 + 44, 52)
            a, b, y = middle[len(middle) // 2 + chance.below(max(1, len(middle) // 2))]
            canvas.stroke([(a - 18, y + 22), ((a + b) / 2, y + 10), (b + 18, y + 6)], 17, 11)
        if len(lines) > 5:
            top = lines[3][0][2] - 12
            canvas.stroke([(sheet.page.left + 62 + 7 * sin(i / 3), top + i * 13) for i in range(13)], 15, 11)


def _lines(chance: SeededRandom, box: Box) -> list[list[tuple[float, float, float]]]:
    """Lines of bars, each bar (left, right, top)."""
    lines: list[list[tuple[float, float, float]]] = []
    y, left_in_paragraph = box.top, 0
    while y < box.bottom:
        fresh = left_in_paragraph == 0
        if fresh:
            left_in_paragraph = 4 + chance.below(4)
        x = box.left + (110 if fresh else 0)
        end = box.right - chance.between(0, 120)
        if left_in_paragraph == 1:
            end = box.left + box.width * chance.between(0.3, 0.7)
        line = []
        while x < end - 60:
            width = min(chance.choose((50, 76, 100, 128, 154, 206)), end - x)
            line.append((x, x + width, y))
            x += width + 26
        lines.append(line or [(box.left, box.left + 100, y)])
        left_in_paragraph -= 1
        y += PITCH
    return lines


def _loop(canvas: Canvas, x: float, y: float, across: float, down: float) -> None:
    """A ring drawn by hand: it does not quite meet itself."""
    points = []
    for i in range(49):
        angle = -0.7 * pi + 2.12 * pi * i / 48
        swell = 1 + 0.1 * i / 48
        points.append((x + across * swell * cos(angle), y + down * swell * sin(angle)))
    canvas.stroke(points, 15, 9)
