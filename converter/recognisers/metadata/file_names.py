"""What the names of files and addresses say: a chapter and its number, front or back matter, the work, its author."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple
from unicodedata import normalize

from converter.document.model import ChapterKind, Metadata, Person
from converter.document.patterns import regex
from converter.recognisers.headings.words import lexicon, read_number
from converter.recognisers.language.numerals import roman
from converter.recognisers.metadata.in_names import dated, said_author, unquoted, without_place
from converter.recognisers.metadata.names import NAME_WORD, OF_NAMES
from converter.recognisers.metadata.parts_in_names import part_in_name
from converter.recognisers.vocabulary import either, language_table, languages, listed_words

LONGEST_NAME = 255  # characters of a file's
ADDRESS_CHARACTERS = 2_000
MOST_MARKS = 4  # of versions and copies in one name: "final2 (copy) (1)"
UNVERSIONED = (1, 0.0)  # between a draft and what was revised
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
_COPY = regex(
    rf"[\s_.\-–]*[(\[]\s*(?:{either('files', 'copy')}[\s_.\-]*\d{{0,2}}|\d{{1,2}})\s*[)\]]$"
    rf"|[\s_.\-–]+{either('files', 'copy')}[\s_.\-]*\d{{0,2}}$",
    re.I,
    LONGEST_NAME,
)  # "story (1)", "story - Copy", "story (copy 2)"
_COUNTED_COPY = regex(r"[^\s(\[]\s*\(\d{1,3}\)$", within=LONGEST_NAME)
DAY = r"(?:19|20)\d\d[-_. ]?(?:0[1-9]|1[0-2])[-_. ]?[0-3]\d"  # "2024-01-03", "20240103"
STRESSED = 100.0  # more than any number that people give to versions: "final2" was there before "REALLY FINAL"
_DATE = regex(  # "2024-01-03", "3.1.2024", "2024-01", "3 May 2024", "May 3"
    r"(?<!\d)(?:(?:19|20)\d\d[-_. ](?:0?[1-9]|1[0-2])(?:[-_. ]\d{1,2})?|\d{1,2}[-_. ]\d{1,2}[-_. ](?:19|20)?\d\d)(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th|\.)?[-_. ]{{1,2}}{either('dates', 'months')}(?![^\W\d_])"
    rf"|(?<![^\W\d_]){either('dates', 'months')}[-_. ]{{1,2}}\d{{1,2}}(?!\d)",
    re.I,
    LONGEST_NAME,
)
_EMPHASIS = either("files", "emphasis")
_COPY_OF = regex(rf"{either('files', 'copy_of')}\s+", re.I, LONGEST_NAME)
_VERSION = regex(
    r"(?:^|(?<![\s_.\-–(\[])[\s_.\-–(\[]{1,4}|(?<=\d)(?=v\d))"
    rf"(?P<stress>(?:{_EMPHASIS}[\s_.\-–]{{1,3}}){{0,3}})"
    rf"(?:(?P<early>{either('files', 'early')})|(?P<late>{either('files', 'late')})"
    rf"|(?P<last>{either('files', 'final')})|v)"
    r"[ _.\-]{0,2}v?(?P<number>\d{0,3}(?:\.\d{1,2})?)"
    rf"(?P<stressed>(?:[\s_.\-–]{{1,3}}{_EMPHASIS}){{0,3}})[)\]]?\Z",
    re.I,
    LONGEST_NAME,
)  # "story_v2", "story final2", "draft", "REALLY FINAL"
_TAG_LAST = regex(r"\s*\[[^\[\]]{1,60}\]\Z", within=LONGEST_NAME)  # "Ch 15 v2 [Lotus]"
_DAY_LAST = regex(rf"[\s_.\-–(\[]{{1,4}}{DAY}[)\]]?\Z", re.I, LONGEST_NAME)
# Words that say something about the file and nothing about the story; people put them last, often several.
# Words that may end a title ("Draft", "Complete") count only behind a joint nobody puts into a title.
JUNK = regex(
    r"[\s_.\-–]+(?:v\d+|utf-?8|ansi|txt|html?|epub|pdf|scraped|final[\s_.\-]*(?:draft|version|v?\d+))$"
    r"|[_.\-]+(?:final|draft|copy|rev(?:ised|ision)?|version|edit(?:ed)?|completed?|raw|clean(?:ed)?|proof(?:ed|read)?|fixed)"
    r"[\s_.\-]*\d{0,3}$",
    re.IGNORECASE,
    within=LONGEST_NAME,
)
BRACKETED = regex(
    r"\s*[\[(](?:\d{1,3}|(?:complete[d]?|wip|oneshot|novella|novelette|final|draft|copy|ongoing|v\d+|rev\d*|edited|\s){1,4})[\])]\s*$",
    re.IGNORECASE,
    LONGEST_NAME,
)
DATED = regex(r"^(?:19|20)\d\d[-_.]?[01]\d[-_.]?[0-3]\d[\s_\-–]+")
YEAR = regex(r"(?:19|20)\d\d", within=LONGEST_NAME)
INITIAL = 2  # characters, with its dot
MOST_OF_NAME = 3  # words of a last name, or of the first ones
_BEHIND_NAMES = frozenset(word.rstrip(".").lower() for word in listed_words("names", "suffixes"))
_MONTHS = frozenset(word for word in listed_words("dates", "months") if "*" not in word)
NO_TITLE = regex(
    r"(?:index|story|stories|untitled|page|download|output|input|raw|text|document|doc|file|new|new text document|full|"
    r"work|book|novel|main|content|manuscript|stdin|(?:chapter|ch|part|pt|kapitel|chapitre)?[\s_.\-]*\d+)",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset(listed_words("titles", "small"))
DASHED = regex(r"(?<!\s)\s+[-–—]\s+|(?:(?<!\s)\s+)?—\s*|_-_")
BY = regex(r"(.{3,}?) by (.+)", re.IGNORECASE)
INITIALS = regex(r"(?<![^\W_])[^\W\d_]\.")
NOT_A_NAME = regex(rf"\b{either('names', 'no_author')}\b", re.IGNORECASE)


def says_part(stem: str) -> bool:
    """Whether a file's name has a word that says that it is a part of a work: "salt road - chapter 3"."""
    return _SAYS_PART.search(stem) is not None or part_in_name(stem) is not None


def is_frame(stem: str) -> bool:
    """Whether a file's name only says that it is a work's prologue or epilogue."""
    parts = _WORD.findall(stem)
    return len(parts) == 1 and parts[0] in listed_words("files", "frame")


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


class VersionName(NamedTuple):
    """A file's name as that of one version of a story: the story's own name, folded, and what comes later as a number
    that is larger; `marked`: the name says that it is a copy or a version."""

    story: str
    order: tuple[int, float]
    marked: bool


def version_name(stem: str) -> VersionName:
    """What a file's name without suffix says of a story's versions: "Salt_final2 (copy)", "Copy of Salt"."""
    text, order, marked = _unversioned(stem)
    return VersionName(_key(text), order, marked)


def counts_versions(stem: str) -> bool:
    """Whether the number in a name is that of a version or a copy alone: "Salt draft 2", "view (3)"."""
    text, _, marked = _unversioned(stem)
    return marked and not any(map(str.isdigit, text)) and any(map(str.isdigit, stem))


def unversioned(stem: str) -> str:
    """A name without what it says of versions and copies: "Salt 1-5" of "Salt 1-5 (revised)"."""
    return _unversioned(stem)[0].strip() or stem


def _unversioned(stem: str) -> tuple[str, tuple[int, float], bool]:
    """A name without what it says of versions and copies, their order, whether it says anything of them."""
    text, order, marked = stem.strip(), UNVERSIONED, False
    if of := _COPY_OF.match(text):
        text, marked = text[of.end() :], True
    aside = ""
    for _ in range(MOST_MARKS):
        if copy := _COPY.search(text):
            text, marked = text[: copy.start()], True
        elif (day := _DAY_LAST.search(text)) and _says_version(text[: day.start()]):
            text = text[: day.start()]
        elif said := _says_version(text):
            rank = 0 if said["early"] else 3 if said["last"] else 2 if said["late"] else 1
            own = rank, float(said["number"] or 0) + STRESSED * bool(said["stress"] or said["stressed"])
            order = own if order == UNVERSIONED else max(order, own)
            text, marked = text[: said.start()], True
        elif not aside and (tag := _TAG_LAST.search(text)) and _says_version(text[: tag.start()]):
            text, aside = text[: tag.start()], tag[0]
        else:
            break
    return text + aside, order, marked


def _says_version(text: str) -> re.Match[str] | None:
    said = _VERSION.search(text)
    return said if said and (said["number"] or said["early"] or said["late"] or said["last"]) else None


def is_counted_copy(stem: str) -> bool:
    """Whether a name ends in the number that a browser or a system gives to a further file of that name: "view (3)"."""
    return _COUNTED_COPY.search(stem) is not None


def without_copy(stem: str) -> str:
    """A name without what a system puts to that of a further copy: "Salt" of "Salt (2)", "Copy of Salt"."""
    text = stem
    if of := _COPY_OF.match(text):
        text = text[of.end() :]
    while copy := _COPY.search(text):
        text = text[: copy.start()]
    return text.strip() or stem


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


# ------------------------------------------------------------------------------------------------- title and author


def from_file_name(name: str, known_title: str = "") -> Metadata:
    """Title and author as a file's (or folder's) name without suffix tells them; empty fields when it tells nothing.

    "Ada Thorn - The Salt Road" gives both; with `known_title` (from the file itself) either may lead.
    """
    known_title = normalize("NFC", known_title)  # as for names: some systems keep the accent of "é" apart
    printable = "".join(c for c in normalize("NFC", name) if c.isprintable())  # no escapes, no undecodable bytes
    text = DATED.sub("", unquoted(printable).strip())
    while (shorter := BRACKETED.sub("", JUNK.sub("", text)).strip()) != text and shorter:
        text = shorter
    text, year = dated(without_place(text))
    title, author = _title_and_author(text, known_title)
    if NO_TITLE.fullmatch(title) or title.lower() in listed_words("files", "any_folder"):
        title = ""
    title = _titled(title)
    values: dict[str, Any] = {}
    if title:
        values["title"] = title
    if author:
        values["people"] = (Person(author),)
    if year:
        values["published"] = year
    return Metadata(**values, provenance=tuple((field, "file name") for field in values))


def _title_and_author(text: str, known_title: str) -> tuple[str, str]:
    """What a name that says nothing of versions tells; the author is "" where it tells none."""
    said = said_author(text)
    if said[1]:
        return said
    halves = _halves(text)
    title = _spaced(text)
    if len(halves) == 2 and all(halves):
        turned = name_turned(halves[0])
        left, right = turned or halves[0], halves[1]
        if known_title and _key(left) == _key(known_title):
            return left, right if _is_name(right) else ""
        if _key(right) == _key(known_title) or turned or _is_name(left):
            return right, left
    elif byline := BY.fullmatch(title):
        work, writer = byline.groups()
        if _is_name(_titled(writer)):
            return work, _titled(writer)
    return title, ""


def _halves(text: str) -> list[str]:
    """What stands before and behind a name's dash, without a year before the author: "2019 - Ada Thorn - Salt"."""
    halves = [_spaced(half) for half in DASHED.split(text, maxsplit=1)]
    if len(halves) == 2 and YEAR.fullmatch(halves[0]):
        behind = [_spaced(half) for half in DASHED.split(halves[1], maxsplit=1)]
        return behind if len(behind) == 2 and (_is_name(behind[0]) or name_turned(behind[0])) else halves
    return halves


def names_work_and_author(name: str) -> bool:
    """Whether a folder's name tells a work and who wrote it: "Salt Road - Ada Thorn", "Ada Thorn - Salt Road"."""
    halves = _halves(name)
    if len(halves) != 2 or any(not half or fits_any_folder(half.lower()) for half in halves):
        return False
    return any(map(_is_name, halves)) or bool(name_turned(halves[0]))


def name_turned(text: str) -> str:
    """The name that is written with its last part first, "Thorn, Ada", as it is said; "" for anything else."""
    last, comma, first = text.partition(", ")
    parts = [last.split(), first.split()]
    if not comma or not all(0 < len(p) <= MOST_OF_NAME for p in parts) or first.rstrip(".").lower() in _BEHIND_NAMES:
        return ""
    words = [*parts[1], *parts[0]]
    named = all(NAME_WORD.fullmatch(w) and (w[0].isupper() or w in OF_NAMES) for w in words)
    told = [word for word in (*parts[1], parts[0][-1]) if len(word) > INITIAL]
    says_else = any(NOT_A_NAME.search(said) or said.lower() in _MONTHS for said in told)
    return " ".join(words) if named and not says_else else ""


def _spaced(text: str) -> str:
    if "_" in text:
        text = text.replace("_", " ")
    if " " not in text.strip() and text.count("-") > 1:
        text = text.replace("-", " ")
    if " " not in text.strip() and re.fullmatch(r"(?:[A-Z][a-z]+){2,}", text):  # CamelCase
        text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(text.split())


def _titled(text: str) -> str:
    """Title case when the person typed no capital at all."""
    if not text.islower():
        return text
    words = text.split(" ")
    last = len(words) - 1
    return " ".join(w if w in SMALL_WORDS and 0 < i < last else w[:1].upper() + w[1:] for i, w in enumerate(words))


def _is_name(text: str) -> bool:
    parts = text.split()
    if not 2 <= len(parts) <= 4 or NOT_A_NAME.search(INITIALS.sub("", text)):
        return False
    return all(NAME_WORD.fullmatch(p) and (p[0].isupper() or p in OF_NAMES) for p in parts)


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
