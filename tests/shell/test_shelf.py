"""Whose book is it? What may be replaced, what never, by the command and from Python."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import converter
from converter.build.shelving import TEMPORARY, sweep
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import CATALOGUE
from converter.document.model import Metadata, Person
from converter.recognisers.metadata.resolution import made_identifier
from tests.shell.running import STORY, chapbook

NAMELESS = "The lamp went out at nine, and nobody on the pier could say who had lit it in the first place.\n"
OTHER = "By morning the harbour was full of gulls, and the road to the salt pans lay white under the sun.\n"


def held(book: Path) -> str:
    with zipfile.ZipFile(book) as opened:
        return "".join(opened.read(n).decode() for n in opened.namelist() if n.endswith(".xhtml"))


def name_of(book: Path) -> str:
    with zipfile.ZipFile(book) as opened:
        return re.findall(r"<dc:identifier[^>]*>(.*?)<", opened.read("EPUB/content.opf").decode())[0]


def books(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir() if p.name != CATALOGUE}


def story(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_book_with_title_and_author_is_called_what_it_ever_was() -> None:
    named = Metadata(title="The Salt Road", people=(Person("Ada Thorn"),))
    assert made_identifier(named) == "urn:uuid:2a404834-38ac-5d78-9723-44ab7e72a087"
    assert made_identifier(named) == made_identifier(named, "any words")
    for bare in (
        Metadata(title="The Salt Road"),
        Metadata(),
        Metadata(title="Untitled", people=(Person("Ada Thorn"),)),
    ):
        assert made_identifier(bare, "one") != made_identifier(bare, "two")
    sourced = Metadata(source="https://salt.example/road")
    assert made_identifier(sourced, "one") == made_identifier(sourced, "two")


def test_two_stories_without_a_title_are_two(tmp_path: Path) -> None:
    for folder, text in (("a", NAMELESS), ("b", OTHER)):
        run = chapbook(story(tmp_path / folder / "story.txt", text), "-t", "epub", "-o", "books", cwd=tmp_path)
        assert run.code == 0, run
    assert books(tmp_path / "books") == {"story.epub", "b - story.epub"}
    assert name_of(tmp_path / "books" / "story.epub") != name_of(tmp_path / "books" / "b - story.epub")
    assert "lamp went out" in held(tmp_path / "books" / "story.epub")
    for folder, changed in (("b", OTHER + NAMELESS), ("a", NAMELESS + OTHER)):  # each finds its own again
        chapbook(story(tmp_path / folder / "story.txt", changed), "-t", "epub", "-o", "books", cwd=tmp_path)
    assert books(tmp_path / "books") == {"story.epub", "b - story.epub"}
    assert held(tmp_path / "books" / "story.epub").index("lamp") < held(tmp_path / "books" / "story.epub").index(
        "gulls"
    )


def test_stories_of_one_name_made_from_different_folders_are_two(tmp_path: Path) -> None:
    """A path as it was typed says little: in each folder the story is called `story.txt`."""
    for folder, text in (("a", STORY), ("b", STORY.replace("Salt Road", "Weir"))):
        story(tmp_path / folder / "story.txt", text)
        assert chapbook("story.txt", "-t", "epub", "-o", "../books", cwd=tmp_path / folder).code == 0
    assert books(tmp_path / "books") == {"story.epub", "b - story.epub"}


@pytest.mark.parametrize("way", ["command", "python"])
def test_one_identifier_is_no_leave_to_replace(tmp_path: Path, way: str) -> None:
    for n, folder in enumerate("ab"):
        path = story(tmp_path / folder / "story.txt", STORY + f"\nAnd this was telling number {n}.\n")
        if way == "python":
            converter.convert(path, to=["epub"], output=tmp_path / "books")
        else:
            assert chapbook(path, "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    assert books(tmp_path / "books") == {"story.epub", "b - story.epub"}
    assert "number 0" in held(tmp_path / "books" / "story.epub")
    assert "number 1" in held(tmp_path / "books" / "b - story.epub")


@pytest.mark.parametrize("way", ["command", "python"])
@pytest.mark.parametrize("foreign", [b"somebody's own file", b"%PDF-1.4 a paper\n%%EOF\n"])
def test_a_file_of_somebody_else_stays(tmp_path: Path, way: str, foreign: bytes) -> None:
    (tmp_path / "books").mkdir()
    for end in ("epub", "pdf"):
        (tmp_path / "books" / f"road.{end}").write_bytes(foreign)
    path = story(tmp_path / "road.txt", STORY)
    for _ in range(2):
        if way == "python":
            made = converter.convert(path, to=["epub"], output=tmp_path / "books")
            assert made["epub"]
        else:
            assert chapbook(path, "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
        assert (tmp_path / "books" / "road.epub").read_bytes() == foreign
        assert len(books(tmp_path / "books")) == 3
    assert chapbook(path, "-t", "epub", "-o", "books", cwd=tmp_path).out.endswith("is up to date\n")


def test_our_own_book_over_which_somebody_put_another_stays_too(tmp_path: Path) -> None:
    path = story(tmp_path / "road.txt", STORY)
    assert chapbook(path, "-t", "epub", cwd=tmp_path).code == 0
    other = story(tmp_path / "weir.txt", STORY.replace("Salt Road", "Weir"))
    assert chapbook(other, "-o", "weir.epub", cwd=tmp_path).code == 0
    shutil.copy(tmp_path / "weir.epub", tmp_path / "output" / "road.epub")
    before = (tmp_path / "weir.epub").read_bytes()
    assert chapbook(path, "-t", "epub", cwd=tmp_path).code == 0
    assert (tmp_path / "output" / "road.epub").read_bytes() == before
    assert len(books(tmp_path / "output")) == 2


def test_our_own_book_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    path = story(tmp_path / "road.txt", STORY)
    assert chapbook(path, "-t", "epub", cwd=tmp_path).code == 0
    book = tmp_path / "output" / "road.epub"
    whole = book.read_bytes()
    for cut in (b"", whole[:2_000]):
        book.write_bytes(cut)
        assert chapbook(path, "-t", "epub", cwd=tmp_path).code == 0
        assert book.read_bytes() == whole
    assert books(tmp_path / "output") == {"road.epub"}


def test_a_named_file_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    story(tmp_path / "a.txt", NAMELESS)
    story(tmp_path / "b.txt", OTHER)
    assert chapbook("a.txt", "x.epub", cwd=tmp_path).code == 0
    before = (tmp_path / "x.epub").read_bytes()
    run = chapbook("b.txt", "x.epub", cwd=tmp_path)
    assert run.code == 1
    assert "another book is there" in run.line
    with pytest.raises(converter.ConverterError, match="another book is there"):
        converter.convert(tmp_path / "b.txt", output=tmp_path / "x.epub")
    assert (tmp_path / "x.epub").read_bytes() == before
    assert chapbook("b.txt", "x.epub", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "x.epub").read_bytes() != before


def test_force_replaces_what_has_the_name(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "road.epub").write_bytes(b"somebody's own file")
    story(tmp_path / "road.txt", STORY)
    assert chapbook("road.txt", "-t", "epub", "--force", cwd=tmp_path).code == 0
    assert books(tmp_path / "output") == {"road.epub"}


def test_stories_and_books_that_move_together_know_each_other(tmp_path: Path) -> None:
    story(tmp_path / "old" / "road.txt", NAMELESS)
    assert chapbook("road.txt", "-t", "epub", cwd=tmp_path / "old").code == 0
    (tmp_path / "old").rename(tmp_path / "new")
    assert "up to date" in chapbook("road.txt", "-t", "epub", cwd=tmp_path / "new").out
    story(tmp_path / "new" / "road.txt", OTHER)
    assert chapbook(tmp_path / "new" / "road.txt", "-t", "epub", "-o", "new/output", cwd=tmp_path).code == 0
    assert books(tmp_path / "new" / "output") == {"road.epub"}


def test_a_work_that_gets_a_chapter_more_keeps_its_book(tmp_path: Path) -> None:
    for n in (2, 3):
        story(tmp_path / "weir" / f"chapter-{n}.txt", f"Chapter {n}\n\n{NAMELESS}")
    assert chapbook(".", "-t", "epub", cwd=tmp_path).code == 0
    story(tmp_path / "weir" / "chapter-1.txt", f"Chapter 1\n\n{OTHER}")
    assert chapbook(".", "-t", "epub", cwd=tmp_path).code == 0
    assert books(tmp_path / "output") == {"weir.epub"}
    assert "gulls" in held(tmp_path / "output" / "weir.epub")


def test_python_and_the_command_keep_one_shelf(tmp_path: Path) -> None:
    path = story(tmp_path / "road.txt", STORY)
    converter.convert(path, to=["epub"], output=tmp_path / "books")
    with Catalogue(tmp_path / "books") as catalogue:
        (record,) = catalogue.records_of(["../road.txt"])
    assert record.path.name == "road.epub"
    assert "up to date" in chapbook(path, "-t", "epub", "-o", "books", cwd=tmp_path).out
    book = (tmp_path / "books" / "road.epub").read_bytes()
    assert chapbook(path, "-t", "epub", "-o", "books", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "books" / "road.epub").read_bytes() == book


def test_what_can_not_be_written_is_said_from_python_too(tmp_path: Path) -> None:
    path = story(tmp_path / "road.txt", STORY)
    (tmp_path / "books").write_text("in the way")
    with pytest.raises(converter.ConverterError, match="books"):
        converter.convert(path, to=["epub"], output=tmp_path / "books")


def test_what_a_process_left_that_ended_unasked_is_swept(tmp_path: Path) -> None:
    """A killed process has its number until somebody asks for its end: it writes nothing more."""
    ended = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert ended.stdout
    ended.stdout.read()  # it is gone when its end of the pipe is, and is not asked for its end yet
    left = tmp_path / f"{TEMPORARY}{ended.pid}-x.epub"
    ours = tmp_path / f"{TEMPORARY}{os.getpid()}-x.epub"
    left.touch()
    ours.touch()
    deadline = time.monotonic() + 10
    while left.exists() and time.monotonic() < deadline:
        sweep(tmp_path)
    assert not left.exists()
    assert ours.exists()
    ended.wait()


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("formats", ["epub", "epub,txt", "txt,epub"])
def test_a_book_whose_name_a_person_took_gets_one_other_name(tmp_path: Path, formats: str, *, several: bool) -> None:
    story(tmp_path / "in" / "road.txt", STORY)
    if several:
        story(tmp_path / "in" / "weir.txt", STORY.replace("Salt Road", "Weir").replace("lamp", "mill"))
    at = tmp_path / "books"

    def convert() -> str:
        asked = [word for name in formats.split(",") for word in ("-t", name)]
        run = chapbook("in", *asked, "-o", "books", cwd=tmp_path)
        assert run.code == 0, run.err
        return run.out

    convert()
    (at / "road.epub").write_bytes(b"somebody's own file")
    convert()
    made = books(at)
    assert len([name for name in made if name.endswith("road.epub")]) == 2
    for _ in range(3):
        convert()
    assert books(at) == made
    story(tmp_path / "in" / "road.txt", STORY + "\nThe tide came in again.\n")
    convert()
    assert books(at) == made
    assert "tide came in" in held(at / "in - road.epub")
    assert (at / "road.epub").read_bytes() == b"somebody's own file"
    if "txt" in formats:
        assert "tide came in" in (at / "road.txt").read_text("utf-8")
        assert "in - road.txt" not in made
    if not several:
        (at / "in - road.epub").write_bytes(b"and another")  # the next name is taken, too
        convert()
        made = books(at)
        convert()
        assert books(at) == made
        assert (at / "in - road.epub").read_bytes() == b"and another"


def test_what_killed_runs_left_is_swept_from_all_folders_with_books(tmp_path: Path) -> None:
    story(tmp_path / "in" / "road.txt", STORY)
    story(tmp_path / "in" / "holiday" / "weir.txt", STORY.replace("Salt Road", "Weir").replace("lamp", "mill"))
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / "books" / "holiday" / f"{TEMPORARY}{int(ended.stdout)}-0011"
    for later in (("in",), ("in/road.txt",)):  # nothing of that folder is made anew
        left.touch()
        assert chapbook(*later, "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
        assert not left.exists()
