"""Books on the shelf: what is known of them, how they are found, what becomes of them when they change."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from converter.document.errors import OutputError
from converter.shelf.arrivals import refresh
from converter.shelf.books import Asked
from converter.shelf.epub_facts import _lines
from converter.shelf.shelf import Shelf, shelf_of
from converter.shelf.store import SORTED
from tests.shelf.shelves import LAMPS, TALE, book_of, browser, make_books, shelf_in, write_stories


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_in(tmp_path_factory.mktemp("shelf"))


def titles(shelf: Shelf, **asked: object) -> set[str]:
    return {book.title for book in shelf.books.page(Asked(**asked)).books}  # type: ignore[arg-type]


def test_what_is_known_of_a_book(shelf: Shelf) -> None:
    (weir,) = shelf.books.page(Asked(words="ferryman")).books
    assert (weir.title, weir.authors) == ("Below the Weir", ("Odile Marsh",))
    assert (weir.series, weir.series_index) == ("Rivers", "2")
    assert weir.tags == ("floods", "ferries")
    assert weir.summary == "A ferryman’s winter."
    assert [file.format for file in weir.files] == ["epub"]
    small = shelf.books.cover(weir.cover)
    assert small is not None
    assert small[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("salt", {"The Salt Road"}),
        ("sa", {"The Salt Road"}),  # the beginning of a word
        ("road thorn", {"The Salt Road"}),  # every word, wherever it stands
        ("ohm", {"Die Lampe"}),  # without accents
        ("灯下", {"灯下客"}),  # in the midst of what has no spaces
        ("flood", {"Below the Weir"}),  # a tag
        ("alt", set()),
        ("salt AND", set()),
        ('"', set()),
        ("   ", {"The Salt Road", "Below the Weir", "Die Lampe", "灯下客"}),
    ],
)
def test_books_are_found(shelf: Shelf, words: str, found: set[str]) -> None:
    assert titles(shelf, words=words) == found


def test_books_of_one_kind(shelf: Shelf) -> None:
    assert titles(shelf, author="Ada Thorn") == {"The Salt Road"}
    assert titles(shelf, series="Rivers") == {"Below the Weir"}
    assert titles(shelf, tag="ferries") == {"Below the Weir"}
    assert titles(shelf, language="de") == {"Die Lampe"}
    assert ("Ada Thorn", 1) in shelf.books.names("author")


def test_pages_follow_one_another(shelf: Shelf) -> None:
    first = shelf.books.page(Asked(most=3))
    second = shelf.books.page(Asked(most=3, before=first.more))
    arrivals = [book.arrival for book in (*first.books, *second.books)]
    assert arrivals == sorted(arrivals, reverse=True)
    assert len(set(arrivals)) == shelf.books.count() == 4
    assert second.more == 0


def test_a_book_that_grows_keeps_its_number_and_comes_first(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    (before,) = shelf.books.page(Asked(words="salt")).books
    with (tmp_path / "stories" / "salt.txt").open("a", encoding="utf-8") as story:
        story.write("\nChapter 3\n\nThen they sang.\n")
    make_books(tmp_path / "stories", tmp_path / "books")
    assert refresh(shelf.store) == 1
    (after,) = shelf.books.page(Asked(words="salt")).books
    assert (after.id, after.chapters) == (before.id, before.chapters + 1)
    assert after.files[0].digest != before.files[0].digest
    assert shelf.books.page(Asked()).books[0].id == after.id
    assert refresh(shelf.store) == 0


def test_what_no_time_is_left_for_comes_with_the_next_look(tmp_path: Path) -> None:
    """A shelf of thousands is shown before all of them were looked at."""
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    write_stories(tmp_path / "stories", {"b.txt": f"Title: Two\n\n{TALE} More.", "a.txt": f"Title: Three\n\n{TALE}"})
    make_books(tmp_path / "stories", tmp_path / "books")
    assert refresh(shelf.store, seconds=-1) == 0
    assert titles(shelf) == {"One"}
    assert refresh(shelf.store) == 2
    assert titles(shelf) == {"Two", "Three"}


def test_a_book_that_is_gone_is_no_longer_found(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    (lamp,) = shelf.books.page(Asked(words="lampe")).books
    (tmp_path / "books" / lamp.files[0].path).unlink()
    assert refresh(shelf.store) == 1
    assert titles(shelf, words="lampe") == set()
    assert shelf.books.get(lamp.id) is None


def test_the_day_of_an_update_is_no_tag(tmp_path: Path) -> None:
    shelf = shelf_in(
        tmp_path, stories={"a.md": f"---\ntitle: One\ntags: [ferries]\nupdated: 2024-02-02\n---\n\n{TALE}"}
    )
    assert shelf.books.names("tag") == [("ferries", 1)]


def test_letters_are_found_without_their_strokes(tmp_path: Path) -> None:
    stories = {
        "a.txt": f"Title: Die Straße nach Łódź\nAuthor: Łukasz Ørsted\n\n{TALE}",
        "b.txt": f"Title: حكاية الميناء\n\n{TALE}",
        "c.txt": f"Title: Emile\nAuthor: Émile Aune\n\n{TALE}",
        "d.txt": f"Title: Sand\nAuthor: Zed Marsh\n\n{TALE}",
    }
    shelf = shelf_in(tmp_path, stories=stories)
    road = {"Die Straße nach Łódź"}
    for words in (
        "strasse",
        "STRASSE",
        "straße",
        "lodz",
        "łódź",
        "lukasz",
        "orsted lodz",
        "ørsted",
        "straße łódź",
        "straße nach",
    ):
        assert titles(shelf, words=words) == road, words
    assert titles(shelf, words="ميناء") == titles(shelf, words="الميناء") == {"حكاية الميناء"}
    assert [name for name, _ in shelf.books.names("author")] == ["Émile Aune", "Zed Marsh", "Łukasz Ørsted"]


def test_a_shelf_of_the_first_version_is_brought_abreast(tmp_path: Path) -> None:
    lodz = f"---\ntitle: Łódź\npublished: 2011-05-04\n---\n\n{TALE}"
    shelf = shelf_in(tmp_path, stories={"a.md": lodz, "b.txt": f"Title: Read\n\n{LAMPS}"})
    place = "INSERT INTO places VALUES (?, ?, 'x', ?, 'y', ?, '', '', 0)"
    with shelf.store.writing() as connection:
        for index in SORTED:
            connection.execute(f"DROP INDEX {index}")
        for column in ("by_title", "by_author", "by_series"):
            connection.execute(f"ALTER TABLE books DROP COLUMN {column}")
        connection.execute("DROP TABLE progress")
        connection.execute("DROP TABLE works")
        connection.execute("DROP TABLE imprints")
        connection.execute("DROP TABLE in_hand")
        for table, column in (("places", "reader"), ("aliases", "is_name"), ("outlines", "structure")):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("UPDATE found SET title = (SELECT title FROM books WHERE id = found.rowid)")
        connection.executemany(place, [(1, 1, "browser", 0.2), (2, 1, "hand", 0.0), (3, 2, "koreader", 0.4)])
        connection.execute("PRAGMA user_version = 1")
    shelf.store.close()
    again = shelf_of(shelf.folder)
    assert titles(again, words="lodz") == {"Łódź"}
    assert refresh(again.store) == 0
    assert book_of(again, "lodz").published == "2011-05-04"
    assert titles(again, begun=True) == {again.books.get(2).title}  # type: ignore[union-attr]
    assert [book.title for book in again.books.page(Asked(sort="title")).books] == ["Łódź", "Read"]
    indexes = {name for (name,) in again.store.asked("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert set(SORTED) <= indexes


def test_emoji_and_other_signs_are_found(tmp_path: Path) -> None:
    shelf = shelf_in(
        tmp_path, stories={"a.txt": f"Title: To the Moon 🚀☾\n\n{TALE}", "b.txt": f"Title: Moon\n\n{TALE}"}
    )
    for words in ("🚀", "moon🚀", "☾ moon", "🚀️"):
        assert titles(shelf, words=words) == {"To the Moon 🚀☾"}, words
    assert titles(shelf, words="moon ★") == set()
    assert len(titles(shelf, words="moon™ + !")) == 2


def test_a_summary_keeps_the_ends_of_its_lines(tmp_path: Path) -> None:
    said = 'description = """First   line.\n\nSecond <i>line</i> & 5 < 6."""\n'
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}", "a.toml": said})
    assert book_of(shelf, "one").summary == "First line.\nSecond line & 5 < 6."
    assert _lines("<p>One</p><p>two<br/>three &amp; <b>four</b></p>") == "One\ntwo\nthree & four"


def test_nothing_outside_the_folder_is_given(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    write_stories(tmp_path, {"secret.txt": "not yours"})
    with shelf.store.writing() as connection:
        connection.execute("UPDATE files SET path = '../secret.txt'")
    (book,) = shelf.books.page(Asked()).books
    assert shelf.books.file(book.id, book.files[0].digest) is None


def test_a_database_that_fails_is_one_clear_error(tmp_path: Path) -> None:
    """Whoever keeps the shelf abreast goes on after it; what was begun is not half there."""
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    with sqlite3.connect(shelf.store.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        shelf.store.asked("PRAGMA busy_timeout = 10")
        with pytest.raises(OutputError, match="can't be kept"):
            shelf.store.keep_setting("a", "b")
        other.execute("ROLLBACK")

    def break_off() -> None:
        with shelf.store.writing() as connection:
            connection.execute("INSERT INTO settings VALUES ('c', 'd')")
            connection.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(OutputError):
        break_off()
    assert shelf.store.setting("c") == ""
    shelf.store.keep_setting("a", "b")
    assert shelf.store.setting("a") == "b"


def test_a_language_that_nobody_knows_is_not_shown(tmp_path: Path) -> None:
    """Digits tell none, and "und" tells nobody anything."""
    shelf = shelf_in(tmp_path, stories={"a.txt": "Title: One\n\n12345\n", "b.txt": f"Title: Two\n\n{TALE}"})
    languages = {book.title: book.language for book in shelf.books.page(Asked()).books}
    assert languages == {"One": "", "Two": "en"}
    assert shelf.books.names("language") == [("en", 1)]
    assert shelf.books.facets("language", Asked(), 9) == [("en", 1)]
    page = browser(shelf).get(f"/book/{book_of(shelf, 'One').id}").text
    assert "1 chapter</p>" in page
