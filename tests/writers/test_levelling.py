"""Levelling: pages filled as Typst fills them, a plan that costs least, factors that were tried and that nobody sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.writers.pdf.filling import Filled, Note, fill, parted
from converter.writers.pdf.noted import filled_by
from converter.writers.pdf.typst.levelling import (
    Asked,
    Ends,
    Measured,
    Numbered,
    Place,
    Rule,
    Sheet,
    Tried,
    level,
    measured,
)
from converter.writers.pdf.typst.levelling.faults import SHORT_BY_ONE
from converter.writers.pdf.typst.levelling.plan import (
    LARGEST,
    Choice,
    Flow,
    Piece,
    cost_of,
    ends_of,
    least_cost,
    possible,
    set_as,
    sunk,
)

ROWS = 12
RULE = Rule(ROWS)

rules = st.builds(Rule, st.integers(5, 40), st.booleans(), st.booleans())
partings = st.sampled_from(("lines", "rows", "never"))
heights = st.integers(1, 90).map(float)
gaps = st.sampled_from((0.0, 0.0, 1.0, 0.5))
leads = st.sampled_from((0.0, 0.0, 2.0, 3.0))


def paragraph(number: int, rows: int, last_line: float) -> Piece:
    return Piece(number, (Choice(float(rows)), *possible(rows, last_line)))


@st.composite
def flows(draw: st.DrawFn, longest: int = 30, *, signs: bool = False, noted: bool = False) -> Flow:
    """A chapter: paragraphs with a scene break before some of them, a box now and then. `signs`: those of the breaks
    may be the last thing on a page. `noted`: some cite notes."""
    pieces = []
    for number in range(draw(st.integers(1, longest))):
        rows, last_line = draw(st.integers(1, 25)), draw(st.floats(0.05, 1.0))
        piece = paragraph(number, rows, last_line)
        if not draw(st.integers(0, 8)):
            piece = Piece(number, piece.choices, "lines", 1.0, 2.0, True, number if signs else 0, sign=float(signs))
        elif not draw(st.integers(0, 12)):
            piece = Piece(number, (Choice(draw(st.integers(1, 9)) + 0.5),), "never", 1.0)
        if noted and not draw(st.integers(0, 3)):
            piece = replace(piece, notes=(Note(draw(st.integers(-1, rows - 1)), draw(st.integers(1, 4)) * 0.8),))
        pieces.append(piece)
    return Flow(tuple(pieces), draw(st.sampled_from((0.0, 5.0))))


# ----------------------------------------------------------------------------------------------------- filling


@given(rules, st.integers(0, 40), gaps, leads, heights, partings)
def test_no_row_is_lost_and_none_is_set_twice(
    rule: Rule, used: int, gap: float, lead: float, height: float, parting: str
) -> None:
    used = min(used, rule.rows)
    if parting == "never":
        height = min(height, rule.rows - lead)
    filled = fill(rule, used, gap, lead, height, parting)  # type: ignore[arg-type]
    before = lead if filled.at_head else used + gap + lead
    if filled.at_head and used:  # the page that it would not begin on was left as it was
        assert filled.left_over[0] == rule.rows - used
    over = filled.left_over[1:] if filled.at_head and used else filled.left_over
    assert before + height == pytest.approx(filled.used + rule.rows * len(over) - sum(over))
    assert all(0 <= left < rule.rows for left in filled.left_over)
    assert 0 < filled.used <= rule.rows


@pytest.mark.parametrize(
    ("used", "lines", "expected"),
    [
        (9, 3, Filled(12, (), False)),
        (10, 3, Filled(3, (2,), True)),  # of three lines none can be parted
        (11, 2, Filled(2, (1,), True)),
        (10, 4, Filled(2, (0,), False)),
        (9, 4, Filled(2, (1,), False)),  # three would leave a widow
        (11, 8, Filled(8, (1,), True)),  # one would be an orphan
        (4, 21, Filled(2, (0, 1), False)),  # the second page gives one up to the third
        (0, 13, Filled(2, (1,), True)),
    ],
)
def test_paragraphs_are_parted_as_widows_and_orphans_allow(used: int, lines: int, expected: Filled) -> None:
    assert fill(RULE, used, 0, 0, lines, "lines") == expected


@given(rules, st.integers(0, 40), gaps, leads, heights)
def test_pages_end_where_the_rows_of_a_paragraph_are_parted(
    rule: Rule, used: int, gap: float, lead: float, height: float
) -> None:
    filled = fill(rule, used := min(used, rule.rows), gap, lead, height, "lines")
    ends = list(parted(rule, used, gap, lead, filled))
    assert len(ends) == len(filled.left_over) - bool(filled.at_head and used)
    assert ends == sorted(set(ends))
    assert not ends or (ends[0] > 0 and height - ends[-1] == filled.used)
    first = lead if filled.at_head else used + gap + lead
    assert not ends or first + ends[0] <= rule.rows + 0.02


def test_what_leads_goes_to_the_next_page_with_what_it_leads_to() -> None:
    assert fill(RULE, 8, 1, 2, 5, "lines") == Filled(7, (4,), True)
    assert fill(RULE, 7, 1, 2, 5, "lines") == Filled(3, (0,), False)


# -------------------------------------------------------------------------------------------------- the plan


@given(flows(signs=True, noted=True))
def test_a_plan_is_never_worse_than_none(flow: Flow) -> None:
    plan, cost = least_cost(flow, RULE)
    assert cost == pytest.approx(cost_of(flow, RULE, plan))
    assert cost <= cost_of(flow, RULE, {}) + 1e-9
    assert least_cost(flow, RULE) == (plan, cost)


@given(flows(longest=5, noted=True))
def test_a_plan_is_the_best_of_all(flow: Flow) -> None:
    every = product(*(piece.choices for piece in flow.pieces))
    best = min(cost_of(flow, RULE, {p.number: c for p, c in zip(flow.pieces, one, strict=True)}) for one in every)
    assert least_cost(flow, RULE)[1] == pytest.approx(best)


def lines(number: int, rows: int, lead: float = 0.0) -> Piece:
    return Piece(number, (Choice(float(rows)),), "lines", lead / 2, lead, lead > 0, begins=number)


@pytest.mark.parametrize("level", [True, False])
@pytest.mark.parametrize(
    ("rows", "early", "above"),
    [
        ((10, 2, 4), [2], 2),  # a paragraph that is not parted goes over as a whole
        ((5, 7, 4), [2], 2),  # the last two lines of a longer one do
        ((5, 6, 1, 4), [3], 1),  # one is better than none
        ((2, 6, 4), [], 8),  # there is room for the break and two lines after it
    ],
)
def test_lines_go_over_to_stand_above_a_scene_break(
    rows: tuple[int, ...], early: list[int], above: int, level: bool
) -> None:
    *before, last = (lines(n, r) for n, r in enumerate(rows, 1))
    flow = Flow((*before, lines(last.number, rows[-1], 1.0), lines(9, 4)), level=level)
    plan, cost = least_cost(flow, RULE)
    assert [number for number, choice in plan.items() if choice.early] == early
    assert cost == pytest.approx(cost_of(flow, RULE, plan))
    used = 0.0
    for piece in before:
        early_by = plan[piece.number].early if piece.number in plan else 0
        filled = filled_by(RULE, used, 0, 0, piece.choices[0].rows, "lines", early_by)
        assert filled is not None
        used = filled.used
    assert used == above


def above_sign(rows: int, *, opener: float = 0.0, level: bool = True) -> Flow:
    """Lines of speech, a scene break, and the scene that it begins, below a line that `opener` says is one."""
    speech = [lines(n, 1) for n in range(1, rows + 1)]
    scene = Piece(99, (Choice(8.0),), "lines", 1.0, 2.0 + opener, True, 98, sign=1.0, beyond=opener)
    return Flow((*speech, scene), level=level)


@pytest.mark.parametrize("level", [True, False])
@pytest.mark.parametrize(
    ("rows", "opener", "over", "left"),
    [
        (ROWS - 2, 0.0, True, 0),  # the sign is the last row of the page
        (ROWS - 3, 0.0, True, 1),
        (ROWS - 3, 1.0, True, 1),  # the line above the scene goes over with it
        (ROWS - 1, 0.0, False, 2),  # no room for it: a line goes over
        (ROWS - 5, 0.0, False, 0),  # two lines of the scene stand below it, as anywhere
    ],
)
def test_the_sign_of_a_break_may_be_the_last_thing_on_a_page(
    rows: int, opener: float, over: bool, left: int, level: bool
) -> None:
    flow = above_sign(rows, opener=opener, level=level)
    plan, cost = least_cost(flow, RULE)
    assert (99 in plan and plan[99].over) == over
    assert cost < cost_of(flow, RULE, {}) or not over
    if over:
        rest = fill(RULE, 0.0, 0.0, opener, 8.0, "lines")
        assert cost_of(flow, RULE, plan) == cost
        assert filled_by_sign(flow, plan) == (rest.used, left)


def filled_by_sign(flow: Flow, plan: Mapping[int, Choice]) -> tuple[float, float]:
    used, scene = float(len(flow.pieces) - 1), flow.pieces[-1]
    filled = set_as(RULE, used, scene, plan[99])
    assert filled is not None
    return filled.used, filled.left_over[0]


def test_no_sign_is_left_at_a_foot_where_paragraphs_give_way() -> None:
    flow = above_sign(ROWS - 5)
    tighter = replace(flow.pieces[0], choices=(Choice(2.0), Choice(1.0, -8.0, 1.0)))
    plan, _ = least_cost(replace(flow, pieces=(tighter, *flow.pieces[1:])), RULE)
    assert [(number, choice.factor) for number, choice in plan.items()] == [(1, -8.0)]


def test_lines_go_over_where_few_would_stand_on_the_last_page() -> None:
    flow = Flow((lines(1, 6), lines(2, 8)), level=False)
    (choice,) = least_cost(flow, RULE)[0].values()
    assert choice.early == 1
    assert filled_by(RULE, 6, 0, 0, 8, "lines", choice.early) == Filled(3, (1,), False)


def test_a_small_page_has_enough_with_three_lines() -> None:
    flow = Flow((lines(1, 6), lines(2, 9)), level=False)
    assert least_cost(flow, RULE) == ({}, 0)
    assert least_cost(Flow((lines(1, 28), lines(2, 9)), level=False), Rule(34))[0][2].early == 2


@given(rules, st.integers(0, 40), gaps, leads, heights, partings, st.integers(1, 9))
def test_a_page_that_ends_early_is_filled_as_a_lower_one(
    rule: Rule, used: int, gap: float, lead: float, height: float, parting: str, early: int
) -> None:
    used = min(used, rule.rows)
    filled = filled_by(rule, used, gap, lead, height, parting, early)  # type: ignore[arg-type]
    if filled is None:
        assert (
            used + early > rule.rows
            or not used
            or len(fill(rule, used + early, gap, lead, height, parting).left_over) == 0
        )  # type: ignore[arg-type]
        return
    assert filled.left_over[0] >= early
    lower = fill(replace(rule, rows=rule.rows - early), used, gap, lead, height, parting)  # type: ignore[arg-type]
    assert filled.at_head == lower.at_head
    assert filled.left_over[0] - early == lower.left_over[0] if lower.left_over else lead + height <= rule.rows


@given(st.integers(1, 60), st.floats(0, 1))
def test_what_is_possible_is_seen_by_nobody(rows: int, last_line: float) -> None:
    for choice in possible(rows, last_line):
        assert 0 < abs(choice.factor) <= LARGEST
        assert (choice.factor < 0) == (choice.rows < rows)
        assert choice.rows >= 1
        assert abs(choice.rows - rows) <= 2
        assert choice.cost > 0


def test_a_plan_says_after_which_lines_pages_end() -> None:
    flow = Flow((Piece(1, (Choice(8.0),)), Piece(2, (Choice(20.0),), last_line=0.5), Piece(3, (Choice(9.5),), "never")))
    assert dict(ends_of(flow, RULE, {})) == {2: Ends(19.5, (4, 16))}
    looser = {1: Choice(9.0, 5.0), 2: Choice(21.0, 5.0)}
    assert dict(ends_of(flow, RULE, looser)) == {2: Ends(20.15, (3, 15))}


# ------------------------------------------------------------------------------------------------- the rounds


class Press:
    """Sets paragraphs as an engine would: each gives way from a factor of its own on, a few never do, and of some the
    rows were misjudged."""

    def __init__(self, flows: Sequence[Flow], seed: int) -> None:
        random = Random(seed)
        self.asked: set[tuple[int, float]] = set()
        self.ended: set[tuple[int, float]] = set()
        self.pieces = {p.number: p for flow in flows for p in flow.pieces}
        self.stubborn = {n: random.choice((0.0, 0.0, 1.2, 9.9)) for n in self.pieces}
        self.rows = {n: p.choices[0].rows for n, p in self.pieces.items()}
        self.unsure = frozenset(n for n, p in self.pieces.items() if len(p.choices) > 1 and random.random() < 0.1)
        for number in self.unsure:
            self.rows[number] -= random.choice((0, 1))

    def trial(self, asked: Sequence[Asked], ends: Mapping[int, Ends]) -> list[Tried]:
        self.asked.update(asked)
        self.ended.update(one for one in asked if one[0] in ends)
        return [Tried(self.set(*one), 0.5) for one in asked]

    def set(self, number: int, factor: float) -> float:
        alone = self.rows[number]
        wanted = {c.factor: c.rows - self.pieces[number].choices[0].rows for c in self.pieces[number].choices}
        least = min((abs(f) for f in wanted if f and f * factor > 0), default=99.0) * self.stubborn[number]
        return alone if abs(factor) < least or not factor else alone + (1 if factor > 0 else -1)


@given(st.lists(flows(longest=15), min_size=1, max_size=3), st.integers(0, 99))
def test_every_factor_was_tried_and_the_pages_are_no_worse(some: list[Flow], seed: int) -> None:
    numbered = [
        Flow(tuple(Piece(1000 * i + p.number, *(getattr(p, f) for f in ("choices", "parting", "gap", "lead", "breaks"))) for p in flow.pieces), flow.used)
        for i, flow in enumerate(some)
    ]  # fmt: skip
    press = Press(numbered, seed)
    book = Measured(tuple(numbered), press.unsure)
    plan = level(book, RULE, press.trial)
    factors = plan.factors
    assert plan == level(book, RULE, press.trial)
    assert set(factors.items()) <= press.asked
    assert all(0 < abs(f) <= LARGEST for f in factors.values())
    assert all(len(press.pieces[n].choices) > 1 for n in factors), "only what is free is changed"
    ends = [plan.ends[n] for n, f in factors.items() if n in plan.ends and (n, f) in press.ended]
    assert all(one.lines % 1 == 0.5 for one in ends), "the last line as it was when tried"
    for flow in numbered:
        alone = {p.number: Choice(press.rows[p.number]) for p in flow.pieces}
        changed = {n: Choice(press.set(n, factors[n]) if n in factors else c.rows) for n, c in alone.items()}
        assert cost_of(flow, RULE, changed) <= cost_of(flow, RULE, alone) + 1e-9


def test_what_does_not_give_way_is_asked_with_more_until_it_does() -> None:
    flow = Flow((Piece(1, (Choice(6.0), Choice(7.0, 4.0, 0.3))), lines(2, 5), lines(3, 2), lines(4, 6)))
    assert cost_of(flow, RULE, {}) == SHORT_BY_ONE
    asked = []

    def trial(some: Sequence[Asked], ends: Mapping[int, Ends]) -> list[Tried]:
        asked.extend(factor for _, factor in some)
        return [Tried(7.0 if factor > 9 else 6.0, 0.5) for _, factor in some]

    plan = level(Measured((flow,)), RULE, trial)
    assert len(asked) == 3
    assert asked == sorted(asked)
    assert plan.factors == {1: asked[-1]}


# --------------------------------------------------------------------------------------------- reading back

SHEET = Sheet(50, 40, 60, 11, 15, RULE)


def laid_out(flow: Flow, page: int) -> tuple[list[Numbered], dict[int, tuple[Place, Place]], int]:
    """The marks that an engine would set; and the next page that is free."""
    numbered, marks, used = [], {}, flow.used

    def place(row: float, x: float, edge: bool, on: int) -> Place:
        return Place(on, x, SHEET.top + row * SHEET.pitch + (0 if edge else SHEET.baseline))

    for piece in flow.pieces:
        filled = fill(RULE, used, piece.gap, piece.lead, piece.choices[0].rows, piece.parting)
        start_page = page + (1 if filled.at_head and used else 0)
        first = (0.0 if filled.at_head else used + piece.gap) + piece.lead
        page += len(filled.left_over)
        left = SHEET.left_odd if page % 2 else SHEET.left_even
        if piece.lead:
            over = first - piece.lead
            marks[piece.number + 500] = place(over, 0, True, start_page), place(over + 1, 0, True, start_page)
            numbered.append(Numbered(piece.number + 500, "break", "never", edges=True, leads=True, scene_break=True))
        edge = piece.parting == "never"
        end = filled.used if edge else filled.used - 1
        marks[piece.number] = place(first, 0, edge, start_page), place(end, left + 150, edge, page)
        kind = "box" if edge else "p"
        numbered.append(
            Numbered(piece.number, kind, piece.parting, edges=edge, free=not edge, alone=not edge, width=300)
        )
        used = filled.used
    return numbered, marks, page + 1


@given(st.lists(flows(longest=15), min_size=1, max_size=3))
def test_what_was_laid_out_is_read_back(some: list[Flow]) -> None:
    page, chapters, marks = 1, [], {}
    for i, flow in enumerate(some):
        pieces = tuple(
            Piece(p.number + 1000 * i, (p.choices[0], *possible(p.choices[0].rows, 0.5)) if p.parting == "lines" else p.choices, p.parting, p.gap if p.number else 0.0, p.lead, p.breaks)
            for p in flow.pieces
        )  # fmt: skip
        some[i] = Flow(pieces, flow.used)
        numbered, own, page = laid_out(some[i], page)
        chapters.append(numbered)
        marks |= own
    book = measured(chapters, marks, SHEET)
    for was, read in zip(some, book.flows, strict=True):
        assert read.used in (was.used, 0), "where the first did not fit below the opening"
        for before, after in zip(was.pieces, read.pieces, strict=True):
            assert (after.number, after.parting, after.breaks) == (before.number, before.parting, before.breaks)
            assert after.lead == before.lead
            if before.number in book.unsure:
                assert after.choices[0].rows - before.choices[0].rows in (0, 1)
            else:
                assert after.choices == before.choices


def test_what_has_no_marks_is_as_high_as_the_room_it_stands_in() -> None:
    def line(page: int, row: int) -> Place:
        return Place(page, 100, SHEET.top + row * SHEET.pitch + SHEET.baseline)

    chapter = [Numbered(1, "p"), Numbered(2, "table"), Numbered(3, "p"), Numbered(4, "list"), Numbered(5, "p")]
    marks = {1: (line(1, 0), line(1, 3)), 3: (line(1, 9), line(1, 10)), 5: (line(2, 4), line(2, 6))}
    pieces = measured([chapter], marks, SHEET).flows[0].pieces
    assert [(p.number, p.choices[0].rows) for p in pieces] == [(1, 4), (-3, 5), (3, 2), (-5, 5), (5, 3)]


def test_a_letter_ends_with_its_last_paragraph() -> None:
    def line(page: int, row: int) -> Place:
        return Place(page, 100, SHEET.top + row * SHEET.pitch + SHEET.baseline)

    chapter = [Numbered(1, "p"), Numbered(2, "letter", "never", last=3), Numbered(4, "p")]
    marks = {1: (line(1, 0), line(1, 3)), 2: (line(1, 5), line(1, 6)), 3: (line(1, 7), line(1, 7)), 4: (line(1, 9), line(1, 9))}  # fmt: skip
    letter = measured([chapter], marks, SHEET).flows[0].pieces[1]
    assert (letter.gap, letter.choices, letter.parting) == (1.0, (Choice(3.0),), "never")


def test_a_heading_stands_higher_where_a_chapter_would_end_in_two_lines() -> None:
    rule = Rule(34)
    pieces = tuple(Piece(n, (Choice(4.0),)) for n in range(1, 5))
    flow = Flow(pieces, used=19.0, sinks=True)
    assert sunk(flow, rule).sunk == -1
    assert sunk(replace(flow, sinks=False), rule).sunk == 0
    assert sunk(replace(flow, used=18.0), rule).sunk == 0


def test_a_heading_stands_another_row_lower_where_its_page_would_end_a_row_early() -> None:
    flow = Flow((Piece(1, (Choice(5.0),)), Piece(2, (Choice(2.0),)), Piece(3, (Choice(3.0),))), used=4.0, sinks=True)
    assert cost_of(flow, RULE, {}) > 0
    better = sunk(flow, RULE)
    assert better.sunk == 1
    assert cost_of(better, RULE, {}) == 0


@given(st.integers(4, 40), st.floats(0.05, 1.0), st.integers(1, 3))
def test_lines_beside_a_drop_cap_give_nothing(rows: int, last_line: float, fixed: int) -> None:
    below = {round(choice.rows - fixed, 2): choice.factor for choice in possible(rows, last_line, fixed)}
    assert below == {choice.rows: choice.factor for choice in possible(rows - fixed, last_line)}
