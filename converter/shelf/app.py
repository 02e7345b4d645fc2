"""The shelf as an application: its rooms put together behind the guard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.convertors import register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from converter.shelf import book_pages, downloads, pages, reading
from converter.shelf.devices import code_page, send_page
from converter.shelf.gifts import giving, joining, parting, removing
from converter.shelf.guard import Guard
from converter.shelf.network import LOOPBACK
from converter.shelf.numbers import Number
from converter.shelf.opds.links import auth_document
from converter.shelf.opds.routes import routes as opds_routes
from converter.shelf.shelf import Shelf
from converter.shelf.sync import kosync, progression


def app_of(shelf: Shelf, hosts: Sequence[str] = LOOPBACK) -> Starlette:
    """The application; `hosts` are the names and addresses by which it may be called."""
    shelf.workshop.over = lambda _: joining.join_what_follows(shelf)
    register_url_convertor("number", Number())
    routes: list[BaseRoute] = [
        *pages.routes(shelf), *book_pages.routes(shelf), *reading.routes(shelf), *downloads.routes(shelf),
        *opds_routes(shelf), *kosync.routes(shelf), *progression.routes(shelf), *code_page.routes(shelf),
        *send_page.routes(shelf), *giving.routes(shelf), *removing.routes(shelf), *joining.routes(shelf),
        *parting.routes(shelf),
    ]  # fmt: skip
    guard = Middleware(Guard, access=shelf.access, hosts=hosts, auth_document=partial(auth_document, shelf.title))
    app = Starlette(routes=routes, middleware=[guard], exception_handlers=pages.error_pages(shelf))
    app.router.redirect_slashes = False  # KOReader's password is lost on the way
    return app
