"""Notes that stand as a list: below a heading "NOTES", numbered from one, or one right below the other in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.headings.forms import SENTENCE_END
from converter.recognisers.lines.list_headings import over_notes

SIGNS = "*_=#~-– "  # around the heading
ENTRY = regex(r"(\d{1,3})(?:[.:)]\s*|\s+)(?=[^\W\d_]|[\"“'‘«*_])")  # "1. Hollis, Geese"
BRACKETED = regex(r"(?:\[(\d{1,3})\]|\((\d{1,3})\))\s*(?=\S)")
SHORTEST_RUN = 2  # notes right below each other; one alone ends a sentence, or it is a chapter's number


class ListedNotes(NamedTuple):
    """The groups, a note in each; the notes below a heading by their places; and where that heading stands."""

    groups: list[RowGroup]
    entries: dict[int, re.Match[str]]
    heads: dict[int, int]

    @property
    def since(self) -> dict[int, int]:
        """For each note the place behind the heading of the list before it: what it explains stands below that."""
        heads = sorted(set(self.heads.values()))
        before = dict(zip(heads, (0, *heads), strict=False))
        return {i: before[head] for i, head in self.heads.items()}

    def together(self) -> list[RowGroup]:
        """The groups with each list of notes as one, a line for a note, where each has one: nobody cites them."""
        out: list[RowGroup] = []
        long = {head for i, head in self.heads.items() if len(self.groups[i].rows) > 1}
        for i, group in enumerate(self.groups):
            head = self.heads.get(i, -1)
            if head in long or head in (-1, i - 1):
                out.append(group)
            else:
                out[-1] = out[-1]._replace(rows=out[-1].rows + group.rows, lines=True)
        return out


def listed_notes(groups: Sequence[RowGroup]) -> ListedNotes:
    """The notes below each heading that names such, as long as their numbers go on from one."""
    found = ListedNotes([], {}, {})
    head, number = -1, 0
    for group in groups:
        entries = list(_entries(group, number)) if head >= 0 else []
        for part, m in entries:
            found.entries[len(found.groups)] = m
            found.heads[len(found.groups)] = head
            found.groups.append(part)
            number += 1
        if entries:
            continue
        announces = len(group.rows) == 1 and is_over_notes(group.rows[0].text)
        head, number = len(found.groups) if announces else -1, 0
        found.groups.append(group)
    return found


def is_over_notes(line: str) -> bool:
    """Whether a line is a heading that only announces notes: "NOTES", "* Notes *"."""
    return over_notes(line.strip(SIGNS))


def _entries(group: RowGroup, number: int) -> Iterator[tuple[RowGroup, re.Match[str]]]:
    """The notes of a group, which goes on behind note `number`; none where it begins with another number."""
    starts: list[tuple[int, re.Match[str]]] = []
    for at, row in enumerate(group.rows):
        m = ENTRY.match(row.text)
        if m and int(m[1]) == number + len(starts) + 1:
            starts.append((at, m))
    if not starts or starts[0][0]:
        return
    stops = [*(at for at, _ in starts[1:]), len(group.rows)]
    for (at, m), stop in zip(starts, stops, strict=True):
        whole = len(starts) == 1
        lines = group.lines if whole else False
        yield group._replace(rows=group.rows[at:stop], lines=lines, gap=0 if at else group.gap), m


def places_of_notes(groups: Sequence[RowGroup]) -> set[int]:
    """The places of the groups that are notes of a list: they head nothing."""
    listed = listed_notes(groups)
    alone = {head for head, times in Counter(listed.heads.values()).items() if times < SHORTEST_RUN}
    lines = {
        listed.groups[i].line
        for i, head in listed.heads.items()
        if head not in alone or SENTENCE_END.search(listed.groups[i].rows[-1].text)
    }
    places = {i for i, group in enumerate(groups) if group.line in lines}
    for run in _runs({i: int(m[1] or m[2]) for i, g in enumerate(groups) if (m := BRACKETED.match(g.rows[0].text))}):
        places.update(run if len(run) >= SHORTEST_RUN else ())
    return places


def _runs(numbers: Mapping[int, int]) -> Iterator[list[int]]:
    """Neighbouring places whose numbers count on."""
    run: list[int] = []
    for before, at in pairwise((-1, *numbers)):
        if run and not (at == before + 1 and numbers[at] == numbers[before] + 1):
            yield run
            run = []
        run.append(at)
    yield run
