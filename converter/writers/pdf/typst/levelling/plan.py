"""The plan: which paragraphs are set one line shorter or longer, so that the feet of pages are level.

In come the flows of a book (what stands in it between two forced page breaks), with what each paragraph could be set
to; out comes the choice that costs least, by dynamic programming over (place in the flow, rows used of the page). The
costs are faults as a reader sees them: a foot short by two lines is worse than six that are short by one, and a
paragraph is never touched for nothing. Before a scene break and before the end of a flow a page may also end early, so
that lines go over to stand above the break, or with the last ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache, partial
from math import inf
from typing import NamedTuple

from converter.document.record import dataclass
from converter.writers.pdf.filling import BARE, SLACK, Filled, Foot, Note, Parting, Rule, parted
from converter.writers.pdf.noted import fill_noted, filled_by, turned
from converter.writers.pdf.typst.levelling.faults import (
    SHORT_BY_ONE,
    SIGN_AT_FOOT,
    SIGN_OR_HOLE,
    faults,
    faults_below_sign,
    last_page,
)

EARLIEST, NEAR, LAST = 4, 3, 6  # rows that a page may end early; pieces before a scene break, or the end, where it may
CHANGE, LOOSER = 0.2, 400.0  # a paragraph is touched; and the square of what each line gives, in widths
SINKS, A_ROW_OF_SINK = (-1, 1), 1.0  # a heading that stands a row lower; what that costs: two are seen
HOPELESS = 60.0  # what costs so much more than the best hardly wins in the end
MOST_STEPS = 2  # lines that one paragraph may win or lose
SHORTEST = 1  # rows of a paragraph that has lost one; one that is to win some is longer
MOST_NEARER, MOST_APART = 0.049, 0.055  # of a line's width, that each line gives or takes; what is tight shows more
LEAST_LAST_LINE = 0.08  # of the measure: what the line that is won should hold
FILLED, BEGUN = 0.95, 0.15  # what the last line then holds, when one is lost or won
STRENGTH, SURELY = 350.0, 1.5  # factor for the whole width; and so much that it surely gives way
LARGEST = 16.0  # thousandths of an em; at 18 single lines were seen to be crammed, at 14 feet are less level


@dataclass(frozen=True, slots=True)
class Choice:
    """A paragraph set in `rows` rows, by a factor of tracking and word spacing (thousandths of an em; percent).
    `early`: rows that the page ends early on which it would begin.
    `last_line`: which part of its measure the last line fills, once that was tried. `over`: it begins a page, and the
    sign of the scene break that leads to it is the last thing on the page before. `cited`: the rows that cite its
    notes, once that was tried."""

    rows: float
    factor: float = 0.0
    cost: float = 0.0
    early: int = 0
    last_line: float | None = None
    over: bool = False
    cited: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What the flow is made of: a paragraph, a stanza, a box, with the scene breaks and headings that lead to it.

    `gap`: rows before it, dropped at the head of a page; `lead`: rows that must stand above it on the same page, of
    which `breaks` says that a scene break is the first. The first of the choices is how it is set when left alone.
    `begins`: the number of what stands first in it, where that is in the column itself and a page can end early before.
    `last_line`: which part of its measure the last line fills when left alone; `free`: its paragraph may be tried;
    `fixed`: so many of its rows, the first, don't change then. `sign`: rows of the lead that are the sign of a scene
    break, where that can be the last thing on a page; `beyond`: those that then stand above it on the next.
    `notes`: those that it cites, in order.
    """

    number: int
    choices: tuple[Choice, ...]
    parting: Parting = "lines"
    gap: float = 0.0
    lead: float = 0.0
    breaks: bool = False
    begins: int = 0
    last_line: float = 1.0
    free: bool = False
    fixed: int = 0
    sign: float = 0.0
    beyond: float = 0.0
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Pieces from one forced page break to the next; `used`: rows of its first page that its opening takes. `sinks`:
    its heading may stand a few lines higher or lower; `sunk`: so many lower it does. `level`: its feet are to be."""

    pieces: tuple[Piece, ...]
    used: float = 0.0
    sinks: bool = False
    sunk: int = 0
    level: bool = True


class Ends(NamedTuple):
    """Where pages end in a paragraph of so many `lines`, the last one as far as it is filled: after which of its
    `rows`."""

    lines: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a book is to be set. By number, `factors`: how much looser a paragraph is set, f thousandths of an em between
    its letters, f percent of a space more between its words, below 0 tighter. `early`: before what a page ends early,
    and by how many rows. `sunk`: how many rows lower the heading stands above what begins a chapter. `ends`: of what
    may be parted between its lines, where pages then end in it. `signs`: the scene breaks that are the last thing on
    their pages."""

    factors: Mapping[int, float] = field(default_factory=dict)
    early: Mapping[int, int] = field(default_factory=dict)
    sunk: Mapping[int, int] = field(default_factory=dict)
    ends: Mapping[int, Ends] = field(default_factory=dict)
    signs: frozenset[int] = frozenset()


Chosen = dict[int, Choice]
Filler = Callable[..., Filled | None]
_At = tuple[float, Foot]
"""Rows of text on a page, and what notes take at its foot."""
_Trail = tuple["_Trail | None", int, Choice]


def least_cost(flow: Flow, rule: Rule) -> tuple[Chosen, float]:
    """The changes that make this flow's pages best, by the numbers of their pieces, and what the pages then cost."""
    judged = _judge(rule)
    near = _near_ends(flow)
    states: dict[_At, tuple[float, bool, _Trail | None]] = {(flow.used, BARE): (0.0, False, None)}
    for at, piece in enumerate(flow.pieces):
        reached: dict[_At, tuple[float, bool, _Trail | None]] = {}
        plain = at not in near and not piece.sign and not piece.notes
        limit = min(cost for cost, _, _ in states.values()) + HOPELESS
        for (used, foot), (cost, turns, trail) in states.items():
            if cost > limit:
                continue
            choices = piece.choices if plain else _choices(flow, rule, at, near.get(at, ()), (used, foot))
            for choice in choices:
                if choice.over:
                    end = _judged_over(rule, used, foot, piece, choice, flow.level)
                else:
                    end = judged(
                        used, piece.gap, piece.lead, choice.rows, piece.parting, choice.early,
                        notes_of(piece, choice) if piece.notes else (), foot,
                        piece.breaks, flow.level,
                    )  # fmt: skip
                if end is None:
                    continue
                total = cost + choice.cost + end[1]
                best = reached.get(end[0])
                if best is None or total < best[0] - 1e-9:
                    after = (trail, piece.number, choice) if choice is not piece.choices[0] else trail
                    reached[end[0]] = (total, turns or end[2], after)
        states = reached
    ends = ((cost + last_page(used, turns, rule, foot), trail) for (used, foot), (cost, turns, trail) in states.items())
    cost, trail = min(ends, key=lambda end: end[0])
    alone = cost_of(flow, rule, {})
    return (dict(_followed(trail)), cost) if cost < alone else ({}, alone)


def _choices(flow: Flow, rule: Rule, at: int, ends: Sequence[int], begin: _At) -> tuple[Choice, ...]:
    """Of a piece that would be set from here on, with those that its page offers; `ends` are near below it."""
    piece, set_, (used, foot) = flow.pieces[at], _filler(rule), begin
    choices = piece.choices
    if any(_ends_badly(flow, rule, at, end, begin, set_) for end in ends) or (
        piece.notes and piece.begins and _is_torn(piece, used, foot, set_)
    ):
        choices += _early(piece)
    return choices + _over(flow, piece, used, foot, set_) if piece.sign else choices


def sunk(flow: Flow, rule: Rule) -> Flow:
    """The flow with its heading higher or lower, where its last page would have next to nothing on it else."""
    return planned(flow, rule)[0]


def planned(flow: Flow, rule: Rule) -> tuple[Flow, Chosen]:
    """The flow, its heading higher or lower where that is better (`sunk`), and what is best then."""
    plan, before = least_cost(flow, rule)
    if not flow.sinks or before < SHORT_BY_ONE:
        return flow, plan
    others = (replace(flow, used=flow.used + rows, sunk=rows) for rows in SINKS)
    found = [(other, *least_cost(other, rule)) for other in others]
    best, chosen, cost = min(found, key=lambda one: one[2] + abs(one[0].sunk) * A_ROW_OF_SINK)
    return (best, chosen) if cost + abs(best.sunk) * A_ROW_OF_SINK < before else (flow, plan)


def cost_of(flow: Flow, rule: Rule, plan: Chosen) -> float:
    """What a flow's pages cost when it is set by this plan; the empty one sets everything as it is when left alone."""
    cost, used, foot, turns = 0.0, flow.used, BARE, False
    for piece in flow.pieces:
        choice = plan.get(piece.number, piece.choices[0])
        filled = set_as(rule, used, piece, choice, foot)
        if filled is None:
            return inf
        cost += choice.cost + (
            faults_below_sign(filled, flow.level) if choice.over else faults(filled, used, piece.breaks, flow.level)
        )
        used, foot, turns = filled.used, filled.foot, turns or bool(filled.left_over)
    return cost + last_page(used, turns, rule, foot)


def ends_of(flow: Flow, rule: Rule, plan: Chosen) -> Iterator[tuple[int, Ends]]:
    """Where pages end in what may be parted between its lines, when a flow is set by this plan."""
    used, foot = flow.used, BARE
    for piece in flow.pieces:
        choice = plan.get(piece.number, piece.choices[0])
        filled = set_as(rule, used, piece, choice, foot)
        if filled is None:
            return
        if filled.left_over and piece.parting == "lines":
            if choice.over:
                beyond = filled._replace(left_over=filled.left_over[1:], at_head=True)
                parts = parted(rule, 0.0, 0.0, piece.beyond, beyond)
            else:
                parts = parted(rule, used, piece.gap, piece.lead, filled)
            rows = tuple(round(after) for after in parts)
            if rows:
                yield piece.number, Ends(round(choice.rows - 1 + last_line_of(piece, choice), 2), rows)
        used, foot = filled.used, filled.foot


def notes_of(piece: Piece, choice: Choice) -> tuple[Note, ...]:
    """The notes of a piece that is set so, in the rows that cite them then, as far as that is known."""
    if choice.cited is not None:
        return tuple(Note(row, note.rows) for row, note in zip(choice.cited, piece.notes, strict=True))
    was = piece.choices[0].rows
    if choice.rows == was or was <= 1:
        return piece.notes
    grown = (choice.rows - 1) / (was - 1)
    return tuple(Note(round(note.row * grown) if note.row > 0 else note.row, note.rows) for note in piece.notes)


def last_line_of(piece: Piece, choice: Choice) -> float:
    """Which part of its measure the last line fills of a paragraph that is set so, as far as that is known."""
    if choice.last_line is not None:
        return choice.last_line
    return BEGUN if choice.factor > 0 else FILLED if choice.factor < 0 else piece.last_line


def set_as(rule: Rule, used: float, piece: Piece, choice: Choice, foot: Foot = BARE) -> Filled | None:
    """Where a piece ends that is set so; None where it can't be."""
    if not choice.over:
        return _filler(rule)(
            used, piece.gap, piece.lead, choice.rows, piece.parting, choice.early, notes_of(piece, choice), foot
        )
    reached = used + piece.gap + piece.sign
    if not used or reached > rule.rows - foot.rows + SLACK:
        return None
    beyond = fill_noted(
        rule, 0.0, 0.0, piece.beyond, choice.rows, piece.parting, notes_of(piece, choice), turned(rule, foot)
    )
    left = max(0.0, rule.rows - foot.rows - reached)
    return beyond._replace(left_over=(left, *beyond.left_over), at_head=False)


def _over(flow: Flow, piece: Piece, used: float, foot: Foot, set_: Filler) -> tuple[Choice, ...]:
    """The piece with the sign of its scene break left on the page before, where both would begin the next one."""
    rows = piece.choices[0].rows
    filled = set_(used, piece.gap, piece.lead, rows, piece.parting, 0, piece.notes, foot)
    if filled is None or not filled.at_head:
        return ()
    return (Choice(rows, cost=SIGN_AT_FOOT if flow.level else SIGN_OR_HOLE, over=True),)


@lru_cache(maxsize=4)
def _filler(rule: Rule) -> Filler:
    """`filled_by` for pages of this rule, which are filled in the same ways again and again."""
    return lru_cache(maxsize=100_000)(partial(filled_by, rule))


@lru_cache(maxsize=4)
def _judge(rule: Rule) -> Callable[..., tuple[_At, float, bool] | None]:
    """Of what is filled in so: where it ends, what its faults cost, whether pages ended; None where it can't be."""

    @lru_cache(maxsize=100_000)
    def judged(
        used: float, gap: float, lead: float, height: float, parting: Parting, early: int, notes: tuple[Note, ...],
        foot: Foot, breaks: bool, level: bool,
    ) -> tuple[_At, float, bool] | None:  # fmt: skip
        filled = filled_by(rule, used, gap, lead, height, parting, early, notes, foot)
        if filled is None:
            return None
        return (filled.used, filled.foot), faults(filled, used, breaks, level), bool(filled.left_over)

    return judged


def _judged_over(
    rule: Rule, used: float, foot: Foot, piece: Piece, choice: Choice, level: bool
) -> tuple[_At, float, bool] | None:
    """The same of a piece whose sign stays on the page before."""
    filled = set_as(rule, used, piece, choice, foot)
    return filled and ((filled.used, filled.foot), faults_below_sign(filled, level), True)


def _near_ends(flow: Flow) -> dict[int, list[int]]:
    """Of the pieces before which a page may end early, those near above scene breaks, which begin such a piece, or
    near above the flow's end: by their places, and the places of these."""
    near: dict[int, list[int]] = {}
    for end in (*(i for i, piece in enumerate(flow.pieces) if piece.breaks), len(flow.pieces)):
        for at in range(max(0, end - (LAST if end == len(flow.pieces) else NEAR)), end):
            if flow.pieces[at].begins:
                near.setdefault(at, []).append(end)
    return near


def _ends_badly(flow: Flow, rule: Rule, at: int, end: int, begin: _At, set_: Filler) -> bool:
    """Whether a break would begin its page, or few lines be on the last one, if all from here on were left alone. Where
    feet are not level anyway it may always be better to end earlier."""
    if not flow.level:
        return True
    (used, foot), turns = begin, False
    for piece in flow.pieces[at:end]:
        filled = set_(used, piece.gap, piece.lead, piece.choices[0].rows, piece.parting, 0, piece.notes, foot)
        assert filled is not None
        used, foot, turns = filled.used, filled.foot, turns or bool(filled.left_over)
    if end == len(flow.pieces):
        return last_page(used, turns, rule, foot) > 0
    piece = flow.pieces[end]
    filled = set_(used, piece.gap, piece.lead, piece.choices[0].rows, piece.parting, 0, piece.notes, foot)
    return filled is not None and (filled.at_head or used <= 1 + SLACK)


def _is_torn(piece: Piece, used: float, foot: Foot, set_: Filler) -> bool:
    filled = set_(used, piece.gap, piece.lead, piece.choices[0].rows, piece.parting, 0, piece.notes, foot)
    return filled is not None and filled.torn > 0


def _early(piece: Piece) -> tuple[Choice, ...]:
    rows = piece.choices[0].rows
    return tuple(Choice(rows, early=early) for early in range(1, EARLIEST + 1))


def _followed(trail: _Trail | None) -> Iterable[tuple[int, Choice]]:
    while trail is not None:
        trail, number, choice = trail
        yield number, choice


def possible(rows: float, last_line: float, fixed: int = 0) -> list[Choice]:
    """What a paragraph of so many rows could probably be set to, one or two lines shorter or longer; `last_line` is the
    part of its measure that the last line fills, `fixed` are first rows that stay as they are."""
    lines = round(rows) - fixed
    full = lines - 1 + last_line
    found = []
    for step in range(1, MOST_STEPS + 1):
        less = (step - 1 + last_line) / full if full else 1.0
        more = (step + LEAST_LAST_LINE - last_line) / full if full else 1.0
        if lines - step >= SHORTEST and less <= MOST_NEARER:
            found.append(Choice(fixed + lines - step, -factor_for(less), step * CHANGE + LOOSER * less**2))
        if lines > SHORTEST and more <= MOST_APART:
            found.append(Choice(fixed + lines + step, factor_for(more), step * CHANGE + LOOSER * more**2))
    return found


def factor_for(change: float) -> float:
    """The factor that makes lines wider or narrower by this part of their width."""
    return round(min(LARGEST, STRENGTH * change + SURELY), 1)
