"""Files of a book that have chapters in common, and chapters that none of them has, as far as their heads tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from converter.document.findings.chapters import ChapterMissing
from converter.document.patterns import regex
from converter.folders.listing import Look
from converter.folders.understood import FolderBook, Twin
from converter.parsers.works.grouping import numbers_in_names
from converter.parsers.works.heads import FileHead, file_head
from converter.recognisers.metadata.parts_in_names import SEASON

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
        found += [FolderBook((name,), "a story") for name in book.files] if common else [_with_gaps(book, heads)]
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
    for (one, head), (other, later) in combinations(zip(files, heads, strict=True), 2):
        both = sorted(set(head.told) & set(later.told))
        if both and max(len(set(head.told)), len(set(later.told))) >= SEVERAL:
            chapters = f"chapter {both[0]}" if len(both) == 1 else f"chapters {both[0]} to {both[-1]}"
            why = f"{chapters} in both, so they are made apart; `chapbook reconcile` makes one book of them"
            common.setdefault(one, []).append(Twin(other, one, why, made=True))
    return common


def _begin_again(files: Sequence[str], heads: Sequence[FileHead]) -> bool:
    """Whether chapters are counted anew in each file, a part that its name numbers: "part1", "part2", not "1-4"."""
    numbers = numbers_in_names(files)
    counted = None not in numbers and len(set(numbers)) == len(files)
    if not counted or any(RANGE.search(name) for name in files):
        return False
    return all(h.told for h in heads) and len({min(h.told) for h in heads}) == 1


def _with_gaps(book: FolderBook, heads: Sequence[FileHead]) -> FolderBook:
    """The book with what is to be said of chapters that are missing between its files. Their numbers are those of
    their headings, else those in their names."""
    if not heads or any(h.part or h.chapters > 1 for h in heads):
        return book
    named = numbers_in_names(book.files)
    numbers = [float(h.number) if h.number is not None else n for h, n in zip(heads, named, strict=True)]
    rows = [(int(n), name) for n, name in zip(numbers, book.files, strict=True) if n is not None and n < SEASON]
    bare = len(rows) < len(book.files) and numbers[0] is None  # "Salt", "Salt part 2"
    remarks = []
    for (before, _), (number, name) in zip([(int(bare), ""), *rows], rows, strict=False):
        if number > before + 1:
            remarks.append(ChapterMissing(before or None, number, name.rpartition(".")[0]).message)
    return replace(book, remarks=(*book.remarks, *remarks))
