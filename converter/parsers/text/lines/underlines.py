"""Lines drawn under headings, and over and under them: they go, and the headings are marked."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.lines.breaks import is_break

UNDERLINES = frozenset("-=~_*^#+")
UNDERLINE = regex(r"([-=~_*^#+])\1{2,}\Z")
BOXED_ROWS = 3  # lines of a heading between two drawn lines
UNDERLINED_LONGEST = 80  # characters; a line under more is a rule, not a heading's


def take_underlines(rows: Sequence[Row]) -> tuple[list[Row], set[int]]:
    """The rows without the lines drawn under (and over) headings, and the numbers of the lines so marked."""
    out: list[Row] = []
    marked: set[int] = set()
    box_end = -1
    begins_box = False  # the next row is the first in a box
    least_gap = 0  # before the next row: the lines taken out before it parted it from the text
    for i, row in enumerate(rows):
        if row.text[0] in UNDERLINES and UNDERLINE.match(row.text):
            above = out[-1] if out and row.gap == 0 else None
            if above and (above.line in marked or (rows[i - 1] is above and _is_underlined(above, row, len(out) == 1))):
                marked.add(above.line)
                continue
            if i == box_end:
                least_gap = 1
                continue
            if (row.gap > 0 or i == 0) and (end := _box_end(rows, i)):
                begins_box, least_gap, box_end = True, max(row.gap, 1), end
                continue
        gap = max(row.gap, least_gap)
        if out and out[-1].line in marked and i > box_end:
            gap = max(gap, 1)
        if begins_box:
            marked.add(row.line)
        begins_box, least_gap = False, 0
        out.append(row if gap == row.gap else row._replace(gap=gap))
    return out, marked


def _box_end(rows: Sequence[Row], over: int) -> int:
    """Where a line like the one at `over` closes a box of one to three short lines; 0 where none does."""
    line = rows[over].text
    for k in range(over + 1, min(len(rows), over + BOXED_ROWS + 2)):
        row = rows[k]
        if row.gap:
            return 0
        if UNDERLINE.match(row.text):
            return k if k > over + 1 and row.text[0] == line[0] else 0
        if len(row.text) > UNDERLINED_LONGEST or len(row.text) > 2 * len(line):
            return 0
    return 0


def _is_underlined(above: Row, line: Row, first: bool) -> bool:
    """Whether a line is drawn under a heading: it is about as long, and so is no other text right above it.

    `first`: nothing stands before the row above.
    """
    text = above.text
    alone = first or above.gap > 0 or len(text) == len(line.text)
    if not alone or len(text) > UNDERLINED_LONGEST or (may_end_paragraph(text) and len(text) > 40):
        return False
    close = abs(len(text) - len(line.text)) <= max(3, 0.3 * len(text))
    return close and not is_break(text)
