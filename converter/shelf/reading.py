"""Reading in the browser: the page that shows a book, and the place where somebody is in it."""

from __future__ import annotations

import math

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from converter.shelf import downloads
from converter.shelf.asked_book import asked_book
from converter.shelf.books import Book, BookFile
from converter.shelf.pages import checked_form
from converter.shelf.readers import reader_of
from converter.shelf.rendering import HERE, Pages
from converter.shelf.shelf import Shelf
from converter.shelf.sync import places, progress

KIND = "browser"
LONGEST_PLACE = 2_000  # characters
# A book's pages are frames of this host, and this policy, which they inherit, is the wall around them: a script runs
# with the nonce of the page alone, which no book knows. Without styles of their own books can't be set in pages.
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' blob: 'unsafe-inline'; "
    "img-src 'self' blob: data:; font-src 'self' blob: data:; connect-src 'self'; frame-src blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def can_be_read() -> bool:
    """Whether what shows books was taken from npm when this was installed (tools/vendor-reader)."""
    return (HERE / "static" / "vendor" / "foliate-js" / "view.js").is_file()


def file_to_read(book: Book) -> BookFile | None:
    """The file of a book that browsers show."""
    return next((file for file in book.files if file.format == "epub"), None)


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of reading."""
    page = Pages(shelf).page

    def there(request: Request) -> tuple[Book, BookFile]:
        book = asked_book(shelf, request.path_params["book"])
        file = file_to_read(book)
        if not file:
            raise HTTPException(404, "There is no EPUB of this book on the shelf.")
        return book, file

    def read(request: Request) -> Response:
        book, file = there(request)
        if not can_be_read():
            raise HTTPException(501, "Reading needs foliate-js: run tools/vendor-reader once, then load this again.")
        place, fraction = _place(shelf, book, reader_of(shelf, request))
        where = downloads.address(book, file)
        answer = page(request, "read.html", book=book, where=where, file=file, place=place, fraction=fraction)
        answer.headers["content-security-policy"] = POLICY.format(nonce=request.state.nonce)
        return answer

    def current(request: Request) -> Response:
        book, _ = there(request)
        place, fraction = _place(shelf, book, reader_of(shelf, request))
        return JSONResponse({"place": place, "fraction": fraction}, headers={"cache-control": "no-store"})

    async def keep(request: Request) -> Response:
        form = await checked_form(request)
        place, said = str(form.get("place", "")), str(form.get("fraction", ""))
        try:
            fraction = float(said)
        except ValueError:
            fraction = math.nan
        if not place.startswith("epubcfi(") or len(place) > LONGEST_PLACE or not 0 <= fraction <= 1:
            raise HTTPException(400, "That is no place in a book.")
        digest = str(form.get("digest", ""))
        reader = reader_of(shelf, request)
        return await run_in_threadpool(lambda: _keep(shelf, *there(request), place, fraction, digest, reader))

    async def mark(request: Request) -> Response:
        form = await checked_form(request)
        number, reader = int(request.path_params["book"]), reader_of(shelf, request)
        return await run_in_threadpool(_mark, shelf, number, str(form.get("as", "")), reader)

    return [
        Route("/book/{book:number}/mark", mark, methods=["POST"]),
        Route("/read/{book:number}", read, name="read"),
        Route("/read/{book:number}/place", keep, methods=["POST"]),
        Route("/read/{book:number}/place", current, methods=["GET"]),
    ]


def _place(shelf: Shelf, book: Book, reader: str) -> tuple[str, float]:
    """Where somebody reads on, as browsers write it ("" where that is not known), and how much is before it: the
    beginning of a book that was read to its end."""
    so_far = progress.of(shelf.store, [book.id], reader).get(book.id)
    if not so_far or so_far.is_done:
        return "", 0.0
    place, _ = places.for_browser(shelf.store, book.id, reader)
    return place, so_far.fraction


def _keep(shelf: Shelf, book: Book, file: BookFile, place: str, fraction: float, digest: str, reader: str) -> Response:
    """Keeps a place in the file with this digest, or in the one that is there now."""
    opened = digest if places.was_file_of(shelf.store, book.id, digest) else file.digest
    progress.note(
        shelf.store,
        places.Place(opened, KIND, place, fraction, "chapbook", KIND, book=book.id, digest=opened, reader=reader),
    )
    return Response(status_code=204)


def _mark(shelf: Shelf, number: int, said: str, reader: str) -> Response:
    """Marks a book as read or unread. Raises HTTPException."""
    book = asked_book(shelf, number)
    if said not in ("read", "unread"):
        raise HTTPException(400, "A book can be marked as read, or as unread.")
    share = 1.0 if said == "read" else 0.0
    marked = places.Place(f"book:{book.id}", places.HAND, "", share, "chapbook", "", book=book.id, reader=reader)
    progress.note(shelf.store, marked)
    return RedirectResponse(f"/book/{book.id}", 303)
