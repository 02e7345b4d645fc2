"""Slab: a light page cut by one heavy block that carries the title, for eyes that want it large."""

from __future__ import annotations

from converter.covers.design import Design, author_line, grand, series_line
from converter.covers.faces import Cut
from converter.covers.sheet import SAFE, Box

TITLE = Cut("Atkinson Hyperlegible", 700, leading=1.02)
TEXT = Cut("Atkinson Hyperlegible", 700, leading=1.12)


def slab(design: Design) -> None:
    """Author above on paper, title on the block, series and number below."""
    sheet, palette, words = design.sheet, design.palette, design.words
    page = sheet.page
    sheet.fill(palette.paper, page)
    left, right = page.left + SAFE, page.right - SAFE
    foot = bool(words.series or words.number)
    block = Box(page.left, 520, page.right, 1990 if foot else page.bottom)
    sheet.fill(palette.deep, block)
    sheet.fill(palette.accent, Box(page.left, 480, page.right, 520))
    if foot:
        sheet.fill(palette.accent, Box(page.left, 1990, page.right, 2030))
    author_line(design, Box(left, 150, right, 400), palette.deep, (palette.paper,), 130, TEXT, down="middle")
    room = block.inset(SAFE, 110)
    if words.title:
        space = room.height - (220 if words.subtitle else 0)
        title = design.setter.fit(words.title, TITLE, room.width, space, grand(words.title, 420))
        area = Box(room.left, room.top, room.right, room.top + space)
        y = sheet.write("title", title, area, palette.paper, (palette.deep,)).bottom
        if words.subtitle:
            sub = design.setter.fit(words.subtitle, TEXT, room.width, 170, 92, most=2)
            sheet.write(
                "subtitle",
                sub,
                Box(room.left, y + 55, room.right, y + 55 + sub.height),
                palette.accent,
                (palette.deep,),
            )
    edge = right
    if words.number:
        number = design.setter.fit(words.number, TEXT, 360, 190, 260, most=1)
        box = sheet.write(
            "number", number, Box(right - 360, 2090, right, 2290), palette.deep, (palette.paper,), across="end"
        )
        edge = box.left - 60
    series_line(design, Box(left, 2090, edge, 2290), palette.deep, (palette.paper,), TEXT, 96, across="start")
