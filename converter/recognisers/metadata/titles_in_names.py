"""The title and the author that a file's or a folder's name tells: "Ada Thorn - The Salt Road"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from unicodedata import normalize

from converter.document.model import Metadata, Person
from converter.document.patterns import regex
from converter.recognisers.metadata.file_names import DASHED, fits_any_folder, letters_of, says_part
from converter.recognisers.metadata.in_names import dated, said_author, unquoted, without_occasion, without_place
from converter.recognisers.metadata.names import NAME_WORD, OF_NAMES, is_bare_name
from converter.recognisers.metadata.site_marks import without_site_marks
from converter.recognisers.vocabulary import either, listed_words

LONGEST_NAME = 255  # characters of a file's
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
BY = regex(r"(.{3,}?) by (.+)", re.IGNORECASE)
_EXPORTED = regex(r"\[\d{15,20}\](?: \[part \d{1,3}\])?\Z", re.IGNORECASE, LONGEST_NAME)  # "in-the-barn [8123...]"
INITIALS = regex(r"(?<![^\W_])[^\W\d_]\.")
NOT_A_NAME = regex(rf"\b{either('names', 'no_author')}\b", re.IGNORECASE)


def from_file_name(name: str, known_title: str = "") -> Metadata:
    """Title and author as a file's (or folder's) name without suffix tells them; empty fields when it tells nothing.

    "Ada Thorn - The Salt Road" gives both; with `known_title` (from the file itself) either may lead.
    """
    known_title = normalize("NFC", known_title)  # as for names: some systems keep the accent of "é" apart
    printable = "".join(c for c in normalize("NFC", name) if c.isprintable())  # no escapes, no undecodable bytes
    text = DATED.sub("", without_site_marks(unquoted(printable).strip()))
    while (shorter := BRACKETED.sub("", JUNK.sub("", text)).strip()) != text and shorter:
        text = shorter
    text, year = dated(without_occasion(without_place(text)))
    title, author = _title_and_author(text, known_title)
    if NO_TITLE.fullmatch(title) or title.lower() in listed_words("files", "any_folder"):
        title = ""
    title = titled(title)
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
    if exported := _EXPORTED.search(text):  # a channel, behind its server and what that calls its channels
        return text[: exported.start()].strip().rpartition(" - ")[2], ""
    said = said_author(text)
    if said[1]:
        return said
    halves = _halves(text)
    title = _spaced(text)
    if len(halves) == 2 and all(halves):
        turned = name_turned(halves[0])
        left, right = turned or halves[0], halves[1]
        if known_title and letters_of(left) == letters_of(known_title):
            return left, right if _is_name(right) else ""
        if letters_of(right) == letters_of(known_title) or turned:
            return right, left
        if _has_initial(right) and not _has_initial(left):
            return left, right
        if _is_name(left):
            return right, left
    elif byline := BY.fullmatch(title):
        work, writer = byline.groups()
        if _is_name(titled(writer)):
            return work, titled(writer)
    return title, ""


def _halves(text: str) -> list[str]:
    """What stands before and behind a name's dash, without a year before the author: "2019 - Ada Thorn - Salt"."""
    halves = [_spaced(half) for half in DASHED.split(text, maxsplit=1)]
    if len(halves) == 2 and YEAR.fullmatch(halves[0]):
        behind = [_spaced(half) for half in DASHED.split(halves[1], maxsplit=1)]
        return behind if len(behind) == 2 and (_is_name(behind[0]) or name_turned(behind[0])) else halves
    return halves


def title_and_person(name: str) -> tuple[str, str]:
    """What stands before and behind the last dash in a name where that may be title and author by its form, "The Salt
    Road" and "Ada Thorn"; else two empty strings. "The Copper Road - Ash Wagon", a series and its book, looks the same.
    """
    name = without_occasion(name)
    ends = list(DASHED.finditer(name))
    if not ends:
        return "", ""
    title, person = _spaced(name[: ends[-1].start()]), name[ends[-1].end() :].strip()
    fits = title and not fits_any_folder(title.lower()) and not says_part(person.lower())
    cased = any(map(str.isupper, person))
    return (title, person) if fits and cased and _is_name(person) and is_bare_name(person, frozenset()) else ("", "")


def without_author(title: str, authors: Sequence[str]) -> str:
    """A title from a name without the author who stands before or behind it: "Salt Road" of "Salt Road - lampmoth"."""
    known = {letters_of(author) for author in authors}
    for dash in DASHED.finditer(title):
        left, right = _spaced(title[: dash.start()]), _spaced(title[dash.end() :])
        halves = [half for half, other in ((left, right), (right, left)) if half and letters_of(other) in known]
        if len(halves) == 1:
            return titled(halves[0])
    return title


def _has_initial(text: str) -> bool:
    """Whether a name has an initial before its last word: "K. Osei", "Ada M. Thorn"."""
    return _is_name(text) and any(INITIALS.fullmatch(word) for word in text.split()[:-1])


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


def titled(text: str) -> str:
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
