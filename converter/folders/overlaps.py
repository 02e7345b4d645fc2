"""Files of a book that have chapters in common, and chapters that none of them has, as far as their heads tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from converter.document.findings.chapters import ChapterMissing
from converter.document.patterns import regex
from converter.folders.called import shared_name
from converter.folders.listing import Look
from converter.folders.understood import FolderBook, Twin
from converter.parsers.works.grouping import numbers_in_names
from converter.parsers.works.heads import FileHead, file_head
from converter.parsers.works.worded import is_matter
from converter.recognisers.metadata.parts_in_names import SEASON, part_in_name

RANGE = regex(r"\d ?[-–] ?\d")  # of chapters, in a name
SEVERAL = 2  # chapters of a file that holds a stretch of a work


def apart(books: Sequence[FolderBook], look: Look) -> tuple[list[FolderBook], dict[str, tuple[Twin, ...]]]:
    """The books, those apart whose files have chapters in common ("Salt 1-5", "Salt 4-9"): bound together they would
    tell them twice. With what is said of such files, by the first that has the chapters."""
    found: list[FolderBook] = []
    doubts: dict[str, tuple[Twin, ...]] = {}
    for book in books:
        heads = [file_head(look.head(name)) for name in book.files] if len(book.files) > 1 else []
        common = _in_common(book.files, heads)
        found += _alone(book, heads, common) if common else [_with_gaps(book, heads)]
        for name, twins in common.items():
            doubts[name] = tuple(twins)
    return found, doubts


def _in_common(files: Sequence[str], heads: Sequence[FileHead]) -> dict[str, list[Twin]]:
    """The files that tell chapters which later ones tell, too, with those."""
    if not any(len(set(h.told)) >= SEVERAL for h in heads) or any(h.part for h in heads):
        return {}
    if _begin_again(files, heads):
        return {}
    common: dict[str, list[Twin]] = {}
    for (one, chapters_of_one), (other, chapters_of_other) in combinations(_chapters_of(files, heads), 2):
        both = sorted(chapters_of_one & chapters_of_other)
        if both and max(len(chapters_of_one), len(chapters_of_other)) >= SEVERAL:
            chapters = f"chapter {both[0]}" if len(both) == 1 else f"chapters {both[0]} to {both[-1]}"
            why = f"{chapters} in both, so they are made apart; `chapbook reconcile` makes one book of them"
            common.setdefault(one, []).append(Twin(other, one, why, made=True))
    return common


def _chapters_of(files: Sequence[str], heads: Sequence[FileHead]) -> list[tuple[str, frozenset[int]]]:
    """The numbers of the chapters that each file tells: by its headings, else by its name ("Salt 4" beside "1-5")."""
    named = numbers_in_names(files)
    return [
        (name, frozenset(head.told or ([int(n)] if n is not None and n < SEASON else [])))
        for name, head, n in zip(files, heads, named, strict=True)
    ]


def _alone(book: FolderBook, heads: Sequence[FileHead], common: dict[str, list[Twin]]) -> list[FolderBook]:
    """The files of a book that have chapters in common: those that hold several of them alone, and what is left as one
    book, where it has each chapter once; else each alone."""
    several = {name for name, told in _chapters_of(book.files, heads) if len(told) >= SEVERAL}
    shared = {name for one, twins in common.items() for name in (one, *(t.name for t in twins))}
    rest = tuple(name for name in book.files if name not in several & shared)
    if len(rest) < SEVERAL:
        return [FolderBook((name,), "a story") for name in book.files]
    alone = [FolderBook((name,), "a story") for name in book.files if name not in rest]
    kept = [head for name, head in zip(book.files, heads, strict=True) if name in rest]
    return [*alone, _with_gaps(replace(book, files=rest, stem=book.stem or shared_name(rest)), kept)]


def _begin_again(files: Sequence[str], heads: Sequence[FileHead]) -> bool:
    """Whether chapters are counted anew in each file, a part that its name numbers: "part1", "part2", not "1-4"."""
    numbers = numbers_in_names(files)
    counted = None not in numbers and len(set(numbers)) == len(files)
    if not counted or any(RANGE.search(name) for name in files):
        return False
    return all(h.told for h in heads) and len({min(h.told) for h in heads}) == 1


def _with_gaps(book: FolderBook, heads: Sequence[FileHead]) -> FolderBook:
    """The book with what is to be said of chapters that are missing between its files. Their numbers are those of
    their headings, else those in their titles, or in their names where nothing else orders them."""
    if not heads or any(h.part or h.chapters > 1 for h in heads):
        return book
    matter = [is_matter(name.rpartition(".")[0].lower()) for name in book.files]
    numbers = _numbers(book, heads, matter)
    rows = [(int(n), name) for n, name in zip(numbers, book.files, strict=True) if n is not None and n < SEASON]
    bare = len(rows) < len(book.files) and numbers[0] is None and not matter[0]  # "Salt", "Salt part 2"
    return replace(book, remarks=(*book.remarks, *_missing(rows, int(bare), _total(book.files, heads))))


def _numbers(book: FolderBook, heads: Sequence[FileHead], matter: Sequence[bool]) -> list[float | None]:
    """The chapter's number of each file; where headings number chapters, front and back matter has none."""
    named = numbers_in_names([] if book.ordered else book.files) or [None] * len(heads)
    pieces = [head.piece for head in heads]
    named = [p.number if p else None for p in pieces] if any(pieces) else named
    numbers = [float(h.number) if h.number is not None else n for h, n in zip(heads, named, strict=True)]
    if not any(h.number is not None for h in heads):
        return numbers
    return [  # "05 Epilogue" is no chapter 5
        None if aside and h.number is None else n for n, h, aside in zip(numbers, heads, matter, strict=True)
    ]


def _missing(rows: Sequence[tuple[int, str]], first: int, total: int) -> Iterator[str]:
    """What is to be said of numbers that are missing in a row of files, each with its number: behind `first`, and up to
    `total`."""
    for (before, _), (number, name) in zip([(first, ""), *rows], rows, strict=False):
        if number > before + 1:
            yield ChapterMissing(before or None, number, name.rpartition(".")[0]).message
    if rows and rows[-1][0] < total:
        yield ChapterMissing(rows[-1][0], total, rows[-1][1].rpartition(".")[0], total=total).message


def _total(files: Sequence[str], heads: Sequence[FileHead]) -> int:
    """Of how many parts these are by their titles, else by their names: 6 of "Salt 1 of 6"; 0 where they don't say, or
    do not agree."""
    parts = (part_in_name(name.rpartition(".")[0].lower()) for name in files)
    told = {head.piece.total for head in heads if head.piece} - {0}
    totals = told or {part.total for part in parts if part} - {0}
    return totals.pop() if len(totals) == 1 else 0
