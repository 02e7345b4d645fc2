"""What chapters without a heading are called: as an editor would write the names of their files, never with a code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.build.api import convert, read
from converter.build.folders import folder_tree, stories_of
from converter.document.words import chapter_name
from converter.parsers.works.chapter_names import chapter_from_name
from converter.recognisers.headings.words import lexicon
from tests.folders import books, lay, told


@pytest.mark.parametrize(
    ("stem", "common", "called"),
    [
        ("ch03", "", "Chapter 3"),
        ("Ch10b", "", "Chapter 10b"),
        ("Ch2.5 interlude", "", "Interlude"),
        ("Ch 7, Rope", "ch ", "Chapter 7: Rope"),
        ("chapter-1-the-gate", "chapter-", "Chapter 1: The Gate"),
        ("chapter 05_final", "chapter ", "Chapter 5"),
        ("Dam ch 3 new", "dam ch ", "Chapter 3"),
        ("chapter-4-rewritten", "chapter-", "Chapter 4"),
        ("Chapter 5 OLD", "chapter ", "Chapter 5"),
        ("Chapter 6 (revised)", "chapter ", "Chapter 6"),
        ("Chapter 7 Original", "chapter ", "Chapter 7: Original"),
        ("Chapter 8 - new", "chapter ", "Chapter 8: New"),
        ("Chapter 9 new moon", "chapter ", "Chapter 9: New moon"),
        ("B1C01", "", "Chapter 1"),
        ("s01e02 The Bell", "", "Episode 2: The Bell"),
        ("Drabble 001 - Ring", "drabble ", "Ring"),
        ("poem_04", "poem_", "Poem 4"),
        ("Day 01 - 1637", "day ", "Day 1"),
        ("Day 03 - The Storm", "day ", "Day 3: The Storm"),
        ("Widow-engine-06", "widow-engine-", "Chapter 6"),
        ("Harrow Lane 1_6", "harrow lane ", "Part 1"),
        ("Letter 3 May 1916", "", "3 May 1916"),
        ("page-3", "page-", ""),
        ("untitled document 3", "untitled document ", ""),
        ("The Day 3 Gate", "", ""),
        ("Act I Scene 2", "", ""),
    ],
)
def test_a_name_as_an_editor_writes_it(stem: str, common: str, called: str) -> None:
    assert chapter_from_name(stem, common, lexicon("en")) == called


@pytest.mark.parametrize(
    ("language", "stem", "called"),
    [("de", "ch03", "Kapitel 3"), ("fr", "ep04", "Épisode 4"), ("es", "pt02 - La puerta", "Parte 2: La puerta")],
)
def test_codes_are_spelled_out_in_the_storys_language(language: str, stem: str, called: str) -> None:
    assert chapter_from_name(stem, "", lexicon(language)) == called


@pytest.mark.parametrize(
    ("names", "headings"),
    [
        (("Drabble 001 - Ring", "Drabble 002 - Rope", "Drabble 003 - Rain"), ("Ring", "Rope", "Rain")),
        (("Widow-engine-06", "Widow-engine-07", "Widow-engine-08"), ("Chapter 6", "Chapter 7", "Chapter 8")),
        (("Day 01 - 1637", "Day 02 - 3311", "Day 03 - 5022"), ("Day 1", "Day 2", "Day 3")),
        (
            ("Ch1", "Ch2", "Ch2.5 interlude", "Ch3 - The Gate"),
            ("Chapter 1", "Chapter 2", "Interlude", "Chapter 3: The Gate"),
        ),
        (("B1C01", "B1C02", "B2C01"), ("Book 1", "Chapter 1", "Chapter 2", "Book 2", "Chapter 1")),
        (("Mill s01e01", "Mill s02e01"), ("Season 1", "Episode 1", "Season 2", "Episode 1")),
    ],
)
def test_the_contents_of_a_book_of_coded_files(tmp_path: Path, names: Sequence[str], headings: Sequence[str]) -> None:
    lay(tmp_path / "Salt", {f"{name}.txt": told(name) for name in names})
    made = convert(tmp_path, to=("txt",)).reading.book
    assert tuple(chapter_name(c) for _, c in made.walk()) == headings


def test_scenes_of_one_act_stand_under_one_act(tmp_path: Path) -> None:
    """Each file is headed by its act, too."""
    scenes = [("I", 1), ("I", 2), ("I", 3), ("II", 1), ("II", 2)]
    files = {
        f"{at:02}.txt": f"ACT {act}\n\nScene {scene}\n\n{told(f'{act}{scene}')}"
        for at, (act, scene) in enumerate(scenes, 1)
    }
    lay(tmp_path / "The Mill", files)
    found = [chapter_name(c) for _, c in read(tmp_path).walk()]
    assert found == ["ACT I", "Scene 1", "Scene 2", "Scene 3", "ACT II", "Scene 1", "Scene 2"]


def mail(number: int) -> str:
    return (
        f"From: Peg Dunmore <peg@example.org>\nTo: storylist@example.org\nSubject: [storylist] Harrow Lane ({number}/6)\n\n"
        + told(f"harrow {number}")
    )


@pytest.mark.parametrize(
    "name", ["[storylist] Harrow Lane {}_6", "[story-list] Harrow Lane ({} of 6)", "Harrow Lane {}_6"]
)
def test_parts_that_a_list_sent_are_one_book_without_its_tag(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {f"{name.format(n)}.txt": mail(n) for n in (1, 2, 3, 4)})
    assert books(tmp_path) == {tuple(f"{name.format(n)}.txt" for n in (1, 2, 3, 4))}
    story = next(stories_of(folder_tree(tmp_path)))
    assert story.book
    assert [remark.partition(":")[0] for remark in story.book.remarks] == ["no chapters 5 to 6"]
    made = read(tmp_path)
    assert (made.metadata.title, made.metadata.series) == ("Harrow Lane", "")
    assert [chapter_name(c) for _, c in made.walk()] == ["Part 1", "Part 2", "Part 3", "Part 4"]
