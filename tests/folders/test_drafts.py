"""A chapter beside its revision in one folder: the book tells it once, and says what it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree, stories_of
from converter.folders.understood import FolderBook
from tests.folders import lay, told

OLD = told("three", 10)
PASSAGE = (
    "They had burnt the boats, all but the one that leaked, and nobody in the yard would say who had held the torch."
)
NEW = "\n\n".join(PASSAGE if n == 4 else p for n, p in enumerate(OLD.strip().split("\n\n")))


def found(folder: Path) -> list[FolderBook]:
    return [s.book for s in stories_of(folder_tree(folder)) if s.book]


def chapters(folder: Path, pattern: str, *names: str, texts: tuple[str, ...] = (OLD, NEW)) -> None:
    """Chapters 1, 2 and 4, and between them files of these names with these texts."""
    rest = {f"{pattern.format(n)}.txt": told(f"c{n}") for n in (1, 2, 4)}
    lay(folder, {**rest, **{f"{name}.txt": text for name, text in zip(names, texts, strict=True)}})


@pytest.mark.parametrize(
    ("pattern", "old", "new"),
    [
        ("Chapter {}", "Chapter 3", "Chapter 3 FINAL"),
        ("Chapter {}", "Chapter 3 FINAL", "Chapter 3 FINAL FINAL"),
        ("Ch{}", "Ch3_old", "Ch3"),
        ("chapter {}", "chapter 3", "chapter 3 - edited"),
        ("chapter {}", "chapter 3", "chapter 3 (revised)"),
        ("Chapter {}", "Chapter 3", "Chapter 3 - Copy"),  # the younger file
        ("[Hub] Nine Mills - Ch {} [Team Heron]", "[Hub] Nine Mills - Ch 3 [Team Heron]", "[Hub] Nine Mills - Ch 3 v2 [Team Heron]"),
        ("Nine Mills Ch {}", "Nine Mills Ch 3", "Nine Mills Ch 3v2"),
        ("0{} Kiln", "03 Kiln", "03 Kiln v2"),
    ],
)  # fmt: skip
def test_the_newest_version_of_a_chapter_is_in_the_book(tmp_path: Path, pattern: str, old: str, new: str) -> None:
    chapters(tmp_path / "The Weir", pattern, old, new)
    (book,) = found(tmp_path)
    assert [f.rpartition(".")[0] for f in book.files] == [*(pattern.format(n) for n in (1, 2)), new, pattern.format(4)]
    (twin,) = book.twins
    assert (twin.name, twin.of, twin.made) == (f"{old}.txt", f"{new}.txt", False)
    assert "an earlier version of this chapter" in twin.why
    text = convert(tmp_path / "The Weir", to=("txt",))["txt"].decode()
    assert text.count(PASSAGE[:20]) == text.count(OLD.split("\n")[0]) == 1


@pytest.mark.parametrize(
    "texts",
    [(OLD, told("another")), (OLD, "\n\n".join(OLD.split("\n\n")[:3]))],
    ids=("another text", "a fragment"),
)
def test_no_text_is_left_out_that_the_newer_file_does_not_have(tmp_path: Path, texts: tuple[str, str]) -> None:
    chapters(tmp_path / "The Weir", "Chapter {}", "Chapter 3", "Chapter 3 FINAL", texts=texts)
    (book,) = found(tmp_path)
    assert len(book.files) == 5
    assert not [t for t in book.twins if not t.made]
    assert "one chapter by their names" in book.remarks[0]


def test_versions_of_whole_stories_stay_books(tmp_path: Path) -> None:
    lay(tmp_path, {"Salt.txt": OLD + told("end", 8), "Salt final.txt": NEW, "Eels.txt": told("eels")})
    assert sorted(b.files for b in found(tmp_path)) == [("Eels.txt",), ("Salt final.txt",), ("Salt.txt",)]


def test_copies_of_one_date_that_differ_stay_in_the_book(tmp_path: Path) -> None:
    import os

    chapters(tmp_path / "The Weir", "Chapter {}", "Chapter 3", "Chapter 3 (1)")
    for file in (tmp_path / "The Weir").iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))
    (book,) = found(tmp_path)
    assert len(book.files) == 5


@pytest.mark.parametrize(
    ("pattern", "old", "new"),
    [
        ("Chapter {}", "Chapter 3 OLD", "Chapter 3"),
        ("Ch{}", "Ch3_old", "Ch3"),
        ("chapter {}", "chapter 3 (outdated)", "chapter 3"),
        ("Kapitel {}", "Kapitel 3 - alt", "Kapitel 3"),
        ("Part {}", "Part 3 first draft", "Part 3 FINAL"),
    ],
)
def test_a_chapter_that_calls_itself_old_is_left_out_though_it_was_written_anew(
    tmp_path: Path, pattern: str, old: str, new: str
) -> None:
    chapters(tmp_path / "The Weir", pattern, old, new, texts=(OLD, told("another", 10)))
    (book,) = found(tmp_path)
    assert [f.rpartition(".")[0] for f in book.files] == [*(pattern.format(n) for n in (1, 2)), new, pattern.format(4)]
    (twin,) = book.twins
    assert (twin.name, twin.of, twin.made) == (f"{old}.txt", f"{new}.txt", False)
    assert book.remarks == (
        f"{old}.txt: by its name an earlier version of {new}.txt, but their texts differ; it was left out",
    )


def test_a_finished_chapter_among_drafts_takes_none_out_of_their_row(tmp_path: Path) -> None:
    drafts = {f"Chapter {n} draft.txt": told(f"d{n}", 8) for n in range(1, 5)}
    lay(tmp_path / "The Weir", {**drafts, "Chapter 3.txt": told("another", 8)})
    assert {name for book in found(tmp_path) for name in book.files} == {*drafts, "Chapter 3.txt"}
