"""The routes of the catalogue: each feed as Atom or as JSON, the description of the search, how to log in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from converter.shelf.books import Asked
from converter.shelf.opds import feeds
from converter.shelf.opds.accept import wants_json
from converter.shelf.opds.atom import KINDS, OPENSEARCH, atom, opensearch
from converter.shelf.opds.feeds import CRAWLED, LISTS, Feed, called, line
from converter.shelf.opds.json_feeds import PUBLICATION_TYPE, TYPE, json_feed, json_publication
from converter.shelf.opds.links import AUTHENTICATION, AUTHENTICATION_TYPE, auth_document, places_of
from converter.shelf.pages import LONGEST_ASKED, asked_for
from converter.shelf.shelf import Shelf
from converter.shelf.validators import tagged

MOST_PAGES = 100_000
Maker = Callable[[Request], Feed]


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of the catalogue. Below /opds the reader chooses by Accept, below /opds/v2 all is JSON. Nothing is
    answered with another address, also where it ends with a slash: KOReader would lose the password on the way."""

    def root(_: Request) -> Feed:
        return feeds.root(shelf)

    def newest(request: Request) -> Feed:
        return feeds.books(shelf, "/new", "Newest", replace(Asked(), before=asked_for(request).before))

    def crawlable(request: Request) -> Feed:
        asked = replace(Asked(), before=asked_for(request).before, most=CRAWLED)
        return feeds.books(shelf, "/crawlable", "All books", asked)

    def books(request: Request) -> Feed:
        asked = _narrowed(request, asked_for(request).series)
        told = (asked.author, asked.series, asked.tag, asked.language and called("language", asked.language))
        return feeds.books(shelf, "/books", ", ".join(filter(None, map(line, told))) or "Books", asked)

    def search(request: Request) -> Feed:
        asked = asked_for(request)
        words = (
            asked.words or request.query_params.get("query", "")[:LONGEST_ASKED]
        )  # the second is what OPDS 2.0 sends
        asked = replace(_narrowed(request), words=words)
        return feeds.books(shelf, "/search", f"Search: {line(words)}" if line(words) else "Search", asked)

    made: dict[str, Maker] = {"": root, "/new": newest, "/crawlable": crawlable, "/books": books, "/search": search}
    made |= {f"/{path}": _names(shelf, path) for path in LISTS}
    return [
        *_documents(shelf),
        *(Route(f"/opds{path}{end}", _negotiated(shelf, feed)) for path, feed in made.items() for end in ("", "/")),
        *(Route(f"/opds/v2{path}{end}", _as_json(shelf, feed)) for path, feed in made.items() for end in ("", "/")),
    ]


def _names(shelf: Shelf, path: str) -> Maker:
    def made(request: Request) -> Feed:
        said = request.query_params.get("page", "1")
        page = int(said) if said.isascii() and said.isdecimal() and len(said) < 8 else 1
        found = feeds.names(shelf, path, min(max(page, 1), MOST_PAGES))
        if not found:
            raise HTTPException(404, "There is no such page.")
        return found

    return made


def _documents(shelf: Shelf) -> list[BaseRoute]:
    """The routes of what is no feed: how to search, how to log in, one book alone."""

    def description(request: Request) -> Response:
        return Response(opensearch(shelf.title, places_of(shelf, request)), media_type=OPENSEARCH)

    def authentication(request: Request) -> Response:
        host = places_of(shelf, request).host
        return Response(auth_document(shelf.title, host), media_type=AUTHENTICATION_TYPE)

    def publication(request: Request) -> Response:
        book = shelf.books.get(request.path_params["book"])
        if not book:
            raise HTTPException(404, "This book is not on the shelf any more.")
        return tagged(request, json_publication(book, places_of(shelf, request, "/opds/v2")), PUBLICATION_TYPE)

    return [
        Route("/opds/opensearch.xml", description),
        Route(AUTHENTICATION, authentication),
        Route("/opds/v2/book/{book:number}", publication),
    ]


def _narrowed(request: Request, series: str = "") -> Asked:
    """The books of an author, a series, a tag, a language, as an address says."""
    asked = asked_for(request)
    return Asked("", asked.author, series, asked.tag, asked.language, before=asked.before)


def _negotiated(shelf: Shelf, made: Maker) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        if wants_json(",".join(request.headers.getlist("accept"))):
            return _as_json(shelf, made)(request)
        feed = made(request)
        return tagged(request, atom(feed, places_of(shelf, request)), KINDS[feed.kind], {"vary": "Accept"})

    return answer


def _as_json(shelf: Shelf, made: Maker) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        said = json_feed(made(request), places_of(shelf, request, "/opds/v2"))
        return tagged(request, said, TYPE, {"vary": "Accept"})

    return answer
