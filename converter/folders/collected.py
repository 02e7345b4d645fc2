"""Pieces of a magazine's issue or an anthology that are books by themselves: the folder's name is that of the whole.

A reader sees that files are numbered on from 1 and that their names say who wrote each, several people. What the folder
is called is then no author and no site, and stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from converter.document.patterns import regex
from converter.folders.understood import FolderBook
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.file_names import fits_any_folder
from converter.recognisers.metadata.matter_in_names import matter_in_name
from converter.recognisers.metadata.titles_in_names import title_and_person

LONGEST_NAME = 255  # characters of a file's
FEWEST, AUTHORS = 3, 2  # pieces; people who wrote them
_PLACE = regex(r"0{0,2}(\d{1,3})[\s._)-]{1,3}(?=[^\W\d_])", within=LONGEST_NAME)


def with_collection(books: Sequence[FolderBook], folder: str, author: Callable[[str], str]) -> list[FolderBook]:
    """The books of the folder of this name, those with the collection as their series that are pieces of one. `author`
    gives the author whom a file names, folded, or ""."""
    places = {i: place for i, book in enumerate(books) if (place := _place(book))}
    numbers = sorted(places.values())
    if len(numbers) < FEWEST or numbers != list(range(1, len(numbers) + 1)) or fits_any_folder(folder.lower()):
        return list(books)
    authors = [who for i in places if (who := _wrote(books[i], author))]
    if len(set(authors)) < AUTHORS or 2 * len(authors) < len(places):
        return list(books)
    return [
        replace(book, series=folder, series_index=str(places.get(i, "")))
        if (i in places or _is_matter(book)) and not book.series
        else book
        for i, book in enumerate(books)
    ]


def _place(book: FolderBook) -> int:
    """The place that the name of a book's only file gives it; 0 for none."""
    found = _PLACE.match(_stem(book)) if len(book.files) == 1 else None
    return int(found[1]) if found else 0


def _wrote(book: FolderBook, author: Callable[[str], str]) -> str:
    """Who wrote a piece, folded: as its file says, else as its name does behind a dash."""
    return author(book.files[0]) or fold(book.author or title_and_person(_stem(book))[1])


def _is_matter(book: FolderBook) -> bool:
    return len(book.files) == 1 and matter_in_name((book.title or _stem(book)).lower()) is not None


def _stem(book: FolderBook) -> str:
    return book.files[0].rpartition("/")[2].rpartition(".")[0]
