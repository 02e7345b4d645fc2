"""Pages made of templates, in which all that books say is text."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from converter.limits.files import lies
from converter.shelf import downloads
from converter.shelf.answering.advice import plainly, refusal
from converter.shelf.books import Asked
from converter.shelf.languages import language_name
from converter.shelf.readers import reader_of
from converter.shelf.shelf import Shelf

HERE = Path(__file__).parent


class Pages:
    """The templates of a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._templates = Jinja2Templates(HERE / "templates")
        self._templates.env.globals.update(
            shelf=shelf, address=downloads.address, cover_address=downloads.cover_address, count=_count,
            link=link, called=called, sorted=_sorted, volume=downloads.volume, day=day, language_name=language_name,
            plainly=plainly, refusal=refusal,
        )  # fmt: skip
        self._templates.env.trim_blocks = self._templates.env.lstrip_blocks = True

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        """The page of a template with these values; those that every page has are added."""
        session = getattr(request.state, "session", None)
        values |= {
            "nonce": getattr(request.state, "nonce", ""), "token": session.token if session else "",
            "session": session, "is_there": lies(self._shelf.store.path), "reader": reader_of(self._shelf, request),
        }  # fmt: skip
        return self._templates.TemplateResponse(request, name, values, status)


def called(asked: Asked) -> str:
    """What a list of the books that are asked for is called."""
    all_of_them = "Reading" if asked.begun else "Books"
    return asked.series or asked.author or asked.tag or language_name(asked.language) or all_of_them


def link(asked: Asked | None = None, **other: object) -> str:
    """The address of the books that are asked for, with some of it changed: `before=60`, `author="Ada Thorn"`."""
    said: dict[str, object] = {}
    if asked:
        said = {
            "q": asked.words, "author": asked.author, "series": asked.series, "tag": asked.tag,
            "language": asked.language, "doubts": "1" if asked.doubtful else "", "unread": "1" if asked.unread else "",
            "begun": "1" if asked.begun else "", "sort": asked.sort,
        }  # fmt: skip
    query = urlencode({key: value for key, value in (said | other).items() if value})
    return f"/?{query}" if query else "/"


def _sorted(asked: Asked) -> str:
    """How the books are sorted, as it is said behind their number."""
    return {
        "title": ", by title",
        "author": ", by author",
        "longest": ", the longest first",
        "series": ", by series",
    }.get(asked.sort, "")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def day(moment: int) -> str:
    """The day of a moment (seconds since 1970), as this machine's clock has it."""
    then = time.localtime(moment)
    return f"{then.tm_mday} {time.strftime('%B %Y', then)}"
