"""A gift that belongs to another book: its next chapters, or a newer version of it, as somebody says."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import Story
from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.shelf.answering.advice import unkept
from converter.shelf.arrivals import refresh
from converter.shelf.asked_book import GONE, asked_book
from converter.shelf.books import MOST_NUMBER, Asked, Book
from converter.shelf.gifts import joins
from converter.shelf.gifts.copies import is_richer, put_aside, twin_of
from converter.shelf.gifts.dropped import DROPPED, NoStory
from converter.shelf.gifts.giving import begin, formats_of, text_in
from converter.shelf.gifts.join_doubts import doubts
from converter.shelf.gifts.join_plans import joined
from converter.shelf.gifts.joined_places import note_before, were_parted
from converter.shelf.gifts.kin import Kin, followed, kin_of, others, told_apart
from converter.shelf.gifts.removed import gift_of
from converter.shelf.pages import LONGEST_ASKED, checked_form
from converter.shelf.rendering import Pages
from converter.shelf.shelf import Shelf
from converter.shelf.works import forget
from converter.shelf.workshop import MOST_WAITING

WAYS = ("behind", "instead")  # the next chapters of a book, a newer version of it
MOST_OFFERED = 6  # books that a page offers
MOST_LATELY = 20  # gifts that are looked at
MOST_NAMED = 200  # whose names are offered while somebody types
MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form holds with which a gift is joined to another: those that are likely, all names."""

    likely: tuple[Kin, ...]
    named: tuple[Kin, ...]


def choice(shelf: Shelf, book: Book) -> Choice | None:
    """What a gift may belong to; None where there is nothing, or the book is no gift."""
    named = others(shelf.store, book, MOST_NAMED) if gift_of(book.source) else ()
    return Choice(kin_of(shelf.store, book, MOST_OFFERED), named) if named else None


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of what belongs to another book."""
    page = Pages(shelf).page

    def ask(request: Request) -> Response:
        book = _gift(shelf, int(request.path_params["book"]))
        said = request.query_params
        words, how = said.get("words", "")[:LONGEST_ASKED].strip(), said.get("how", "")
        if "other" in said and how in WAYS:
            other = _gift(shelf, _number(said["other"]))
            wrong = doubts(shelf.store, book, other, instead=how == "instead")
            return page(request, "join_sure.html", book=book, other=other, how=how, doubts=wrong)
        found = _found(shelf, book, words) if words else kin_of(shelf.store, book, MOST_OFFERED)
        return page(request, "join.html", book=book, words=words, how=how, found=found)

    async def join(request: Request) -> Response:
        form = await checked_form(request)
        return await run_in_threadpool(_join, request, form)

    def _join(request: Request, form: FormData) -> Response:
        book = _gift(shelf, int(request.path_params["book"]))
        words, how = text_in(form, "words"), str(form.get("how", ""))
        if how not in WAYS:
            raise HTTPException(400, "Say whether these are the next chapters, or a newer version.")
        if words:
            found = _found(shelf, book, words)
            if len(found) != 1:
                query = urlencode({"words": words[:LONGEST_ASKED], "how": how})
                return RedirectResponse(f"/book/{book.id}/join?{query}", 303)
            other = found[0].number
        else:
            other = _number(str(form.get("other", "")))
        to, instead = _gift(shelf, other), how == "instead"
        if not form.get("sure") and doubts(shelf.store, book, to, instead=instead):
            return RedirectResponse(f"/book/{book.id}/join?{urlencode({'other': to.id, 'how': how})}", 303)
        _begin(shelf, book, to, instead=instead)
        return RedirectResponse("/new", 303)

    return [
        Route("/book/{book:number}/join", ask, methods=["GET"]),
        Route("/book/{book:number}/join", join, methods=["POST"]),
    ]


def join_what_follows(shelf: Shelf) -> None:
    """Joins the next of the gifts that came lately to the one whose next chapters it is by its own words, or which it
    tells once more. Raises OutputError."""
    lately = [work.key for work in shelf.workshop.works(f"{DROPPED}/") if work.state == "made"][-MOST_LATELY:]
    for key in dict.fromkeys(lately):
        asked = "SELECT id FROM books WHERE source = ? OR substr(source, 1, ?) = ?"
        rows = shelf.store.asked(asked, (key, len(key) + 1, f"{key}/"))
        book = shelf.books.get(rows[0][0]) if len(rows) == 1 else None
        if book and (twin := twin_of(shelf, book)):
            with suppress(HTTPException, OSError, OutputError, NoStory):
                if is_richer(book, twin):
                    _begin(shelf, book, twin, instead=True)
                else:
                    put_aside(shelf, book, twin)
                return
        kin = followed(shelf.store, book) if book else None
        other = shelf.books.get(kin.number) if kin else None
        if not book or not other or were_parted(shelf.store, book.id, other.id):
            continue
        with suppress(HTTPException):
            _begin(shelf, book, other, instead=False)
            return


def settle_all(shelf: Shelf) -> None:
    """Brings to an end what was under way when the shelf was ended, or undoes it; but what is made again with this
    start, which is settled then. Raises OutputError."""
    begun = list(joins.joins(shelf.folder))
    for join in begun:
        if any(not work.is_over and work.key == f"{DROPPED}/{join.gift}" for work in shelf.workshop.works()):
            continue
        shelf.workshop.settled(f"{DROPPED}/{join.gift}", "")
    if begun:  # else what is new is brought to the shelf while its pages are shown
        refresh(shelf.store)


def _gift(shelf: Shelf, number: int) -> Book:
    """The book of this number, which was given. Raises HTTPException."""
    book = asked_book(shelf, number)
    if not gift_of(book.source):
        raise HTTPException(404, "No story of such a book was given to the shelf.")
    return book


def _number(said: str) -> int:
    """The number of the book that a form means. Raises HTTPException."""
    if said.isascii() and said.isdecimal() and len(said) < len(str(MOST_NUMBER)):
        return int(said)
    raise HTTPException(400, "Say to which book it belongs.")


def _found(shelf: Shelf, book: Book, words: str) -> tuple[Kin, ...]:
    """The gifts that somebody means: the one that is called so, else those with these words."""
    every = others(shelf.store, book, MOST_NAMED)
    if named := [kin for kin in every if kin.label == words] or [kin for kin in every if kin.title == words]:
        return tuple(named)
    books = shelf.books.page(Asked(words=words, most=MOST_FOUND)).books
    return told_apart(
        [
            Kin(one.id, one.title, one.by, size=(one.chapters, one.words), added=one.added)
            for one in books
            if one.id != book.id and gift_of(one.source)
        ]
    )


def _begin(shelf: Shelf, book: Book, other: Book, *, instead: bool) -> None:
    """Has a book made of both, or `instead` of the one alone. Raises HTTPException."""
    if book.id == other.id:
        raise HTTPException(400, "That is the book itself.")
    if shelf.workshop.under_way >= MOST_WAITING:
        raise HTTPException(503, "Too much is waiting to be made: try again in a while.")
    key = f"{DROPPED}/{gift_of(other.source)}"
    with joins.under_way_lock:
        check_idle(shelf, book, other)
        try:
            stays, goes = _stories(shelf, other, book)
            join = joined(shelf.folder, stays, goes, instead=instead)
            formats = formats_of(shelf, key)
            join = joins.begin(shelf.folder, join)
        except NoStory as error:
            raise HTTPException(409, str(error)) from None
        except OSError as error:
            raise HTTPException(507, f"It can't be kept here: {unkept(error)}.") from None
        try:
            note_before(shelf.store, book.id, other.id)
            begin(shelf, key, shelf.folder / join.becomes, formats, ["--force"] if instead else [])
        except HTTPException:
            joins.undo(shelf.folder, join)
            raise
    forget(shelf.store, shelf.workshop.clear(f"{DROPPED}/{gift_of(book.source)}"))


def check_idle(shelf: Shelf, *books: Book) -> None:
    """Raises HTTPException where one of these books is being made."""
    for book in books:
        key, own = f"{DROPPED}/{gift_of(book.source)}", f"book/{book.id}/"
        if any(not work.is_over and (work.key == key or work.key.startswith(own)) for work in shelf.workshop.works()):
            raise HTTPException(409, f"“{book.title}” is being made just now: try again when that is over.")


def _stories(shelf: Shelf, *books: Book) -> list[Story]:
    """What the catalogue knows of these books. Raises HTTPException."""
    try:
        with Catalogue(shelf.folder) as catalogue:
            found = [story for book in books if (story := catalogue.story(book.source))]
    except OutputError as error:
        raise HTTPException(507, f"It can't be done now: {error.what}.") from None
    if len(found) < len(books):
        raise HTTPException(404, GONE)
    return found
