"""The shelf as an application: its rooms put together behind the guard."""

from __future__ import annotations

import json
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from converter.shelf import downloads, pages
from converter.shelf.guard import Guard
from converter.shelf.shelf import Shelf

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def app_of(shelf: Shelf, hosts: Sequence[str] = LOOPBACK) -> Starlette:
    """The application; `hosts` are the names and addresses by which it may be called."""
    routes: list[BaseRoute] = [*pages.routes(shelf), *downloads.routes(shelf)]
    guard = Middleware(Guard, access=shelf.access, hosts=hosts, auth_document=_auth_document(shelf))
    app = Starlette(routes=routes, middleware=[guard], exception_handlers=pages.error_pages(shelf))
    app.router.redirect_slashes = False  # KOReader's password is lost on the way
    return app


def _auth_document(shelf: Shelf) -> str:
    """What OPDS clients are told of how to log in (OPDS Authentication 1.0)."""
    basic = {
        "type": "http://opds-spec.org/auth/basic",
        "labels": {"login": "Name (any)", "password": "Password"},
    }
    return json.dumps({"id": "/opds/authentication.json", "title": shelf.title, "authentication": [basic]})
