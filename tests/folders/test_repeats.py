"""The same text in several folders is one book, and its copies are named; unless a person says otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from converter.build.batch import plan
from converter.build.inputs import Job
from converter.build.story_files import StoryFiles
from converter.cli.left_out import MADE_TOO, tell_twins
from converter.folders.understood import FolderBook, Twin
from tests.folders import lay, page, told
from tests.shell.running import chapbook

TALE, OTHER = told("salt"), told("moth")
CHAPTERS = {f"ch {n}.txt": f"Chapter {n}\n\n{told(str(n))}" for n in (1, 2)}


def jobs(folder: Path, *paths: str) -> tuple[Job, ...]:
    return plan([folder / p for p in paths or ("in",)], {"to": ("epub",)}, folder / "out")


def made(folder: Path, *paths: str) -> set[str]:
    """The stories that are made, by their first files."""
    return {job.group.files[0].relative_to(folder).as_posix() for job in jobs(folder, *paths)}


def test_one_book_of_copies_in_several_folders(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "in/new/Salt.txt": TALE,
            "in/old/deep/Salt.txt": TALE,
            "in/other/its old name.txt": TALE.replace("\n", "\r\n"),  # gaps are no text
            "in/other/Moth.txt": OTHER,
            "in/a/short.txt": "A drabble.\n\nIt ends.\n",
            "in/b/short.txt": "A drabble.\n\nIt ends.\n",
            **{f"in/{folder}/Serial/{name}": text for folder in ("new", "old/deep") for name, text in CHAPTERS.items()},
        },
    )
    done = chapbook("in", "-t", "epub", "-o", "out", "--report", "report.html", cwd=tmp_path)
    assert done.code == 0
    books = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.epub")}
    assert books == {"new/Salt.epub", "other/Moth.epub", "a/short.epub", "new/Serial.epub"}
    page = (tmp_path / "report.html").read_text()
    for copy, of in (
        ("in/old/deep/Salt.txt", "in/new/Salt.txt"),
        ("in/other/its old name.txt", "in/new/Salt.txt"),
        ("in/b/short.txt", "in/a/short.txt"),
        ("in/old/deep/Serial", "in/new/Serial/ch 1.txt"),
    ):
        assert f"not made: {copy}: the same text" in done.err
        assert f"(see {of})" in done.err
        assert copy in page


def test_the_books_that_are_there_are_kept(tmp_path: Path) -> None:
    """A copy that comes later, in a folder before it, is no other book and takes no name away."""
    lay(tmp_path, {"in/m/Salt.txt": TALE, "in/m/Moth.txt": OTHER})
    assert chapbook("in", "-t", "epub", "-o", "out", "-q", cwd=tmp_path).code == 0
    lay(tmp_path, {"in/a/Salt.txt": TALE})
    assert made(tmp_path) == {"in/m/Salt.txt", "in/m/Moth.txt"}
    (tmp_path / "in/m/Salt.txt").unlink()
    (job,) = (j for j in jobs(tmp_path) if j.group.stem == "Salt")
    assert job.outputs[0][1] == tmp_path / "out/m/Salt.epub"  # the copy is the story now, and goes on with its book


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, {"in/a/Salt.txt"}),
        ({"in/b/Salt.toml": 'title = "Two"\n'}, {"in/b/Salt.txt"}),
        ({"in/a/Salt.toml": 'title = "One"\n', "in/b/Salt.toml": 'title = "One"\n'}, {"in/a/Salt.txt"}),
        (
            {"in/a/Salt.toml": 'title = "One"\n', "in/b/Salt.toml": 'title = "Two"\n'},
            {"in/a/Salt.txt", "in/b/Salt.txt"},
        ),
        ({"in/b/chapbook.toml": 'style = "modern"\n'}, {"in/a/Salt.txt", "in/b/Salt.txt"}),
    ],
)
def test_what_a_person_said_of_a_copy_counts(tmp_path: Path, said: dict[str, str], wanted: set[str]) -> None:
    lay(tmp_path, {"in/a/Salt.txt": TALE, "in/b/Salt.txt": TALE, **said})
    assert made(tmp_path) == wanted


def test_files_that_were_named_are_made(tmp_path: Path) -> None:
    lay(tmp_path, {"in/a/Salt.txt": TALE, "in/b/Salt.txt": TALE, "c/Salt.txt": TALE})
    assert made(tmp_path, "in/a/Salt.txt", "in/b/Salt.txt") == {"in/a/Salt.txt", "in/b/Salt.txt"}
    assert made(tmp_path, "in", "c/Salt.txt") == {"in/a/Salt.txt", "c/Salt.txt"}
    assert made(tmp_path, "in", "c") == {"c/Salt.txt"}  # it lies less deep in what was named


def test_a_plan_tells_the_copies_and_may_say_otherwise(tmp_path: Path) -> None:
    serial = {f"in/{folder}/Serial/{name}": text for folder in ("a", "b") for name, text in CHAPTERS.items()}
    lay(tmp_path, {"in/a/Salt.txt": TALE, "in/b/Salt.txt": TALE, **serial})
    planned = chapbook("plan", "in", cwd=tmp_path)
    assert "in/: 2 books of 3 files, 2 there twice" in planned.out
    assert "= ../b/Salt.txt: the same text; not made" in planned.out
    plan_file = tmp_path / "plan.toml"
    done = chapbook("convert", "--plan", "plan.toml", "-t", "epub", "-o", "out", "-q", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")  # it knows all files
    assert len(list((tmp_path / "out").rglob("*.epub"))) == 2
    text = plan_file.read_text()
    plan_file.write_text(text.replace("[seen]", '[[book]]\nfiles = ["b/Salt.txt"]\nname = "Salt again"\n\n[seen]', 1))
    assert chapbook("convert", "--plan", "plan.toml", "-t", "epub", "-o", "out", "-q", cwd=tmp_path).code == 0
    assert (tmp_path / "out/Salt again.epub").is_file()


def test_what_was_found_is_remembered(tmp_path: Path) -> None:
    """Files that nobody touched are not compared again; what is written over one, in its size and time, shows it."""
    import os

    lay(tmp_path, {"in/a/Salt.txt": TALE, "in/b/Salt.txt": TALE})
    assert chapbook("in", "-t", "epub", "-o", "out", "-q", cwd=tmp_path).code == 0
    path = tmp_path / "in/b/Salt.txt"
    status = path.stat()
    with path.open("r+b") as file:
        file.write(OTHER.encode()[: status.st_size].ljust(status.st_size))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert made(tmp_path) == {"in/a/Salt.txt"}
    os.utime(path)
    assert made(tmp_path) == {"in/a/Salt.txt", "in/b/Salt.txt"}
    shutil.rmtree(tmp_path / "out")


def test_a_story_in_another_format_and_folder_is_one_book(tmp_path: Path) -> None:
    text = "The Ferryman\nby Ada Thorn\n\n" + told("ferry", 30)
    lay(
        tmp_path,
        {
            "in/pages/ferry.html": page("The Ferryman", text.partition("\n\n")[2]),
            "in/Stories/The Ferryman.txt": text,
            "in/old/deep/The Ferryman.txt": text,
            "in/Moth.txt": OTHER,
        },
    )
    assert made(tmp_path) == {"in/Stories/The Ferryman.txt", "in/Moth.txt"}
    assert twins(tmp_path) == {"in/pages/ferry.html": False, "in/old/deep/The Ferryman.txt": False}
    assert made(tmp_path) == {"in/Stories/The Ferryman.txt", "in/Moth.txt"}  # as it was remembered, too


def test_the_fuller_copy_in_another_folder_is_the_book(tmp_path: Path) -> None:
    text = told("gull", 20)
    lay(tmp_path, {"in/c/The Gull (1).txt": text + told("end"), "in/a/gull.txt": text, "in/b/gull_final.txt": text})
    assert made(tmp_path) == {"in/c/The Gull (1).txt"}
    assert twins(tmp_path) == {"in/a/gull.txt": False, "in/b/gull_final.txt": False}


def test_a_person_who_says_other_things_of_a_fuller_copy_has_both(tmp_path: Path) -> None:
    lay(tmp_path, {"in/a/Salt.txt": TALE, "in/a/Salt.toml": 'title = "One"\n', "in/b/Salt.txt": TALE + told("end")})
    assert made(tmp_path) == {"in/b/Salt.txt"}
    lay(tmp_path, {"in/b/Salt.toml": 'title = "Two"\n'})
    assert made(tmp_path) == {"in/a/Salt.txt", "in/b/Salt.txt"}


def test_near_copies_in_two_folders_are_both_made_and_told_what_makes_them_one(tmp_path: Path) -> None:
    text = told("near", 20)
    lay(tmp_path, {"in/a/Salt.txt": text + told("one", 8), "in/b/that tale.txt": text + told("two", 8)})
    assert made(tmp_path) == {"in/a/Salt.txt", "in/b/that tale.txt"}
    assert list(twins(tmp_path).values()) == [True]
    (why,) = (t.why for job in jobs(tmp_path) if job.group.book for t in job.group.book.twins)
    assert "chapbook reconcile" in why


@pytest.mark.parametrize("more", [1, 2])
def test_a_newer_version_that_begins_with_other_chapters_is_told_too(tmp_path: Path, more: int) -> None:
    old = {f"in/old/Chapter {n}.txt": f"Chapter {n}\n\n{told(f'old {n}')}" for n in range(1, 7)}
    new = {f"in/new/Chapter {n}.txt": f"Chapter {n}\n\n{told(f'new {n}')}" for n in range(1, more + 1)}
    new |= {f"in/new/Chapter {n + more}.txt": f"Chapter {n + more}\n\n{told(f'old {n}')}" for n in range(1, 6)}
    lay(tmp_path, old | new)
    assert made(tmp_path) == {"in/old/Chapter 1.txt", "in/new/Chapter 1.txt"}
    assert list(twins(tmp_path).values()) == [True]
    (tmp_path / f"in/new/Chapter {more + 1}.txt").unlink()
    (tmp_path / f"in/new/Chapter {more + 2}.txt").unlink()
    (tmp_path / f"in/new/Chapter {more + 3}.txt").unlink()
    assert twins(tmp_path) == {}  # of two things that hardly touch nothing is said


@pytest.mark.parametrize("later", ["in/Salt (1).txt", "in/new/Salt.txt", "in/that tale.txt"])
def test_a_fuller_copy_that_comes_later_takes_the_place_of_the_first(tmp_path: Path, later: str) -> None:
    text = told("grown", 20)
    lay(tmp_path, {"in/Salt.txt": text, "in/Moth.txt": OTHER})
    assert chapbook("in", "-t", "txt", "-o", "out", "-q", cwd=tmp_path).code == 0
    lay(tmp_path, {later: text + "And so it was good, by the sea, in the end, as nobody had thought.\n"})
    done = chapbook("in", "-t", "txt", "-o", "out", cwd=tmp_path)
    assert done.code == 0
    assert "not made: in/Salt.txt" in done.err
    assert {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.txt")} == {
        "Salt.txt",
        "Moth.txt",
    }
    assert "as nobody had thought" in (tmp_path / "out/Salt.txt").read_text()
    listed = chapbook("library", "-o", "out", cwd=tmp_path)
    assert "2 stories," in listed.out
    assert "0 converted, 2 up to date" in chapbook("in", "-t", "txt", "-o", "out", cwd=tmp_path).out


def twins(folder: Path) -> dict[str, bool]:
    """The copies of the stories that are made, and whether they are made, too."""
    return {
        job.group.path_of(t).relative_to(folder).as_posix(): t.made
        for job in jobs(folder)
        if job.group.book
        for t in job.group.book.twins
    }


def test_of_many_files_much_like_others_a_screen_is_told_and_of_those_not_made_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    near = tuple(Twin(f"near{n}.txt", "salt.txt", "much of it", made=True) for n in range(MADE_TOO + 5))
    same = tuple(Twin(f"same{n}.txt", "salt.txt", "the same text", made=False) for n in range(MADE_TOO + 5))
    book = FolderBook(("salt.txt",), "a story", twins=(*near, *same))
    tell_twins([StoryFiles((tmp_path / "salt.txt",), "salt", home=tmp_path, book=book)])
    told = capsys.readouterr().err.splitlines()
    assert sum(": made, too: " in line for line in told) == MADE_TOO
    assert sum(": not made: " in line for line in told) == len(same)
    assert told[-1] == "chapbook: 5 more are made that are much like others; `chapbook plan` shows them"
