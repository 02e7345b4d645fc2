"""Answers to what was doubted in a book: title, authors, the pattern of its headings, a cover. They are written into
the sidecar beside its story, and the book is made again."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from converter.build.folders import SIDECAR
from converter.build.sidecars import NO_SIDECARS
from converter.build.values import Senseless, pattern
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import Story
from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.shelf.books import Book
from converter.shelf.epub_facts import small_picture
from converter.shelf.giving import begin, names_in, text_in
from converter.shelf.pages import checked_form
from converter.shelf.removed import gift_of
from converter.shelf.shelf import Shelf
from converter.shelf.sidecars import Unwritable, answer, lines_of, said_in, sidecar_of
from converter.shelf.story_paths import path_of

LARGEST_COVER = 20 * 1024 * 1024
LARGEST_SIDES = (2_400, 3_840)  # pixels of a cover that becomes a JPEG
MOST_COVERS = 100  # of one name
PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PN": "png"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form for answers holds, and where they are written. `story` is the story's path. `may_be_written`: by
    the shelf; else a person writes `lines` into the file that is called `called`, as seen from the folder of the
    books."""

    title: str
    author: str
    chapter: str
    story: Path
    place: Path
    called: str
    may_be_written: bool

    @property
    def lines(self) -> str:
        """What a person would write, with what is known now."""
        return lines_of({"title": self.title, "author": names_in(self.author), "chapter": self.chapter})


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The route of answers."""

    async def answered(request: Request) -> Response:
        form = await checked_form(request, longest=LARGEST_COVER, files=1)
        return await run_in_threadpool(_answered, shelf, int(request.path_params["book"]), form)

    return [Route("/book/{book:number}/answer", answered, methods=["POST"])]


def answers(shelf: Shelf, book: Book) -> Answers | None:
    """The answers that can be given for a book; None where its story has no sidecar, for it lies in an archive or
    elsewhere, or is not where it was."""
    try:
        with Catalogue(shelf.folder) as catalogue:
            story = catalogue.story(book.source)
    except OutputError:
        return None
    path = path_of(shelf.store, story) if story else None
    if not story or not path:
        return None
    place = _place(story, path)
    said = said_in(place)
    chapters = said.get("chapter", said.get("chapters", ""))
    chapter = chapters if isinstance(chapters, str) else "|".join(f"(?:{one})" for one in chapters)
    if isinstance(chapters, list) and len(chapters) == 1:
        chapter = str(chapters[0])
    called = place.relative_to(shelf.folder).as_posix()
    return Answers(book.title, "; ".join(book.authors), chapter, path, place, called, _may_be_written(place))


def _place(story: Story, path: Path) -> Path:
    """The sidecar of a story: the one that was read, or the one that would be."""
    own = sidecar_of(path)
    beside = path.with_name(SIDECAR)
    read = os.path.realpath(beside) in [str(i.path) for i in story.ingredients if i.role == "sidecar"]
    return beside if read and not own.exists() and not path.is_dir() else own


def _may_be_written(place: Path) -> bool:
    plain = place.name not in NO_SIDECARS and not place.is_symlink()
    return plain and os.access(place.parent, os.W_OK) and (not place.exists() or os.access(place, os.W_OK))


def _answered(shelf: Shelf, number: int, form: FormData) -> Response:
    """Writes down what a form answers, and has the book made again. Raises HTTPException."""
    book = shelf.books.get(number)
    there = answers(shelf, book) if book else None
    if not book or not there or not there.may_be_written:
        raise HTTPException(404, "No sidecar can be written for this book here: its page says what to do.")
    said = _said(form, there)
    cover = form.get("cover")
    try:
        if isinstance(cover, UploadFile) and cover.size:
            said["cover"] = _kept_cover(there, cover.file.read(LARGEST_COVER))
        answer(there.place, said)
    except Unwritable:
        raise HTTPException(
            409, f"Its sidecar is written so that only a person can change it: {there.called}."
        ) from None
    except OSError as error:
        raise HTTPException(507, f"It can't be kept here ({error.strerror}).") from None
    formats = tuple(dict.fromkeys(file.format for file in book.files))
    told = {"--series": book.series, "--series-index": book.series_index, "--language": book.language}
    more = [] if gift_of(book.source) else [f"{k}={v}" for k, v in told.items() if v]
    begin(shelf, f"book/{book.id}/answer", there.story, formats, more)
    return RedirectResponse(f"/book/{book.id}#answers", 303)


def _said(form: FormData, there: Answers) -> dict[str, str | list[str]]:
    """What a form answers. Raises HTTPException where the pattern of headings is none: written down, no making would
    come to an end."""
    said: dict[str, str | list[str]] = {"title": text_in(form, "title"), "author": names_in(text_in(form, "author"))}
    chapter = text_in(form, "chapter")
    try:
        if chapter != there.chapter:
            said["chapter"] = pattern(chapter) if chapter else ""
    except Senseless as error:
        raise HTTPException(400, f"The pattern of headings {error}.") from None
    return said


def _kept_cover(there: Answers, data: bytes) -> str:
    """Puts a cover beside a story, over none that is there: its name. Raises HTTPException where it is no picture,
    OSError."""
    ending = PICTURES.get(data[:3])
    if not ending:  # WebP, AVIF, TIFF: what sites and telephones give
        data, ending = small_picture(data, LARGEST_SIDES), "jpg"
    if not data or not small_picture(data):
        raise HTTPException(400, "The cover has to be a picture: JPEG, PNG, WebP, AVIF, GIF or TIFF.")
    stem = "cover" if there.story.is_dir() else f"{there.story.stem} cover"
    names = [f"{stem}{f' ({n})' if n else ''}.{ending}" for n in (0, *range(2, MOST_COVERS))]
    for name in names:
        path = there.place.parent / name
        if path.is_file() and path.read_bytes() == data:
            return name
        try:
            with path.open("xb") as out:
                out.write(data)
        except FileExistsError:
            continue
        return name
    raise HTTPException(400, "Too many covers lie there.")
