"""Blocks of a text that are set in from the margin: a quotation, a letter, a notice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from converter.parsers.text.blocks.text_habits import TextHabits
from converter.parsers.text.lines.layout import RowGroup

QUOTE_INDENT = 2  # columns more than the text
FARTHEST = 12  # columns: what stands farther in is set in the middle
LEAST, MOST = 2, 40  # paragraphs together; one alone may begin with a line set in
RARE = 0.35  # of a chapter's paragraphs: where more are set in, that is how they begin
PROSE_WORDS = 25  # of a paragraph that is no title and no line of a sign


def groups_set_in(groups: Sequence[RowGroup], habits: TextHabits) -> frozenset[int]:
    """First lines of the groups that are set in from the margin, prose and verse alike."""
    layout = habits.layout
    if habits.speakers:
        return layout.quoted
    if not layout.wrapped:
        return layout.quoted | (_among_lines(groups, layout.base) if layout.kind == "blank lines" else frozenset())
    least = max(layout.base, layout.first) + QUOTE_INDENT
    found: set[int] = set()
    for way in (groups, groups[::-1]):
        column = -1  # of the block beside it that is set in: a line alone may be a greeting there, elsewhere a title
        for g in way:
            if len(g.rows) > 1 and g.indent >= least:
                column = g.indent
            elif g.indent != column:
                column = -1
            if column >= 0:
                found.add(g.line)
    return layout.quoted | found


def _among_lines(groups: Sequence[RowGroup], base: int) -> frozenset[int]:
    """The same where every paragraph is one line between blank lines: a few of them together that stand in one column
    inside the margin, in a chapter whose other prose stands at it."""
    runs = [list(run) for _, run in groupby(groups, key=lambda g: g.indent)]
    inside = [run for run in runs if base + QUOTE_INDENT <= run[0].indent <= base + FARTHEST]
    alone = any(len(run) < LEAST and run[0].words >= PROSE_WORDS for run in inside)
    together = [run for run in inside if LEAST <= len(run) <= MOST]
    if alone or sum(map(len, inside)) > RARE * len(groups):
        return frozenset()
    return frozenset(g.line for run in together for g in run)
