"""New books from the browser: files, folders and texts that somebody drops, and answers to what was doubted in them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from converter.build.values import Senseless, pattern
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import digest
from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.shelf.books import Book
from converter.shelf.dropped import DROPPED, Given, NoStory, answer, apart, safe_name, said_of, take
from converter.shelf.epub_facts import small_picture
from converter.shelf.pages import checked_form
from converter.shelf.removed import removed
from converter.shelf.rendering import Pages
from converter.shelf.shelf import Shelf
from converter.shelf.workshop import MOST_WAITING, Busy, Work

LARGEST = 256 * 1024 * 1024  # bytes of all that is given at once
LONGEST_TEXT = 8 * 1024 * 1024  # bytes that are pasted
LARGEST_COVER = 20 * 1024 * 1024
MOST_FILES = 2_000
LONGEST_SAME = 32 * 1024 * 1024  # bytes of a file that is looked for among those that are here
LONGEST_ANSWER = 1_000  # characters
LONGEST_MAKING = "300"  # seconds for a story
HERE_ALREADY = "is here already"
PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PN": "png"}


@dataclass(frozen=True, slots=True)
class Made:
    """A book that a gift became: its number, its title, how much in it is doubted, and what is new in one that was here
    before ("+1 chapter")."""

    number: int
    title: str
    doubts: int
    news: str


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The routes of new books."""
    page = Pages(shelf).page

    def new(request: Request) -> Response:
        return page(request, "new.html", rows=_rows(shelf), removed=removed(shelf.folder))

    def listed(request: Request) -> Response:
        return page(request, "new_list.html", rows=_rows(shelf))

    async def give(request: Request) -> Response:
        form = await checked_form(request, longest=LARGEST, files=MOST_FILES, longest_part=LONGEST_TEXT)
        return await run_in_threadpool(_give, shelf, form)

    async def answered(request: Request) -> Response:
        form = await checked_form(request, longest=LARGEST_COVER, files=1)
        return await run_in_threadpool(_answered, request, form)

    def _answered(request: Request, form: FormData) -> Response:
        book = shelf.books.get(request.path_params["book"])
        path = own_story(shelf, book) if book else None
        if not book or not path:
            raise HTTPException(404, "This story was not given to the shelf: write its sidecar beside it.")
        said = _answers_in(form)
        cover = form.get("cover")
        try:
            if isinstance(cover, UploadFile) and cover.size:
                said["cover"] = _kept_cover(path, cover.file.read(LARGEST_COVER))
            answer(path, said)
            key = "/".join(book.source.split("/")[:2])
            begin(shelf, key, path, tuple(dict.fromkeys(file.format for file in book.files)))
        except OSError as error:
            raise HTTPException(507, f"It can't be kept here ({error.strerror}).") from None
        return RedirectResponse("/new", 303)

    return [
        Route("/new", new, methods=["GET"]),
        Route("/new", give, methods=["POST"]),
        Route("/new/list", listed, methods=["GET"]),
        Route("/book/{book:number}/answer", answered, methods=["POST"]),
    ]


def _give(shelf: Shelf, form: FormData) -> Response:
    """Takes what a form gives, and has it made. Raises HTTPException."""
    title, author = _text(form, "title"), _text(form, "author")
    gifts = apart(_given(form, title))
    if shelf.workshop.under_way + len(gifts) > MOST_WAITING:
        raise HTTPException(503, f"Too much is waiting to be made: give up to {MOST_WAITING} books at once.")
    wrong: dict[str, int] = {}
    for files in gifts or [[]]:  # one that can't be taken is told, and the others are made
        try:
            if not title and not author and (same := _same(shelf, files)):
                shelf.workshop.note(f"{DROPPED}/{safe_name(files[0].name)}", files[0].name, same)
                continue
            gift = take(shelf.folder, files, title if len(gifts) == 1 else "")
            if len(gifts) == 1 and gift.path.is_file() and (title or author):
                answer(gift.path, {"title": title, "author": _names(author)})
            begin(shelf, gift.key, gift.path, ("epub",))
        except NoStory as error:
            wrong[str(error)] = 400
        except OSError as error:
            wrong[f"It can't be kept here ({error.strerror})."] = 507
    if wrong:
        raise HTTPException(max(wrong.values()), " ".join(wrong))
    return RedirectResponse("/new", 303)


def _same(shelf: Shelf, files: list[Given]) -> str:
    """The source of the story on the shelf that was made of the very bytes of a gift; "" where there is none."""
    if len(files) != 1:
        return ""
    data = files[0].data.read(LONGEST_SAME + 1)
    files[0].data.seek(0)
    try:
        with Catalogue(shelf.folder) as catalogue:
            sources = catalogue.made_of_bytes(digest(data)) if len(data) <= LONGEST_SAME else ()
    except OutputError:
        return ""
    return next((s for s in sources if shelf.store.one("SELECT 1 FROM books WHERE source = ?", (s,))), "")


def own_story(shelf: Shelf, book: Book) -> Path | None:
    """Where the story of a book lies that was given to the shelf; None for all others, which are not the shelf's."""
    home = (shelf.folder / DROPPED).resolve()
    path = (shelf.folder / book.source).resolve()
    return path if path != home and path.is_relative_to(home) and path.exists() else None


def answers(shelf: Shelf, book: Book) -> dict[str, str] | None:
    """What the form for answers holds; None for a book whose story is not the shelf's."""
    path = own_story(shelf, book)
    if not path:
        return None
    said = said_of(path)
    return {"title": book.title, "author": "; ".join(book.authors), "chapter": str(said.get("chapter", ""))}


def _rows(shelf: Shelf) -> list[tuple[Work, list[Made]]]:
    """What was given, the last one first, each with its books."""
    rows = []
    for work in reversed(shelf.workshop.works(f"{DROPPED}/")):
        start = f"{work.key}/"
        books = shelf.store.asked(
            "SELECT id, title, doubts FROM books WHERE source IN (?, ?) OR substr(source, 1, ?) = ? ORDER BY title",
            (work.key, work.same_as, len(start), start),
        )
        news = _news(shelf, work)
        rows.append((work, [Made(int(n), str(title), int(doubts), news.get(int(n), "")) for n, title, doubts in books]))
    return rows


def _news(shelf: Shelf, work: Work) -> dict[int, str]:
    """What a gift brought to books that were here before it, by their numbers."""
    found: dict[int, str] = {}
    home = shelf.folder.resolve()
    for story in work.stories:
        said = HERE_ALREADY if story.get("state") == "kept" else str(story.get("news", ""))
        for path in (*story.get("books", ()), *story.get("kept", ())):
            with suppress(ValueError, OSError):
                way = Path(str(path)).resolve().relative_to(home).as_posix()
                for (number,) in shelf.store.asked("SELECT book FROM files WHERE path = ?", (way,)):
                    found[int(number)] = "" if said == "new" else said
    return found


def begin(shelf: Shelf, key: str, path: Path, formats: tuple[str, ...]) -> None:
    """Has the story at this path made, in these formats, as what was given under this key. Raises HTTPException."""
    said = ["-t", ",".join(formats or ("epub",)), "--timeout", LONGEST_MAKING, "--", str(path.absolute())]
    try:
        shelf.workshop.begin(key, key.removeprefix(f"{DROPPED}/"), said)
    except Busy:
        raise HTTPException(503, "Too much is waiting to be made: try again in a while.") from None


def _given(form: FormData, title: str) -> Iterator[Given]:
    """The files of a form, or the text that was pasted into it."""
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    for file in files:
        yield Given(file.filename or "", file.file)
    text = form.get("text")
    if not files and isinstance(text, str) and text.strip():
        yield Given(f"{(title or text.strip().splitlines()[0])[:60]}.txt".replace("/", " "), io.BytesIO(text.encode()))


def _text(form: FormData, key: str) -> str:
    """A line of a form."""
    value = form.get(key, "")
    return " ".join(value.split())[:LONGEST_ANSWER] if isinstance(value, str) else ""


def _answers_in(form: FormData) -> dict[str, str | list[str]]:
    """What a form answers. Raises HTTPException where the pattern of headings is none: written down, no making would
    come to an end."""
    chapter = _text(form, "chapter")
    try:
        said = pattern(chapter) if chapter else ""
    except Senseless as error:
        raise HTTPException(400, f"The pattern of headings {error}.") from None
    return {"title": _text(form, "title"), "author": _names(_text(form, "author")), "chapter": said}


def _names(said: str) -> list[str]:
    return [name for part in said.split(";") if (name := part.strip())]


def _kept_cover(path: Path, data: bytes) -> str:
    """Puts a cover beside a story: its name. Raises HTTPException where it is no picture."""
    ending = PICTURES.get(data[:3])
    if not ending or not small_picture(data):
        raise HTTPException(400, "The cover has to be a JPEG or a PNG.")
    name = f"cover.{ending}" if path.is_dir() else f"{path.stem} cover.{ending}"
    ((path if path.is_dir() else path.parent) / name).write_bytes(data)
    return name
