"""Files of a work that are told apart by dates in their names: in which order they stand, and whether that is sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from converter.recognisers.language.detection import detect_language
from converter.recognisers.metadata.dates_in_names import DatedRow, NameDate, dates_of, days_in_order
from converter.recognisers.metadata.matter_in_names import matter_in_name


class Dated(NamedTuple):
    """A file whose name has a date: what stands before and behind that, and the date."""

    before: str
    behind: str
    date: NameDate

    @property
    def rest(self) -> str:
        """The name without the date."""
        return " ".join(filter(None, (self.before, self.behind)))


def dated_files(stems: Sequence[str]) -> dict[int, Dated]:
    """The files whose names tell a day and no other number, by their places among these names in small letters."""
    dates = dates_of(stems)
    return {i: Dated(*d.without(stems[i]), d) for i, d in enumerate(dates) if d is not None}


def dated_keys(dated: dict[int, Dated]) -> dict[int, str]:
    """What the files of one row share: what their names have before the date, and behind it where several have it."""
    shared = Counter((d.before, d.behind) for d in dated.values())
    return {i: f"name:{d.before}|dated {d.behind if shared[d.before, d.behind] > 1 else ''}" for i, d in dated.items()}


def in_order_of_days(dates: Sequence[NameDate], opening: Callable[[], str]) -> DatedRow | None:
    """The days of a row; `opening` gives words of its text, whose language tells which way round day and month stand
    where nothing else does."""
    row = days_in_order(dates)
    return days_in_order(dates, detect_language(opening())[0]) if row and row.taken else row


def days_of_parts(names: Sequence[str], opening: Callable[[], str]) -> DatedRow | None:
    """The days of a work's parts by their names without suffix, when all but front and back matter have one: those get
    a day before or behind all. None where the days tell no order."""
    stems = [normalize("NFC", name.lower()) for name in names]
    dated = dated_files(stems)
    work = next(iter(dated.values())).before if dated else ""
    said = [None if i in dated else matter_in_name(stem, work) for i, stem in enumerate(stems)]
    places = [matter.place if matter else 0 for matter in said]
    if len(dated) < 2 or any(not place and i not in dated for i, place in enumerate(places)):
        return None
    row = in_order_of_days([d.date for d in dated.values()], opening)
    if row is None:
        return None
    days = dict(zip(dated, row.days, strict=True))
    first, last = min(row.days) - 1, max(row.days) + 1
    return DatedRow(tuple(days.get(i, first if places[i] < 0 else last) for i in range(len(stems))), row.taken)
