"""What lies on a writer's desk beside the stories: letters to agents, minutes, a judge's notes, cards, days, facts of a
work, tables of contents. Each is asked only where a name says so; here is whether the lines have the form."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from converter.document.patterns import regex
from converter.folders.listed import ends_told, has_box, is_name, is_point, is_short, label_of, point_of
from converter.recognisers.vocabulary import either

LONGEST_LINE = 300  # characters
FEWEST = 2  # lines or words that speak of what a paper is
HALF = 0.5
ABOVE = 6  # lines of a letter among which the greeting is, behind addresses
_GREETING = regex(rf"{either('files', 'dear')}\b.{{0,60}}\Z", re.I, LONGEST_LINE)
_TRADE = regex(rf"\b{either('files', 'trade')}\b", re.I, LONGEST_LINE)
_MINUTED = regex(rf"\W*{either('files', 'minuted')}\s*:", re.I, LONGEST_LINE)
_SCORE = regex(r"\b\d{1,3}(?:[.,]\d)?\s*/\s*\d{1,3}\b")
_FIELD = regex(r"(?:[-*+•]\s+|[*_]{1,2})[^\W\d_][^:*_]{0,40}:(?:[*_]{1,2})?(?:\s|\Z)", within=LONGEST_LINE)
_LEADER = regex(r"[^.…]{1,200}(?:\.\s?){3,100}\s*\S", within=LONGEST_LINE)
_DAY = regex(r"\d{4}-\d\d-\d\d\Z")
_RELEASE = regex(r"v?\d{1,6}(?:\.\d{1,6}){0,3}\Z", re.I)
_NUMBER = regex(r"\A\d{1,3}[.)]?\s?")
_TRAIT = regex(rf"{either('files', 'traits')}\Z", re.I, LONGEST_LINE)
_WHEN = regex(
    r"\W{0,3}(?:[^\W\d_]{1,12}\.?\s){0,2}\d{1,4}\b[^\W\d_]{0,2}[^:–—]{0,30}?(?:\s*[:–—]|\s-|\s\||\s{2,})\s*\S",
    within=LONGEST_LINE,
)


def is_letter_of_the_trade(lines: Sequence[str]) -> bool:
    """Whether a letter speaks of books that are to be sold, or written: it greets, and has words of the trade."""
    said = {word.casefold() for line in lines for word in _TRADE.findall(line[:LONGEST_LINE])}
    return any(map(_GREETING.match, lines[:ABOVE])) and len(said) >= FEWEST


def is_minutes(lines: Sequence[str]) -> bool:
    """Whether lines say who was there, and what was to be done."""
    return any(map(_MINUTED.match, lines)) and all(map(is_short, lines))


def is_judged(lines: Sequence[str]) -> bool:
    """Whether half of the lines, and two at least, give points out of so many."""
    scored = sum(_SCORE.search(line) is not None for line in lines)
    return scored >= max(FEWEST, HALF * len(lines))


def is_card(lines: Sequence[str]) -> bool:
    """Whether the lines are fields in bold or behind points ("**Age:** 34"), or points."""
    open_lines = [line for line in lines if line[0] != "#"]
    fields = sum(_FIELD.match(line) is not None for line in open_lines)
    return fields >= max(FEWEST, HALF * len(open_lines)) or (bool(open_lines) and all(map(is_point, open_lines)))


def are_facts(lines: Sequence[str]) -> bool:
    """Whether each line is a name with what is to be known of it ("Aune: 34, postwoman"), none twice, or a name above
    points; no line ends as sentences do."""
    open_lines = [line for line in lines if line[0] != "#"]
    if any(ends_told(line) or not is_short(line) for line in open_lines):
        return False
    labels = [label for line in open_lines if (label := label_of(point_of(line) or line))]
    named = len(labels) == len(open_lines) >= FEWEST and len({label.casefold() for label in labels}) == len(labels)
    points = sum(map(is_point, open_lines))
    return named or (0 < points < len(open_lines) and all(is_point(x) or is_name(x.rstrip(":")) for x in open_lines))


def are_traits(lines: Sequence[str]) -> bool:
    """Whether most lines say what somebody is like behind a word for it ("Age: 34", "Hair: red"), in two kinds at
    least."""
    labels = [label_of(point_of(line) or line).casefold() for line in lines if line[0] != "#"]
    traits = [label for label in labels if _TRAIT.match(label)]
    return len(set(traits)) >= FEWEST and len(traits) >= HALF * len(labels)


def is_dated(lines: Sequence[str]) -> bool:
    """Whether each line says when something happens ("1990 - the flood", "Day 3: the letter"), and none is told."""
    open_lines = [line for line in lines if line[0] != "#"]
    short = all(is_short(line) and not ends_told(line) for line in open_lines)
    return len(open_lines) > FEWEST and short and all(map(_WHEN.match, open_lines))


def is_day(stem: str, lines: Sequence[str]) -> bool:
    """Whether a file that is called by a day holds points alone, with a box before one."""
    open_lines = [line for line in lines if line[0] != "#"]
    return (
        _DAY.match(stem) is not None
        and any(map(has_box, open_lines))
        and all(has_box(line) or is_point(line) for line in open_lines)
    )


def is_contents(lines: Sequence[str], beside: Collection[str]) -> bool:
    """Whether lines have rows of dots behind them, or are the names of what lies there."""
    stems = " ".join(_NUMBER.sub("", name).casefold() for name in beside)
    named = sum(len(line) > FEWEST and _NUMBER.sub("", line).casefold() in stems for line in lines)
    dotted = sum(_LEADER.match(line) is not None for line in lines)
    return all(map(is_short, lines)) and max(named, dotted) >= max(FEWEST, HALF * len(lines))


def is_release(lines: Sequence[str]) -> bool:
    """Whether nothing stands there but a number."""
    return len(lines) == 1 and _RELEASE.match(lines[0]) is not None
