"""What stands in each feed of the catalogue, before it is written as Atom or JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal
from urllib.parse import urlencode

from converter.document.record import dataclass
from converter.recognisers.vocabulary import listed_words
from converter.shelf.books import PAGE, Asked, Book, FacetKind, Kind
from converter.shelf.plain_names import in_order
from converter.shelf.shelf import Shelf

NAMES = 100  # doors on one page of authors, series, tags, languages
CRAWLED = 250  # books on one page of the feed that programs read from end to end
MOST_FACETS = 12  # of one group: those with the most books
WHOLE_SERIES = 5_000  # books of a series, which come on one page, in their order
LISTS: dict[str, tuple[Kind, str]] = {
    "authors": ("author", "Authors"),
    "series": ("series", "Series"),
    "tags": ("tag", "Tags"),
    "languages": ("language", "Languages"),
}
FACETS: dict[FacetKind, str] = {"author": "Author", "language": "Language", "tag": "Tag"}
ANY = "Any"  # the facet that lifts the others of its group
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
class Facet:
    """A facet: the feed's books, fewer of them, or more again. `group` is what kind of facet it is; `is_active` says
    that it is this feed."""

    group: str
    title: str
    path: str
    count: int
    is_active: bool = False


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
    facets: tuple[Facet, ...] = ()
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
    if kind == "language":
        found.sort(key=lambda row: in_order(called(kind, row[0])))
    shown = found[(page - 1) * NAMES : page * NAMES]
    if not shown and page > 1:
        return None
    doors = tuple(
        Door(called(kind, name), f"/books?{urlencode({str(kind): name}, errors='surrogatepass')}", count)
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
    more = page.more if not asked.series else 0
    return Feed(
        title, _at(path, asked), max((b.changed for b in page.books), default=_updated(shelf)), (), page.books,
        _at(path, replace(asked, before=more)) if more else "", shelf.books.count(replace(asked, before=0)), asked.most,
        facets=() if asked.series or path == "/crawlable" else tuple(_facets(shelf, asked)),
        whole=path in ("/new", "/crawlable") and not asked.before and not more,
    )  # fmt: skip


def _at(path: str, asked: Asked) -> str:
    """The path of a feed of books, with its query."""
    said: dict[str, object] = {"q": asked.words, "author": asked.author, "series": asked.series, "tag": asked.tag}
    said |= {"language": asked.language, "before": asked.before}
    query = urlencode({key: value for key, value in said.items() if value}, errors="surrogatepass")
    return f"{path}?{query}" if query else path


def _facets(shelf: Shelf, asked: Asked) -> Iterator[Facet]:
    """The facets of a feed of books, group by group. A group of which all books are has none."""
    for kind, group in FACETS.items():
        chosen = str(getattr(asked, kind))
        found = shelf.books.facets(kind, asked, MOST_FACETS)
        if not chosen and len(found) < 2:
            continue
        if chosen:
            free = asked.of(kind, "")
            yield Facet(group, ANY, _facet_path(free), shelf.books.count(free))
            if chosen not in dict(found):
                found.append((chosen, shelf.books.count(replace(asked, before=0))))
        for name, count in found:
            path = _facet_path(asked.of(kind, name))
            yield Facet(group, called(kind, name), path, count, name == chosen)


def _facet_path(asked: Asked) -> str:
    """The path of the feed that a facet leads to."""
    return _at("/search" if asked.words else "/books" if asked.author or asked.tag or asked.language else "/new", asked)


def line(text: str) -> str:
    """A text in one line, without signs that XML has no place for: readers show titles as they come."""
    return " ".join(_NOT_XML.sub("", text).split())


def plain(text: str) -> str:
    """A text of several lines, without signs that XML has no place for."""
    return _NOT_XML.sub("", text).strip()


def title_of(book: Book) -> str:
    """The title of a book, which is never empty."""
    return line(book.title) or f"Book {book.id}"


def summary_of(book: Book) -> str:
    """What is said of a book: its place in a series, which KOReader shows nowhere else, then the summary."""
    series = line(book.series)
    index = f" {line(book.series_index)}" if book.series_index else ""
    return "\n".join(filter(None, (f"{series}{index}" if series else "", plain(book.summary))))


def called(kind: Kind, name: str) -> str:
    """What a door is called: a language by its English name where it is known, with its region or script."""
    name = line(name)
    if kind != "language":
        return name or "?"
    main, _, rest = name.partition("-")
    word = next(iter(listed_words("language", "names", main.lower())), "")
    return (f"{word.capitalize()} ({rest})" if rest else word.capitalize()) if word else name or "?"


def _updated(shelf: Shelf) -> int:
    row = shelf.store.one("SELECT COALESCE(MAX(changed), 0) FROM books")
    return int(row[0]) if row else 0
