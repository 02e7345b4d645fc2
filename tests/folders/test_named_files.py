"""Files that a `story.toml` names are one book, in this order, whatever they say themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree, stories_of
from converter.document.errors import SettingError
from converter.document.words import book_text
from converter.folders.named_files import files_named

WORDS = "The ferry came over at noon, and the rope was wet. Nobody had paid."
NUMBERS = ("One.", "Two.", "Three.", "Four.")
FILES = {
    "serial.txt": f"Title: The Rope\nAuthor: Ada Thorn\n\nChapter 1\n\nOne. {WORDS}\n\nChapter 2\n\nTwo. {WORDS}\n",
    "b.txt": f"Title: Another\nAuthor: Odile Marsh\n\nChapter 1\n\nThree. {WORDS}\n\nThe End\n",
    "a.txt": f"Four. {WORDS}\n",
}


def laid(folder: Path, named: str) -> Path:
    folder.mkdir()
    for name, text in {**FILES, "story.toml": f'title = "The Rope"\nfiles = {named}\n'}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def order(folder: Path) -> list[str]:
    """The numbers in the text of a folder's only book."""
    return [word for word in book_text(read(folder)).split() if word in NUMBERS]


def test_files_are_one_book_as_they_are_named(tmp_path: Path) -> None:
    folder = laid(tmp_path / "x", '["serial.txt", "b.txt", "a.txt"]')
    assert order(folder) == ["One.", "Two.", "Three.", "Four."]
    assert read(folder).metadata.title == "The Rope"


def test_those_that_are_not_named_stand_before_the_others(tmp_path: Path) -> None:
    assert order(laid(tmp_path / "x", '["a.txt"]')) == ["Three.", "One.", "Two.", "Four."]
    (tmp_path / "x" / "serial.txt").rename(tmp_path / "x" / "0.txt")
    assert order(tmp_path / "x") == ["One.", "Two.", "Three.", "Four."]


def test_without_a_name_they_stay_books(tmp_path: Path) -> None:
    (laid(tmp_path / "x", "[]") / "story.toml").unlink()
    assert len(list(stories_of(folder_tree(tmp_path / "x")))) > 1


@pytest.mark.parametrize(
    ("named", "wrong"),
    [('["b.txt", "z.txt"]', "'z.txt', which is no story"), ("3", "a list of names"), ('["../b.txt"]', "a list of")],
)
def test_what_is_named_wrong_is_told(tmp_path: Path, named: str, wrong: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "b.txt").write_text(FILES["b.txt"], "utf-8")
    (tmp_path / "x" / "story.toml").write_text(f"files = {named}\n", "utf-8")
    with pytest.raises(SettingError, match=wrong):
        read(tmp_path / "x")


@pytest.mark.parametrize("said", [b"files = [", b"\xff", b"files = [1]", b"x = 1", b"[" * 9_000, b"files = ['a/b']"])
def test_what_names_no_files_names_none(said: bytes) -> None:
    assert files_named(said) == ()
