"""Letters, a file each, that are called by their days and for whom they are: one book, in order, behind its foreword."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import read
from tests.folders import books, lay, told

FOREWORD = "My great-aunt kept these in a tin. I have typed them as she wrote them, mistakes and all.\n"
ENGLISH = ("14 Quay Street, Wexcombe\nChristmas Eve 1949\n\nDear Liesel,\n\n{}\n\nYour sister,\nMarta\n", "to Liesel")
GERMAN = ("Lindenweg 4\nAm Abend vor Weihnachten\n\nLieber Karl,\n\n{}\n\nDeine Ada\n", "an Karl")


def letters(letter: str, whom: str, *days: str) -> dict[str, str]:
    return {f"{day} {whom}.txt": letter.format(told(day)) for day in days}


@pytest.mark.parametrize(
    ("letter", "whom", "foreword", "called"),
    [
        (*ENGLISH, "About these letters", "Letters to Liesel"),
        (*ENGLISH, "A note on the letters", "Letters to Liesel"),
        (*ENGLISH, "Foreword", "Letters to Liesel"),
        (*GERMAN, "Zu diesen Briefen", "Briefe an Karl"),
    ],
)
def test_two_letters_and_their_foreword_are_one_book(
    tmp_path: Path, letter: str, whom: str, foreword: str, called: str
) -> None:
    found = letters(letter, whom, "1947-01-19", "1946-11-03")
    lay(tmp_path, {**found, f"{foreword}.txt": FOREWORD})
    assert books(tmp_path) == {(f"{foreword}.txt", f"1946-11-03 {whom}.txt", f"1947-01-19 {whom}.txt")}
    said = read(tmp_path).metadata
    assert (said.title, said.people) == (called, ())


def test_two_stories_of_one_name_and_two_days_are_no_letters(tmp_path: Path) -> None:
    lay(tmp_path, {f"{day} mill.txt": f"The mill\n\n{told(day)}" for day in ("2019-11-03", "2020-01-04")})
    assert len(books(tmp_path)) == 2


def test_a_story_beside_letters_is_none_of_them(tmp_path: Path) -> None:
    found = letters(*ENGLISH, "1946-11-03", "1947-01-19")
    lay(tmp_path, {**found, "The Blue Door.txt": f"The Blue Door\nby Ada Thorn\n\n{told('door')}"})
    assert books(tmp_path) == {tuple(found), ("The Blue Door.txt",)}
