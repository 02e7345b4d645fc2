"""Where a reader is in a book, for reading apps that have the address from the catalogue: OPDS progression, a draft."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from converter.shelf.opds.atom import moment
from converter.shelf.opds.feeds import title_of
from converter.shelf.opds.links import PROGRESSION_TYPE
from converter.shelf.readers import reader_of
from converter.shelf.shelf import Shelf
from converter.shelf.sync import places, progress
from converter.shelf.sync.kosync import LONGEST_NAME, body_of, fraction_of, is_text

MOST_REFERENCES = 20
LONGEST_REFERENCE = 2_000
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+")


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The one address of each book."""

    def get(request: Request) -> Response:
        number = _book(shelf, request)
        found = places.latest(shelf.store, number, most=1, reader=reader_of(shelf, request))
        if not found:
            raise HTTPException(404, "Nobody has read in this book yet.")
        return _answer(shelf, found[0])

    async def put(request: Request) -> Response:
        said = await body_of(request)
        return await run_in_threadpool(_noted, shelf, request, said)

    address = "/progression/{book:number}"
    return [Route(address, get, methods=["GET"]), Route(address, put, methods=["PUT"])]


def _book(shelf: Shelf, request: Request) -> int:
    number = int(request.path_params["book"])
    if not shelf.books.get(number):
        raise HTTPException(404, "This book is not on the shelf any more.")
    return number


def _noted(shelf: Shelf, request: Request, said: Any) -> Response:
    """Keeps what was sent, unless somebody read on since; tells what is kept then."""
    number = _book(shelf, request)
    reader = reader_of(shelf, request)
    place = replace(_place_of(shelf, number, said), reader=reader)
    before = places.latest(shelf.store, number, most=1, reader=reader)
    if not before or place.said >= before[0].said or place.device_id == before[0].device_id:
        progress.note(shelf.store, place)
        before = places.latest(shelf.store, number, most=1, reader=reader)
    return _answer(shelf, before[0])


def _place_of(shelf: Shelf, number: int, said: Any) -> places.Place:
    """The place that was sent. Raises HTTPException."""
    wrong = HTTPException(400, "This is no progression.")
    if not isinstance(said, dict) or not isinstance(device := said.get("device"), dict):
        raise wrong
    share, identity, name = fraction_of(said.get("progression")), device.get("id"), device.get("name")
    references = said.get("references", said.get("refs", []))  # the draft's text says the first, its schema the second
    if share is None or not isinstance(identity, str) or not isinstance(name, str) or not isinstance(references, list):
        raise wrong
    good = all(isinstance(r, str) and is_text(r, LONGEST_REFERENCE) for r in references)
    if not good or len(references) > MOST_REFERENCES or not all(is_text(t, LONGEST_NAME) for t in (identity, name)):
        raise wrong
    try:
        when = datetime.fromisoformat(said.get("modified"))  # type: ignore[arg-type]
        seconds = int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
    except (TypeError, ValueError, OverflowError):
        raise wrong from None
    here = places.current(shelf.store, number)
    pointer = places.spot_of_reference(shelf.store, number, references)
    digest = here[0] if here else ""
    return places.Place(f"book:{number}", "opds", pointer, share, name, identity, max(1, seconds), number, digest)


def _answer(shelf: Shelf, place: places.Place) -> Response:
    book = shelf.books.get(place.book or 0)
    identity = place.device_id if _URI.fullmatch(place.device_id) else f"urn:x-device:{place.device_id or place.kind}"
    said: dict[str, Any] = {
        "modified": moment(place.said),
        "device": {"id": "".join(identity.split()), "name": place.device or place.kind},
        "progression": place.fraction,
    }
    if book:
        said["title"] = title_of(book)
    if references := places.references_of(shelf.store, place):
        said["references"] = references
    return Response(json.dumps(said, ensure_ascii=False).encode(), media_type=PROGRESSION_TYPE)
