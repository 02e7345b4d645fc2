"""Planning and trying by turns: what was chosen is tried, and what does not give way is not chosen again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.writers.pdf.filling import Note, Rule
from converter.writers.pdf.typst.levelling.faults import FEW_ON_LAST_PAGE
from converter.writers.pdf.typst.levelling.plan import (
    LARGEST,
    Choice,
    Chosen,
    Ends,
    Flow,
    Piece,
    Plan,
    cost_of,
    ends_of,
    last_line_of,
    least_cost,
    planned,
    possible,
)
from converter.writers.pdf.typst.levelling.reading_back import Measured

Asked = tuple[int, float]


class Tried(NamedTuple):
    """How a paragraph is set: in so many rows, the last of which is filled so far. `cited`: the rows, from 0, that cite
    those of its notes that are reckoned with."""

    rows: float
    last_line: float
    cited: tuple[int, ...] = ()


Trial = Callable[[Sequence[Asked], Mapping[int, Ends]], Sequence[Tried]]
ROUNDS = 7
SHORTEST_LAST = 0.05  # of the measure: a paragraph whose last line would be shorter is not changed
FULL = 0.84  # of the measure: what holds more may take a line more where words are held together
OTHERWISE = 0.1  # of the measure: so far from where it was thought to end a last line makes pages end at other words
STRONGER = 1.6  # what did not give way is asked once more, with so much more, as long as that is allowed


def level(book: Measured, rule: Rule, trial: Trial) -> Plan:
    """How the book is to be set. No factor is beyond `LARGEST`, and every one has been tried.

    `trial` sets paragraphs as if no page ended: it is given (number, factor) of each, 0 for one that is only to be
    measured, and by their numbers where pages are to end in them; it answers in the same order.
    """
    begun = [planned(flow, rule) for flow in book.flows]
    flows, plans = [flow for flow, _ in begun], [plan for _, plan in begun]
    of = {piece.number: i for i, flow in enumerate(flows) for piece in flow.pieces}
    proven: dict[Asked, Ends | None] = {}
    asked: dict[Asked, Ends | None] = dict.fromkeys((number, 0.0) for number in sorted(book.unsure))
    anew: Collection[int] = range(len(flows))
    for _ in range(ROUNDS):
        for i in anew:
            for one, ends in _doubtful(flows[i], plans[i], dict(ends_of(flows[i], rule, plans[i]))):
                if (one not in proven or proven[one] != ends) and (one[0], 0.0) not in asked:
                    asked[one] = ends
        if not asked:
            break
        touched = _tried(flows, of, asked, trial, proven)
        for i in touched:
            plans[i] = least_cost(flows[i], rule)[0]
        anew = sorted(touched | {of[number] for number, factor in asked if not factor})  # of those no factor was tried
        asked = {}
    else:
        plans = [least_cost(_only(flow, proven), rule)[0] for flow in flows]
    _sink_anew(flows, plans, rule, proven)
    return _settled(flows, plans, rule)


def _settled(flows: Sequence[Flow], plans: Sequence[Chosen], rule: Rule) -> Plan:
    begins = {piece.number: piece.begins for flow in flows for piece in flow.pieces}
    settled = [one for plan in plans for one in sorted(plan.items())]
    return Plan(
        {number: choice.factor for number, choice in settled if choice.factor},
        {begins[number]: choice.early for number, choice in settled if choice.early},
        {flow.pieces[0].begins or abs(flow.pieces[0].number): flow.sunk for flow in flows if flow.sunk},
        dict(one for flow, plan in zip(flows, plans, strict=True) for one in ends_of(flow, rule, plan)),
        frozenset(begins[number] for number, choice in settled if choice.over),
    )


def _doubtful(flow: Flow, plan: Chosen, ends: Mapping[int, Ends]) -> Iterator[tuple[Asked, Ends | None]]:
    """What is to be tried of a plan: all that it changes; and what would take a line more if it were a little longer,
    where a page's end in it changes how its words may be parted."""
    for piece in flow.pieces:
        factor = plan[piece.number].factor if piece.number in plan else 0.0
        if factor or (piece.free and piece.number in ends and piece.last_line > FULL):
            yield (piece.number, factor), ends.get(piece.number)


def _tried(
    flows: list[Flow],
    of: Mapping[int, int],
    asked: Mapping[Asked, Ends | None],
    trial: Trial,
    proven: dict[Asked, Ends | None],
) -> set[int]:
    """Tries what is asked; the flows then hold what was learned. Gives those that are to be planned anew."""
    touched = set()
    answers = trial(list(asked), {number: ends for (number, _), ends in asked.items() if ends})
    for (number, factor), tried in zip(asked, answers, strict=True):
        i = of[number]
        before = flows[i]
        flows[i], kept = _learned(before, number, factor, tried, asked[number, factor])
        if kept:
            proven[number, factor] = asked[number, factor]
        if not kept or flows[i] is not before:
            touched.add(i)
    return touched


def _sink_anew(flows: list[Flow], plans: list[Chosen], rule: Rule, proven: Collection[Asked]) -> None:
    """Chooses again how low a heading stands where what was to help its chapter's end did not give way."""
    for i, flow in enumerate(flows):
        if flow.sinks and cost_of(flow, rule, plans[i]) >= FEW_ON_LAST_PAGE:
            flows[i], plans[i] = planned(replace(_only(flow, proven), used=flow.used - flow.sunk, sunk=0), rule)


def _learned(flow: Flow, number: int, factor: float, seen: Tried, ends: Ends | None) -> tuple[Flow, bool]:
    """The flow with what a trial says of one paragraph, in which pages end so, and whether it has the rows that were
    expected of it."""
    at = next(i for i, piece in enumerate(flow.pieces) if piece.number == number)
    piece = flow.pieces[at]
    alone = piece.choices[0]
    rows, last_line, cited = seen
    if not factor:
        if piece.notes:
            flow = _noted(flow, at, cited)
        if rows == alone.rows:
            return flow, True
        return _with(flow, at, (Choice(rows), *(possible(rows, last_line, piece.fixed) if flow.level else ()))), False
    tried = next(choice for choice in piece.choices if choice.factor == factor)
    if rows == tried.rows and last_line >= SHORTEST_LAST:
        known = _known(piece, tried, seen, ends)
        if known is tried:
            return flow, True
        return _with(flow, at, tuple(known if choice is tried else choice for choice in piece.choices)), True
    choices = tuple(choice for choice in piece.choices if choice is not tried)
    stronger = round(max(-LARGEST, min(LARGEST, factor * STRONGER)), 1)
    if rows == alone.rows and stronger != factor:
        choices += (replace(tried, factor=stronger, cost=tried.cost * STRONGER),)
    return _with(flow, at, choices), False


def _known(piece: Piece, tried: Choice, seen: Tried, ends: Ends | None) -> Choice:
    """The choice with what was seen of it where that is not what was thought; else as it was."""
    if piece.notes and seen.cited != tried.cited:
        tried = replace(tried, cited=seen.cited)
    if ends and abs(seen.last_line - last_line_of(piece, tried)) > OTHERWISE:
        tried = replace(tried, last_line=round(seen.last_line, 2))
    return tried


def _with(flow: Flow, at: int, choices: tuple[Choice, ...]) -> Flow:
    piece = replace(flow.pieces[at], choices=choices)
    return replace(flow, pieces=(*flow.pieces[:at], piece, *flow.pieces[at + 1 :]))


def _noted(flow: Flow, at: int, cited: tuple[int, ...]) -> Flow:
    """The flow with the rows that cite notes as they were seen."""
    piece = flow.pieces[at]
    notes = tuple(Note(row, note.rows) for row, note in zip(cited, piece.notes, strict=True))
    if notes == piece.notes:
        return flow
    return replace(flow, pieces=(*flow.pieces[:at], replace(piece, notes=notes), *flow.pieces[at + 1 :]))


def _only(flow: Flow, proven: Collection[Asked]) -> Flow:
    return replace(
        flow,
        pieces=tuple(
            replace(p, choices=tuple(c for c in p.choices if not c.factor or (p.number, c.factor) in proven))
            for p in flow.pieces
        ),
    )
