"""A book is taken off the shelf and put back: nothing of it is lost, and no other book is touched."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from converter.catalogue.catalogue import Catalogue
from converter.shelf.books import Asked
from converter.shelf.gifts import removed
from converter.shelf.gifts.dropped import DROPPED
from converter.shelf.gifts.removed import REMOVED
from converter.shelf.shelf import Shelf
from tests.shelf.shelves import LAMPS, PASSWORD, TALE, book_of, browser, end, files, shelf_in

FERRY = f"Title: The Ferry\nAuthor: Ada Thorn\n\nChapter 1\n\n{TALE}\n\nChapter 2\n\n{LAMPS}\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder but for the databases."""
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".chapbook")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_book_is_taken_off_and_put_back(shelf: Shelf) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"ferry.txt": FERRY}))
    end(shelf)
    book, before = book_of(shelf, "ferry"), contents(shelf.folder)
    place = {"place": "epubcfi(/6/4!/4/2:0)", "fraction": "0.5"}
    client.post(f"/read/{book.id}/place", data=place)
    assert f'href="/book/{book.id}/off"' in client.get(f"/book/{book.id}").text
    assert "Nothing is destroyed" in client.get(f"/book/{book.id}/off").text
    assert contents(shelf.folder) == before, "asking takes nothing off"
    assert client.post(f"/book/{book.id}/off").status_code == 303
    assert [b.title for b in shelf.books.page(Asked()).books] == ["One"]
    after = contents(shelf.folder)
    assert all(data in after.values() for data in before.values())
    assert {name.split("/")[0] for name in after} == {"a.epub", REMOVED}
    (name,) = re.findall(r'name="name" value="(.+?)"', client.get("/new").text)
    assert client.post("/new/back", data={"name": name}).status_code == 303
    end(shelf)
    assert contents(shelf.folder) == before
    assert not (shelf.folder / REMOVED / name).exists()
    again = book_of(shelf, "ferry")
    assert (again.id, again.files) == (book.id, book.files)
    assert "Read on (50 %)" in client.get(f"/book/{book.id}").text


def test_a_book_of_many_files_comes_back_whole(shelf: Shelf) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"Ferry__Chapter 1.txt": TALE, "Ferry__Chapter 2.txt": LAMPS}))
    end(shelf)
    before = book_of(shelf, "ferry")
    client.post(f"/book/{before.id}/off")
    (name,) = re.findall(r'name="name" value="(.+?)"', client.get("/new").text)
    client.post("/new/back", data={"name": name})
    end(shelf)
    again = book_of(shelf, "ferry")
    assert (again.id, again.title, again.chapters) == (before.id, before.title, 2)


def test_a_story_that_came_with_others_goes_alone(shelf: Shelf) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"two__a.txt": FERRY, "two__b.txt": f"Title: Boats\n\n{LAMPS}"}))
    end(shelf)
    boats = book_of(shelf, "boats")
    client.post(f"/book/{book_of(shelf, 'ferry').id}/off")
    assert {b.title for b in shelf.books.page(Asked()).books} == {"One", "Boats"}
    assert [path.name for path in (shelf.folder / DROPPED / "two").iterdir()] == ["b.txt"]
    client.post("/new/back", data={"name": "two"})
    end(shelf)
    assert book_of(shelf, "boats") == boats
    assert book_of(shelf, "ferry").source == "dropped/two/a.txt"


def test_another_that_has_its_place_by_now_keeps_it(shelf: Shelf) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"ferry.txt": FERRY}))
    end(shelf)
    client.post(f"/book/{book_of(shelf, 'ferry').id}/off")
    client.post("/new", files=files(**{"ferry.txt": f"Title: The Other Ferry\n\n{LAMPS[::-1]}"}))
    end(shelf)
    before = contents(shelf.folder)
    client.post("/new/back", data={"name": "ferry"})
    end(shelf)
    assert {b.title for b in shelf.books.page(Asked()).books} == {"One", "The Ferry", "The Other Ferry"}
    after = contents(shelf.folder)
    assert all(data in after.values() for name, data in before.items() if not name.endswith(".json"))


@pytest.mark.parametrize(
    ("name", "more"), [("ferry.txt", ""), ("boat.txt", ""), ("ferry.txt", "\nChapter 3\n\nThe end.\n")]
)
def test_what_was_given_again_need_not_be_put_back(shelf: Shelf, name: str, more: str) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"ferry.txt": FERRY}))
    end(shelf)
    client.post(f"/book/{book_of(shelf, 'ferry').id}/off")
    assert "Put it back" in client.get("/new").text
    client.post("/new", files=files(**{name: FERRY + more}))
    end(shelf)
    before, page = contents(shelf.folder), client.get("/new").text
    assert "Put it back" not in page
    assert f'was given again, and <a href="/book/{book_of(shelf, "ferry").id}">is on the shelf</a>' in page
    assert client.post("/new/back", data={"name": "ferry"}).status_code == 409
    assert contents(shelf.folder) == before


def test_a_disk_that_refuses_leaves_all_as_it_was(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"ferry.txt": FERRY}))
    end(shelf)
    book, before = book_of(shelf, "ferry"), contents(shelf.folder)
    renamed: list[Path] = []
    rename = Path.rename

    def fails(path: Path, to: Path) -> Path:
        renamed.append(path)
        if len(renamed) == 2:
            raise OSError(28, "No space left on device")
        return rename(path, to)

    monkeypatch.setattr(removed.Path, "rename", fails)
    assert client.post(f"/book/{book.id}/off").status_code == 507
    assert contents(shelf.folder) == before
    assert book_of(shelf, "ferry") == book


def test_books_of_others_are_not_touched(shelf: Shelf) -> None:
    client = browser(shelf)
    page = client.get("/book/1").text
    assert "/off" not in page
    assert "<code>a.epub</code>" in page
    assert client.post("/book/1/off").status_code == 404
    for source in ("dropped/../a.txt", "dropped/..", "dropped//x", "dropped/.", "dropped", "dropped/a#reconciled"):
        with shelf.store.writing() as connection:
            connection.execute("UPDATE books SET source = ?", (source,))
        assert client.post("/book/1/off").status_code == 404
    for name in ("..", "../dropped", "", "none"):
        assert client.post("/new/back", data={"name": name}).status_code == 404
    assert (shelf.folder / "a.epub").is_file()


@pytest.mark.parametrize("said", ["no json", '{"gift": "x"}', "[]", '["x"]'])
def test_what_was_taken_off_is_told_by_ourselves_alone(shelf: Shelf, said: str) -> None:
    place = shelf.folder / REMOVED / "x"
    place.mkdir(parents=True)
    (place / "removed.json").write_text(said)
    assert removed.removed(shelf.folder) == []


@pytest.mark.parametrize(("gift", "story"), [("..", "a"), ("a/b", "c"), ("a", "../b"), ("", ""), ("a", "/etc")])
def test_nothing_is_put_outside(shelf: Shelf, gift: str, story: str) -> None:
    place = shelf.folder / REMOVED / "x"
    place.mkdir(parents=True)
    told = f'{{"title": "", "by": "", "gift": "{gift}", "story": "{story}", "formats": []}}'
    (place / "removed.json").write_text(told)
    assert removed.removed(shelf.folder) == []


def test_it_takes_the_token_of_the_session(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, password=PASSWORD, stories={"a.txt": f"Title: One\n\n{TALE}"})
    home = shelf.folder / DROPPED / "a"
    home.mkdir(parents=True)
    with Catalogue(shelf.folder) as catalogue, catalogue.writing():
        catalogue.move("../stories/a.txt", "dropped/a/a.txt")
    (tmp_path / "stories" / "a.txt").rename(home / "a.txt")
    with shelf.store.writing() as connection:
        connection.execute("UPDATE books SET source = 'dropped/a/a.txt'")
    client = browser(shelf)
    assert client.post("/book/1/off").status_code == 401
    client.post(
        "/login",
        content=urlencode({"password": PASSWORD}),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    token = re.search(r'name="token" value="(\w+)"', client.get("/book/1/off").text)
    assert token
    assert client.post("/book/1/off").status_code == 403
    assert client.post("/book/1/off", data={"token": token[1]}).status_code == 303
    assert not shelf.books.page(Asked()).books
    assert client.post("/new/back", data={"name": "a"}).status_code == 403
