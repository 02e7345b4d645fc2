"""Label: patterned paper with a pasted label, as on a small old series of essays and poems."""

from __future__ import annotations

from converter.covers.colour import mix
from converter.covers.design import Design, author_line, grand, number_mark, series_line
from converter.covers.faces import Cut
from converter.covers.patterns import PATTERNS
from converter.covers.sheet import Box

TITLE = Cut("EB Garamond", 600, leading=1.03)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.12)


def label(design: Design) -> None:
    """The pattern covers all; the label grows with its words."""
    sheet, palette, words, dice = design.sheet, design.palette, design.words, design.dice
    dark = dice.roll() < 0.6
    ground = palette.mid if dark else palette.soft
    pattern = PATTERNS[dice.choose(tuple(sorted(PATTERNS)))]
    first, second = pattern(dice)
    sheet.paper(ground, (palette.soft if dark else palette.mid, first), (palette.deep, second))
    if not (words.title or words.subtitle or words.author or words.series or words.number):
        return
    left, right = 210.0, 1290.0
    inner = right - left - 150
    title = design.setter.fit(words.title, TITLE, inner, 1050, grand(words.title, 245)) if words.title else None
    sub = design.setter.fit(words.subtitle, SUBTITLE, inner, 220, 76, most=3) if words.subtitle else None
    height = 230 + (title.height if title else 0) + (sub.height + 60 if sub else 0)
    height += 210 if words.author else 0
    height += 130 if words.series else 0
    height += 80 if words.number else 0
    height = max(height, 640)
    top = max(230.0, 900 - height * 0.5)
    box = Box(left, top, right, top + height)
    paper, ink = palette.paper, palette.deep
    with sheet.ink(mix(palette.deep, (0, 0, 0), 0.35), box.inset(-30)) as pen:
        pen.box(left + 6, top + 10, right + 10, box.bottom + 12, 120)
    sheet.fill(paper, box)
    with sheet.ink(ink, box) as pen:
        pen.frame(left + 26, top + 26, right - 26, box.bottom - 26, 7)
        pen.frame(left + 42, top + 42, right - 42, box.bottom - 42, 2)
    y = top + 115
    if words.series:
        series_line(design, Box(left + 80, y - 25, right - 80, y + 55), ink, (paper,), largest=50)
        y += 120
    end = box.bottom - (195 if words.number else 115)
    if title:
        room = Box(left + 75, y, right - 75, end - (200 if words.author else 0) - (sub.height + 60 if sub else 0))
        y = sheet.write("title", title, room, ink, (paper,)).bottom
    if sub:
        y = sheet.write("subtitle", sub, Box(left + 75, y + 50, right - 75, y + 50 + sub.height), ink, (paper,)).bottom
    if words.author:
        with sheet.ink(palette.mid, box) as pen:
            pen.box(690, end - 140, 810, end - 135)
        author_line(design, Box(left + 75, end - 100, right - 75, end), ink, (paper,), 70)
    if words.number:
        x, y = 750.0, box.bottom - 26
        with sheet.ink(ink, Box(x - 120, y - 120, x + 120, y + 120), 3) as pen:
            pen.disc(x, y, 108)
        number_mark(design, x, y, 104, paper, ink)
