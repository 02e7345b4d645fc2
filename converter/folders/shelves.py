"""Folders that are an author's, and in them folders that are a series: "Ada Thorn/Salt Road/2 - The Weir"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from converter.document.patterns import regex
from converter.folders.understood import FolderBook
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.file_names import fits_any_folder, says_part, series_name
from converter.recognisers.metadata.names import is_person
from converter.recognisers.metadata.parts_in_names import volume_in_name
from converter.recognisers.metadata.titles_in_names import from_file_name, name_turned

LONGEST_NAME = 255  # characters of a file's
FEWEST = 2  # books that make a series, folders that are all called like people
FULL_NAME = 2  # words
ASKED = 24  # books in a folder that is called like a person: one of them may say that it is by that one
HALVES = ("title", "author")
_LIBRARY = regex(r"\s\(\d{1,6}\)$", within=LONGEST_NAME)
_NUMBERED = regex(r"(\d{1,3}(?:\.\d)?)(?:\s*[-–—.:)]\s*|\s+)(?=[^\W\d_])(.+)", within=LONGEST_NAME)


class Shelved(NamedTuple):
    """What the folders above a book tell of it; "" where they tell nothing."""

    author: str = ""
    series: str = ""
    number: str = ""
    title: str = ""


def shelved(books: Sequence[PurePath], folders: frozenset[PurePath]) -> list[Shelved]:
    """What is told of each of these books by its folders. A book is its file without suffix, or the folder that is the
    book (those are `folders`), as a path below what was asked for.

    A folder is a series' when at least two books lie in it, all with a number and a title in their names, and one of
    them is a folder or the folder lies in an author's. Folders beside each other are authors' when all that hold books
    are called like people, and one of them says more: there is a series in it, a book of its title is in another one,
    too, or all have the last name first ("Thorn, Ada").
    """
    rows = _rows(books)
    authors = _authors(books, rows, folders)
    series = {home for home, row in rows.items() if home.parent in authors or any(books[i] in folders for i in row)}
    found = []
    for i, book in enumerate(books):
        author = next((name_turned(p.name) or p.name for p in book.parents if p in authors), "")
        number, title = rows[book.parent][i] if book.parent in series else ("", "")
        found.append(Shelved(author, book.parent.name if number else "", number, title))
    return found


def title_on_shelf(stem: str, around: Sequence[str]) -> str:
    """The title in "Salt Road - Ada Thorn" or "Ada Thorn - Salt Road", as the folders say in which the file lies
    (`around`, the innermost first): one is called as the title, also "Salt Road (13)" as a library's program numbers
    its folders, or as the author. "" where they say nothing."""
    halves = [half.strip() for half in stem.split(" - ", 1)]
    folders = {fold(_LIBRARY.sub("", name)) for name in around} - {""}
    if len(halves) < len(HALVES) or not all(halves):
        return ""
    left, right = (fold(half) in folders for half in halves)
    if left == right:  # both: the book's own folder, which is the inner one, is called as the title
        return next((half for half in halves if left and fold(half) == fold(_LIBRARY.sub("", around[0]))), "")
    named = halves[0 if left else 1]
    by_number = any(fold(_LIBRARY.sub("", name)) == fold(named) and _LIBRARY.search(name) for name in around)
    if by_number:
        return named
    return halves[1 if left else 0] if is_person(named) else ""  # "The Copper Road - Ash Wagon": a series


def on_shelves(
    books: Sequence[FolderBook | None], places: Sequence[PurePath], folders: frozenset[PurePath]
) -> list[FolderBook | None]:
    """The books at these places, each with the author and the series that its folders tell and its name doesn't."""
    told = shelved(places, folders)
    return [_with(book, said) if book else None for book, said in zip(books, told, strict=True)]


def _with(book: FolderBook, said: Shelved) -> FolderBook:
    if said.series and not book.series:
        book = replace(book, series=said.series, series_index=said.number, title=said.title)
    return replace(book, author=said.author) if said.author and not book.author else book


def in_volumes(books: Sequence[FolderBook | None], places: Sequence[PurePath]) -> list[FolderBook | None]:
    """The books at these places, those that are called as volumes with the work as their series: "Salt Road/Volume 1 -
    The Weir" is the first of "Salt Road", and called "The Weir". They are all that lies there, each with a number of
    its own."""
    told = list(books)
    for home, held in _by_homes(places).items():
        row: dict[int, tuple[int, str]] = {}
        for i in held:
            if not home.name or not (volume := volume_in_name(places[i].name.removeprefix(f"{home.name}, "))):
                break
            row[i] = volume
        once = len({number for number, _ in row.values()}) == len(row)
        if len(row) != len(held) or len(row) < FEWEST or not once or fits_any_folder(home.name.lower()):
            continue
        for i, (number, title) in row.items():
            book = books[i]
            if book and not book.series:
                own = (from_file_name(title).title or title) if title else book.title
                told[i] = replace(book, series=home.name, series_index=str(number), title=own)
    return told


def by_their_folders(
    books: Sequence[FolderBook | None], places: Sequence[PurePath], author: Callable[[int], str]
) -> list[FolderBook | None]:
    """The books at these places, those in a folder of several that is called like a person with that one as their
    author, where one of them says so of itself; those in "Ada Thorn - Salt Road", where none says another: `author`
    gives whom the book of this number names, folded, or ""."""
    inside: dict[PurePath, list[int]] = {}
    for home, here in _by_homes(places).items():
        for folder in (home, *home.parents):
            inside.setdefault(folder, []).extend(here)
    told = list(books)
    for folder, unordered in inside.items():
        held = sorted(unordered)
        who, alone = _person_of(folder.name) if len(held) >= FEWEST else ("", False)
        said = {name for i in held[:ASKED] if (name := author(i))} if who else set()
        if not who or (said != {fold(who)} if alone else said - {fold(who)}):
            continue
        for i in held:
            book = told[i]
            if book and not book.author:
                told[i] = replace(book, author=who)
    return told


def _by_homes(places: Sequence[PurePath]) -> dict[PurePath, list[int]]:
    """The numbers of these places, by the folders in which they are."""
    homes: dict[PurePath, list[int]] = {}
    for i, place in enumerate(places):
        homes.setdefault(place.parent, []).append(i)
    return homes


def _person_of(name: str) -> tuple[str, bool]:
    """The person that a folder's name may be of, and whether it says nothing else: "Thorn, Ada", "Ada Thorn - Eels"."""
    if len(name.split()) < FULL_NAME:
        return "", False
    if is_person(name):
        return name_turned(name) or name, True
    parted = from_file_name(name)
    return (parted.authors[0], False) if parted.title and len(parted.authors) == 1 else ("", False)


def _rows(books: Sequence[PurePath]) -> dict[PurePath, dict[int, tuple[str, str]]]:
    """The folders whose books are numbered, each once, with the number and title of each."""
    homes: dict[PurePath, dict[int, tuple[str, str] | None]] = {}
    for i, book in enumerate(books):
        homes.setdefault(book.parent, {})[i] = _numbered(book.name)
    rows = {}
    for home, all_in in homes.items():
        row = {i: named for i, named in all_in.items() if named}
        once = len({number for number, _ in row.values()}) == len(row)
        if len(row) == len(all_in) >= FEWEST and once and home.name and not fits_any_folder(home.name.lower()):
            rows[home] = row
    return rows


def _numbered(name: str) -> tuple[str, str] | None:
    """The number and the title of "2 - The Weir"; also of "Salt Road 2 - The Weir"."""
    if found := _NUMBERED.fullmatch(name):
        number, title = f"{float(found[1]):g}", found[2]
    elif (named := series_name(name)) and named.title:
        number, title = named.number, named.title
    else:
        return None
    return None if says_part(name.lower()) else (number, from_file_name(title).title or title)


def _authors(
    books: Sequence[PurePath], rows: Mapping[PurePath, object], folders: frozenset[PurePath]
) -> frozenset[PurePath]:
    """The folders that are authors'."""
    beside: dict[PurePath, dict[PurePath, list[PurePath]]] = {}
    for book in books:
        for folder in (p for p in book.parents if p.name):
            beside.setdefault(folder.parent, {}).setdefault(folder, []).append(book)
    found: set[PurePath] = set()
    for held in beside.values():
        turned = all(name_turned(folder.name) for folder in held)
        named = turned or all(len(f.name.split()) >= FULL_NAME and is_person(f.name) for f in held)
        if not named or len(held) < FEWEST or held.keys() & rows.keys():
            continue
        if turned or any(row.parent in held for row in rows) or _share_a_title(held, folders):
            found |= held.keys()
    return frozenset(found)


def _share_a_title(held: Mapping[PurePath, Sequence[PurePath]], folders: frozenset[PurePath]) -> bool:
    """Whether two of these folders hold a book of one title, each in a folder of its own: books of one author, or of
    one series, have titles of their own."""
    own = [{b.name.lower() for b in books if b in folders and b.parent == home} for home, books in held.items()]
    titles = [fold(n) for names in own for n in names if not (says_part(n) or fits_any_folder(n) or n.isdecimal())]
    return len(set(titles)) < len(titles)
