"""Serials whose parts lie in folders by year and month: one book each across the folders, other posts are their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree, stories_of
from converter.recognisers.metadata.periods_in_names import period_in_name
from tests.folders import books, lay, page, told


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("2019", "dated"), ("2019-11", "dated"), ("201911", "dated"), ("11 November", "dated"), ("Nov 2019", "dated"),
        ("3. März 2020", "dated"), ("декабрь", "dated"), ("2019年11月", "dated"), ("2019_11_05", "dated"),
        ("11", "counted"), ("05", "counted"),
        ("5", ""), ("32", ""), ("201913", ""), ("2019 drafts", ""), ("Chapter 11", ""), ("Maya", ""),
    ],
)  # fmt: skip
def test_a_folder_is_called_after_a_period(name: str, sort: str) -> None:
    assert period_in_name(name) == sort


SERIALS = {
    "months below years": ["2019/11/the-mill-part-1", "2019/12/the-mill-part-2", "2020/01/the-mill-part-3"],
    "years and months": ["2019-11/the-mill-part-1", "2020-02/the-mill-part-2"],
    "years alone": ["2019/the-mill-part-1", "2019/the-mill-part-2", "2020/the-mill-part-3"],
    "months by name": ["2019/11 November/the-mill-part-1", "2019/12 December/the-mill-part-2"],
    "in German": ["2019/März/die-muehle-teil-1", "2019/April/die-muehle-teil-2"],
    "days": ["2019/11/05/the-mill-part-1", "2019/11/12/the-mill-part-2"],
    "days in names": ["2019/11/2019-11-05-the-mill-part-1", "2019/12/2019-12-03-the-mill-part-2"],
    "numbers alone": ["2019/11/the-mill-1", "2019/12/the-mill-2", "2020/01/the-mill-3"],
    "a first without number": ["2019/11/the-mill", "2019/12/the-mill-part-2", "2020/01/the-mill-part-3"],
    "posts with folders": ["2019/11/the-mill-part-1/index", "2019/12/the-mill-part-2/index"],
}


@pytest.mark.parametrize("names", SERIALS.values(), ids=SERIALS)
def test_a_serial_in_folders_by_date_is_one_book(tmp_path: Path, names: list[str]) -> None:
    row = [f"{name}.html" for name in names]
    first = row[0].split("/")[0]
    others = [f"{first}/eels.html", "about.html", *(f"2018/0{n}/{n}-things.html" for n in (1, 2))]
    lay(tmp_path, {name: page("The Mill" if name in row else name, told(name)) for name in (*reversed(row), *others)})
    assert books(tmp_path) == {tuple(row), *((name,) for name in others)}
    story = max(stories_of(folder_tree(tmp_path)), key=lambda s: len(s.files))
    assert story.stem.replace("-", " ") in ("the mill", "die muehle")
    assert not story.doubt


def test_the_folder_of_one_year_is_asked_for(tmp_path: Path) -> None:
    names = ["11/the-mill-part-1.html", "12/the-mill-part-2.html"]
    lay(tmp_path / "2019", {name: page("The Mill", told(name)) for name in names})
    assert books(tmp_path / "2019") == {tuple(names)}


def test_posts_named_by_numbers_are_joined_by_their_titles(tmp_path: Path) -> None:
    names = ["2019/11/611.html", "2019/12/587.html", "2020/01/702.html"]
    posts = {name: page(f"The Mill ({n}/3)", told(name)) for n, name in enumerate(names, 1)}
    lay(tmp_path, {**posts, "2020/01/703.html": page("Eels", told("eels"))})
    assert books(tmp_path) == {tuple(names), ("2020/01/703.html",)}
    assert "The Mill" in {story.stem for story in stories_of(folder_tree(tmp_path))}


@pytest.mark.parametrize(
    "names",
    [
        ["2019/11/part-1", "2019/12/part-1"],  # of two serials
        ["2019/11/the-mill", "2019/12/the-mill"],
        ["2019/11/notes-1", "2019/12/notes-2", "2020/01/notes-3"],  # whatever somebody wrote
        ["2019/11/eels", "2019/12/lamps", "2020/01/hail"],
        ["drafts/the-mill-part-1", "sent/the-mill-part-2"],  # no folders by date
        ["2020/01/eels", "2020/02/lamps", "2020/03/hail", "2020/04/kilns"],  # months are no chapters
    ],
)
def test_other_posts_are_stories_of_their_own(tmp_path: Path, names: list[str]) -> None:
    lay(tmp_path, {f"{name}.txt": told(name) for name in names})
    assert books(tmp_path) == {(f"{name}.txt",) for name in names}


def test_people_who_wrote_parts_of_one_name_are_not_mixed(tmp_path: Path) -> None:
    by = {"2019/11/rain-part-1.txt": "Ada Thorn", "2019/12/rain-part-2.txt": "Colm Hasty"}
    lay(tmp_path, {name: f"Rain\nby {who}\n\n{told(name)}" for name, who in by.items()})
    assert books(tmp_path) == {(name,) for name in by}


def test_the_book_has_the_parts_in_order(tmp_path: Path) -> None:
    names = ["2019/12/the-mill-part-1.html", "2020/01/the-mill-part-2.html", "2020/01/the-mill-part-3.html"]
    posts = {name: page(f"The Mill, Part {n}", told(name)) for n, name in enumerate(names, 1)}
    lay(tmp_path, dict(reversed(posts.items())))
    lines = convert(tmp_path, to=("txt",))["txt"].decode().splitlines()
    assert [line for line in lines if "Part" in line] == [f"The Mill, Part {n}" for n in (1, 2, 3)]
    assert "The Mill" in lines
