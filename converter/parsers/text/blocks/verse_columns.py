"""How far lines of verse are set in, in steps that a book can show: in proportion over a whole poem or a play."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from converter.parsers.text.lines.rows import Row

COLUMNS = 2  # to a step of verse indent
MOST_STEPS = 4  # that a reader tells apart


class VerseColumns(NamedTuple):
    """The column of the lines that are set in least, and how many columns farther the deepest stands."""

    margin: int
    deepest: int

    def steps(self, indent: int) -> int:
        """The steps for a line in this column. Where the deepest lines are farther in than steps are told apart, all
        share them, and none that is set in loses its step."""
        within = max(0, indent - self.margin)
        if self.deepest <= COLUMNS * MOST_STEPS:
            return within // COLUMNS
        return min(MOST_STEPS, max(int(within >= COLUMNS), round(within * MOST_STEPS / self.deepest)))


def verse_columns(rows: Iterable[Row]) -> VerseColumns:
    """The columns of these lines."""
    indents = [r.indent for r in rows]
    return VerseColumns(min(indents), max(indents) - min(indents))
