"""The columns of a printed table: as wide as their longest words and the amount of their text ask for, so that no word
is broken beside a column that is half empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from lxml import etree

from converter.document.record import dataclass

MOST_SPAN = 60  # columns or rows of one cell
MOST_COLUMNS = 60
ENOUGH = 60.0  # em; a column with more in it gets no wider for that
LEAST = 1.5  # em; no column is narrower
COLUMNS = "data-columns"
"""The attribute that holds the columns' widths in em, where the table is as wide as the text."""

CELLS = "data-cells"
"""The attribute that holds what its columns ask for, in em, where they can have it."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds, in em: its longest word, its longest cell on one line."""

    word: float = LEAST
    cell: float = LEAST


def set_columns(table: etree._Element, room: float, pad: float, width: Callable[[str], float]) -> float:
    """Says how wide the columns of a table are, in em of its type, where they can't all have what they ask for; `pad`
    is what is left free on both sides of a cell. Gives the width above which a word of theirs has to be parted, `room`
    where none has."""
    columns = _columns(table, width)
    if not columns:
        return room
    free = room - pad * len(columns)
    if sum(column.cell for column in columns) <= free:
        table.set(CELLS, " ".join(f"{column.cell + pad:.2f}" for column in columns))
        return room
    most = _most([column.word for column in columns], free)
    least = [min(column.word, most) for column in columns]
    wishes = [max(0.0, min(column.cell, ENOUGH) - one) for column, one in zip(columns, least, strict=True)]
    more = max(0.0, free - sum(least)) / (sum(wishes) or 1.0)
    widths = [one + wish * more + pad for one, wish in zip(least, wishes, strict=True)]
    table.set(COLUMNS, " ".join(f"{one:.2f}" for one in widths))
    group = etree.Element("colgroup")
    for one in widths:
        etree.SubElement(group, "col", {"style": f"width: {100 * one / sum(widths):.2f}%"})
    caption = table.find("caption")
    table.insert(0 if caption is None else table.index(caption) + 1, group)
    return most


def holds_words(table: etree._Element, room: float, pad: float, width: Callable[[str], float]) -> bool:
    """Whether a table of this width has room for the longest word of each of its columns."""
    columns = _columns(table, width)
    return sum(column.word for column in columns) <= room - pad * len(columns)


def span(value: str | None) -> int:
    """How many columns or rows a cell takes, by what its attribute says."""
    return max(1, min(int(value), MOST_SPAN)) if value and value.isdigit() and len(value) < 6 else 1


def rows_of(table: etree._Element) -> list[tuple[etree._Element, bool]]:
    """The rows of a table, and whether each belongs to its head."""
    return [(tr, group.tag == "thead") for group in table if group.tag in ("thead", "tbody") for tr in group]


def count_columns(rows: Sequence[etree._Element]) -> int:
    """How many columns these rows have."""
    most = max((sum(span(cell.get("colspan")) for cell in tr) for tr in rows), default=1)
    return max(1, min(most, MOST_COLUMNS))


def _columns(table: etree._Element, width: Callable[[str], float]) -> list[Column]:
    """The columns of a table; none where cells go over several rows or hold more than words."""
    rows = [row for row, _ in rows_of(table)]
    columns = [Column()] * count_columns(rows)
    for cell, at in chain.from_iterable(_placed(row, len(columns)) for row in rows):
        if span(cell.get("rowspan")) > 1 or cell.find(".//table") is not None:
            return []
        if span(cell.get("colspan")) > 1:
            continue
        text = " ".join("".join(cell.itertext()).split())
        word = max((width(one) for one in text.split(" ")), default=0.0)
        before = columns[at]
        columns[at] = Column(max(before.word, word), max(before.cell, width(text)))
    return columns


def _placed(row: etree._Element, columns: int) -> list[tuple[etree._Element, int]]:
    out, at = [], 0
    for cell in row:
        if at < columns:
            out.append((cell, at))
        at += span(cell.get("colspan"))
    return out


def _most(words: Sequence[float], free: float) -> float:
    """The width of the widest columns, where each has its longest word or as much as is left for all that are wider."""
    left, rest = free, len(words)
    for word in sorted(words):
        if word * rest > left:
            return max(LEAST, left / rest)
        left -= word
        rest -= 1
    return max(words)
