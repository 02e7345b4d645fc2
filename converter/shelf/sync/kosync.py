"""KOReader's protocol for places: four calls, JSON, the password's MD5 in a header, which the guard looks at."""

from __future__ import annotations

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from converter.shelf.readers import reader_of
from converter.shelf.shelf import Shelf
from converter.shelf.sync import in_hand, places, progress

LONGEST_BODY = 64 * 1024
LONGEST_NAME = 200  # characters of a document's and of a device's name
LONGEST_PLACE = 4_000
SLACK = 0.005  # of a share: readers add up what they show
TYPE = "application/vnd.koreader.v1+json"


class Answer(JSONResponse):
    """JSON, called as KOReader asks for it."""

    media_type = TYPE


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of the protocol."""

    def create(_: Request) -> Response:
        return _wrong(402, 2005, "This shelf has one password, and no accounts: choose Login")

    def known(_: Request) -> Response:
        return Answer({"authorized": "OK"})

    def health(_: Request) -> Response:
        return Answer({"state": "OK"})

    def told(request: Request) -> Response:
        document = request.path_params["document"]
        if not _is_name(document):
            return Answer({})
        said = in_hand.document(document, _names_in(request.query_params.get("ids", "")), request.state.address)
        book, digest = in_hand.file_of(shelf.store, shelf.fetched, said)
        found = places.for_koreader(shelf.store, document, book, digest, reader_of(shelf, request))
        if not found:
            return Answer({})
        return Answer(
            {
                "document": document, "progress": found.place, "percentage": found.fraction, "device": found.device,
                "device_id": found.device_id, "timestamp": found.said,
            }
        )  # fmt: skip

    async def tell(request: Request) -> Response:
        said, reader = await body_of(request), reader_of(shelf, request)
        return await run_in_threadpool(_noted, shelf, said, reader, request.state.address)

    return [
        Route("/users/create", create, methods=["POST"]),
        Route("/users/auth", known),
        Route("/healthcheck", health),
        Route("/syncs/progress", tell, methods=["PUT"]),
        Route("/syncs/progress/{document}", told),
    ]


def _noted(shelf: Shelf, said: Any, reader: str, address: str) -> Response:
    if not isinstance(said, dict):
        return _wrong(403, 2003, "Invalid request")
    document, place = said.get("document"), said.get("progress")
    share = fraction_of(said.get("percentage"))
    if not isinstance(document, str) or not _is_name(document):
        return _wrong(403, 2004, "Field 'document' not provided.")
    place = str(place) if isinstance(place, int) and not isinstance(place, bool) else place
    device, device_id = said.get("device"), said.get("device_id", "")
    texts = (place, device, device_id)
    if share is None or not all(isinstance(text, str) and is_text(text, LONGEST_PLACE) for text in texts) or not place:
        return _wrong(403, 2003, "Invalid request")
    named = in_hand.document(document, _names_of(said.get("identifiers")), address)
    book, digest = in_hand.file_of(shelf.store, shelf.fetched, named, str(place))
    when = progress.note(
        shelf.store,
        places.Place(
            document, "koreader", str(place), share, str(device)[:LONGEST_NAME], str(device_id)[:LONGEST_NAME],
            book=book, digest=digest, reader=reader,
        ),
    )  # fmt: skip
    if book is not None:
        in_hand.keep(shelf.store, shelf.fetched, named, book, digest)
    return Answer({"document": document, "timestamp": when})


def _names_in(said: str) -> list[tuple[str, str]]:
    """What KOReader calls its document beside the name that it asks with: "content:...,structure:..."."""
    pairs = [part.partition(":") for part in said[:LONGEST_PLACE].split(",")]
    return [(kind, value) for kind, _, value in pairs if _is_name(value)]


def _names_of(said: Any) -> list[tuple[str, str]]:
    """The same, as it is told with a place: a list of types and values."""
    rows = [row for row in said if isinstance(row, dict)] if isinstance(said, list) else []
    pairs = [(row.get("type"), row.get("value")) for row in rows]
    return [(k, v) for k, v in pairs if isinstance(k, str) and isinstance(v, str) and _is_name(v)]


async def body_of(request: Request) -> Any:
    """The JSON that was sent, None for what is none. Raises HTTPException for too much of it."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LONGEST_BODY:
            raise HTTPException(413, "This is more than a place in a book.")
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def fraction_of(said: object) -> float | None:
    """A share from 0 to 1, but for what a reader's sums may add; None for what is no number, or another one."""
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    try:
        share = float(said)
    except OverflowError:
        return None
    return min(1.0, max(0.0, share)) if -SLACK <= share <= 1 + SLACK else None


def is_text(text: str, most: int) -> bool:
    """Whether a text is not too long, and one that can be kept."""
    return len(text) <= most and "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _is_name(document: str) -> bool:
    return bool(document) and ":" not in document and is_text(document, LONGEST_NAME)


def _wrong(status: int, code: int, message: str) -> Response:
    return Answer({"code": code, "message": message}, status)
