"""Taking a book off the shelf, which is asked once, and putting it back: for books whose stories were given to it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from converter.catalogue.catalogue import Catalogue
from converter.document.errors import OutputError
from converter.shelf.answering.advice import unkept
from converter.shelf.arrivals import refresh
from converter.shelf.asked_book import GONE, asked_book
from converter.shelf.books import Book
from converter.shelf.gifts.dropped import DROPPED, NoStory, is_alone
from converter.shelf.gifts.giving import begin
from converter.shelf.gifts.joins import joins
from converter.shelf.gifts.parting import part, parts_with
from converter.shelf.gifts.removed import back_on_shelf, gift_of, put_back, removed, take_off
from converter.shelf.pages import checked_form
from converter.shelf.rendering import Pages
from converter.shelf.shelf import Shelf
from converter.shelf.workshop import MOST_WAITING


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of what is taken off and put back."""
    page = Pages(shelf).page

    def there(request: Request) -> Book:
        book = asked_book(shelf, request.path_params["book"])
        if not gift_of(book.source):
            raise HTTPException(404, "No story of such a book was given to the shelf.")
        return book

    def ask(request: Request) -> Response:
        return page(request, "off.html", book=there(request))

    async def off(request: Request) -> Response:
        await checked_form(request)
        return await run_in_threadpool(_off, request)

    def _off(request: Request) -> Response:
        book = there(request)
        _take_off(shelf, book)
        return RedirectResponse("/new#removed", 303)

    async def back(request: Request) -> Response:
        form = await checked_form(request)
        return await run_in_threadpool(_put_back, shelf, str(form.get("name", "")))

    return [
        Route("/book/{book:number}/off", ask, methods=["GET"]),
        Route("/book/{book:number}/off", off, methods=["POST"]),
        Route("/new/back", back, methods=["POST"]),
    ]


def _take_off(shelf: Shelf, book: Book) -> None:
    """Takes a book off. Raises HTTPException."""
    key, formats = f"{DROPPED}/{gift_of(book.source)}", f"book/{book.id}/"
    if any(not work.is_over and (work.key == key or work.key.startswith(formats)) for work in shelf.workshop.works()):
        raise HTTPException(409, "It is being made just now: try again when that is over.")
    if any(gift_of(book.source) in (join.gift, gift_of(join.goes)) for join in joins(shelf.folder)):
        raise HTTPException(409, "It is being joined to another book just now: try again when that is over.")
    try:
        with Catalogue(shelf.folder) as catalogue:
            story = catalogue.story(book.source)
        if not story:
            raise HTTPException(404, GONE)
        take_off(shelf.folder, story, book.title, book.by)
    except NoStory as error:
        raise HTTPException(400, str(error)) from None
    except OSError as error:
        raise HTTPException(507, f"It can't be moved: {unkept(error)}.") from None
    except OutputError as error:
        raise HTTPException(507, f"It can't be taken off now: {error.what}.") from None
    refresh(shelf.store)


def _put_back(shelf: Shelf, name: str) -> Response:
    """Puts a book back, and has it made where its files are not there any more. Raises HTTPException."""
    one = next((one for one in removed(shelf.folder) if one.name == name), None)
    if not one:
        raise HTTPException(404, "No such book was taken off the shelf.")
    if (parts := parts_with(shelf, one)) is not None:
        part(shelf, parts)
        return RedirectResponse("/new", 303)
    if back_on_shelf(shelf.store, one):
        raise HTTPException(409, "Its story was given again, and is on the shelf: nothing needs to be put back.")
    if shelf.workshop.under_way >= MOST_WAITING:
        raise HTTPException(503, "Too much is waiting to be made: try again in a while.")
    try:
        path = put_back(shelf.folder, one)
    except NoStory as error:
        raise HTTPException(400, str(error)) from None
    except OSError as error:
        raise HTTPException(507, f"It can't be moved: {unkept(error)}.") from None
    key = "/".join(path.relative_to(shelf.folder).parts[:2])
    home = shelf.folder / key
    begin(shelf, key, path if is_alone(path, home) else home, one.formats)
    return RedirectResponse("/new", 303)
