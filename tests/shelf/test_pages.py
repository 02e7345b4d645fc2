"""The pages: series as stacks, filters, a book that grew, formats that are made; and how quick they are."""

from __future__ import annotations

import re
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import CATALOGUE
from converter.catalogue.records import Edition
from converter.shelf.arrivals import refresh
from converter.shelf.book_pages import growth
from converter.shelf.books import Asked
from converter.shelf.shelf import Shelf, shelf_of
from converter.shelf.workshop import Workshop
from tests.shelf.shelves import PAGES, STORIES, TALE, browser, make_books, many, shelf_in, write_stories

FERRY = {"ferry.txt": f"Title: The Ferry\nAuthor: Odile Marsh\nSeries: Rivers\nSeries-Index: 1\n\n{TALE}"}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_in(tmp_path_factory.mktemp("pages"), stories=STORIES | FERRY)


def titles(text: str) -> list[str]:
    return re.findall(r'<span class="title">([^<]*)</span>', text)


def test_a_series_is_a_stack_until_somebody_opens_it(shelf: Shelf) -> None:
    client = browser(shelf)
    first = client.get("/").text
    assert sorted(titles(first)) == sorted(["Rivers", "The Salt Road", "Die Lampe", "灯下客"])
    assert "Series, 2 books" in first
    assert titles(client.get("/?series=Rivers").text) == ["The Ferry", "Below the Weir"]
    assert set(titles(client.get("/?author=Odile+Marsh").text)) == {"The Ferry", "Below the Weir"}


def test_a_long_series_goes_on_behind_its_first_page(shelf: Shelf) -> None:
    first = shelf.books.page(Asked(series="Rivers", most=1))
    second = shelf.books.page(Asked(series="Rivers", most=1, before=first.more))
    assert [b.title for b in (*first.books, *second.books)] == ["The Ferry", "Below the Weir"]
    assert second.more == 0


def test_the_next_page_keeps_what_was_asked_for(tmp_path: Path) -> None:
    text = browser(many(tmp_path, 3_500)).get("/?tag=tag+7&unread=1").text
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following
    assert "tag=tag+7" in following[1]
    assert "unread=1" in following[1]


def test_books_that_somebody_began_are_not_unread(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    (salt,) = shelf.books.page(Asked(words="salt")).books
    client = browser(shelf)
    assert "% read" not in client.get("/").text
    client.post(f"/read/{salt.id}/place", data={"place": "epubcfi(/6/4!/4/2/1:0)", "fraction": "0.5"})
    text = client.get("/?unread=1").text
    assert "The Salt Road" not in titles(text)
    assert "Die Lampe" in titles(text)
    begun = client.get("/?begun=1").text
    assert titles(begun) == ["The Salt Road"]
    assert "50 % read" in begun
    client.post(f"/book/{salt.id}/mark", data={"as": "read"})
    assert titles(client.get("/?begun=1").text) == []


def test_a_serial_that_was_read_and_grew_has_something_unread(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    (salt,) = shelf.books.page(Asked(words="salt")).books
    client = browser(shelf)
    client.post(f"/book/{salt.id}/mark", data={"as": "read"})
    for came in (0, 1):
        with (tmp_path / "stories" / "salt.txt").open("a", encoding="utf-8") as story:
            story.write("\nChapter 3\n\nThen they sang.\n" if came else "\nAnd it was quiet.\n")
        make_books(tmp_path / "stories", tmp_path / "books")
        refresh(shelf.store)
        page = client.get("/?q=salt").text
        assert ("1 new chapter" in page) == bool(came)
        assert ("Read again" in client.get(f"/book/{salt.id}").text) != bool(came), "revised alone, it was read"
    assert titles(client.get("/?begun=1").text) == ["The Salt Road"]
    client.post(f"/book/{salt.id}/mark", data={"as": "unread"})
    assert "new chapter" not in client.get("/?q=salt").text


def test_the_list_alone_is_what_the_page_shows(shelf: Shelf) -> None:
    client = browser(shelf)
    assert titles(client.get("/found?q=thorn").text) == titles(client.get("/?q=thorn").text) == ["The Salt Road"]
    assert "<html" not in client.get("/found?q=thorn").text


def test_chapters_that_came_are_told(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    with (tmp_path / "stories" / "salt.txt").open("a", encoding="utf-8") as story:
        story.write("\nChapter 3\n\nThen they sang.\n")
    time.sleep(1.1)  # the catalogue counts seconds
    make_books(tmp_path / "stories", tmp_path / "books")
    refresh(shelf.store)
    (salt,) = shelf.books.page(Asked(words="salt")).books
    assert "+1 chapter on" in browser(shelf).get(f"/book/{salt.id}").text


def test_growth_is_counted_by_runs_not_by_formats() -> None:
    made = [("epub", 3, 1), ("pdf", 3, 1), ("epub", 5, 2), ("pdf", 5, 2), ("epub", 4, 3), ("epub", 6, 4)]
    days = 100_000
    told = growth(tuple(Edition(form, chapters, 0, days * at) for form, chapters, at in made))
    assert told == ((4 * days, 2), (2 * days, 2))


def test_what_came_on_one_day_is_one_row() -> None:
    made = [(3, 1), (4, 40_000_000), (5, 40_000_001), (7, 40_000_002)]
    assert growth(tuple(Edition("epub", chapters, 0, at) for chapters, at in made)) == ((40_000_002, 4),)


def test_what_is_doubted_is_told(tmp_path: Path) -> None:
    odd = f'Title: Odd\n\n{TALE}\nHe said "no and then\n\nshe left in the middle of\n\nthe road.\n'
    shelf = shelf_in(tmp_path, stories={"odd.txt": odd})
    (book,) = shelf.books.page(Asked()).books
    assert book.doubts
    text = browser(shelf).get(f"/book/{book.id}").text
    assert text.count("<li>", text.index("What a person should look at")) >= book.doubts
    assert "(odd.txt, line " in text
    assert str(tmp_path) not in text


def test_what_was_changed_and_left_out_is_told(tmp_path: Path) -> None:
    """By rule, with the first places of each; also beside a catalogue that was made before such things were kept."""
    straight = "".join(f'"Say {n}," she said.\n\n' for n in range(9))
    story = f"<h1>The Salt Road</h1><p>by Ada Thorn</p><p>{TALE * 9}</p><nav><a href='/'>All <i>stories</i></a></nav>"
    shelf = shelf_in(tmp_path, stories={"salt.html": story, "quotes.txt": f"Title: Quotes\n\n{straight}"})
    client = browser(shelf)
    pages = {book.title: client.get(f"/book/{book.id}").text for book in shelf.books.page(Asked()).books}
    changed = pages["Quotes"].partition("What was changed (18)")[2]
    assert "turned the right way: 18 places" in changed
    assert "<del>&#34;</del> is now <ins>“</ins>" in changed
    assert changed.count("is now") == 5
    assert "and 13 more" in changed
    assert "Lines above the story (title, author and the like), read as facts about the book: 2 words" in changed
    left = pages["The Salt Road"].partition("What is not in the text")[2]
    assert "Navigation: 2 words" in left
    assert "<del>All stories</del>" in left
    with sqlite3.connect(tmp_path / "books" / CATALOGUE) as database:
        database.execute("DROP TABLE accounts")
    assert "How it was made" in client.get("/book/1").text
    write_stories(tmp_path / "stories", {"new.txt": f"Title: New\n\n{straight}"})
    make_books(tmp_path / "stories", tmp_path / "books")
    refresh(shelf.store)
    assert "What was changed (18)" in client.get("/book/3").text


def test_a_format_is_made_beside_the_others(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    client = browser(shelf)
    (weir,) = shelf.books.page(Asked(words="weir")).books
    answer = client.post(f"/book/{weir.id}/make", data={"format": "txt"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/book/{weir.id}#formats")
    events = client.get(f"/events?of=book/{weir.id}/").text
    assert '"state": "made"' in events
    (again,) = shelf.books.page(Asked(words="weir")).books
    assert [file.format for file in again.files] == ["epub", "txt"]
    assert (again.title, again.series, again.series_index) == (weir.title, weir.series, weir.series_index)
    assert again.files[0].digest == weir.files[0].digest


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    (tmp_path / "stories" / "a.txt").write_bytes(b"\0\1\2 no text")
    client = browser(shelf)
    client.post("/book/1/make", data={"format": "txt"})
    assert '"state": "wrong"' in client.get("/events?of=book/1/").text
    text = client.get("/book/1").text
    assert "a.txt: the file is binary data" in text
    assert str(tmp_path) not in text


def test_a_book_is_marked_by_hand(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    client = browser(shelf)

    def unread() -> bool:
        return bool(shelf.books.page(Asked(unread=True)).books)

    def marked(how: str) -> str:
        assert client.post("/book/1/mark", data={"as": how}).headers["location"] == "/book/1"
        return client.get("/book/1").text

    first = client.get("/book/1").text
    assert "Mark as read" in first
    assert "Mark as unread" not in first
    assert unread()
    assert "Mark as unread" in marked("read")
    assert not unread()
    client.post("/read/1/place", data={"place": "epubcfi(/6/4!/4/2:0)", "fraction": "0.25"})
    text = client.get("/book/1").text
    assert all(said in text for said in ("Read on (25 %)", "Mark as read", "Forget where I was"))
    assert "Mark as unread" not in text
    assert "Read on" not in marked("unread")
    assert unread()
    assert len(shelf.store.asked("SELECT 1 FROM places")) == 3, "no place is forgotten"
    assert client.post("/book/1/mark", data={"as": "lost"}).status_code == 400
    assert client.post("/book/7/mark", data={"as": "read"}).status_code == 404


def test_a_folder_of_books_made_elsewhere(tmp_path: Path) -> None:
    for name in ("a.epub", "b.EPUB", "c.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert "2 EPUBs in this folder were made by other programs" in browser(shelf_of(tmp_path)).get("/").text
    shelf = shelf_in(tmp_path / "two", stories={"a.txt": TALE})
    (shelf.folder / "x.epub").write_bytes(b"x")
    assert "other programs" not in browser(shelf).get("/").text


def test_an_author_is_told_once(tmp_path: Path) -> None:
    names = ("Hesper Lund", "Lund, Hesper", "HESPER LUND", "Harrow, Inc.", "Jones, Ada Thorn")
    stories = {f"{n}.txt": f"Title: Tale {n}\n\n{TALE}" for n in range(5)}
    make_books(write_stories(tmp_path / "stories", stories), tmp_path / "books")
    with Catalogue(tmp_path / "books") as catalogue, catalogue.writing():
        for n, name in enumerate(names):
            story = catalogue.story(f"../stories/{n}.txt")
            assert story
            catalogue.note(replace(story, authors=(name,)), 1)
    shelf = shelf_of(tmp_path / "books")
    refresh(shelf.store)
    told = [name for name, _ in shelf.books.names("author")]
    assert told == ["Harrow, Inc.", "Ada Thorn Jones", "Hesper Lund"]
    assert len(shelf.books.page(Asked(author="Hesper Lund")).books) == 3
    assert all(book.by in told for book in shelf.books.page(Asked()).books)


@pytest.mark.parametrize("form", ["exe", "", "../x", "epub,pdf"])
def test_nothing_but_formats_is_made(tmp_path: Path, form: str) -> None:
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    assert browser(shelf).post("/book/1/make", data={"format": form}).status_code == 400
    assert shelf.workshop.works() == ()


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    """Nothing is made in so short a time; the pages answer meanwhile."""
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    workshop = Workshop(shelf.folder, lambda: None, longest=0.05)
    began = time.monotonic()
    work = workshop.begin("x", "x", ["-t", "txt", "--", str(tmp_path / "stories" / "a.txt")])
    while not (now := workshop.work(work.id)) or not now.is_over:
        assert browser(shelf).get("/").status_code == 200
        assert time.monotonic() - began < 20
        time.sleep(0.05)
    assert now.state == "wrong"
    assert "was ended" in now.said


def test_more_books_make_no_page_slower_than_their_number(tmp_path: Path) -> None:
    """Ten times the books, at most ten times the time: most pages take as long as before."""
    shelves = [browser(many(tmp_path / str(number), number)) for number in (500, 5_000)]
    for path in PAGES:
        few, all_of_them = (least(client, path) for client in shelves)
        assert all_of_them < 10 * few, (path, few, all_of_them)


def least(client: TestClient, path: str) -> float:
    """The seconds that a page takes, the best of several times."""
    times = []
    for _ in range(7):
        began = time.perf_counter()
        assert client.get(path).status_code == 200
        times.append(time.perf_counter() - began)
    return min(times)


def test_what_is_being_made_ends_with_the_shelf(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    workshop = Workshop(shelf.folder, lambda: None)
    work = workshop.begin("x", "x", ["-t", "epub", "--force", "--", str(tmp_path / "stories" / "a.txt")])
    while (now := workshop.work(work.id)) and now.state == "waiting":
        time.sleep(0.001)
    workshop.close()
    after = workshop.begin("y", "y", ["-t", "txt", "--", str(tmp_path / "stories" / "a.txt")])
    while not ((now := workshop.work(after.id)) and now.is_over):
        time.sleep(0.01)
    assert (now.state, now.said) == ("wrong", "the shelf was closed")
    first = workshop.work(work.id)
    assert first
    assert first.state == "wrong"
    assert not list(shelf.folder.glob("*.txt"))
