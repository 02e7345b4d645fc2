"""Paragraphs that begin with a line set in, in a text whose other lines stand at the margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.parsers.text.lines.rows import Row, ended_on_purpose, may_end_paragraph, runs_on
from converter.recognisers.lines.breaks import is_break

STEP = 2, 10  # columns that a first line is set in at least, at most: what stands farther in is centred
LEAST = 4  # lines set in, and lines at the margin after another: fewer say nothing
AFTER_END = 0.85  # of the lines set in follow a line that ends a sentence; of other lines one in eight does
GOES_ON = 0.6  # of the lines at the margin go on with a sentence: measured 0.75 to 0.95, in a list or a poem 0.5
OTHERS = 0.15  # of the lines have another indent, farther out than what is centred
FULL = 0.85  # of the lines before them were full: the next word would not have fitted
WITHIN = 0.97  # of the lines are no longer than the measure
LONGEST = 110  # characters of a line that was broken to fit


class FirstLines(NamedTuple):
    """The column of ordinary lines, that of first lines, and the measure."""

    base: int
    first: int
    width: int


def first_lines(rows: Sequence[Row]) -> FirstLines | None:
    """How first lines are set in, where that alone says how the lines were broken: however few there are, and though
    speech makes most of them short."""
    columns = _columns(rows)
    if columns is None:
        return None
    base, first = columns
    near = [(a, b) for a, b in pairwise(rows) if not b.gap and a.indent in (base, first)]
    begun = [a for a, b in near if b.indent == first and not is_break(a.text)]
    on = [(a, b) for a, b in near if b.indent == base]
    if min(len(begun), len(on)) < LEAST:
        return None
    ends = sorted(a.indent + len(a.text) for a, _ in on)
    width = ends[min(len(ends) - 1, int(len(ends) * WITHIN))]
    full = sum(not ended_on_purpose(a, b, width) for a, b in on)
    going = sum(runs_on(a.text, b.text) for a, b in on)
    after = sum(may_end_paragraph(a.text) for a in begun)
    sure = full >= FULL * len(on) and going >= GOES_ON * len(on) and after >= AFTER_END * len(begun)
    return FirstLines(base, first, width) if sure and ends[len(ends) // 2] <= LONGEST else None


def _columns(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The column of most lines farthest to the left, and that of those set in a little; None where others are many."""
    indents = Counter(r.indent for r in rows)
    base = min((i for i, n in indents.items() if n >= LEAST and n * 20 >= len(rows)), default=None)
    if base is None:
        return None
    near = {i: n for i, n in indents.items() if base < i <= base + STEP[1]}
    first = max((i for i in near if i >= base + STEP[0]), key=near.__getitem__, default=None)
    if first is None or near[first] < LEAST or sum(near.values()) - near[first] > OTHERS * len(rows):
        return None
    return base, first
