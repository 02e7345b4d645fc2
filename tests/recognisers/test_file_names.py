"""Names of files in small letters, without suffix: in `file_names.tsv`, read by an editor.

"part": a word says that it is a part of a work; "frame": it says only that, of a prologue or epilogue.
"""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from converter.recognisers.metadata.file_names import (
    begins_with_part,
    fits_any_story,
    is_frame,
    lettered_number,
    matter,
    names_part,
    says_part,
    series_name,
    without_part,
    work_of_address,
)
from converter.recognisers.metadata.parts_in_names import only_volume
from converter.recognisers.metadata.titles_in_names import from_file_name

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "file_names.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("kind", "stem"), TABLE)
def test_a_name(kind: str, stem: str) -> None:
    assert says_part(stem) == (kind != "text")
    assert is_frame(stem) == (kind == "frame" or stem == "prologue")


@pytest.mark.parametrize(
    ("stem", "shared", "number"),
    [
        ("salt road chapter 3", "salt road #", None),
        ("salt road 12.5", "salt road#", None),
        ("03 the weir", "# the weir", None),
        ("weir chapter twenty-one", "weir #", 21),
        ("part_iv", "#", 4),
        ("weir prologue", "weir #", None),
        ("weir interlude", "weir #", None),
        ("chapter of light", "chapter of light", None),
        ("weir - das dritte kapitel", "weir - #", 3),
        ("kapitel einundzwanzig", "#", 21),
        ("chapitre dix", "#", 10),
        ("premier chapitre", "#", 1),
        ("capítulo décimo", "#", 10),
        ("parte prima", "#", 1),
        ("tweede deel", "#", 2),
        ("глава двадцать первая", "#", 21),
        ("第十二話 霧", "#", 12),
        ("第一巻", "第一巻", None),
        ("weir s02e03", "weir #", 2003),
        ("weir (2 of 5)", "weir (#", 2),
        ("tale of 2 of us", "tale of# of us", None),
        ("the weir", "the weir", None),
    ],
)
def test_what_files_of_one_work_share(stem: str, shared: str, number: int | None) -> None:
    assert (without_part(stem), lettered_number(stem)) == (shared, number)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (-1, "prologue"),
        (-1, "the introduction"),
        (-1, "vorwort"),
        (-1, "předmluva"),
        (-1, "cover"),
        (1, "epilogue"),
        (1, "salt road afterword"),
        (1, "nachwort"),
        (1, "эпилог"),
        (0, "salt road"),
        (0, "interlude"),
        (0, "covered"),
        (0, "the notice"),
    ],
)
def test_front_and_back_matter(place: int, words: str) -> None:
    assert matter(words.split()) == place


@pytest.mark.parametrize(
    ("stem", "named", "worded"),
    [
        ("chapter-3", True, True),
        ("kapitel12", True, True),
        ("3", True, False),
        ("page-4", True, False),
        ("12-the-weir", True, False),
        ("epilogue", True, True),
        ("chapter", True, True),
        ("the-weir", False, False),
        ("123456", False, False),
        ("party", False, False),
    ],
)
def test_the_last_part_of_an_address(stem: str, named: bool, worded: bool) -> None:
    assert (names_part(stem), begins_with_part(stem)) == (named, worded)


def test_works() -> None:
    assert work_of_address("https://lamp.example/works/12/chapters/3") == "works/12"
    assert work_of_address("https://lamp.example/Stories/Weir/3") == "stories/weir"
    assert not work_of_address("https://lamp.example/about/3")


def test_names_of_any_story() -> None:
    assert [n for n in ("story", "untitled", "weir", "") if fits_any_story(n)] == ["story", "untitled"]


@pytest.mark.parametrize(
    ("stem", "series"),
    [
        ("Ashfall 2 - The Forge", "Ashfall"),
        ("letter 2024-01-03", None),
        ("letter 3.1.2024", None),
        ("Diary 3 May 2024", None),
        ("Tagebuch 3. März 2024", None),
        ("Notes May 3", None),
    ],
)
def test_a_date_is_no_number_in_a_series(stem: str, series: str | None) -> None:
    found = series_name(stem)
    assert (found.series if found else None) == series


@pytest.mark.parametrize(
    ("stem", "only"),
    [
        ("Volume 1", True),
        ("Band II", True),
        ("Zweiter Band", True),
        ("Book Two", True),
        ("Volume", False),
        ("Salt Road Volume 1", False),
        ("Bookbinder 2", False),
    ],
)
def test_a_name_that_only_says_which_book_it_is(stem: str, only: bool) -> None:
    assert only_volume(stem) == only


def test_a_name_whose_accents_stand_apart_is_split_as_any_other() -> None:
    name = "Zoë Brûlé - Le Phare"
    assert from_file_name(normalize("NFD", name)) == from_file_name(name)
    assert from_file_name(normalize("NFD", name)).authors == ("Zoë Brûlé",)


@pytest.mark.parametrize(
    ("name", "title", "authors"),
    [
        ("Thorn, Ada - The Salt Road", "The Salt Road", ("Ada Thorn",)),
        ("van der Berg, Anna - The Weir", "The Weir", ("Anna van der Berg",)),
        ("Le Marsh, U. K. - The Weir", "The Weir", ("U. K. Le Marsh",)),
        ("Marsh, Wenna - The Weir", "The Weir", ("Wenna Marsh",)),
        ("2019 - Ada Thorn - Ember Days", "Ember Days", ("Ada Thorn",)),
        ("2019 - Thorn, Ada - Ember Days", "Ember Days", ("Ada Thorn",)),
        ("2019 - Ember Days", "2019 - Ember Days", ()),
        ("2019 - The Weir - Part Two", "2019 - The Weir - Part Two", ()),
        ("Rain, rain - go away", "Rain, rain - go away", ()),
        ("Salt, Smoke, and Rain - A Tale", "Salt, Smoke, and Rain - A Tale", ()),
        ("Ashwick, May - A Diary", "Ashwick, May - A Diary", ()),
        ("Ashwick, 4 - A Diary", "Ashwick, 4 - A Diary", ()),
        ("Thorn, Jr. - The Weir", "Thorn, Jr. - The Weir", ()),
        ("A. C. Thorn - Ember Days", "Ember Days", ("A. C. Thorn",)),
        ("A Long Thorn - Ember Days", "A Long Thorn - Ember Days", ()),
        ("NaNoWriMo 2019 - The Last Weir", "The Last Weir", ()),
        ("nano 2019 - Ember Days", "Ember Days", ()),
        ("Nanotide - Ember", "Nanotide - Ember", ()),
        ("118.the-last-weir", "The Last Weir", ()),
        ("1180442.weir", "Weir", ()),
        ("118.Weir", "118.Weir", ()),
        ("v1.weir", "V1.weir", ()),
        ("The Last Weir - K. Thorn", "The Last Weir", ("K. Thorn",)),
        ("Ember Days - A. C. Thorn", "Ember Days", ("A. C. Thorn",)),
        ("A. C. Thorn - J. P. Marsh", "J. P. Marsh", ("A. C. Thorn",)),
        ("The Last Weir - K. the Third", "The Last Weir - K. the Third", ()),
        ("The%20Last%20Weir", "The Last Weir", ()),
        ("50%25 Off", "50%25 Off", ()),
        ("《渡口灯》作者：林雨", "渡口灯", ("林雨",)),
        ("Salt Road - Author: Ada Thorn", "Salt Road", ("Ada Thorn",)),
        ("00 Introduction", "Introduction", ()),
        ("The Weir (novella)", "The Weir", ()),
        ("07. The Weir", "The Weir", ()),
        ("007 - The Weir", "007 - The Weir", ()),
        ("10 Small Weirs", "10 Small Weirs", ()),
    ],
)
def test_names_as_libraries_give_them(name: str, title: str, authors: tuple[str, ...]) -> None:
    said = from_file_name(name)
    assert (said.title, said.authors) == (title, authors)


@pytest.mark.parametrize(
    ("name", "title", "year"),
    [
        ("Ada Thorn - Ember Days (2014)", "Ember Days", "2014"),
        ("Ember Days [1911]", "Ember Days", "1911"),
        ("Ember Days (3014)", "Ember Days (3014)", ""),
        ("Ember Days 2014", "Ember Days 2014", ""),
    ],
)
def test_a_year_in_brackets_is_that_of_the_book(name: str, title: str, year: str) -> None:
    said = from_file_name(name)
    assert (said.title, said.published) == (title, year)
