"""A gift that tells, word for word, the story of another one on the shelf, under another name or in another format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from converter.catalogue.catalogue import Catalogue
from converter.folders.listing import WHOLE
from converter.shelf.arrivals import refresh
from converter.shelf.books import Book
from converter.shelf.gifts.dropped import DROPPED, REPLACED
from converter.shelf.gifts.given_again import POOR, Text, tells_the_same
from converter.shelf.gifts.removed import gift_of, take_off
from converter.shelf.shelf import Shelf
from converter.shelf.sorting import title_key
from converter.shelf.works import forget

NEAR = 0.01  # of a story's words by which two counts of them may differ: a page's captions, a title said twice
MOST_COMPARED = 10


def twin_of(shelf: Shelf, book: Book) -> Book | None:
    """The gift that came before a book and tells the same: of one title and author. Raises OutputError."""
    for other in _of_one_name(shelf, book):
        one, two = _text(shelf.folder, book), _text(shelf.folder, other)
        if one and two and tells_the_same(one, two):
            return other
    return None


def is_richer(book: Book, other: Book) -> bool:
    """Whether a story is in a format with markup, and the other one in one without."""
    return _ending(other) in POOR and _ending(book) not in POOR


def put_aside(shelf: Shelf, book: Book, other: Book) -> None:
    """Takes a gift off the shelf that tells what another tells, which is said of it; its files are kept. Raises
    OSError, OutputError, NoStory."""
    with Catalogue(shelf.folder) as catalogue:
        story = catalogue.story(book.source)
    if not story:
        return
    take_off(shelf.folder, story, book.title, book.by, below=REPLACED)
    refresh(shelf.store)
    gift = gift_of(book.source)
    forget(shelf.store, shelf.workshop.clear(f"{DROPPED}/{gift}"))
    shelf.workshop.note(f"{DROPPED}/{gift}", gift, other.source)


def _of_one_name(shelf: Shelf, book: Book) -> Iterator[Book]:
    asked = f"SELECT id FROM books WHERE by_title = ? AND id < ? AND source GLOB '{DROPPED}/*' ORDER BY id DESC LIMIT ?"
    values = (title_key(book.title, book.language), book.id, MOST_COMPARED)
    for (number,) in shelf.store.asked(asked, values):
        other = shelf.books.get(number)
        if other and other.authors == book.authors and abs(other.words - book.words) <= NEAR * book.words:
            yield other


def _text(folder: Path, book: Book) -> Text | None:
    """The text of a story that is one file."""
    path = folder / book.source
    is_read = gift_of(book.source) and path.is_file() and path.stat().st_size <= WHOLE
    return Text(path.read_bytes(), _ending(book)) if is_read else None


def _ending(book: Book) -> str:
    return Path(book.source).suffix.lower()
