"""Stories of several people that somebody has numbered: "Entry 02 - The Last Bus - Ada Thorn"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from converter.document.patterns import regex
from converter.folders.understood import FolderBook
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.names import is_person
from converter.recognisers.vocabulary import either

LONGEST_NAME = 255  # characters of a file's
FEWEST = 2  # people whose stories lie in one row
FULL_NAME = 2  # words
MOST = 0.6  # of the files of a row that bear a person's name
_COUNTED = regex(rf"({either('files', 'entry')})[\s_.#-]{{0,3}}(\d{{1,4}})(?!\d)[\s._]*[-–—:_.)]?", re.I, LONGEST_NAME)
_PARTING = regex(r"(?:\s+[-–—]\s+|\s*_-_\s*|\s+by\s+)", re.I, LONGEST_NAME)


class Entry(NamedTuple):
    """What the name of such a file says: the row it stands in, its title, its author ("": none)."""

    row: str
    title: str
    author: str


def with_entries(stories: Sequence[str]) -> dict[str, FolderBook]:
    """Those of these files that are stories of several people by their names, each as a book with its title and its
    author. A word for what is handed in stands before their numbers, and a person behind most of their titles."""
    rows: dict[str, dict[str, Entry]] = {}
    for name in stories:
        if entry := _entry(name):
            rows.setdefault(entry.row, {})[name] = entry
    found: dict[str, FolderBook] = {}
    for row in rows.values():
        signed = {name: entry for name, entry in row.items() if entry.author}
        if len({fold(e.author) for e in signed.values()}) >= FEWEST and len(signed) >= MOST * len(row):
            found |= {n: FolderBook((n,), "a story", title=e.title, author=e.author) for n, e in row.items()}
    return found


def _entry(name: str) -> Entry | None:
    stem = name.rpartition(".")[0]
    counted = _COUNTED.match(stem)
    rest = stem[counted.end() :].strip(" _-–—.:") if counted else ""
    if not counted or not rest:
        return None
    partings = list(_PARTING.finditer(rest))
    last = partings[-1] if partings else None
    who = rest[last.end() :].replace("_", " ").strip() if last else ""
    signed = last is not None and len(who.split()) >= FULL_NAME and is_person(who)
    title = rest[: last.start()] if last and signed else rest
    return Entry(fold(counted[1]), title.replace("_", " ").strip(), who if signed else "")
