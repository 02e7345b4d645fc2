"""Gifts to which another one may belong: by the same author, of a like title, or whose chapters it goes on with."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from converter.catalogue.catalogue import Catalogue
from converter.document.errors import OutputError
from converter.document.findings.works import StoryPart
from converter.document.record import dataclass
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import lexicon, read_number
from converter.recognisers.metadata.resolution import UNTITLED
from converter.shelf.books import Book
from converter.shelf.gifts.dropped import DROPPED
from converter.shelf.gifts.removed import gift_of
from converter.shelf.rendering import day
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
    `follows` on its last chapter. `apart` tells it from others of its title and author; `size` are its chapters and
    words, `added` is when it came."""

    number: int
    title: str
    by: str
    author: bool = False
    like: bool = False
    follows: bool = False
    size: tuple[int, int] = (0, 0)
    added: int = 0
    apart: str = ""

    @property
    def label(self) -> str:
        """Its title, with its author, and with what tells it from others that are called so."""
        said = f"{self.title} – {self.by}" if self.by else self.title
        return f"{said} ({self.apart})" if self.apart else said


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
    found.sort(key=lambda kin: (-kin.follows, -kin.author - kin.like, -kin.number))
    return told_apart(found[:most])


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
    return told_apart(_given(store, "id <> ?", book.id, most))


def called(store: Store, kin: Kin) -> str:
    """The title of a gift, and whose it is where another has its title."""
    same = told_apart(_given(store, "title = ?", kin.title, MOST_LOOKED_AT))
    if len(same) < 2:
        return kin.title
    apart = next((f" ({one.apart})" for one in same if one.number == kin.number and one.apart), "")
    return f"{kin.title} by {kin.by}{apart}" if kin.by else f"{kin.title}{apart}"


def _given(store: Store, where: str, value: object, most: int) -> list[Kin]:
    columns = "id, title, authors, chapters, words, added, source"
    asked = f"SELECT {columns} FROM books WHERE {where} AND {_GIVEN} ORDER BY arrival DESC LIMIT ?"
    return [
        Kin(int(n), title, ", ".join(json.loads(by)), size=(int(chapters), int(words)), added=int(added))
        for n, title, by, chapters, words, added, source in store.asked(asked, (value, most))
        if gift_of(source)
    ]


def told_apart(found: Sequence[Kin]) -> tuple[Kin, ...]:
    """The same gifts, and of those that have one title and author what tells them apart: how long they are, else when
    they came, else their numbers."""
    said: list[Callable[[Kin], str]] = [
        lambda kin: f"{kin.size[0]:,} chapter{'s' * (kin.size[0] != 1)}, {kin.size[1]:,} words",
        lambda kin: f"given on {day(kin.added)}",
        lambda kin: f"number {kin.number}",
    ]
    for tell in said:
        counts = Counter(kin.label for kin in found)
        found = [
            replace(kin, apart=f"{kin.apart}, {tell(kin)}".removeprefix(", ")) if counts[kin.label] > 1 else kin
            for kin in found
        ]
    return tuple(found)


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
    columns = "id, title, authors, series, series_index, language, contents, chapters, words, added, source"
    asked = f"SELECT {columns} FROM books WHERE id IN ({marks})"
    return [row for row in store.asked(asked, sorted(numbers)) if gift_of(row[-1])]


def _kin(store: Store, book: Book, first: int, row: Sequence[Any]) -> Kin | None:
    number, title, authors, series, index, language, contents, chapters, words, added, source = row
    by = json.loads(authors)
    if series and series == book.series and index != book.series_index:
        return None  # each is a book of that series
    kin = Kin(
        int(number), title, ", ".join(by), not set(book.authors).isdisjoint(by),
        _are_like(_words(book.title, book.language), _words(title, language))
        and not have_other_numbers(book.title, title, language),
        first > 1 and last_number(json.loads(contents), language, int(chapters)) == first - 1,
        (int(chapters), int(words)), int(added),
    )  # fmt: skip
    if kin.follows and not _numbers(json.loads(contents), language):
        says_nothing = not by and not kin.like and int(chapters) < 2
        if says_nothing or _number_on_page(store, source) > 1:
            kin = replace(kin, follows=False)  # a text of which nothing is known, or a later chapter itself
    return kin if kin.author or kin.like or kin.follows else None


def last_number(contents: Sequence[str], language: str, chapters: int) -> int:
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


def have_other_numbers(one: str, other: str, language: str) -> bool:
    """Whether two titles differ in one number alone, as those of a series do: "Book 1", "Book 2"."""
    (own, mine), (rest, theirs) = (_parted(title, language) for title in (one, other))
    return own == rest and len(mine) == len(theirs) == 1 and mine != theirs


def _parted(title: str, language: str) -> tuple[list[str], list[int]]:
    """The words of a title that are no numbers, and its numbers."""
    words, lex = _WORD.findall(title), lexicon(language or "en")
    read = [(word, read_number(word, lex)) for word in words]
    numbers = {at: number.value for at, (word, number) in enumerate(read) if number and number.end == len(word)}
    return [word.casefold() for at, word in enumerate(words) if at not in numbers], list(numbers.values())


def _are_like(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two titles have most of their words in common, one of them a longer one."""
    shared = set(one) & set(other)
    fewest, most = sorted((len(set(one)), len(set(other))))
    alike = len(shared) >= LIKE * fewest and len(shared) >= LEAST_LIKE * most
    return alike and any(len(word) > SHORT for word in shared)
