"""What holds for a whole book: the size of its text, the distance of its lines, where they begin and end on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from converter.checker.pdf.lines import Line

SAME_SIZE = 0.4  # points: sizes that differ less are one
LEAST_PITCH = 0.9  # times the type size: lines that are nearer stand beside one another
LONG = 0.6  # of the signs of a long line: a line with fewer says nothing of the margins
FEW_PAGES = 8  # with text to the foot: chapters may open all of them, and other pages tell where the text begins
MANY_LINES = 12  # on a page of running text there are more
OFTEN = 0.25  # times the most frequent: tops of pages that come as often are tops of the text
AGAIN = 0.02  # of the pages: a foot that comes as often is the foot of the text
READING, READING_ABOVE = 0.62, 1.5  # times the type size: so small and so near over a word stands its reading
PAUSE = 1.35  # times the distance of lines: more stands between two blocks
CLOSE = 3.0  # points: an end so near to the margin is at it
FEWEST_LINES = 40  # a text with fewer has no habits
MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with its lines; in a book that runs leftward they are mirrored."""

    number: int
    lines: tuple[Line, ...]
    bare: bool = False
    columns: bool = False  # its lines run from top to bottom
    pictured: float = 0.0  # height of its pictures in points, where its lines are few


@dataclass(frozen=True, slots=True)
class Frame:
    """Size and distance of the lines of the text, its top and foot (baselines), in points; its margins on even and odd
    pages; the gap between words; whether lines are set to both margins."""

    size: float
    pitch: float
    top: float
    foot: float
    margins: tuple[tuple[float, float], tuple[float, float]]
    gap: float
    justified: bool

    def is_text(self, line: Line) -> bool:
        """Whether a line has the size of the text."""
        return abs(line.size - self.size) < SAME_SIZE

    def within(self, leaf: Leaf) -> list[Line]:
        """The lines of a page that stand where its text does: not its running head, its number, readings over words."""
        room = self.pitch * 0.6
        below = (*leaf.lines[1:], None)
        return [
            line
            for line, other in zip(leaf.lines, below, strict=False)
            if self.top - room <= line.y <= self.foot + room and not (other and _is_reading(line, other))
        ]

    @property
    def rows(self) -> int:
        """The lines of a full page."""
        return round((self.foot - self.top) / self.pitch) + 1


def _is_reading(line: Line, below: Line) -> bool:
    """Whether a line holds small signs over words of the next, which say how these are read."""
    over = below.y - line.y < READING_ABOVE * below.size
    return over and line.size < READING * below.size and below.left - 1 < line.left and line.right < below.right + 1


def frame_of(leaves: Sequence[Leaf]) -> Frame | None:
    """The frame of a book; None for one whose lines are too few or too unlike to have any."""
    size = _usual_size(leaves)
    texts = [(leaf.number % 2, [ln for ln in leaf.lines if abs(ln.size - size) < SAME_SIZE]) for leaf in leaves]
    pitch = _usual_pitch([lines for _, lines in texts], size)
    counts = sorted(line.count for _, lines in texts for line in lines)
    if not pitch or len(counts) < FEWEST_LINES:
        return None
    long = LONG * counts[len(counts) * 9 // 10]
    span = _span([lines for _, lines in texts], long, pitch)
    if span is None:
        return None
    full = [(side, line) for side, lines in texts for line in lines if line.count > long]
    margins = _margins(full)
    reach = [line for side, line in full if abs(line.right - margins[side][1]) < CLOSE]
    gaps = [gap for line in reach if line.spaced for gap in line.gaps]
    justified = len(reach) > MOSTLY * len(full)
    return Frame(size, pitch, *span, margins, median(gaps) if gaps else 0.0, justified)


def _usual_size(leaves: Sequence[Leaf]) -> float:
    """The type size of most signs; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for leaf in leaves:
        for line in leaf.lines:
            sizes[line.size] += line.count
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _usual_pitch(texts: Sequence[Sequence[Line]], size: float) -> float:
    """The most frequent distance of two lines; 0 where there is none."""
    pitches = Counter(round(b.y - a.y, 1) for lines in texts for a, b in pairwise(lines))
    return next((p for p, _ in pitches.most_common() if p > size * LEAST_PITCH), 0.0)


def _span(texts: Sequence[Sequence[Line]], long: float, pitch: float) -> tuple[float, float] | None:
    """Where the text of full pages begins and ends (baselines)."""
    tops: Counter[int] = Counter()
    feet: Counter[int] = Counter()
    for lines in texts:
        full = [line for line in lines if line.count > long]
        if len(full) > MANY_LINES / 2 and len(lines) > MANY_LINES:
            tops[round(full[0].y)] += 1
            feet[round(_last(lines, long, pitch).y)] += 1
    if not tops:
        return None
    often = max(2, len(texts) * AGAIN)
    highest = max(tops.values()) * OFTEN
    top = min(y for y, n in tops.items() if n >= highest)
    if sum(tops.values()) <= FEW_PAGES:
        top = min([top, *(round(y) for lines in texts if (y := _first(lines, pitch)) is not None)])
    return top, max((y for y, n in feet.items() if n >= often), default=max(feet))


def _first(lines: Sequence[Line], pitch: float) -> float | None:
    """Where the text of a page begins: its first line with another right below it; a running head stands apart."""
    return next((a.y for a, b in pairwise(lines) if b.y - a.y < PAUSE * pitch), None)


def _last(lines: Sequence[Line], long: float, pitch: float) -> Line:
    """The last line of the text: a short one apart from the others is the page's number."""
    last, above = lines[-1], lines[-2]
    return above if last.count <= long and last.y - above.y > PAUSE * pitch else last


def _margins(full: Sequence[tuple[int, Line]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Those of even and of odd pages; of a book with pages of one kind those. Both have the same measure: where most
    lines of one kind are set in, as letters are, the margins are those of the others."""
    starts: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    ends: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    for side, line in full:
        starts[side][round(line.left)] += 1
        ends[side][round(line.right)] += 1

    def of(side: int) -> tuple[float, float]:
        side = side if starts[side] else 1 - side
        return starts[side].most_common(1)[0][0], ends[side].most_common(1)[0][0]

    measure = max(right - left for left, right in (of(0), of(1)))

    def as_wide(side: int) -> tuple[float, float]:
        left, right = of(side)
        wide = [
            (starts[side][begin] + ends[side][end], float(begin), float(end))
            for begin in starts[side]
            for end in ends[side]
            if abs(end - begin - measure) < CLOSE
        ]
        return (left, right) if right - left > measure - CLOSE or not wide else max(wide)[1:]

    return as_wide(0), as_wide(1)
