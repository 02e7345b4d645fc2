"""The page of one book: what is known of it, what was doubted, other formats, which are made when somebody asks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from converter.build.registry import WRITTEN
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import TO_BE_LOOKED_AT, Edition, Story
from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.reports.account import Account, read_account
from converter.shelf.answering.advice import TITLES, Said, plainly, said_here
from converter.shelf.answering.answers import LARGEST_COVER, LONGEST, LONGEST_LINE, Answers, answered, answers, place_of
from converter.shelf.answering.told_again import newly_said, options_of
from converter.shelf.asked_book import asked_book, successor
from converter.shelf.books import Book
from converter.shelf.gifts.joining import choice
from converter.shelf.gifts.parting import parts_of
from converter.shelf.gifts.removed import gift_of
from converter.shelf.languages import LANGUAGES
from converter.shelf.pages import checked_form
from converter.shelf.readers import reader_of
from converter.shelf.reading import can_be_read, file_to_read
from converter.shelf.rendering import Pages, day
from converter.shelf.shelf import Shelf
from converter.shelf.story_paths import path_of
from converter.shelf.sync import progress
from converter.shelf.workshop import Busy, Work

MOST_TOLD = 200  # findings on a page
LOOKED_AT = 0.25  # seconds between two looks at what is being made
LONGEST_STREAM = 3_600.0  # seconds; browsers come again


@dataclass(frozen=True, slots=True)
class Told:
    """What the catalogue says of a book: what was changed and left out, what was doubted and what else was noticed,
    its growth (moment, chapters that came), formats that can be made."""

    changes: int = 0
    account: Account = Account()
    doubts: tuple[Said, ...] = ()
    noticed: tuple[Said, ...] = ()
    growth: tuple[tuple[int, int], ...] = ()
    formats: tuple[str, ...] = ()


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of a book's page and of what is made for it."""
    page = Pages(shelf).page

    def there(request: Request) -> Book:
        return asked_book(shelf, request.path_params["book"])

    def book(request: Request) -> Response:
        number = request.path_params["book"]
        if not shelf.books.get(number) and (now := successor(shelf, number)):
            return RedirectResponse(f"/book/{now.id}", 303)
        found = there(request)
        return _shown(shelf, page, request, found, answers(shelf, found))

    async def answer(request: Request) -> Response:
        form = await checked_form(request, longest=LARGEST_COVER, files=1)
        return await run_in_threadpool(_answer, request, form)

    def _answer(request: Request, form: FormData) -> Response:
        found = there(request)
        known = answers(shelf, found)
        if not known or not known.may_be_written:
            raise HTTPException(404, "No sidecar can be written for this book here: its page says what to do.")
        if wrong := answered(shelf, found, known, form):
            return _shown(shelf, page, request, found, wrong)
        return RedirectResponse(f"/book/{found.id}#answers", 303)

    async def make(request: Request) -> Response:
        form = await checked_form(request)
        return await run_in_threadpool(_make, request, str(form.get("format", "")))

    def _make(request: Request, form: str) -> Response:
        found = there(request)
        with Catalogue(shelf.folder) as catalogue:
            story = catalogue.story(found.source)
        if form not in WRITTEN or not story or not (path := path_of(shelf.store, story)):
            raise HTTPException(400, "This can't be made here: its story is not where it was.")
        try:
            shelf.workshop.begin(_key(found, form), found.title, _arguments(shelf.folder, found, story, path, form))
        except Busy:
            raise HTTPException(503, "Too much is waiting to be made: try again in a while.") from None
        return RedirectResponse(f"/book/{found.id}#formats", 303)

    async def events(request: Request) -> Response:
        start = request.query_params.get("of", "")[:100]
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(_events(shelf, start), headers=headers, media_type="text/event-stream")

    return [
        Route("/book/{book:number}", book, name="book"),
        Route("/book/{book:number}/make", make, methods=["POST"]),
        Route("/book/{book:number}/answer", answer, methods=["POST"]),
        Route("/events", events),
    ]


def _shown(shelf: Shelf, page: Callable[..., Response], request: Request, book: Book, said: Answers | None) -> Response:
    """The page of a book, with a form that holds these answers."""
    works = {work.key.rpartition("/")[2]: work for work in shelf.workshop.works(_key(book, ""))}
    under_way = any(not work.is_over for work in works.values())
    return page(
        request, "book.html", said.status if said else 200, book=book, told=_told(shelf, book), works=works,
        under_way=under_way, readable=can_be_read() and file_to_read(book), can_be_read=can_be_read(),
        so_far=progress.of(shelf.store, [book.id], reader_of(shelf, request)).get(book.id), answers=said,
        given=gift_of(book.source), titles=TITLES, choice=choice(shelf, book), parts=parts_of(shelf, book),
        languages=sorted(LANGUAGES.items(), key=lambda row: row[1]), longest=LONGEST, longest_line=LONGEST_LINE,
    )  # fmt: skip


async def _events(shelf: Shelf, start: str) -> AsyncIterator[str]:
    """What becomes of the works of such keys, each change once; it ends when all of them are over."""
    told: dict[str, tuple[str, int]] = {}
    yield "retry: 2000\n\n"
    for _ in range(int(LONGEST_STREAM / LOOKED_AT)):
        works = shelf.workshop.works(start)
        for work in works:
            if told.get(work.id) != (work.state, work.done):
                told[work.id] = (work.state, work.done)
                yield f"data: {json.dumps(_row(work))}\n\n"
        if shelf.ending.is_set():
            return
        if all(work.is_over for work in works):
            break
        await asyncio.sleep(LOOKED_AT)
    yield "event: over\ndata: {}\n\n"


def _row(work: Work) -> dict[str, str]:
    return {
        "id": work.id, "key": work.key, "name": work.name, "state": work.state, "said": work.said, "news": _news(work),
    }  # fmt: skip


def _news(work: Work) -> str:
    """What is said when it is over; "" before."""
    what = work.key.rpartition("/")[2]
    if not work.is_over:
        return ""
    if work.state == "wrong":
        again = "The book could not be made again" if what == "answer" else f"{what.upper()} could not be made"
        return f"{again}: {plainly(work.said)}"
    return "The book was made again." if what == "answer" else f"{what.upper()} is ready."


def _key(book: Book, form: str) -> str:
    return f"book/{book.id}/{form}"


def _told(shelf: Shelf, book: Book) -> Told:
    """What the catalogue says of a book; nothing where it can't be asked."""
    try:
        with Catalogue(shelf.folder) as catalogue:
            story, editions = catalogue.story(book.source), catalogue.editions_of(book.source)
            account = read_account(catalogue.account_of(book.source))
    except OutputError:
        return Told()
    if not story:
        return Told()
    there = {file.format for file in book.files}
    said = [(severity in TO_BE_LOOKED_AT, said_here(*finding)) for severity, *finding in story.findings]
    return Told(
        story.changes,
        account,
        tuple(one for doubted, one in said if doubted)[:MOST_TOLD],
        tuple(one for doubted, one in said if not doubted)[:MOST_TOLD],
        growth(editions),
        tuple(form for form in WRITTEN if form not in there) if path_of(shelf.store, story) else (),
    )


def growth(editions: tuple[Edition, ...]) -> tuple[tuple[int, int], ...]:
    """The days on which a book became longer, each by a moment of it, and by how many chapters, the last one first."""
    counts: dict[int, int] = {}  # by moment: one run makes several formats
    for edition in editions:
        counts[edition.made] = max(edition.chapters, counts.get(edition.made, 0))
    grown = [(moment, now - before) for (_, before), (moment, now) in pairwise(counts.items()) if now > before]
    days: dict[str, tuple[int, int]] = {}
    for moment, more in grown:
        days[day(moment)] = moment, more + days.get(day(moment), (0, 0))[1]
    return tuple(reversed(days.values()))


def _arguments(folder: Path, book: Book, story: Story, path: Path, form: str) -> list[str]:
    """What `chapbook convert` is told so that the new file is the same book as those beside it: where the story became
    another since, they are made anew with it."""
    place = place_of(story, path)
    files = (ingredient for ingredient in story.ingredients if ingredient.role == "story")
    unchanged = all(file.is_unchanged for file in files) and not newly_said(story, place)
    formats = [form] if unchanged else [form, *dict.fromkeys(file.format for file in book.files)]
    return ["-t", ",".join(formats), *options_of(folder, story, place, {}), "--", str(path.resolve())]
