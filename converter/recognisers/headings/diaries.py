"""The entries of a diary: dates that head them, and among these the days that are named otherwise ("Easter Day")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from converter.document.patterns import regex
from converter.recognisers.headings.candidates import Chosen, ReadCandidate, title_like
from converter.recognisers.headings.forms import unwrap
from converter.recognisers.lines.dates import WEEKDAY, is_date
from converter.recognisers.vocabulary import either, whole

LEAST_DATES = 3  # entries of a diary: fewer dates head letters
NAME_WORDS = 6  # of a line that heads an entry without a date
LEAST_BELOW = 5  # words of an entry: under a signature stands none
SPOKEN = "\"“”‘’'«»„—–-[(*_<"
NAMED_LONGEST = 60  # characters
_NAMED = regex(
    rf"{whole('dates', 'times')}|(?<!\w)(?:{WEEKDAY}|{either('dates', 'feasts')})(?!\w)", re.I, NAMED_LONGEST
)


def take_dates(titles: Sequence[ReadCandidate], chosen: Chosen, total_words: int, usual_gap: int) -> None:
    """Add the dated entries of a diary, where nothing else divides the text of `total_words`, and with them the short
    lines that stand between the same blank lines as these. `usual_gap` is the number of blank lines between paragraphs.
    """
    dated = [i for i in titles if len(i.candidate.lines) == 1 and is_date(i.candidate.text)]
    if len(dated) < LEAST_DATES or total_words < LEAST_DATES * len(dated):
        return
    for item in dated:
        chosen[item.at] = _headed(item, f"one of {len(dated)} dates before entries", 0.8)
    for item in _named(titles, dated, total_words, usual_gap):
        chosen[item.at] = _headed(item, f"set as the {len(dated)} dates before entries are", 0.8)


def _headed(item: ReadCandidate, why: str, sure: float) -> ReadCandidate:
    form = replace(item.form, shape="title", label="", title=unwrap(item.candidate.text)[0], number=None)
    return item._replace(form=form, why=why, confidence=sure)


def _named(
    titles: Sequence[ReadCandidate], dated: Sequence[ReadCandidate], total_words: int, usual_gap: int
) -> list[ReadCandidate]:
    """The short lines between the dates that head entries, too: they have the same space around them, and it is more
    than parts paragraphs, or they say when something was; and they have an entry below them."""
    spaces = {(i.candidate.gap, i.candidate.gap_after) for i in dated[1:]}
    known = {i.at for i in dated}
    alike = [
        i for i in titles if i.at not in known and i.at > dated[0].at and _is_name(i, apart=i.candidate.gap > usual_gap)
    ]
    alike = [i for i in alike if (i.candidate.gap, i.candidate.gap_after) in spaces]
    stops = sorted({i.candidate.words for i in (*dated, *alike)} | {total_words})

    def below(words: int) -> int:
        following = bisect_right(stops, words)
        return stops[following] - words if following < len(stops) else 0

    return [i for i in alike if below(i.candidate.words) - len(i.candidate.text.split()) >= LEAST_BELOW]


def _is_name(item: ReadCandidate, *, apart: bool) -> bool:
    """Whether a line could be the name of a day or an hour; `apart`: its space says so, whatever its words are."""
    text = item.candidate.text
    if len(item.candidate.lines) > 1 or len(text.split()) > NAME_WORDS or text[0] in SPOKEN or text[-1] in ":–—-":
        return False
    return not item.form.wrapper and title_like(item) and (apart or bool(_NAMED.search(text)))
