"""Whether nothing is lost where one of two files is made: "the same text" is said of none that has a sentence more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from converter.folders.copies import Held, held, letters
from converter.writers.run_page import run_page
from tests.folders import books, folder_tree, lay, page, stories_of, told

TEXT = told("salt", 120)
WORDS = TEXT.split(" ")


def changed(places: int) -> str:
    """The text with a word more at so many places."""
    words = list(WORDS)
    for n in range(places):
        words.insert((n + 1) * len(words) // (places + 1), "indeed")
    return " ".join(words)


@pytest.mark.parametrize(
    ("other", "whole"),
    [
        (TEXT, True),
        (TEXT.upper().replace(".", " ."), True),
        (changed(3), True),
        (changed(300), False),
        (" ".join(f"{n}" if n % 9 == 4 else word for n, word in enumerate(WORDS)), False),
        (TEXT + "\n\nNobody had seen the boat come in but the two old men who mended nets.", False),
        ("Before that morning nobody at all had thought of the weir or the bell. " + TEXT, False),
        (
            " ".join(
                [*WORDS[:400], *"and she told him that the bell was back where it had hung".split(), *WORDS[400:]]
            ),
            False,
        ),
    ],
    ids=["equal", "typed otherwise", "words", "many words", "other numbers", "an end", "a beginning", "a sentence"],
)
def test_a_text_holds_another_but_for_single_words(other: str, whole: bool) -> None:
    found = held(letters(other.encode()), letters(TEXT.encode()))
    assert found.whole == whole
    assert found == Held(1.0, True) or not whole or 0 < found.gone < 60


def test_of_two_that_differ_in_single_words_the_later_is_made(tmp_path: Path) -> None:
    lay(tmp_path, {"Salt.txt": "Salt\n\n" + TEXT, "Salt (1).txt": "Salt\n\n" + changed(2)})
    for later, made in (("Salt (1).txt", "Salt (1).txt"), ("Salt.txt", "Salt.txt")):
        for path in tmp_path.glob("*.txt"):
            os.utime(path, (1_000_000 + 9 * (path.name == later),) * 2)
        assert books(tmp_path) == {(made,)}
        (story,) = stories_of(folder_tree(tmp_path))
        assert story.book
        (twin,) = story.book.twins
        assert "but for single words" in twin.why


def test_titles_of_other_numbers_are_no_revision(tmp_path: Path) -> None:
    head = "The Bell at Harbour {}\nby Ada Quill\n\n"
    lay(tmp_path, {"alder.txt": head.format(2) + TEXT, "birch.txt": head.format(25) + changed(2)})
    assert books(tmp_path) == {("alder.txt",), ("birch.txt",)}


def test_versions_are_no_chapters(tmp_path: Path) -> None:
    lay(tmp_path, {f"moth_v{n}.txt": f"Moth\n\n{told(f'moth{n}', 40)}" for n in (1, 2, 3)})
    assert books(tmp_path) == {("moth_v1.txt",), ("moth_v2.txt",), ("moth_v3.txt",)}


def test_our_own_pages_are_no_stories(tmp_path: Path) -> None:
    lay(tmp_path, {"Salt.txt": "Salt\n\n" + TEXT, "run.html": run_page(()), "tale.html": page("A Tale", told("weir"))})
    assert books(tmp_path) == {("Salt.txt",), ("tale.html",)}


COMPILED = {f"Ashwick ch{n}.txt": told(f"compiled {n}", 20) for n in range(1, 7)}


@pytest.mark.parametrize("chapters", [range(1, 5), range(2, 5), range(4, 7)], ids=["first", "middle", "last"])
@pytest.mark.parametrize("name", ["Ashwick.txt", "all.txt"])
def test_a_compile_is_known_wherever_it_begins(tmp_path: Path, name: str, chapters: range) -> None:
    compiled = "\n\n".join(f"Chapter {n}\n\n{COMPILED[f'Ashwick ch{n}.txt']}" for n in chapters)
    lay(tmp_path, {**COMPILED, name: compiled})
    assert books(tmp_path) == {tuple(COMPILED)}
    (story,) = stories_of(folder_tree(tmp_path))
    assert story.book
    assert [(twin.name, twin.made) for twin in story.book.twins] == [(name, False)]


def test_a_compile_without_the_prologue_is_known_and_one_with_more_is_made_and_said(tmp_path: Path) -> None:
    parts = {"Prologue.txt": told("before", 20)}
    parts |= {f"Chapter {n}.txt": f"Chapter {n}\n\n{told(f'compiled {n}', 20)}" for n in range(1, 5)}
    chapters = "\n\n".join(text for name, text in parts.items() if name != "Prologue.txt")
    lay(tmp_path / "held", {**parts, "all.txt": chapters})
    assert books(tmp_path / "held") == {tuple(parts)}
    lay(tmp_path / "more", {**parts, "all.txt": chapters + "\n\n" + told("nowhere else", 12)})
    found = list(stories_of(folder_tree(tmp_path / "more")))
    assert len(found) == 2
    assert [twin.made for story in found if story.book for twin in story.book.twins] == [True]


def test_a_story_with_one_chapter_that_another_begins_with_is_its_own(tmp_path: Path) -> None:
    other = told("another's", 90)
    lay(tmp_path, {**COMPILED, "Bell.txt": "Bell\n\n" + COMPILED["Ashwick ch3.txt"] + "\n\n" + other})
    assert books(tmp_path) == {tuple(COMPILED), ("Bell.txt",)}
