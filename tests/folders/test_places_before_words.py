"""Files that begin with a place in the row and say their chapter in words are one book with what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree, stories_of
from converter.document.model import Book, Metadata
from converter.document.words import book_text, chapter_name
from tests.folders import books, lay, told

FERRY = ("02 Prologue", "03 Chapter One - Slack Water", "04 Chapter Two - The Cage", "05 Epilogue")


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("Ferry", FERRY),
        ("Chapters", FERRY),
        ("Wehr", ("01 Vorwort", "02 Erstes Kapitel", "03 Zweites Kapitel", "04 Nachwort")),
        ("Salt", ("1. Prologue", "2. Chapter One", "3. Chapter Two", "4. Chapter Three", "5. Afterword")),
        ("Bac", ("01 - Prologue", "02 - Chapitre un", "03 - Chapitre deux", "04 - Épilogue")),
        ("Oar", ("01 Foreword", "02 Part One - Ash", "03 Chapter One - Kiln", "04 Chapter Two - Forge", "05 Epilogue")),
    ],
)
def test_one_book_in_the_order_of_its_places(tmp_path: Path, folder: str, names: Sequence[str]) -> None:
    files = {f"{name}.txt": told(name) for name in reversed(names)}
    lay(tmp_path / folder, files)
    assert books(tmp_path) == {tuple(f"{folder}/{name}.txt" for name in names)}
    begun = [book_text(Book(Metadata(), (chapter,))) for chapter in read(tmp_path).chapters]
    assert len(begun) == len(names)
    assert all(told(name).split(".")[0] in text for name, text in zip(names, begun, strict=True))


def test_what_stands_around_counts_no_chapters(tmp_path: Path) -> None:
    """The place of an epilogue is no chapter's number, so none is missing before it."""
    lay(tmp_path, {f"{name}.md": f"# {name[3:]}\n\n{told(name)}" for name in FERRY})
    (story,) = stories_of(folder_tree(tmp_path))
    assert story.book
    assert not story.book.remarks
    assert [chapter_name(c).partition(":")[0] for c in read(tmp_path).chapters] == [
        "Prologue",
        "Chapter One",
        "Chapter Two",
        "Epilogue",
    ]


def test_two_files_of_one_place_are_left_as_they_are(tmp_path: Path) -> None:
    names = ("1 Chapter One", "1 Chapter Two", "2 Chapter One", "2 Chapter Two")
    lay(tmp_path, {f"{name}.txt": told(name) for name in names})
    assert books(tmp_path) == {("1 Chapter One.txt", "1 Chapter Two.txt"), ("2 Chapter One.txt", "2 Chapter Two.txt")}
