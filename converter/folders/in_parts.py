"""A novel whose parts are folders: "Part One - Snow", "Part Two - Thaw", with chapters that are numbered on through, or
anew in each part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from converter.folders.listing import Look
from converter.folders.manuscript import (
    Sides,
    Tree,
    bare,
    files_in,
    part_name,
    part_number,
    rank,
    sides_of,
    told_in,
    twins_in,
)
from converter.folders.understood import FolderBook
from converter.parsers.works.grouping import numbers_in_names
from converter.parsers.works.heads import file_head
from converter.recognisers.metadata.matter_in_names import matter_in_name
from converter.recognisers.metadata.parts_in_names import volume_in_name

FEWEST = 2  # parts
WHY = "parts of a novel in folders, whose chapters are numbered on from folder to folder"
ANEW = "parts of a novel in folders, each with its chapters from the first one on"


def novel_in_parts(tree: Tree, look: Look) -> FolderBook | None:
    """The book that a folder and those in it are, its files with their paths below it; None where no folders there are
    its parts, their chapters do not go on from one to the next, or several people have written what is in them. What
    stands before and behind the parts, in folders and beside them, is the book's, too; other stories are not."""
    numbered = {name: number for name in tree.folders if (number := part_number(name))}
    parts = sorted(numbered, key=numbered.__getitem__)
    if len(parts) < FEWEST or [numbered[name] for name in parts] != list(range(1, len(parts) + 1)):
        return None
    inside = [[f"{part}/{file}" for file in files_in(tree.folders[part])] for part in parts]
    chapters = [file for row in inside for file in row]
    through = _goes_on(chapters)
    anew = all(map(_goes_on, inside)) and not any(map(_is_volume, parts))
    if len(chapters) <= FEWEST or not (through or anew):
        return None
    sides = sides_of(tree.folders)
    before, behind = _around(tree, sides)
    files = (*before, *chapters, *behind)
    if len({author for file in files if (author := file_head(look.first(file)).author)}) > 1:
        return None
    about = told_in(tree, (*sides.front, *sides.back), look)
    twins = tuple(twins_in(tree, (*sides.front, *parts, *sides.back)))
    named = tuple(part_name(file) for file in files)
    stem, why = about.title if about else "", WHY if through else ANEW
    return FolderBook(files, why, stem, twins=twins, about=about, ordered=True, parts=named)


def _is_volume(folder: str) -> bool:
    """Whether a folder is called like a book of its own, of a series: "Book Two", "Volume 2"."""
    return volume_in_name(bare(folder)[1]) is not None


def _around(tree: Tree, sides: Sides) -> tuple[list[str], list[str]]:
    """The files that stand before the parts of a book and behind them: in folders, and beside the parts."""
    loose = sorted((f for b in tree.understood.books if len(b.files) == 1 for f in b.files), key=rank)
    front, back = (
        [f"{d}/{f}" for d in names for f in files_in(tree.folders[d])] for names in (sides.front, sides.back)
    )
    return [*front, *(f for f in loose if _side(f) < 0)], [*(f for f in loose if _side(f) > 0), *back]


def _goes_on(chapters: Sequence[str]) -> bool:
    """Whether the numbers in these chapters' names go up from the first to the last one, each by one; front and back
    matter of a part has none."""
    told = [file.rpartition("/")[2] for file in chapters]
    numbers = numbers_in_names([name for name in told if not _side(name)])
    known = [n for n in numbers if n is not None]
    return 0 < len(known) == len(numbers) and all(b == a + 1 for a, b in pairwise(known)) and known[0] <= 1


def _side(file: str) -> int:
    """Whether a file stands before the chapters by its name (-1), or behind them (1); 0 for others."""
    matter = matter_in_name(bare(file.rpartition(".")[0])[1])
    return matter.place if matter else 0
