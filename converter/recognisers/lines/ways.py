"""What the words of a link say about where it leads: on, back, home, to a contents list."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, listed_words, whole

WORDS_LETTERS = 200  # of a link's words that may name a chapter
_BESIDE = regex(whole("ways", "beside"), re.I, WORDS_LETTERS)
_NEARBY = regex(rf"{whole('ways', 'beside', 'edges', 'home', 'contents', 'up', 'onward', 'nearby')}|[«»←→⇐⇒<>]", re.I)
PLACES = either("ways", "places")
_BACK_TO = either("ways", "back_to")
_BACK_TO_PLACE = regex(rf"{_BACK_TO} (?:[\w'’]+ ){{0,6}}{PLACES}", re.I, WORDS_LETTERS)
_WAY = regex(
    rf"{either('ways', 'beside', 'home', 'home_alone', 'contents', 'up', 'onward', 'alone', 'places')}|"
    rf"{either('ways', 'beside', 'edges')} {either('ways', 'told')}|"
    rf"(?:{either('ways', 'whose')} )?{either('ways', 'works')}(?: {PLACES})?|"
    rf"{_BACK_TO} [\w'’]+(?: [\w'’]+){{0,7}}",
    re.I,
    WORDS_LETTERS,
)


_TO_CHAPTER = regex(rf"\W*{either('ways', 'to_chapter')}\W*", re.I, WORDS_LETTERS)


def leads_to_chapter(text: str) -> bool:
    """Whether words of a link say that the page beside this one is a chapter: "Next Chapter"."""
    return _TO_CHAPTER.fullmatch(text) is not None


def leads_beside(text: str) -> bool:
    """Whether words speak of the page before or after this one: such a link lists nothing."""
    return _BESIDE.search(text) is not None


def leads_nearby(line: str) -> bool:
    """Whether a line with links leads to a page nearby: "Previous | Next", "back to the archive"."""
    return _NEARBY.search(line) is not None


def is_way(text: str) -> bool:
    """Whether a text only says where a link leads: "Home", "My other stories", "back to the library"."""
    return _WAY.fullmatch(text) is not None


def leads_back_to_site(line: str) -> bool:
    """Whether a line leads back to a page of a homepage, and can't be a story's: "Return to my fiction page"."""
    return _BACK_TO_PLACE.fullmatch(line) is not None


def names_home(text: str) -> bool:
    """Whether the words of a link to the front page only say so, and are not the site's name."""
    kinds = ("home", "home_alone", "contents", "up")
    return any(text.casefold() in listed_words("ways", kind) for kind in kinds)
