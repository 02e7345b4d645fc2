"""Label: patterned paper with a pasted label, as on a small old series of essays and poems."""

from __future__ import annotations

from converter.covers.colour import mix
from converter.covers.design import Design, author_height, author_line, grand, number_mark, series_line
from converter.covers.faces import Cut
from converter.covers.patterns import PATTERNS
from converter.covers.sheet import Box
from converter.covers.typesetting import TypesetText
from converter.covers.words import Words

TITLE = Cut("EB Garamond", 600, leading=1.03)
SUBTITLE = Cut("EB Garamond", 500, italic=True, leading=1.12)


LEFT, RIGHT = 210.0, 1290.0
MARGIN = 75  # between the label's edge and its words
RULE = 26  # between the label's edge and the rule round it


def label(design: Design) -> None:
    """The pattern covers all; the label grows with its words."""
    sheet, palette, words, chance = design.sheet, design.palette, design.words, design.chance
    dark = chance.roll() < 0.6
    ground = palette.mid if dark else palette.soft
    pattern = PATTERNS[chance.choose(tuple(sorted(PATTERNS)))]
    first, second = pattern(chance)
    sheet.paper(ground, (palette.soft if dark else palette.mid, first), (palette.deep, second))
    if not (words.title or words.subtitle or words.author or words.series or words.number):
        return
    inner = RIGHT - LEFT - 2 * MARGIN
    title = design.setter.fit(words.title, TITLE, inner, 1050, grand(words.title, 245)) if words.title else None
    sub = design.setter.fit(words.subtitle, SUBTITLE, inner, 220, 76, most=3) if words.subtitle else None
    names = author_height(design, inner, 100)
    height = _height(words, names, title.height if title else 0, sub.height + 60 if sub else 0)
    top = max(230.0, 900 - height * 0.5)
    box = Box(LEFT, top, RIGHT, top + height)
    _paste(design, box)
    _write_words(design, box, names, title, sub)
    if words.number:
        x, y = 750.0, box.bottom - RULE
        with sheet.ink(palette.deep, Box(x - 120, y - 120, x + 120, y + 120)) as canvas:
            canvas.disc(x, y, 108)
        number_mark(design, x, y, 104, palette.paper, palette.deep)


def _height(words: Words, names: float, title: float, subtitle: float) -> float:
    """How tall a label must be for these words, when title and subtitle take so much."""
    height = 230 + title + subtitle
    height += 110 + names if words.author else 0
    height += 130 if words.series else 0
    height += 80 if words.number else 0
    return max(height, 640)


def _paste(design: Design, box: Box) -> None:
    """The empty label: its shadow, its paper, its two rules."""
    sheet, palette = design.sheet, design.palette
    aside = Box(box.right, box.top + 10, box.right + 10, box.bottom)
    below = Box(box.left + 6, box.bottom, box.right + 10, box.bottom + 12)
    for strip in (aside, below):
        with sheet.ink(mix(palette.deep, (0, 0, 0), 0.35), strip) as canvas:
            canvas.box(strip.left, strip.top, strip.right, strip.bottom, 120)
    sheet.fill(palette.paper, box)
    for inset, thickness in ((RULE, 7), (42, 2)):
        sheet.frame(palette.deep, box.inset(inset), thickness)


def _write_words(design: Design, box: Box, names: float, title: TypesetText | None, sub: TypesetText | None) -> None:
    """Series, title, subtitle, author, from the label's top to the number on its lower edge."""
    sheet, words, ink, grounds = design.sheet, design.words, design.palette.deep, (design.palette.paper,)
    left, right = LEFT + MARGIN, RIGHT - MARGIN
    y = box.top + 115
    if words.series:
        series_line(design, Box(LEFT + 80, y - 25, RIGHT - 80, y + 55), ink, grounds, largest=50)
        y += 120
    end = box.bottom - (195 if words.number else 115)
    if title:
        room = Box(left, y, right, end - (100 + names if words.author else 0) - (sub.height + 60 if sub else 0))
        y = sheet.write("title", title, room, ink, grounds).bottom
    if sub:
        sheet.write("subtitle", sub, Box(left, y + 50, right, y + 50 + sub.height), ink, grounds)
    if words.author:
        with sheet.ink(design.palette.mid, box) as canvas:
            canvas.box(690, end - names - 40, 810, end - names - 35)
        author_line(design, Box(left, end - names, right, end), ink, grounds, 70)
