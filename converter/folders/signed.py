"""Authors in brackets behind a title: "Salt Road (Ada Thorn)", where something else in the folder says who that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from converter.document.patterns import regex
from converter.folders.understood import FolderBook
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.names import is_person
from converter.recognisers.metadata.titles_in_names import from_file_name

LONGEST_NAME = 255  # characters of a file's
FULL_NAME = 2  # words
_SIGNED = regex(r"([^()]*+)\(([^()]{4,60})\)\Z", within=LONGEST_NAME)


def with_signed(books: Sequence[FolderBook], author: Callable[[str], str]) -> list[FolderBook]:
    """The books, those with title and author whose names have a person behind the title who wrote another book here: by
    that one's name, or by what its file says (`author` gives that, or ""). A name in brackets alone may be a fandom."""
    signed = {i: found for i, book in enumerate(books) if (found := _signed(book))}
    if not signed:
        return list(books)
    others = (book for i, book in enumerate(books) if i not in signed)
    known = {fold(who) for book in others for who in (*_named(book), author(book.files[0])) if who}
    whole = list(books)
    for i, (title, who) in signed.items():
        if fold(who) in known:
            whole[i] = replace(books[i], title=title, author=who)
    return whole


def _signed(book: FolderBook) -> tuple[str, str] | None:
    """The title and the person behind it in a book's name."""
    found = _SIGNED.match(_name(book)) if not (book.title or book.author) else None
    if not found or len(found[2].split()) < FULL_NAME or not is_person(found[2]):
        return None
    title = from_file_name(found[1].strip()).title
    return (title, found[2]) if title else None


def _named(book: FolderBook) -> list[str]:
    """The authors whom a book's name tells."""
    return [book.author, *from_file_name(_name(book)).authors]


def _name(book: FolderBook) -> str:
    return book.files[0].rpartition(".")[0] if len(book.files) == 1 else book.stem
