"""Folders that say who wrote the one book in them: behind the title, or by the name of the folder around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, told


def _laid(folder: Path, name: str, more: str = "", head: str = "") -> None:
    texts = {n: f"{head}Chapter {n}\n\n{more}{told(f'{name} {n}', 12)}" for n in (1, 2, 3)}
    lay(folder / name, {f"Chapter {n}.txt": text for n, text in texts.items()})


def _said(folder: Path) -> list[tuple[str, str]]:
    found = []
    for story in stories_of(folder_tree(folder)):
        assert story.book
        found.append((story.book.title or story.stem, story.book.author))
    return sorted(found)


@pytest.mark.parametrize(
    ("name", "title", "author"),
    [
        ("The Toll Keeper - Ada Thorn", "The Toll Keeper", "Ada Thorn"),
        ("A Dozen Small Rooms — Ursula van Holt", "A Dozen Small Rooms", "Ursula van Holt"),
        ("eels - Ada Thorn", "Eels", "Ada Thorn"),
        ("Salt Road - Ada Thorn", "Salt Road", "Ada Thorn"),  # two names: the story has salt, and no Thorn
        ("The Toll Keeper - A Winter Tale", "The Toll Keeper - A Winter Tale", ""),
        ("The Toll Keeper - Salt Quarry", "The Toll Keeper - Salt Quarry", ""),  # of which the story tells
        ("The Toll Keeper - Tove Corin", "The Toll Keeper - Tove Corin", ""),  # who are in it
        ("The Toll Keeper - Part Two", "The Toll Keeper - Part Two", ""),
        ("Stories - Ada Thorn", "Stories - Ada Thorn", ""),
        ("Nano 2019 - Ash Wagon", "Nano 2019 - Ash Wagon", ""),
    ],
)
def test_a_person_behind_the_title_of_a_folder_is_its_author(
    tmp_path: Path, name: str, title: str, author: str
) -> None:
    _laid(tmp_path, name)
    assert _said(tmp_path) == [(title, author)]
    assert _said(tmp_path / name) == [(title, author)]
    if author:
        said = read(tmp_path / name).metadata
        assert (said.title, said.authors) == (title, (author,))


def test_a_short_text_says_nothing_of_a_name(tmp_path: Path) -> None:
    lay(tmp_path / "The Kiln - Ada Thorn", {f"Chapter {n}.txt": f"Chapter {n}\n\n{told(str(n), 1)}" for n in (1, 2, 3)})
    assert _said(tmp_path) == [("The Kiln - Ada Thorn", "")]


def test_folders_with_the_same_words_before_the_dash_are_a_series(tmp_path: Path) -> None:
    names = ("The Copper Tide - Ash Wagon", "The Copper Tide - Tin Bell")
    for name in names:
        _laid(tmp_path, name)
    _laid(tmp_path / "The Copper Hill", "The Copper Hill - Lead Cart")
    assert _said(tmp_path) == [(name, "") for name in ("The Copper Hill - Lead Cart", *names)]


@pytest.mark.parametrize(
    ("name", "author", "title"),
    [
        ("Copper Saints - Grey Heron", "Grey Heron", "Copper Saints"),
        ("Grey Heron - Copper Saints", "Grey Heron", "Copper Saints"),
        ("The Kiln - lampmoth", "lampmoth", "The Kiln"),
        ("lampmoth - kiln", "lampmoth", "Kiln"),
        ("The Kiln - Copper Saints", "Grey Heron", "The Kiln - Copper Saints"),
    ],
)
def test_whom_the_story_names_is_no_part_of_its_title(tmp_path: Path, name: str, author: str, title: str) -> None:
    _laid(tmp_path, name, head=f"Author: {author}\n\n")
    said = read(tmp_path / name).metadata
    assert (said.title, said.authors) == (title, (author,))


@pytest.mark.parametrize(
    ("around", "name", "author"),
    [
        ("Ada Thorn", "The Kiln", "Ada Thorn"),
        ("Ada Thorn", "Chairs", "Ada Thorn"),
        ("Salt Quarry", "The Kiln", ""),  # the story tells of it: a series, or a place for what is like it
        ("Copper Cycle", "The Kiln", ""),
        ("My Drafts", "The Kiln", ""),
        ("Copper", "The Kiln", ""),
        ("Copper Tide", "Copper Tide, first half", ""),
        ("Copper Tide", "Ash Wagon", ""),  # either may be a person
    ],
)
def test_a_folder_called_like_a_person_who_is_not_in_the_story_is_its_authors(
    tmp_path: Path, around: str, name: str, author: str
) -> None:
    _laid(tmp_path / around, name)
    assert [who for _, who in _said(tmp_path)] == [author]
    assert [who for _, who in _said(tmp_path / around)] == [author]
    assert [who for _, who in _said(tmp_path / around / name)] == [""]  # nobody asked about the folder around it


def test_an_author_whom_the_story_says_goes_before_the_folder_around_it(tmp_path: Path) -> None:
    _laid(tmp_path / "Ada Thorn", "The Kiln", head="Author: Bo Marsh\n\n")
    assert read(tmp_path / "Ada Thorn" / "The Kiln").metadata.authors == ("Bo Marsh",)
    assert [who for _, who in _said(tmp_path)] == [""]


STORY = "The lighthouse at the end of the pier had been dark since May. " + told("pier", 12)


def _files(folder: Path, *names: str, text: str = STORY) -> dict[str, tuple[str, str]]:
    """What the names of files in one folder tell: title and author."""
    lay(folder, {name: f"{text}\n{told(name)}" for name in names})
    books = (story.book for story in stories_of(folder_tree(folder)))
    return {book.files[0]: (book.title, book.author) for book in books if book}


@pytest.mark.parametrize(
    ("name", "title", "author"),
    [
        ("The Lighthouse at Brack - Ilsa Krone.txt", "The Lighthouse at Brack", "Ilsa Krone"),
        ("A Pier of One's Own - Osei K. Mbeki.md", "A Pier of One's Own", "Osei K. Mbeki"),
        ("Introduction - Ilsa Krone (editor).txt", "Introduction", "Ilsa Krone"),
        ("The Lighthouse - Tove Corin.txt", "", ""),  # who are in it
        ("The Lighthouse - A Winter Tale.txt", "", ""),
        ("The Lighthouse - Krone Weekly.html", "", ""),  # a site
    ],
)
def test_a_person_behind_the_title_of_a_file_is_its_author_where_others_tell_theirs(
    tmp_path: Path, name: str, title: str, author: str
) -> None:
    assert _files(tmp_path, name, "Okoro, Ngozi B. - The Salt Cellar.txt")[name] == (title, author)
    assert _files(tmp_path / "alone", name, "The Salt Cellar.txt")[name] == ("", "")


def test_files_with_the_same_words_before_the_dash_are_a_series_and_signed_by_nobody(tmp_path: Path) -> None:
    names = ("The Copper Tide - Ash Wagon.txt", "The Copper Tide - Tin Bell.txt")
    found = _files(tmp_path, *names, "Okoro, Ngozi B. - The Salt Cellar.txt")
    assert [found.get(name, ("", ""))[1] for name in names] == ["", ""]
