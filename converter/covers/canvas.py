"""The canvas: shapes in page coordinates on a finer mask. The mask is reduced afterwards, which gives clean edges."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

Point = tuple[float, float]
FULL = 255


class Canvas:
    """Draws in pixels of the page. `tone` is how much ink: 255 covers, 0 takes ink away again."""

    def __init__(self, draw: ImageDraw, scale: int, left: float, top: float) -> None:
        self._draw, self._scale, self._left, self._top = draw, scale, left, top

    def _at(self, x: float, y: float) -> Point:
        return (x - self._left) * self._scale, (y - self._top) * self._scale

    def shape(self, points: Sequence[Point], tone: int = FULL) -> None:
        """A filled polygon."""
        if len(points) > 2:
            self._draw.polygon([self._at(x, y) for x, y in points], fill=tone)

    def box(self, left: float, top: float, right: float, bottom: float, tone: int = FULL) -> None:
        """A filled rectangle."""
        (a, b), (c, d) = self._at(left, top), self._at(right, bottom)
        if c - a >= 1 and d - b >= 1:
            self._draw.rectangle((round(a), round(b), round(c) - 1, round(d) - 1), fill=tone)

    def frame(self, left: float, top: float, right: float, bottom: float, width: float, tone: int = FULL) -> None:
        """The four sides of a rectangle, drawn inwards."""
        self.box(left, top, right, top + width, tone)
        self.box(left, bottom - width, right, bottom, tone)
        self.box(left, top + width, left + width, bottom - width, tone)
        self.box(right - width, top + width, right, bottom - width, tone)

    def disc(self, x: float, y: float, radius: float, tone: int = FULL) -> None:
        """A filled circle."""
        (a, b), (c, d) = self._at(x - radius, y - radius), self._at(x + radius, y + radius)
        self._draw.ellipse((a, b, c - 1, d - 1), fill=tone)

    def ring(self, x: float, y: float, radius: float, width: float, tone: int = FULL) -> None:
        """A circle's line, drawn inwards from the radius."""
        (a, b), (c, d) = self._at(x - radius, y - radius), self._at(x + radius, y + radius)
        self._draw.ellipse((a, b, c - 1, d - 1), outline=tone, width=max(1, round(width * self._scale)))

    def wedge(self, x: float, y: float, radius: float, start: float, end: float, tone: int = FULL) -> None:
        """A slice of a disc; degrees clockwise from three o'clock."""
        (a, b), (c, d) = self._at(x - radius, y - radius), self._at(x + radius, y + radius)
        self._draw.pieslice((a, b, c - 1, d - 1), start, end, fill=tone)

    def arc(self, x: float, y: float, radius: float, width: float, start: float, end: float, tone: int = FULL) -> None:
        """Part of a ring; degrees clockwise from three o'clock."""
        (a, b), (c, d) = self._at(x - radius, y - radius), self._at(x + radius, y + radius)
        self._draw.arc((a, b, c - 1, d - 1), start, end, fill=tone, width=max(1, round(width * self._scale)))

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
        ux, uy = cos(angle), sin(angle)
        upper, lower = [], []
        for i in range(13):
            t = i / 12
            half = width * 0.5 * (sin(pi * t**0.8)) * (1 - 0.25 * t)
            px, py = x + ux * length * t, y + uy * length * t
            upper.append((px - uy * half, py + ux * half))
            lower.append((px + uy * half, py - ux * half))
        self.shape([*upper, *reversed(lower)], tone)


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
