"""Gifts to which another one may belong: by the same author, of a like title, or whose chapters it goes on with."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from converter.catalogue.catalogue import Catalogue
from converter.document.errors import OutputError
from converter.document.findings.works import StoryPart
from converter.document.record import dataclass
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.resolution import UNTITLED
from converter.shelf.books import Book
from converter.shelf.gifts.dropped import DROPPED
from converter.shelf.gifts.removed import gift_of
from converter.shelf.sorting import title_key
from converter.shelf.store import Store

MOST_LOOKED_AT = 50  # books of each kind
MOST_WORDS = 8  # of a title that is looked for
SHORT = 3  # letters: shorter words are in every title
LIKE = 0.6  # of the shorter title's words that the other one has
LEAST_LIKE = 0.3  # of the longer title's words that the shorter one has
FARTHEST = 5  # chapters without a number that a book has more, or fewer, than its last number says
LAST = 4  # entries of a contents list in which its last number is looked for: an afterword has none
_WORD = re.compile(r"\w+")
_GIVEN = f"source GLOB '{DROPPED}/*'"


@dataclass(frozen=True, slots=True)
class Kin:
    """A gift to which another may belong, and why: they are by one `author`, their titles are `like`, or the other
    `follows` on its last chapter."""

    number: int
    title: str
    by: str
    author: bool = False
    like: bool = False
    follows: bool = False

    @property
    def label(self) -> str:
        """Its title, with its author."""
        return f"{self.title} – {self.by}" if self.by else self.title


def kin_of(store: Store, book: Book, most: int) -> tuple[Kin, ...]:
    """The gifts to which a book may belong, the likeliest first."""
    first = first_number(store, book)
    asked: list[tuple[str, Sequence[object]]] = []
    if book.authors:
        marks = ", ".join("?" * len(book.authors))
        asked.append((f"SELECT book FROM people WHERE name IN ({marks}) ORDER BY book DESC", book.authors))
    words = [word for word in _words(book.title, book.language) if len(word) >= SHORT][:MOST_WORDS]
    if words:
        said = " OR ".join(f'"{word}"' for word in words)
        asked.append(("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank", (f"{{title}} : ({said})",)))
    if first > 1:
        near = (first - 1 - FARTHEST, first - 1 + FARTHEST)
        asked.append((f"SELECT id FROM books WHERE chapters BETWEEN ? AND ? AND {_GIVEN} ORDER BY arrival DESC", near))
    numbers = {int(n) for one, values in asked for (n,) in store.asked(f"{one} LIMIT {MOST_LOOKED_AT}", values)}
    found = [kin for row in _rows(store, numbers - {book.id}) if (kin := _kin(store, book, first, row))]
    return tuple(sorted(found, key=lambda kin: (-kin.follows, -kin.author - kin.like, -kin.number))[:most])


def offered(store: Store, book: Book) -> Kin | None:
    """The gift, of those that came before it, to which a book that just came looks to belong; None where it is only a
    guess."""
    found = [kin for kin in kin_of(store, book, MOST_LOOKED_AT) if kin.number < book.id]
    bare = is_bare(book)
    following = [kin for kin in found if kin.follows and (kin.author or not book.authors or not kin.by)]
    if sure := [kin for kin in following if kin.author or kin.like or bare]:
        return sure[0]
    if len(following) == 1:
        return following[0]
    return next((kin for kin in found if kin.author and (kin.like or bare)), None)


def followed(store: Store, book: Book) -> Kin | None:
    """The gift whose next chapters a book is that came later, by its own words: of one author, one title, and with the
    number that comes next."""
    key = title_key(book.title, book.language)
    found = [
        kin
        for kin in kin_of(store, book, MOST_LOOKED_AT)
        if kin.follows and kin.author and kin.number < book.id and title_key(kin.title, book.language) == key
    ]
    return found[0] if len(found) == 1 else None


def others(store: Store, book: Book, most: int) -> tuple[Kin, ...]:
    """The other gifts, the newest first."""
    asked = f"SELECT id, title, authors, source FROM books WHERE id <> ? AND {_GIVEN} ORDER BY arrival DESC LIMIT ?"
    rows = store.asked(asked, (book.id, most))
    return tuple(Kin(int(n), title, ", ".join(json.loads(by))) for n, title, by, source in rows if gift_of(source))


def first_number(store: Store, book: Book) -> int:
    """The number of the first chapter of a book, as its heading, its title or the page it was on says it; 0 where none
    does."""
    said = (n for line in (*book.contents[:1], book.title) if (n := _number(line, book.language)))
    return next(said, 0) or _number_on_page(store, book.source)


def _number_on_page(store: Store, source: str) -> int:
    with suppress(OutputError), Catalogue(store.folder) as catalogue:
        story = catalogue.story(source)
        told = [message for _, code, message, _ in story.findings if code == StoryPart.code] if story else []
        return StoryPart.number_in(told[0]) if len(told) == 1 else 0
    return 0


def is_bare(book: Book) -> bool:
    """Whether a book is called as a chapter is, by its number alone, or has no title but its chapters' numbers."""
    form = _form(book.title if book.title != UNTITLED else next(iter(book.contents), ""), book.language)
    return form is not None and form.number is not None and not form.title


def _rows(store: Store, numbers: set[int]) -> list[tuple[Any, ...]]:
    marks = ", ".join("?" * len(numbers))
    columns = "id, title, authors, series, series_index, language, contents, chapters, source"
    asked = f"SELECT {columns} FROM books WHERE id IN ({marks})"
    return [row for row in store.asked(asked, sorted(numbers)) if gift_of(row[-1])]


def _kin(store: Store, book: Book, first: int, row: Sequence[Any]) -> Kin | None:
    number, title, authors, series, index, language, contents, chapters, source = row
    by = json.loads(authors)
    if series and series == book.series and index != book.series_index:
        return None  # each is a book of that series
    kin = Kin(
        int(number), title, ", ".join(by), not set(book.authors).isdisjoint(by),
        _are_like(_words(book.title, book.language), _words(title, language)),
        first > 1 and _last_number(json.loads(contents), language, int(chapters)) == first - 1,
    )  # fmt: skip
    if kin.follows and not _numbers(json.loads(contents), language) and _number_on_page(store, source) > 1:
        kin = replace(kin, follows=False)  # it is a later chapter itself
    return kin if kin.author or kin.like or kin.follows else None


def _last_number(contents: Sequence[str], language: str, chapters: int) -> int:
    """The number of the last chapter that has one; how many there are where no heading says any."""
    numbers = _numbers(contents, language)
    return numbers[-1] if numbers else chapters


def _numbers(contents: Sequence[str], language: str) -> list[int]:
    return [n for line in contents[-LAST:] if (n := _number(line, language))]


def _number(line: str, language: str) -> int:
    form = _form(line, language)
    return form.number.value if form and form.number else 0


def _form(line: str, language: str) -> Form | None:
    return read_form(" ".join(line.split()), lexicon(language or "en"))


def _words(title: str, language: str) -> list[str]:
    return _WORD.findall(title_key(title, language))


def _are_like(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two titles have most of their words in common, one of them a longer one."""
    shared = set(one) & set(other)
    fewest, most = sorted((len(set(one)), len(set(other))))
    alike = len(shared) >= LIKE * fewest and len(shared) >= LEAST_LIKE * most
    return alike and any(len(word) > SHORT for word in shared)
