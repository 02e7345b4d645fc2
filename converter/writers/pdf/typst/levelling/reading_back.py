"""From the places of marks on the pages to pieces that can be planned with.

The template sets a mark in the first and the last line of everything it numbers. In come these marks, and what the engine
knows of what it numbered; out come flows, in rows. What cannot be seen is reckoned: the gap before what begins a page is
the one seen elsewhere between two such things; of a paragraph that ends in the second line of a page it is unknown whether
the page before was full (`unsure`), until it is set once more where no page ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from converter.document.record import dataclass
from converter.writers.pdf.typst.levelling.filling import Parting, Rule
from converter.writers.pdf.typst.levelling.plan import Choice, Flow, Piece, possible

NEAR = 0.2  # of a row: further from the grid is off it
GRAIN = 20  # parts of a row that are told apart off the grid


@dataclass(frozen=True, slots=True)
class Place:
    """A mark on the pages: the physical page from 1, points from its left and upper edge."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the engine knows of something it gave a number.

    `kind` is any name: between two of the same kinds the gap is the same, unless only one is inside `within`. `leads`: it
    must stand on a page with what follows. `left` and `width`, in points: where its lines begin, from the left edge of the
    text, and how wide they are. `free`: a paragraph that may be set looser and tighter.
    """

    number: int
    kind: str
    parting: Parting = "lines"
    within: int = 0
    leads: bool = False
    scene_break: bool = False
    free: bool = False
    left: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text on a page, in points: where it begins on odd and even pages, its upper edge, the first baseline below
    that, the distance of its lines; and how pages are filled."""

    left_odd: float
    left_even: float
    top: float
    baseline: float
    pitch: float
    rule: Rule
    to_left: bool = False

    def row(self, place: Place) -> float:
        """How many rows stand above the line of this place."""
        row = (place.y - self.top - self.baseline) / self.pitch
        return float(round(row)) if abs(row - round(row)) < NEAR else round(row * GRAIN) / GRAIN

    def filled(self, place: Place, what: Numbered) -> float:
        """Which part of its width a line fills that ends here."""
        start = (self.left_odd if place.page % 2 else self.left_even) + what.left
        reached = start + what.width - place.x if self.to_left else place.x - start
        return min(1.0, max(0.0, reached / what.width)) if what.width else 1.0


Marks = Mapping[int, tuple[Place, Place]]


@dataclass(frozen=True, slots=True)
class Measured:
    """The flows of a book; the numbers of paragraphs whose rows are a guess."""

    flows: tuple[Flow, ...]
    unsure: frozenset[int] = field(default=frozenset())


def measured(chapters: Sequence[Sequence[Numbered]], marks: Marks, sheet: Sheet) -> Measured:
    """What was numbered, chapter by chapter, as flows; a thing without marks is part of the gap where it stood."""
    gaps = _gaps(chapters, marks, sheet)
    unsure: set[int] = set()
    flows = []
    for chapter in chapters:
        seen = [what for what in chapter if what.number in marks]
        if seen:
            pieces = tuple(_pieces(seen, marks, sheet, gaps, unsure))
            flows.append(Flow(pieces, _opening(seen[0], marks, sheet)))
    return Measured(tuple(flows), frozenset(unsure))


_Gaps = Mapping[tuple[str, str, bool], float]


def _opening(first: Numbered, marks: Marks, sheet: Sheet) -> float:
    return max(0.0, sheet.row(marks[first.number][0]))


def _gaps(chapters: Sequence[Sequence[Numbered]], marks: Marks, sheet: Sheet) -> _Gaps:
    """The commonest gap between two kinds."""
    counted: defaultdict[tuple[str, str, bool], Counter[float]] = defaultdict(Counter)
    for chapter in chapters:
        seen = [what for what in chapter if what.number in marks]
        for before, after in zip(seen, seen[1:], strict=False):
            gap = _gap_seen(before, after, marks, sheet)
            if gap is not None:
                counted[_between(before, after)][gap] += 1
    return {kinds: min(gaps, key=lambda gap: (-gaps[gap], gap)) for kinds, gaps in counted.items()}


def _between(before: Numbered, after: Numbered) -> tuple[str, str, bool]:
    return before.kind, after.kind, before.within == after.within


def _gap_seen(before: Numbered, after: Numbered, marks: Marks, sheet: Sheet) -> float | None:
    end, start = marks[before.number][1], marks[after.number][0]
    return max(0.0, round(sheet.row(start) - sheet.row(end) - 1, 2)) if end.page == start.page else None


def _pieces(
    chapter: Sequence[Numbered], marks: Marks, sheet: Sheet, gaps: _Gaps, unsure: set[int]
) -> Iterator[Piece]:
    lead = 0.0
    first_gap: float | None = None
    breaks = False
    before: Numbered | None = None
    for what in chapter:
        gap = 0.0
        if before is not None:
            seen = _gap_seen(before, what, marks, sheet)
            gap = gaps.get(_between(before, what), 0.0) if seen is None else seen
        before = what
        if first_gap is None:
            first_gap, breaks = gap, what.scene_break
        else:
            lead += gap
        height, last_line, sure = _height(what, marks, sheet)
        if what.leads:
            lead += height
            continue
        if not sure:
            unsure.add(what.number)
        choices = (Choice(height), *(possible(height, last_line) if what.free else ()))
        yield Piece(what.number, choices, what.parting, first_gap, lead, breaks)
        lead, first_gap, breaks = 0.0, None, False


def _height(what: Numbered, marks: Marks, sheet: Sheet) -> tuple[float, float, bool]:
    """Rows, the part of the measure that the last line fills, and whether the rows are sure."""
    start, end = marks[what.number]
    last_line = sheet.filled(end, what)
    pages = end.page - start.page
    if not pages:
        return max(1.0, sheet.row(end) - sheet.row(start) + 1), last_line, True
    on_last = sheet.row(end) + 1
    height = sheet.rule.rows - sheet.row(start) + sheet.rule.rows * (pages - 1) + on_last
    sure = what.parting != "lines" or on_last > 2 or not sheet.rule.no_widows
    return height, last_line, sure
