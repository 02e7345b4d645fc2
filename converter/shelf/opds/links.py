"""Where the feeds and what they point to are, as absolute addresses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Literal
from uuid import UUID, uuid5

from starlette.requests import Request

from converter.document.record import dataclass
from converter.shelf.books import Book
from converter.shelf.downloads import cover_address
from converter.shelf.shelf import Shelf

PROGRESSION = "http://opds-spec.org/progression"
PROGRESSION_TYPE = "application/opds-progression+json"
AUTHENTICATION = "/opds/authentication.json"
AUTHENTICATION_TYPE = "application/opds-authentication+json"


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses of one answer: `host` as whoever asks calls the shelf ("http://192.168.1.2:8737"), `start` the path
    of the first feed, "/opds" or "/opds/v2"; `namespace` is the shelf's own for identifiers, `sign` signs addresses."""

    shelf: Shelf
    host: str
    start: str
    namespace: UUID
    sign: Callable[[str], str]
    acquisition: str = "http://opds-spec.org/acquisition/open-access"

    def of(self, path: str) -> str:
        """The address of a feed."""
        return f"{self.host}{self.start}{path}"

    def outside(self, path: str) -> str:
        """The address of what is in another room of the shelf."""
        return f"{self.host}{path}"

    def identity(self, book: Book) -> str:
        """The identifier of a book in feeds, which never changes."""
        return uuid5(self.namespace, str(book.id)).urn

    def identity_of(self, kind: Literal["feed", "door"], path: str) -> str:
        """The identifier of the feed at this path, or of the entry that leads to it."""
        return uuid5(self.namespace, f"{kind}:{path}").urn

    def page(self, book: Book) -> str:
        """The address of the page that people see of a book."""
        return self.outside(f"/book/{book.id}")

    def publication(self, book: Book) -> str:
        """The address of what a feed of OPDS 2.0 says of a book, alone."""
        return self.outside(f"/opds/v2/book/{book.id}")

    def cover(self, book: Book, *, large: bool = False) -> str:
        """The address of a book's picture, "" for none. It is signed: Thorium asks for it without password."""
        path = cover_address(book, large=large)
        return self.outside(f"{path}?key={self.sign(path)}") if path else ""


def auth_document(title: str, host: str) -> str:
    """What reading apps are told of how to log in (OPDS Authentication 1.0)."""
    basic = {"type": "http://opds-spec.org/auth/basic", "labels": {"login": "Name (any)", "password": "Password"}}
    return json.dumps({"id": f"{host}{AUTHENTICATION}", "title": title, "authentication": [basic]})


def places_of(shelf: Shelf, request: Request, start: str = "/opds") -> Places:
    """The addresses for whoever sent this request; the guard knows the host's name."""
    host = f"{request.url.scheme}://{request.headers['host']}"
    return Places(shelf, host, start, UUID(shelf.store.setting("shelf")), shelf.access.signer())
