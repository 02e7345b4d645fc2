"""What the faults of filled pages cost, as a reader sees them."""

from __future__ import annotations

from math import ceil

from converter.writers.pdf.filling import BARE, SLACK, Filled, Foot, Rule

SHORT_BY_ONE = 2.0
SHORT_BY_MORE = 9.0  # and one for each line
FEW, FEWEST, PART = 4, 2, 8  # rows of a last page that are few: an eighth of a small page's
HALF = 0.5  # a row: no line, but what stands between two speeches
FEW_ON_LAST_PAGE, FEWEST_ON_LAST_PAGE = 8.0, 7.0  # and so much more for the fewest: than for a page four rows short
A_ROW_SHORT, SEEN = 0.8, 4  # where feet are not level anyway; of so many rows each costs twice that: white is seen
BREAK_AT_HEAD, BREAK_BELOW_ONE = 30.0, 3.0  # a scene break with nothing above it on its page; with one line
BREAK_OR_HOLE = 12.0  # the former where feet are level: a hole of three lines at the foot before it is seen first
SIGN_AT_FOOT, SIGN_OR_HOLE = 12.0, 5.0  # its sign last on a page, better than a hole of four; where feet aren't level
A_ROW_BELOW_SIGN = 2.5  # that is left over below it
TORN = 16.0  # a line alone for its note's sake, or a note on the page before its line
NOTES_ALONE = 30.0  # a page with nothing but the end of a note


def faults(filled: Filled, used: float, breaks: bool, level: bool) -> float:
    """What it costs to fill pages so, of the first of which `used` rows were taken. `breaks`: a scene break begins what
    was filled in; `level`: feet are to be."""
    cost = TORN * filled.torn
    if breaks and filled.at_head:
        cost += BREAK_OR_HOLE if level else BREAK_AT_HEAD
    elif breaks and used <= 1 + SLACK:
        cost += BREAK_BELOW_ONE
    for left_over in filled.left_over:
        short = int(left_over + SLACK)
        if short and level:
            cost += SHORT_BY_ONE if short == 1 else SHORT_BY_MORE + short
        elif short:
            cost += A_ROW_SHORT * short * (1 + short / SEEN)
    return cost


def faults_below_sign(filled: Filled, level: bool) -> float:
    """The same where the sign of the scene break is the last thing on the first page, beside what that costs itself."""
    below, *beyond = filled.left_over
    cost = A_ROW_BELOW_SIGN * int(below + SLACK) if level else faults(Filled(0.0, (below,), False), 0.0, False, level)
    return cost + faults(filled._replace(left_over=tuple(beyond), at_head=False), 0.0, False, level)


def last_page(used: float, turned: bool, rule: Rule, foot: Foot = BARE) -> float:
    """What a last page of so many rows costs, if pages `turned` before it, with this foot."""
    if foot.over:
        return NOTES_ALONE
    rows = ceil(used - HALF - SLACK)
    if not turned or rows > max(FEWEST, min(FEW, round(rule.rows / PART))):
        return 0.0
    return FEW_ON_LAST_PAGE + (FEWEST_ON_LAST_PAGE if rows <= FEWEST else 0.0)
