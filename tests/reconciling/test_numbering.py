"""Numbers of chapters from copies that count in different ways: each once, in order, and told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.heaps import Told, told
from converter.document.model import Chapter, Text
from converter.document.words import chapter_name
from converter.recognisers.language.numerals import roman
from converter.reconciling.numbering import Counted, numbers_in_order, renumbered
from tests.reconciling import book_of, headings

SALT = told(11, 8, 150, title="The Salt Road")
EIGHT = [f"Chapter {n}" for n in range(1, 9)]


def _counted(story: Told, *names: str) -> Told:
    return replace(story, chapters=tuple((name, c[1]) for name, c in zip(names, story.chapters, strict=True)))


def _moved(story: Told) -> Told:
    return _counted(story, *EIGHT[: len(story.chapters)])


def _pairs(files: dict[str, str]) -> tuple[list[str], list[tuple[str, tuple[tuple[str, str], ...]]]]:
    made = book_of(files)
    told_ = [(d.file, d.chapters) for d in made.result.doubts if d.code == "copy-numbers"]
    assert [c.name for c in made.result.chapters] == headings(made)
    return headings(made), told_


def test_a_chapter_that_only_an_older_copy_has_gets_the_number_that_is_free_there() -> None:
    new = replace(SALT.without(5), updated="2024-01-01")
    old = replace(_moved(SALT.without(1)), updated="2020-01-01")
    assert _pairs({"new.txt": new.text(), "old.txt": old.text()}) == (
        EIGHT,
        [("old.txt", (("Chapter 4", "Chapter 5"),))],
    )


def test_what_an_older_copy_has_behind_the_last_chapter_goes_on_counting() -> None:
    new = replace(SALT.part(1, 7), updated="2024-01-01")
    old = replace(_moved(SALT.without(2)), updated="2020-01-01")
    assert _pairs({"new.txt": new.text(), "old.txt": old.text()}) == (
        EIGHT,
        [("old.txt", (("Chapter 7", "Chapter 8"),))],
    )


def test_where_no_number_is_free_the_chapters_behind_move_on() -> None:
    new = replace(_moved(SALT.without(4)), updated="2024-01-01")
    old = replace(_moved(SALT.without(1)), updated="2020-01-01")
    found, doubts = _pairs({"new.txt": new.text(), "old.txt": old.text()})
    assert found == EIGHT
    moved = tuple((f"Chapter {n}", f"Chapter {n + 1}") for n in range(4, 8))
    assert doubts == [("new.txt", moved), ("old.txt", (("Chapter 3", "Chapter 4"),))]


def test_a_heading_without_a_number_has_the_one_that_is_missing() -> None:
    words = "Ash Bay Cod Dew Elm Fog Gum Hay".split()
    new = _counted(SALT, *(f"Chapter {n}: {w}" for n, w in enumerate(words, 1))).without(6)
    old = _counted(SALT, *(f"The {w}" for w in words)).part(5, 7)
    found, doubts = _pairs({"new.txt": new.text(), "old.txt": old.text()})
    assert found == [f"Chapter {n}: {'The ' * (n == 6)}{w}" for n, w in enumerate(words, 1)]
    assert doubts == [("old.txt", (("The Fog", "Chapter 6: The Fog"),))]


@pytest.mark.parametrize(
    ("numbers", "given_"),
    [
        ("a1 a2 a3 b3 a5", {3: 4}),
        ("a1 a2 b2 a3 a4", {2: 3, 3: 4, 4: 5}),
        ("a1 a2 a3 b2", {3: 4}),
        ("b1 a1 a2 a3", {1: 2, 2: 3, 3: 4}),
        ("b7 a4 a5 a7", {0: 3}),
        ("b3 a2 a4 a5", {}),  # a number that nobody else has: perhaps it stands in the wrong place
        ("a1 a3 a2 b3 b4", {}),  # the fuller one counts in a way of its own
        ("a1 a2 P a1 a2 b2", {5: 3}),  # counted anew in each part
        ("a1 b- a3 a4", {1: 2}),
        ("a1 b- a4 a5", {}),  # which of them?
        ("a1 b- b- a4 a5", {1: 2, 2: 3}),
        ("a1 a- a3 a4", {}),  # so its author has it
        ("a1 b_ a3 a4", {}),  # no heading at all
        ("a1 a2 a3 b4", {}),
    ],
)
def test_each_number_once_and_in_order(numbers: str, given_: dict[int, int]) -> None:
    row = [
        Counted(0, "part", 1)
        if word == "P"
        else Counted("ab".index(word[0]), "chapter", int(word[1]) if word[1].isdigit() else None, word[1] != "_")
        for word in numbers.split()
    ]
    assert numbers_in_order(row) == given_


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)), max_size=12))
def test_what_holds_is_never_out_of_order(pairs: list[tuple[int, int]]) -> None:
    row = [Counted(copy, "chapter", number) for copy, number in pairs]
    given_ = numbers_in_order(row)
    if given_:
        settled = [given_.get(at, counted.number) for at, counted in enumerate(row)]
        lone = [n for _, n in pairs if sum(n == other for _, other in pairs) == 1]
        moved = [n for at, n in enumerate(settled) if at in given_ or pairs[at][1] not in lone]
        assert moved == sorted(set(moved), key=int)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "number", "new", "shown"),
    [
        ("Chapter 4", 4, 15, "Chapter 15"),
        ("Chapter 04", 4, 5, "Chapter 05"),
        ("IX.", 9, 14, "XIV."),
        ("chapter iv", 4, 5, "chapter v"),
        ("CHAPTER FOUR", 4, 5, "CHAPTER FIVE"),
        ("Kapitel Vier", 4, 5, "Kapitel Fünf"),
        ("The Fourth Night", 4, 5, "The Fifth Night"),
        ("4 of 4", 4, 5, None),
        ("Chapters 4-5", 4, 6, None),
        ("Forty-One", 41, 42, None),
    ],
)
def test_a_number_is_written_as_the_old_one_was(label: str, number: int, new: int, shown: str | None) -> None:
    found = renumbered(Chapter(label=(Text(label),), number=number), new)
    assert (chapter_name(found) if found else None) == shown


@given(st.integers(1, 3999), st.integers(1, 3999))
def test_roman_numerals_are_read_as_they_are_written(old: int, new: int) -> None:
    first = renumbered(Chapter(label=(Text("I"),), number=1), old)
    assert first
    second = renumbered(first, new)
    assert second
    assert roman(chapter_name(second)) == second.number == new
