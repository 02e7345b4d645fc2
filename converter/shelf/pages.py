"""The pages of the shelf: all books, one book, logging in."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from converter.shelf import downloads
from converter.shelf.books import Asked
from converter.shelf.guard import COOKIE
from converter.shelf.shelf import Shelf

HERE = Path(__file__).parent
LONGEST_ASKED = 200  # characters that are searched for
FIELDS = 40  # of a form
Handler = Callable[[Request, Exception], Response]


def templates_of(shelf: Shelf) -> Jinja2Templates:
    """The pages' templates; all that stands in them is escaped."""
    templates = Jinja2Templates(HERE / "templates")
    templates.env.globals.update(
        shelf=shelf, address=downloads.address, cover_address=downloads.cover_address, count=_count
    )
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    return templates


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of pages."""
    templates = templates_of(shelf)

    def page(request: Request, name: str, status: int = 200, **values: Any) -> Response:
        session = request.state.session
        values |= {"nonce": request.state.nonce, "token": session.token if session else "", "session": session}
        return templates.TemplateResponse(request, name, values, status)

    def books(request: Request) -> Response:
        asked = asked_for(request)
        return page(request, "books.html", asked=asked, page=shelf.books.page(asked), number=shelf.books.count(asked))

    def book(request: Request) -> Response:
        found = shelf.books.get(request.path_params["book"])
        if not found:
            raise HTTPException(404, "This book is not on the shelf any more.")
        return page(request, "book.html", book=found)

    def login(request: Request) -> Response:
        return page(request, "login.html", next=_own_path(request.query_params.get("next", "/")), wrong=False, waits=0)

    async def log_in(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=FIELDS)
        return await _threaded(_logged_in, request, str(form.get("password", "")), str(form.get("next", "/")))

    def _logged_in(request: Request, password: str, wanted: str) -> Response:
        own, address = _own_path(wanted), request.state.address
        if not shelf.access.knows(password, address):
            waits = shelf.access.limiter.waits(address)
            return page(request, "login.html", 429 if waits else 403, next=own, wrong=True, waits=waits)
        answer = RedirectResponse(own, 303)
        answer.set_cookie(COOKIE, shelf.access.begin().secret, max_age=28 * 24 * 3600, httponly=True, samesite="strict")
        return answer

    async def log_out(request: Request) -> Response:
        await checked_form(request)
        return await _threaded(_logged_out, request)

    def _logged_out(request: Request) -> Response:
        if request.state.session:
            shelf.access.end(request.state.session.secret)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer

    return [
        Route("/", books, name="books"),
        Route("/book/{book:int}", book, name="book"),
        Route("/login", login, methods=["GET"]),
        Route("/login", log_in, methods=["POST"]),
        Route("/logout", log_out, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    ]


async def checked_form(request: Request) -> FormData:
    """The form that was sent, with the token of its session where there is one. Raises HTTPException."""
    form = await request.form(max_files=0, max_fields=FIELDS)
    session = request.state.session
    if session and not hmac.compare_digest(session.token, str(form.get("token", ""))):
        raise HTTPException(403, "This page is an old one: load it again, then try once more.")
    return form


async def _threaded(work: Callable[..., Response], *given: Any) -> Response:
    return await run_in_threadpool(work, *given)


def error_pages(shelf: Shelf) -> Mapping[Any, Any]:
    """What is answered where something is wrong: a page with one clear line."""
    templates = templates_of(shelf)

    def wrong(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        said = error.detail if isinstance(error, HTTPException) else "Something went wrong here; nothing was lost."
        session = getattr(request.state, "session", None)
        values = {"said": said, "status": status, "session": session, "token": session.token if session else ""}
        headers = error.headers if isinstance(error, HTTPException) else None
        values["nonce"] = getattr(request.state, "nonce", "")
        return templates.TemplateResponse(request, "error.html", values, status, headers)

    return {HTTPException: wrong, 500: wrong}


def asked_for(request: Request) -> Asked:
    """What the address of a page asks for."""
    said = request.query_params

    def text(key: str) -> str:
        return said.get(key, "")[:LONGEST_ASKED]

    before = text("before")
    return Asked(
        text("q"), text("author"), text("series"), text("tag"), text("language"), text("doubts") == "1",
        int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else 0,
    )  # fmt: skip


def _own_path(wanted: str) -> str:
    """An address of this shelf, whatever somebody wrote into a link."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if plain and all(" " < sign != "\\" for sign in wanted) else "/"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
