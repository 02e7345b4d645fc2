"""`chapbook watch`: what is dropped in becomes a book, what is still being written waits, what failed is tried again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.build.watch import is_remote
from tests.shell.running import STORY

pytestmark = pytest.mark.slow
PATIENCE = 60.0  # seconds that a loaded machine may take


class Watched:
    """A program that watches `in/` and tells in JSON what it makes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "in").mkdir(exist_ok=True)
        self.told: list[dict[str, object]] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "converter", "watch", "in", "-o", "books", "-t", "epub", "--json-lines"],
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.told.append(json.loads(line))

    def wait_for(self, story: str, state: str, times: int = 1) -> dict[str, object]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = [row for row in self.told if row["story"] == story and row["state"] == state]
            if len(found) >= times:
                return found[times - 1]
            time.sleep(0.05)
        raise AssertionError((story, state, self.told))


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "first.txt").write_text(STORY)
    running = Watched(tmp_path)
    yield running
    running.process.kill()
    running.process.wait()


def test_what_is_dropped_in_becomes_a_book(watched: Watched) -> None:
    assert watched.wait_for("in/first.txt", "made")["books"] == ["books/first.epub"]
    (watched.folder / "in" / "second.txt").write_text(STORY.replace("Salt", "Weir"))
    watched.wait_for("in/second.txt", "made")
    (watched.folder / "in" / "second.txt").write_text(
        STORY.replace("Salt", "Weir") + "\n\nChapter 7\n\nIt rained on.\n"
    )
    assert watched.wait_for("in/second.txt", "made", 2)["news"] == "+1 chapter"
    (watched.folder / "in" / "third.txt.part").write_text(STORY)
    (watched.folder / "in" / "damaged.txt").write_bytes(bytes(range(256)) * 40)
    watched.wait_for("in/damaged.txt", "failed")
    (watched.folder / "in" / "damaged.txt").write_text(STORY.replace("Salt", "Mill"))
    watched.wait_for("in/damaged.txt", "made")
    assert not any("third" in str(row["story"]) for row in watched.told)
    assert sum(row["state"] == "failed" for row in watched.told) == 1  # what failed is not tried again unchanged
    watched.process.send_signal(signal.SIGTERM)
    assert watched.process.wait(PATIENCE) == 0
    assert {p.name for p in (watched.folder / "books").glob("*.epub")} == {"first.epub", "second.epub", "damaged.epub"}


def test_a_file_that_is_being_written_waits_and_holds_up_no_other(watched: Watched) -> None:
    watched.wait_for("in/first.txt", "made")
    slow = watched.folder / "in" / "slow.txt"
    with slow.open("w", encoding="utf-8") as file:
        for n in range(12):
            file.write(f"Line {n} of a copy that takes its time, and more of it is to come.\n\n")
            file.flush()
            if n == 2:
                (watched.folder / "in" / "quick.txt").write_text(STORY.replace("Salt", "Quick"))
            time.sleep(0.25)
        assert not any(row["story"] == "in/slow.txt" for row in watched.told)
        file.write(STORY)
    row = watched.wait_for("in/slow.txt", "made")
    assert int(str(row["words"])) > 150
    watched.wait_for("in/quick.txt", "made")


def test_what_comes_while_the_first_stories_are_made_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n in range(12):
        (tmp_path / "in" / f"{n:02}.txt").write_text(STORY.replace("Salt", f"Salt {n}") * 20)
    running = Watched(tmp_path)
    try:
        running.wait_for("in/00.txt", "made")
        (tmp_path / "in" / "late.txt").write_text(STORY.replace("Salt", "Late"))
        running.wait_for("in/late.txt", "made")
    finally:
        running.process.kill()
        running.process.wait()


def test_folders_of_this_machine_are_told_of_changes(tmp_path: Path) -> None:
    assert not is_remote(tmp_path)
