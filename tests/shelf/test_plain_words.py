"""What the shelf's pages say where something can't be done, and what they make of odd names and signs."""

from __future__ import annotations

import errno
import re
import sqlite3
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from converter.catalogue.schema import unusable
from converter.shelf.answering.advice import plainly, refusal, unkept
from converter.shelf.answering.chapter_lines import pattern_of, what_is_wrong
from converter.shelf.answering.typed import one_line
from converter.shelf.books import Asked
from converter.shelf.shelf import Shelf
from tests.shelf.shelves import LAMPS, TALE, browser, end, files, many, shelf_in


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_in(tmp_path_factory.mktemp("shelf"), stories={"a.txt": f"Title: One\n\n{TALE}"})


def rows(shelf: Shelf) -> str:
    """The list of what was given, as it is read."""
    end(shelf)
    return " ".join(unescape(re.sub("<[^>]*>", "", browser(shelf).get("/new/list").text)).split())


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("GET", "/book/99", 404, "There is no such book."),
        ("GET", "/read/99", 404, "There is no such book."),
        ("GET", "/send/99", 404, "There is no such book."),
        ("GET", "/book/99/off", 404, "There is no such book."),
        ("POST", "/book/99/mark", 404, "There is no such book."),
        ("POST", "/book/99/answer", 404, "There is no such book."),
        ("POST", "/book/99/join", 404, "There is no such book."),
        ("GET", "/nowhere", 404, "There is no such page on this shelf."),
        ("GET", "/book/1/mark", 405, "This address takes no such request"),
    ],
)
def test_what_is_not_there_is_said_in_plain_words(shelf: Shelf, method: str, path: str, status: int, said: str) -> None:
    more = {"data": {"how": "behind"}} if method == "POST" else {}
    answer = browser(shelf).request(method, path, **more)
    assert (answer.status_code, said in answer.text) == (status, True)


def test_a_field_that_is_too_long_is_refused_in_plain_words(shelf: Shelf) -> None:
    answer = browser(shelf).post("/book/1/answer", data={"title": "x" * 70_000}, files={"none": b""})
    assert answer.status_code == 413
    assert "That is more than this form takes: shorten it" in answer.text
    assert "KB" not in answer.text


def test_a_name_that_is_not_ours_is_told_what_to_open(shelf: Shelf) -> None:
    answer = browser(shelf, "http://evil.example").get("/")
    assert answer.status_code == 421
    assert "open http://localhost with the port" in answer.text


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("the catalogue can't be used (disk is full); check the folder, or use another with -o", "the catalogue can't be used (disk is full)"),
        ("/home/me/My Books/dropped/fake/fake.jpg is no picture", "fake.jpg is no picture"),
        ("either/or: https://a.example/b/c, ../a/b.txt", "either/or: https://a.example/b/c, ../a/b.txt"),
        ("the catalogue keeps 1/2 of it", "the catalogue keeps 1/2 of it"),
    ],
)  # fmt: skip
def test_no_folder_and_no_option_is_said(message: str, said: str) -> None:
    assert plainly(message) == said


def test_a_refusal_says_a_name_once() -> None:
    told = "a.mp3: files that end in .mp3 are not read; known are .txt, .text, .rtf, .md, .html, .htm, .epub"
    assert refusal(told, "a").startswith("files that end in .mp3 are not read; texts, saved web pages")
    assert refusal(told, "b").startswith("a.mp3: ")


def test_a_full_disk_is_called_so() -> None:
    assert unkept(OSError(errno.ENOSPC, "No space left on device")).startswith("the disk is full")


@pytest.mark.parametrize(("free", "said"), [(4_096, "(the disk is full)"), (10**9, "(readonly database)")])
def test_a_catalogue_for_which_there_is_no_room_is_not_called_readonly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    assert said in str(unusable(tmp_path / "x.db", sqlite3.OperationalError("readonly database")))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Day #", r"^Day \d+\b"),
        ("… # of #.", r"^.* \d+\b of \d+\b\."),
        (r"^Day \d+$", r"^Day \d+$"),
        ("#", "#"),
        ("Prologue", "Prologue"),
    ],
)
def test_plain_words_are_a_pattern_of_chapters(typed: str, meant: str) -> None:
    assert pattern_of(typed) == meant


@pytest.mark.parametrize("pattern", ["(Day", "[Day", "Day)", "*", r"\Q", "a**"])
def test_what_is_wrong_with_a_pattern_is_said_in_plain_words(pattern: str) -> None:
    assert re.search("bracket|sign|letter", said := what_is_wrong(pattern))
    assert not re.search("subpattern|position|regular", said)
    assert what_is_wrong("^Day") == ""


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("A\x1b[0m\tB\u2028C", "A [0m B C"),
        ("\u200b", ""),
        ("\u200d \u200e", ""),
        ("\u202eAda\u202c", "Ada"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
    ],
)
def test_what_nobody_sees_is_not_kept(typed: str, line: str) -> None:
    assert one_line(typed) == line


def test_a_name_with_quotes_is_the_one_that_was_given(shelf: Shelf) -> None:
    browser(shelf).post("/new", files=files(**{"It's %22here%22 at 5%25.txt": LAMPS}))
    assert "It’s here at 5%25 is on the shelf" in rows(shelf)


def test_a_pasted_text_is_called_by_whole_words(shelf: Shelf) -> None:
    first = "Once there was a lamp that nobody had lit since the winter, and it stood there"
    browser(shelf).post(
        "/new", data={"text": f"{first} on the quay. {LAMPS.replace('boat', 'cart')}"}, files={"none": b""}
    )
    assert "Once there was a lamp that nobody had lit since the winter is on the shelf" in rows(shelf)


def test_a_pasted_title_makes_one_folder(shelf: Shelf) -> None:
    title = 'A <i>Pasted</i> "Tale"/..\\x'
    text = LAMPS.replace("boat", "horse")
    browser(shelf).post("/new", data={"title": title, "text": text, "author": "\u200b"}, files={"none": b""})
    assert f"{title} is on the shelf" in rows(shelf)
    (book,) = (book for book in shelf.books.page(Asked()).books if book.title == title)
    assert book.authors == ()
    home = (shelf.folder / book.source).parent
    assert home.parent == shelf.folder / "dropped"
    assert all(path.is_file() for path in home.iterdir())


def test_settings_that_are_left_out_are_told_in_the_row(shelf: Shelf) -> None:
    for words in ("ship", "boot"):  # a story and its settings are one story, and so are the two when they grew
        text = LAMPS.replace("boat", "ship") + ("" if words == "ship" else f"\n\nThe {words} went on.\n")
        browser(shelf).post("/new", files=files(**{"set.txt": text, "set.toml": 'title = "No"'}))
        said = rows(shelf)
    assert "set.toml: settings are not taken from files; say them on the book's page" in said
    assert "Set +4 words" in said
    assert [path.name for path in sorted((shelf.folder / "dropped").glob("set*"))] == ["set"]


def test_files_that_are_no_book_together_are_called_by_the_first(shelf: Shelf) -> None:
    texts = {f"{name}.txt": LAMPS.replace("boat", name) for name in ("long_road", "other tale")}
    browser(shelf).post("/new", files=files(**texts))
    assert "2 books of long_road.txt and 1 more:" in rows(shelf)


def test_one_story_has_one_row(shelf: Shelf) -> None:
    for n in range(3):
        text = LAMPS.replace("boat", "barge") + f"\n\nIt was day {n}.\n" * (n + 1)
        browser(shelf).post("/new", files=files(**{"barge.txt": text}))
        said = rows(shelf)
    assert said.count("Barge") == 1


def test_an_empty_shelf_says_what_to_do(tmp_path: Path) -> None:
    empty = many(tmp_path, 0)
    assert "There is no book here yet: drop files" in browser(empty).get("/").text
