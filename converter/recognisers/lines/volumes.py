"""Lines of a title page that say which volume of a series a book is: "Book 1: Ember", "The Grey Harbour, Book 2"."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.headings.words import Lexicon, read_number
from converter.recognisers.vocabulary import either

LONGEST = 120  # characters of such a line
LONGEST_NAME = 80  # of the series' name, of the volume's title
_WORD = regex(rf"(?<!\w){either('imprint', 'volumes')}(?!\w)\.?\s*", re.I, LONGEST)
_TITLE = regex(r"\s*[)\]]?\s*[:–—.,-]\s*(\S.*)\Z", within=LONGEST)
_SIGN = " ,;:–—-(["  # between a series' name and the volume's word


class Volume(NamedTuple):
    """A volume of a series: what that is called, its number there, its own title; "" for what a line leaves out."""

    series: str
    number: int
    title: str


def volume_of(line: str, lex: Lexicon) -> Volume | None:
    """The volume that a line names by its number, with its title or the series' name or both; None for any other line,
    and one that says no more than a number."""
    line = line.strip(" *_")
    for word in _WORD.finditer(line):
        series, behind = line[: word.start()].rstrip(), line[word.end() :]
        number = read_number(behind, lex)
        rest = behind[number.end :] if number else ""
        titled = _TITLE.match(rest)
        parted = not series or series[-1] in _SIGN or (titled is not None and series[0].isupper())
        if number is None or not parted or (not titled and rest.strip(" .)]")):
            continue
        volume = Volume(series.strip(_SIGN), number.value, titled[1].strip() if titled else "")
        if (volume.series or volume.title) and all(map(_is_name, volume[::2])):
            return volume
    return None


def _is_name(text: object) -> bool:
    """Whether a text may be the name of a series or a volume's title: nothing, or short and no sentence."""
    return isinstance(text, str) and len(text) <= LONGEST_NAME and text[-1:] not in (".", ",", ";", ":")
