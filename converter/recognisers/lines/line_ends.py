"""What the line ends in a story's paragraphs mean: paragraphs, wrapped lines, or ends of lines that count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from converter.document.patterns import regex

LineUse = Literal["keep", "paragraphs", "wrapped"]

ENOUGH_LINES = 8  # single line breaks; fewer say nothing about a habit
PROSE_LINE = 48  # mean characters of a line that is a paragraph; verse has 25 to 45, prose 90 and more
PROSE_ENDS = 0.75  # of such lines end a sentence; verse lines do so in 20 to 50 %
WRAP_LINES = (50, 85)  # the usual widths of hard-wrapped text
WRAP_ENDS = 0.55  # at most so many hard-wrapped lines end a sentence by chance
ENDS = regex(r"""[.!?…:;—–-]["'”’»)\]*_]*$|["”»]$""")


def line_use(lines: Sequence[str], runs: Counter[int]) -> LineUse:
    """What a single line end means. `lines` are those that one ends, `runs` how often so many stand in a row."""
    doubles = sum(n for size, n in runs.items() if size > 1)
    if len(lines) < ENOUGH_LINES or len(lines) < doubles:
        return "keep"
    ends = sum(bool(ENDS.search(text)) for text in lines) / len(lines)
    lengths = sorted(map(len, lines))
    if ends >= PROSE_ENDS and sum(lengths) / len(lengths) >= PROSE_LINE:
        return "paragraphs"
    low, high = WRAP_LINES
    if (
        ends < WRAP_ENDS
        and low <= lengths[len(lengths) // 2] <= high
        and lengths[int(len(lengths) * 0.98)] <= high + 10
    ):
        return "wrapped"
    return "keep"


def usual_blank(runs: Counter[int]) -> int:
    """How many blank lines stand between two paragraphs that line ends part, mostly."""
    several = [(n, -size, size) for size, n in runs.items() if size > 1]
    return max(several)[2] - 1 if several else 1
