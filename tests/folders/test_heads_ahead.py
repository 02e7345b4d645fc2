"""The heads of a long row of files are read by two processes, and are the same as when one reads them."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from converter.build import heads_ahead
from converter.build.disk import Disk
from converter.build.folders import folder_tree
from converter.build.heads_ahead import HeadsAhead
from converter.parsers.works.heads import FileHead, file_head


def head(name: str) -> FileHead:
    """Says in which process it was read."""
    return file_head(f"Title: {name} of {os.getpid()}\n\nIt rained.\n".encode())


def row(count: int) -> list[str]:
    return [f"weir {n}.txt" for n in range(count)]


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program of one thread on two cores, whatever other tests have left at work."""
    monkeypatch.setattr(heads_ahead, "may_fork", lambda: True)


@pytest.mark.usefixtures("free")
def test_the_later_ones_are_read_elsewhere_and_the_first_by_whoever_asks() -> None:
    names = row(heads_ahead.WORTH)
    ahead = HeadsAhead(["a notice.txt", *names], head)
    assert ahead.head("a notice.txt") is None
    assert ahead.head(names[0]) is None
    last = ahead.head(names[-1])
    assert last is not None
    assert last.as_written.startswith(names[-1])
    assert not last.as_written.endswith(str(os.getpid()))


@pytest.mark.usefixtures("free")
def test_a_reading_that_fails_is_done_by_whoever_asks(tmp_path: Path) -> None:
    def fails(name: str) -> FileHead:
        raise ValueError(name)

    assert HeadsAhead(row(heads_ahead.WORTH), fails).head(row(heads_ahead.WORTH)[-1]) is None


@pytest.mark.usefixtures("free")
def test_few_files_take_no_second_process() -> None:
    assert HeadsAhead(row(heads_ahead.WORTH - 1), head).child == 0


def test_a_program_of_several_threads_takes_no_second_process() -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert HeadsAhead(row(heads_ahead.WORTH), head).child == 0
    finally:
        stop.set()
        other.join()


@pytest.mark.usefixtures("free")
def test_a_folder_is_understood_alike_with_and_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(heads_ahead.WORTH + 50):
        who = "Ada Thorn" if n % 2 else "Odo Marsh"
        (tmp_path / f"weir-{n:03}.txt").write_text(f"Weir {n}\nby {who}\n\nChapter {n}\n\nThe water rose {n} times.\n")
    asked: list[str] = []
    brief = Disk._brief
    monkeypatch.setattr(Disk, "_brief", lambda self, name: (asked.append(name), brief(self, name))[1])
    with_it = folder_tree(tmp_path).understood
    assert len(asked) < heads_ahead.WORTH / 2, "most were read elsewhere"
    monkeypatch.setattr(heads_ahead, "may_fork", lambda: False)
    assert folder_tree(tmp_path).understood == with_it
