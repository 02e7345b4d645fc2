"""Rows of files that are one work by their names: letters, pages of a thread, volumes, roman numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.build.folders import folder_tree, stories_of
from tests.folders import books, lay, told

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
TITLES = ("The Fair", "Wagons", "Hail", "Rope", "Counting", "Two Lanterns", "Home", "The Dog", "Night", "Salt")


def rows(folder: Path, names: list[str], texts: list[str] | None = None) -> list[tuple[str, list[str]]]:
    """The books of a folder of these files, laid out of order: what they are called, and their files."""
    both = list(zip(names, texts or map(told, names), strict=True))
    lay(folder, {f"{name}.txt": text for name, text in reversed(both)})
    return [(s.stem, [f.stem for f in s.files]) for s in stories_of(folder_tree(folder))]


@pytest.mark.parametrize(
    ("names", "stem"),
    [
        ([f"Letter {n} to Edwin" for n in range(1, 12)], "Old Papers"),
        ([f"The Rook _ Page {n} _ Slow Forums" for n in (1, 2, 3, 10)], "The Rook"),
        (["Salt B1C01", "Salt B1C02", "Salt B2 Prologue", "Salt B2C01", "Salt B2C02", "Salt B2 Epilogue"], "Salt"),
        (["v1ch1", "v1ch2", "v1ch10", "v2ch1"], "Old Papers"),
        ([f"{r}. {t}" for r, t in zip(ROMANS, TITLES, strict=True)], "Old Papers"),
        ([f"{r.lower()} - {t}" for r, t in zip(ROMANS, TITLES, strict=True)], "Old Papers"),
    ],
    ids=("letters", "pages", "volumes", "short volumes", "romans", "small romans"),
)
def test_a_row_is_one_book_in_its_order(tmp_path: Path, names: list[str], stem: str) -> None:
    assert rows(tmp_path / "Old Papers", names) == [(stem, names)]


@pytest.mark.parametrize("numbers", [ROMANS, [f"{n:02}" for n in range(1, 11)]], ids=("romans", "digits"))
def test_titles_over_numbered_files_are_chapters_in_a_folder_that_names_a_work(
    tmp_path: Path, numbers: tuple[str, ...]
) -> None:
    names = [f"{n}. {t}" for n, t in zip(numbers, TITLES, strict=True)]
    texts = [f"{t}\n\n{told(t)}" for t in TITLES]
    ((_, files),) = rows(tmp_path / "The Toll Keeper - Ada Thorn", names, texts)
    assert files == names


@pytest.mark.parametrize(
    "names",
    [
        ["I. The Fair", "V. for Five", "C. and Others", "Kiln"],  # single letters
        ["I. The Fair", "II. Hail", "Kiln"],  # two are no row
        ["Ashfall 1 - The Forge", "Ashfall 2 - The Kiln", "Ashfall 3 - The Bell"],
    ],
)
def test_other_names_are_no_row(tmp_path: Path, names: list[str]) -> None:
    assert sorted(f for _, f in rows(tmp_path / "Old Papers", names)) == sorted([n] for n in names)


def test_numbered_stories_of_several_people_stay_apart(tmp_path: Path) -> None:
    names = [f"{r}. {t}" for r, t in zip(ROMANS, TITLES, strict=True)]
    texts = [
        f"{t}\nby {who} Thorn\n\n{told(t)}"
        for t, who in zip(TITLES, "Ada Bo Cy Di Ed Flo Gus Ann Ivo Jo".split(), strict=True)
    ]
    assert len(rows(tmp_path / "The Toll Keeper - Ada Thorn", names, texts)) == len(names)


@pytest.mark.parametrize("names", [("Ash Crown Book 1 - Ember", "Ash Crown Book 2 - Blaze"), ("ember", "blaze")])
def test_the_volumes_of_a_series_are_books_of_their_own(tmp_path: Path, names: Sequence[str]) -> None:
    """Each has the series' name above its own title, and below them the author and a first chapter."""
    heads = ("Book 1: Ember", "Book 2: Blaze")
    texts = (f"Ash Crown\n{head}\nby Imre Solt\n\nChapter 1\n\n{told(head)}" for head in heads)
    lay(tmp_path, {f"{name}.txt": text for name, text in zip(names, texts, strict=True)})
    assert books(tmp_path) == {(f"{name}.txt",) for name in names}


def test_issues_of_a_comic_are_a_series(tmp_path: Path) -> None:
    for number, title in ((1, "Wick"), (2, "Oil")):
        head = f'THE LAMPLIGHTERS #{number}\n"{title}"\n\nScript by Tove Arden\n\nPAGE ONE\n\n'
        lay(tmp_path, {f"Lamplighters issue {number} script.txt": head + told(title)})
    found = [(s.book.series, s.book.series_index) for s in stories_of(folder_tree(tmp_path)) if s.book]
    assert found == [("Lamplighters", "1"), ("Lamplighters", "2")]
