"""Planning and trying by turns: what was chosen is tried, and what does not give way is not chosen again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from converter.writers.pdf.filling import Rule
from converter.writers.pdf.typst.levelling.plan import (
    FEW_ON_LAST_PAGE,
    LARGEST,
    Choice,
    Chosen,
    Flow,
    Plan,
    cost_of,
    least_cost,
    planned,
    possible,
)
from converter.writers.pdf.typst.levelling.reading_back import Measured

Trial = Callable[[Sequence[tuple[int, float]]], Sequence[tuple[float, float]]]
ROUNDS = 5
SHORTEST_LAST = 0.05  # of the measure: a paragraph whose last line would be shorter is not changed
STRONGER = 1.35  # what did not give way is asked once more, with so much more


def level(book: Measured, rule: Rule, trial: Trial) -> Plan:
    """How the book is to be set. No factor is beyond `LARGEST`, and every one has been tried.

    `trial` sets paragraphs where no page ends: it is given (number, factor) of each, 0 for one that is only to be
    measured, and answers with (rows, part of the measure that the last line fills), in the same order.
    """
    begun = [planned(flow, rule) for flow in book.flows]
    flows, plans = [flow for flow, _ in begun], [plan for _, plan in begun]
    of = {piece.number: i for i, flow in enumerate(flows) for piece in flow.pieces}
    proven: set[tuple[int, float]] = set()
    asked = [(number, 0.0) for number in sorted(book.unsure)]
    for _ in range(ROUNDS):
        chosen = ((number, choice.factor) for plan in plans for number, choice in sorted(plan.items()) if choice.factor)
        asked += [one for one in chosen if one not in proven and (one[0], 0.0) not in asked]
        if not asked:
            break
        for i in _tried(flows, of, asked, trial, proven):
            plans[i] = least_cost(flows[i], rule)[0]
        asked = []
    else:
        plans = [least_cost(_only(flow, proven), rule)[0] for flow in flows]
    _sink_anew(flows, plans, rule, proven)
    return _settled(flows, plans)


def _settled(flows: Sequence[Flow], plans: Sequence[Chosen]) -> Plan:
    begins = {piece.number: piece.begins for flow in flows for piece in flow.pieces}
    settled = [one for plan in plans for one in sorted(plan.items())]
    return Plan(
        {number: choice.factor for number, choice in settled if choice.factor},
        {begins[number]: choice.early for number, choice in settled if choice.early},
        {abs(flow.pieces[0].number): flow.sunk for flow in flows if flow.sunk},
    )


def _tried(
    flows: list[Flow],
    of: Mapping[int, int],
    asked: Sequence[tuple[int, float]],
    trial: Trial,
    proven: set[tuple[int, float]],
) -> set[int]:
    """Tries what is asked; the flows then hold what was learned. Gives those that are to be planned anew."""
    touched = set()
    for (number, factor), (rows, last_line) in zip(asked, trial(asked), strict=True):
        i = of[number]
        flows[i], kept = _learned(flows[i], number, factor, rows, last_line)
        if kept:
            proven.add((number, factor))
        else:
            touched.add(i)
    return touched


def _sink_anew(flows: list[Flow], plans: list[Chosen], rule: Rule, proven: set[tuple[int, float]]) -> None:
    """Chooses again how low a heading stands where what was to help its chapter's end did not give way."""
    for i, flow in enumerate(flows):
        if flow.sinks and cost_of(flow, rule, plans[i]) >= FEW_ON_LAST_PAGE:
            flows[i], plans[i] = planned(replace(_only(flow, proven), used=flow.used - flow.sunk, sunk=0), rule)


def _learned(flow: Flow, number: int, factor: float, rows: float, last_line: float) -> tuple[Flow, bool]:
    """The flow with what a trial says of one paragraph, and whether that is what was expected of it."""
    at = next(i for i, piece in enumerate(flow.pieces) if piece.number == number)
    piece = flow.pieces[at]
    alone = piece.choices[0]
    if not factor:
        if rows == alone.rows:
            return flow, True
        choices: tuple[Choice, ...] = (Choice(rows), *(possible(rows, last_line) if flow.level else ()))
    else:
        tried = next(choice for choice in piece.choices if choice.factor == factor)
        if rows == tried.rows and last_line >= SHORTEST_LAST:
            return flow, True
        choices = tuple(choice for choice in piece.choices if choice is not tried)
        stronger = round(max(-LARGEST, min(LARGEST, factor * STRONGER)), 1)
        if rows == alone.rows and not tried.again and stronger != factor:
            choices += (replace(tried, factor=stronger, cost=tried.cost * STRONGER, again=True),)
    return replace(flow, pieces=(*flow.pieces[:at], replace(piece, choices=choices), *flow.pieces[at + 1 :])), False


def _only(flow: Flow, proven: set[tuple[int, float]]) -> Flow:
    return replace(
        flow,
        pieces=tuple(
            replace(p, choices=tuple(c for c in p.choices if not c.factor or (p.number, c.factor) in proven))
            for p in flow.pieces
        ),
    )
