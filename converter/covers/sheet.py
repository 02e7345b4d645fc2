"""The sheet a cover is drawn on: shapes with clean edges, blends without bands, and set text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from converter.covers.canvas import FULL, TILE, Canvas
from converter.covers.colour import Colour, legible
from converter.covers.rulers import open_font
from converter.document.record import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from converter.covers.typesetting import TypesetLine, TypesetText

WIDTH, HEIGHT = 1500, 2400
"""Units in which covers are designed. A page of another shape than this has more room at the sides, or above and
below."""
DEFAULT_SIZE = (1500, 2400)
"""Pixels; 3.6 million, below the 4 million that Apple Books allows an image in a book."""
INK_BEYOND = 0.12
"""Em by which letters may reach beyond what was measured: accents and swashes of single letters."""
FINER = 2
"""How many times finer than the sheet shapes are drawn, before they are reduced: that gives clean edges."""
SAFE = 105
"""No text is nearer to the edge: readers crop, round and shade the edges of covers."""

Role = Literal["title", "subtitle", "author", "series", "number", "description", "isbn"]
TextAnchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the sheet, origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def inset(self, x: float, y: float | None = None) -> Box:
        """The box made smaller by `x` on the left and right, and `y` (or `x`) above and below."""
        y = x if y is None else y
        return Box(self.left + x, self.top + y, self.right - x, self.bottom - y)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """What was written where: the ink's box, its colour, the grounds it was chosen for, its size in pixels."""

    role: Role
    text: str
    box: Box
    ink: Colour
    size: int


class Sheet:
    """A page of one colour to begin with, `size` in pixels.

    The picture is kept in three planes, red, green and blue: laying ink on each is three times as fast as on all.
    """

    def __init__(self, ground: Colour, size: tuple[int, int] = DEFAULT_SIZE) -> None:
        from PIL import Image

        self.size = size
        self.unit = min(size[0] / WIDTH, size[1] / HEIGHT)
        """Pixels."""
        aside, above = (size[0] / self.unit - WIDTH) / 2, (size[1] / self.unit - HEIGHT) / 2
        self.page = Box(-aside, -above, WIDTH + aside, HEIGHT + above)
        self.planes: tuple[Picture, ...] = tuple(Image.new("L", size, value) for value in ground)
        self.written: list[PlacedText] = []

    @property
    def image(self) -> Picture:
        """The picture in RGB."""
        from PIL import Image

        return Image.merge("RGB", self.planes)

    def pixels(self, box: Box) -> tuple[float, float, float, float]:
        """A box of the page in pixels: left, top, right, bottom."""
        x, y, unit = self.page.left, self.page.top, self.unit
        return (box.left - x) * unit, (box.top - y) * unit, (box.right - x) * unit, (box.bottom - y) * unit

    def lay(self, colour: Colour, area: tuple[int, int, int, int], mask: Picture | None = None) -> None:
        """Colour on an area in pixels, all of it or where the mask says."""
        for plane, value in zip(self.planes, colour, strict=True):
            plane.paste(value, area, mask)

    @contextmanager
    def ink(self, colour: Colour, box: Box | None = None) -> Iterator[Canvas]:
        """A canvas whose shapes are laid on the sheet in `colour` when the block ends. Outside `box` they are lost."""
        from PIL import ImageDraw

        edges = self.pixels(box or self.page)
        left, top = max(0, int(edges[0])), max(0, int(edges[1]))
        right, bottom = min(self.size[0], int(edges[2] + 0.999)), min(self.size[1], int(edges[3] + 0.999))
        mask = _fine_mask(self.size)
        canvas = Canvas(ImageDraw.Draw(mask), FINER * self.unit, self.page.left, self.page.top, TILE * FINER)
        try:
            yield canvas
            for (a, b, c, d), edged in canvas.runs():
                area = max(left, a), max(top, b), min(right, c), min(bottom, d)
                if area[0] < area[2] and area[1] < area[3]:
                    self._lay_run(colour, area, mask, edged)
        finally:
            for (a, b, c, d), _ in canvas.runs():
                mask.paste(0, (a * FINER, b * FINER, c * FINER, d * FINER))

    def _lay_run(self, colour: Colour, area: tuple[int, int, int, int], mask: Picture, edged: bool) -> None:
        """Ink on a row of tiles, or on what lies in the box of it."""
        left, top, right, bottom = area
        if edged:
            self.lay(colour, area, mask.reduce(FINER, (left * FINER, top * FINER, right * FINER, bottom * FINER)))
            return
        pixels = mask.load()
        if pixels is None:
            return
        tiles = range(left // TILE, (right - 1) // TILE + 1)  # each of one tone
        for tone, side_by_side in groupby(tiles, lambda tile: pixels[max(left, tile * TILE) * FINER, top * FINER]):
            row = list(side_by_side)
            start, end = max(left, row[0] * TILE), min(right, (row[-1] + 1) * TILE)
            if tone == FULL:
                self.lay(colour, (start, top, end, bottom))
            elif tone:
                part = mask.reduce(FINER, (start * FINER, top * FINER, end * FINER, bottom * FINER))
                self.lay(colour, (start, top, end, bottom), part)

    def fill(self, colour: Colour, box: Box) -> None:
        """A rectangle on whole pixels."""
        left, top, right, bottom = self.pixels(box)
        self.lay(colour, (round(left), round(top), round(right), round(bottom)))

    def frame(self, colour: Colour, box: Box, width: float) -> None:
        """The four sides of a rectangle on whole pixels, drawn inwards."""
        left, top, right, bottom = (round(edge) for edge in self.pixels(box))
        thick = max(1, round(width * self.unit))
        self.lay(colour, (left, top, right, top + thick))
        self.lay(colour, (left, bottom - thick, right, bottom))
        self.lay(colour, (left, top + thick, left + thick, bottom - thick))
        self.lay(colour, (right - thick, top + thick, right, bottom - thick))

    def blend(self, stops: tuple[Colour, ...], box: Box) -> None:
        """Colours melting into each other from top to bottom, in bands that differ by one step of one of the three."""
        left, top, right, bottom = (round(edge) for edge in self.pixels(box))
        step = (bottom - top) / (len(stops) - 1)
        for (high, low), k in zip(pairwise(stops), range(len(stops)), strict=False):
            for plane, first, last in zip(self.planes, high, low, strict=True):
                values = range(first, last + 1) if first <= last else range(first, last - 1, -1)
                start = round(top + step * k)
                for n, value in enumerate(values, 1):  # each value stands in the middle of its band
                    end = round(top + step * (k + min(1.0, (n - 0.5) / max(1, len(values) - 1))))
                    plane.paste(value, (left, start, right, max(start, end)))
                    start = max(start, end)
                plane.paste(last, (left, start, right, round(top + step * (k + 1))))

    def paper(self, ground: Colour, *motifs: tuple[Colour, Picture]) -> None:
        """The whole sheet in one colour, motifs repeated over it: masks of one size that wrap round at their edges.

        One of them is put together and then copied: colouring the whole sheet costs ten times as much.
        """
        from PIL import Image

        width, height = motifs[0][1].size
        tile = max(2, round(width * self.unit)), max(2, round(height * self.unit))
        for i, plane in enumerate(self.planes):
            one = Image.new("L", (width, height), ground[i])
            for colour, motif in motifs:
                one.paste(colour[i], (0, 0), motif)
            _repeat(plane, one if tile == one.size else one.resize(tile, Image.Resampling.LANCZOS))

    def write(
        self,
        role: Role,
        setting: TypesetText,
        box: Box,
        ink: Colour,
        on: tuple[Colour, ...],
        *,
        across: TextAnchor = "middle",
        down: TextAnchor = "middle",
    ) -> Box:
        """Draw a set text into a box; what is flush left turns flush right for text that runs from right to left.

        `on` are the colours under the text: the ink is made to stand out from all of them. Gives the box of the ink.
        """
        colour = legible(ink, on)
        room = box.height - setting.height
        top = box.top + room * {"start": 0.0, "middle": 0.5, "end": 1.0}[down]
        baseline = top - setting.lines[0].top
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[across]
        if setting.rtl:
            share = 1 - share
        left, right = float(WIDTH), 0.0
        for line in setting.lines:
            x = box.left + (box.width - line.width) * share
            self._write_line(line, setting, x, baseline, colour)
            left, right = min(left, x + line.left), max(right, x + line.right)
            baseline += setting.pitch
        inked = Box(left, top, right, top + setting.height)
        text = " ".join("".join(s.text for s in line.spans) for line in setting.lines)
        self.written.append(PlacedText(role, text, inked, colour, setting.size))
        return inked

    def _write_line(self, line: TypesetLine, setting: TypesetText, x: float, baseline: float, colour: Colour) -> None:
        """One line, first on a mask as large as its ink."""
        from PIL import Image, ImageDraw

        unit, beyond = self.unit, setting.size * INK_BEYOND
        edges = self.pixels(Box(x + line.left, baseline + line.top, x + line.right, baseline + line.bottom))
        left, top = max(0, int(edges[0] - beyond)), max(0, int(edges[1] - beyond))
        right, bottom = min(self.size[0], int(edges[2] + beyond) + 1), min(self.size[1], int(edges[3] + beyond) + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        draw = ImageDraw.Draw(mask)
        start, base = (x - self.page.left) * unit - left, (baseline - self.page.top) * unit - top
        for span in line.spans:
            alone = len(span.text) == 1 and span.text.isascii()  # needs no layout, which is half of the work
            font = open_font(span.file, span.weight, setting.size * unit, alone)
            options = {} if alone else setting.options
            draw.text((start + span.x * unit, base), span.text, FULL, font, anchor="ls", **options)
        self.lay(colour, (left, top, right, bottom), mask)


@lru_cache(maxsize=1)
def _fine_mask(size: tuple[int, int]) -> Picture:
    """What shapes are drawn on for a sheet of this size; empty between two inks. Fresh memory for each sheet would
    take as long as all the shapes."""
    from PIL import Image

    return Image.new("L", (size[0] * FINER, size[1] * FINER))


def warm_sheet(size: tuple[int, int]) -> None:
    """Takes the memory that a sheet of this size needs: the first touch of it costs as much as drawing."""
    from PIL import Image

    _fine_mask(size)
    for _ in range(2):  # what is given back once is kept by the process from then on
        Image.new("RGB", size)


def _repeat(ground: Picture, motif: Picture) -> None:
    """Cover `ground` with the motif, doubling what is there already."""
    (width, height), (across, down) = ground.size, motif.size
    ground.paste(motif, (0, 0))
    while across < width:
        ground.paste(ground.crop((0, 0, min(across, width - across), down)), (across, 0))
        across *= 2
    while down < height:
        ground.paste(ground.crop((0, 0, width, min(down, height - down))), (0, down))
        down *= 2
