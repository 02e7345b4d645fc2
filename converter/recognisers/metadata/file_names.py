"""What the names of files and addresses say: a chapter and its number, front or back matter, the work they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from converter.document.model import ChapterKind
from converter.document.patterns import regex
from converter.recognisers.headings.words import lexicon, read_number
from converter.recognisers.vocabulary import either, languages, table, words

LONGEST_NAME = 255  # characters of a file's
ADDRESS_CHARACTERS = 2_000
FRONT: tuple[ChapterKind, ...] = ("prologue", "preface", "foreword", "introduction")
BACK: tuple[ChapterKind, ...] = ("epilogue", "afterword", "appendix", "acknowledgments")
_CHAPTER = either("files", "chapter", "chapter_short")
_PAGE = either("files", "page")
_FRAME = either("files", "frame")
_SPELLED = either("files", "chapter", "frame", "between")
_SAYS_PART = regex(rf"(?:^|[\W_\d])(?:{_CHAPTER}|{_FRAME})(?:$|[\W_\d])", re.I, LONGEST_NAME)
_WORD = regex(r"[^\W\d_]+")
_PART = regex(
    rf"(?:{_CHAPTER}|{_PAGE})?[\s._-]*\d+(?:[.,-]\d{{1,2}})?|{either('files', 'frame', 'between')}",
    re.I,
    LONGEST_NAME,
)
_IN_LETTERS = regex(  # "Chapter Twenty-One", "part_iv"
    rf"(?:^|(?<=[\W_\d])){_CHAPTER}[\s._-]+([^\W\d_]+(?:[\s_-]+[^\W\d_]+)?)", re.I, LONGEST_NAME
)
_NUMBERED = regex(
    rf"(?:{_CHAPTER}|{_PAGE})?[\s._-]*\d{{1,5}}(?:[._-]\d{{1,2}})?(?:[._-].*)?$|{_SPELLED}",
    re.I,
    ADDRESS_CHARACTERS,
)
_WORDED = regex(rf"{_CHAPTER}[\s._-]*\d|{_SPELLED}", re.I, ADDRESS_CHARACTERS)
_WORK = regex(rf"/({either('files', 'of_works')}/[^/?#]+)", re.I)  # what stands before a chapter's own part


def says_part(stem: str) -> bool:
    """Whether a file's name has a word that says that it is a part of a work: "salt road - chapter 3"."""
    return _SAYS_PART.search(stem) is not None


def is_frame(stem: str) -> bool:
    """Whether a file's name only says that it is a work's prologue or epilogue."""
    parts = _WORD.findall(stem)
    return len(parts) == 1 and parts[0] in words("files", "frame")


def without_part(stem: str) -> str:
    """A file's name with "#" in the place of its chapter: what the files of one work share."""
    reduced = _PART.sub("#", stem, count=1)
    if "#" not in reduced and (number := _number_in_letters(stem)):
        reduced = stem[: number[0]] + "#"
    return reduced


def lettered_number(stem: str) -> int | None:
    """The number in letters behind a chapter's word: "Chapter Twenty-One"."""
    number = _number_in_letters(stem)
    return number[1] if number else None


def _number_in_letters(stem: str) -> tuple[int, int] | None:
    letters = _IN_LETTERS.search(stem)
    number = read_number(letters[1], lexicon("en")) if letters else None
    return (letters.start(), number.value) if letters and number else None


def matter(name_words: Iterable[str]) -> int:
    """Whether the words of a name say that a file stands before the numbered ones (-1) or behind them (1); else 0."""
    names = set(name_words)
    if names & _singles(FRONT, "first"):
        return -1
    return 1 if names & _singles(BACK, "last") else 0


@cache
def _singles(kinds: tuple[ChapterKind, ...], key: str) -> frozenset[str]:
    """The headings of these kinds that stand alone, in all languages, and what files are called beside them; without
    those that a story itself may be called."""
    single = (item for tag in languages() for item in table(tag, "headings").get("single", {}).items())
    headings = {word for word, kind in single if kind in kinds} - set(words("files", "titles"))
    return frozenset(headings | set(words("files", key)))


def fits_any_story(name: str) -> bool:
    """Whether a name is one that any story's file may have: "story", "untitled"."""
    return name in words("files", "any_story")


def names_part(stem: str) -> bool:
    """Whether the last part of an address reads like a chapter's: "chapter-3", "12", "epilogue"."""
    return _NUMBERED.match(stem) is not None


def begins_with_part(stem: str) -> bool:
    """Whether the last part of an address begins with a chapter's word: "chapter-3", not "12"."""
    return _WORDED.match(stem) is not None


def work_of_address(address: str) -> str:
    """The part of an address that names the work, in small letters: "works/123"; else ""."""
    work = _WORK.search(address)
    return work[1].lower() if work else ""
