"""Places in the source of a pattern at which one of many words may stand.

A word that isn't in a text can't match in it: without that word a pattern finds the same. So one that is made of the
words of forty languages is compiled for a text from those that may be in it, which are few or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

NOTHING = "(?!)"  # a pattern that matches nowhere
_PLACE = re.compile(r"\(\?#([^()]*)\)")


class Word(NamedTuple):
    """A word as it is written down, and a part of it, `folded`, that every text has in which the word matches."""

    entry: str
    part: str


Picked = tuple[tuple[str, ...], ...]  # the entries for each place of a source


class _Kind(NamedTuple):
    words: Callable[[], Sequence[Word]]
    pattern: Callable[[str], str]


_kinds: dict[str, _Kind] = {}


def place(name: str, words: Callable[[], Sequence[Word]], pattern: Callable[[str], str]) -> str:
    """What stands in the source of a `regex` for one of these words, the first that fits; `pattern` gives the source of
    one. A name stands for the same words wherever it is used."""
    _kinds[name] = _Kind(words, pattern)
    return f"(?#{name})"


def folded(text: str) -> str:
    """A text as a pattern sees it that knows no case, and one apostrophe."""
    text = text.casefold()
    return text if text.isascii() else text.replace("\u0131", "i").replace("\u0307", "").replace("’", "'")


def has_places(source: str | bytes) -> bool:
    """Whether there are places of words in a source."""
    return isinstance(source, str) and _PLACE.search(source) is not None


def count_words(source: str) -> int:
    """How many words may stand at the places of a source."""
    return sum(len(_words(name)) for name in _PLACE.findall(source))


def pick_words(source: str, text: str) -> Picked:
    """The words that may be in a text, for each place of a source."""
    text = folded(text)
    return tuple(tuple([word.entry for word in _words(name) if word.part in text]) for name in _PLACE.findall(source))


def fill(source: str, picked: Picked | None = None) -> str:
    """The source with the words at its places: with those that were picked, or with all."""
    given = iter(picked or ())

    def alternatives(found: re.Match[str]) -> str:
        name = found[1]
        entries = [word.entry for word in _words(name)] if picked is None else next(given)
        return f"(?:{'|'.join(map(_kinds[name].pattern, entries))})" if entries else NOTHING

    return _PLACE.sub(alternatives, source)


@cache
def _words(name: str) -> tuple[Word, ...]:
    return tuple(_kinds[name].words())
