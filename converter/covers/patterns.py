"""Repeat patterns for papers: each gives two masks of one size that wrap round at their edges."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from typing import TYPE_CHECKING

from converter.covers.canvas import Canvas
from converter.covers.seeded import SeededRandom

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

FINER = 4
"""A tile is small: it can be drawn four times finer than the sheet."""

Draw = Callable[[Canvas], None]


def _tile(width: int, height: int, draw: Draw, half_drop: bool = False) -> Picture:
    """A mask of the motif, drawn so that it wraps round; `half_drop` repeats it in the middle of the tile too.

    The motif is drawn once, on a mask with room for what leaves its tile, and all that left is folded back.
    """
    from PIL import Image, ImageChops, ImageDraw

    roomy = Image.new("L", (width * 2 * FINER, height * 2 * FINER))
    draw(Canvas(ImageDraw.Draw(roomy), FINER, -width / 2, -height / 2, 0))
    roomy = roomy.reduce(FINER)
    x, y = width // 2, height // 2
    whole = Image.new("L", (width, height))
    for left in (0, width):
        for top in (0, height):
            whole = ImageChops.lighter(
                whole, ImageChops.offset(roomy.crop((left, top, left + width, top + height)), -x, -y)
            )
    return ImageChops.lighter(whole, ImageChops.offset(whole, x, y)) if half_drop else whole


def scales(chance: SeededRandom) -> tuple[Picture, Picture]:
    """Overlapping scales: waves, or roof tiles."""
    size = chance.choose((220, 250, 300))
    radius = size / 2

    from PIL import Image, ImageDraw

    def draw(width: float, share: float, lines: bool) -> Picture:
        mask = Image.new("L", (size * FINER, size * FINER))
        canvas = Canvas(ImageDraw.Draw(mask), FINER, 0, 0, 0)
        for row in range(-3, 6):
            for column in range(-1, 3):
                x = column * size + (radius if row % 2 else 0)
                y = row * radius / 2
                canvas.disc(x, y, radius, 0)
                if lines:
                    canvas.ring(x, y, radius * share, width)
                    canvas.ring(x, y, radius * share * 0.72, width)
                else:
                    canvas.disc(x, y, radius * share)
        return mask.reduce(FINER)

    return draw(size / 26, 0.94, True), draw(0, 0.36, False)


def sprigs(chance: SeededRandom) -> tuple[Picture, Picture]:
    """Small twigs in half drop."""
    width, height = chance.choose(((200, 330), (230, 370)))
    lean = chance.between(-26, 26)

    def stem(t: float) -> tuple[float, float]:
        return width * 0.5 + lean * t * t, height * (0.62 - 0.36 * t)

    def twig(canvas: Canvas) -> None:
        canvas.stroke([stem(i / 10) for i in range(11)], 7, 4)
        canvas.leaf(*stem(0.97), 52, 26, -pi / 2)
        for i in range(3):
            for angle in (-0.16 * pi, -0.84 * pi):
                canvas.leaf(*stem(0.12 + 0.3 * i), 66 - 6 * i, 27 - 2 * i, angle - 0.06 * i)

    def berry(canvas: Canvas) -> None:
        canvas.disc(width * 0.5, height * 0.7, 12)

    return _tile(width, height, twig, True), _tile(width, height, berry, True)


def lozenges(chance: SeededRandom) -> tuple[Picture, Picture]:
    """A lattice of diamonds with a flower in each."""
    width = chance.choose((170, 200, 230))
    height = round(width * 1.5)

    def lattice(canvas: Canvas) -> None:
        thick = width / 26
        for ax, ay, bx, by in ((0, 0, 1, 1), (1, 0, 0, 1)):
            canvas.stroke([(ax * width, ay * height), (bx * width, by * height)], thick)
        canvas.disc(width / 2, height / 2, width / 11)

    def flower(canvas: Canvas) -> None:
        for i in range(4):
            canvas.leaf(width / 2, 0, width * 0.2, width * 0.12, i * pi / 2 + pi / 4)
            canvas.leaf(width / 2, 0, width * (0.27 if i % 2 else 0.2), width * 0.1, i * pi / 2)

    return _tile(width, height, lattice), _tile(width, height, flower, True)


def stars(chance: SeededRandom) -> tuple[Picture, Picture]:
    """Large and small stars."""
    size = chance.choose((170, 200))
    points = chance.choose((4, 6, 8))
    waist = {4: 0.3, 6: 0.34, 8: 0.45}[points]
    return (
        _tile(size, size, lambda canvas: canvas.star(size / 2, size / 2, size * 0.3, points, waist), True),
        _tile(size, size, lambda canvas: canvas.disc(size / 2, 0, size * 0.06), True),
    )


def waves(chance: SeededRandom) -> tuple[Picture, Picture]:
    """Rows of a waving line, with a dotted one between."""
    width = chance.choose((200, 250))
    height = round(width * 0.56)

    def line(canvas: Canvas, y: float, thick: float) -> None:
        canvas.stroke([(x * width / 24, y + height * 0.2 * sin(2 * pi * x / 24)) for x in range(-2, 27)], thick)

    def dots(canvas: Canvas) -> None:
        for i in range(6):
            x = (i + 0.5) * width / 6
            canvas.disc(x, height * 0.75 + height * 0.2 * sin(2 * pi * x / width), height * 0.055)

    return _tile(width, height, lambda canvas: line(canvas, height * 0.25, height * 0.16)), _tile(width, height, dots)


def blooms(chance: SeededRandom) -> tuple[Picture, Picture]:
    """Round flowers with a dark heart."""
    size = chance.choose((210, 250))
    petals = chance.choose((6, 8, 10))

    def petal(canvas: Canvas) -> None:
        for i in range(petals):
            angle = 2 * pi * i / petals
            canvas.leaf(size / 2 + 20 * cos(angle), size / 2 + 20 * sin(angle), size * 0.2, size * 0.12, angle)

    def heart(canvas: Canvas) -> None:
        canvas.disc(size / 2, size / 2, size * 0.055)
        for i in range(4):
            canvas.leaf(0, size / 2, size * 0.1, size * 0.06, i * pi / 2 + pi / 4)

    return _tile(size, size, petal, True), _tile(size, size, heart, True)


def fans(chance: SeededRandom) -> tuple[Picture, Picture]:
    """Upright fans of rays in half drop."""
    width = chance.choose((210, 250))
    height = round(width * 0.9)
    rays = chance.choose((5, 7, 9))

    def fan(canvas: Canvas) -> None:
        for i in range(rays):
            angle = -pi * (0.1 + 0.8 * i / (rays - 1))
            canvas.leaf(width / 2, height * 0.72, width * 0.4, width * 0.1, angle)

    def foot(canvas: Canvas) -> None:
        canvas.disc(width / 2, height * 0.72, width * 0.055)

    return _tile(width, height, fan, True), _tile(width, height, foot, True)


def checks(chance: SeededRandom) -> tuple[Picture, Picture]:
    """A woven check of wide and narrow bars."""
    size = chance.choose((300, 340))

    def wide(canvas: Canvas) -> None:
        for i in range(4):
            for j in range(4):
                if (i + j) % 2 == 0:
                    a, b = i * size / 4, j * size / 4
                    canvas.stroke([(a, b + size / 8), (a + size / 4, b + size / 8)], size / 4)

    def narrow(canvas: Canvas) -> None:
        for i in range(4):
            for j in range(4):
                if (i + j) % 2:
                    canvas.star(i * size / 4 + size / 8, j * size / 4 + size / 8, size / 14, 4, 0.5)

    return _tile(size, size, wide), _tile(size, size, narrow)


PATTERNS: dict[str, Callable[[SeededRandom], tuple[Picture, Picture]]] = {
    "blooms": blooms,
    "checks": checks,
    "fans": fans,
    "lozenges": lozenges,
    "scales": scales,
    "sprigs": sprigs,
    "stars": stars,
    "waves": waves,
}
