"""A story's process seen from outside: how long and how large it may become, how it is ended, and with it all it began.

Strategy. A process that makes stories leads a process group of its own, so that whatever it starts is ended with it. It
is watched by the clock and by the memory it holds; it is never asked, since it may be deep in C code and not answer.
When the watcher itself is no more, the system tells the group by a signal that ends it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from converter.build.folders import PACKED
from converter.build.inputs import Job
from converter.build.outcomes import Outcome
from converter.build.shelving import TEMPORARY, discard_unfinished
from converter.build.story_files import STANDARD_INPUT
from converter.document.findings.reading import Ended, EndedReading, OutOfMemory, OutOfTime

MEGABYTE = 1_000_000
SECONDS = 60.0  # for a story of any size; a short one takes half a second, its PDF two
SECONDS_EACH = 120.0  # for every megabyte; a PDF took 21 on the machine it was measured on, and there are slower ones
PATIENCE = 600.0  # more where calibre is asked to make a Kindle book
MEMORY = 2_000.0  # MB for a story of any size; a short one takes 50, its PDF 150
MEMORY_EACH = 500.0  # MB for every megabyte; a PDF took 270
UNPACKED = 8  # times its size in an archive that a page has
ROOM = 1.25  # of the limit may be asked of the system: what is asked for is not all used
LOOK = 0.1  # seconds from one look at a process to the next


class StoryLimits(NamedTuple):
    """What a story may take: seconds and MB; 0 is no limit."""

    seconds: float
    memory: float


def limits(job: Job) -> StoryLimits:
    """What was asked for, else what a story of this size may take."""
    settings = job.settings
    size = 0.0
    for path in job.group.files:
        with contextlib.suppress(OSError, ValueError):
            length = len(job.piped or b"") if path == STANDARD_INPUT else path.stat().st_size
            size += length / MEGABYTE * (UNPACKED if path.suffix.lower() in PACKED else 1)
    seconds = SECONDS + SECONDS_EACH * size + (PATIENCE if "azw3" in settings.to else 0)
    return StoryLimits(
        seconds if settings.timeout is None else settings.timeout,
        MEMORY + MEMORY_EACH * size if settings.memory is None else settings.memory,
    )


class Watch:
    """One story at work in the process `pid`: since when, and what it may take.

    `before` are the MB that the process had from the one that it was forked from; they are not the story's.
    """

    def __init__(self, pid: int, job: Job, before: float = 0.0) -> None:
        self.pid, self.job, self.before = pid, job, before
        self.limits = limits(job)
        self.begun = time.monotonic()

    def overstepped(self) -> Ended | None:
        """What the story did that it may not, or None."""
        seconds, memory = self.limits
        if seconds and time.monotonic() - self.begun > seconds:
            return OutOfTime(seconds)
        if memory and memory_of(self.pid) - self.before > memory:
            return OutOfMemory(memory)
        return None


def memory_of(pid: int) -> float:
    """MB of memory that this process holds, with all that it began; 0 where the system doesn't tell.

    A forked process shares most of its memory with the one that it came from, which is counted once.
    """
    held = held_by(pid)
    waiting = _begun_by(pid) if held else []
    while waiting:
        other = waiting.pop()
        held += _own_memory(other) / MEGABYTE
        waiting += _begun_by(other)
    return held


def held_by(pid: int) -> float:
    """MB of memory that this process holds, without what it began; 0 where the system doesn't tell."""
    return _pages(pid, 1) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def _pages(pid: int, number: int) -> int:
    """A number of the line in which Linux tells of the memory of a process, in pages: 1 is held, 5 is data."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123 -- ten times a second
            return int(file.read().split()[number])
    except (OSError, ValueError, IndexError):
        return 0


def _begun_by(pid: int) -> list[int]:
    """The processes that this one began and that are still there."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", "rb") as file:  # noqa: PTH123
            return [int(other) for other in file.read().split()]
    except (OSError, ValueError):
        return []


def _own_memory(pid: int) -> int:
    """Bytes that this process shares with no other."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:  # noqa: PTH123
            return sum(int(line.split()[1]) * 1024 for line in file if line.startswith(b"Private_"))
    except (OSError, ValueError, IndexError):
        return 0


# ------------------------------------------------------------------------------------------------------ the end


def end(pid: int, job: Job | None, *, alive: bool) -> None:
    """Ends this process (`alive`: it is still there) and all that it began; removes what it was writing for `job`."""
    kill = getattr(signal, "SIGKILL", signal.SIGTERM)
    with contextlib.suppress(OSError, AttributeError):
        os.killpg(pid, kill)
    if alive:
        with contextlib.suppress(OSError):  # one that only just began leads no group yet
            os.kill(pid, kill)
    for folder in {path.parent for _, path in (*job.outputs, *job.spare)} if job else ():
        with contextlib.suppress(OSError):
            for unfinished in folder.glob(f"{TEMPORARY}{pid}-*"):
                unfinished.unlink(missing_ok=True)


def written_since(job: Job, moment: float) -> tuple[Path, ...]:
    """The books of a job that have been written since then: whole, since no book is ever there in part."""
    places = [path for _, path in (*job.outputs, *job.spare)]
    books = []
    for path in places:
        with contextlib.suppress(OSError):
            if path.is_file() and path.stat().st_mtime >= moment:
                books.append(path)
    return tuple(books)


def with_reason(outcome: Outcome, why: Ended, done: Sequence[Path] = ()) -> Outcome:
    """The outcome of a story that was read plainly, with the reason; `done` are books that had been written before."""
    finding = EndedReading(why, tuple(p.name for p in done))
    return replace(outcome, findings=(finding, *outcome.findings))


def failed(job: Job, why: Ended, again: Ended) -> Outcome:
    """The outcome of a story that came to no end, however it was read."""
    name = job.group.name
    read = "and so it was when it was read plainly" if why == again else f"and when it was read plainly {again}"
    return Outcome(name, error=f"{name}: there is no book: {why}, {read}; {again.remedy}")


# --------------------------------------------------------------------------------------- in the process itself


def prepare_process(lifeline: int) -> None:
    """In a new process that will make stories: it leads a group, leaves Ctrl-C to its parent, and ends with it.

    `lifeline` is a pipe that the parent alone holds at the other end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    if not hasattr(os, "setpgrp"):
        return
    os.setpgrp()
    end_with(lifeline)


def end_with(lifeline: int) -> None:
    """In a process that leads a group: the system ends the group when nobody holds the other end of this pipe."""
    import fcntl
    import select

    with contextlib.suppress(OSError, AttributeError):  # a signal, since no code of ours may come to run
        if signal.getsignal(signal.SIGIO) != signal.SIG_DFL:
            signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        os._exit(1)


def _leave(_signal: int, _frame: object) -> None:
    discard_unfinished()
    os._exit(128 + signal.SIGTERM)


def bound(job: Job) -> None:
    """Bounds this process and those it will begin: for the sudden growth that a watcher would see too late."""
    bound_to(limits(job))


def bound_to(limit: StoryLimits) -> None:
    """Bounds this process as `bound` does, by these limits, which come to what it has already."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = int(limit.memory * ROOM * MEGABYTE) or resource.RLIM_INFINITY
        if limit.memory:
            wanted += _pages(os.getpid(), 5) * os.sysconf("SC_PAGE_SIZE")
        if most != resource.RLIM_INFINITY:
            wanted = most if wanted == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
