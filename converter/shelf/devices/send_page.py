"""Sending a book from its page: to the names of the person's own `[mail.to]`, by the server named there."""

from __future__ import annotations

import threading

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from converter.document.errors import ConverterError, OutputError, SettingError
from converter.shelf.asked_book import asked_book
from converter.shelf.books import Book
from converter.shelf.devices.chosen import book_bytes
from converter.shelf.devices.mail import Letter, send_by_mail
from converter.shelf.devices.mail_settings import mail_settings, password_of
from converter.shelf.pages import checked_form
from converter.shelf.rendering import Pages
from converter.shelf.shelf import Shelf

UNREACHED = "The mail server can't be reached ({}): is it on, and is its address right in [mail]?"
AT_ONCE = 2  # books on their way; a server that gives no answer must not stop the pages


def mail_names() -> tuple[str, ...]:
    """The names to which books can be sent; none where no mail is set up."""
    try:
        return tuple(mail_settings().to)
    except SettingError:
        return ()


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of sending."""
    page = Pages(shelf).page
    slots = threading.BoundedSemaphore(AT_ONCE)

    def there(number: str) -> Book:
        return asked_book(shelf, number)

    def ask(request: Request) -> Response:
        book = there(str(request.path_params["book"]))
        return page(request, "send.html", book=book, names=mail_names(), said="", wrong="")

    async def send(request: Request) -> Response:
        form = await checked_form(request)
        return await run_in_threadpool(sent, request, str(form.get("book", "")), str(form.get("to", "")))

    def sent(request: Request, number: str, to: str) -> Response:
        book = there(number)
        names = mail_names()
        if to.casefold() not in names:
            wrong = "There is no such name in [mail.to]." if names else "No mail is set up."
            return page(request, "send.html", 400, book=book, names=names, said="", wrong=wrong)
        if not slots.acquire(blocking=False):
            wrong = "Other books are on their way: try again in a minute."
            return page(request, "send.html", 503, book=book, names=names, said="", wrong=wrong)
        try:
            said = _mailed(shelf, book, to)
        except ConverterError as error:
            status = 502 if isinstance(error, OutputError) else 400
            return page(request, "send.html", status, book=book, names=names, said="", wrong=_told(error))
        finally:
            slots.release()
        return page(request, "send.html", book=book, names=names, said=said, wrong="")

    return [Route("/send/{book:number}", ask, methods=["GET"]), Route("/send", send, methods=["POST"])]


def _mailed(shelf: Shelf, book: Book, to: str) -> str:
    """Mails all volumes of a book's EPUB, or of its first format. Raises ConverterError."""
    settings = mail_settings()
    password = password_of(settings)
    best = "epub" if any(file.format == "epub" for file in book.files) else book.files[0].format
    files = [file for file in book.files if file.format == best]
    for at, file in enumerate(files, 1):
        found = shelf.books.file(book.id, file.digest)
        if not found:
            raise OutputError("the book is not here any more")
        title = book.title if len(files) == 1 else f"{book.title} {at}"
        send_by_mail(Letter(title, book.by, best, book_bytes(found[2])), to, settings, password)
    return f"Sent to {to.casefold()}."


def _told(error: ConverterError) -> str:
    """What went wrong, without where files lie on this machine."""
    said = f"{error.what[:1].upper()}{error.what[1:]}"
    if error.what.startswith("can't be spoken to"):
        return UNREACHED.format(error.what.partition("(")[2].rstrip(")") or "no answer")
    server = isinstance(error, OutputError) or error.what.startswith(("refused", "is not who", "does not offer"))
    return f"The mail server {error.what}." if server and ":" in error.where else f"{said}."
