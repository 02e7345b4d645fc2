"""What the names of files tell of a heap: the chapters of one work are of one story."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from converter.document.findings.copies import CopyLeft
from converter.document.model import Origin
from converter.reconciling.copies import contradiction

if TYPE_CHECKING:
    from converter.reconciling.copies import Copy

Pair = tuple[int, int]


def joined_by_families(
    copies: Sequence[Copy], families: Sequence[Sequence[int]], stories: Sequence[Sequence[int]]
) -> tuple[set[Pair], list[tuple[int, CopyLeft]]]:
    """The pairs that join those files of a family that share no text with others to the one story that the others are
    of. Where these are of several stories, their names only look like those of chapters: then what is told of each file
    that is left alone beside them, with its place."""
    story = {place: number for number, members in enumerate(stories) for place in members}
    pairs: set[Pair] = set()
    left: list[tuple[int, CopyLeft]] = []
    for family in families:
        known = [place for place in family if place in story]
        others = [place for place in family if place not in story]
        if len({story[place] for place in known}) == 1:
            pairs |= {
                (min(place, known[0]), max(place, known[0]))
                for place in others
                if not contradiction(copies[place], copies[known[0]])
            }
        elif known:
            left += [(n, CopyLeft(copies[known[0]].file, Origin(copies[n].file, 1))) for n in others]
    return pairs, left


def components_of(edges: Set[Pair]) -> list[tuple[int, ...]]:
    """The places that the edges join, in order."""
    of: dict[int, set[int]] = {}
    for one, other in sorted(edges):
        joined = of.get(one, {one}) | of.get(other, {other})
        for place in joined:
            of[place] = joined
    return sorted({tuple(sorted(members)) for members in of.values()})
