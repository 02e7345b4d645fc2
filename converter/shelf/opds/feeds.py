"""What stands in each feed of the catalogue, before it is written as Atom or JSON."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal
from urllib.parse import urlencode

from converter.document.record import dataclass
from converter.recognisers.vocabulary import listed_words
from converter.shelf.books import PAGE, Asked, Book, Kind
from converter.shelf.shelf import Shelf

NAMES = 100  # doors on one page of authors, series, tags, languages
CRAWLED = 500  # books on one page of the feed that programs read from end to end
WHOLE_SERIES = 5_000  # books of a series, which come on one page, in their order
LISTS: dict[str, tuple[Kind, str]] = {
    "authors": ("author", "Authors"),
    "series": ("series", "Series"),
    "tags": ("tag", "Tags"),
    "languages": ("language", "Languages"),
}
NEWEST = "http://opds-spec.org/sort/new"
CRAWLABLE = "http://opds-spec.org/crawlable"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


@dataclass(frozen=True, slots=True)
class Door:
    """An entry that leads to another feed. `path` is from the root of the catalogue, with the query; `count` the number
    of books, or of entries, behind it."""

    title: str
    path: str
    count: int
    kind: Literal["navigation", "acquisition"] = "acquisition"
    rel: str = "subsection"
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed: doors or books. `following` is the path of the next page, "" on the last one; `updated` in
    seconds since 1970; `total` counts what is on all pages together."""

    title: str
    path: str
    updated: int
    doors: tuple[Door, ...] = ()
    books: tuple[Book, ...] = ()
    following: str = ""
    total: int = 0
    per_page: int = PAGE
    kind: Literal["navigation", "acquisition"] = "acquisition"
    whole: bool = False  # all books of the shelf are in this feed


def root(shelf: Shelf) -> Feed:
    """The first feed: doors to all others. Lists without a single name have none."""
    number = shelf.books.count()
    doors = [Door("Newest", "/new", number, rel=NEWEST, summary="All books, the newest first")]
    for path, (kind, title) in LISTS.items():
        if names := shelf.books.names(kind):
            doors.append(Door(title, f"/{path}", len(names), "navigation"))
    return Feed(line(shelf.title), "", _updated(shelf), tuple(doors), total=len(doors), kind="navigation")


def names(shelf: Shelf, path: str, page: int) -> Feed | None:
    """All authors, series, tags or languages; None for a page that is not there."""
    kind, title = LISTS[path]
    found = shelf.books.names(kind)
    shown = found[(page - 1) * NAMES : page * NAMES]
    if not shown and page > 1:
        return None
    doors = tuple(
        Door(_label(kind, line(name)), f"/books?{urlencode({str(kind): name}, errors='surrogatepass')}", count)
        for name, count in shown
    )
    own = f"/{path}" + (f"?page={page}" if page > 1 else "")
    more = f"/{path}?page={page + 1}" if page * NAMES < len(found) else ""
    return Feed(title, own, _updated(shelf), doors, (), more, len(found), NAMES, "navigation")


def books(shelf: Shelf, path: str, title: str, asked: Asked) -> Feed:
    """Books that are asked for, the newest first; those of a series in its order. `path` is "/new", "/crawlable",
    "/books" or "/search"."""
    asked = replace(asked, most=WHOLE_SERIES) if asked.series else asked
    page = shelf.books.page(asked)
    said = {"q": asked.words, "author": asked.author, "series": asked.series, "tag": asked.tag}
    said = {key: value for key, value in {**said, "language": asked.language}.items() if value}
    more = page.more if not asked.series else 0

    def at(before: int) -> str:
        query = urlencode({**said, **({"before": before} if before else {})}, errors="surrogatepass")
        return f"{path}?{query}" if query else path

    return Feed(
        title, at(asked.before), max((b.changed for b in page.books), default=_updated(shelf)), (), page.books,
        at(more) if more else "", shelf.books.count(replace(asked, before=0)), asked.most,
        whole=path in ("/new", "/crawlable") and not asked.before and not more,
    )  # fmt: skip


def line(text: str) -> str:
    """A text in one line, without signs that XML has no place for: readers show titles as they come."""
    return " ".join(_NOT_XML.sub("", text).split())


def plain(text: str) -> str:
    """A text of several lines, without signs that XML has no place for."""
    return _NOT_XML.sub("", text).strip()


def title_of(book: Book) -> str:
    """The title of a book, which is never empty."""
    return line(book.title) or f"Book {book.id}"


def _label(kind: Kind, name: str) -> str:
    """What a door is called: a language by its English name, where it is known."""
    called = listed_words("language", "names", name.lower().partition("-")[0]) if kind == "language" else ()
    return next((word.capitalize() for word in called), name) or "?"


def _updated(shelf: Shelf) -> int:
    row = shelf.store.one("SELECT COALESCE(MAX(changed), 0) FROM books")
    return int(row[0]) if row else 0
