"""Volumes that the files of one work say in their heads, below the title: they are the parts of the book."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.build.api import read
from converter.document.words import book_text, chapter_name
from tests.folders import lay, told


def shown(folder: Path) -> list[str]:
    return [chapter_name(c) for _, c in read(folder).walk()]


@pytest.mark.parametrize(
    ("title", "volumes", "pieces"),
    [
        ("The Rain Clerk", ("Volume 2", "Volume 3"), ("Prologue", "Chapter 1: A Wet Coat", "Chapter 2", "Afterword")),
        ("The Salt Barn", ("Book One", "Book Two"), ("Chapter 1", "Chapter 2", "Interlude", "Epilogue")),
        ("Rill", ("VOLUME I", "VOLUME II"), ("PROLOGUE", "CHAPTER ONE", "CHAPTER TWO", "EPILOGUE")),
    ],
)
def test_volumes_are_parts_and_are_said_once(
    tmp_path: Path, title: str, volumes: Sequence[str], pieces: Sequence[str]
) -> None:
    names = [(v, p) for v in volumes for p in pieces]
    files = {
        f"{title} Vol {n // len(pieces) + 1} {p.split(':')[0].lower()}.txt": f"{title}\n{v}\n{p}\n\n{told(v + p)}"
        for n, (v, p) in enumerate(names)
    }
    lay(tmp_path / "Shelf", files)
    assert shown(tmp_path / "Shelf") == [name for v in volumes for name in (v, *pieces)]
    book = read(tmp_path / "Shelf")
    assert (book.metadata.title, book.metadata.subtitle) == (title, "")
    assert title not in book_text(book)


def test_one_volume_is_the_books_and_no_part_of_it(tmp_path: Path) -> None:
    pieces = ("Prologue", "Chapter 1", "Chapter 2", "Epilogue")
    lay(tmp_path, {f"Rill Vol 4 {p}.txt": f"The Rill\nVolume 4\n{p}\n\n{told(p)}" for p in pieces})
    assert shown(tmp_path) == list(pieces)
    assert read(tmp_path).metadata.subtitle == "Volume 4"


def test_what_says_its_volume_in_its_name_alone_stands_in_it(tmp_path: Path) -> None:
    pieces = [(n, c) for n in (1, 2) for c in (1, 2, 3)]
    files = {
        f"Rill Vol {n} Chapter {c}.txt": f"The Rill\nVolume {n}\nChapter {c}\n\n{told(f'{n}.{c}')}" for n, c in pieces
    }
    lay(tmp_path, {**files, "Rill Vol 1 Plates.html": f"<h1>Vol 1 Plates</h1><p>{told('plates')}</p>"})
    assert shown(tmp_path) == [
        *("Volume 1", "Chapter 1", "Chapter 2", "Chapter 3", "Vol 1: Plates"),
        *("Volume 2", "Chapter 1", "Chapter 2", "Chapter 3"),
    ]


def test_volumes_in_german(tmp_path: Path) -> None:
    pieces = ("Vorwort", "Kapitel 1", "Kapitel 2: Der Müller", "Nachwort")
    for band in (1, 2):
        for at, piece in enumerate(pieces):
            prose = "\n\n".join(f"Der Müller ging an diesem Morgen zum {n}. Mal an das Wehr {at}." for n in range(9))
            lay(
                tmp_path,
                {
                    f"Wehr Band {band} {piece.split(':')[0]}.txt": f"Das Wehr\nBand {band}\n{piece}\n\nAm {band}. Mai. {prose}"
                },
            )
    assert shown(tmp_path) == ["Band 1", *pieces, "Band 2", *pieces]


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_the_prologue_of_a_part_is_not_its_title(tmp_path: Path, joint: str) -> None:
    text = "".join(f"PART {n}{joint}Prologue\n\n{told(n)}\nChapter 1\n\n{told(n * 2)}\n" for n in ("ONE", "TWO"))
    (tmp_path / "a.txt").write_text(text)
    assert shown(tmp_path / "a.txt") == ["PART ONE", "Prologue", "Chapter 1", "PART TWO", "Prologue", "Chapter 1"]


def test_a_part_keeps_the_title_below_it(tmp_path: Path) -> None:
    text = "".join(f"PART {n}\nThe {n} Winter\n\nChapter {k}\n\n{told(n)}\n" for k, n in enumerate(("One", "Two"), 1))
    (tmp_path / "a.txt").write_text(text)
    assert shown(tmp_path / "a.txt")[::2] == ["PART One: The One Winter", "PART Two: The Two Winter"]


@pytest.mark.parametrize("heading", ["Chapter 1", "Chapter 1: A Wet Coat"])
def test_two_helpers_on_one_line_are_two_and_no_title(tmp_path: Path, heading: str) -> None:
    lay(tmp_path, {"a.txt": f"The Rill\n\n{heading}\n\nTranslator: dragonfly   Editor: Oolong\n\n{told('a')}"})
    people = read(tmp_path / "a.txt").metadata.people
    assert {(p.role, p.name) for p in people} == {("trl", "dragonfly"), ("edt", "Oolong")}
    assert shown(tmp_path / "a.txt") == [heading]
