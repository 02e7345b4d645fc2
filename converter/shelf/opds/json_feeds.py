"""Feeds as JSON: OPDS 2.0.

What readers ask beyond the specification: no list is empty, every title is a string, the kind of a link is the first
in its list, the address of the search ends with its one variable (KOReader).
"""

from __future__ import annotations

import json
import re
from typing import Any

from converter.shelf.books import Book
from converter.shelf.downloads import address, media_type
from converter.shelf.opds.atom import moment
from converter.shelf.opds.feeds import CRAWLABLE, NEWEST, Feed, line, plain, title_of
from converter.shelf.opds.links import PROGRESSION, PROGRESSION_TYPE, Places

TYPE = "application/opds+json"
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
    if summary := plain(book.summary):
        metadata["description"] = summary
    if tags := list(dict.fromkeys(filter(None, map(line, book.tags)))):
        metadata["subject"] = tags
    if series := line(book.series):
        index = line(book.series_index)
        position = {"position": float(index)} if _NUMBER.fullmatch(index) else {}
        metadata["belongsTo"] = {"series": [{"name": series, **position}]}
    links: list[dict[str, Any]] = [
        {"rel": places.acquisition, "href": places.outside(address(book, file)), "type": media_type(file)}
        for file in book.files
    ]
    links.append({"rel": PROGRESSION, "href": places.outside(f"/progression/{book.id}"), "type": PROGRESSION_TYPE})
    pictures = [{"href": places.cover(book, large=n), "type": "image/jpeg"} for n in (False, True) if book.cover]
    images = {"images": pictures} if pictures else {}
    return {"metadata": metadata, "links": links, **images}


def _link(rel: str, path: str, places: Places) -> dict[str, Any]:
    return {"rel": rel, "href": places.of(path), "type": TYPE}
