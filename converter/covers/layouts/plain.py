"""Plain: one colour and the words, large; nothing else but a rule."""

from __future__ import annotations

from converter.covers.colour import contrast
from converter.covers.design import Design, author_line, series_line
from converter.covers.faces import Cut
from converter.covers.sheet import PAGE, SAFE, Box

TITLE = Cut("Source Serif 4", 500, leading=1.06, tracking=-0.012)
SUBTITLE = Cut("Source Serif 4", 400, italic=True, leading=1.2)
AUTHOR = Cut("Source Serif 4", 400, leading=1.12)
SERIES = Cut("Source Serif 4", 500, leading=1.2)


def plain(design: Design) -> None:
    """Title flush left from the top, the author right below it in a second colour; series and number at the foot."""
    sheet, palette, words = design.sheet, design.palette, design.words
    bright = design.dice.roll() < 0.4
    ground = palette.paper if bright else palette.mid if contrast(palette.mid, palette.paper) > 4.5 else palette.deep
    ink = palette.deep if bright else palette.paper
    second = palette.mid if bright else palette.soft
    sheet.fill(ground, PAGE)
    left, right = SAFE + 40.0, 1500.0 - SAFE
    y = 190.0
    foot = 2010.0 if words.series or words.number else 2210.0
    if words.title:
        room = Box(left, y, right, foot - 420)
        title = design.setter.fit(words.title, TITLE, room.width, room.height, 300)
        y = sheet.write("title", title, room, ink, (ground,), across="start", down="start").bottom + 70
    if words.subtitle:
        room = Box(left, y, right - 60, min(y + 260, foot - 200))
        sub = design.setter.fit(words.subtitle, SUBTITLE, room.width, room.height, 84, most=3)
        y = sheet.write("subtitle", sub, room, second, (ground,), across="start", down="start").bottom + 60
    author_line(
        design,
        Box(left, y + 20, right, min(y + 290, foot - 20)),
        second,
        (ground,),
        118,
        AUTHOR,
        across="start",
        down="start",
    )
    with sheet.ink(ink) as pen:
        pen.box(left, 2120, right, 2126)
    if words.number:
        room = Box(left, 2160, right, 2290)
        number = design.setter.fit(words.number, Cut("Source Serif 4", 600), 320, 120, 170, most=1)
        sheet.write("number", number, room, ink, (ground,), across="end", down="start")
    series_line(design, Box(left, 2160, right - 380, 2290), second, (ground,), SERIES, 66, across="start", down="start")
