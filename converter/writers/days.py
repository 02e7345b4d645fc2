"""Days as people write them, for metadata that want them as ISO 8601."""

from __future__ import annotations

import re

from converter.document.patterns import regex

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORDS = regex(
    rf"(?:{_DAY}\s{{1,3}}{_MONTH}|{_MONTH.replace('month', 'm')}\s{{1,3}}{_DAY.replace('day', 'd')})"
    r",?\s{1,3}(?P<year>\d{4})",
    re.I,
)
_NUMBERS = regex(r"(?P<year>\d{4})[/.年]\s?(?P<month>\d{1,2})[/.月]\s?(?P<day>\d{1,2})日?")
LONGEST = 40  # characters of a day


def iso_day(text: str) -> str:
    """ "12 March 2018", "Mar 3rd, 2020", "2018/3/12", "2018年3月12日" as 2018-03-12; any other text as it is.

    Days with numbers alone whose order differs from country to country are no days here.
    """
    if len(text) > LONGEST:
        return text
    if named := _WORDS.fullmatch(text.strip()):
        month, day = named["month"] or named["m"], named["day"] or named["d"]
        return f"{named['year']}-{_MONTHS.index(month[:3].lower()) + 1:02}-{int(day):02}"
    if numbered := _NUMBERS.fullmatch(text.strip()):
        return f"{numbered['year']}-{int(numbered['month']):02}-{int(numbered['day']):02}"
    return text
