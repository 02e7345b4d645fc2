"""Which picture of a folder is the cover of which book: one named like the story, `cover.*` beside one book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from converter.folders.kinds import ending_of
from converter.folders.listing import PICTURES
from converter.folders.understood import FolderBook
from converter.recognisers.vocabulary import listed_words

BEST = (".jpg", ".jpeg", ".png", ".webp")  # of several pictures of one name


def is_picture(name: str) -> bool:
    """Whether a file's ending is a picture's."""
    return ending_of(name) in PICTURES


def with_covers(
    books: Sequence[FolderBook],
    pictures: Sequence[str],
    folder: str,
    shows: Callable[[str, str], bool],
    *,
    alone: bool,
) -> list[FolderBook]:
    """The books, each with the picture that is its cover.

    `folder` is the folder's own name, by which a book of many files is called, too; `alone`: there is one book, and
    `cover.*` is its cover. A picture named like a story is no cover when the story's page `shows` it (asked by the
    story's file and the picture): then it is a part of it.
    """
    if not pictures:
        return list(books)
    by_name = _by_name(pictures)
    called = [name] if alone and (name := _called_cover(by_name)) else []
    return [_with_cover(book, by_name, called, folder, shows) for book in books]


def cover_among(names: Sequence[str]) -> str:
    """The picture of these that is called `cover.*`; "" where none is."""
    return _called_cover(_by_name(names))


def _by_name(pictures: Sequence[str]) -> dict[str, str]:
    """The pictures by what they are called, of several formats the best."""
    by_name: dict[str, str] = {}
    for name in sorted(pictures, key=lambda n: (BEST.index(e) if (e := ending_of(n)) in BEST else len(BEST), n)):
        by_name.setdefault(_stem(name), name)
    return by_name


def _called_cover(by_name: Mapping[str, str]) -> str:
    return next((name for word in listed_words("files", "cover") if (name := by_name.get(word))), "")


def _with_cover(
    book: FolderBook,
    pictures: Mapping[str, str],
    called: Sequence[str],
    folder: str,
    shows: Callable[[str, str], bool],
) -> FolderBook:
    names = [_stem(book.files[0])] if len(book.files) == 1 else [book.stem.lower(), folder.lower()]
    names += [_stem(twin.name) for twin in book.twins if not twin.made]
    like = [pictures[n] for n in names if n in pictures]
    if like and not called and any(shows(file, like[0]) for file in book.files[:1]):
        return book
    cover = next(iter((*called, *like)), "")
    return replace(book, cover=cover) if cover else book


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0].lower()
