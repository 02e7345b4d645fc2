"""A format is one row: those of the table, and those that an installed package brings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from converter.build.formats import READERS, WRITERS
from converter.build.registry import format_of, is_read, is_written
from converter.document.errors import ProofError
from converter.document.model import Book, Chapter, Emphasis, Metadata, Note, Paragraph, Person, Speech, Text
from converter.document.words import chapter_strands
from converter.proof import prove_txt
from converter.writers.txt import write_txt
from tests.shell.running import STORY, chapbook
from tests.strategies import books

HERE = Path(__file__).parent
SCRIPT = """Title: The Lamp
Author: Ada Thorn

INT. LIGHTHOUSE - NIGHT

The lamp is out. Somebody has taken the matches.

ANN
Who was here before us, and why did they take
the matches?

BOB
Nobody.
"""


def test_every_row_has_a_name_and_endings_of_its_own() -> None:
    suffixes = [suffix for row in READERS for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert len({row.name for row in WRITERS}) == len({row.ending for row in WRITERS}) == len(WRITERS)
    assert all(row.write or (row.of and row.convert) for row in WRITERS)
    assert is_read(".TXT")
    assert not is_read(".fountain")
    assert is_written("txt")
    assert not is_written("words")


@pytest.mark.parametrize(
    ("name", "expected"), [("a.epub", "epub"), ("a.kepub.epub", "kepub"), ("A.PDF", "pdf"), ("a.txt", ""), ("a", "")]
)
def test_an_output_s_name_says_its_format_unless_it_may_be_a_story(name: str, expected: str) -> None:
    assert format_of(name) == expected


def test_a_clean_text() -> None:
    note = Note((Paragraph((Text("A plum."),)),))
    said = (Paragraph((Text("He paid for "), Emphasis((Text("it "),)), Text("twice"), note, Text("."))),)
    chapters = (
        Chapter(said, (Text("Chapter 1"),), (Text("The Road"),)),
        Chapter((Speech((Text("ANN"),), (Paragraph((Text("Why?"),)),)),)),
    )
    book = Book(Metadata("Salt", people=(Person("Ada Thorn"),)), chapters)
    assert write_txt(book).decode() == (
        "Salt\nAda Thorn\n\n\nChapter 1: The Road\n\nHe paid for _it_ twice[1].\n\n[1] A plum.\n\nANN: Why?\n"
    )


@pytest.mark.slow
@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(books())
def test_no_word_of_any_book_is_missing_in_its_text(book: Book) -> None:
    data = write_txt(book)
    prove_txt(book, data)
    assert write_txt(book) == data


def test_a_missing_word_is_found() -> None:
    book = Book(Metadata("Salt"), (Chapter((Paragraph((Text("One lamp went out at nine in the evening."),)),)),))
    assert "lamp" in chapter_strands(book.chapters[0])[0]
    with pytest.raises(ProofError, match="in the text: “lamp”"):
        prove_txt(book, write_txt(book).replace(b"lamp ", b""))


@pytest.mark.slow
def test_a_text_is_a_book_like_others(tmp_path: Path) -> None:
    (tmp_path / "salt.txt").write_text(STORY)
    made = chapbook("salt.txt", "-t", "txt", "-o", "books", cwd=tmp_path)
    assert made.code == 0, made.err
    assert (tmp_path / "books/salt.txt").read_text().startswith("The Salt Road\n")
    again = chapbook("salt.txt", "-t", "txt", "-o", "books", "-v", cwd=tmp_path)
    assert again.code == 0
    refused = chapbook("salt.txt", "-t", "txt", "-o", ".", "--force", cwd=tmp_path)
    assert refused.code == 1
    assert "the story's own place" in refused.err
    assert (tmp_path / "salt.txt").read_text() == STORY


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which somebody's package is installed."""
    place = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--target", place, HERE / "plugin"], check=True)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(place), os.environ.get("PYTHONPATH", ""))))}


@pytest.mark.slow
def test_a_package_brings_its_own_formats(tmp_path: Path, plugin: dict[str, str]) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories/lamp.fountain").write_text(SCRIPT)
    command = [sys.executable, "-m", "converter", "stories", "-t", "txt", "-t", "words", "-o", "books"]
    done = subprocess.run(command, cwd=tmp_path, env=plugin, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "lamp.fountain:1: warning: no draft date on the title page [fountain-undated]" in done.stderr
    made = (tmp_path / "books/lamp.txt").read_text()
    assert made.startswith("The Lamp\nAda Thorn\n")
    assert "ANN: Who was here before us, and why did they take the matches?" in made
    listed = (tmp_path / "books/lamp.words").read_text().split()
    assert listed == re.findall(r"[\w]+", SCRIPT.split("\n\n", 1)[1])
    told = subprocess.run(
        [*command[:3], "-t", "mobi", "stories"], cwd=tmp_path, env=plugin, capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
