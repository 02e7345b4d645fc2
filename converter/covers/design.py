"""One cover in the making, and the parts that all layouts share: author, series, number."""

from __future__ import annotations

from dataclasses import replace

from converter.covers.colour import Colour
from converter.covers.faces import Cut
from converter.covers.moods import Terrain
from converter.covers.palettes import Palette
from converter.covers.seeded import SeededRandom
from converter.covers.sheet import Box, Sheet, TextAnchor
from converter.covers.typesetting import Typesetter
from converter.covers.words import MOST_NAMES, Words, named
from converter.document.record import dataclass

AUTHOR = Cut("EB Garamond", 500, caps=True, tracking=0.1, leading=1.25)
SERIES = Cut("EB Garamond", 500, caps=True, tracking=0.14, leading=1.25)
NAME_LINES = 6
"""Lines of authors."""
SMALLEST_NAME = 50
"""Units: 2 % of the height, below which names can't be read on a shelf. Then they are set without capitals and spaces
between their letters, and then the last of them give way to "and others"."""
FEW_LETTERS = 36
"""So many letters of names fit anywhere."""
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
    """The names of the authors, on one line or a few; the last of them only where there is room."""
    words = design.words
    if not words.author:
        return
    plain = replace(cut, caps=False, tracking=min(0.0, cut.tracking), leading=min(cut.leading, 1.15))
    fewer = range(min(len(words.names), MOST_NAMES) - 1, 0, -1)
    ways = (
        (words.author, cut),
        (words.author, plain),
        *((named(words.names, words.language, n), plain) for n in fewer),
    )
    for text, kind in ways:
        setting = design.setter.fit(text, kind, box.width, box.height, largest, most=1)
        if setting.size < largest * ONE_LINE:
            setting = design.setter.fit(text, kind, box.width, box.height, largest, most=NAME_LINES)
        if setting.size >= SMALLEST_NAME:
            break
    design.sheet.write("author", setting, box, ink, on, across=across, down=down)


def author_height(design: Design, width: float, usual: float, cut: Cut = AUTHOR) -> float:
    """The height that the names of the authors need in a box of this width: the usual one, more for many names."""
    words = design.words
    if len(words.author) <= FEW_LETTERS:
        return usual
    plain = replace(cut, caps=False, tracking=min(0.0, cut.tracking), leading=min(cut.leading, 1.15))
    if design.setter.fit(words.author, plain, width, usual, SMALLEST_NAME, most=NAME_LINES).size >= SMALLEST_NAME:
        return usual
    return max(
        usual, design.setter.fit(words.author, plain, width, 5 * usual, SMALLEST_NAME, most=NAME_LINES).height + 4
    )


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
