"""Dates in names of files: "Weir 2021-03-05", "05.03.2021", "5 March 2021", "20210305", and their order.

A date's day and month may be written either way round. Where that is open, all names of a row are read alike: the way
in which every one of them is a date; where both are, dots and the language tell, and it is a close call.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from converter.document.patterns import regex
from converter.recognisers.metadata.file_names import says_part
from converter.recognisers.vocabulary import language_table, languages, listed_words

LONGEST_NAME = 255  # characters of a file's
LONGEST_DAY = 30  # characters of a line that is a date
JOINTS = " \t_,.:;#-–—()[]"  # between a date and the words beside it
MONTHS = 12
WEEK = 7
SHORT_DAY = 3  # letters of a day's abbreviation
IN_A_ROW = 3  # months, or days of a week, by which files are named
A_MONTH = 31  # days
LEAP = 2000  # a year that has every day: for dates without one
MONTH_FIRST = ("en",)  # whose writers may set the month before the day where all is figures
_YEAR = r"(?:19|20)\d\d"
_FIGURES = regex(  # "2021-03-05", "2021-03"; "05.03.2021"; "20210305"; "2021年3月5日"
    rf"(?<!\d)(?:({_YEAR})([-_. ])(\d{{1,2}})(?:\2(\d{{1,2}})(?!\d)|(?![-_. ]?\d))"
    rf"|(\d{{1,2}})([-_. ]|\. )(\d{{1,2}})\6({_YEAR})(?!\d)"
    rf"|({_YEAR})(\d\d)(\d\d)(?!\d)"
    rf"|({_YEAR})[年년] ?(\d{{1,2}})[月월] ?(\d{{1,2}})[日일])"
    r"(?:[-_ tT]{1,2}\d{2}[-_.:]?\d{2}(?:[-_.:]?\d{2})?(?!\d))?",
    within=LONGEST_NAME,
)
_DAY_MONTH = regex(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?[-_. ]{{1,2}}(?:of |de )?(?P<month>[^\W\d_]{{3,14}})"
    rf"(?![^\W\d_])(?:[-_., ]{{1,2}}(?:de )?(?P<year>{_YEAR})(?!\d))?",
    re.I,
    LONGEST_NAME,
)
_MONTH_DAY = regex(
    rf"(?<![^\W\d_])(?P<month>[^\W\d_]{{3,14}})[-_. ]{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"(?:[-_., ]{{1,2}}(?P<year>{_YEAR})(?!\d))?",
    re.I,
    LONGEST_NAME,
)
_PART_OF_DATE = re.compile(r"(?<!\d)(?:\d{1,2}|\d{4}|\d{8})(?!\d)")
_LETTERS = regex(r"[^\W\d_]+", within=LONGEST_NAME)
_FULL_YEAR = regex(rf"(?<!\d){_YEAR}", within=LONGEST_NAME)

DayOrder = Literal["day first", "month first"]


class NameDate(NamedTuple):
    """A date in a name, from where to where: the day counted from the first of all, as it is when the day stands first
    and when the month does; None where that is no date. `dotted`: dots part its figures; `year`: it has one;
    `gaps`: it is a day of a week of which some are missing."""

    start: int
    end: int
    day_first: int | None
    month_first: int | None
    dotted: bool = False
    year: bool = True
    gaps: bool = False

    def without(self, stem: str) -> tuple[str, str]:
        """What stands before and behind the date in its name."""
        return stem[: self.start].strip(JOINTS), stem[self.end :].strip(JOINTS)

    @property
    def either_way(self) -> bool:
        """Whether it is a date both ways, and not the same one."""
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first


class DatedRow(NamedTuple):
    """The days in the names of a row, in their order, and how day and month were read where both ways were dates."""

    days: tuple[int, ...]
    taken: DayOrder | None = None


@cache
def date_in_name(stem: str) -> NameDate | None:
    """The date in a name without suffix; None where it has none. A day and a month may stand without a year."""
    if not _PART_OF_DATE.search(stem):
        return None
    if _FULL_YEAR.search(stem):
        for found in _FIGURES.finditer(stem):
            if dated := _of_figures(found):
                return dated
    without_year = None
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for found in pattern.finditer(stem):
            month = _months().get(found["month"].casefold())
            day = _day(int(found["year"] or LEAP), month, int(found["day"])) if month else None
            if day and found["year"]:
                return NameDate(found.start(), found.end(), day, day)
            if day and not without_year:
                without_year = NameDate(found.start(), found.end(), day, day, year=False)
    return without_year


def _of_figures(found: re.Match[str]) -> NameDate | None:
    year, _, month, day, one, joint, other, last, *rest = found.groups()
    start, end = found.span()
    if one:
        first, second = _day(int(last), int(other), int(one)), _day(int(last), int(one), int(other))
        dated = NameDate(start, end, first, second, dotted=joint.startswith("."))
        return dated if first or second else None
    if not year:
        year, month, day = next(rest[i : i + 3] for i in (0, 3) if rest[i])
    at = _day(int(year), int(month), int(day or 1))
    return NameDate(start, end, at, at) if at else None


def _day(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def days_in_order(dates: Sequence[NameDate], language: str = "en") -> DatedRow | None:
    """The day of each of these dates, all read alike; None where that is no date for one of them. `language` is that of
    the text, by which a close call is settled."""
    by_day = [d.day_first for d in dates if d.day_first]
    by_month = [d.month_first for d in dates if d.month_first]
    if not dates or max(len(by_day), len(by_month)) < len(dates) or len({d.year for d in dates}) > 1:
        return None
    if len(by_month) < len(by_day):
        return DatedRow(tuple(by_day))
    if len(by_day) < len(by_month):
        return DatedRow(tuple(by_month))
    either_way = [d for d in dates if d.either_way]
    if all(d.dotted for d in either_way):
        return DatedRow(tuple(by_day))
    month_first = language in MONTH_FIRST
    return DatedRow(tuple(by_month if month_first else by_day), "month first" if month_first else "day first")


def dates_of(stems: Sequence[str]) -> list[NameDate | None]:
    """The dates by which files of one folder may be put in order, by their names in small letters without suffix: none
    where a name has another number or a chapter's word, which then counts. Days without a year count where they are of
    several months; "April 1", "April 2" may be anything."""
    dates = [_alone(stem) for stem in stems]
    months = {date.fromordinal(d.day_first).month for d in dates if d and not d.year and d.day_first}
    found = [d if d and (d.year or len(months) > 1) else None for d in dates]
    return found if any(found) else [named.get(at) for named in [_named(stems)] for at in range(len(stems))]


def _named(stems: Sequence[str]) -> dict[int, NameDate]:
    """The months that files are named after, or the days of a week, by their places among these names: three at least
    that follow each other, each once, beside the same words; one alone, or two, may be a name or any word. Where all
    names are days of a week and nothing else, some may be missing: the week begins behind the most that are."""
    found: dict[int, NameDate] = {}
    for words, size in ((_months(), MONTHS), (_weekdays(), WEEK)):
        rows: dict[tuple[str, str], dict[int, tuple[int, re.Match[str]]]] = {}
        for at, stem in enumerate(stems):
            tokens = [t for t in _LETTERS.finditer(stem) if t[0] in words] if _has_no_figures(stem) else []
            for token in tokens[-1:]:
                around = stem[: token.start()].strip(JOINTS), stem[token.end() :].strip(JOINTS)
                rows.setdefault(around, {})[at] = words[token[0]], token
        for rest, row in rows.items():
            numbers = {number for number, _ in row.values()}
            firsts = [n for n in sorted(numbers) if (n - 2) % size + 1 not in numbers]
            gaps = len(firsts) > 1
            alone = size == WEEK and len(row) == len(stems) and not any(rest)
            if len(numbers) < IN_A_ROW or len(numbers) < len(row) or (gaps and not alone):
                continue
            first = _first_of(numbers, size) if gaps else firsts[0] if firsts else 1  # all twelve: as they are counted
            for at, (number, token) in row.items():
                day = date(LEAP, 1, 1).toordinal() + A_MONTH * ((number - first) % size)
                found[at] = NameDate(token.start(), token.end(), day, day, year=False, gaps=gaps)
    return found


def _first_of(numbers: Collection[int], size: int) -> int:
    """The one of these numbers, which go round, behind the largest gap; the lowest of several."""
    missing = {n: min((n - m - 1) % size for m in numbers if m != n) for n in numbers}
    return max(sorted(missing), key=lambda n: missing[n])


def _has_no_figures(stem: str) -> bool:
    return len(stem) <= LONGEST_NAME and not any(map(str.isdigit, stem))


@cache
def _weekdays() -> dict[str, int]:
    """The names of the days of a week, in English their abbreviations, too, with their numbers from Monday: "Sam" and
    "Don" are people's elsewhere."""
    found: dict[str, set[int]] = {}
    for language in languages():
        table = language_table(language, "dates")
        for number, word in enumerate(table.get("weekdays", ())[:WEEK], 1):
            for short in {word.casefold(), word.casefold()[:SHORT_DAY]}:
                found.setdefault(short, set()).add(number)
        for number, word in enumerate(table.get("day_names", ())[:WEEK], 1):
            found.setdefault(word.casefold(), set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}


def _alone(stem: str) -> NameDate | None:
    dated = date_in_name(stem)
    rest = " ".join(dated.without(stem)) if dated else ""
    return None if any(map(str.isdigit, rest)) or (rest and says_part(rest)) else dated


def is_day(text: str) -> bool:
    """Whether a line or a name is a date and nothing else."""
    dated = date_in_name(text.lower()) if len(text) <= LONGEST_DAY else None
    return dated is not None and not any(dated.without(text))


def undated(stem: str) -> str:
    """A name without its date, where something else in it numbers it: "Chapter 3" of "2021-03-05 Chapter 3"."""
    dated = date_in_name(stem)
    return " ".join(filter(None, dated.without(stem))) if dated and _alone(stem) is None else stem


@cache
def _months() -> dict[str, int]:
    """The months' names and abbreviations, folded, with their numbers; what means another month elsewhere is none."""
    found: dict[str, set[int]] = {}
    for word, number in _month_words():
        found.setdefault(word.casefold(), set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}


def _month_words() -> Iterator[tuple[str, int]]:
    for language in languages():
        dates = language_table(language, "dates")
        listed = dates.get("months", ())
        full = dates.get("month_names", listed)
        for at, entry in enumerate(full):
            number = at % MONTHS + 1
            stem = listed[at].removesuffix("*") if listed[at].endswith("*") else ""
            before, _, rest = entry.removesuffix("*").partition("(")
            inside, _, behind = rest.partition(")")
            for bare in {before + inside + behind, before + behind}:
                yield bare, number
                yield from ((bare[:size], number) for size in range(len(stem), len(bare)) if stem)


def is_month(word: str) -> bool:
    """Whether a word in small letters is a month's name or its abbreviation."""
    return word in _months() or word in listed_words("dates", "months_alone")
