"""Lines of a book's imprint: whose the story is, and to which series the book belongs."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.headings.words import Lexicon, read_number
from converter.recognisers.metadata.names import clean_name, is_person
from converter.recognisers.vocabulary import either

LONGEST = 90  # characters of such a line
SERIES_LONGEST = 60  # of a series' name
_BY = either("names", "by")
_WORD = either("imprint", "owned")
_OWNED = regex(
    rf"(?:{_WORD}\s?)?(?:©|\(c\))|{_WORD}(?=\s(?:\d{{4}}|{_BY})\s)",
    re.I,
    LONGEST,
)
_RESERVED = regex(rf"{either('imprint', 'reserved')}\.?", re.I, LONGEST)
_OPENS = regex(rf"{either('imprint', 'reserved')}(?=[.\s;,]|\Z)", re.I)
_DISCLAIMS = regex(rf"{either('imprint', 'disclaims')}(?!\w)", re.I)
_ISBN = regex(r"(?:e-?)?ISBN(?:[- ]?1[03])?[\s:]{0,3}[\dxX][\dxX\s‐‑–-]{8,20}\.?(?:\s\([^()]{1,30}\))?", re.I, LONGEST)
_OWNER = regex(
    rf"[,\s]{{0,3}}(?:\d{{4}}(?:[-–]\d{{2,4}})?)?[,\s]{{0,3}}(?:{_BY}\s)?(?P<name>[^\s.,;][^.,;]{{1,60}})",
    re.I,
    LONGEST,
)
_OTHER_BOOKS = regex(rf"{either('imprint', 'other_books')}(?:\s.{{0,60}})?\Z", re.I, LONGEST)
_SENTENCES = re.compile(r"(?<=[.!])\s+")
_YEAR = regex(r"\b\d{4}\b", within=LONGEST)
_OF = regex(rf"\s{either('imprint', 'of')}\s", re.I, LONGEST)
_WHOLES = ("volume", "part")  # kinds of divisions that a series has


class Series(NamedTuple):
    """A series' name and the book's number in it."""

    name: str
    number: int


def says_rights(line: str) -> bool:
    """Whether a line says whose the story is, or that its rights are reserved."""
    return _owner(line) is not None or _RESERVED.fullmatch(line) is not None


def opens_rights(line: str) -> bool:
    """Whether a line begins by saying whose the story is, or that its rights are reserved."""
    return _owner(line[:LONGEST]) is not None or _OPENS.match(line) is not None


def names_rights(text: str) -> bool:
    """Whether one of a paragraph's sentences says whose the story is: "Eel House, Hull 2019. All rights reserved." """
    return any(map(opens_rights, _SENTENCES.split(text)))


def disclaims(line: str) -> bool:
    """Whether a line begins as others beside a line of rights do: "This is a work of fiction", "First published"."""
    return _DISCLAIMS.match(line) is not None


def isbn_alone(line: str) -> bool:
    """Whether a line names a book's ISBN and nothing else."""
    return _ISBN.fullmatch(line) is not None


def names_other_books(line: str) -> bool:
    """Whether a line before a story is the heading over its author's other books: "Also by Ada Thorn"."""
    return _OTHER_BOOKS.fullmatch(line.strip(" :*_")) is not None


def owner(line: str) -> str:
    """Who owns a story as a line of rights says ("© 2019 by Ada Thorn. Please ask."); "" where it names nobody."""
    named = _owner(line)
    return clean_name(named["name"]) if named and is_person(named["name"]) else ""


def _owner(line: str) -> re.Match[str] | None:
    owned = _OWNED.match(line)
    if owned and owned[0].casefold() == "(c)" and not _YEAR.search(line):
        return None  # the third of a list
    return _OWNER.match(line[owned.end() : LONGEST]) if owned else None


def series_of(line: str, lex: Lexicon) -> Series | None:
    """The series that a line above a title names: "Book Two of The Pier Cycle"."""
    word = lex.division_first.match(line) if len(line) <= LONGEST else None
    if not word or lex.division[word[1].casefold()] not in _WHOLES:
        return None
    rest = line[word.end() :].lstrip()
    number = read_number(rest, lex)
    of = _OF.match(rest, number.end) if number else None
    name = rest[of.end() :] if of else ""
    if not number or not 2 < len(name) <= SERIES_LONGEST or re.search(r"[.,;:]", name):
        return None
    return Series(name, number.value)
