"""Lines right below a title that are no subtitle: labels and what they say, points of a list, days, a file's notes."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.lines.dates import names_day
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.kinds import is_kind
from converter.recognisers.metadata.translators import translator
from converter.recognisers.vocabulary import either

LONGEST = 200  # characters of such a line
_POINT = regex(r"(?:[-*•·+‣▪–—]|\d{1,3}[.)])\s", within=LONGEST)
_LABEL = regex(r"(?P<label>[^:：]{1,40})[:：]\s*(?P<said>\S.*)", within=LONGEST)
_YEARS = regex(r"\(?\d{4}(?:\s?[-–—]\s?\d{2,4})?\)?", within=20)
_DONE_ON = regex(rf"(?<!\w){either('fields', 'updated')}(?!\w)[^.!?]{{0,30}}\d", re.I, LONGEST)


def may_be_subtitle(line: str) -> bool:
    """Whether a line may be a subtitle by its words. A label that files have ("Updated: 2021-06-01"), one with a list
    or a figure behind it ("Dr Lind: 50s, limp"), a list's point, a day, when the file was saved ("last edited 5 May
    2023") and a single small word ("eggs") are none."""
    point, line = _POINT.match(line.strip()), line.strip(" *_")
    if not line or point or names_day(line) or _DONE_ON.search(line) or translator(line):
        return False
    if " " not in line and line.islower() and not is_kind(line):
        return False
    if field := read_field(line):
        return field[0] == "subtitle"
    labelled = _LABEL.fullmatch(line)
    said = labelled["said"] if labelled else ""
    if not said or _YEARS.fullmatch(said):
        return True
    return not (said[0].isdigit() or (said[0].islower() and "," in said))
