"""Two works whose chapters lie shuffled in one row of names: each number stands there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.works.rows import RowFile
from converter.recognisers.metadata.copies_in_names import version_name
from converter.recognisers.metadata.extras_in_names import extra_in_name
from converter.recognisers.metadata.file_names import fits_any_story, says_part, without_part
from converter.recognisers.metadata.matter_in_names import matter_in_name
from converter.recognisers.metadata.parts_in_names import part_in_name
from converter.recognisers.vocabulary import listed_words

TWICE = 2  # chapters at which a work is named: what stands at one alone is a chapter's title
_WORDS = regex(r"[^\W\d_]{3}")
_COPY = regex(r"\((\d{1,3})\)$", within=255)
_JOINTS = " ._-–—:,([)]"


class Unshuffled(NamedTuple):
    """One row of chapters, what the files' names call its work, whether it was a close call that it is a row."""

    files: list[RowFile]
    name: str = ""
    unsure: bool = False


def unshuffled(row: Sequence[RowFile]) -> list[Unshuffled]:
    """The rows of chapters in a row of files.

    Where numbers stand twice, what tells the files of one number apart and stands at other numbers, too, names works:
    what their heads call the work, what follows the number in their names ("ch01 Ashwick", "ch01 Bell Hollow"), the
    number that a browser gives to a second file of a name. One row where that does not part all of them.
    """
    if len({f.number for f in row}) == len(row):
        return [Unshuffled(list(row))]
    for says in (_said_inside, _behind_number, _copy_number):
        if parted := _parted(row, {f.at: says(f) for f in row}):
            named, unsure = says is _behind_number, says is _copy_number
            return [Unshuffled(files, name if named else "", unsure) for name, files in parted.items()]
    return [Unshuffled(list(row))]


def _parted(row: Sequence[RowFile], said: Mapping[int, frozenset[str]]) -> dict[str, list[RowFile]]:
    """The files by the work that each names; empty where one names none, or a work would have a number twice."""
    places: dict[str, list[float]] = {}
    for f in row:
        for name in said[f.at]:
            places.setdefault(name, []).append(f.number)
    works = {name: len(at) for name, at in places.items() if len(at) >= TWICE and len(set(at)) == len(at)}
    parted: dict[str, list[RowFile]] = {}
    for f in row:
        if not (own := sorted(said[f.at] & works.keys(), key=lambda name: (-works[name], name))):
            return {}
        parted.setdefault(own[0], []).append(f)
    numbers = [Counter(f.number for f in files) for files in parted.values()]
    return parted if len(parted) > 1 and all(max(counted.values()) == 1 for counted in numbers) else {}


def _said_inside(f: RowFile) -> frozenset[str]:
    """What a file's head calls its work, as far as it can be told from a chapter's title."""
    return frozenset({f.head.title, f.head.own, *f.head.names} - {""})


def _behind_number(f: RowFile) -> frozenset[str]:
    tail = tail_of(f.stem)
    return frozenset({tail} if names_work(tail) else ())


def names_work(tail: str) -> bool:
    """Whether what follows the number in a name may be a work's: no word of a version, a part, front matter."""
    if not _WORDS.search(tail) or version_name(f"x {tail}").marked:
        return False
    return not (says_part(tail) or fits_any_story(tail) or matter_in_name(tail) or extra_in_name(tail))


def tail_of(stem: str) -> str:
    """What a name in small letters has behind its chapter's number: "ashwick" of "part 1 of ashwick"."""
    part = part_in_name(stem)
    tail = (stem[part.end :] if part else without_part(stem).partition("#")[2]).strip(_JOINTS)
    of, blank, work = tail.partition(" ")
    return work.strip() if blank and of in listed_words("files", "of_all") else tail


def _copy_number(f: RowFile) -> frozenset[str]:
    copy = _COPY.search(f.stem)
    return frozenset({copy[1] if copy else "0"})
