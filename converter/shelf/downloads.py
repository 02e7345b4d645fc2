"""The books themselves, and their covers, as files: by number and digest, never by a path that somebody sends."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from converter.parsers.works.order import natural
from converter.shelf.books import Book, BookFile
from converter.shelf.epub_facts import large_cover
from converter.shelf.plain_names import ending_of, plain_stem, saved_as
from converter.shelf.shelf import Shelf
from converter.shelf.sync import outlines, places
from converter.shelf.validators import ASK_AGAIN, has_it

MEDIA_TYPES = {
    "epub": "application/epub+zip",
    "kepub": "application/kepub+zip",
    "azw3": "application/x-mobi8-ebook",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
AT_ONCE = 2  # large covers that are made: a picture takes the memory of a hundred pages
_BYTES = r"(?:\d{1,15}-\d{0,15}|-\d{1,15})"
_RANGE = re.compile(rf"\s*bytes\s*=\s*{_BYTES}(?:\s*,\s*{_BYTES})*\s*".encode(), re.I)
_PART = re.compile(rb"(\d{1,15})-(\d{0,15})")
FOR_EVER = "private, max-age=31536000, immutable"  # what an address with a digest leads to never changes


def media_type(file: BookFile) -> str:
    """The media type of a book's file."""
    return MEDIA_TYPES.get(file.format, "application/octet-stream")


def file_name(book: Book, file: BookFile, form: str = "") -> str:
    """The name under which a file is saved: author and title in plain letters, which every reader can write; in `form`,
    where it is made of the file as another format."""
    return "".join(_stem_and_suffix(book, file, form))


def disposition(book: Book, file: BookFile, form: str = "") -> str:
    """The header by which browsers save a file under its name."""
    return saved_as(*_stem_and_suffix(book, file, form), book.by, book.title)


def _stem_and_suffix(book: Book, file: BookFile, form: str) -> tuple[str, str]:
    number = volume(book, file)
    suffix = f"{f'_{number}' if number else ''}{ending_of(form or file.format)}"
    return plain_stem(book.by, book.title) or f"book-{book.id}", suffix


def volume(book: Book, file: BookFile) -> int:
    """Which of the volumes of a book a file is, from 1; 0 for the only one."""
    alike = sorted((one for one in book.files if one.format == file.format), key=lambda one: natural(one.path))
    return alike.index(file) + 1 if len(alike) > 1 else 0


def address(book: Book, file: BookFile) -> str:
    """Where a file is had: another address whenever its bytes are others."""
    return f"/get/{book.id}/{file.digest}/{quote(file_name(book, file))}"


def catalogue_address(book: Book, file: BookFile) -> str:
    """Where reading apps have a file: as `address`, but a KEPUB beside an EPUB ends with ".kepub". KOReader, which
    would save both under one name and reads the EPUB as well, knows no such ending, and offers the EPUB alone."""
    found = address(book, file)
    beside = any(one.format == "epub" for one in book.files)
    return f"{found.removesuffix('.kepub.epub')}.kepub" if file.format == "kepub" and beside else found


def format_title(book: Book, file: BookFile) -> str:
    """What a file is called beside the others of its book: its format, and which of the volumes it is."""
    number = volume(book, file)
    return file.format.upper() + (f", volume {number}" if number else "")


def cover_address(book: Book, *, large: bool = False) -> str:
    """Where the small picture of a book is had, or the one for a whole screen; "" for none."""
    return f"/cover/{'large/' if large else ''}{book.cover}.jpg" if book.cover else ""


class PartedFile(FileResponse):
    """A file of which parts are given to whoever names them; a Range that names none is no error, and not looked at."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with the parts that are asked for, or with all."""
        headers = [(name, said) for name, said in scope["headers"] if name != b"range" or self.gives(said)]
        await super().__call__({**scope, "headers": headers}, receive, send)

    def gives(self, said: bytes, /) -> bool:
        """Whether a Range names parts of bytes, each from its beginning on."""
        parts = _PART.findall(said)
        return bool(_RANGE.fullmatch(said)) and all(not end or int(start) <= int(end) for start, end in parts)


class _WholeFile(PartedFile):
    """A file of which no part is given: who asks for one may have begun with another file's bytes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as if nobody had named a part."""
        self.headers["accept-ranges"] = "none"
        await super().__call__(scope, receive, send)

    def gives(self, _said: bytes, /) -> bool:
        """Of no part."""
        return False


def _successor(shelf: Shelf, number: int, digest: str, name: str) -> BookFile | None:
    """The file that took the place of one with this digest, which a list of an earlier day still names: of its format
    by its name."""
    book = shelf.books.get(number)
    if not book or not places.was_file_of(shelf.store, number, digest):
        return None
    alike = [file for file in book.files if name.endswith((ending_of(file.format), f".{file.format}"))]
    longest = max(alike, key=lambda file: len(ending_of(file.format)), default=None)  # ".kepub.epub" is no ".epub"
    return longest if longest and len([f for f in alike if f.format == longest.format]) == 1 else None


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of files."""

    def get(request: Request) -> Response:
        """A file; at the address of an earlier one the one that is here now, itself: KOReader would lose its password
        on the way to another address."""
        number, digest = request.path_params["book"], request.path_params["digest"]
        found, is_later = shelf.books.file(number, digest), False
        if not found and (later := _successor(shelf, number, digest, request.path_params["name"])):
            found, is_later = shelf.books.file(number, later.digest), True
        if not found or not found[2].is_file():
            raise HTTPException(404, "This book is not here any more, or became another: look it up on the shelf.")
        book, file, path = found
        tag, state = f'"{file.digest}"', path.stat()
        headers = {"etag": tag, "cache-control": FOR_EVER}
        if is_later:
            headers |= {"cache-control": ASK_AGAIN, "content-location": address(book, file)}
        if has_it(request, tag, None if is_later else state.st_mtime):
            return Response(status_code=304, headers=headers)
        headers["content-disposition"] = disposition(book, file)
        if file.format in outlines.FORMATS and "sec-fetch-site" not in request.headers:  # no browser: to read it there
            shelf.fetched.note(request.state.address, book.id, file.digest)
        answer = _WholeFile if is_later else PartedFile
        return answer(path, headers=headers, media_type=media_type(file), stat_result=state)

    return [Route("/get/{book:number}/{digest}/{name}", get, name="get"), *_cover_routes(shelf)]


def _cover_routes(shelf: Shelf) -> list[BaseRoute]:
    few = asyncio.Semaphore(AT_ONCE)

    def _large(digest: str) -> bytes:
        path = shelf.books.file_with_cover(digest)
        return large_cover(path) if path else b""

    def _small(digest: str) -> bytes:
        small = shelf.books.cover(digest)
        if small is None:
            raise HTTPException(404, "There is no such cover.")
        return small

    def cover(request: Request) -> Response:
        digest = str(request.path_params["digest"])
        small, headers = _small(digest), {"etag": f'"{digest}"', "cache-control": FOR_EVER}
        if has_it(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        return Response(small, headers=headers, media_type="image/jpeg")

    async def large(request: Request) -> Response:
        digest = str(request.path_params["digest"])
        await run_in_threadpool(_small, digest)
        headers = {"etag": f'"{digest}-large"', "cache-control": FOR_EVER}
        if has_it(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        async with few:
            picture = await run_in_threadpool(_large, digest)
        if not picture:
            raise HTTPException(404, "There is no such cover.")
        return Response(picture, headers=headers, media_type="image/jpeg")

    return [
        Route("/cover/large/{digest}.jpg", large, name="large cover"),
        Route("/cover/{digest}.jpg", cover, name="cover"),
    ]
