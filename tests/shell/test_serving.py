"""A run that is forked from a process with the program in it does what one does that Python begins anew."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.shell.running import STORY, Run, chapbook, everything

ASKED = [
    ("--version",),
    ("convert", "--help"),
    ("story.txt", "-t", "epub,txt"),
    ("inspect", "story.txt", "--json"),
    ("proof", "story.txt"),
    ("no such story.txt",),
    ("story.txt", "--no-such-option"),
    (),
]


def left_by(place: Path, asked: tuple[str, ...], *, anew: bool) -> tuple[Run, dict[str, bytes]]:
    place.mkdir()
    (place / "story.txt").write_text(STORY)
    os.utime(place / "story.txt", (1_500_000_000, 1_500_000_000))  # a book is dated by its story
    run = chapbook(*asked, cwd=place, anew=anew)
    files = {name: (place / name).read_bytes() for name in everything(place) if not name.endswith(".chapbook.db")}
    return run, files


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_a_forked_run_is_a_run(tmp_path: Path, asked: tuple[str, ...]) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    forked = left_by(tmp_path / "one" / "here", asked, anew=False)
    assert forked == left_by(tmp_path / "two" / "here", asked, anew=True)


def test_no_run_leaves_anything_to_the_next(tmp_path: Path) -> None:
    here, told = Path.cwd(), dict(os.environ)
    first = left_by(
        tmp_path / "one", ("story.txt", "-t", "epub", "--title", "The Ferry", "--style", "modern"), anew=False
    )
    assert first[0].code == 0
    assert left_by(tmp_path / "two", ("story.txt", "-t", "txt"), anew=False) == (
        *left_by(tmp_path / "three", ("story.txt", "-t", "txt"), anew=True),
    )
    assert (Path.cwd(), dict(os.environ)) == (here, told)


def test_a_run_that_comes_to_no_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.shell.running.LONGEST", 1e-6)
    (tmp_path / "story.txt").write_text(STORY)
    with pytest.raises(subprocess.TimeoutExpired):
        chapbook("story.txt", cwd=tmp_path)
    monkeypatch.undo()
    assert chapbook("--version", cwd=tmp_path).code == 0
