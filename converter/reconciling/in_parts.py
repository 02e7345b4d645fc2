"""Copies that lie in several files, a chapter in each: a folder "v1" of them beside a folder "v2", or beside the whole.

Strategy. Files whose names make them chapters of one work are that work's copy in parts where two of them at least are
told again by another such row, or by one file, in the order that they have there. Chapters that only look like a row
(the stories of a contest, by number) are found again here and there, and in no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.recognisers.metadata.ranges_in_names import range_in_name
from converter.reconciling.copies import Copy

if TYPE_CHECKING:
    from converter.reconciling.fingerprints import Alike

FEWEST = 2  # parts that another copy has, too
Pair = tuple[int, int]
Place = tuple[int, int]  # of a chapter in a copy: the number of the part, and of the chapter in it


def in_parts(families: Sequence[Sequence[int]], shared: Mapping[Pair, Sequence[Alike]]) -> Iterator[int]:
    """The numbers of those families that are one copy each. `shared` says for every two files which chapters they
    share, by their places in each."""
    home = {place: (-1 - number, at) for number, family in enumerate(families) for at, place in enumerate(family)}
    meets: dict[int, dict[int, set[tuple[Place, Place]]]] = {}
    for (a, b), found in shared.items():
        (mine, at), (others, there) = home.get(a, (a, 0)), home.get(b, (b, 0))
        for alike in found:
            here, elsewhere = (at, alike.one), (there, alike.other)
            meets.setdefault(mine, {}).setdefault(others, set()).add((here, elsewhere))
            meets.setdefault(others, {}).setdefault(mine, set()).add((elsewhere, here))
    for number in range(len(families)):
        met = meets.get(-1 - number, {})
        if -1 - number not in met and any(map(_one_order, met.values())):
            yield number


def _one_order(met: set[tuple[Place, Place]]) -> bool:
    """Whether chapters of several parts stand in one order in both copies."""
    pairs = sorted(met)
    there = [other for _, other in pairs]
    parts = {part for (part, _), _ in pairs}
    return len(parts) >= FEWEST and len(set(there)) >= FEWEST and there == sorted(there)


def as_one(parts: Sequence[Copy], file: str, stem: str) -> Copy:
    """What the copy is known by that these are the parts of; it says what all of them say."""
    first = parts[0]
    said = [range_in_name(part.stem) for part in parts]
    if one := next((s for s in said if s), None):
        numbers = [n for s in said if s and s.work == one.work for n in (s.first, s.last)]
        if len(numbers) == 2 * len(said):  # by which other files continue it
            stem = f"{one.title} {min(numbers)}-{max(numbers)}"
    chapters = tuple(chapter for part in parts for chapter in part.chapters)
    return replace(
        first,
        file=file,
        stem=stem,
        chapters=chapters,
        title=first.title if all(p.title == first.title for p in parts) else "",
        authors=first.authors if all(p.authors == first.authors for p in parts) else (),
        changed=max(p.changed for p in parts),
        saved=max(p.saved for p in parts),
        dates=tuple((part.changed, part.saved) for part in parts for _ in part.chapters),
    )
