"""Who reads: several people who share a shelf, each with places of their own. Whoever gives no name of theirs shares
the places of all others."""

from __future__ import annotations

from base64 import b64decode
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from converter.shelf.shelf import Shelf

COOKIE = "chapbook-reader"
FOR_LONG = 365 * 24 * 3600  # seconds for which a browser remembers


def remember(shelf: Shelf, answer: Response, name: str) -> None:
    """Has a browser remember who reads there."""
    answer.set_cookie(COOKIE, quote(_known(shelf, name), safe=""), max_age=FOR_LONG, httponly=True, samesite="strict")


def reader_of(shelf: Shelf, request: Request) -> str:
    """The one of the shelf's readers who asks: as KOReader and reading apps name their user, and as was chosen in a
    browser. "" for anybody else."""
    if not shelf.readers:
        return ""
    said = request.headers.get("x-auth-user") or _user_of(request.headers.get("authorization", ""))
    return _known(shelf, said or unquote(request.cookies.get(COOKIE, "")))


def _known(shelf: Shelf, said: str) -> str:
    return next((name for name in shelf.readers if name.casefold() == said.strip().casefold()), "")


def _user_of(header: str) -> str:
    """The user's name in an `Authorization` header, "" without one."""
    scheme, _, value = header.partition(" ")
    try:
        return b64decode(value, validate=True).decode().partition(":")[0] if scheme.lower() == "basic" else ""
    except ValueError:
        return ""
