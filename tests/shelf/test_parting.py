"""Two gifts that were joined by mistake are two books again, each what it was."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from converter.shelf.books import Asked, Book
from converter.shelf.gifts import partings
from converter.shelf.gifts.parting import part, part_all, parts_of
from converter.shelf.shelf import Shelf
from converter.shelf.sync import progress
from tests.shelf.shelves import LAMPS, TALE, browser, end, shelf_in
from tests.shelf.test_joining import Killed, chapter_page, given, join, killed, numbers
from tests.shelf.test_removing import contents

ASHES = f"Title: Ashes\nAuthor: Ben Sty\n\nChapter 1\n\nNumber 1 of them. {TALE}\n\nChapter 2\n\nNumber 2. {LAMPS}\n"
FEN = (
    f"Title: The Fen Road\nAuthor: Lil Marsh\n\nChapter 1\n\nNumber 7. {LAMPS[::-1]}\n\nChapter 2\n\nNumber 8. {TALE}\n"
)
Facts = dict[int, tuple[str, str, str, list[str]]]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})


def two(shelf: Shelf, client: TestClient) -> tuple[Book, Book]:
    """Two gifts, each read to somewhere, and one with an answer."""
    ashes, fen = given(shelf, client, "ashes.txt", ASHES), given(shelf, client, "fen.txt", FEN)
    client.post(f"/book/{fen.id}/answer", data={"tag": "marshes"}, files={"none": b""})
    end(shelf)
    client.post(f"/read/{ashes.id}/place", data={"place": "epubcfi(/6/4!/4/2:0)", "fraction": "0.2"})
    client.post(f"/read/{fen.id}/place", data={"place": "epubcfi(/6/6!/4/2:0)", "fraction": "0.6"})
    return ashes, fen


def facts(shelf: Shelf) -> Facts:
    """What is told of the books that were given, by their numbers."""
    books = [book for book in shelf.books.page(Asked()).books if book.source.startswith("dropped/")]
    so_far = progress.of(shelf.store, [book.id for book in books])
    return {
        book.id: (
            book.title,
            book.by,
            book.source,
            [*numbers(shelf, book), *book.tags, str(so_far.get(book.id)), f"{book.doubts} doubts"],
        )
        for book in books
    }


@pytest.mark.parametrize("how", ["behind", "instead"])
@pytest.mark.parametrize("where", ["/new", "/book/{}", "killed"])
def test_both_are_again_what_they_were(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, how: str, where: str) -> None:
    client = browser(shelf)
    ashes, fen = two(shelf, client)
    before, files = facts(shelf), contents(shelf.folder)
    join(shelf, client, fen, ashes, how)
    assert client.get(f"/book/{fen.id}").status_code == 303
    address = where.format(ashes.id) if where != "killed" else "/new"
    asked = re.search(r'action="(/book/\d+/part)".*?name="join" value="(.+?)"', client.get(address).text, re.S)
    assert asked
    if where == "killed":
        book = shelf.books.get(ashes.id)
        parts = parts_of(shelf, book) if book else None
        assert parts
        for step in ("give_back", "undo", "_make", "sweep"):
            with monkeypatch.context() as patch, suppress(Killed):
                patch.setattr(f"converter.shelf.gifts.parting{'' if step == '_make' else 's'}.{step}", killed)
                part(shelf, parts) if step == "give_back" else part_all(
                    shelf
                )  # no client stands a request that is killed
            assert list(partings.begun(shelf.folder)), step
        part_all(shelf)
    else:
        assert client.post(asked[1], data={"join": asked[2]}).status_code == 303
    end(shelf)
    assert facts(shelf) == before
    now = {name: data for name, data in contents(shelf.folder).items() if not name.startswith("replaced/")}
    assert now == files
    assert not list(partings.begun(shelf.folder))
    page = client.get("/new").text
    assert "Part them again" not in page
    assert "New chapters" not in client.get(f"/book/{ashes.id}").text
    assert client.post(asked[1], data={"join": asked[2]}).status_code == 409


def test_the_last_is_parted_first_and_what_was_changed_never(shelf: Shelf) -> None:
    client = browser(shelf)
    ashes, fen = two(shelf, client)
    more = given(shelf, client, "more.txt", f"Title: More\nAuthor: Ben Sty\n\nNumber 9. {TALE}")
    before = facts(shelf)
    for book in (fen, more):
        join(shelf, client, book, ashes)
    for title in ("More", "The Fen Road"):
        assert f"“{title}” by" in client.get(f"/book/{ashes.id}").text
        assert client.post(f"/book/{ashes.id}/part").status_code == 303
        end(shelf)
    assert facts(shelf) == before
    join(shelf, client, fen, ashes)
    assert "Part them again" in client.get(f"/book/{ashes.id}").text
    answer = {"title": "Ashes, All", "author": "Ben Sty"}
    assert client.post(f"/book/{ashes.id}/answer", data=answer, files={"none": b""}).status_code == 303
    end(shelf)
    page = client.get(f"/book/{ashes.id}").text
    assert "<h1>Ashes, All</h1>" in page
    assert "Part them again" not in page
    assert client.post(f"/book/{ashes.id}/part").status_code == 409


def test_what_was_joined_by_itself_stays_parted_and_what_was_read_since_stays(shelf: Shelf) -> None:
    client = browser(shelf)
    first = given(shelf, client, "1.html", chapter_page(1))
    client.post("/new", files=[("files", ("2.html", chapter_page(2).encode()))])
    end(shelf)
    assert "Part them again" in client.get("/new").text
    client.post(f"/read/{first.id}/place", data={"place": "epubcfi(/6/6!/4/2:0)", "fraction": "0.7"})
    assert client.post(f"/book/{first.id}/part").status_code == 303
    end(shelf)
    assert sorted(book.chapters for book in shelf.books.page(Asked()).books if "Ferry" in book.title) == [1, 1]
    assert list(progress.of(shelf.store, range(9))) == [first.id]
    assert "Is it the next chapter" not in client.get("/new").text


def test_what_can_not_be_made_again_is_kept(shelf: Shelf) -> None:
    client = browser(shelf)
    ashes, fen = two(shelf, client)
    join(shelf, client, fen, ashes)
    shelf.workshop.longest = 0.01
    client.post(f"/book/{ashes.id}/part")
    end(shelf)
    assert shelf.books.get(fen.id) is None
    assert FEN.encode() in contents(shelf.folder / "dropped" / "fen").values()
