"""A book that is made again from its page stays what options once said it is."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from converter.build.settings import KEYS, OF_A_RUN
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import CATALOGUE
from converter.cli.convert import convert
from converter.shelf.answering.told_again import SPELT, WITHOUT_OPTION, as_options, options_of
from converter.shelf.arrivals import refresh
from converter.shelf.shelf import Shelf, shelf_of
from tests.shelf.shelves import TALE, book_of, browser, end, make_books, write_stories

SAID = {
    "title": "The Lamp", "author": ("Ada Thorn", "Odile Marsh"), "series": "Piers", "series_index": "2",
    "tag": ("lamps", "weather, bad"), "description": "It went out.\nTwice.", "publisher": "Own Press",
    "no_typography": True,
}  # fmt: skip


def shelf_with(place: Path, **said: object) -> Shelf:
    make_books(
        write_stories(place / "stories", {"one.txt": "Title: One\n\n" + TALE + '\n"Lit," she said.\n'}),
        place / "books",
        **said,
    )
    shelf = shelf_of(place / "books")
    refresh(shelf.store)
    return shelf


def options_for(shelf: Shelf, **answers: str) -> list[str]:
    with Catalogue(shelf.folder) as catalogue:
        (story,) = catalogue.stories()
    return options_of(shelf.folder, story, shelf.folder.parent / "stories" / "one.toml", answers)


def test_what_options_said_stays_when_a_book_is_answered(tmp_path: Path) -> None:
    shelf = shelf_with(tmp_path, **SAID)
    book = book_of(shelf, "lamp")
    told = {"title": "The Lantern", "author": "Ada Thorn; Odile Marsh", "series": "Piers", "series_index": "3"}
    answer = browser(shelf).post(f"/book/{book.id}/answer", data=told, files={"none": b""})
    assert answer.status_code == 303
    end(shelf)
    again = book_of(shelf, "lantern")
    assert again.id == book.id
    assert (again.authors, again.series, again.series_index) == (("Ada Thorn", "Odile Marsh"), "Piers", "3")
    assert (again.tags, again.summary) == (("lamps", "weather, bad"), "It went out.\nTwice.")
    with Catalogue(shelf.folder) as catalogue:
        asked = catalogue.asked_of(again.source)
    assert asked == {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in SAID.items()
        if key not in ("title", "series_index")
    }


def test_what_nobody_said_is_no_option(tmp_path: Path) -> None:
    assert options_for(shelf_with(tmp_path)) == []


def test_answers_stand_above_options(tmp_path: Path) -> None:
    shelf = shelf_with(tmp_path, no_chapters=True, series="Piers", series_index="2", author=("Ada Thorn",))
    assert options_for(shelf, series="Quays") == ["--no-chapters", "--author=Ada Thorn"]
    assert options_for(shelf, chapter="^Day", author="") == ["--series=Piers", "--series-index=2"]


def test_of_older_books_what_is_known_is_said(tmp_path: Path) -> None:
    shelf = shelf_with(tmp_path, author=("Ada Thorn",), tag=("lamps",))
    with contextlib.closing(sqlite3.connect(shelf.folder / CATALOGUE)) as database, database:
        database.execute("DROP TABLE asked")
    assert options_for(shelf) == ["--title=One", "--language=en", "--author=Ada Thorn"]


def test_every_setting_that_is_kept_is_an_option_or_known_to_be_none() -> None:
    options = {option for parameter in convert.params for option in parameter.opts}
    for key in KEYS.keys() - OF_A_RUN:
        name = as_options({key: "x"})[0].partition("=")[0]
        assert (name in options) == (key not in WITHOUT_OPTION), key
    assert KEYS.keys() >= WITHOUT_OPTION
    assert SPELT.keys() <= KEYS.keys()
