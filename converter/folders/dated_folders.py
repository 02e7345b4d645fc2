"""A serial whose parts lie in folders by year and month, as blogs keep their posts: "2019/11/the-mill-part-1.html"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from converter.folders.called import shared_name
from converter.folders.kinds import ending_of
from converter.folders.listing import Look
from converter.folders.manuscript import Tree
from converter.folders.understanding import works_in
from converter.folders.understood import FolderBook
from converter.parsers.works.by_titles import PIECES
from converter.parsers.works.grouping import numbers_in_names, work_in_name
from converter.parsers.works.rows import Work
from converter.recognisers.metadata.dates_in_names import undated
from converter.recognisers.metadata.file_names import fits_any_row
from converter.recognisers.metadata.periods_in_names import period_in_name

INDEX = "index"  # the page of a post that has a folder of its own
WHY = "parts of one serial in folders by date"
FEWEST = 2  # parts, and folders
SECOND = 2  # the number of the first part that bears one, behind one without


class _Post(NamedTuple):
    """A post's path below the folder, what it is called without folders, and the book that it is (or is part of)."""

    path: str
    name: str
    book: FolderBook


def is_period(folder: str, around: str) -> bool:
    """Whether a folder is called after a year, a month or a day; after a number alone where that around it is so."""
    sort = period_in_name(folder)
    return sort == "dated" or (sort == "counted" and period_in_name(around) != "")


def serials_by_date(tree: Tree, name: str, look: Look) -> list[FolderBook]:
    """The serials in the folders by date that lie in the folder of this name, their files with the paths below it: what
    is one work by the names of its files, or by their titles where the names are numbers, and lies in two such folders
    at least. All other posts are what they are. `look` looks into files by such paths."""
    groups: dict[str, list[_Post]] = {}
    for post in _posts(tree, name):
        groups.setdefault(_work_of(post.name), []).append(post)
    found = (book for work, posts in groups.items() for book in _serials(work, posts, look))
    return sorted(found, key=lambda book: book.files)


def _posts(tree: Tree, around: str, above: str = "") -> Iterator[_Post]:
    """The posts in the folders by date below a folder, in the order of their paths."""
    for folder, inner in sorted(tree.folders.items()):
        path = f"{above}{folder}/"
        if is_period(folder, around):
            yield from (_Post(path + f, _called(f), book) for book in inner.understood.books for f in book.files)
            yield from _posts(inner, folder, path)
        elif above and len(inner.understood.books) == 1:
            (book,) = inner.understood.books
            (first, *more) = book.files
            if not more and first.rpartition(".")[0].lower() == INDEX:
                yield _Post(path + first, _called(f"{folder}{ending_of(first)}"), book)


def _called(name: str) -> str:
    """A post's name without the day that stands in it beside a part's number."""
    stem, dot, ending = name.rpartition(".")
    return f"{undated(stem.lower())}{dot}{ending}"


def _work_of(name: str) -> str:
    """The work that a post's name says; "" where it is a number alone."""
    stem = name.rpartition(".")[0]
    return work_in_name(stem) if any(map(str.isalpha, stem)) else ""


def _serials(work: str, posts: Sequence[_Post], look: Look) -> Iterator[FolderBook]:
    """The serials among posts whose names say this work."""
    folders = {post.path.rpartition("/")[0] for post in posts}
    if len(posts) < FEWEST or len(folders) < FEWEST or fits_any_row(work):
        return
    if work and not _each_once([post.name for post in posts]):
        return
    for found in works_in([p.path for p in posts], (), look, [p.name for p in posts]):
        parts = [posts[i] for i in found.files]
        if _is_serial(found, parts, by_names=work != ""):
            files = tuple(part.path for part in parts)
            stem = found.title or shared_name([part.name for part in parts])
            yield FolderBook(files, f"{WHY}; {found.why}", stem, found.doubt, title=found.title, ordered=True)


def _each_once(names: Sequence[str]) -> bool:
    """Whether each of these names says a part, by a word or a number, and no two the same; the first one may say
    none."""
    numbers = numbers_in_names(names)
    known = [number for number in numbers if number is not None]
    bare = len(numbers) - len(known)
    return len(set(known)) == len(known) > 0 and (not bare or (bare == 1 and min(known) == SECOND))


def _is_serial(found: Work, parts: Sequence[_Post], *, by_names: bool) -> bool:
    """Whether a work is several posts, in several folders, and of what is a book in one of these nothing is missing."""
    whole = {name for part in parts for name in (_beside(part, file) for file in part.book.files)}
    several = len({part.path.rpartition("/")[0] for part in parts}) >= FEWEST
    told = by_names or found.why == PIECES
    return several and told and len(whole) == len(parts)


def _beside(part: _Post, file: str) -> str:
    return f"{part.path.rpartition('/')[0]}/{file}"
