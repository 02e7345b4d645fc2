"""The canvas: shapes in page coordinates on a finer mask. The mask is reduced afterwards, which gives clean edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

Point = tuple[float, float]
FULL = 255
LINE_PIECE = 12
"""Points of a line that are looked at together for the tiles they lie in."""


TILE = 60
"""Pixels of the sheet: ink is laid tile by tile, for tiles that no shape touches cost nothing."""


ARC = 24
"""Points of a circle that are looked at for the tiles its edge lies in."""
SMALL = 12
"""Tiles: all of a shape that lies in no more than these counts as its edge."""


class Canvas:
    """Draws in units of the page. `tone` is how much ink: 255 covers, 0 takes ink away again.

    `scale` is how many pixels of the mask a unit has, (`left`, `top`) the point of the page in the mask's corner,
    `tile` the side of a tile in pixels of the mask, 0 where nobody asks for tiles. `edged` are the tiles, by column and
    row, in which shapes may begin or end; `within` are more that may be covered, each of one tone.
    """

    def __init__(self, draw: ImageDraw, scale: float, left: float, top: float, tile: int = TILE) -> None:
        self._draw, self._scale, self._left, self._top, self._tile = draw, scale, left, top, tile
        self.edged: set[tuple[int, int]] = set()
        self.within: set[tuple[int, int]] = set()

    def runs(self) -> Iterator[tuple[tuple[int, int, int, int], bool]]:
        """The tiles that lie side by side as one box each, in pixels of the sheet, and whether they are edged."""
        for tiles, edged in ((self.edged, True), (self.within - self.edged, False)):
            start, end, line = 0, -1, -1
            for row, column in sorted((row, column) for column, row in tiles):
                if row == line and column == end:
                    end += 1
                    continue
                if line >= 0:
                    yield (start * TILE, line * TILE, end * TILE, line * TILE + TILE), edged
                start, end, line = column, column + 1, row
            if line >= 0:
                yield (start * TILE, line * TILE, end * TILE, line * TILE + TILE), edged

    def _at(self, x: float, y: float) -> Point:
        return (x - self._left) * self._scale, (y - self._top) * self._scale

    def _tiles(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
        """First and last column, first and last row of the tiles that a box lies in; in pixels of the mask."""
        width, height = self._draw.im.size
        a, b = max(0, int(left) - 1) // self._tile, max(0, int(top) - 1) // self._tile
        c, d = min(width - 1, int(right) + 1) // self._tile, min(height - 1, int(bottom) + 1) // self._tile
        return a, b, c, d

    def _mark(self, left: float, top: float, right: float, bottom: float) -> None:
        """An edge may be anywhere in this box."""
        if not self._tile:
            return
        a, b, c, d = self._tiles(left, top, right, bottom)
        if a == c and b == d:
            self.edged.add((a, b))
        else:
            self.edged.update((x, y) for x in range(a, c + 1) for y in range(b, d + 1))

    def _surround(self, xs: Sequence[float], ys: Sequence[float], margin: float = 1.0) -> None:
        """Marks a closed outline through these points, and what it encloses; an edge is at most `margin` from it."""
        if not self._tile:
            return
        left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        if (right - left) * (bottom - top) < SMALL * self._tile**2:
            self._mark(left - margin, top - margin, right + margin, bottom + margin)
            return
        a, b, c, d = self._tiles(left, top, right, bottom)
        self.within.update((x, y) for x in range(a, c + 1) for y in range(b, d + 1))
        ax, ay = xs[-1], ys[-1]
        for bx, by in zip(xs, ys, strict=True):
            count = int(max(abs(bx - ax), abs(by - ay)) / self._tile) + 1
            for i in range(count):
                x, y = ax + (bx - ax) * i / count, ay + (by - ay) * i / count
                ex, ey = ax + (bx - ax) * (i + 1) / count, ay + (by - ay) * (i + 1) / count
                self._mark(min(x, ex) - margin, min(y, ey) - margin, max(x, ex) + margin, max(y, ey) + margin)
            ax, ay = bx, by

    def _round(
        self, x: float, y: float, radius: float, start: float = 0, end: float = 360, width: float = 0
    ) -> tuple[float, float, float, float]:
        """The box of a circle in pixels of the mask, when its edge from `start` to `end` (degrees) is marked. `width`
        is that of a ring's line; 0 is for a slice, whose middle is marked too."""
        (a, b), (c, d) = self._at(x - radius, y - radius), self._at(x + radius, y + radius)
        if c - a < 2 * self._tile or not self._tile:
            self._mark(a, b, c, d)
            return a, b, max(a, c - 1), max(b, d - 1)
        middle, half = ((a + c) / 2, (b + d) / 2), (c - a) / 2
        turns = [(start + (end - start) * i / ARC) / 180 * pi for i in range(ARC + 1)]
        xs = [middle[0] + half * cos(turn) for turn in turns]
        ys = [middle[1] + half * sin(turn) for turn in turns]
        margin = half / 100 + width * self._scale + 2
        if width:
            for i in range(ARC):
                left, right, top, bottom = *sorted(xs[i : i + 2]), *sorted(ys[i : i + 2])
                self._mark(left - margin, top - margin, right + margin, bottom + margin)
        else:
            if end - start < 360:
                xs.append(middle[0])
                ys.append(middle[1])
            self._surround(xs, ys, margin)
        return a, b, max(a, c - 1), max(b, d - 1)

    def shape(self, points: Sequence[Point], tone: int = FULL, *, alone: bool = True) -> None:
        """A filled polygon. Not `alone`: its edges are those of lines, which are marked with these."""
        if len(points) > 2:
            scale, left, top = self._scale, self._left, self._top
            xs = [(x - left) * scale for x, _ in points]
            ys = [(y - top) * scale for _, y in points]
            if alone:
                self._surround(xs, ys)
            self._draw.polygon(list(zip(xs, ys, strict=True)), fill=tone)

    def line(self, points: Sequence[Point], width: float, tone: int = FULL) -> None:
        """A thin line of one width through many points; its bends must be slight, for its pieces are not joined."""
        scale, left, top = self._scale, self._left, self._top
        path = [((x - left) * scale, (y - top) * scale) for x, y in points]
        for i in range(0, len(path) - 1, LINE_PIECE):
            xs, ys = zip(*path[i : i + LINE_PIECE + 1], strict=True)
            half = width * scale
            self._mark(min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)
        self._draw.line(path, fill=tone, width=max(1, round(width * scale)))

    def box(self, left: float, top: float, right: float, bottom: float, tone: int = FULL) -> None:
        """A filled rectangle."""
        (a, b), (c, d) = self._at(left, top), self._at(right, bottom)
        if c - a >= 1 and d - b >= 1:
            self._surround((a, c, c, a), (b, b, d, d))
            self._draw.rectangle((round(a), round(b), round(c) - 1, round(d) - 1), fill=tone)

    def disc(self, x: float, y: float, radius: float, tone: int = FULL) -> None:
        """A filled circle."""
        self._draw.ellipse(self._round(x, y, radius), fill=tone)

    def ring(self, x: float, y: float, radius: float, width: float, tone: int = FULL) -> None:
        """A circle's line, drawn inwards from the radius."""
        box = self._round(x, y, radius, width=width)
        self._draw.ellipse(box, outline=tone, width=max(1, round(width * self._scale)))

    def wedge(self, x: float, y: float, radius: float, start: float, end: float, tone: int = FULL) -> None:
        """A slice of a disc; degrees clockwise from three o'clock."""
        self._draw.pieslice(self._round(x, y, radius, start, end), start, end, fill=tone)

    def arc(self, x: float, y: float, radius: float, width: float, start: float, end: float, tone: int = FULL) -> None:
        """Part of a ring; degrees clockwise from three o'clock."""
        box = self._round(x, y, radius, start, end, width)
        self._draw.arc(box, start, end, fill=tone, width=max(1, round(width * self._scale)))

    def stroke(self, points: Sequence[Point], width: float, end: float | None = None, tone: int = FULL) -> None:
        """A smooth line through points, its width going from `width` to `end`: one polygon, so joints are clean."""
        if len(points) < 2:
            return
        end = width if end is None else end
        one, other = [], []
        last = len(points) - 1
        for i, (x, y) in enumerate(points):
            (ax, ay), (bx, by) = points[max(0, i - 1)], points[min(last, i + 1)]
            length = hypot(bx - ax, by - ay) or 1.0
            half = (width + (end - width) * i / last) / 2
            nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
            one.append((x + nx, y + ny))
            other.append((x - nx, y - ny))
        self.shape([*one, *reversed(other)], tone)

    def star(self, x: float, y: float, radius: float, points: int, waist: float, turn: float = -90.0) -> None:
        """A star; `waist` is the inner radius as a share of the outer, `turn` the first point's direction (degrees)."""
        corners = []
        for i in range(points * 2):
            r = radius if i % 2 == 0 else radius * waist
            angle = turn / 180 * pi + i * pi / points
            corners.append((x + r * cos(angle), y + r * sin(angle)))
        self.shape(corners)

    def leaf(self, x: float, y: float, length: float, width: float, angle: float, tone: int = FULL) -> None:
        """A pointed leaf that grows from (x, y) in a direction (radians); `width` at its widest."""
        ux, uy = cos(angle) * length, sin(angle) * length
        nx, ny = -sin(angle) * width, cos(angle) * width
        upper = [(x + ux * t + nx * half, y + uy * t + ny * half) for t, half in LEAF]
        lower = [(x + ux * t - nx * half, y + uy * t - ny * half) for t, half in reversed(LEAF)]
        self.shape([*upper, *lower], tone)


LEAF = tuple((i / 9, 0.5 * sin(pi * (i / 9) ** 0.8) * (1 - 0.25 * i / 9)) for i in range(10))
"""A leaf's outline: how far along it, and half its width there."""


def curve(a: Point, b: Point, c: Point, d: Point, steps: int = 24) -> list[Point]:
    """Points on a cubic Bézier curve."""
    points = []
    for i in range(steps + 1):
        t = i / steps
        u = 1 - t
        k = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        points.append((
            k[0] * a[0] + k[1] * b[0] + k[2] * c[0] + k[3] * d[0],
            k[0] * a[1] + k[1] * b[1] + k[2] * c[1] + k[3] * d[1],
        ))  # fmt: skip
    return points
