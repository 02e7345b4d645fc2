"""Poster: the title as large as it goes, for eyes that want it so."""

from __future__ import annotations

from converter.covers.colour import contrast
from converter.covers.design import Design, author_line, grand, series_line
from converter.covers.faces import Cut
from converter.covers.sheet import SAFE, Box

TITLE = Cut("Atkinson Hyperlegible", 700, leading=0.98, tracking=-0.01)
TEXT = Cut("Atkinson Hyperlegible", 700, leading=1.1)


def poster(design: Design) -> None:
    """One strong ground, one heavy rule, letters from edge to edge."""
    sheet, palette, words = design.sheet, design.palette, design.words
    ground = palette.mid if contrast(palette.mid, palette.paper) > 6 else palette.deep
    page = sheet.page
    sheet.fill(ground, page)
    left, right = page.left + SAFE, page.right - SAFE
    band = Box(page.left, page.bottom - 440, page.right, page.bottom)
    sheet.fill(palette.accent, band)
    y = page.top + 140
    if words.series or words.number:
        edge = right
        if words.number:
            number = design.setter.fit(words.number, TEXT, 360, 200, 270, most=1)
            box = sheet.write(
                "number",
                number,
                Box(right - 360, y, right, y + 200),
                palette.accent,
                (ground,),
                across="end",
                down="start",
            )
            edge = box.left - 60
        series_line(
            design, Box(left, y, edge, y + 200), palette.paper, (ground,), TEXT, 84, across="start", down="middle"
        )
        y += 280
    if words.title:
        room = Box(left, y, right, band.top - 100 - (210 if words.subtitle else 0))
        title = design.setter.fit(words.title, TITLE, room.width, room.height, grand(words.title, 460))
        y = sheet.write("title", title, room, palette.paper, (ground,), across="start", down="start").bottom
    if words.subtitle:
        sub = design.setter.fit(words.subtitle, TEXT, right - left, 160, 92, most=2)
        sheet.write(
            "subtitle", sub, Box(left, y + 60, right, y + 60 + sub.height), palette.soft, (ground,), across="start"
        )
    author_line(
        design,
        Box(left, band.top + 80, right, band.bottom - 120),
        palette.deep,
        (palette.accent,),
        130,
        TEXT,
        across="start",
        down="middle",
    )
