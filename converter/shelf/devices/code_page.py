"""Pages that are small enough for the browsers of e-readers: no script, one column, plain links.

`/code`, for who is logged in, shows a short code; `/k` is where it is typed on the reader, and what comes behind it are
the newest books. A Kobo's browser saves a file by the end of its address and by a plain `filename`, and its reader
wants KEPUBs called `NAME.kepub.epub`; new Kobos and tolinos do not say which they are, so both formats are offered. A
Kindle's browser refuses EPUBs, and names with other signs than letters, digits, `_`, `.` and `-`.
"""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from converter.document.errors import ConverterError
from converter.document.record import dataclass
from converter.shelf.books import Asked, Book
from converter.shelf.devices.chosen import book_bytes
from converter.shelf.devices.codes import Codes
from converter.shelf.devices.made import MAKERS, can_make
from converter.shelf.downloads import MEDIA_TYPES, PartedFile, disposition, file_name, volume
from converter.shelf.network import LOOPBACK, lan_address
from converter.shelf.pages import checked_form
from converter.shelf.rendering import Pages
from converter.shelf.shelf import Shelf

READERS = {  # the formats that each takes, best first
    "kobo": ("kepub", "epub"),
    "kindle": ("azw3", "txt"),
    "other": ("epub", "pdf"),
}
MARKS = (("kindle", "kindle"), ("kobo", "kobo"), ("tolino", "kobo"), ("ereader", "kobo"))  # in the User-Agent
PAGE = 20  # books on a page
MOST_TYPED = 1_000  # bytes of a form with a code in it
LONGEST_ASKED = 100  # characters that are searched for
MOST_MADE = 20  # files that are kept
OVER = "This page was open for an hour: ask the shelf for a new code."
MOST_WAITING = 4  # readers for a book that is being made: no more threads stand still


@dataclass(frozen=True, slots=True)
class Offer:
    """A book in a format, and where it is had; which of its volumes, 0 for the only one."""

    format: str
    address: str
    volume: int


def reader_of(agent: str, said: str = "") -> str:
    """Which kind of reader asks: the one that the person named, or that its browser tells."""
    if said in READERS:
        return said
    return next((kind for mark, kind in MARKS if mark in agent.lower()), "other")


class _Made:
    """Books in formats in which they do not lie on the shelf, made one at a time of their EPUBs."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="chapbook-")
        self._lock, self._slots = threading.Lock(), threading.BoundedSemaphore(MOST_WAITING)

    def get(self, form: str, digest: str, epub: Path) -> Path:
        """The book's file. Raises HTTPException where others wait already, ConverterError, OSError."""
        path = Path(self._folder.name) / f"{digest}.{form}"
        if path.is_file():
            return path
        if not self._slots.acquire(blocking=False):
            raise HTTPException(503, "Other books are being made: try again in a minute.")
        try:
            with self._lock:
                if not path.is_file():
                    self._make(form, epub, path)
            return path
        finally:
            self._slots.release()

    def _make(self, form: str, epub: Path, path: Path) -> None:
        data = MAKERS[form](book_bytes(epub), epub.name)
        for old in sorted(path.parent.iterdir(), key=lambda p: p.stat().st_mtime)[: 1 - MOST_MADE]:
            old.unlink()
        unfinished = path.with_name("unfinished")
        unfinished.write_bytes(data)
        unfinished.replace(path)


class _Doors:
    """The pages of a shelf's codes."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.page = shelf, Pages(shelf).page
        self.codes, self.made = Codes(shelf.access.limiter), _Made()

    def about(self, request: Request) -> Response:
        """What codes are for."""
        return self.page(request, "code.html", code="", where=self._where(request))

    async def make(self, request: Request) -> Response:
        """A new code."""
        await checked_form(request)
        return self.page(request, "code.html", code=self.codes.make(), where=self._where(request))

    def _where(self, request: Request) -> str:
        """The address of the page where the code is typed, as this browser reaches the shelf, or as others in the
        network do, where this is the shelf's own machine; "" where nobody else reaches it."""
        host = request.headers.get("host", "")
        if (urlsplit(f"//{host}").hostname or "") not in LOOPBACK:
            return f"{request.url.scheme}://{host}/k"
        own = lan_address() if self.shelf.access.needed else ""
        port = urlsplit(f"//{host}").port
        return f"{request.url.scheme}://{own}{f':{port}' if port else ''}/k" if own else ""

    def typing(self, request: Request) -> Response:
        """Where a code is typed."""
        return self.page(request, "k.html", said="")

    async def typed(self, request: Request) -> Response:
        """A code was typed."""
        return await run_in_threadpool(self._answered, request, await _typed(request))

    def _answered(self, request: Request, code: str) -> Response:
        address = request.state.address
        if secret := self.codes.redeem(code, address):
            return RedirectResponse(f"/k/{secret}", 303)
        waits = self.codes.limiter.waits(address)
        said = f"Too many wrong codes: wait {waits} seconds." if waits else "That is not the code, or it is used up."
        return self.page(request, "k.html", 429 if waits else 403, said=said)

    def books(self, request: Request) -> Response:
        """The newest books, or those that are searched for."""
        secret = str(request.path_params["secret"])
        if not self.codes.lets_in(secret, request.state.address):
            return self.page(request, "k.html", 403, said=OVER)
        said = request.query_params
        words, before = said.get("q", "")[:LONGEST_ASKED], said.get("before", "")
        start = int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else 0
        found = self.shelf.books.page(Asked(words=words, before=start, most=PAGE))
        kind = reader_of(request.headers.get("user-agent", ""), said.get("for", ""))
        offers = {book.id: _offers(book, kind, f"/k/{secret}/get") for book in found.books}
        return self.page(
            request, "k_books.html", found=found, offers=offers, words=words, kind=kind, kinds=tuple(READERS),
            home=f"/k/{secret}",
        )  # fmt: skip

    def get(self, request: Request) -> Response:
        """A book in a format."""
        given = request.path_params
        if not self.codes.lets_in(given["secret"], request.state.address):
            return self.page(request, "k.html", 403, said=OVER)
        there = self.shelf.books.file(given["book"], given["digest"])
        if not there or not there[2].is_file():
            raise HTTPException(404, "This book is not here any more, or became another.")
        book, file, path = there
        form = given["format"]
        if form != file.format:
            if file.format != "epub" or not can_make(form):
                raise HTTPException(404, "This book is not here in this format.")
            try:
                path = self.made.get(form, file.digest, path)
            except (ConverterError, OSError):
                raise HTTPException(500, f"No {form.upper()} could be made of it.") from None
        headers = {"content-disposition": disposition(book, file, form)}
        return PartedFile(path, headers=headers, media_type=MEDIA_TYPES.get(form, "application/octet-stream"))


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of codes and of the pages behind them."""
    doors = _Doors(shelf)
    return [
        Route("/code", doors.about, methods=["GET"]),
        Route("/code", doors.make, methods=["POST"]),
        Route("/k", doors.typing, methods=["GET"]),
        Route("/k", doors.typed, methods=["POST"]),
        Route("/k/{secret}", doors.books),
        Route("/k/{secret}/get/{book:number}/{digest}/{format}/{name}", doors.get),
    ]


async def _typed(request: Request) -> str:
    """The code in a form; "" where there is none. Raises HTTPException where far more was sent."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_TYPED:
                raise HTTPException(413, "That is more than a code.")
    except ClientDisconnect:
        return ""
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=10).get("code", [""])[0]
    except ValueError:
        return ""


def _offers(book: Book, kind: str, start: str) -> list[Offer]:
    """The formats of a book that a reader takes, each once; several volumes one after the other."""
    offers = []
    for form in READERS[kind]:
        files = [file for file in book.files if file.format == form]
        if not files and can_make(form):
            files = [file for file in book.files if file.format == "epub"]
        found = [
            Offer(form, f"{start}/{book.id}/{file.digest}/{form}/{quote(name)}", volume(book, file))
            for file in files
            for name in (file_name(book, file, form),)
        ]
        offers += sorted(found, key=lambda offer: offer.volume)
    return offers
