"""What looks wrong with a join before it is begun: another author, other numbers, another story."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from converter.catalogue.catalogue import Catalogue
from converter.document.errors import OutputError
from converter.folders.copies import found_in
from converter.limits.files import read_regular
from converter.shelf.books import Book
from converter.shelf.gifts.given_again import Text
from converter.shelf.gifts.kin import first_number, have_other_numbers, last_number
from converter.shelf.store import Store

LONGEST_READ = 32 * 1024 * 1024  # bytes of a story's files that are compared
PLACES = 60  # of a story that are looked for in the other one
FEW = 0.05  # of them: less than any new version has of the old one


def doubts(store: Store, book: Book, other: Book, *, instead: bool) -> tuple[str, ...]:
    """What looks wrong where a book is put behind another, or `instead` of it, each as a sentence. Raises
    OutputError."""
    found = []
    if book.authors and other.authors and set(book.authors).isdisjoint(other.authors):
        found.append(f"“{book.title}” is by {book.by}, “{other.title}” by {other.by}.")
    first = 0 if instead else first_number(store, book)
    last = last_number(other.contents, other.language, other.chapters)
    if first and first != last + 1:
        found.append(f"“{book.title}” begins with chapter {first}, and “{other.title}” ends with chapter {last}.")
    if first != last + 1 and _are_two_of_a_series(book, other):
        found.append(f"“{book.title}” and “{other.title}” are two books by their numbers.")
    if instead and _have_nothing_in_common(store, book, other):
        found.append("They have no sentence in common.")
    return tuple(found)


def _are_two_of_a_series(book: Book, other: Book) -> bool:
    if book.series and book.series == other.series and book.series_index != other.series_index:
        return True
    return have_other_numbers(book.title, other.title, other.language)


def _have_nothing_in_common(store: Store, book: Book, other: Book) -> bool:
    """Whether hardly a place of the older story is found in the newer one."""
    newer, older = (_letters(store, one) for one in (book, other))
    places = found_in(older, newer, PLACES)
    return bool(places) and sum(places) < FEW * len(places)


def _letters(store: Store, book: Book) -> bytes:
    """The letters of a book's story; none where it can't be read, or is too long for it."""
    paths: list[Path] = []
    with suppress(OutputError), Catalogue(store.folder) as catalogue:
        paths = [i.path for i in catalogue.ingredients_of(book.source) if i.role == "story"]
    said, left = [], LONGEST_READ
    for path in paths:
        try:
            data = read_regular(path, left)
        except OSError:
            return b""
        left -= len(data)
        said.append(Text(data, path.suffix.lower()).letters)
    return b"".join(said)
