"""Copies that lie in several files, a chapter in each, are one copy each."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.heaps import Told, told
from converter.build.reconcile import Heap, files_of, look_through, make_reconciled
from converter.proof import epub_text
from converter.reconciling.fingerprints import bare_words
from converter.reconciling.result import Reconciled
from tests.reconciling import book_of, kept_from

SALT = told(1, 8, 150, title="The Salt Road")
BARE = replace(SALT, title="", author="")
NEW = BARE.revised(0.1, 3)


def _rows(folder: Path, story: Told, name: str = "Chapter {}.txt", *numbers: int) -> None:
    """A file for each of these chapters of a story, or for all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers or range(1, len(story.chapters) + 1):
        (folder / name.format(number)).write_text(story.part(number, number).text(), "utf-8")


def _heap(folder: Path) -> Heap:
    output, options = folder / "books", {"to": ("epub",)}
    return look_through(files_of([folder / "heap"], options, output), options, output)


def _words_in_book(folder: Path) -> list[str]:
    (job,) = _heap(folder).jobs
    outcome = make_reconciled(job, write=True)
    assert outcome.error == ""
    (book,) = (path for path in outcome.written if path.suffix == ".epub")
    return bare_words(epub_text(book.read_bytes())[0])


def _holds(said: list[str], story: Told) -> None:
    """Whether these words hold those of a story's paragraphs, in order, once."""
    text = " ".join(said)
    places = [text.find(" ".join(bare_words(p))) for _, paragraphs in story.chapters for p in paragraphs]
    assert -1 not in places
    assert places == sorted(places)
    assert all(text.count(" ".join(bare_words(paragraphs[0]))) == 1 for _, paragraphs in story.chapters)


def test_folders_of_drafts_become_one_book(tmp_path: Path) -> None:
    """The chapters that the later draft lacks are those of the first."""
    _rows(tmp_path / "heap" / "v1", BARE)
    _rows(tmp_path / "heap" / "v2", NEW, "Chapter {}.txt", 1, 2, 3, 5, 6)
    parts = [NEW.part(1, 3), BARE.part(4, 4), NEW.part(5, 6), BARE.part(7, 8)]
    _holds(_words_in_book(tmp_path), replace(BARE, chapters=tuple(c for part in parts for c in part.chapters)))


def test_parts_complete_the_whole_where_they_belong(tmp_path: Path) -> None:
    """A chapter that only the parts have, and whose number stands in its file's name alone, is no last one."""
    (tmp_path / "heap").mkdir()
    (tmp_path / "heap" / "salt.txt").write_text(SALT.without(4).text(), "utf-8")
    bare = replace(BARE, chapters=tuple(("", paragraphs) for _, paragraphs in BARE.chapters))
    _rows(tmp_path / "heap" / "parts", bare, "{:02} Leaf.txt", 1, 3, 4, 5, 7, 8)
    _holds(_words_in_book(tmp_path), SALT)


@pytest.mark.parametrize("beside", ["Salt Road ch{}.txt", "salt_road {}.txt"])
def test_a_file_that_continues_a_row_by_its_name_is_of_its_story(tmp_path: Path, beside: str) -> None:
    _rows(tmp_path / "heap" / "stick", BARE, "Salt Road {}.txt", 1, 2, 3, 4, 6, 7, 8)
    _rows(tmp_path / "heap" / "phone", NEW, "note {}.txt", 1, 2, 3)
    _rows(tmp_path / "heap" / "mail", BARE, beside, 5)
    assert [len(job.group.files) for job in _heap(tmp_path).jobs] == [11]


def test_stories_of_other_numbers_in_two_folders_stay_stories(tmp_path: Path) -> None:
    """Entries of a contest by number in one folder, and some of them by other numbers in another: pairs, no work."""
    tales = [told(seed, 1, 150, title="", author="") for seed in range(2, 10)]
    for folder, order in (("a", (0, 1, 2, 3)), ("b", (3, 1, 0))):
        (tmp_path / "heap" / folder).mkdir(parents=True)
        for number, tale in enumerate(order, 1):
            (tmp_path / "heap" / folder / f"Entry {number}.txt").write_text(tales[tale].text(), "utf-8")
    assert all(len(job.group.files) == 2 for job in _heap(tmp_path).jobs)


@pytest.mark.parametrize(
    "note", ["milk\neggs\nbin bags\ncall dentist\n", "Brot\nKäse, Äpfel\nzur Post\n", "keys under mat\nring mum\nvet\n"]
)
def test_what_somebody_jotted_down_between_chapters_is_none(tmp_path: Path, note: str) -> None:
    short = replace(BARE, chapters=(*BARE.chapters[:2], ("Chapter 3", ("She never came back.",))))
    _rows(tmp_path / "heap" / "phone", short, "Note_2023010{}.txt")
    (tmp_path / "heap" / "phone" / "Note_20230109.txt").write_text(note, "utf-8")
    (tmp_path / "heap" / "salt v2.txt").write_text(BARE.without(3).text(), "utf-8")
    (job,) = _heap(tmp_path).jobs
    assert [path.name for path in job.group.files if path.name == "Note_20230109.txt"] == []
    left = [str(other.path) for other in files_of([tmp_path / "heap"], {}, tmp_path / "books").left]
    assert any(name.endswith("Note_20230109.txt") for name in (*_heap(tmp_path).alone, *left))
    words = " ".join(_words_in_book(tmp_path))
    assert "she never came back" in words
    assert " ".join(bare_words(note)) not in words


DAY = 86_400.0
SAVED = 1_680_000_000.0  # 28 March 2023


@pytest.mark.parametrize("dated", ["", "2023-03-27"])
@pytest.mark.parametrize("name", ["Salt Road Chapter {} (early access).txt", "Chapter {}.txt", "{:02} - Salt.txt"])
def test_each_file_of_a_row_is_as_old_as_it_is(tmp_path: Path, name: str, dated: str) -> None:
    """A chapter that was saved before the whole is not newer since the row went on after it."""
    heap = tmp_path / "heap"
    heap.mkdir()
    whole = heap / "The Salt Road.txt"
    whole.write_text(replace(SALT.part(1, 3), updated=dated).text(), "utf-8")
    os.utime(whole, (SAVED, SAVED))
    early = BARE.part(1, 4).revised(0.2, 7, 3)
    _rows(heap, early, name, 2, 3, 4)
    for number, days in ((2, -60), (3, -30), (4, 30)):
        os.utime(heap / name.format(number), (SAVED + days * DAY,) * 2)
    (job,) = _heap(tmp_path).jobs
    about = make_reconciled(job, write=False).about
    assert isinstance(about, Reconciled)
    assert [chapter.file == str(whole) for chapter in about.chapters] == [True, True, True, False]
    assert [other.reason for other in about.chapters[2].others] == ["was saved later"]
    doubts = [d.why for d in about.doubts if d.code == "copy-version"]
    assert doubts == ([] if dated else ["says nothing of its date, and files are saved again when they are copied"])


def test_a_doubt_says_of_a_dated_copy_that_it_is_dated() -> None:
    later = BARE.revised(0.2, 7, 3)
    made = book_of(
        {"a.txt": replace(SALT, updated="2023-03-27").text(), "b.txt": later.text()},
        {"a.txt": SAVED, "b.txt": 2 * SAVED},
    )
    assert kept_from(made)[2] == "b.txt"
    (doubt,) = (d for d in made.result.doubts if d.code == "copy-version")
    assert doubt.why == "is dated 2023-03-27, and files are saved again when they are copied"
