"""Files whose names differ in a date: the instalments of one work, or stories of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from converter.document.findings.works import WorkDates, WorkUnsure
from converter.parsers.works.dates import Dated, in_order_of_days
from converter.parsers.works.heads import FileHead
from converter.parsers.works.order import natural
from converter.parsers.works.rows import RowFile, Work, works_in_row
from converter.parsers.works.strangers import without_strangers

ALIKE = 0.5  # of the lines that two files begin with: they are versions of one text
LINE = 40  # letters of a line that two texts don't have by accident


class DatedFile(NamedTuple):
    """One file of such a row: its place among all, its name, the date in that, its head, its first bytes."""

    at: int
    name: str
    dated: Dated
    head: FileHead
    first: bytes


def works_by_days(row: Sequence[DatedFile], prefix: str) -> list[Work]:
    """The works among files whose names differ in a date; `prefix` is what stands before it."""
    days = in_order_of_days([f.dated.date for f in row], lambda: row[0].first.decode("utf-8", "replace"))
    if days is None or _are_versions([f.first for f in row]):
        return [Work((f.at,)) for f in row]
    ordered = sorted(zip(days.days, row, strict=True), key=lambda dated: (dated[0], natural(dated[1].name)))
    files = [RowFile(f.at, f.dated.rest, float(n), f.head, dated=True) for n, (_, f) in enumerate(ordered)]
    said: tuple[str, ...] = ()
    if days.taken:
        example = next(f.name for f in row if f.dated.date.either_way)
        said = (WorkDates(len(row), days.taken == "day first", example).message,)
    works = [work for own in without_strangers(files) for work in works_in_row(own, prefix)]
    unsure = any(f.dated.date.gaps for f in row)
    return [_told(work, said, unsure=unsure) if len(work.files) > 1 else work for work in works]


def _told(work: Work, said: tuple[str, ...], *, unsure: bool) -> Work:
    """A work with what is to be said of its days; `unsure`: some are missing, so that it is a close call."""
    doubt = WorkUnsure(len(work.files), "one work") if unsure else work.doubt
    return work._replace(remarks=said, doubt=doubt)


def _are_versions(firsts: Sequence[bytes]) -> bool:
    """Whether two of these files begin with the same text: a story that was saved on several days, no instalments."""
    lines = [{line for raw in first.splitlines() if len(line := raw.strip()) >= LINE} for first in firsts]
    homes = Counter(line for found in lines for line in found)
    shared = [found for found in lines if sum(homes[line] > 1 for line in found) > ALIKE * len(found)]
    return len(shared) > 1
