"""Lines that looked like headings and were not taken, the nearest first, each with what it lacks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from converter.recognisers.headings.candidates import TITLE_WORDS, Chosen, ReadCandidate, title_key, title_like
from converter.recognisers.headings.endings import is_closing
from converter.recognisers.headings.series import MISSING, PROSE_BETWEEN
from converter.recognisers.headings.titles import LOOSE_SIGNS, MARKED, PROSE_AFTER

MISSES_TOLD = 12  # misses told: a person looks for one or two lines, and the nearest stand first
SPEECH = "\"“”„«»‘'—–"


Family = dict[int, list[int]]  # numbers of one kind, each with how many words stand before those that bear it


class Miss(NamedTuple):
    """A line that is no heading: its number, its words, what it lacks, and how near it came (0 to 1)."""

    line: int
    text: str
    why: str
    nearness: float


class MissContext(NamedTuple):
    """What the reasons are found in: all readings, the chosen, why some were dropped again, the text's measures."""

    items: Sequence[ReadCandidate]
    chosen: Chosen
    dropped: Mapping[int, str]
    contents: frozenset[str]
    total_words: int
    usual_gap: int


def near_misses(field: MissContext, passed_over: frozenset[int], own_title: str) -> list[Miss]:
    """The misses among the readings, the nearest first; `passed_over` are the places of blocks used up otherwise."""
    signs = Counter(i.form.wrapper for i in field.items if i.form.wrapper)
    families: dict[tuple[str, ...], Family] = {}
    for item in field.items:
        if item.number is not None:
            family = families.setdefault(item.form.family, {})
            family.setdefault(item.number, []).append(item.candidate.words)
    stops = sorted({i.candidate.words for i in field.chosen.values()} | {field.total_words})
    misses: dict[str, list[Miss]] = {}
    for item in field.items:
        if item.at in field.chosen or item.at in passed_over or (_plain(item, field) and not field.contents):
            continue
        if is_closing(item.candidate.text) or title_key(item.candidate.text) == own_title != "":
            continue
        near, why = _lack(item, field, signs, families.get(item.form.family, {}), stops)
        if why:
            misses.setdefault(item.candidate.text, []).append(Miss(item.candidate.line, item.candidate.text, why, near))
    first = [m[0]._replace(why=f"{m[0].why} ({len(m)} such lines)") if len(m) > 1 else m[0] for m in misses.values()]
    return sorted(first, key=lambda m: (-m.nearness, m.line))


def _plain(item: ReadCandidate, field: MissContext) -> bool:
    """A short paragraph like any other; most readings are."""
    c, form = item.candidate, item.form
    return form.shape == "title" and not form.wrapper and c.gap <= field.usual_gap and not c.lines[0].isupper()


def _lack(
    item: ReadCandidate, field: MissContext, signs: Counter[str], family: Family, stops: Sequence[int]
) -> tuple[float, str]:
    """How near a reading came, and what it lacks; ("" where it never looked like a heading)."""
    if why := field.dropped.get(item.at):
        return 0.95, why
    shape = item.form.shape
    if title_key(item.candidate.text) in field.contents:
        return 0.9, f"it stands in the contents list, but {_space(item, field, stops)}"
    if shape == "single":
        return 0.85, f"“{item.form.word}” is a heading in capitals, in signs, or after more space; {_gap(item)}"
    if shape == "number" or (shape == "numbered-title" and title_like(item)):
        return 0.7 if len(family) > 1 or len(family.get(item.number or 0, ())) > 1 else 0.5, _number(item, family)
    return _title(item, field, signs[item.form.wrapper], stops)


def _number(item: ReadCandidate, family: Family) -> str:
    """What a number lacks: another one that it goes on from or leads to, or prose between them."""
    number, words = item.number or 0, item.candidate.words
    rooms: list[int] = []
    for other in range(number - 1 - MISSING, number + 2 + MISSING):
        places = family.get(other, ()) if other != number else ()
        at = bisect_right(places, words)
        rooms.extend(abs(place - words) for place in places[max(0, at - 1) : at + 1])
    if not rooms:
        return f"no number of its kind comes before or after {number}"
    if min(rooms) < PROSE_BETWEEN:
        return f"only {min(rooms)} words part it from the number beside it, as in a list"
    return "its number does not go on from the headings around it"


def _title(item: ReadCandidate, field: MissContext, alike: int, stops: Sequence[int]) -> tuple[float, str]:
    c, signs = item.candidate, item.form.wrapper
    if signs and signs not in LOOSE_SIGNS and alike < MARKED and len(c.text.split()) <= TITLE_WORDS:
        return 0.6, "no other line is in such signs"
    if not title_like(item):
        return 0.0, ""
    if signs in LOOSE_SIGNS:
        return 0.4, f"signs such as “{signs}” set off emphasis and asides as often"
    if signs:
        return 0.6, _space(item, field, stops)
    if c.text.isupper() and c.text[0] not in SPEECH and any(len(word) > 1 for word in c.text.split()):
        return 0.55, f"capitals alone make no heading, and {_space(item, field, stops)}"
    if c.gap > field.usual_gap:
        return 0.45, f"nothing but space marks it, and {_space(item, field, stops)}"
    return 0.0, ""


def _space(item: ReadCandidate, field: MissContext, stops: Sequence[int]) -> str:
    """What is wrong with the space around it: too little before it, or too little prose after it."""
    words = item.candidate.words
    after = stops[bisect_right(stops, words)] - words if words < field.total_words else 0
    if after < PROSE_AFTER:
        return f"only {after} words follow before the next heading"
    gaps = [i.candidate.gap for i in field.chosen.values() if i.at > 0]
    if gaps and item.candidate.gap < min(gaps):
        return f"{_gap(item)}, the headings have {min(gaps)}"
    if item.candidate.gap <= field.usual_gap:
        return f"{_gap(item)}, as before any paragraph"
    return "it is no part of a series"


def _gap(item: ReadCandidate) -> str:
    gap = item.candidate.gap
    if not gap:
        return "no blank line stands before it"
    return f"{gap} blank {'line stands' if gap == 1 else 'lines stand'} before it"
