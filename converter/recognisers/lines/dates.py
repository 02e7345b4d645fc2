"""Lines that are a date: the heading of a diary's entry, the dateline of a letter."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, whole

LONGEST = 100  # characters of a line that is a date
PLACE_WORDS = 4  # of a place before a date
DAYS_PART = 2  # words behind a day that say which part of it: "late", "in bed"
WHEN_WORDS = 12  # of a line that says when a chapter plays
BEHIND = 30  # characters of a place, an hour, "later"
MONTH = rf"{either('dates', 'months')}(?!\w)\.?"
WEEKDAY = either("dates", "weekdays")
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th|er|\.|º)?)"
_DATE = regex(
    rf"[*_\[(]{{0,2}}(?:[^\W\d_]+[.,]?\s+(?:the\s+|den\s+|le\s+)?)?"
    rf"(?:{_DAY}\s+(?:of\s+|de\s+)?{MONTH}|{MONTH}\s+{_DAY}|\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}})"
    r"(?:,?\s+(?:de\s+)?\d{4})?",
    re.I,
    LONGEST,
)
_TIMES = regex(whole("dates", "times"), re.I, LONGEST)
_YEAR = regex(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", within=LONGEST)
_MONTHS_YEAR = regex(rf"(?:{MONTH}\s+(?:(?:de|del)\s+)?)?\d{{4}}", re.I, LONGEST)
_SEASON = regex(rf"{whole('dates', 'times')}|{either('dates', 'feasts')}", re.I, BEHIND)
_BESIDE = rf"(?>{either('dates', 'beside_days')})(?!\w)"
_PART = rf"(?>{either('dates', 'times')}|{either('labels', 'moments')})(?!\w)"
_CALLED = (
    rf"(?>{either('dates', 'feasts')}|{either('dates', 'saints_days')}|{WEEKDAY}|{either('dates', 'day_names')})"
    r"(?:['’]s)?(?!\w)"
)
_NAMED_DAY = regex(
    rf"(?:{_CALLED}|(?:{_BESIDE}\s+)++{_CALLED})(?:[\s,-]++(?:{_CALLED}|{_BESIDE}|{_PART}))*+|"  # "The Eve of Easter"
    rf"{either('dates', 'season_parts')}[\s-]+{either('dates', 'times')}",  # "Late Summer"
    re.I,
    LONGEST,
)
_IN_YEAR = regex(r",?\s+(?:1[5-9]|20)\d\d[.)]?\Z", within=LONGEST)
_FIGURE = regex(r"\d", within=LONGEST)

_CLOCK = regex(r"[*_\])]{0,2}(?:,|\s+\w{1,3})?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?\s*\Z", re.I, BEHIND)


def _dated(line: str) -> re.Match[str] | None:
    """The date with which a line begins. Most lines have no figure, and the pattern takes long to compile."""
    return _DATE.match(line) if _FIGURE.search(line) else None


def is_time_stamp(line: str) -> bool:
    """Whether a line is a date with the hour of a clock, as a program of notes sets it ("12 Mar 2021 at 23:14")."""
    dated = _dated(line) if line[-1:].isdigit() or line[-1:] in "mM." else None
    return dated is not None and _CLOCK.match(line[dated.end() :]) is not None


def is_date(line: str) -> bool:
    """Whether a line is a date, perhaps with a weekday before and a few words behind it ("3 May. Bistritz")."""
    dated = _dated(line)
    if not dated:
        return False
    behind = line[dated.end() :].rstrip("*_])")
    words = behind.lstrip(",.;:").lstrip()
    return not behind or (behind[:2].lstrip(",.;:")[:1].isspace() and 0 < len(words) <= BEHIND)


def is_dateline(line: str) -> bool:
    """Whether a line is the date over a letter, perhaps with its place before it ("Saint-Malo, le 4 octobre")."""
    place, comma, rest = line.partition(",")
    rest = rest.strip()
    placed = bool(comma) and len(place.split()) <= PLACE_WORDS and is_date(re.sub(r"^(?:le|the|den)\s+", "", rest))
    return placed or is_date(line)


def is_only_date(line: str) -> bool:
    """Whether a line says no more than a day, perhaps with its part or the hour ("Sunday, 23rd October, late")."""
    dated = _dated(line)
    if not dated:
        return False
    behind = line[dated.end() :].strip(" *_])").lstrip(",;")
    return behind in ("", ".") or (
        len(behind.split()) <= DAYS_PART and behind[-1] not in ".!?…:;—–-" and behind[0] != "."
    )


def dates_book(line: str) -> bool:
    """Whether a line of a title page says no more than when the work was written or published: a day with its year, a
    month with it, a year ("9 August 2023", "May 1931", "1931")."""
    year = _YEAR.search(line)
    if not year:
        return False
    return is_only_date(line) or _MONTHS_YEAR.fullmatch(line.strip(" *_.()[]")) is not None


def names_day(line: str) -> bool:
    """Whether a line says no more than a day that has a name, or a season, perhaps with its year: "Christmas Eve 1949",
    "Michaelmas", "Sonntag vor Ostern", "Late Summer"."""
    bare = line.strip(" *_()[].,")
    day = _IN_YEAR.sub("", bare)
    return _NAMED_DAY.fullmatch(day) is not None or (day != bare and _SEASON.fullmatch(day) is not None)


def is_placed_year(line: str) -> bool:
    """Whether a line is a place and the year, perhaps with the month or a season: "Kestrel Pass, February 1952",
    "Whitby, 1883", "Lyon, printemps 1931"."""
    place, comma, when = line.strip(" *_").rpartition(", ")
    if not comma or len(place.split()) > PLACE_WORDS or not place[0].isupper() or place[-1] in '.!?…:;"”':
        return False
    month, _, year = when.rpartition(" ")
    if _YEAR.fullmatch(year) is None:
        return False
    return not month or _MONTHS_YEAR.fullmatch(when) is not None or _SEASON.fullmatch(month) is not None


def says_when(line: str) -> bool:
    """Whether a line at a chapter's head says when it plays and is no sentence: "Third day of Thaw", "Day 43, Year of
    the Lock", "Winter, three years earlier"."""
    if (
        not 1 < len(line.split()) <= WHEN_WORDS
        or line[-1] in ".!?…:;,—–-"
        or line[0] in '"“‘«„—–-[('
        or line[0].islower()
    ):
        return False
    return _TIMES.search(line) is not None
