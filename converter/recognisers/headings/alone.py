"""Headings that nothing marks but that they stand alone and end no sentence: names, places with years, titles of works.

A paragraph of a story ends with a sign, a heading does not: where the story begins with such a line, and more of its
kind stand over all of it with prose below each, they head its chapters. One line of the kind is a sign on a door.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from converter.document.patterns import regex
from converter.recognisers.headings.candidates import (
    ABBREVIATED,
    DAY_AND_MONTH,
    Candidate,
    Chosen,
    ReadCandidate,
    title_key,
    title_like,
)
from converter.recognisers.headings.endings import is_closing, says_the_end
from converter.recognisers.headings.forms import SENTENCE_END, Form, unwrap
from converter.recognisers.lines.authors_notes import is_note
from converter.recognisers.lines.dates import WEEKDAY, is_dateline
from converter.recognisers.lines.letters import greets
from converter.recognisers.metadata.fields import in_head
from converter.recognisers.vocabulary import either

ALONE_WORDS = 8  # of a name or a place; more are the words of something told
PROSE_BELOW = 25  # words below a heading
START_WORDS = 150  # words of a title page: where more stand before the first of such lines, they are no headings
LAST_BELOW = 12  # below the last one: a recipe, a farewell
LEAST_SPREAD = 40  # words of a chapter, on the average
WITH_DATE = 2  # lines: who tells, and below it when
SURE_KIND, ANY_KIND = 2, 3  # so many lines of a kind make a series
PROSED = 0.75  # of the lines of a kind have prose below them; elsewhere they are signs, verse, replies
DAY = regex(WEEKDAY, re.I, 30)
SURE_FIRST = (
    "days",
    "days and months",
    "places with years",
)  # kinds that are no title, though they stand first in the file
YEAR = regex(r".{2,60}?[\s,(]+(?:1[0-9]|2[01])\d\d[)\]]?(?:\s[\w.]{1,6})?\Z", within=80)
SPEECH = frozenset("\"“”„«»‘'—–-([<{*_#")
PLUS_ONE = regex(
    rf"(?:\+\s?(?:1|i(?=\W|\Z))|(?:\+|{either('joints', 'plus')})\s?{either('joints', 'one')})(?:[.:)]|\Z)", re.I, 80
)
LEAST_BEFORE_ONE = 3  # numbers before "+1"


def take_plus_one(candidates: Sequence[Candidate], chosen: Chosen) -> None:
    """Add the last heading of "five times she lied and one she did not": "+1" after the numbers."""
    numbered = [i for at, i in sorted(chosen.items()) if i.form.shape in ("number", "numbered-title")]
    if len(numbered) < LEAST_BEFORE_ONE:
        return
    last = numbered[-1]
    for candidate in candidates:
        text = unwrap(candidate.text)[0].strip("*_#=~ ")
        if candidate.at <= last.at or candidate.at in chosen or not (plus := PLUS_ONE.match(text)):
            continue
        form = Form("number", "chapter", plus[0].rstrip(".:) "), text[plus.end() :].strip())
        why = "“+1” after a series of numbers"
        chosen[candidate.at] = ReadCandidate(candidate, form, why, 0.9)
        return


def take_works(items: Sequence[ReadCandidate], chosen: Chosen, total_words: int) -> None:
    """Add the titles of several works in one file: a short line after "The End", and the first line of all."""
    titles: list[ReadCandidate] = []
    closed = False
    for item in items:
        if says_the_end(item.candidate.text):
            closed = True
        elif (closed or item.at == 0) and _is_title(item):
            titles.append(item)
            closed = False
        elif closed and not is_closing(item.candidate.text):
            closed = False
    stops = [t.candidate.words for t in titles]
    titles = [t for t in titles if _room(t, stops, total_words) >= PROSE_BELOW]
    if len(titles) < SURE_KIND or titles[0].at:
        return
    for item in titles:
        chosen[item.at] = item._replace(why="the title of one of several works", confidence=0.85)


def take_alone(
    items: Sequence[ReadCandidate], candidates: Sequence[Candidate], chosen: Chosen, total_words: int
) -> None:
    """Add the lines of the first kind of which the story begins with one and has more, spread over all of it."""
    begun = next((c.words for c in candidates if _tells(c)), total_words)
    taken = {*chosen, *(c.at - 1 for c in candidates if greets(c.text))}  # the address over a letter heads nothing
    lines = _lines_alone(items, taken)
    stops = sorted(i.candidate.words for i in lines)
    times = Counter(title_key(i.candidate.lines[0]) for i in lines)
    again = frozenset(i.at for i in lines if times[title_key(i.candidate.lines[0])] > 1)
    for kind, (members, least) in _kinds(lines, again).items():
        first = frozenset(i.at for i in members) if kind in SURE_FIRST else again
        series = _series(members, stops, total_words, least, again | first)
        if series and series[0].candidate.words <= begun:
            why = f"one of {len(series)} lines alone that end no sentence ({kind})"
            chosen.update((i.at, i._replace(why=why, confidence=0.75)) for i in series)
            return


def _kinds(lines: Sequence[ReadCandidate], again: Set[int]) -> dict[str, tuple[list[ReadCandidate], int]]:
    """The lines by kinds, each with how many of it make a series; the surest first."""
    named = SURE_KIND if again else ANY_KIND
    return {
        "days": ([i for i in lines if DAY.fullmatch(i.candidate.text.strip("*_ "))], ANY_KIND),
        "days and months": ([i for i in lines if DAY_AND_MONTH.match(i.candidate.text)], ANY_KIND),
        "places with years": ([i for i in lines if YEAR.match(i.candidate.text)], SURE_KIND),
        "capitals": ([i for i in lines if i.candidate.lines[0].isupper()], SURE_KIND),
        "names": (list(lines), named),
    }


def _lines_alone(items: Sequence[ReadCandidate], taken: Set[int]) -> list[ReadCandidate]:
    return [parted(i) for i in items if i.at not in taken and _stands_alone(i)]


def _series(
    members: Sequence[ReadCandidate], stops: Sequence[int], total_words: int, least: int, again: frozenset[int]
) -> list[ReadCandidate]:
    """Those of a kind that head chapters; none where they are no series, or the story does not begin with one."""
    prosed = [
        i for i in members if _room(i, stops, total_words) >= (PROSE_BELOW if i is not members[-1] else LAST_BELOW)
    ]
    prosed = [i for i in prosed if i.at or i.at in again]
    if len(prosed) < least:
        return []
    first = prosed[0]
    after = [i for i in members if i.at >= first.at]
    if first.candidate.words > START_WORDS or len(prosed) < PROSED * len(after):
        return []
    series = [i for i in after if i in prosed or i.at in again]  # one that heads others may have few words below it
    return series if total_words - first.candidate.words >= LEAST_SPREAD * len(prosed) else []


def _room(item: ReadCandidate, stops: Sequence[int], total_words: int) -> int:
    """The words from a line to the next such line."""
    following = bisect_right(stops, item.candidate.words)
    return (stops[following] if following < len(stops) else total_words) - item.candidate.words


def _tells(candidate: Candidate) -> bool:
    """Whether a short block is a sentence of the story, and no fact or note above it."""
    text = candidate.text
    sentence = len(text.split()) > ALONE_WORDS and SENTENCE_END.search(text)
    return bool(sentence) and not in_head(text) and not is_note(text)


def _stands_alone(item: ReadCandidate) -> bool:
    c = item.candidate
    return (
        (len(c.lines) == 1 or (len(c.lines) == WITH_DATE and is_dateline(c.lines[1])))
        and item.form.shape in ("title", "numbered-title")
        and not item.form.wrapper
        and (c.gap > 0 or c.at == 0)
        and len(c.text.split()) <= ALONE_WORDS
        and c.text[0] not in SPEECH
        and (not SENTENCE_END.search(c.text) or bool(ABBREVIATED.search(c.text)) or bool(DAY_AND_MONTH.match(c.text)))
        and title_like(item)
    )


def parted(item: ReadCandidate) -> ReadCandidate:
    """A name or a place over its date as a label and a title."""
    lines = item.candidate.lines
    if len(lines) != WITH_DATE or item.form.shape != "title" or not is_dateline(lines[1]):
        return item
    name, date = item.candidate.lines
    return item._replace(form=replace(item.form, label=name, title=date))


def _is_title(item: ReadCandidate) -> bool:
    return len(item.candidate.lines) <= 2 and item.candidate.text[0] not in SPEECH and title_like(item)
