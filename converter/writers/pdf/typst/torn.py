"""What notes at the feet of pages spoil, mended: a line torn off its paragraph, a last page of a line or two.

Typst takes a line to the next page when the note that it cites has no room at the foot, whatever that leaves alone. A
plan reckons with that, but for very long notes and those in headings, tables and boxes. In comes how the book is to be
set; out comes the same, with pages that end a little earlier where its layout shows such a fault: two lines then go
over, or the whole of a short paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.writers.pdf.typst.levelling import Marks, Numbered, Plan, Sheet
from converter.writers.pdf.typst.note_runs import notes_in
from converter.writers.pdf.typst.press import Press

ROUNDS = 3  # each shows what has come to stand at a foot meanwhile
FEWEST, ENOUGH = 2, 5  # rows of a chapter's last page that are too few; that it is to have then


def mended(press: Press, plan: Plan, sheet: Sheet) -> Plan:
    """The plan with such pages ended early. Of a press that is `marked`; nothing is laid out for a book without notes.
    Raises OutputError."""
    numbering = press.numbering
    noted = {n for n, block in numbering.lined.items() if any(notes_in(block.get("b", ())))}
    chapters = [chapter for chapter in numbering.chapters if any(what.number in noted for what in chapter)]
    for _ in range(ROUNDS if noted else 0):
        marks = press.marks(plan)
        earlier = dict(one for chapter in chapters for one in _faults(chapter, noted, marks, sheet))
        if not earlier:
            break
        early = {number: plan.early.get(number, 0) + rows for number, rows in earlier.items()}
        plan = replace(plan, early={**plan.early, **early})
    return plan


def _faults(chapter: Sequence[Numbered], noted: set[int], marks: Marks, sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Before what the page is to end early, by its number, and by how many rows."""
    seen = [what for what in chapter if what.number in marks]
    for what in seen:
        begin, end = marks[what.number]
        if what.number in noted and what.column and begin.page < end.page and sheet.below(end, what) <= 1:
            yield what.number, 1
    if not seen:
        return
    end = marks[seen[-1].number][1]
    rows = sheet.below(end, seen[-1])
    above = [what for what in seen if what.column and marks[what.number][0].page == end.page - 1]
    if rows <= FEWEST and above:
        yield above[-1].number, ENOUGH - round(rows)
