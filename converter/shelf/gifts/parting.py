"""Two gifts that became one book are parted again, as somebody asks."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from converter.document.errors import OutputError
from converter.shelf.answering.advice import unkept
from converter.shelf.arrivals import refresh
from converter.shelf.asked_book import asked_book
from converter.shelf.books import Book
from converter.shelf.gifts import partings
from converter.shelf.gifts.dropped import DROPPED, NoStory, is_alone
from converter.shelf.gifts.giving import begin
from converter.shelf.gifts.joining import check_idle
from converter.shelf.gifts.joins import finished, joins, under_way_lock
from converter.shelf.gifts.partings import Parting, parting_of
from converter.shelf.gifts.removed import Removed, gift_of
from converter.shelf.pages import checked_form
from converter.shelf.shelf import Shelf
from converter.shelf.workshop import MOST_WAITING

NOT_AS_IT_WAS = "They can't be parted any more: something was changed since they were joined."
LATER = "The next start of the shelf tries it again."


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of what is parted again."""

    async def parted(request: Request) -> Response:
        form = await checked_form(request)
        return await run_in_threadpool(_parted, request, form)

    def _parted(request: Request, form: FormData) -> Response:
        book = asked_book(shelf, request.path_params["book"])
        parts = parts_of(shelf, book)
        if not parts or form.get("join", parts.name) != parts.name:
            raise HTTPException(409, NOT_AS_IT_WAS)
        part(shelf, parts)
        return RedirectResponse("/new", 303)

    return [Route("/book/{book:number}/part", parted, methods=["POST"])]


def parts_of(shelf: Shelf, book: Book) -> Parting | None:
    """How a book can be parted again; None where it can't."""
    return parting_of(shelf.store, book) if gift_of(book.source) else None


def parts_with(shelf: Shelf, one: Removed) -> Parting | None:
    """How an older version that was taken off for a newer one comes back as itself: both are parted again. None where
    it went otherwise, or can't be."""
    join = next((join for join in finished(shelf.folder) if join.kept == one.name), None)
    row = shelf.store.one("SELECT id FROM books WHERE source = ?", (join.becomes,)) if join else None
    book = shelf.books.get(row[0]) if row else None
    parts = parts_of(shelf, book) if book else None
    return parts if parts and parts.join == join else None


def part(shelf: Shelf, parts: Parting) -> None:
    """Has two books made of one again. Raises HTTPException."""
    if shelf.workshop.under_way + 1 >= MOST_WAITING:
        raise HTTPException(503, "Too much is waiting to be made: try again in a while.")
    with under_way_lock:
        gifts = (parts.join.gift, gift_of(parts.join.goes))
        if any(gift in (join.gift, gift_of(join.goes)) for join in joins(shelf.folder) for gift in gifts):
            raise HTTPException(409, "It is being joined to another book just now: try again when that is over.")
        row = shelf.store.one("SELECT id FROM books WHERE source = ?", (parts.join.becomes,))
        book = shelf.books.get(row[0]) if row else None
        if not book or parts_of(shelf, book) != parts or not partings.is_as_joined(shelf.folder, parts):
            raise HTTPException(409, NOT_AS_IT_WAS)
        check_idle(shelf, book)
        try:
            partings.begin(shelf.folder, parts)
            partings.finish(shelf.store, parts, partial(_make, shelf))
        except NoStory as error:
            raise HTTPException(409, str(error)) from None
        except OSError as error:
            raise HTTPException(507, f"It can't be kept here: {unkept(error)}. {LATER}") from None
        except OutputError as error:
            raise HTTPException(507, f"It can't be done now: {error.what}. {LATER}") from None
    with suppress(OutputError):
        refresh(shelf.store)


def part_all(shelf: Shelf) -> None:
    """Brings to its end what was to be parted when the shelf was ended."""
    partings.finish_all(shelf.store, partial(_make, shelf))


def _make(shelf: Shelf, parts: Parting) -> None:
    """Has both books made, the one that stayed first: what went is no part of it then."""
    join = parts.join
    for gift, source, formats in (
        (join.gift, join.source, join.formats),
        (parts.went.gift, join.goes, parts.went.formats),
    ):
        home, own = shelf.folder / DROPPED / gift, shelf.folder / source
        path = own if own.is_file() and is_alone(own, home) else home
        with suppress(HTTPException):
            begin(shelf, f"{DROPPED}/{gift}", path, formats, ["--force"])
