"""Files that only their names put among the chapters of a work: another story, a list that somebody noted down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from converter.parsers.works.rows import ROW, RowFile, worded

HALF = 0.5  # of the files of a row: what so many call their work, it is called
TWICE = 2


def without_strangers(row: Sequence[RowFile]) -> list[list[RowFile]]:
    """A row whose names alone are numbered, as the files of each work that several of them name, and what is a
    stranger there by itself: what calls itself something else and is no numbered chapter, and a few words in a list
    where the others tell something. What calls itself nothing goes on with what stands before it.
    """
    if len(row) < ROW or worded([f.stem for f in row]):
        return [list(row)]
    named = Counter(f.head.work for f in row if f.head.work)
    works = {name for name, n in named.items() if n >= ROW or (n >= TWICE and n >= HALF * len(row))}
    strange = _strange(row, works)
    homes: dict[str, list[RowFile]] = {}
    current = next((f.head.work for f in row if f.head.work in works), "")
    for f in row:
        if f.at not in strange:
            current = f.head.work if f.head.work in works else current
            homes.setdefault(current, []).append(f)
    return [*homes.values(), *([f] for f in row if f.at in strange)]


def _strange(row: Sequence[RowFile], works: Set[str]) -> set[int]:
    """The places of the files that are strangers beside these works."""
    lists = {f.at for f in row if f.head.listed and f.head.work not in works}
    others = {f.at for f in row if f.head.work not in works and _is_other(f)} if works else set[int]()
    return others if len(lists) >= HALF * len(row) else others | lists


def _is_other(f: RowFile) -> bool:
    """Whether a file has a title of its own, and is no numbered chapter."""
    return bool(f.head.work) and f.head.number is None
