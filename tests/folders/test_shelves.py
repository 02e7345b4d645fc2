"""Folders that say who wrote what is in them, and which book of a series it is."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree, stories_of
from converter.folders.shelves import Shelved, shelved
from tests.folders import lay, told

TREE = (
    "Ursel Brandt/The Copper Road/1 - Ash Wagon", "Ursel Brandt/The Copper Road/2. The Toll", "Ursel Brandt/Chairs",
    "Tom Hale/Nine Bells",
)  # fmt: skip


def _told(*books: str, folders: tuple[str, ...] = ()) -> list[Shelved]:
    return shelved([PurePath(b) for b in books], frozenset(map(PurePath, folders)))


def test_authors_series_and_numbers_are_taken_from_folders() -> None:
    assert _told(*TREE) == [
        Shelved("Ursel Brandt", "The Copper Road", "1", "Ash Wagon"),
        Shelved("Ursel Brandt", "The Copper Road", "2", "The Toll"),
        Shelved("Ursel Brandt"),
        Shelved("Tom Hale"),
    ]


@pytest.mark.parametrize(
    "books",
    [
        ("Nine Bells/1 - Kiln", "Nine Bells/2 - Weir", "Salt Road/1 - Eels", "Salt Road/2 - Oar"),  # titles of series
        ("Nine Bells/Kiln", "Salt Road/Weir"),
        ("Nine Bells/The Way/1 - Kiln", "Nine Bells/The Way/2 - Weir"),  # no other author
        ("Ursel Brandt/The Road/Kiln", "Tom Hale/The Road/Weir"),
    ],
)
def test_folders_that_may_be_titles_are_nobodys(books: tuple[str, ...]) -> None:
    assert _told(*books) == [Shelved()] * len(books)


def test_books_of_one_number_are_no_series() -> None:
    assert _told("The Road/1 - Kiln", "The Road/1 - Weir", folders=("The Road/1 - Kiln",)) == [Shelved(), Shelved()]


def test_what_a_file_says_goes_before_its_folder(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {**{f"{book}.txt": told(book) for book in TREE[1:]}, f"{TREE[0]}.txt": f"Ash\nby Bo Marsh\n\n{told('ash')}"},
    )
    books = {s.stem: (s.book.author, s.book.series_index) for s in stories_of(folder_tree(tmp_path)) if s.book}
    assert books["1 - Ash Wagon"] == ("Ursel Brandt", "1")
    assert books["Chairs"] == ("Ursel Brandt", "")
    named = read(tmp_path / "Ursel Brandt/The Copper Road/1 - Ash Wagon.txt").metadata
    assert named.authors == ("Bo Marsh",)


@pytest.mark.parametrize(
    "path",
    [
        "Ada Thorn/Salt Road (13)/Salt Road - Ada Thorn",
        "Ada Thorn/Salt Road/Salt Road - Ada Thorn",
        "library/Salt Road (13)/Salt Road - Ada Thorn",
        "library/Ada Thorn/Salt Road - Ada Thorn",
        "library/Ada Thorn/Ada Thorn - Salt Road",
        "library/books/Ada Thorn - Salt Road",
        "Ada Thorn/Salt Road (13)/Ada Thorn - Salt Road",
    ],
)
def test_folders_say_which_half_of_a_name_is_the_title(tmp_path: Path, path: str) -> None:
    lay(tmp_path, {f"{path}.txt": told(path)})
    named = read(tmp_path / f"{path}.txt").metadata
    assert (named.title, named.authors) == ("Salt Road", ("Ada Thorn",))


def test_a_folder_that_is_called_like_a_series_says_nothing_of_halves(tmp_path: Path) -> None:
    path = tmp_path / "The Copper Road" / "The Copper Road - Ash Wagon.txt"
    lay(path.parent, {path.name: told("ash")})
    named = read(path).metadata
    assert (named.title, named.authors) == ("The Copper Road - Ash Wagon", ())


def test_folders_with_the_last_name_first_are_authors() -> None:
    assert _told("Brandt, Ursel/Kiln", "Hale, Tom/Weir") == [Shelved("Ursel Brandt"), Shelved("Tom Hale")]


CROSSING = ("Ursel Brandt/The Crossing", "Tom Hale/The Crossing", "Tom Hale/The Weir")


def test_two_folders_of_people_with_books_of_one_title_are_authors() -> None:
    assert [said.author for said in _told(*CROSSING, folders=CROSSING)] == ["Ursel Brandt", "Tom Hale", "Tom Hale"]


@pytest.mark.parametrize(
    ("books", "folders"),
    [
        (CROSSING, CROSSING[2:]),  # a story of that name may lie anywhere
        (("Nine Bells/Part One", "Salt Road/Part One"), ("Nine Bells/Part One", "Salt Road/Part One")),
        (("Nine Bells/The Kiln", "Salt Road/The Weir"), ("Nine Bells/The Kiln", "Salt Road/The Weir")),  # series
        (("Misc/The Kiln", "Salt Road/The Kiln"), ("Misc/The Kiln", "Salt Road/The Kiln")),
        (("Brandt, Ursel/Kiln", "Kiln, Weir and Rain/Weir"), ()),
    ],
)
def test_folders_of_books_that_may_be_a_series_are_nobodys(books: tuple[str, ...], folders: tuple[str, ...]) -> None:
    assert _told(*books, folders=folders) == [Shelved()] * len(books)


def test_a_person_in_brackets_who_wrote_another_book_there_is_the_author(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "Goat Song (Ada Thorn).txt": told("goat"),
            "Kiln (Wenna Marsh).txt": told("kiln"),
            "Weir (Corin Vale).txt": told("weir"),  # of whom nobody else knows: a fandom may be called so
            "Moss (Corin Vale).txt": told("moss"),
            "Ada Thorn - The Salt Road.txt": told("salt"),
            "Low Water.txt": f"Low Water\nby Wenna Marsh\n\n{told('low')}",
        },
    )
    said = {s.stem: (s.book.title, s.book.author) for s in stories_of(folder_tree(tmp_path)) if s.book}
    assert said["Goat Song (Ada Thorn)"] == ("Goat Song", "Ada Thorn")
    assert said["Kiln (Wenna Marsh)"] == ("Kiln", "Wenna Marsh")
    assert said["Weir (Corin Vale)"] == said["Moss (Corin Vale)"] == ("", "")


@pytest.mark.parametrize("form", ["[Moor {}]", "[Moor #{}]", "(Moor {})", "Moor {}"])
def test_a_series_between_author_and_title_has_no_bracket(tmp_path: Path, form: str) -> None:
    titles = ("Heath", "Broom", "Gorse")
    lay(tmp_path, {f"Ada Thorn - {form.format(n)} - {t}.txt": told(t) for n, t in enumerate(titles, 1)})
    said = [
        (s.book.series, s.book.series_index, s.book.title, s.book.author)
        for s in stories_of(folder_tree(tmp_path))
        if s.book
    ]
    assert said == [("Moor", str(n), t, "Ada Thorn") for n, t in enumerate(titles, 1)]


def _shelf(folder: Path) -> dict[str, tuple[str, str, str, str]]:
    books = {s.files[0].relative_to(folder): s.book for s in stories_of(folder_tree(folder)) if s.book}
    return {place.as_posix(): (b.title, b.author, b.series, b.series_index) for place, b in books.items()}


@pytest.mark.parametrize("top", [".", "Salt Road"])
def test_volumes_are_books_of_the_work_around_them(tmp_path: Path, top: str) -> None:
    names = ("Volume 1 - The Weir", "Volume 2: Low Water", "Volume 3")
    lay(tmp_path, {f"Salt Road/{n}/Chapter {c}.txt": f"Chapter {c}\n\n{told(n + c)}" for n in names for c in "12"})
    books = list(_shelf(tmp_path / top).values())
    assert books[:2] == [("The Weir", "", "Salt Road", "1"), ("Low Water", "", "Salt Road", "2")]
    assert books[2][2:] == ("Salt Road", "3")


@pytest.mark.parametrize("names", [("Volume 1 - Weir", "Eels"), ("Volume 1 - Weir", "Volume 1 - Low Water")])
def test_volumes_beside_others_or_of_one_number_are_no_series(tmp_path: Path, names: tuple[str, ...]) -> None:
    lay(tmp_path, {f"Salt Road/{n}/Chapter {c}.txt": f"Chapter {c}\n\n{told(n + c)}" for n in names for c in "12"})
    assert {book[2] for book in _shelf(tmp_path).values()} == {""}


@pytest.mark.parametrize(
    ("folder", "signed", "author"),
    [
        ("Odile Marsh", "Odile Marsh", "Odile Marsh"),
        ("Marsh, Odile", "Odile Marsh", "Odile Marsh"),
        ("Odile Marsh", "", ""),
        ("Odile Marsh", "Bo Thorn", ""),
        ("Salt Road", "Bo Thorn", ""),
        ("Odile Marsh - Small Weirs", "", "Odile Marsh"),
        ("Odile Marsh - Small Weirs", "Bo Thorn", ""),
    ],
)
def test_the_author_whom_one_book_says_and_its_folder_too_wrote_the_others(
    tmp_path: Path, folder: str, signed: str, author: str
) -> None:
    head = f"The Kiln\nby {signed}\n\n" if signed else ""
    lay(tmp_path, {f"{folder}/The Kiln.txt": head + told("kiln"), f"{folder}/deep/Eels.txt": told("eels")})
    assert _shelf(tmp_path)[f"{folder}/deep/Eels.txt"][1] == author
    assert _shelf(tmp_path / folder)["deep/Eels.txt"][1] == author
