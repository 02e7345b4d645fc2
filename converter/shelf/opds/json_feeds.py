"""Feeds as JSON: OPDS 2.0.

What readers ask beyond the specification: no list is empty, every title is a string, the kind of a link is the first
in its list, the address of the search ends with its one variable (KOReader).
"""

from __future__ import annotations

import json
import re
from typing import Any

from converter.shelf.books import Book
from converter.shelf.downloads import catalogue_address, format_title, media_type
from converter.shelf.opds.accept import JSON
from converter.shelf.opds.atom import FULL_DAY, moment
from converter.shelf.opds.feeds import CRAWLABLE, NEWEST, Feed, line, summary_of, title_of
from converter.shelf.opds.links import AUTHENTICATION, AUTHENTICATION_TYPE, PROGRESSION, PROGRESSION_TYPE, Places

TYPE = JSON
PUBLICATION_TYPE = "application/opds-publication+json"
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,4})?")


def json_feed(feed: Feed, places: Places) -> bytes:
    """The feed in UTF-8; its addresses are absolute."""
    links = [_link("self", feed.path, places), _link("start", "", places)]
    if feed.following:
        links.append(_link("next", feed.following, places))
    links.append({"rel": "search", "href": places.of("/search{?query}"), "type": TYPE, "templated": True})
    if not feed.path:
        links += [_link(NEWEST, "/new", places), _link(CRAWLABLE, "/crawlable", places)]
    said: dict[str, Any] = {
        "metadata": {
            "title": feed.title,
            "modified": moment(feed.updated),
            "numberOfItems": feed.total,
            "itemsPerPage": feed.per_page,
        },
        "links": links,
    }
    if feed.facets:
        said["facets"] = _facets(feed, places)
    if feed.books:
        said["publications"] = [_publication(book, places) for book in feed.books]
    else:
        said["navigation"] = [
            {
                "title": door.title, "href": places.of(door.path), "type": TYPE, "rel": door.rel,
                "properties": {"numberOfItems": door.count},
            }
            for door in feed.doors
        ] or [{"title": "No books here", **_link("self", feed.path, places)}]  # fmt: skip
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def json_publication(book: Book, places: Places) -> bytes:
    """One book in UTF-8, as the feeds have it."""
    return json.dumps(_publication(book, places), ensure_ascii=False, separators=(",", ":")).encode()


def _facets(feed: Feed, places: Places) -> list[dict[str, Any]]:
    """The groups of facets; the one that is chosen leads to the feed itself."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for facet in feed.facets:
        rel = {"rel": "self"} if facet.is_active else {}
        counted = {"properties": {"numberOfItems": facet.count}}
        one = {"title": facet.title, "href": places.of(facet.path), "type": TYPE, **rel, **counted}
        groups.setdefault(facet.group, []).append(one)
    return [{"metadata": {"title": group}, "links": links} for group, links in groups.items()]


def _publication(book: Book, places: Places) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "@type": "http://schema.org/Book",
        "identifier": places.identity(book),
        "title": title_of(book),
        "modified": moment(book.changed),
    }
    if authors := [{"name": name} for name in filter(None, map(line, book.authors))]:
        metadata["author"] = authors
    if language := line(book.language):
        metadata["language"] = language
    if summary := summary_of(book):
        metadata["description"] = summary
    if len(book.published) == FULL_DAY:
        metadata["published"] = book.published
    if publisher := line(book.publisher):
        metadata["publisher"] = publisher
    if tags := list(dict.fromkeys(filter(None, map(line, book.tags)))):
        metadata["subject"] = tags
    if series := line(book.series):
        index = line(book.series_index)
        position = {"position": float(index)} if _NUMBER.fullmatch(index) else {}
        metadata["belongsTo"] = {"series": [{"name": series, **position}]}
    images = {"images": pictures} if (pictures := _pictures(book, places)) else {}
    return {"metadata": metadata, "links": _links_of(book, places), **images}


def _links_of(book: Book, places: Places) -> list[dict[str, Any]]:
    """Where a book's files are, and what else there is of it."""
    links: list[dict[str, Any]] = [
        {
            "rel": places.acquisition, "href": places.outside(catalogue_address(book, file)),
            "type": media_type(file), "title": format_title(book, file),
        }
        for file in book.files
    ]  # fmt: skip
    links.append({"rel": "self", "href": places.publication(book), "type": PUBLICATION_TYPE})
    links.append({"rel": "alternate", "href": places.page(book), "type": "text/html"})
    hint = {"href": places.outside(AUTHENTICATION), "type": AUTHENTICATION_TYPE}
    asked = {"properties": {"authenticate": hint}} if places.shelf.access.needed else {}
    progression = places.outside(f"/progression/{book.id}")
    links.append({"rel": PROGRESSION, "href": progression, "type": PROGRESSION_TYPE, **asked})
    return links


def _pictures(book: Book, places: Places) -> list[dict[str, str]]:
    """A book's pictures, the small one first."""
    rels = (("http://opds-spec.org/image/thumbnail", False), ("http://opds-spec.org/image", True))
    made = [(rel, places.cover(book, large=large)) for rel, large in rels]
    return [{"rel": rel, "href": href, "type": "image/jpeg"} for rel, href in made if href]


def _link(rel: str, path: str, places: Places) -> dict[str, Any]:
    return {"rel": rel, "href": places.of(path), "type": TYPE}
