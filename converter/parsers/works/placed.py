"""Files that say in fields which work they are from, and where in it they stand: "book: The Weir", "chapter: 2"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from converter.document.findings.works import WorkUnsure
from converter.parsers.works.dates import dated_files
from converter.parsers.works.heads import FileHead
from converter.parsers.works.rows import ROW, Work
from converter.parsers.works.titles import fold
from converter.recognisers.headings.words import lexicon, read_number
from converter.recognisers.vocabulary import listed_words

FRONT = b"---"
FIELDS = 600  # bytes in which a text without front matter says such things
FEWEST = 2  # files that name one book
PART = 10_000  # more than a part has chapters
_ENTRY = re.compile(r"[*_]{0,2}([^\W\d_][\w \-]{0,24}?)[*_]{0,2}[ \t]*:[*_]{0,2}[ \t]*(\S.*)$")
_NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,2})?")
_LETTER = re.compile(r"[^\W\d_]")


class Place(NamedTuple):
    """The work that a file names ("": none), its place there (None: it says none), and whether that is a chapter's
    number, and no weight by which some program sorts files; `serial`: it only names a series, whose books may be
    numbered so, too."""

    work: str = ""
    number: float | None = None
    chapter: bool = False
    serial: bool = False


UNPLACED = Place()


def place_in(first: bytes) -> Place:
    """What the first bytes of a file say of its place: between two lines `---`, or, both the work and the place, in
    lines at its very top."""
    front = first.removeprefix(b"\xef\xbb\xbf").startswith(FRONT)
    if not front and b":" not in first[:FIELDS]:
        return UNPLACED
    lines = first[: None if front else FIELDS].decode("utf-8-sig", "replace").splitlines()
    said = _entries(lines[1:] if front else lines, front=front)
    work = next((said[key] for key in listed_words("files", "work_fields") if key in said), "")
    work = work if _LETTER.search(work) else ""
    part, chapter = _said(said, "part_fields"), _said(said, "chapter_fields")
    number = _place(said, part, chapter)
    if not front and (not work or number is None):
        return UNPLACED
    series = "" if work or not front else _series(said, counted=part is not None or chapter is not None)
    return Place(work or series, number, chapter is not None, bool(series))


def _place(said: Mapping[str, str], part: float | None, chapter: float | None) -> float | None:
    """The place of a chapter in its part, of a scene in its chapter, or what programs sort by; None for none."""
    scene = _said(said, "scene_fields")
    number = chapter if part is None or chapter is None else part * PART + chapter
    number = next((n for n in (number, part, _said(said, "weight_fields")) if n is not None), None)
    return number if scene is None else (number or 0) + scene / PART


def _series(said: Mapping[str, str], *, counted: bool) -> str:
    """The series that a file names which says its part of it; else ""."""
    return next((name for name in _values(said, "series_fields") if counted and _LETTER.search(name)), "")


def _entries(lines: Sequence[str], *, front: bool) -> dict[str, str]:
    """The fields of front matter up to its end, or of the lines at the top of a text, up to one that is none."""
    said: dict[str, str] = {}
    for line in lines:
        entry = _ENTRY.match(line)
        if entry:
            said.setdefault(" ".join(re.split(r"[\s_-]+", entry[1].lower())), entry[2].strip(" \t\"'[]*_"))
        elif (line.startswith("---") or line.rstrip() == "...") if front else line.strip():
            break
    return said


def _number(value: str) -> float | None:
    """The number in "2", "Chapter 2.5", "II", "two"; None where there is none."""
    if digits := _NUMBER.search(value):
        return float(digits[0])
    number = read_number(value, lexicon("en"))
    return float(number.value) if number and number.end == len(value) else None


def _said(said: Mapping[str, str], fields: str) -> float | None:
    """The number that one of these fields says."""
    return next((number for value in _values(said, fields) if (number := _number(value)) is not None), None)


def _values(said: Mapping[str, str], fields: str) -> list[str]:
    """What these fields say."""
    return [said[key] for key in listed_words("files", fields) if key in said]


def with_placed(
    works: Sequence[Work], places: Mapping[int, Place], names: Sequence[str], read: Callable[[int], FileHead]
) -> list[Work]:
    """The works; files that name one are it, in the order that they say, and so are several that only say which
    chapters they are, each another: a close call where other stories lie beside them. `places` is what files say."""
    groups: dict[str, list[int]] = {}
    for i, place in places.items():
        if place.work or place.chapter:
            groups.setdefault(fold(place.work), []).append(i)
    found = [one for files in groups.values() if (one := _one_work(files, places, names, read))]
    taken = {i for work in found for i in work.files}
    rest = (work._replace(files=tuple(i for i in work.files if i not in taken)) for work in works)
    return [*found, *(work for work in rest if work.files)] if found else list(works)


def _one_work(
    files: Sequence[int], places: Mapping[int, Place], names: Sequence[str], read: Callable[[int], FileHead]
) -> Work | None:
    """The work of these files, which name the same one or none; None where they are by several people, or too few."""
    named = bool(places[files[0]].work)
    each_once = len({places[i].number for i in files} - {None}) == len(files)
    if any(places[i].serial for i in files) and not _are_instalments(files, places, names, read):
        return None
    few = len(files) < (FEWEST if named else ROW)
    if few or not (named or each_once) or len({author for i in files if (author := read(i).author)}) > 1:
        return None
    row = tuple(sorted(files, key=lambda i: (_rank(places[i]), names[i])))
    why = "they say which chapters of one book they are" if named else "they say which chapters they are"
    doubt = WorkUnsure(len(row), "one work") if not named and len(row) < len(names) else None
    return Work(row, doubt, why, title=places[row[0]].work, ordered=each_once)


def _are_instalments(
    files: Sequence[int], places: Mapping[int, Place], names: Sequence[str], read: Callable[[int], FileHead]
) -> bool:
    """Whether files that name a series and parts of it are the instalments of a serial, and no books of a series: a
    day stands in each name, as in those of posts, or each says its chapter; none has several, and no part is there
    twice."""
    dated = len(dated_files([names[i].rpartition(".")[0].lower() for i in files])) == len(files)
    once = len({places[i].number for i in files}) == len(files) >= ROW
    return once and (dated or all(places[i].chapter for i in files)) and all(read(i).chapters <= 1 for i in files)


def _rank(place: Place) -> float:
    return float("inf") if place.number is None else place.number
