"""Runs that are forked where the program is loaded do what runs by a new Python do, and are ended as they are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
import pytest

from converter.shelf.program import PROGRAM, Program
from converter.shelf.workshop import Workshop, arguments_of
from tests.shelf.fork_servers import PROC, begun_by, children, fork_servers, is_there, seen
from tests.shelf.shelves import STORIES, TALE, write_stories

LONG = "".join(f"Chapter {n}\n\n{TALE * 60}\n" for n in range(1, 10))
pytestmark = pytest.mark.skipif(not (PROC / "self/task").is_dir(), reason="the system doesn't tell of its processes")


def run(program: Program, *words: str, anew: bool = False) -> tuple[int, bytes, bytes]:
    """The exit code of a run, and what it said."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complaints:
        begun = program.begin(words, told.fileno(), complaints.fileno(), anew=anew)
        try:
            code = begun.wait(60)
        finally:
            begun.end()
        assert code is not None
        told.seek(0)
        complaints.seek(0)
        return code, told.read(), complaints.read()


def work_of(workshop: Workshop, key: str, story: Path) -> str:
    """The number of a work that has just been begun."""
    return workshop.begin(key, key, arguments_of(story, ["epub"])).id


def end_of(workshop: Workshop, number: str) -> str:
    """What is said of a work when it is over."""
    return seen(lambda: (w := workshop.work(number)) and w.is_over and w).said


def run_of(pid: int) -> tuple[int, int]:
    """A process that forks for this one, and the run that is at work; both once they are there."""
    server = seen(lambda: fork_servers(pid))[0]
    return server, seen(lambda: children(server))[0]


@pytest.mark.parametrize("kind", ["epub", "pdf"])
def test_a_forked_run_makes_the_same_bytes(tmp_path: Path, kind: str) -> None:
    stories = write_stories(tmp_path / "stories", {"salt.txt": STORIES["salt.txt"]})
    (stories / "weir.html").write_text(f"<title>The Weir</title><h1>The Weir</h1><p>{TALE * 3}</p>")
    made = []
    for way in ("forked", "anew"):
        words = ("convert", "--json-lines", "-o", str(tmp_path / "books"), "--force", "--jobs", "1", "-t", kind)
        done = [run(PROGRAM if way == "forked" else Program(), *words, str(path), anew=way == "anew")
                for path in sorted(stories.iterdir())]  # fmt: skip
        assert [code for code, *_ in done] == [0, 0], done
        books = [path.read_bytes() for path in sorted((tmp_path / "books").glob(f"*.{kind}"))]
        made.append((done[0][2], books))
    assert len(made[0][1]) == 2
    assert fork_servers(os.getpid()), "they were forked"
    assert made[0] == made[1]


def test_a_run_has_nothing_but_what_it_was_given(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Its own session and channels; one thread forks it, and is told when nothing of it is left."""
    (tmp_path / "long.txt").write_text(LONG)
    workshop = Workshop(tmp_path / "books", lambda: None)
    number = work_of(workshop, "x", tmp_path / "long.txt")
    server, child = run_of(os.getpid())
    seen(lambda: children(child))
    os.kill(child, signal.SIGSTOP)
    try:
        assert "Threads:\t1\n" in (PROC / f"{server}/status").read_text()
        assert (os.getsid(child), os.getpgid(child), os.getsid(server)) == (child, child, server)
        held = [str(place.readlink()) for place in (PROC / f"{child}/fd").iterdir()]
        assert not [place for place in held if place.startswith("socket:")], held
        assert (PROC / f"{child}/fd/0").readlink() == Path(os.devnull)
        assert "SigBlk:\t0000000000000000\n" in (PROC / f"{child}/status").read_text()
    finally:
        os.kill(child, signal.SIGCONT)
    assert end_of(workshop, number) == ""
    assert not children(server)
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_told_is_no_success() -> None:
    with Path("/dev/full").open("wb") as full:
        begun = PROGRAM.begin(("--version",), full.fileno(), full.fileno())
        assert begun.wait(60)
        begun.end()


def test_nothing_is_loaded_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    program = Program()
    try:
        for anew in (False, True):
            code, _, said = run(program, "convert", "nothing.txt", anew=anew)
            assert code == 2
            assert b"no such file" in said
    finally:
        program.end()


def test_where_nobody_forks_a_new_python_does_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    program, before = Program(), fork_servers(os.getpid())
    assert run(program, "convert", str(tmp_path / "nothing.txt"))[0] == 2
    assert fork_servers(os.getpid()) == before


def test_a_work_is_done_though_what_forks_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.shelf.workshop.RESTED_AFTER", 0.5)
    (tmp_path / "long.txt").write_text(LONG)
    workshop = Workshop(tmp_path / "books", lambda: None)
    number = work_of(workshop, "x", tmp_path / "long.txt")
    server, child = run_of(os.getpid())
    os.kill(server, signal.SIGKILL)
    seen(lambda: not is_there(child))
    assert end_of(workshop, number) == ""
    (book,) = (tmp_path / "books").glob("*.epub")
    assert not fork_servers(os.getpid()), "a new Python did it"
    again = work_of(workshop, "y", tmp_path / "long.txt")
    assert is_there(run_of(os.getpid())[0]), "the next one is forked again"
    assert end_of(workshop, again) == ""
    assert book.is_file()
    seen(lambda: not fork_servers(os.getpid()))  # and without work it leaves the memory to others


def test_a_run_is_ended_with_all_that_it_began(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "stories", {f"{n}.txt": f"Title: {n}\n\n{LONG}" for n in range(4)})
    with tempfile.TemporaryFile() as said:
        begun = PROGRAM.begin(("convert", "-o", str(tmp_path / "books"), str(stories)), said.fileno(), said.fileno())
        server, child = run_of(os.getpid())
        others = seen(lambda: begun_by(child))
        begun.end()
    assert not children(server)
    seen(lambda: not any(map(is_there, others)))
    assert run(PROGRAM, "convert", str(tmp_path / "nothing.txt"))[0] == 2, "others are forked all the same"
    assert fork_servers(os.getpid()) == [server]


def test_nobody_is_left_of_a_shelf_that_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-m", "converter", "serve", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as shelf:
        try:
            assert shelf.stdout
            address = shelf.stdout.readline().split()[-1]
            assert not fork_servers(shelf.pid), "it begins small"
            httpx.post(f"{address}new", files=[("files", ("lamps.txt", LONG))])
            server, child = run_of(shelf.pid)
            begun = seen(lambda: begun_by(child))
        finally:
            shelf.kill()
    seen(lambda: not any(map(is_there, [server, child, *begun])))
