"""Folders that are after a year, a month or a day: "2019", "2019-11", "11 November", "May 2019", "2019年11月"."""

from __future__ import annotations

from typing import Literal

from converter.document.patterns import regex
from converter.recognisers.metadata.dates_in_names import is_month

LONGEST_NAME = 255  # characters
MOST_WORDS = 3  # a day, a month, a year
DAYS = 31
_BETWEEN = regex(r"[\s._,\-/年月日년월일]+", within=LONGEST_NAME)
_YEAR = regex(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?", within=LONGEST_NAME)

PeriodSort = Literal["", "dated", "counted"]


def period_in_name(folder: str) -> PeriodSort:
    """Whether a folder's name is a period: "dated" where it says a year or a month by its name, "counted" where it is
    the number of a month or a day, which it is only below a year; "" for any other name."""
    words = [word for word in _BETWEEN.split(folder.casefold()) if word]
    if not 0 < len(words) <= MOST_WORDS:
        return ""
    said = [_YEAR.fullmatch(word) is not None or is_month(word) for word in words]
    counted = [word.isascii() and word.isdecimal() and len(word) <= 2 and 0 < int(word) <= DAYS for word in words]
    if not all(s or c for s, c in zip(said, counted, strict=True)):
        return ""
    return "dated" if any(said) else "counted" if len(words) == 1 and len(words[0]) > 1 else ""
