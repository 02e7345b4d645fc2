"""One cover in the making, and the parts that all layouts share: author, series, number."""

from __future__ import annotations

from converter.covers.colour import Colour
from converter.covers.faces import Cut
from converter.covers.moods import Terrain
from converter.covers.palettes import Palette
from converter.covers.seeded import SeededRandom
from converter.covers.sheet import Box, Sheet, TextAnchor
from converter.covers.typesetting import Typesetter
from converter.covers.words import Words
from converter.document.record import dataclass

AUTHOR = Cut("EB Garamond", 500, caps=True, tracking=0.1, leading=1.25)
SERIES = Cut("EB Garamond", 500, caps=True, tracking=0.14, leading=1.25)
MOST_NAMES = 4
"""Lines of authors."""
ONE_LINE = 0.72
"""A name stays on one line unless that makes it smaller than this share of its usual size."""

NUMBER = Cut("EB Garamond", 600)
SANS_AUTHOR = Cut("Jost", 500, tracking=0.01, leading=1.15)
SANS_SERIES = Cut("Jost", 600, caps=True, tracking=0.1, leading=1.25)
SANS_NUMBER = Cut("Jost", 700)


@dataclass(frozen=True, slots=True)
class Design:
    """What a layout draws with; `chance` gives numbers that depend on the story, or on its series."""

    sheet: Sheet
    words: Words
    palette: Palette
    terrain: Terrain
    chance: SeededRandom
    setter: Typesetter


def grand(title: str, usual: int) -> int:
    """The largest size of a title: the usual one, and more for a title of few letters, which would look lost."""
    letters = len(title)
    return round(usual * (2.6 if letters <= 2 else 1.8 if letters <= 4 else 1.3 if letters <= 7 else 1.0))


def author_line(
    design: Design, box: Box, ink: Colour, on: tuple[Colour, ...], largest: int, cut: Cut = AUTHOR,
    *, across: TextAnchor = "middle", down: TextAnchor = "end",
) -> None:  # fmt: skip
    """The names of the authors, on one line or a few."""
    if design.words.author:
        setting = design.setter.fit(design.words.author, cut, box.width, box.height, largest, most=1)
        if setting.size < largest * ONE_LINE:
            setting = design.setter.fit(design.words.author, cut, box.width, box.height, largest, most=MOST_NAMES)
        design.sheet.write("author", setting, box, ink, on, across=across, down=down)


def series_line(
    design: Design, box: Box, ink: Colour, on: tuple[Colour, ...], cut: Cut = SERIES, largest: int = 58,
    *, across: TextAnchor = "middle", down: TextAnchor = "middle",
) -> None:  # fmt: skip
    """The series' name, on at most two lines."""
    if design.words.series:
        setting = design.setter.fit(design.words.series, cut, box.width, box.height, largest, most=2)
        design.sheet.write("series", setting, box, ink, on, across=across, down=down)


def number_mark(design: Design, x: float, y: float, radius: float, ink: Colour, on: Colour, cut: Cut = NUMBER) -> None:
    """The volume's number within a circle round (x, y)."""
    half = radius * (0.74 if len(design.words.number) > 1 else 0.68)
    box = Box(x - half, y - half, x + half, y + half)
    setting = design.setter.fit(design.words.number, cut, box.width, box.height, int(radius * 2), most=1)
    design.sheet.write("number", setting, box, ink, (on,))
