"""The sheet a cover is drawn on: shapes with clean edges, blends without bands, and set text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from converter.covers.canvas import FULL, Canvas
from converter.covers.colour import Colour, legible, mix
from converter.covers.seeded import grain
from converter.document.record import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from converter.covers.typesetting import TypesetText

WIDTH, HEIGHT = 1500, 2400
"""Pixels; 3.6 million, below the 4 million that Apple Books allows an image in a book."""
SAFE = 105
"""No text is nearer to the edge: readers crop, round and shade the edges of covers."""
TILE = 120
"""Pixels: ink is laid tile by tile, for empty tiles cost nothing and full ones little."""
GRAIN_TILE = 256

Role = Literal["title", "subtitle", "author", "series", "number"]
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


PAGE = Box(0, 0, WIDTH, HEIGHT)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """What was written where: the ink's box, its colour, the grounds it was chosen for, its size in pixels."""

    role: Role
    text: str
    box: Box
    ink: Colour
    size: int


class Sheet:
    """A page of one colour to begin with."""

    def __init__(self, ground: Colour) -> None:
        from PIL import Image

        self.image: Picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
        self.written: list[PlacedText] = []

    @contextmanager
    def ink(self, colour: Colour, box: Box = PAGE, scale: int = 2) -> Iterator[Canvas]:
        """A canvas whose shapes are laid on the sheet in `colour` when the block ends. `box` bounds the work: shapes
        outside are lost. `scale` is how many times finer than the sheet they are drawn before they are reduced."""
        from PIL import Image, ImageDraw

        left, top = max(0, int(box.left)), max(0, int(box.top))
        right, bottom = min(WIDTH, int(box.right + 0.999)), min(HEIGHT, int(box.bottom + 0.999))
        if right <= left or bottom <= top:
            yield Canvas(ImageDraw.Draw(Image.new("L", (1, 1))), scale, -9e6, -9e6)
            return
        mask = Image.new("L", ((right - left) * scale, (bottom - top) * scale))
        yield Canvas(ImageDraw.Draw(mask), scale, left, top)
        used = mask.getbbox()
        if used is None:
            return
        a, b = used[0] // scale, used[1] // scale
        c, d = -(-used[2] // scale), -(-used[3] // scale)
        small = mask.reduce(scale, (a * scale, b * scale, c * scale, d * scale))
        for x in range(0, small.width, TILE):
            for y in range(0, small.height, TILE):
                part = small.crop((x, y, min(x + TILE, small.width), min(y + TILE, small.height)))
                lightest, heaviest = part.getextrema()
                if heaviest:
                    at = (left + a + x, top + b + y)
                    whole = lightest == FULL
                    area = (*at, at[0] + part.width, at[1] + part.height)
                    self.image.paste(colour, area, None if whole else part)

    def fill(self, colour: Colour, box: Box) -> None:
        """A rectangle on whole pixels."""
        self.image.paste(colour, (round(box.left), round(box.top), round(box.right), round(box.bottom)))

    def blend(self, stops: tuple[Colour, ...], box: Box = PAGE) -> None:
        """Colours melting into each other from top to bottom; a little even noise keeps it free of bands."""
        from PIL import Image, ImageChops

        size = (round(box.width), round(box.height))
        ramp = Image.linear_gradient("L").resize(size, Image.Resampling.BILINEAR)
        tile = Image.frombytes("L", (GRAIN_TILE, GRAIN_TILE), grain(GRAIN_TILE**2)).point([v // 32 for v in range(256)])
        noise = Image.new("L", size)
        _repeat(noise, tile)
        ramp = ImageChops.add(ramp, noise, 1.0, -4)
        table = [_stop(stops, v / 255) for v in range(256)]
        bands = [ramp.point([c[i] for c in table]) for i in range(3)]
        self.image.paste(Image.merge("RGB", bands), (round(box.left), round(box.top)))

    def paper(self, ground: Colour, *motifs: tuple[Colour, Picture]) -> None:
        """The whole sheet in one colour, motifs repeated over it: masks of one size that wrap round at their edges.

        One of them is put together and then copied: colouring the whole sheet costs ten times as much.
        """
        from PIL import Image

        one = Image.new("RGB", motifs[0][1].size, ground)
        for colour, motif in motifs:
            one.paste(colour, (0, 0), motif)
        _repeat(self.image, one)

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
        from PIL import ImageDraw

        draw = ImageDraw.Draw(self.image)
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
            for span in line.spans:
                draw.text((x + span.x, baseline), span.text, colour, span.font, anchor="ls", **setting.options)
            left, right = min(left, x + line.left), max(right, x + line.right)
            baseline += setting.pitch
        inked = Box(left, top, right, top + setting.height)
        text = " ".join("".join(s.text for s in line.spans) for line in setting.lines)
        self.written.append(PlacedText(role, text, inked, colour, setting.size))
        return inked


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


def _stop(stops: tuple[Colour, ...], at: float) -> Colour:
    place = at * (len(stops) - 1)
    below = min(int(place), len(stops) - 2)
    return mix(stops[below], stops[below + 1], place - below)
