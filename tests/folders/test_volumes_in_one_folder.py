"""The volumes of one serial whose files lie in one folder: each has its own prologue first and its own afterword last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.build.api import read
from converter.document.words import chapter_name
from converter.recognisers.metadata.volumes_in_names import place_in_volume
from tests.folders import books, lay, told


@pytest.mark.parametrize(
    ("work", "form", "volumes", "pieces"),
    [
        ("Rain", "Rain - Vol {} ", ("Volume 2", "Volume 3"), ("Prologue", "Chapter 1", "Chapter 2", "Afterword")),
        ("Weir", "Weir Book {} - ", ("Book 1", "Book 2"), ("Foreword", "Prologue", "Chapter 1", "Author’s Note")),
        ("Das Wehr", "Das Wehr Band {} ", ("Band 1", "Band 2"), ("Vorwort", "Kapitel 1", "Kapitel 10", "Nachwort")),
        ("Rill", "rill_vol{}_", ("Volume 1", "Volume 2"), ("prologue", "chapter 2", "interlude", "epilogue")),
    ],
)
def test_each_volume_has_its_front_and_back_matter(
    tmp_path: Path, work: str, form: str, volumes: Sequence[str], pieces: Sequence[str]
) -> None:
    names = [f"{form.format(v.split()[1])}{piece}".replace("’", "'") for v in volumes for piece in pieces]
    lay(tmp_path / "Shelf", {f"{name}.txt": told(name) for name in sorted(names)})
    folder = tmp_path / "Shelf"
    assert len(books(folder)) == 1
    book = read(folder)
    expected = [name for v in volumes for name in (v, *(p[0].upper() + p[1:] for p in pieces))]
    assert [chapter_name(c) for _, c in book.walk()] == expected
    assert book.metadata.title == work


def test_an_epilogue_ends_its_volume_where_chapters_are_numbered_on(tmp_path: Path) -> None:
    names = ("1 Chapter 1", "1 Chapter 2", "1 Epilogue", "2 Chapter 3", "2 Chapter 4")
    lay(tmp_path, {f"Salt Volume {name}.txt": f"{name[2:]}\n\n{told(name)}" for name in names})
    found = [chapter_name(c) for _, c in read(tmp_path).walk()]
    assert found == ["Volume 1", "Chapter 1", "Chapter 2", "Epilogue", "Volume 2", "Chapter 3", "Chapter 4"]


@pytest.mark.parametrize("name", ["the jungle book", "salt book 2", "bookish 2 chapter 1", "volume of rain chapter 1"])
def test_no_volume(name: str) -> None:
    assert place_in_volume(name) is None


def test_what_stands_nowhere_in_its_volume_is_behind_the_chapters() -> None:
    places = [
        place_in_volume(f"rill vol 2 {piece}") for piece in ("prologue", "ch 12", "plates", "epilogue", "afterword")
    ]
    assert [p.loose for p in places if p] == [False, False, True, False, False]
    assert sorted(p.place for p in places if p) == [p.place for p in places if p]


def test_what_stands_nowhere_in_its_volume_is_planned_where_the_book_has_it(tmp_path: Path) -> None:
    pieces = ("Prologue", "Chapter 1", "Chapter 2", "Interlude", "Plates", "Epilogue")
    names = [f"Rill Vol {n} {piece}.txt" for n in (2, 3) for piece in pieces]
    lay(tmp_path, {name: told(name) for name in sorted(names)})
    assert books(tmp_path) == {tuple(names)}
    assert [
        c.origin.source.rpartition("/")[2] for _, c in read(tmp_path).walk() if c.origin and not c.children
    ] == names
