"""Files whose names form a row: whether they are the chapters of one work, or stories of their own.

Strategy: as a careful person tells it. Heads that contradict each other (another author, another title) are of
different works, and so are files that begin again at chapter 1 or say "The End" each. What is left belongs together
when something says so: a chapter's word in the names, headings that count on, one title in all, a name that all share.
Numbers before names that differ say little, and nothing where each file brings a title of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.document.findings.works import WorkUnsure
from converter.parsers.works.heads import FileHead
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.copies_in_names import is_counted_copy
from converter.recognisers.metadata.extras_in_names import extra_in_name
from converter.recognisers.metadata.file_names import (
    fits_any_row,
    fits_any_story,
    is_frame,
    says_part,
    series_name,
    without_part,
)

ROW = 3  # files that differ in a number alone
HEADED_SHARE = 0.6  # of the files: a first chapter may have no title, an epilogue no number
LETTERS = 3  # of a word


class RowFile(NamedTuple):
    """One file of a row: its place among all, its name without suffix and work, its number, what its head says."""

    at: int
    stem: str
    number: float
    head: FileHead
    long: bool = False  # as a book, not as a chapter
    dated: bool = False  # its number is a day; its name is given without that


class Work(NamedTuple):
    """Files that are one work, why, and what is to be said about it where that was a close call."""

    files: tuple[int, ...]
    doubt: WorkUnsure | None = None
    why: str = ""
    remarks: tuple[str, ...] = ()  # what else is doubtful
    title: str = ""  # what its files call it in a field
    ordered: bool = False  # its files say their order


class Belonging(NamedTuple):
    """Whether files are one work, whether that was a close call, and why they are."""

    together: bool
    unsure: bool = False
    why: str = ""


def works_in_row(row: Sequence[RowFile], prefix: str, *, of_work: bool = False) -> list[Work]:
    """The works in a row of files; `prefix` is what their names have before the numbers, `of_work` says that titles of
    their own are chapters' titles, for something names the work that they are."""
    named = worded([f.stem for f in row])
    row = [f._replace(head=f.head._replace(own="")) for f in row] if of_work else row
    files = _in_order(row, named=named)
    one_hand = len({f.head.author for f in files if f.head.author}) <= 1
    parts = _by_head(files, titles_tell=not (one_hand and (named or _counts_on(files))))
    close = len(parts) > 1 and one_hand
    works: list[Work] = []
    for part in parts:
        runs = [part] if named else _runs(part)
        close = close or len(runs) > 1
        for run in runs:
            found = _belong(run, prefix, named=named)
            if found.together:
                doubt = WorkUnsure(len(run), "one work") if found.unsure else None
                works.append(Work(tuple(f.at for f in run), doubt, found.why))
            else:
                works += [Work((f.at,)) for f in run]
                close = close or found.unsure
    if close and not _stories(files):
        first = min(range(len(works)), key=lambda i: works[i].files)
        works[first] = works[first]._replace(doubt=WorkUnsure(len(files), "stories"))
    return works


def _in_order(row: Sequence[RowFile], *, named: bool) -> list[RowFile]:
    """The files by the numbers in their names; by those in their headings where the names count downloads alone."""
    if not named and _each_numbered(row):
        return sorted(row, key=lambda f: f.number if f.head.number is None else f.head.number)
    return sorted(row, key=lambda f: (f.number, extra_in_name(f.stem) is not None))  # "Chapter 2 omake": behind it


def _stories(files: Sequence[RowFile]) -> bool:
    """Whether these files are stories on the face of it: most begin or end one, or two have several chapters."""
    framed = sum(_begins(f) or f.head.over for f in files)
    return framed >= HEADED_SHARE * len(files) or sum(f.head.chapters > 1 for f in files) > 1


def _by_head(files: Sequence[RowFile], *, titles_tell: bool) -> list[list[RowFile]]:
    """The files by author and title; one that says neither goes on with the one before it."""
    parts: dict[tuple[str, str], list[RowFile]] = {}
    author = title = ""
    for f in files:
        if f.head.author and f.head.author != author:
            author, title = f.head.author, f.head.title
        elif f.head.title:
            title = f.head.title
        parts.setdefault((author, title if titles_tell else ""), []).append(f)
    first = next(iter(parts))
    if first == ("", "") and len(parts) == 2:  # the head of the work is not in its first file
        parts[next(reversed(parts))][:0] = parts.pop(first)
    return list(parts.values())


def _begins(f: RowFile) -> bool:
    """Whether a file begins at chapter 1, and not within "Part Two" of what the files before it tell."""
    unsigned = not (f.head.title or f.head.author or f.head.over)
    return f.head.number == 1 and not (f.head.part > 1 and unsigned)


def _runs(files: Sequence[RowFile]) -> list[list[RowFile]]:
    """Parted where a file begins again at chapter 1, and behind one that says "The End"."""
    runs: list[list[RowFile]] = []
    ended = True
    for f in files:
        if ended or (_begins(f) and any(g.head.number is not None for g in runs[-1])):
            runs.append([])
        runs[-1].append(f)
        ended = f.head.over
    return runs


def _belong(files: Sequence[RowFile], prefix: str, *, named: bool) -> Belonging:
    """Whether these files are one work."""
    if len(files) < 2:
        return Belonging(False)
    own = {f.head.own for f in files if f.head.own}
    titled = len(own) >= HEADED_SHARE * len(files)
    titles = [f.head.title for f in files if f.head.title]
    if _counts_on(files):
        return Belonging(True, why="the numbers in their headings go on from file to file")
    if named:
        unsure = len(set(titles)) > 1 or sum(map(_begins, files)) > 1 or sum(f.head.over for f in files) > 1
        return Belonging(True, unsure, "their names say that they are chapters")
    if _called_alike(files):
        return Belonging(True, why="all are called alike but for a number")
    if apart := _apart(files, prefix):
        return Belonging(False, apart == "perhaps")
    if len(titles) > 1 and len(set(titles)) == 1:
        return Belonging(True, why="all bear one title, and their names differ in a number")
    if not _is_row(files, prefix):
        return Belonging(False)
    if titled and len(own) == len(files) and fits_any_row(prefix):
        return Belonging(False, unsure=True)
    if reason := _differ(files, prefix):
        return Belonging(True, titled, reason)
    return Belonging(not titled, True, "their names are numbered in a row")


def _differ(files: Sequence[RowFile], prefix: str) -> str:
    """In what alone the names of these files differ, as a reason; "" where more does."""
    if files[0].dated and len({f.stem for f in files}) == 1:
        return "their names differ in a date alone"
    return (
        ""
        if not prefix and any(_words(without_part(f.stem)) for f in files)
        else "their names differ in a number alone"
    )


def _apart(files: Sequence[RowFile], prefix: str) -> str:
    """Whether these are works of their own by what they are called and by their names: "surely", "perhaps", else "".

    The numbers that a browser gives to files of one name ("view (3)") count nothing where each calls itself another."""
    called = {f.head.called or f.head.own for f in files} - {""}
    if len(called) == len(files) and all(is_counted_copy(f.stem) for f in files):
        return "perhaps"
    return (_volumes(files) if prefix else "") or ("perhaps" if _are_far_apart(files) else "")


def _volumes(files: Sequence[RowFile]) -> str:
    """Whether these are books of a series by their names, "Ashfall 2 - The Forge": "surely" where they are long or
    a word says so, "perhaps" where they may be chapters ("02" numbers chapters), else ""."""
    names = [series_name(f.stem) for f in files]
    if any(n is None for n in names):
        return ""
    if all(n.worded for n in names if n):
        return "surely"
    if not all(f.long for f in files) and len({(n.series, fold(n.title)) for n in names if n}) == 1:
        return ""  # "Letter 3 to Edwin", "The Weir _ Page 3 _ Forum": in the number alone
    if not all(n.title for n in names if n):
        return ""
    if all(f.long for f in files):
        return "surely"
    return "" if any(n.padded for n in names if n) else "perhaps"


def _counts_on(files: Sequence[RowFile]) -> bool:
    """Whether the chapters' numbers go up from file to file; front and back matter has none."""
    numbers = [f.head.number for f in files if f.head.number is not None]
    return len(numbers) > 1 and len(numbers) >= HEADED_SHARE * len(files) and all(a < b for a, b in pairwise(numbers))


def _called_alike(files: Sequence[RowFile]) -> bool:
    """Whether the heads of these files name one work, and each another part of it; a file may be empty."""
    told = [f for f in files if not f.head.empty]
    works = {f.head.work for f in told}
    apart = len({f.head.own for f in told}) == len(told) or _each_numbered(told)
    return len(told) > 1 and len(works) == 1 and works != {""} and apart


def _each_numbered(files: Sequence[RowFile]) -> bool:
    """Whether each of these files but the empty ones is one chapter, of another number."""
    told = [f for f in files if not f.head.empty]
    numbers = [f.head.number for f in told if f.head.number is not None and f.head.chapters == 1]
    return len(set(numbers)) == len(told) > 0


def _is_row(files: Sequence[RowFile], prefix: str) -> bool:
    """Whether numbers in names count chapters: each once, no years, nor the numbers of a catalogue, nor "story 1". Days
    do as they are; of letters with the same words beside their days two are enough."""
    if all(f.dated for f in files):
        letters = all(f.head.letter for f in files) and len({f.stem for f in files}) == 1
        return (letters or len(files) >= ROW) and not fits_any_story(prefix)
    numbers = [f.number for f in files if f.number != float("inf")]
    if not numbers or max(numbers) > 10 * len(files) + 20 or len(set(numbers)) < len(numbers):
        return False
    return len(files) >= ROW and not fits_any_story(prefix)


def _are_far_apart(files: Sequence[RowFile]) -> bool:
    """Whether nothing says that files of one title are chapters: their names differ in words, their numbers lie far
    apart, and few heads bring a chapter's number or title."""
    numbers = [f.number for f in files if f.number != float("inf")]
    far = len(numbers) > 1 and max(numbers) - min(numbers) > 10 * len(files) + 20
    differ = len({without_part(f.stem) for f in files if _words(without_part(f.stem))}) == len(files)
    headed = sum(bool(f.dated or f.head.own or f.head.number is not None) for f in files)
    alike = len({f.head.title for f in files}) == 1
    return alike and far and differ and headed < HEADED_SHARE * len(files)


def worded(stems: Sequence[str]) -> bool:
    """Whether these names, in small letters, say that they are chapters: most of them, or one is a prologue."""
    return sum(map(says_part, stems)) >= HEADED_SHARE * len(stems) or any(map(is_frame, stems))


def _words(stem: str) -> bool:
    return bool(re.search(rf"[^\W\d_]{{{LETTERS},}}", stem))


def contradict(heads: Sequence[FileHead], stems: Sequence[str]) -> bool:
    """Whether these files, given in their order, can't be one book by what they say: they have different authors, or
    titles of their own and nothing that says that they are chapters."""
    if len({h.author for h in heads if h.author}) > 1:
        return True
    files = [RowFile(i, stem, float(i), head) for i, (stem, head) in enumerate(zip(stems, heads, strict=True))]
    if worded(stems) or _counts_on(files):
        return False
    titles = {h.title for h in heads if h.title}
    return len(titles) > 1 and len(titles) >= HEADED_SHARE * len(files)
