"""Which files continue a story that others tell, by their names: "Salt 9" beside copies "Salt 1-5" and "Salt 4-8".

Such a file has no word in common with the others, so its name alone speaks for it; and names of volumes and of other
stories look the same. It is believed where a name of the row says that the numbers count chapters, a range, and where
nothing contradicts it: no chapter of that number is there already, and the headings say what the names say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from converter.recognisers.metadata.ranges_in_names import RangeInName, range_in_name
from converter.reconciling.copies import contradiction

if TYPE_CHECKING:
    from converter.reconciling.copies import Copy


def continuing(copies: Sequence[Copy], groups: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """The pairs, by their places, that join files to the story of a row that they continue; `groups` are the files
    that are copies of one story."""
    group_of = {place: group for group in groups for place in group}
    for row in _rows(copies):
        known = [place for place, _ in row if place in group_of]
        if not known or not any(said.several for _, said in row):
            continue
        members = list(group_of[known[0]])
        taken = {number for place in members for number in _numbers(copies[place])}
        for place, _ in row:
            more = group_of.get(place, (place,))
            numbers = {number for other in more for number in _numbers(copies[other])}
            if numbers.isdisjoint(taken) and not any(
                contradiction(copies[a], copies[b]) for a in more for b in members
            ):
                yield min(place, known[0]), max(place, known[0])
                members += more
                taken |= numbers


def stretches(copies: Sequence[Copy]) -> dict[int, RangeInName]:
    """The stretch of the work that the name of each of these files says: a range, or where names of several differ in
    it. A number in the name of one alone may be the title's."""
    said_of = ((row, [said for _, said in row]) for row in _rows(copies))
    rows = (row for row, said in said_of if len(set(said)) > 1 or any(s.several for s in said))
    return {place: said for row in rows for place, said in row}


def _rows(copies: Sequence[Copy]) -> list[list[tuple[int, RangeInName]]]:
    """The files whose names differ in the numbers alone."""
    rows: dict[tuple[str, str], list[tuple[int, RangeInName]]] = {}
    for place, copy in enumerate(copies):
        if (said := range_in_name(copy.stem)) and _counts_chapters(copy, said):
            folder = "" if said.work else str(PurePath(copy.file).parent)
            rows.setdefault((said.work, folder), []).append((place, said))
    return list(rows.values())


def _numbers(copy: Copy) -> set[int]:
    """The chapters that a file tells: those of its headings, without any those of its name."""
    told = {c.number for c in copy.chapters if c.kind == "chapter" and c.number is not None}
    said = range_in_name(copy.stem)
    return told or (set(range(said.first, said.last + 1)) if said else set())


def _counts_chapters(copy: Copy, said: RangeInName) -> bool:
    """Whether the chapters of a file are those that its name says, as far as their headings have numbers."""
    return all(said.first <= number <= said.last for number in _numbers(copy))
