"""What a table is: data, a box with words in it, or a layout that only puts things side by side. For every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from converter.parsers.items.frames import BOX_WORDS

LAYOUT_WORDS = 150  # words in one cell of a table for layout; a data cell rarely has 50
COLUMN_ROWS = 3  # of a column with a head
HEADED = 2  # cells that head columns: such a table is data, however long its cells
SPAN_LIMIT = 50
ROW_LIMIT = 2_000

TableUse = Literal["data", "box", "layout"]


class TableFacts(NamedTuple):
    """What is known of a table: of each row's cells whether they head others, the words in all of it, whether it holds
    tables, whether its `role` says that it is none; and when asked, whether it holds most of the story, and the words
    of its longest cell."""

    heads: Sequence[Sequence[bool]]
    words: int
    nested: bool
    no_table: bool
    most: Callable[[], bool]
    longest: Callable[[], int]


def use_of_table(table: TableFacts) -> TableUse:
    """What a table with cells is. A single column is a box, one with a head and several cells below it is data."""
    if max(map(len, table.heads)) == 1 and not table.nested and not _is_column(table.heads):
        return "layout" if table.words > BOX_WORDS or table.most() else "box"
    return "layout" if _is_layout(table) else "data"


def _is_column(heads: Sequence[Sequence[bool]]) -> bool:
    return len(heads) >= COLUMN_ROWS and heads[0][0] and not any(row[0] for row in heads[1:])


def _is_layout(table: TableFacts) -> bool:
    """Whether it says so, or no cells head others and it holds tables or long cells."""
    if table.no_table or len(table.heads) > ROW_LIMIT:
        return True
    if sum(table.heads[0]) >= HEADED and not table.nested:
        return False
    headed = sum(map(sum, table.heads)) >= HEADED
    if not headed and table.nested:
        return True
    return table.longest() > (BOX_WORDS if headed else LAYOUT_WORDS)


def span(value: str) -> int:
    """How many columns or rows a cell spans: fifty, where it says a million."""
    value = value.strip()
    return max(1, min(SPAN_LIMIT, int(value))) if re.fullmatch(r"\d{1,9}", value) else 1
