"""Numbered pieces by several people in one folder: the magazine or the anthology they are from is said in their books."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, told


def placed(folder: Path, names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The series and the place in it that each file's book has; a piece says above its text what its name says."""
    for name in names:
        piece, _, who = name.lstrip("0123456789.- ").partition(" - ")
        lay(folder, {f"{name}.txt": f"{piece}\n{who and f'by {who}'}\n\n{told(name)}"})
    books = (story.book for story in stories_of(folder_tree(folder)))
    return {book.files[0][:-4]: (book.series, book.series_index) for book in books if book}


PIECES = ("01 Editorial", "02 The Ice Saw - Marta Lindh", "03 A Bell for Oster - Jo Achebe", "04 Lists - Hal Whitby")


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("The Gannet 14", PIECES),
        ("Tales from the Lock", ("1. The Marrow - T. Quince", "2. The Shed - Ash Pillay", "3. Frost - Len Odu")),
        ("Anthologie Nord", ("1 - Der Sturm - Ida Moor", "2 - Das Eis - Ole Brandt", "3 - Die Bake - Rieke Sund")),
    ],
)
def test_the_pieces_of_a_collection_say_whence_they_are(tmp_path: Path, folder: str, names: Sequence[str]) -> None:
    found = placed(tmp_path / folder, names)
    assert list(found.values()) == [(folder, str(n)) for n in range(1, len(names) + 1)]
    said = read(tmp_path / folder / f"{names[1]}.txt").metadata
    assert said.series == ""  # alone it is a story


def test_what_stands_before_and_behind_them_has_no_place(tmp_path: Path) -> None:
    names = (*PIECES, "Introduction", "About the writers", "The Last Toll")
    found = placed(tmp_path / "The Gannet 14", names)
    assert [found[name] for name in names[4:]] == [("The Gannet 14", ""), ("The Gannet 14", ""), ("", "")]


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("Downloads", PIECES),
        ("lib", PIECES),
        ("Calibre Library", PIECES),
        ("The Gannet 14", ("02 Ice - Marta Lindh", "05 Bell - Jo Achebe", "09 Lists - Hal Whitby")),  # no row
        ("Marta", ("1 The Ice Saw - Marta Lindh", "2 The Bell - Marta Lindh", "3 The Lists - Marta Lindh")),
    ],
)
def test_others_are_no_collection(tmp_path: Path, folder: str, names: Sequence[str]) -> None:
    assert not any(series == folder for series, _ in placed(tmp_path / folder, names).values())
