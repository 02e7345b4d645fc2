"""The line of a title page that says who translated the work: "Translated from the Danish by Ilse Dorn", "Deutsch von
Ilse Dorn", "Traduction d'Ilse Dorn", "Przełożyła Ilse Dorn", "佐藤花子 訳"."""

from __future__ import annotations

import re

from converter.document.far_letters import has_far_letters
from converter.document.patterns import regex
from converter.recognisers.metadata.names import bare_name, is_person
from converter.recognisers.vocabulary import either
from converter.recognisers.vocabulary.guards import has_first_word

_ANYBODY = "Ilse Dorn"
LONGEST = 100  # characters of such a line
_BY = rf"(?:{either('names', 'by')}|{either('names', 'translated_by')})"
_FROM = rf"(?:{either('names', 'translated_from')}(?!\w)\s*)"  # from which language
_may_say = has_first_word(("names", "translated", "translated_into", "translates"))
_TRANSLATED = regex(rf"{_FROM}?{either('names', 'translated')}(?!\w)", re.I, LONGEST, needs=_may_say)
_BEHIND = regex(rf"(?<!\w)(?:{_BY}\s+|d['’])(?=\S)", re.I, LONGEST)
_INTO = regex(rf"{either('names', 'translated_into')}\s+{_BY}\s+(\S.*)\Z", re.I, LONGEST)
_TRANSLATES = regex(
    rf"{_FROM}?{either('names', 'translates')}(?!\w)\s*{_FROM}?(?:[:：・／/|]\s*)?(\S.*)\Z",
    re.I,
    LONGEST,
    needs=_may_say,
)
_LAST = regex(
    rf"(\S.{{1,30}}?)\s*[\s/／]\s*{either('names', 'translated_last')}\Z", re.I, LONGEST, needs=has_far_letters
)


def translator(line: str) -> str:
    """Whom a line names as the translator; "" for a line that says anything else."""
    line = line.strip()
    if opening := _TRANSLATED.match(line):
        for by in _BEHIND.finditer(line, opening.end()):
            if name := _somebody(line[by.end() :], handle=True):
                return name
    if into := _INTO.match(line):
        return _somebody(into[1])
    if last := _LAST.match(line):
        return _somebody(last[1])
    named = _TRANSLATES.match(line)
    whole = named is not None and (" " in named[1] or has_far_letters(named[1]))  # "Çeviri Bürosu" is an office
    return _somebody(named[1]) if named and whole else ""


def announces_translator(line: str) -> bool:
    """Whether a line lacks no more than the name to be a translator's: "Deutsch von", with the name below."""
    return len(line) < LONGEST and translator(f"{line} {_ANYBODY}") == _ANYBODY


def _somebody(words: str, *, handle: bool = False) -> str:
    """The name that these words are; "" for others. `handle`: one in small letters is a name, too."""
    name = bare_name(words)
    return name if is_person(name, handle=handle) else ""
