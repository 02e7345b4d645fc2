"""Books of single files that are chapters of a longer book since: the library says so, and takes them off when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.library import prune, stories_of
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import RECONCILED, Ingredient, Record, Story, digest, state_of


def noted(folder: Path, names: str, moment: int, *, source: str = "") -> None:
    """Notes that a story of files of these names was made at this moment."""
    book = folder / f"{names.replace(' ', '-')}.epub"
    book.write_bytes(names.encode())
    files = [folder / f"{name}.txt" for name in names.split()]
    for file in files:
        file.write_text(f"The {file.stem} stood in the rain.")
    with Catalogue(folder) as catalogue:
        own = source or catalogue.name(files[0])
        made = tuple(Ingredient(file, "story", digest(file.read_bytes()), state_of(file)) for file in files)
        record = Record(book, "x", digest(book.read_bytes()), source=own, format="epub", state=state_of(book))
        catalogue.note(Story(own, title=names, ingredients=made, books=(record,)), moment)


def within(folder: Path) -> dict[str, str]:
    return {one.story.title: one.within for one in stories_of(folder) if one.within}


def test_single_books_within_a_longer_one_are_taken_off(tmp_path: Path) -> None:
    for moment, name in enumerate(("ash", "birch", "cedar", "dogwood"), 1):
        noted(tmp_path, name, moment)
    assert within(tmp_path) == {}
    noted(tmp_path, "ash birch cedar", 9)
    assert within(tmp_path) == {"birch": "ash.txt", "cedar": "ash.txt"}
    removed, left = prune(tmp_path, [one for one in stories_of(tmp_path) if not one.keeps])
    assert ({path.name for path in removed}, left) == ({"ash.epub", "birch.epub", "cedar.epub"}, ())
    assert {one.story.title for one in stories_of(tmp_path)} == {"ash birch cedar", "dogwood"}
    assert all(one.keeps for one in stories_of(tmp_path))


@pytest.mark.parametrize(
    ("part", "whole", "moment", "ending"),
    [
        ("birch oak", "ash birch cedar", 9, ""),  # it has more
        ("birch", "ash birch cedar", 1, ""),  # it was made again since
        ("birch", "ash birch cedar", 9, RECONCILED),  # copies stay what they are
    ],
)
def test_others_are_not(tmp_path: Path, part: str, whole: str, moment: int, ending: str) -> None:
    noted(tmp_path, part, 5)
    noted(tmp_path, whole, moment, source=f"ash.txt{ending}")
    assert within(tmp_path) == {}
