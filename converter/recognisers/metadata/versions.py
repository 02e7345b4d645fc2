"""Which revision of a story the name of a file says it is: "salt road v3", "salt_road_final2", "salt road (old)"."""

from __future__ import annotations

from datetime import date
from functools import cache

from converter.document.patterns import regex
from converter.recognisers.metadata.dates_in_names import date_in_name
from converter.recognisers.vocabulary import listed_words

LONGEST_NAME = 255  # characters of a file's
FINAL = 1_000  # above every number that people give to revisions
STRESSED = 100  # "really final", behind "final2"
EARLY = -1
_WORD = regex(r"[^\W\d_]+|\d+", 0, LONGEST_NAME)
_ASIDE = regex(r"[(\[]([^()\[\]]*)[)\]]\s*\Z", 0, LONGEST_NAME)
_DATE = regex(r"(?:^|\D)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?=$|\D)", 0, LONGEST_NAME)
_ISO = regex(r"(?:1[5-9]|20)\d\d(?:-\d\d(?:-\d\d)?)?(?=$|[T ])", 0, LONGEST_NAME)
_YEAR = regex(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", 0, LONGEST_NAME)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(listed_words("files", key))


def version_of(stem: str) -> int:
    """The place of a file among the revisions of its story by the last words of its name, without suffix: a larger one
    is newer, 0 says nothing. "(1)", which browsers put behind a name, is none: it may be older or newer."""
    stress, copies = _words("emphasis"), _words("copy")
    last, numbered, early = _words("final"), _words("late") | {"v"}, _words("early")
    words = _words_in(stem.casefold(), last | numbered | early)
    number = place = stressed = 0
    while words:
        word = words.pop()
        if word.isdecimal():
            number = int(word) if len(word) < len(str(FINAL)) else 0
            continue
        if word in copies:
            number = 0
            continue
        if word in stress and (words or place):
            stressed = STRESSED
            continue
        if word in last:
            more = STRESSED if stressed or (words and words[-1] in stress | last) else 0
            return FINAL + (number or max(place, 0)) + more
        if word in numbered:
            place = place or number or 1
        elif word in early:
            place = place or EARLY
        else:
            break
        number = 0
    return place


def _words_in(stem: str, known: frozenset[str]) -> list[str]:
    """The words and numbers of a name; of what stands in brackets at its end those up to one that is `known` and its
    number: "(edited by Jo)"."""
    aside = _ASIDE.search(stem)
    inside = _WORD.findall(aside[1]) if aside else []
    at = next((n for n, word in enumerate(inside) if word in known), None)
    if not aside or at is None:
        return _WORD.findall(stem)
    numbered = inside[at + 1 : at + 2] if inside[at + 1 : at + 2] and inside[at + 1].isdecimal() else []
    return [*_WORD.findall(stem[: aside.start()]), *inside[: at + 1], *numbered]


def date_in(stem: str) -> str:
    """The day in a file's name, as 2024-05-31; "" for none."""
    day = _DATE.search(stem)
    return "-".join(day.groups()) if day else ""


def day_said(text: str) -> str:
    """The day that a head says, in figures or in words, as 2024-05-31, so that two can be compared; its year alone
    where day and month may stand either way round ("05/06/2021"); "" for no date."""
    text = " ".join(text.split())[:LONGEST_NAME]
    if iso := _ISO.match(text):
        return iso[0]
    said = date_in_name(text.replace("/", "-"))
    day = said.day_first or said.month_first if said and said.year and (said.dotted or not said.either_way) else None
    if day:
        return date.fromordinal(day).isoformat()
    year = _YEAR.search(text)
    return year[0] if year else ""
