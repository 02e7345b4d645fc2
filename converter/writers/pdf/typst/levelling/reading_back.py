"""From the places of marks on the pages to pieces that can be planned with.

The template sets a mark in the first and the last line of everything it numbers. In come these marks, and what the
engine knows of what it numbered; out come flows, in rows. What cannot be seen is reckoned: the gap before what begins
a page is the one seen elsewhere between two such things; of a paragraph that ends in the second line of a page it is
unknown whether the page before was full: one that can be set `alone`, where no page ends, is `unsure`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from math import floor

from converter.document.record import dataclass
from converter.writers.pdf.filling import SLACK, Note, Parting, Rule
from converter.writers.pdf.typst.levelling.plan import Choice, Flow, Piece, possible

NEAR = 0.05  # of a row: further from the grid is off it
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

    `kind` is any name: between two of the same kinds the gap is the same, unless only one is inside `within`. `last`:
    it ends with the thing of this number (a letter with its last paragraph). `edges`: its marks stand at its edges,
    not in its lines. `leads`: it must stand on a page with what follows. `left` and `width`, in points: where its
    lines begin, from the left edge of the text, and how wide they are; `lower`: how far below the body's baselines
    its own lie. `free`: a paragraph that may be set looser and tighter. `alone`: one that can be set by itself.
    `column`: it stands in the column itself, in nothing else. `beside`: so many of its lines stand beside a drop cap,
    and are as they are. `around`: rows above and below it by its design, for where it stands at the head of its page
    and none are seen. `notes`: those that it cites, by numbers of their own.
    """

    number: int
    kind: str
    parting: Parting = "lines"
    last: int = 0
    within: int = 0
    edges: bool = False
    leads: bool = False
    scene_break: bool = False
    free: bool = False
    alone: bool = False
    column: bool = False
    left: float = 0.0
    width: float = 0.0
    lower: float = 0.0
    beside: int = 0
    around: float = 0.0
    notes: tuple[int, ...] = ()


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

    def above(self, place: Place, what: Numbered) -> float:
        """How many rows stand above this place: above the line it is in, or above the edge that it is."""
        row = (place.y - self.top - (0.0 if what.edges else self.baseline + what.lower)) / self.pitch
        return float(round(row)) if abs(row - round(row)) < NEAR else round(row * GRAIN) / GRAIN

    def below(self, place: Place, what: Numbered) -> float:
        """How many rows are taken when the line of this place is, or what has its lower edge here."""
        return self.above(place, what) + (0.0 if what.edges else 1.0)

    def filled(self, place: Place, what: Numbered) -> float:
        """Which part of its width a line fills that ends here."""
        start = (self.left_odd if place.page % 2 else self.left_even) + what.left
        reached = start + what.width - place.x if self.to_left else place.x - start
        return min(1.0, max(0.0, reached / what.width)) if what.width else 1.0


Marks = Mapping[int, tuple[Place, Place]]
Cited = tuple[Place, float]
"""Where a note is cited, and how many rows it takes at the foot of a page."""
Opening = tuple[Numbered, float]
"""What ends with a chapter's heading, and how many rows stand below."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The flows of a book; the numbers of paragraphs whose rows are a guess."""

    flows: tuple[Flow, ...]
    unsure: frozenset[int] = frozenset()


def measured(
    chapters: Sequence[Sequence[Numbered]],
    marks: Marks,
    sheet: Sheet,
    sinks: frozenset[int] = frozenset(),
    *,
    openings: Sequence[Opening | None] = (),
    level: bool = True,
    notes: Mapping[int, Cited] | None = None,
) -> Measured:
    """What was numbered, chapter by chapter, as flows; of those that begin with the numbers `sinks` the heading may
    stand higher or lower. What has no marks is as high as the room between its neighbours. `openings`: of each chapter;
    what comes first may have left it alone on its page. `level`: feet are to be. `notes`: those that are reckoned with,
    by their numbers."""
    cited = notes or {}
    feet = _feet(cited, sheet)
    seen = [list(_seen(chapter, marks, sheet, cited, feet)) for chapter in chapters]
    gaps = _gaps(seen)
    unsure = (one.what.number for things in seen for one in things if one.what.alone and not one.sure)
    flows = tuple(
        Flow(
            tuple(_pieces(things, gaps, sheet, cited)),
            _used(things[0], opening, marks, sheet),
            things[0].what.number in sinks,
            level=level,
        )
        for things, opening in zip_longest(seen, openings)
        if things
    )
    return Measured(flows, frozenset(unsure))


@dataclass(frozen=True, slots=True)
class _Seen:
    """Something numbered where it stands: pages, and rows taken of the first before it and of the last with it.

    `hidden`: something without marks stands between it and the one before.
    """

    what: Numbered
    page: int
    start: float
    last_page: int
    end: float
    last_line: float
    hidden: bool
    height: float
    sure: bool


def _feet(notes: Mapping[int, Cited], sheet: Sheet) -> dict[int, float]:
    """Rows that notes take at the feet of pages, as far as these are known; that of the next page is unknown, too, for
    some may go on there."""
    feet: dict[int, float] = {}
    for place, rows in notes.values():
        feet[place.page] = feet.get(place.page, sheet.rule.above_notes) + rows
    return {page + 1: 0.0 for page in feet} | feet


def _seen(
    chapter: Sequence[Numbered], marks: Marks, sheet: Sheet, notes: Mapping[int, Cited], feet: Mapping[int, float]
) -> Iterator[_Seen]:
    hidden = False
    for what in chapter:
        last = what.last or what.number
        if what.number not in marks or last not in marks:
            hidden = True
            continue
        first, final = marks[what.number][0], marks[last][1]
        start, end = sheet.above(first, what), sheet.below(final, what)
        below = [min(feet.get(page, 0.0), sheet.rule.rows - start) for page in range(first.page, final.page)]
        height = end - start + sheet.rule.rows * (final.page - first.page) - sum(below)
        if what.parting == "lines" and final.page != first.page:
            height = floor(height + SLACK)  # off the grid less than a line is left over at the foot
        sure = first.page == final.page or what.parting != "lines" or end > 2 or not sheet.rule.no_widows
        torn = any(notes[note][0].page > first.page for note in what.notes if note in notes)  # or it may be
        sure = sure and not torn and not any(page in feet for page in range(first.page, final.page))
        height = max(0.0 if what.edges else 1.0, round(height, 2))
        yield _Seen(what, first.page, start, final.page, end, sheet.filled(final, what), hidden, height, sure)
        hidden = False


def _used(first: _Seen, opening: Opening | None, marks: Marks, sheet: Sheet) -> float:
    """How many rows of its page a chapter's opening takes."""
    if opening is not None and opening[0].number in marks:
        what, below = opening
        end = marks[what.number][1]
        if end.page < first.page:
            return sheet.above(end, what) + below
    return max(0.0, first.start)


_Gaps = Mapping[tuple[str, str, bool], float]


def _gaps(chapters: Sequence[Sequence[_Seen]]) -> _Gaps:
    """The commonest gap between two kinds."""
    counted: defaultdict[tuple[str, str, bool], Counter[float]] = defaultdict(Counter)
    for things in chapters:
        for before, after in pairwise(things):
            if before.last_page == after.page and not after.hidden:
                counted[_between(before, after)][_room(before, after)] += 1
    return {kinds: min(gaps, key=lambda gap: (-gaps[gap], gap)) for kinds, gaps in counted.items()}


def _between(before: _Seen, after: _Seen) -> tuple[str, str, bool]:
    return before.what.kind, after.what.kind, before.what.within == after.what.within


def _room(before: _Seen, after: _Seen) -> float:
    return max(0.0, round(after.start - before.end, 2))


def _pieces(things: Sequence[_Seen], gaps: _Gaps, sheet: Sheet, notes: Mapping[int, Cited]) -> Iterator[Piece]:
    """The pieces of a chapter: what leads to another is part of that one's."""
    leading: list[tuple[float, _Seen]] = []
    before: _Seen | None = None
    for one in things:
        gap = 0.0
        if before is not None and one.hidden:
            yield Piece(-one.what.number, (Choice(_hidden(before, one, sheet)),), "rows")
        elif before is not None:
            around = max(before.what.around, one.what.around)
            gap = _room(before, one) if before.last_page == one.page else gaps.get(_between(before, one), around)
        before = one
        leading.append((gap, one))
        if one.what.leads and one is not things[-1]:
            continue
        first_gap, first = leading[0]
        lead = round(sum(gap for gap, _ in leading[1:]) + sum(led.height for _, led in leading[:-1]), 2)
        free = possible(one.height, one.last_line, one.what.beside) if one.what.free else ()
        choices = (Choice(one.height), *free)
        begins = first.what.number if first.what.column else 0
        sign = first.height if begins and first.what.scene_break and len(leading) > 1 else 0.0
        beyond = round(lead - sign - leading[1][0], 2) if sign else 0.0
        yield Piece(
            one.what.number, choices, one.what.parting, first_gap, lead, first.what.scene_break, begins,
            last_line=one.last_line, free=one.what.free, fixed=one.what.beside,
            sign=sign, beyond=beyond, notes=tuple(_notes(one, sheet, notes)),
        )  # fmt: skip
        leading = []


def _notes(one: _Seen, sheet: Sheet, notes: Mapping[int, Cited]) -> Iterator[Note]:
    """The notes that it cites, as far as they are reckoned with: one that is cited on a page between its first and its
    last only where it will be seen in which row that is."""
    for place, rows in (notes[number] for number in one.what.notes if number in notes):
        row = sheet.above(place, replace(one.what, edges=False))
        if place.page == one.page:
            yield Note(max(0, int(row - one.start + SLACK)), rows)
        elif place.page == one.last_page:
            yield Note(min(-1, int(row - one.end - SLACK)), rows)
        elif one.what.alone:
            yield Note(int(one.height / 2), rows)


def _hidden(before: _Seen, after: _Seen, sheet: Sheet) -> float:
    pages = after.page - before.last_page
    return max(0.0, round(after.start - before.end + sheet.rule.rows * pages, 2))
