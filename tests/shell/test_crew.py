"""Several processes at one story's work: they talk, fail and end as they should."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from converter.build.crew import RENEWED, Crew, Talk, cores
from converter.build.slots import Slots
from converter.build.watching import memory_of
from converter.document.errors import CrewError
from tests.shell.test_watching import gone

pytestmark = pytest.mark.slow


def nothing(_number: int, _message: object) -> Iterator[tuple[int, object]]:
    return iter(())


@pytest.mark.parametrize("size", [1, 2, 5])
def test_values_come_in_the_order_of_the_works(size: int) -> None:
    works = [lambda _, n=n: (n, os.getpid()) for n in range(7)]
    values = Crew(size).run(works, nothing)
    assert [n for n, _ in values] == list(range(7))
    assert os.getpid() not in {pid for _, pid in values}
    assert len({pid for _, pid in values}) <= size + 1  # the seventh work of one process is another's


def test_a_process_does_few_works_and_another_takes_its_place() -> None:
    kept = bytearray()

    def work(_: Talk) -> int:
        kept.extend(b"what a library keeps for good")
        return len(kept)

    before = len(list(Path("/proc/self/fd").iterdir()))
    values = Crew(1).run([work] * (2 * RENEWED + 1), nothing)
    assert values[0] == values[RENEWED] == values[-1] < values[RENEWED - 1] == max(values)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_work_hears_what_another_said_though_it_begins_later() -> None:
    def first(talk: Talk) -> int:
        talk.say(20)
        return int(talk.hear())

    def last(talk: Talk) -> int:
        return int(talk.hear()) + int(talk.hear())

    def heard(number: int, message: Any) -> Iterator[tuple[int, object]]:
        yield number, message + number
        yield 2, message + 1

    assert Crew(2).run([first, first, last], heard) == [20, 21, 42]


def fails(_talk: Talk) -> object:
    raise ValueError("no such page")


def exits(_talk: Talk) -> object:
    os._exit(3)


def grows(_talk: Talk) -> object:
    return bytearray(10**15)


@pytest.mark.parametrize(("work", "raised"), [(fails, CrewError), (exits, CrewError), (grows, MemoryError)])
def test_a_work_that_fails_ends_all(work: Any, raised: type[Exception]) -> None:
    def waits(talk: Talk) -> object:
        return talk.hear()

    owner = os.fork()  # a process that has no others
    if not owner:
        try:
            with pytest.raises(raised):
                Crew(2).run([waits, work], nothing)
            with pytest.raises(ChildProcessError):
                os.waitpid(-1, os.WNOHANG)
        except BaseException:
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(owner, 0)[1]) == 0


def test_no_process_outlives_the_one_that_began_it(tmp_path: Path) -> None:
    def waits(talk: Talk) -> object:
        (tmp_path / str(os.getpid())).touch()
        return talk.hear()

    owner = os.fork()
    if not owner:
        try:
            Crew(3).run([waits] * 3, nothing)
        finally:
            os._exit(0)
    for _ in range(1_000):
        if len(list(tmp_path.iterdir())) == 3:
            break
        time.sleep(0.02)
    pids = [int(path.name) for path in tmp_path.iterdir()]
    assert len(pids) == 3
    os.kill(owner, signal.SIGKILL)
    os.waitpid(owner, 0)
    assert all(gone(pid) for pid in pids)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="asks for memory as Linux tells it")
def test_what_a_crew_holds_is_its_story_s() -> None:
    before = memory_of(os.getpid())

    def holds(talk: Talk) -> object:
        held = bytearray(150_000_000)
        for page in range(0, len(held), 4096):  # the system gives what is touched
            held[page] = 1
        talk.say(len(held))
        return talk.hear()

    seen: list[float] = []

    def heard(number: int, _message: object) -> Iterator[tuple[int, object]]:
        seen.append(memory_of(os.getpid()))
        if len(seen) == 2:
            yield 0, None
            yield 1, None

    Crew(2).run([holds, holds], heard)
    assert 290 < max(seen) - before < 420
    assert memory_of(os.getpid()) < before + 100


def test_there_is_a_core() -> None:
    assert cores() >= 1


def test_a_crew_grows_where_there_is_leave(tmp_path: Path) -> None:
    """With slots it begins with one process, and takes as many more as others have given."""
    from multiprocessing import Pipe

    slots = Slots(*Pipe(duplex=False))
    pids = lambda: {pid for _, pid in Crew(3, slots).run([slow] * 6, nothing)}  # noqa: E731
    assert len(pids()) == 1
    slots.give()
    assert len(pids()) == 2
    assert slots.take()  # it was given back
    assert not slots.take()
    slots.close()


def slow(_talk: Talk) -> tuple[int, int]:
    time.sleep(0.05)
    return 0, os.getpid()
