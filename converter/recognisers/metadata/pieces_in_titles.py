"""Titles that say which part of a work it is that they stand over: "Ember & Ash (1/3)", "The Mill, part two"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from converter.document.far_letters import has_far_letters
from converter.document.patterns import regex
from converter.recognisers.metadata.file_names import fits_any_row
from converter.recognisers.metadata.parts_in_names import part_in_name
from converter.recognisers.vocabulary import either, listed_words

LONGEST = 200  # characters of a title
TITLES = 10_000  # of a folder, which are asked for more than once
LETTERS = 3  # of a work's title
_CHAPTER = either("files", "chapter", "chapter_short")
_DIGITS = regex(rf"(?:^|(?<=[\W_\d])){_CHAPTER}[\s._-]{{0,3}}#?(\d{{1,4}}(?:\.\d{{1,2}})?)(?!\w)", re.I, LONGEST)
_CLOSED = regex(r"\s{0,2}[)\]]?\s*(?:$|[:–—-]\s)")  # "part 1 of it all" is no part of what stands before
_OF = regex(rf"\s(?:{either('files', 'of_all')})\s+(\S.*)", re.I, LONGEST)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_JOINTS = " \t_,.:;#-–—([|"


class Piece(NamedTuple):
    """A part of a work: the work's title as written, the part's number, and of how many it is (0: nobody says)."""

    work: str
    number: float
    total: int = 0


@lru_cache(maxsize=TITLES)
def piece_in_title(title: str) -> Piece | None:
    """The part that a title names in words, or as one of so many; None where it names none, or no work beside it."""
    low = title.lower()
    if len(title) > LONGEST or len(low) != len(title) or not _may_say_part(low):
        return None
    if part := part_in_name(low):
        start, end, number, total = part
    elif digits := _DIGITS.search(low):
        start, end, number, total = digits.start(), digits.end(), float(digits[1]), 0
    else:
        return None
    before, behind = title[:start].strip(_JOINTS), title[end:]
    if not before and (of := _OF.match(behind)):
        before = of[1]  # "Part 2 of The Mill"
    elif not _CLOSED.match(behind):
        return None
    if sum(map(str.isalpha, before)) < LETTERS or fits_any_row(before.lower()):
        return None
    return Piece(before, number, total)


def _may_say_part(title: str) -> bool:
    """Whether a title in small letters has a word or a sign for a part at all: most have none."""
    if "/" in title or not _words().isdisjoint(_WORD.findall(title)) or has_far_letters(title):
        return True
    return len(_NUMBER.findall(title)) > 1  # "2 of 5"


@cache
def _words() -> frozenset[str]:
    listed = (listed_words("files", key) for key in ("chapter", "chapter_short"))
    return frozenset(word for words in listed for entry in words for word in _WORD.findall(entry))
