"""A run that is killed at any write, fsync or rename leaves whole books or none, nobody at work, and a next run that
makes the rest. `python -m benchmarks.kills` does it two hundred times."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.shell.killing import NAMES, Fault, began, mended, nobody_left, run_with, stories_in, whole_books
from tests.shell.running import chapbook


@pytest.mark.parametrize(
    "fault",
    [
        Fault("write", 2),
        Fault("write", 9),
        Fault("write", 60),
        Fault("write", 90),
        Fault("fsync", 1),
        Fault("fsync", 8),
        Fault("rename", 1),
        Fault("rename", 2),
    ],
    ids=lambda fault: f"{fault.call}-{fault.number}",
)
def test_whoever_is_killed_leaves_nothing_half(tmp_path: Path, fault: Fault) -> None:
    stories_in(tmp_path)
    run_with(tmp_path, fault)
    assert nobody_left(tmp_path)
    whole_books(tmp_path)
    mended(tmp_path)


def test_a_full_disk_costs_the_books_that_had_no_room(tmp_path: Path) -> None:
    """The disk is full when the first book of each process is put on it: a line for each, the others are there."""
    stories_in(tmp_path)
    code, err = run_with(tmp_path, Fault("fsync", 1, "ENOSPC"))
    assert code == 1
    assert "Traceback" not in err
    lines = err.strip().splitlines()
    assert lines
    assert all(
        re.search(r"can't be (?:written|kept).*\(No space left on device\)|disk is full", line) for line in lines
    ), err
    assert nobody_left(tmp_path)
    mended(tmp_path)


def test_two_runs_at_once_make_the_same_books(tmp_path: Path) -> None:
    stories_in(tmp_path)
    runs = [began(tmp_path, []) for _ in range(2)]
    said = [run.communicate(timeout=120)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert whole_books(tmp_path) == {f"{name}.epub" for name in NAMES}
    mended(tmp_path)


def test_an_unchanged_folder_is_known_after_a_kill_of_the_catalogue(tmp_path: Path) -> None:
    """Killed while the last book was being noted, the next run makes no more than what was not."""
    stories_in(tmp_path)
    run_with(tmp_path, Fault("write", 60))
    made = whole_books(tmp_path)
    moments = {name: (tmp_path / "output" / name).stat().st_mtime_ns for name in made}
    time.sleep(0.01)
    assert chapbook("stories", "-t", "epub", cwd=tmp_path).code == 0
    again = {name for name in made if (tmp_path / "output" / name).stat().st_mtime_ns != moments[name]}
    assert len(again) <= 2  # those that were on their way from two processes
