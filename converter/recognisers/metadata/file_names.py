"""What the names of files and addresses say: a chapter and its number, front or back matter, the work, its series."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from converter.document.model import ChapterKind
from converter.document.patterns import regex
from converter.recognisers.headings.words import lexicon, read_number
from converter.recognisers.language.numerals import roman
from converter.recognisers.metadata.parts_in_names import part_in_name
from converter.recognisers.vocabulary import either, language_table, languages, listed_words

LONGEST_NAME = 255  # characters of a file's
NAMES = 10_000  # of a folder, which are asked for more than once
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
_AT_END = regex(  # "The Weir - IX", "weir_two", "Seven"
    r"(?:^|(?<=[\s._\-(\[#]))([^\W\d_]{1,12}(?:-[^\W\d_]{1,8})?)[)\]]?$", re.I, LONGEST_NAME
)
_BOOK_NUMBER = regex(r"(?<![^\W_])(?:(\d{1,3}(?:\.\d{1,2})?)|([ivxl]{1,6}))(?![^\W_])", re.I, LONGEST_NAME)
_RANGE = regex(r"\d{1,3}[-–]\d{1,3}(?!\d)", within=LONGEST_NAME)
_VOLUME_LAST = regex(rf"(?:^|[\W_]){either('files', 'volume')}[\W_]*$", re.I, LONGEST_NAME)
_JOINTS = " \t_,.:;#-–—()[]"  # between a series, a number and a title
_DATE = regex(  # "2024-01-03", "3.1.2024", "2024-01", "3 May 2024", "May 3"
    r"(?<!\d)(?:(?:19|20)\d\d[-_. ](?:0?[1-9]|1[0-2])(?:[-_. ]\d{1,2})?|\d{1,2}[-_. ]\d{1,2}[-_. ](?:19|20)?\d\d)(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th|\.)?[-_. ]{{1,2}}{either('dates', 'months')}(?![^\W\d_])"
    rf"|(?<![^\W\d_]){either('dates', 'months')}[-_. ]{{1,2}}\d{{1,2}}(?!\d)",
    re.I,
    LONGEST_NAME,
)
_NO_LETTERS = re.compile(r"[\W_]+")
DASHED = regex(r"(?<!\s)\s+[-–—]\s+|(?:(?<!\s)\s+)?—\s*|_-_")


def says_part(stem: str) -> bool:
    """Whether a file's name has a word that says that it is a part of a work: "salt road - chapter 3"."""
    return _SAYS_PART.search(stem) is not None or part_in_name(stem) is not None


def is_frame(stem: str) -> bool:
    """Whether a file's name only says that it is a work's prologue or epilogue."""
    parts = _WORD.findall(stem)
    return len(parts) == 1 and parts[0] in listed_words("files", "frame")


@lru_cache(maxsize=NAMES)
def without_part(stem: str) -> str:
    """A file's name with "#" in the place of its chapter: what the files of one work share."""
    if part := part_in_name(stem):
        return stem[: part.start] + "#"
    reduced = _PART.sub("#", stem, count=1)
    if "#" not in reduced and (number := _number_in_letters(stem)):
        reduced = stem[: number[0]] + "#"
    return reduced


def lettered_number(stem: str) -> int | None:
    """The number in letters behind a chapter's word, or at a name's end: "Chapter Twenty-One", "The Weir - IX"."""
    if part := part_in_name(stem):
        return int(part.number)
    number = _number_in_letters(stem)
    return number[1] if number else None


def _number_in_letters(stem: str) -> tuple[int, int] | None:
    letters = _IN_LETTERS.search(stem)
    number = read_number(letters[1], lexicon("en")) if letters else None
    if letters and number:
        return letters.start(), number.value
    last = _AT_END.search(stem)
    number = read_number(last[1], lexicon("en")) if last else None
    return (last.start(1), number.value) if last and number and number.end == len(last[1]) else None


class SeriesName(NamedTuple):
    """A book's place in a series as its name tells it: "Ashfall 2 - The Forge"."""

    series: str
    number: str
    title: str
    worded: bool  # a word says that the number counts books
    padded: bool  # "02", as chapters are numbered


def series_name(stem: str) -> SeriesName | None:
    """The series, the number and the title in a file's name without suffix; None where it has no such number, or
    nothing before it. "The Forge (Ashfall 2)" tells the same as "Ashfall 2 - The Forge"."""
    text = stem.replace("_", " ").strip()
    before, bracket, inside = text.rstrip(")] ").replace("[", "(").rpartition("(")
    if bracket and text[-1:] in ")]" and (placed := series_name(inside)) and not placed.title and before.strip():
        return placed._replace(title=before.strip(_JOINTS))
    for found in _book_numbers(text):
        first, rest = text[: found.start()], text[found.end() :]
        said = _VOLUME_LAST.search(first)
        series = (first[: said.start()] if said else first).strip(_JOINTS)
        if not _WORD.search(series):
            continue
        if found[2] and not said and rest and not DASHED.match(rest) and rest.lstrip()[:1] not in (":", ")"):
            continue  # "Where I End"
        number = found[1] or str(roman(found[2]) or "")
        if number:
            plain = f"{float(number):g}"
            return SeriesName(series, plain, rest.strip(_JOINTS), bool(said), number[:1] == "0")
    return None


def _book_numbers(text: str) -> list[re.Match[str]]:
    """The numbers in a name but those of a date, or of a range of chapters ("1-5")."""
    numbers = [n for n in _BOOK_NUMBER.finditer(text) if not _RANGE.search(text[max(0, n.start() - 6) : n.end() + 6])]
    dates = [date.span() for date in _DATE.finditer(text)] if numbers else []
    return [n for n in numbers if not any(start <= n.start() < end for start, end in dates)]


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
    single = (item for tag in languages() for item in language_table(tag, "headings").get("single", {}).items())
    headings = {word for word, kind in single if kind in kinds} - set(listed_words("files", "titles"))
    return frozenset(headings | set(listed_words("files", key)))


def fits_any_folder(name: str) -> bool:
    """Whether a folder's name, in small letters, says nothing of what lies in it: "downloads", "new folder"."""
    return name in listed_words("files", "any_folder") or fits_any_story(name)


def holds_chapters(name: str) -> bool:
    """Whether a folder of this name, in small letters, holds the chapters of one work: "chapters", "manuscript"."""
    return name in listed_words("files", "of_chapters")


def says_sort(name: str) -> bool:
    """Whether a folder's name, in small letters, only says what sort of files it holds: "src", "html"."""
    return name in listed_words("files", "technical")


def fits_any_story(name: str) -> bool:
    """Whether a name is one that any story's file may have: "story", "untitled"."""
    return name in listed_words("files", "any_story")


def fits_any_row(name: str) -> bool:
    """Whether numbers behind this name count whatever somebody wrote, and no chapters: "untitled document", "notes"."""
    return name.strip(_JOINTS) in listed_words("files", "any_row") or fits_any_story(name)


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


def letters_of(text: str) -> str:
    """A name's letters and digits alone, without case: what two spellings of one name share."""
    return _NO_LETTERS.sub("", text.casefold())
