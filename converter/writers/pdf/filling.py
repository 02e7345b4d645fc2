"""How pages are filled, row by row, as far as levelling and the placing of pictures have to know it.

Heights are rows of body text (1.0 is one line). A page takes what comes until something does not fit; nothing is looked
ahead for, and nothing stretched. Where widows and orphans are forbidden, a paragraph of two or three lines is never
parted, a longer one never after its first line or before its last. What notes take at the foot of a page is lost to the
text (`noted.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Literal, NamedTuple

from converter.document.record import dataclass

Parting = Literal["lines", "rows", "never"]
SLACK = 0.02  # of a row: what rounding leaves over


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows on a page, and Typst's two switches: no first line of a paragraph alone at a foot, no last one at a head.
    Of notes, in rows too: how high a line of them is, and what stands between text and the first (`above_notes`)."""

    rows: int
    no_orphans: bool = True
    no_widows: bool = True
    note_line: float = 0.8
    above_notes: float = 0.6


class Note(NamedTuple):
    """A note at the foot of a page: how many rows it takes; and the row that cites it, counted from 0 at the first of
    what it stands in, or from -1 at the last."""

    row: int
    rows: float


class Foot(NamedTuple):
    """What notes take at the foot of a page, in rows, with what stands between text and them; and of these notes what
    has no room there and stands at the foot of the next."""

    rows: float = 0.0
    over: float = 0.0


BARE = Foot()


class Filled(NamedTuple):
    """Where something ends: rows used of its last page; what the pages that ended meanwhile have left over, in their
    order; whether it began on a new page, so that its lead stands at the head of it.

    `foot`: what notes take of that page. Where notes are reckoned with, `parts` says how many of its rows stand on each
    page that ended, and `torn` how many lines are parted from their paragraph for a note's sake, or from their note."""

    used: float
    left_over: tuple[float, ...]
    at_head: bool
    foot: Foot = BARE
    parts: tuple[float, ...] = ()
    torn: int = 0


def fill(rule: Rule, used: float, gap: float, lead: float, height: float, parting: Parting) -> Filled:
    """Sets something of this height on a page of which `used` rows are taken.

    `gap` stands before it, but not at the head of a page. `lead` is the height of what must stand on the same page as
    its beginning (a scene break, a heading). `parting` says where it can go on to the next page: between lines, as a
    paragraph does, at any row, or nowhere.
    """
    start = used + gap + lead if used else lead
    left_over: tuple[float, ...] = ()
    taken = taken_of(rule, height, rule.rows - start, parting)
    at_head = not used
    if used and not taken:
        left_over, start, at_head = (rule.rows - used,), lead, True
        taken = taken_of(rule, height, rule.rows - start, parting)
    while taken < height:
        taken = taken or min(height, rule.rows)  # what no page can hold takes one of its own
        left_over += (max(0.0, rule.rows - start - taken),)
        height, start = height - taken, 0.0
        taken = taken_of(rule, height, rule.rows, "rows" if height <= 1 else parting, begun=True)
    return Filled(round(min(start + height, rule.rows), 2), left_over, at_head)


def parted(rule: Rule, used: float, gap: float, lead: float, filled: Filled) -> Iterator[float]:
    """After which of its rows pages end in what has been filled in so, on a page of which `used` rows were taken."""
    if filled.parts:
        yield from (round(after, 2) for after in accumulate(filled.parts) if after)
        return
    over = filled.left_over[1:] if filled.at_head and used else filled.left_over
    start, set_ = lead if filled.at_head else used + gap + lead, 0.0
    for left_over in over:
        set_ += rule.rows - start - left_over
        yield round(set_, 2)
        start = 0.0


def taken_of(rule: Rule, height: float, room: float, parting: Parting, begun: bool = False) -> float:
    """How much of it is set in so much room; 0 where it would rather begin on the next page."""
    if height <= room + SLACK:
        return height
    taken = max(0, int(room + SLACK)) if parting != "never" else 0
    if parting == "lines":
        lines = round(height)
        if rule.no_orphans and rule.no_widows and lines == 3 and not begun:
            return 0
        if rule.no_widows and taken == lines - 1 and (lines > 3 or begun):
            taken -= 1
        if rule.no_orphans and taken == 1 and not begun:
            return 0
    return taken
