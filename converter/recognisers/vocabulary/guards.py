"""Guards of patterns that are made of many words: whether a text may have one of them, without the pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice, pairwise

from converter.document.patterns import Guard
from converter.document.word_places import folded
from converter.recognisers.vocabulary import listed_words

_LONGEST = 24  # letters of an opening that are looked at
_MOST_WAYS = 64  # in which one entry is written
_OPEN = re.compile(r"[(|*].*", re.DOTALL)
_OUTSIDE = re.compile(r"[\W_]+")


def opens_with(*kinds: tuple[str, ...], also: Iterable[str] = ()) -> Guard:
    """The guard of a pattern that can only match where, signs that are no letters or digits aside, one of the entries
    of these kinds, (topic, key, key ...), or what is there `also` begins."""

    @cache
    def openings() -> tuple[str, ...]:
        entries = {entry for topic, *keys in kinds for key in keys for entry in listed_words(topic, key)}
        found = {opening for entry in (*entries, *also) for opening in _openings(entry)}
        return ("",) if "" in found else tuple(found)

    def may_match(text: str, start: int) -> bool:
        head = text[start : start + _LONGEST * 3] if start or len(text) > _LONGEST * 3 else text
        return _plain(head).startswith(openings())

    return may_match


def has_first_word(*kinds: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether one of the entries of these kinds, (topic, key, key ...), may stand anywhere in a text: the text has the
    first word of one."""

    @cache
    def first_words() -> tuple[str, ...]:
        entries = {entry for topic, *keys in kinds for key in keys for entry in listed_words(topic, key)}
        return tuple({opening.partition(" ")[0] for entry in entries for opening in _openings(entry)})

    def may_hold(text: str) -> bool:
        seen = folded(text)
        return any(word in seen for word in first_words())

    return may_hold


def _openings(entry: str) -> Iterator[str]:
    """How a text may begin that begins with an entry, in all the ways in which that is written."""
    ways = list(islice(_ways(entry), _MOST_WAYS + 1))
    if len(ways) > _MOST_WAYS:
        ways = [_OPEN.sub("", entry)]
    for way in ways:
        yield _plain(way.partition("*")[0])[:_LONGEST].rstrip()


def _ways(entry: str) -> Iterator[str]:
    """An entry with each of its brackets taken and left out: "(my )note(s|book)" is "note", "my notes", ..."""
    start = entry.find("(")
    if start < 0:
        yield entry
        return
    depth, cuts = 0, [start]
    for at in range(start, len(entry)):
        sign = entry[at]
        depth += (sign == "(") - (sign == ")")
        if not depth:
            break
        if depth == 1 and sign == "|":
            cuts.append(at)
    parts = ["", *(entry[a + 1 : b] for a, b in pairwise([*cuts, at]))]
    for rest in _ways(entry[at + 1 :]):
        for part in parts:
            for inner in _ways(part):
                yield entry[:start] + inner + rest


def _plain(text: str) -> str:
    """A text from its first letter or digit on, as patterns that know no case and one apostrophe see it."""
    text = folded(text)
    outside = _OUTSIDE.match(text)
    return " ".join((text[outside.end() :] if outside else text).split())
