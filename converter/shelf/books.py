"""The books of a shelf: one, all, those by an author, those that somebody searches for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from converter.document.record import dataclass
from converter.recognisers.language.detection import UNKNOWN
from converter.shelf.searching import searched
from converter.shelf.sorting import Letter, Sort, initial, letters_of, name_key, plain_key
from converter.shelf.store import Store
from converter.shelf.sync.progress import DONE

PAGE = 60  # books on a page
MOST_NUMBER = (1 << 63) - 1  # that a database keeps
_COLUMNS = (
    "id, source, title, authors, series, series_index, language, summary, tags, contents, words, chapters, doubts, "
    "cover, added, changed, arrival"
)
_ORDERS: dict[Sort, str] = {
    "title": "by_title, id", "author": "by_author, by_title, id", "longest": "words DESC, id",
    "series": "by_series, CAST(series_index AS REAL), by_title, id",
}  # fmt: skip
_SAID = f"language NOT IN ('', '{UNKNOWN}')"  # of a story too short to tell nobody knows its language
Kind = Literal["author", "series", "tag", "language"]
FacetKind = Literal["author", "tag", "language"]


@dataclass(frozen=True, slots=True)
class BookFile:
    """One file of a book: its format, where it lies below the folder of the books, the digest and size of its bytes."""

    format: str
    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Book:
    """A book on the shelf. `contents` are its chapters' titles; `cover` is the digest of its small picture, ""
    for none; times in seconds since 1970; `arrival` is higher the later it came, or changed; `published` is a day
    ("2011-05-04"), a month, a year or ""."""

    id: int
    source: str
    title: str
    authors: tuple[str, ...]
    series: str
    series_index: str
    language: str
    summary: str
    tags: tuple[str, ...]
    contents: tuple[str, ...]
    words: int
    chapters: int
    doubts: int
    cover: str
    added: int
    changed: int
    arrival: int
    files: tuple[BookFile, ...] = ()
    published: str = ""
    publisher: str = ""

    @property
    def by(self) -> str:
        """The names of its authors in one line."""
        return ", ".join(self.authors)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: words that are searched for, and an author, a series, a tag or a language; books
    with doubts alone, those that `reader` did not begin to read, or reads; of each series only the book that came last,
    where they are `stacked`. `before` is what the page before gave as `more`, 0 for the first page. Sorted
    in any way but the newest first, series are never stacked: who looks for a title finds it under its letter."""

    words: str = ""
    author: str = ""
    series: str = ""
    tag: str = ""
    language: str = ""
    doubtful: bool = False
    before: int = 0
    most: int = PAGE
    unread: bool = False
    begun: bool = False
    stacked: bool = False
    reader: str = ""
    sort: Sort = ""

    @property
    def is_counted(self) -> bool:
        """Whether `before` counts the books before the page; else it is the arrival of the last of them."""
        return bool(self.series or self.sort)

    def of(self, facet: FacetKind, name: str) -> Asked:
        """The first page of those of this author, tag or language; "" for any."""
        if facet == "author":
            return replace(self, before=0, author=name)
        return replace(self, before=0, tag=name) if facet == "tag" else replace(self, before=0, language=name)


@dataclass(frozen=True, slots=True)
class Page:
    """Some books, the newest first, those of one series in its order, or as they are sorted. `more` is what the next
    page is asked for with, 0 where there is none."""

    books: tuple[Book, ...]
    more: int


class Books:
    """What a store knows of its books."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def get(self, number: int) -> Book | None:
        """The book of this number."""
        if number > MOST_NUMBER:
            return None
        row = self.store.one(f"SELECT {_COLUMNS} FROM books WHERE id = ?", (number,))
        return self._book(row) if row else None

    def page(self, asked: Asked) -> Page:
        """The books that are asked for, in the order that is."""
        where, values = _conditions(asked)
        plain = "CAST(series_index AS REAL), arrival" if asked.series else "arrival DESC"
        order = _ORDERS.get(asked.sort, plain)
        over = asked.before if asked.is_counted else 0
        rows = self.store.asked(
            f"SELECT {_COLUMNS} FROM books WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
            (*values, asked.most + 1, over),
        )
        books = self._with_files(rows[: asked.most])
        last = over + asked.most if asked.is_counted else books[-1].arrival if books else 0
        return Page(books, last if len(rows) > asked.most else 0)

    def count(self, asked: Asked | None = None) -> int:
        """How many books there are, or how many are asked for."""
        where, values = _conditions(asked) if asked else ("1", ())
        row = self.store.one(f"SELECT COUNT(*) FROM books WHERE {where}", values)
        return int(row[0]) if row else 0

    def names(self, kind: Kind) -> list[tuple[str, int]]:
        """All authors, series, tags or languages with the number of their books, by name: authors as libraries file
        them."""
        key = name_key if kind == "author" else plain_key
        return sorted(self.counted(kind), key=lambda row: key(row[0]))

    def counted(self, kind: Kind) -> list[tuple[str, int]]:
        """The same in no order that is for people."""
        asked = {
            "author": "SELECT name, COUNT(*) FROM people GROUP BY name",
            "tag": "SELECT name, COUNT(*) FROM tags GROUP BY name",
            "series": "SELECT series, COUNT(*) FROM books WHERE series <> '' GROUP BY series",
            "language": f"SELECT language, COUNT(*) FROM books WHERE {_SAID} GROUP BY language",
        }[kind]
        return [(str(name), int(count)) for name, count in self.store.asked(asked)]

    def letters(self, asked: Asked) -> tuple[Letter, ...]:
        """The letters with which the titles or authors of all books begin that are asked for; none where they are not
        sorted so, or are on one page."""
        if asked.sort not in ("title", "author"):
            return ()
        where, values = _conditions(asked)
        rows = self.store.asked(
            f"SELECT substr(by_{asked.sort}, 1, 1), COUNT(*) FROM books WHERE {where} GROUP BY 1 ORDER BY 1", values
        )
        counts: dict[str, int] = {}
        for letter, count in rows:
            counts[initial(letter)] = counts.get(initial(letter), 0) + int(count)
        return letters_of(list(counts.items()), "No author") if sum(counts.values()) > asked.most else ()

    def facets(self, kind: FacetKind, asked: Asked, most: int) -> list[tuple[str, int]]:
        """The authors, tags or languages of the books that are asked for, whatever is asked of this kind itself: those
        with the most books, and how many they are."""
        where, values = _conditions(asked.of(kind, ""))
        if kind == "language":
            among = f"SELECT language AS name FROM books WHERE {_SAID} AND {where}"
        else:
            table = "people" if kind == "author" else "tags"
            among = f"SELECT name FROM {table}" + (
                f" WHERE book IN (SELECT id FROM books WHERE {where})" * bool(values)
            )
        statement = f"SELECT name, COUNT(*) FROM ({among}) GROUP BY name ORDER BY COUNT(*) DESC, name LIMIT ?"
        return [(str(name), int(count)) for name, count in self.store.asked(statement, (*values, most))]

    def stacks(self, books: Sequence[Book]) -> dict[str, int]:
        """How many books there are in each series of these books that has more than one."""
        series = sorted({book.series for book in books if book.series})
        asked = (
            f"SELECT series, COUNT(*) FROM books WHERE series IN ({', '.join('?' * len(series))}) "
            "GROUP BY series HAVING COUNT(*) > 1"
        )
        return {str(name): int(count) for name, count in self.store.asked(asked, series)}

    def authors_of_stacks(self, books: Sequence[Book]) -> dict[str, int]:
        """How many authors each series of these books has."""
        series = sorted({book.series for book in books if book.series})
        asked = (
            "SELECT series, COUNT(DISTINCT name) FROM books JOIN people ON people.book = books.id "
            f"WHERE series IN ({', '.join('?' * len(series))}) GROUP BY series"
        )
        return {str(name): int(count) for name, count in self.store.asked(asked, series)}

    def cover(self, digest: str) -> bytes | None:
        """The small picture (JPEG) of this digest."""
        row = self.store.one("SELECT small FROM covers WHERE digest = ?", (digest,))
        return bytes(row[0]) if row else None

    def file_with_cover(self, digest: str) -> Path | None:
        """An EPUB whose small picture has this digest."""
        row = self.store.one(
            "SELECT files.path FROM books JOIN files ON files.book = books.id "
            "WHERE cover = ? AND format = 'epub' LIMIT 1",
            (digest,),
        )
        return self.store.folder / row[0] if row and digest else None

    def file(self, number: int, digest: str) -> tuple[Book, BookFile, Path] | None:
        """The file of a book whose bytes had this digest when they were noted, and where it lies."""
        book = self.get(number)
        file = next((f for f in book.files if f.digest == digest), None) if book else None
        if not book or not file:
            return None
        folder = self.store.folder.resolve()
        path = (folder / file.path).resolve()
        return (book, file, path) if path.is_relative_to(folder) else None

    def _book(self, row: Sequence[Any]) -> Book:
        return self._with_files([row])[0]

    def _with_files(self, rows: Sequence[Sequence[Any]]) -> tuple[Book, ...]:
        """The books of these rows, with their files and what their EPUBs say of their publication."""
        numbers = [row[0] for row in rows]
        marks = ", ".join("?" * len(numbers))
        files: dict[int, list[BookFile]] = {number: [] for number in numbers}
        asked = f"SELECT book, format, path, digest, size FROM files WHERE book IN ({marks}) ORDER BY book, position"
        for number, *said in self.store.asked(asked, numbers):
            files[number].append(BookFile(*said))
        asked = f"SELECT book, published, publisher FROM imprints WHERE book IN ({marks})"
        imprints = {number: (str(when), str(by)) for number, when, by in self.store.asked(asked, numbers)}
        return tuple(_book_of(row, tuple(files[row[0]]), *imprints.get(row[0], ("", ""))) for row in rows)


def _book_of(row: Sequence[Any], files: tuple[BookFile, ...], published: str, publisher: str) -> Book:
    """The book that a row of `_COLUMNS` tells of."""
    number, source, title, authors, series, index, language, summary, tags, contents, *numbers = row
    words, chapters, doubts, cover, added, changed, arrival = numbers
    by, about, told = (tuple(json.loads(text)) for text in (authors, tags, contents))
    return Book(
        number, source, title, by, series, index, "" if language == UNKNOWN else language, summary, about, told,
        words, chapters, doubts, cover, added, changed, arrival, files, published, publisher,
    )  # fmt: skip


def _conditions(asked: Asked) -> tuple[str, tuple[object, ...]]:
    """The SQL condition for books that are asked for, and the values in it."""
    parts: list[str] = ["1"]
    values: list[object] = []

    def only(condition: str, value: object) -> None:
        parts.append(condition)
        values.append(value)

    if asked.author:
        only("id IN (SELECT book FROM people WHERE name = ?)", asked.author)
    if asked.tag:
        only("id IN (SELECT book FROM tags WHERE name = ?)", asked.tag)
    if asked.series:
        only("series = ?", asked.series)
    if asked.language:
        only("language = ?", asked.language)
    if asked.doubtful:
        parts.append("doubts > 0")
    if asked.unread:
        only("id NOT IN (SELECT book FROM progress WHERE reader = ?)", asked.reader)
    if asked.begun:
        only("id IN (SELECT book FROM progress WHERE reader = ? AND fraction < ?)", asked.reader)
        values.append(DONE)
    if asked.stacked:
        parts.append("(series = '' OR arrival = (SELECT MAX(b.arrival) FROM books b WHERE b.series = books.series))")
    if asked.before and not asked.is_counted:
        only("arrival < ?", asked.before)
    if asked.words.strip():
        for condition, value in searched(asked.words):
            only(condition, value)
    return " AND ".join(parts), tuple(values)
