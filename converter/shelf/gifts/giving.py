"""New books from the browser: files, folders and texts that somebody drops."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import digest
from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.folders.called import shared_name
from converter.shelf.answering.advice import unkept
from converter.shelf.answering.sidecars import answer, sidecar_of
from converter.shelf.answering.typed import one_line
from converter.shelf.gifts.dropped import DROPPED, Gift, Given, NoStory, apart, is_alone, safe_name, take, told_already
from converter.shelf.gifts.here_already import LONGEST_SAME, leave_out
from converter.shelf.gifts.joined_places import were_parted
from converter.shelf.gifts.kin import Kin, called, offered
from converter.shelf.gifts.partings import Parting, parting_of
from converter.shelf.gifts.removed import back_on_shelf, gift_of, removed
from converter.shelf.gifts.unfinished import unfinished
from converter.shelf.gifts.zipped import unpacked
from converter.shelf.pages import checked_form
from converter.shelf.rendering import Pages
from converter.shelf.shelf import Shelf
from converter.shelf.works import forget
from converter.shelf.workshop import MOST_WAITING, TAKEN_UP, Busy, Work, arguments_of

LARGEST = 256 * 1024 * 1024  # bytes of all that is given at once
LONGEST_TEXT = 8 * 1024 * 1024  # bytes that are pasted
MOST_FILES = 2_000
LONGEST_ANSWER = 1_000  # characters
MOST_LOOKED_AT = 20  # gifts of which it is said to which books they look to belong
LONGEST_CALLED = 60  # characters of what a pasted text is called
_QUOTED = re.compile("%(?:22|0[AD])", re.I)  # what browsers write in a file's name, and nothing else of this kind
_WAYS = re.compile(r"[/\\]+")
SETTINGS = ".toml"
LEFT_OUT = "settings are not taken from files; say them on the book's page, at “Say it better”"
HERE_ALREADY, ON_SHELF, MADE_AGAIN = "is here already", "is on the shelf", "made again"


@dataclass(frozen=True, slots=True)
class Made:
    """A book that a gift became: its number, its title, how much in it is doubted, what is new in one that was here
    before ("+1 chapter"), the book to which a new one looks to belong and what that is called, and how one that was
    joined is parted again."""

    number: int
    title: str
    doubts: int
    news: str
    kin: Kin | None = None
    kin_called: str = ""
    parts: Parting | None = None


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of new books."""
    page = Pages(shelf).page

    def new(request: Request) -> Response:
        off = [(one, back_on_shelf(shelf.store, one)) for one in removed(shelf.folder)]
        return page(request, "new.html", rows=_rows(shelf), removed=off)

    def listed(request: Request) -> Response:
        return page(request, "new_list.html", rows=_rows(shelf))

    async def give(request: Request) -> Response:
        form = await checked_form(request, longest=LARGEST, files=MOST_FILES, longest_part=LONGEST_TEXT)
        return await run_in_threadpool(_give, shelf, form)

    async def clear(request: Request) -> Response:
        await checked_form(request)
        await run_in_threadpool(lambda: forget(shelf.store, shelf.workshop.clear(f"{DROPPED}/")))
        return RedirectResponse("/new", 303)

    return [
        Route("/new", new, methods=["GET"]),
        Route("/new/clear", clear, methods=["POST"]),
        Route("/new", give, methods=["POST"]),
        Route("/new/list", listed, methods=["GET"]),
    ]


def _give(shelf: Shelf, form: FormData) -> Response:
    """Takes what a form gives, and has it made. Raises HTTPException."""
    title, author = text_in(form, "title"), text_in(form, "author")
    gifts = apart(unpacked(_given(form, title)))
    if shelf.workshop.under_way + len(gifts) > MOST_WAITING:
        raise HTTPException(503, f"Too much is waiting to be made: give up to {MOST_WAITING} books at once.")
    wrong: dict[str, int] = {}
    for given in gifts or [[]]:  # one that can't be taken is told, and the others are made
        files, told = _without_settings(given)
        told += tuple(_left_out(name, why) for file in files for name, why in file.left)
        try:
            if not title and not author and (same := _same(shelf, files)):
                _take_same(shelf, files[0].name, same, told)
                continue
            gift = take(shelf.folder, files, title if len(gifts) == 1 else "")
            if len(gifts) == 1 and gift.path.is_file() and (title or author):
                answer(sidecar_of(gift.path), {"title": title, "author": names_in(author)})
            known, more = leave_out(shelf.store, gift.path)
            if not more:
                shelf.workshop.note(gift.key, _called(files, gift), "", (*told, *known))
                continue
            told += known
            begin(shelf, gift.key, gift.path, formats_of(shelf, gift.key), called=_called(files, gift), told=told)
        except NoStory as error:
            wrong[str(error)] = 400
        except OSError as error:
            wrong[f"It can't be kept here: {unkept(error)}."] = 507
    if wrong:
        raise HTTPException(max(wrong.values()), " ".join(wrong))
    return RedirectResponse("/new", 303)


def _without_settings(given: list[Given]) -> tuple[list[Given], tuple[dict[str, Any], ...]]:
    """The files of a gift without those that hold settings, of which each has a row; all where no other is there."""
    settings = [file for file in given if file.name.lower().endswith(SETTINGS)]
    files = [file for file in given if file not in settings]
    return (files, tuple(_left_out(file.name, LEFT_OUT) for file in settings)) if files else (given, ())


def _called(files: Sequence[Given], gift: Gift) -> str:
    """What people call a gift: its folder, or what the names of its files share; else the first, and how many more."""
    apart = len(files) > 1 and all("/" not in file.name and "\\" not in file.name for file in files)
    if not apart or shared_name([file.name for file in files]):
        return gift.key.removeprefix(f"{DROPPED}/")
    return f"{safe_name(files[0].name)} and {len(files) - 1} more"


def _left_out(name: str, why: str) -> dict[str, Any]:
    """A row of what was made, for a file that was left out."""
    return {"story": PurePosixPath(name.replace("\\", "/")).name, "state": "left out", "doubts": [why]}


def _take_same(shelf: Shelf, name: str, source: str, told: tuple[dict[str, Any], ...]) -> None:
    """Notes that a story is here already. One that was given is looked at again: a full disk may have kept its book
    from being made. Raises HTTPException."""
    gift = gift_of(source)
    path = shelf.folder / DROPPED / gift
    if not gift or not path.is_dir():
        shelf.workshop.note(f"{DROPPED}/{safe_name(name)}", name, source, told)
        return
    key = f"{DROPPED}/{gift}"
    own = shelf.folder / source
    begin(shelf, key, own if own.is_file() and is_alone(own, path) else path, formats_of(shelf, key), told=told)


def take_up(shelf: Shelf, homes: Iterable[Path]) -> None:
    """Has that made which was asked for before the shelf was started, and not finished, of gifts in these folders. The
    shelf is abreast of its catalogue. Raises OutputError."""
    shelf.workshop.take_up()
    for key, path in unfinished(shelf.store, homes):
        with suppress(HTTPException):  # the others are made at the next start
            begin(shelf, key, path, ("epub",))


def formats_of(shelf: Shelf, key: str) -> tuple[str, ...]:
    """The formats in which the books of a gift are there; EPUB of a new one."""
    asked = (
        "SELECT DISTINCT format FROM files JOIN books ON books.id = files.book "
        "WHERE books.source = ? OR substr(books.source, 1, ?) = ?"
    )
    there = [str(row[0]) for row in shelf.store.asked(asked, (key, len(key) + 1, f"{key}/"))]
    return tuple(dict.fromkeys(("epub", *sorted(there))))


def _same(shelf: Shelf, files: list[Given]) -> str:
    """The source of the story on the shelf that was made of the very bytes of a gift, has them as one of its files, or
    tells the same in a richer format; "" where there is none."""
    if len(files) != 1:
        return ""
    data = files[0].data.read(LONGEST_SAME + 1)
    files[0].data.seek(0)
    try:
        with Catalogue(shelf.folder) as catalogue:
            own = digest(data) if len(data) <= LONGEST_SAME else ""
            sources = (*catalogue.made_of_bytes(own), *catalogue.holding_bytes(own)) if own else ()
    except OutputError:
        return ""
    if not sources and not files[0].problem and (richer := told_already(shelf.folder, files[0])):
        sources = (richer.relative_to(shelf.folder).as_posix(), f"{DROPPED}/{richer.parent.name}")
    return next((s for s in sources if shelf.store.one("SELECT 1 FROM books WHERE source = ?", (s,))), "")


def _rows(shelf: Shelf) -> list[tuple[Work, list[Made]]]:
    """What was given, the last one first, each with its books."""
    rows: list[tuple[Work, list[Made]]] = []
    for work in reversed(shelf.workshop.works(f"{DROPPED}/")):
        start = f"{work.key}/"
        books = shelf.store.asked(
            "SELECT id, title, doubts FROM books WHERE source IN (?, ?) OR substr(source, 1, ?) = ? ORDER BY title",
            (work.key, work.same_as, len(start), start),
        )
        news = _news(shelf, work)
        found = {int(n): Made(int(n), str(title), int(doubts), news.get(int(n), "")) for n, title, doubts in books}
        for number in sorted(news.keys() - found.keys()):  # of stories that lie elsewhere, as those of a zip
            for title, doubts in shelf.store.asked("SELECT title, doubts FROM books WHERE id = ?", (number,)):
                found[number] = Made(number, str(title), int(doubts), news[number])
        if work.state == "made" and not work.same_as and len(rows) < MOST_LOOKED_AT:
            found = {number: _with_others(shelf, made) for number, made in found.items()}
        rows.append((work, list(found.values())))
    return rows


def _with_others(shelf: Shelf, made: Made) -> Made:
    """A book with that to which it looks to belong, where it is new and was given, and with that to which it was
    joined."""
    book = shelf.books.get(made.number)
    if not book or not gift_of(book.source):
        return made
    kin = None if made.news else offered(shelf.store, book)
    if kin and were_parted(shelf.store, book.id, kin.number):
        kin = None
    kin_called = called(shelf.store, kin) if kin else ""
    return replace(made, kin=kin, kin_called=kin_called, parts=parting_of(shelf.store, book))


def _news(shelf: Shelf, work: Work) -> dict[int, str]:
    """What a gift brought to books that were here before it, by their numbers."""
    found: dict[int, str] = {}
    home = shelf.folder.resolve()
    taken_up = any(story.get("state") == TAKEN_UP for story in work.stories)
    for story in work.stories:
        said = HERE_ALREADY if story.get("state") == "kept" else str(story.get("news", ""))
        if taken_up and said in (HERE_ALREADY, MADE_AGAIN):  # by what was ended, and knew what it brought
            said = ON_SHELF
        for path in (*story.get("books", ()), *story.get("kept", ())):
            with suppress(ValueError, OSError):
                way = Path(str(path)).resolve().relative_to(home).as_posix()
                for (number,) in shelf.store.asked("SELECT book FROM files WHERE path = ?", (way,)):
                    found[int(number)] = "" if said == "new" else said
    return found


def begin(
    shelf: Shelf,
    key: str,
    path: Path,
    formats: tuple[str, ...],
    more: Sequence[str] = (),
    *,
    called: str = "",
    told: tuple[dict[str, Any], ...] = (),
) -> None:
    """Has the story at this path made, in these formats and with `more` options, as what was given under this key, and
    is `called` so by people; `told` are rows of what was left out before. Raises HTTPException."""
    try:
        shelf.workshop.begin(key, called or key.removeprefix(f"{DROPPED}/"), arguments_of(path, formats, more), told)
    except Busy:
        raise HTTPException(503, "Too much is waiting to be made: try again in a while.") from None


def _given(form: FormData, title: str) -> Iterator[Given]:
    """The files of a form, or the text that was pasted into it."""
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    for file in files:
        yield Given(_QUOTED.sub(lambda sign: unquote(sign[0]), file.filename or ""), file.file)
    text = form.get("text")
    if not files and isinstance(text, str) and text.strip():
        called = _shortened(one_line(title or text.strip().splitlines()[0])) or "story"
        yield Given(f"{_WAYS.sub(' ', called)}.txt", io.BytesIO(text.encode("utf-8", "replace")))


def _shortened(line: str) -> str:
    """A line that is no longer than names are; where it is, it ends with a word."""
    if len(line) <= LONGEST_CALLED:
        return line
    at = line.rfind(" ", LONGEST_CALLED // 2, LONGEST_CALLED + 1)
    return line[: at if at > 0 else LONGEST_CALLED].rstrip(" ,;:-–—")


def text_in(form: FormData, key: str) -> str:
    """A line of a form."""
    value = form.get(key, "")
    return one_line(value)[:LONGEST_ANSWER] if isinstance(value, str) else ""


def names_in(said: str) -> list[str]:
    """The names in a line that parts them by semicolons."""
    return [name for part in said.split(";") if (name := one_line(part))]
