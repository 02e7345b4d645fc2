"""The pages of the shelf: all books, lists of names, logging in."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from converter.document.errors import OutputError
from converter.shelf.access import SESSION
from converter.shelf.answering.advice import kept_plain
from converter.shelf.arrivals import foreign_epubs
from converter.shelf.books import Asked, Books, Kind
from converter.shelf.guard import COOKIE, make_strict, way_of
from converter.shelf.plain_names import in_order
from converter.shelf.readers import reader_of, remember
from converter.shelf.rendering import HERE, Pages
from converter.shelf.shelf import Shelf
from converter.shelf.sorting import SORTS, Sort, letters_of_names
from converter.shelf.sync import progress

LONGEST_ASKED = 200  # characters that are searched for
MOST_OFFERED = 60  # authors, tags in the filters; all are on a page of their own
KINDS = {"author": "Authors", "series": "Series", "tag": "Tags"}
FIELDS = 40  # of a form
LONGEST_FORM = 64 * 1024  # bytes
_SORTS: dict[str, Sort] = {str(sort): sort for sort in SORTS}
OF_A_BOOK = re.compile(r"/(?:book|send|read)/(\d{1,18})/?")
PLAIN = {  # what the library says by itself
    "Not Found": "There is no such page on this shelf.",
    "Method Not Allowed": "This address takes no such request: go to it by the links and buttons of the shelf.",
}
Handler = Callable[[Request, Exception], Response]


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of pages."""
    page = Pages(shelf).page

    def shown(request: Request) -> dict[str, Any]:
        return _shown(shelf, replace(asked_for(request), reader=reader_of(shelf, request)))

    def books(request: Request) -> Response:
        values = shown(request)
        foreign = foreign_epubs(shelf.folder) if not values["number"] and not shelf.books.count() else 0
        return page(
            request,
            "books.html",
            **values,
            choices=_choices(shelf.books, values["asked"]),
            foreign=foreign,
            sorts=SORTS,
        )

    def found(request: Request) -> Response:
        return page(request, "list.html", **shown(request))

    def names(request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in KINDS:
            raise HTTPException(404, "There is no such list.")
        named = shelf.books.names(kind)
        letters = letters_of_names([name for name, _ in named], authors=kind == "author")
        return page(request, "names.html", kind=kind, called=KINDS[kind], names=named, letters=letters)

    def login(request: Request) -> Response:
        return page(request, "login.html", next=_own_path(request.query_params.get("next", "/")), wrong=False, waits=0)

    async def log_in(request: Request) -> Response:
        form = await _form(request, LONGEST_FORM, 0, LONGEST_FORM)
        return await _threaded(_logged_in, request, str(form.get("password", "")), str(form.get("next", "/")))

    def _logged_in(request: Request, password: str, wanted: str) -> Response:
        own, address = _own_path(wanted), request.state.address
        if not shelf.access.knows(password, address):
            waits = shelf.access.limiter.waits(address)
            return page(request, "login.html", 429 if waits else 403, next=own, wrong=True, waits=waits)
        answer = RedirectResponse(own, 303)
        answer.set_cookie(COOKIE, shelf.access.begin().secret, max_age=SESSION, httponly=True, samesite="strict")
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

    async def choose_reader(request: Request) -> Response:
        form = await checked_form(request)
        answer = RedirectResponse("/", 303)
        remember(shelf, answer, str(form.get("reader", "")))
        return answer

    return [
        Route("/", books, name="books"),
        Route("/found", found, name="found"),
        Route("/names/{kind}", names, name="names"),
        Route("/login", login, methods=["GET"]),
        Route("/login", log_in, methods=["POST"]),
        Route("/logout", log_out, methods=["POST"]),
        Route("/reader", choose_reader, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    ]


def _shown(shelf: Shelf, asked: Asked) -> dict[str, Any]:
    """What a list of books shows of those that are asked for."""
    found = shelf.books.page(asked)
    letters = shelf.books.letters(asked)
    return {
        "asked": asked,
        "page": found,
        "stacks": shelf.books.stacks(found.books) if asked.stacked else {},
        "stack_authors": shelf.books.authors_of_stacks(found.books) if asked.stacked else {},
        "number": shelf.books.count(replace(asked, before=0, stacked=False)),
        "bare": not found.books and not shelf.books.count(),
        "so_far": progress.of(shelf.store, [book.id for book in found.books], asked.reader),
        "letters": letters,
        "here": max((letter.before for letter in letters if letter.before <= asked.before), default=0),
    }


async def checked_form(
    request: Request, *, longest: int = LONGEST_FORM, files: int = 0, longest_part: int = LONGEST_FORM
) -> FormData:
    """The form that was sent, with the token of its session where there is one: at most so many bytes, files, and bytes
    in a field. Raises HTTPException."""
    form = await _form(request, longest, files, longest_part)
    session = request.state.session
    said = str(form.get("token", ""))
    if session and not hmac.compare_digest(session.token.encode(), said.encode("utf-8", "surrogatepass")):
        raise HTTPException(403, "This page is an old one: load it again, then try once more.")
    return form


async def _form(request: Request, longest: int, files: int, longest_part: int) -> FormData:
    said = request.headers.get("content-length", "")
    if not said.isdecimal() or int(said) > longest:
        raise HTTPException(413 if said else 411, "That is more than this shelf takes at once.")
    _, options = parse_options_header(request.headers.get("content-type", ""))
    if options.get(b"charset", b"utf-8").lower() != b"utf-8":  # Python has codecs that do not fail as text does
        raise HTTPException(415, "Forms are taken in UTF-8 alone.")
    try:
        return await request.form(max_files=files, max_fields=FIELDS, max_part_size=longest_part)
    except HTTPException as error:  # in the words of the library
        too_much = error.detail.startswith("Too many") or " exceeded maximum" in error.detail
        said = "That is more than this form takes: shorten it" if too_much else "This form did not come whole: go back"
        raise HTTPException(413 if too_much else 400, f"{said}, and send it again.") from None


async def _threaded(work: Callable[..., Response], *given: Any) -> Response:
    return await run_in_threadpool(work, *given)


def error_pages(shelf: Shelf) -> Mapping[Any, Any]:
    """What is answered where something is wrong: a page with one clear line, to programs the line alone."""
    page = Pages(shelf).page

    def wrong(request: Request, error: Exception) -> Response:
        if isinstance(error, OutputError):
            error = HTTPException(507, f"It can't be kept here now: {kept_plain(error.what)}.")
        status = error.status_code if isinstance(error, HTTPException) else 500
        said = error.detail if isinstance(error, HTTPException) else "Something went wrong here; nothing was lost."
        said = PLAIN.get(said, said)
        own = OF_A_BOOK.match(request.url.path) if status not in (401, 404) else None
        back = f"/book/{own[1]}" if own and (status >= 500 or shelf.books.get(int(own[1]))) else ""
        if way_of(request.url.path) != "page" and "text/html" not in request.headers.get("accept", ""):
            answer: Response = PlainTextResponse(said, status)
        else:
            answer = page(request, "error.html", status, said=said, code=status, book_page=back)
        answer.headers.update(error.headers or {} if isinstance(error, HTTPException) else {})
        make_strict(answer.headers, getattr(request.state, "nonce", ""))  # the guard does not see what failed
        return answer

    def gone(_: Request, __: Exception) -> Response:
        return Response(status_code=400)  # nobody is there any more to read it

    return {HTTPException: wrong, OutputError: wrong, ClientDisconnect: gone, 500: wrong}


def asked_for(request: Request) -> Asked:
    """What the address of a page asks for."""
    said = request.query_params

    def text(key: str) -> str:
        return said.get(key, "")[:LONGEST_ASKED]

    before = text("before")
    asked = Asked(
        text("q"), text("author"), text("series"), text("tag"), text("language"), text("doubts") == "1",
        int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else 0,
        unread=text("unread") == "1", begun=text("begun") == "1", sort=_SORTS.get(text("sort"), ""),
    )  # fmt: skip
    return replace(asked, stacked=replace(asked, before=0) == Asked())


def _choices(books: Books, asked: Asked) -> dict[str, tuple[list[str], bool]]:
    """What the filters offer: of each kind those with the most books, and what is chosen; whether there are more."""
    chosen = {"author": asked.author, "tag": asked.tag, "language": asked.language}
    found = {}
    for kind, one in chosen.items():
        named = sorted(books.counted(cast(Kind, kind)), key=lambda row: -row[1])
        offered = {name for name, _ in named[:MOST_OFFERED]} | ({one} - {""})
        found[kind] = sorted(offered, key=in_order), len(named) > MOST_OFFERED
    return found


def _own_path(wanted: str) -> str:
    """An address of this shelf, whatever somebody wrote into a link."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if plain and all(" " < sign != "\\" for sign in wanted) else "/"
