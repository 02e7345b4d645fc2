"""Words that no line end may part, by a space that does not break: an address and the name behind it ("Mr. Quill"), a
number and what counts it, an hour and its "a.m.", the groups of a long number, initials, and where printers ask for it
a preposition of one letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from converter.document.contracts import Edit
from converter.document.patterns import regex
from converter.document.word_places import folded
from converter.passes.conventions import NO_BREAK
from converter.recognisers.vocabulary import listed_words

_GROUPED = regex(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,]?\d)")
_INITIALS = regex(r"(?<!\w)[^\W\d_a-z]\.( )(?=[^\W\d_a-z]\.)")
_AROUND = regex(r"[^\w.' ]")  # what may stand before a word
_GROUPS_LIKELY, _INITIALS_LIKELY = regex(r"\d \d{3}"), regex(r"\. [^\W\d_a-z]\.")


def tied_words(words: Sequence[str]) -> re.Pattern[str]:
    """Any of these words, and the space behind it."""
    either = "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))
    return re.compile(rf"(?<![\w.’'])({either})( )(?=\S)", re.I)


def _hours(words: Sequence[str]) -> re.Pattern[str]:
    """An hour in figures with one of these words behind it: "4:30 a.m.", "16 Uhr"."""
    either = "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))
    return re.compile(rf"(?<![\w.,:/-])\d{{1,2}}(?:[:.]\d\d)? (?:{either})(?!\w)", re.I)


def _seen(text: str) -> list[str]:
    """What a text has for words, with the stops behind them."""
    return _AROUND.sub(" ", folded(text)).split()


class Ties:
    """What is tied in one language: a rule on the text of a unit. `likely` says whether a text may have any."""

    def __init__(self, language: str) -> None:
        names = listed_words("ties", "names", language)
        numbers = listed_words("ties", "numbers", language)
        letters = listed_words("ties", "letters", language)
        self._word = tied_words((*names, *numbers, *letters)) if names or numbers or letters else None
        all_words = (*names, *numbers, *letters)
        hours = listed_words("ties", "hours", language)
        self._hour = _hours(hours) if hours else None
        self._openings = frozenset(seen[0] for w in all_words if (seen := _seen(w)))
        self._signs = tuple(w for w in all_words if not _seen(w))  # "§"
        self._names, self._numbers, self._letters = frozenset(names), frozenset(numbers), frozenset(letters)

    def likely(self, text: str) -> bool:
        """Whether a text may have places for a tie."""
        # most texts have none of the words, and to see that is quick
        may_be = not self._openings.isdisjoint(_seen(text)) or any(map(text.__contains__, self._signs))
        if self._word is not None and may_be and self._word.search(text):
            return True
        if self._hour is not None and self._hour.search(text):
            return True
        return bool(_GROUPS_LIKELY.search(text) or _INITIALS_LIKELY.search(text))

    def edits(self, text: str) -> Sequence[Edit]:
        """The spaces that become such as do not break."""
        places = {at for m in _GROUPED.finditer(text) for at in range(*m.span()) if text[at] == " "}
        places.update(m.start(1) for m in _INITIALS.finditer(text))
        for m in self._hour.finditer(text) if self._hour is not None else ():
            places.update(at for at in range(*m.span()) if text[at] == " ")
        for m in self._word.finditer(text) if self._word is not None else ():
            if self._ties(m[1], text[m.end()]):
                places.add(m.start(2))
        return [Edit(at, at + 1, NO_BREAK) for at in sorted(places)]

    def _ties(self, word: str, following: str) -> bool:
        """Whether a word is tied to what begins with this sign."""
        if word in self._names:
            return following.isupper() or (following.isalpha() and not following.islower())
        if word in self._numbers:
            return following.isdecimal()
        return word.lower() in self._letters and (following.isalnum() or following in "„“”\"«»’'‘(")


@cache
def ties(language: str) -> Ties:
    """The ties of a language (its tag's first part)."""
    return Ties(language.partition("-")[0].lower() or "en")
