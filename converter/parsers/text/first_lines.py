"""Paragraphs that begin with a line set in, in a text whose other lines stand at the margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.parsers.text.rows import Row, ended_on_purpose, may_end_paragraph, runs_on
from converter.recognisers.lines.breaks import is_break

STEP = 2, 10  # columns that a first line is set in at least, at most: what stands farther in is centred
LEAST = 4  # lines set in, and lines at the margin after another: fewer say nothing
AFTER_END = 0.85  # of the lines set in follow a line that ends a sentence; of other lines one in eight does
GOES_ON = 0.6  # of the lines at the margin go on with a sentence: measured 0.75 to 0.95, in a list or a poem 0.5
OTHERS = 0.15  # of the lines have another indent, farther out than what is centred
FULL = 0.85  # of the lines before them were full: the next word would not have fitted
LONGEST = 110  # characters of a line that was broken to fit


class FirstLines(NamedTuple):
    """The column of ordinary lines, that of first lines, and the measure."""

    base: int
    first: int
    width: int


def first_lines(rows: Sequence[Row]) -> FirstLines | None:
    """How first lines are set in, where that alone says how the lines were broken: however few there are, and though
    speech makes most of them short."""
    indents = Counter(r.indent for r in rows)
    base = min((i for i, n in indents.items() if n >= LEAST and n * 20 >= len(rows)), default=None)
    if base is None:
        return None
    first, times = max(
        ((i, n) for i, n in indents.items() if STEP[0] <= i - base <= STEP[1]), key=lambda p: p[1], default=(0, 0)
    )
    near = [(a, b) for a, b in pairwise(rows) if not b.gap and a.indent in (base, first)]
    begun = [(a, b) for a, b in near if b.indent == first and not is_break(a.text)]
    on = [(a, b) for a, b in near if b.indent == base]
    other = sum(n for i, n in indents.items() if base < i <= base + STEP[1] and i != first)
    if min(times, len(begun), len(on)) < LEAST or other > OTHERS * len(rows):
        return None
    ends = sorted(a.indent + len(a.text) for a, _ in on)
    width = ends[-1] if len(ends) < 30 else ends[int(len(ends) * 0.97)]
    if ends[len(ends) // 2] > LONGEST:
        return None
    full = sum(not ended_on_purpose(a, b, width) for a, b in on)
    going = sum(runs_on(a.text, b.text) for a, b in on)
    after = sum(may_end_paragraph(a.text) for a, _ in begun)
    if full < FULL * len(on) or going < GOES_ON * len(on) or after < AFTER_END * len(begun):
        return None
    return FirstLines(base, first, width)
