"""How pages with notes at their feet are filled, as Typst does it.

A line that cites a note is set if the note, or as much of it as may stand alone, has room below; else the page ends
above the line, whatever that leaves alone. What the note takes is then lost to the text, so the page is set anew, and a
line that has no room any more leaves its note behind. What is left of a note stands at the foot of the next page, and
notes that are cited below it come after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converter.writers.pdf.filling import BARE, SLACK, Filled, Foot, Note, Parting, Rule, fill, taken_of

EXACT = SLACK - 0.0004  # off the grid nothing is rounded that would excuse more
LEAST_TEXT = 1  # rows of text that stand on a page, however long the notes before it are


def fill_noted(
    rule: Rule, used: float, gap: float, lead: float, height: float, parting: Parting, notes: Sequence[Note], foot: Foot
) -> Filled:
    """As `fill`, for what cites these notes, in their order, on a page of which notes take this much already."""
    if not notes and foot is BARE:
        return fill(rule, used, gap, lead, height, parting)
    waiting = [
        (max(0.0, min(note.row, height - 1) if note.row >= 0 else height + note.row), note.rows) for note in notes
    ]
    start = used + gap + lead if used else lead
    left_over: tuple[float, ...] = ()
    parts: tuple[float, ...] = ()
    set_ = _set(rule, height, start, parting, waiting, foot)
    torn, at_head = set_.torn, not used
    if used and not set_.rows:
        left_over, start, at_head = (max(0.0, rule.rows - set_.foot.rows - used),), lead, True
        set_ = _set(rule, height, start, parting, set_.waiting, turned(rule, set_.foot))
        torn += set_.torn
    while set_.rows < height:
        room = rule.rows - set_.foot.rows - start
        rows = set_.rows or min(height, max(1, int(room + SLACK)))  # what no page can hold takes one of its own
        left_over, parts = (*left_over, max(0.0, room - rows)), (*parts, rows)
        height, start = height - rows, 0.0
        waiting = [(max(0.0, row - rows), high) for row, high in set_.waiting]
        parting = "rows" if height <= 1 else parting
        set_ = _set(rule, height, 0.0, parting, waiting, turned(rule, set_.foot), begun=True)
        torn += set_.torn
    ended = round(min(start + height, rule.rows), 2)
    return Filled(ended, left_over, at_head, set_.foot, parts, torn)


def filled_by(
    rule: Rule,
    used: float,
    gap: float,
    lead: float,
    height: float,
    parting: Parting,
    early: int = 0,
    notes: tuple[Note, ...] = (),
    foot: Foot = BARE,
) -> Filled | None:
    """As `fill`, on a page that ends so many rows `early`; None where it can't, or that makes no difference."""
    if not early:
        return fill_noted(rule, used, gap, lead, height, parting, notes, foot)
    if used + early > rule.rows - foot.rows + SLACK:
        return None
    filled = fill_noted(rule, used + early, gap if used else 0.0, lead, height, parting, notes, foot)
    if not filled.left_over or (filled.at_head and not used):
        return None
    first, *others = filled.left_over
    return filled._replace(left_over=(first + early, *others), at_head=filled.at_head or not used)


def turned(rule: Rule, foot: Foot) -> Foot:
    """What notes take at the foot of the page after one with this foot."""
    if not foot.over:
        return BARE
    rows = min(rule.above_notes + foot.over, rule.rows - LEAST_TEXT)
    return Foot(round(rows, 4), round(rule.above_notes + foot.over - rows, 4))


class _Set(NamedTuple):
    """Rows that stand on the page, its foot then, the notes that don't stand on it, by rows and heights; torn ones."""

    rows: float
    foot: Foot
    waiting: list[tuple[float, float]]
    torn: int = 0


def _set(
    rule: Rule,
    height: float,
    start: float,
    parting: Parting,
    waiting: list[tuple[float, float]],
    foot: Foot,
    begun: bool = False,
) -> _Set:
    stood, cited_by = 0, -1.0
    while True:
        room = rule.rows - foot.rows - start - (EXACT if foot.rows else 0.0)
        taken = taken_of(rule, height, room, parting, begun)
        if stood == len(waiting) or waiting[stood][0] >= taken:
            left = sum(1 for row, _ in waiting[:stood] if row >= taken)
            return _Set(taken, foot, waiting[stood:], left)
        row, high = waiting[stood]
        below = height if parting == "never" else row + 1
        above = 0.0 if foot.rows else rule.above_notes
        part = 0.0 if foot.over else _part(rule, high, rule.rows - foot.rows - start - below - above)
        if not part and not foot.over and row != cited_by and (start or row):
            rows = row if parting != "never" else 0.0
            alone = parting == "lines" and ((rows == 1 and not begun) or height - rows == 1 < height)
            return _Set(rows, foot, waiting[stood:], int(alone))
        foot = Foot(round(foot.rows + (above + part if part else 0.0), 4), round(foot.over + high - part, 4))
        stood, cited_by = stood + 1, row


def _part(rule: Rule, high: float, room: float) -> float:
    """How much of a note of this height stands in so much room."""
    if high <= room + SLACK - EXACT:
        return high
    lines = round(high / rule.note_line)
    return taken_of(rule, lines, max(0.0, room / rule.note_line - EXACT), "lines") * rule.note_line
