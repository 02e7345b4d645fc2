"""A book that is there loses nothing unseen: no chapter whose file broke, no change that a person made to it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.folders import page, told
from tests.shell.running import ROOT, chapbook


def chapters(folder: Path) -> Path:
    """A book of four files and one of a single one."""
    (folder / "in" / "salt").mkdir(parents=True)
    for n in range(1, 5):
        (folder / "in" / "salt" / f"chapter {n}.txt").write_text(f"Chapter {n}\n\n{told(f'lost {n}')}")
    (folder / "in" / "weir.txt").write_text(f"The Weir\nby Bo Marsh\n\n{told('other')}")
    return folder / "in" / "salt"


def pages(folder: Path) -> Path:
    """The same as pages whose titles alone say what they are."""
    (folder / "in" / "salt").mkdir(parents=True)
    for n, name in enumerate(("lamp", "oar", "bell", "kiln"), 1):
        text = page(f"The Salt Road - Chapter {n}", told(f"lost {n}"))
        (folder / "in" / "salt" / f"{name}.html").write_text(text)
    (folder / "in" / "weir.txt").write_text(f"The Weir\nby Bo Marsh\n\n{told('other')}")
    return folder / "in" / "salt"


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


BREAKS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "blank": lambda path: path.write_bytes(b"\n \n"),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 9),
    "data": lambda path: path.write_text('{"error": 401, "message": "log in"}'),
    "another chapter": lambda path: shutil.copyfile(sorted(path.parent.iterdir())[0], path),
    "a pipe": make_pipe,
}


@pytest.mark.parametrize("way", BREAKS)
def test_a_chapter_that_broke_costs_no_book_that_has_it(tmp_path: Path, way: str) -> None:
    salt = chapters(tmp_path)
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    before = (tmp_path / "books" / "salt.epub").read_bytes()
    BREAKS[way](salt / "chapter 3.txt")
    for _ in range(2):
        run = chapbook("in", "-t", "epub", "-o", "books", "--report", "report.html", "--json-lines", cwd=tmp_path)
        assert run.code == 1
        rows = {row["state"]: row for row in map(json.loads, run.out.splitlines())}
        assert "in/salt/chapter 3.txt: " in rows["failed"]["problem"]
        assert "the book that is there is kept" in rows["failed"]["problem"]
        assert "chapter 3.txt" in (tmp_path / "report.html").read_text()
        assert (tmp_path / "books" / "salt.epub").read_bytes() == before
    assert "failed: in/salt/chapter 3.txt" in chapbook("in", "-t", "epub", "-o", "books", "--log", cwd=tmp_path).out
    (salt / "chapter 3.txt").unlink()
    (salt / "chapter 3.txt").write_text(f"Chapter 3\n\n{told('lost 3')}")
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0


@pytest.mark.parametrize("name", ["bell.html", "oar.html"])
def test_a_page_that_broke_and_is_no_part_any_more(tmp_path: Path, name: str) -> None:
    salt = pages(tmp_path)
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    before = (tmp_path / "books" / "salt.epub").read_bytes()
    (salt / name).write_text("")
    run = chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path)
    assert run.code == 1
    assert f"in/salt/{name}: the file is empty" in run.err
    assert name == "bell.html" or "would lose what it told" in run.err
    assert (tmp_path / "books" / "salt.epub").read_bytes() == before


def books(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix == ".epub"}


@pytest.mark.parametrize("name", ["lamp.html", "oar.html", "bell.html", "kiln.html"])
@pytest.mark.parametrize("way", ["empty", "data", "another tale", "a pipe"])
def test_what_is_left_of_a_book_makes_no_second_one(tmp_path: Path, name: str, way: str) -> None:
    """Also where the file that broke was what the others went with, or the one by which the book is known."""
    tale = page("Gulls", told("gulls"))
    salt = pages(tmp_path)
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    before = (tmp_path / "books" / "salt.epub").read_bytes()
    BREAKS.get(way, lambda path: path.write_text(tale))(salt / name)
    run = chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path)
    assert run.code == 1
    assert f"in/salt/{name}" in run.err
    assert (tmp_path / "books" / "salt.epub").read_bytes() == before
    assert books(tmp_path / "books") <= {"salt.epub", "weir.epub", name.replace(".html", ".epub")}


def test_a_text_in_the_place_of_a_books_first_file_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n in (1, 2, 3):
        text = f"The Weir\nby Ada Thorn\n\nChapter {n}\n\n{told(f'weir {n}')}"
        (tmp_path / "in" / f"weir {n}.txt").write_text(text)
    (tmp_path / "in" / "moth.txt").write_text(told("moth"))
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    before = (tmp_path / "books" / "weir.epub").read_bytes()
    (tmp_path / "in" / "weir 1.txt").write_text(f"Gulls\nby Bo Marsh\n\n{told('gulls')}")
    for _ in range(2):
        run = chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path)
        assert run.code == 1
        assert "in/weir 1.txt: it is another file than when the book was made of it" in run.err
        assert "in/weir 2.txt: the book that is there has it and is kept, for in/weir 1.txt is another file" in run.err
        assert (tmp_path / "books" / "weir.epub").read_bytes() == before
        assert books(tmp_path / "books") == {"weir.epub", "moth.epub"}
    assert chapbook("in", "-t", "epub", "-o", "books", "--force", cwd=tmp_path).code == 0
    assert len(books(tmp_path / "books")) == 3


def test_a_new_book_is_made_without_what_holds_nothing_and_says_so(tmp_path: Path) -> None:
    """Also when it stays so, or one is added: nothing is lost that was there."""
    salt = chapters(tmp_path)
    (salt / "chapter 3.txt").write_text("")
    for _ in range(2):
        run = chapbook("in", "-t", "epub", "-o", "books", "--json-lines", cwd=tmp_path)
        assert run.code == 0
        doubts = [d for row in map(json.loads, run.out.splitlines()) for d in row["doubts"]]
        assert any("chapter 3.txt: the file is empty" in d for d in doubts)
        (salt / "chapter 5.txt").write_text("")
    assert chapbook("in", "-t", "epub", "-o", "books", "--force", cwd=tmp_path).code == 0


def test_a_file_that_was_taken_away_is_told(tmp_path: Path) -> None:
    salt = chapters(tmp_path)
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    (salt / "chapter 2.txt").unlink()
    run = chapbook("in", "-t", "epub", "-o", "books", "-v", cwd=tmp_path)
    assert run.code == 0
    assert "in/salt/chapter 2.txt is gone [work-part-gone]" in run.err
    (salt / "chapter 1.txt").rename(salt / "chapter 01.txt")
    assert "gone" not in chapbook("in", "-t", "epub", "-o", "books", "-v", cwd=tmp_path).err


def edit(book: Path) -> bytes:
    """What a person does in an editor of EPUBs: one word more."""
    with zipfile.ZipFile(book) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(book, "w") as edited:
        for name, data in parts.items():
            edited.writestr(name, re.sub(rb"(?<=<dc:title id=\"title\">)", b"My ", data, count=1) + b"\n")
    return book.read_bytes()


def test_a_book_that_was_edited_is_never_replaced_unseen(tmp_path: Path) -> None:
    story = tmp_path / "salt.txt"
    story.write_text(f"Salt\nby Ada Thorn\n\n{told('edited')}")
    assert chapbook("salt.txt", "-t", "epub,txt", cwd=tmp_path).code == 0
    book = tmp_path / "output" / "salt.epub"
    for number in ("", " 2"):
        mine = edit(book)
        for _ in range(2):
            run = chapbook("salt.txt", "-t", "epub,txt", cwd=tmp_path)
            assert run.code == 0
            assert "output/salt.epub was changed since it was made and is left as it is" in run.line
            assert book.read_bytes() == mine
        with story.open("a") as more:
            more.write("And the lamp went out.\n")
        run = chapbook("salt.txt", "-t", "epub,txt", cwd=tmp_path)
        assert run.code == 0
        assert f"kept as salt (edited{number}).epub" in run.line
        assert (tmp_path / "output" / f"salt (edited{number}).epub").read_bytes() == mine
        assert book.read_bytes() != mine
        assert "is up to date" in chapbook("salt.txt", "-t", "epub,txt", cwd=tmp_path).out
    edit(book)
    assert chapbook("salt.txt", "-t", "epub,txt", "--force", cwd=tmp_path).err == ""
    assert len(list((tmp_path / "output").glob("*.epub"))) == 3


def without_powers(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it for whom permissions count: root is given none beyond them."""
    command = [sys.executable, "-m", "converter", *args]
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        assert setpriv, "root may look everywhere: util-linux has what takes that from it"
        command = [setpriv, "--bounding-set=-dac_override,-dac_read_search", *command]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=120)


def test_a_folder_of_books_into_which_nobody_may_look_costs_its_own_books(tmp_path: Path) -> None:
    chapters(tmp_path)
    (tmp_path / "in" / "salt" / "more").mkdir()
    (tmp_path / "in" / "salt" / "more" / "eels.txt").write_text(f"Eels\nby Cy Oakes\n\n{told('eels')}")
    assert without_powers("in", "-t", "epub", "-o", "books", cwd=tmp_path).returncode == 0
    place = tmp_path / "books" / "salt" / "more"
    assert (place / "eels.epub").exists()
    place.chmod(0)
    try:
        (tmp_path / "in" / "weir.txt").write_text(f"The Weir\nby Bo Marsh\n\n{told('another')}")
        run = without_powers("in", "-t", "epub", "-o", "books", cwd=tmp_path)
        alone = without_powers("in/weir.txt", "-t", "epub", "-o", "books/salt/more", cwd=tmp_path)
        library = without_powers("library", "-o", "books/salt/more", cwd=tmp_path)
    finally:
        place.chmod(0o700)
    assert run.returncode == alone.returncode == library.returncode == 1
    assert "1 converted, 1 up to date, 1 failed" in run.stdout
    for said in (run, alone, library):
        assert "fault of the program" not in said.stderr
        assert len(said.stderr.splitlines()) == 1, said.stderr


def test_a_library_needs_no_leave_to_write(tmp_path: Path) -> None:
    chapters(tmp_path)
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    (tmp_path / "books").chmod(0o500)
    try:
        run = without_powers("library", "-o", "books", cwd=tmp_path)
    finally:
        (tmp_path / "books").chmod(0o700)
    assert run.returncode == 0, run
    assert "2 stories" in run.stdout


def test_books_that_are_up_to_date_need_no_leave_to_write(tmp_path: Path) -> None:
    chapters(tmp_path)
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    places = [tmp_path / "books", *(p for p in (tmp_path / "books").rglob("*") if p.is_dir() or p.suffix == ".db")]
    for place in places:
        place.chmod(0o500)
    try:
        run = without_powers("in", "-t", "epub", "-o", "books", cwd=tmp_path)
    finally:
        for place in places:
            place.chmod(0o700)
    assert run.returncode == 0, run
    assert "2 up to date" in run.stdout


def test_a_story_that_was_emptied_is_a_failure_and_its_book_stays(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("moth", "weir"):
        (tmp_path / "in" / f"{name}.txt").write_text(told(name))
    assert chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path).code == 0
    (tmp_path / "in" / "moth.txt").write_text("")
    for _ in range(2):
        run = chapbook("in", "-t", "epub", "-o", "books", cwd=tmp_path)
        assert run.code == 1
        assert "in/moth.txt: it holds nothing any more; the book that is there is kept" in run.err
        assert books(tmp_path / "books") == {"moth.epub", "weir.epub"}
