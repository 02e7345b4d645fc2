"""Feeds as Atom: OPDS 1.2, and the description of the search (OpenSearch 1.1).

What readers ask beyond the specification: no element of Atom has a prefix, every link has a type, summaries are plain
text, titles have one line (KOReader); an entry that leads to a feed has no author (Thorium takes it for a book).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from converter.shelf.books import Book
from converter.shelf.downloads import catalogue_address, format_title, media_type
from converter.shelf.opds.feeds import CRAWLABLE, NEWEST, Door, Facet, Feed, line, summary_of, title_of
from converter.shelf.opds.links import PROGRESSION, PROGRESSION_TYPE, Places

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
OPENSEARCH = "application/opensearchdescription+xml"
FULL_DAY = len("2011-05-04")  # of a date that is no month and no year alone
FACET = "http://opds-spec.org/facet"
KINDS = {"navigation": NAVIGATION, "acquisition": ACQUISITION}
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:dc="http://purl.org/dc/terms/" xmlns:opds="http://opds-spec.org/2010/catalog" '
    'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:fh="http://purl.org/syndication/history/1.0">'
)


def atom(feed: Feed, places: Places) -> bytes:
    """The feed in UTF-8; its addresses are absolute."""
    return "\n".join((_HEAD, *_feed(feed, places), "</feed>\n")).encode()


def opensearch(title: str, places: Places) -> bytes:
    """How to search (OpenSearch description)."""
    short = _element("ShortName", line(title)[:16])  # no longer one is allowed
    template = f"{places.of('/search')}?q={{searchTerms}}"
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        short,
        "<Description>Titles, authors, series, tags and summaries</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        _element("Url", type=ACQUISITION, template=template),
        "</OpenSearchDescription>\n",
    )
    return "\n".join(lines).encode()


def _feed(feed: Feed, places: Places) -> Iterator[str]:
    yield _element("id", places.identity_of("feed", feed.path))
    yield _element("title", feed.title)
    yield _element("updated", moment(feed.updated))
    yield _element("author", name="Chapbook")
    yield _link("self", feed.path, KINDS[feed.kind], places)
    yield _link("start", "", NAVIGATION, places)
    if feed.following:
        yield _link("next", feed.following, KINDS[feed.kind], places)
    yield _link("search", "/opensearch.xml", OPENSEARCH, places)
    if not feed.path:
        yield _link(NEWEST, "/new", ACQUISITION, places)
        yield _link(CRAWLABLE, "/crawlable", ACQUISITION, places)
        yield _element("link", rel="alternate", href=places.of("/v2"), type="application/opds+json")
    for facet in feed.facets:
        yield _facet(facet, places)
    if feed.whole:
        yield "<fh:complete/>"
    yield _element("opensearch:totalResults", str(feed.total))
    yield _element("opensearch:itemsPerPage", str(feed.per_page))
    for door in feed.doors:
        yield from _door(door, feed.updated, places)
    for book in feed.books:
        yield from _book(book, places)


def _facet(facet: Facet, places: Places) -> str:
    """A facet. KOReader drops the signs before the first plain letter or digit of an attribute, so there is one."""
    first = facet.title[:1]
    title = facet.title if first.isascii() and first.isalnum() else f"{facet.group}: {facet.title}"
    said = {"opds:facetGroup": facet.group, "thr:count": str(facet.count)}
    if facet.is_active:
        said["opds:activeFacet"] = "true"
    return _element("link", rel=FACET, href=places.of(facet.path), type=ACQUISITION, title=title, **said)


def _door(door: Door, updated: int, places: Places) -> Iterator[str]:
    yield "<entry>"
    yield _element("id", places.identity_of("door", door.path))
    yield _element("title", door.title)
    yield _element("updated", moment(updated))
    many = f"{door.count:,} {'book' if door.count == 1 else 'books'}" if door.kind == "acquisition" else ""
    yield _element("content", door.summary or many or f"{door.count:,}", type="text")
    yield _element(
        "link", rel=door.rel, href=places.of(door.path), type=KINDS[door.kind], **{"thr:count": str(door.count)}
    )
    yield "</entry>"


def _book(book: Book, places: Places) -> Iterator[str]:
    yield "<entry>"
    yield _element("id", places.identity(book))
    yield _element("title", title_of(book))
    for author in filter(None, map(line, book.authors)):
        yield _element("author", name=author)
    yield _element("updated", moment(book.changed))
    if len(day := book.published) == FULL_DAY:
        yield _element("published", f"{day}T00:00:00Z")
    if book.published:
        yield _element("dc:issued", book.published)
    if publisher := line(book.publisher):
        yield _element("dc:publisher", publisher)
    if language := line(book.language):
        yield _element("dc:language", language)
    for tag in dict.fromkeys(filter(None, map(line, book.tags))):
        yield _element("category", term=tag, label=tag)
    if said := summary_of(book):
        yield _element("summary", said, type="text")
    for file in book.files:
        length = {"length": str(file.size)} if file.size else {}
        told = {"href": places.outside(catalogue_address(book, file)), "title": format_title(book, file)}
        yield _element("link", rel=places.acquisition, type=media_type(file), **told, **length)
    for rel, large in (("http://opds-spec.org/image", True), ("http://opds-spec.org/image/thumbnail", False)):
        if picture := places.cover(book, large=large):
            yield _element("link", rel=rel, href=picture, type="image/jpeg")
    yield _element("link", rel="alternate", href=places.page(book), type="text/html")
    yield _element("link", rel=PROGRESSION, href=places.outside(f"/progression/{book.id}"), type=PROGRESSION_TYPE)
    yield "</entry>"


def moment(seconds: int) -> str:
    """A time as RFC 3339 writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _link(rel: str, path: str, kind: str, places: Places) -> str:
    return _element("link", rel=rel, href=places.of(path), type=kind)


def _element(element: str, text: str = "", /, name: str = "", **attributes: str) -> str:
    """An element with this text; with `name` a person of this name."""
    inside = f"<name>{_escaped(name)}</name>" if name else _escaped(text)
    said = "".join(f' {key}="{_escaped(value)}"' for key, value in attributes.items())
    return f"<{element}{said}>{inside}</{element}>" if inside else f"<{element}{said}/>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
