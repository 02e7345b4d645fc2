"""What archives say in one word about several things: a trail to a fandom ("Books » Weir Chronicles"), genres between
strokes ("Adventure/Humor")."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, listed_words

LONGEST = 200  # characters of such a value
_TRAIL = regex(rf"(?:{either('interface', 'trails')}\s[»›>]\s)+(?P<last>[^»›>]{{1,80}})", re.I, LONGEST)
_GENRES = regex(r"[^\W\d_][^\W\d_-]{2,20}(?:/[^\W\d_][^\W\d_-]{2,20}(?:-[^\W\d_]+)?)+", within=LONGEST)
_ONE = "Hurt/Comfort"  # a genre with a stroke in its name


def fandom_of(value: str) -> str:
    """The fandom that a value names, behind the trail of the site's sections; "" where that ends in a section that
    holds whatever has none: "Books » Misc."."""
    found = _TRAIL.fullmatch(value.strip())
    last = found["last"].strip() if found else value
    return "" if found and last.casefold().strip(" .") in listed_words("interface", "trails") else last


def is_trail_to_fandom(value: str) -> bool:
    """Whether a value is such a trail."""
    return _TRAIL.fullmatch(value.strip()) is not None


def genres_of(value: str) -> str:
    """Genres between strokes with commas between them."""
    bare = value.replace(_ONE, "Comforting")
    return bare.replace("/", ", ").replace("Comforting", _ONE) if _GENRES.fullmatch(bare) else value
