"""Paragraphs whose last line a note has torn off: the page before is ended a line earlier.

Typst takes a line to the next page when the note that it cites has no room at the foot, whatever that leaves alone. In
comes how the book is to be set; out comes the same, with pages that end early where its layout shows such a line at the
head of a page: two lines then go over, or the whole of a short paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from converter.writers.pdf.typst.levelling import Plan, Sheet
from converter.writers.pdf.typst.press import Press

ROUNDS = 3  # each shows what has come to stand at a foot meanwhile


def mended(press: Press, plan: Plan, sheet: Sheet) -> Plan:
    """The plan with such pages ended early. Of a press that is `marked`; nothing is laid out for a book without notes.
    Raises OutputError."""
    told = {what.number: what for chapter in press.numbering.chapters for what in chapter}
    noted = [
        n for n, block in press.numbering.lined.items() if n in press.numbering.column and _cites(block.get("b", ()))
    ]
    for _ in range(ROUNDS if noted else 0):
        marks = press.marks(plan)
        torn = [
            number
            for number in noted
            if number in marks
            and marks[number][0].page < marks[number][1].page
            and sheet.below(marks[number][1], told[number]) <= 1
        ]
        if not torn:
            break
        plan = replace(plan, early={**plan.early, **{number: plan.early.get(number, 0) + 1 for number in torn}})
    return plan


def _cites(runs: Sequence[Any]) -> bool:
    """Whether a note is cited in these runs."""
    return any(isinstance(run, list) and (run[0] == "note" or _cites(run[1:])) for run in runs)
