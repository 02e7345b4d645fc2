"""Which line below a title is its author's name: one behind "by", whoever that is, or a bare name, as the story's own
words tell it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from converter.document.patterns import regex
from converter.recognisers.lines.authors_notes import is_label
from converter.recognisers.lines.dates import names_day
from converter.recognisers.metadata.kinds import is_kind
from converter.recognisers.metadata.names import (
    BYLINE_LONGEST,
    IN_NAMES,
    LONGEST_NAME,
    NAME_LONGEST,
    byline,
    is_bare_name,
    pen_name,
    split_names,
)
from converter.recognisers.vocabulary import either

YEAR_BEHIND = regex(r",?\s\(?(?:1[89]|20)\d\d\)?\Z", within=90)  # of a name: "Ada Thorn, 2019"
AROUND_NAME = " -–—~*_="  # what is typed around a name: "-Ada Thorn-"
TOLD_WORDS = 16  # words of a line: more are no title and no heading
WORD = regex(r"[^\W\d_]+")
_SOMEBODY = regex(either("names", "somebody"), re.I, LONGEST_NAME)


def signed_by(line: str) -> str:
    """Whom a line of its own below a title names behind "by"; "" where it names nobody. Behind a small "by" stands
    somebody, whatever they call themselves ("by The Night Clerk"): "By the Sea" is a title, and so is "By The Sea"."""
    named = byline(line) if len(line) < BYLINE_LONGEST else ""
    if not named:
        return ""
    if name := pen_name(named):
        return name
    words = named.split()
    if not line[0].islower() or len(words) > NAME_LONGEST or len(named) > LONGEST_NAME or named[-1] in ".,:;!?…":
        return ""
    called = len(words) > 1 and all(w[0].isupper() or w in IN_NAMES for w in words) and words[0][0].isupper()
    return named if called or _SOMEBODY.fullmatch(named) else ""


class AuthorLines:
    """A story as a witness of who is its author: it tells common words from names. `told`: its longer lines; `alone`:
    all lines that stand alone, of which one that comes again is a heading."""

    def __init__(self, told: Iterable[str], alone: Iterable[str]) -> None:
        self._told, self._lines = told, alone

    def has_author(self, line: str) -> bool:
        """Whether a line below the title is the author's bare name, or several: then the story writes none of their
        words without a capital."""
        name = YEAR_BEHIND.sub("", line).strip(AROUND_NAME)
        if len(several := split_names(name)) > 1:
            return self._has_authors(several) and line not in self._again
        if names_day(line):
            return False
        may_be = is_bare_name(name, frozenset()) and not is_label(
            name
        )  # what the story writes small is looked for where it matters
        return may_be and is_bare_name(name, self.small) and not is_kind(name) and line not in self._again

    def _has_authors(self, names: Sequence[str]) -> bool:
        if not all(is_bare_name(name, frozenset()) for name in names):
            return False
        return not any(w.casefold() in self.small for name in names for w in WORD.findall(name) if w[0].isupper())

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that the story writes without a capital, also where its script has none."""
        return frozenset(w for w in set(WORD.findall("\n".join(self._told))) if not w[0].isupper())

    @cached_property
    def _again(self) -> frozenset[str]:
        """The lines that stand alone more than once."""
        return frozenset(line for line, times in Counter(self._lines).items() if times > 1)
