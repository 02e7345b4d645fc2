"""Shelves for the tests: books made of small stories by the program itself, and a browser without a screen."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from starlette.testclient import TestClient

from converter.build.batch import build, plan
from converter.shelf.app import app_of
from converter.shelf.arrivals import refresh
from converter.shelf.books import Asked, Book
from converter.shelf.shelf import Shelf, shelf_of
from converter.shelf.sorting import author_key, series_key, title_key

STORIES = {
    "salt.txt": (
        "The Salt Road\nby Ada Thorn\n\nChapter 1\n\nThe carts came down at dusk.\n\nChapter 2\n\nNobody spoke.\n"
    ),
    "weir.txt": (
        "Title: Below the Weir\nAuthor: Odile Marsh\nSeries: Rivers\nSeries-Index: 2\nTags: floods, ferries\n"
        "Summary: A ferryman's winter.\n\nThe water rose all night.\n\nIn the morning the ferry was gone, and with it the rope.\n\nNobody had heard it go.\n"
    ),
    "lampe.txt": "Title: Die Lampe\nAuthor: Jörg Öhm\n\nEs war einmal eine Lampe, die nicht brennen wollte.\n",
    "deng.txt": "Title: 灯下客\nAuthor: 顾青\n\n灯亮了。他走了。\n",
}
TALE = "The lamp went out.\n\nAda waited for the others, and none of them came.\n\nThen she lit it again.\n"
LAMPS = "\n\n".join(
    f"The {n}th boat had a lantern of brass, which nobody on the quay had lit since." for n in range(9, 30)
)
PASSWORD = "correct horse"
SORTED = tuple(f"/?sort={sort}&before=360" for sort in ("title", "author", "longest", "series"))
PAGES = ("/", "/found?q=a", "/found?q=sto", "/found?q=story+12", "/?author=Author+7", "/book/17", "/?unread=1", *SORTED)


def make_books(stories: Path, books: Path, **options: object) -> None:
    """Makes the books of a folder of stories, as `chapbook convert` does."""
    for _ in build(plan([stories], {"to": ("epub",), **options}, books), books):
        pass


def write_stories(folder: Path, stories: Mapping[str, str] = STORIES) -> Path:
    """Puts these stories into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in stories.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def shelf_in(place: Path, *, password: str = "", stories: Mapping[str, str] = STORIES) -> Shelf:
    """A shelf of the books of these stories; stories are in `place`/stories, books in `place`/books."""
    make_books(write_stories(place / "stories", stories), place / "books")
    shelf = shelf_of(place / "books", password_needed=bool(password))
    if password:
        shelf.access.set_password(password)
    refresh(shelf.store)
    return shelf


def browser(shelf: Shelf, address: str = "http://localhost:8737", **more: object) -> TestClient:
    """A client of the shelf's application that follows no redirect."""
    return TestClient(app_of(shelf), address, follow_redirects=False, **more)


def end(shelf: Shelf) -> None:
    """Waits until all is made."""
    until = time.monotonic() + 60
    while shelf.workshop.under_way:
        assert time.monotonic() < until
        time.sleep(0.05)


def files(**named: str) -> list[tuple[str, tuple[str, bytes]]]:
    """Files as a form gives them."""
    return [("files", (name.replace("__", "/"), text.encode())) for name, text in named.items()]


def book_of(shelf: Shelf, words: str) -> Book:
    """The only book with these words."""
    (book,) = shelf.books.page(Asked(words=words)).books
    return book


def many(folder: Path, number: int) -> Shelf:
    """A shelf of so many books without files."""
    folder.mkdir(exist_ok=True)
    shelf = shelf_of(folder)
    row = "INSERT INTO books VALUES (?, ?, 's', ?, ?, ?, ?, 'en', ?, '[]', '[]', 9000, 9, 0, '', 1, 1, ?, ?, ?, ?)"
    with shelf.store.writing() as connection:
        for n in range(1, number + 1):
            author, series = f"Author {n % 900}", f"Series {n % 400}" if n % 3 else ""
            summary = f"A story about a ferry and a lamp, number {n}, " * 4
            values = (n, f"{n}.txt", f"Story {n} of the sea", f'["{author}"]', series, str(n // 400), summary, n)
            keys = (title_key(values[2], "en"), author_key([author]), series_key(series))
            connection.execute(row, (*values, *keys))
            connection.execute("INSERT INTO people VALUES (?, ?)", (author, n))
            connection.execute("INSERT INTO tags VALUES (?, ?)", (f"tag {n % 50}", n))
            found = "INSERT INTO found (rowid, title, people, series, tags, summary) VALUES (?, ?, ?, ?, ?, ?)"
            connection.execute(found, (n, values[2], author, series, "tag", summary))
    return shelf
