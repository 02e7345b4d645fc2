"""A story's attempts: what is tried next when the process that made it was ended, or died.

A story that comes to no end, or grows without bound, is ended and read plainly once more. A process that died (the
system had no memory left, a library crashed) has its story tried again when all others are done, by itself, and then
plainly.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from converter.build.outcomes import Outcome
from converter.build.watching import Watch, failed, with_reason, written_since
from converter.document.findings.reading import Ended, Killed, OutOfMemory

if TYPE_CHECKING:
    from converter.build.inputs import Job


@dataclass(frozen=True, slots=True)
class NoMemory:
    """The answer of a process that could get no more."""


Task = Callable[["Job"], Outcome]
T = TypeVar("T")
Answer = Outcome | Ended  # a story's outcome, or why there is none


@dataclass(slots=True)
class Attempt:
    """A story that waits or is at work. `why`: how it ended when it was tried before; `alone`: after all others;
    `since`: nothing was written for it before that time."""

    job: Job
    why: Ended | None = None
    alone: bool = False
    since: float = field(default_factory=time.time)

    def next(self, answer: Answer) -> Attempt | Outcome:
        """The story's outcome, or the next attempt where there is none yet."""
        if isinstance(answer, Outcome):
            if self.why and self.job.plain and not answer.error:
                return with_reason(answer, self.why, self.job.done)
            return answer
        if self.job.plain:
            return failed(self.job, self.why or answer, answer)
        if isinstance(answer, Killed) and not self.alone:
            return Attempt(self.job, answer, alone=True)
        return Attempt(replace(self.job, plain=True, done=written_since(self.job, self.since)), answer, self.alone)


def answered(do: Callable[[Job], T], job: Job) -> T | NoMemory:
    """What this process makes of a story, or that it could get no more memory."""
    try:
        return do(job)
    except MemoryError:
        return NoMemory()


def verdict(watch: Watch, answer: T | NoMemory) -> T | OutOfMemory:
    """The answer as whoever watched tells it: with the memory that was allowed."""
    return OutOfMemory(watch.limits.memory) if isinstance(answer, NoMemory) else answer


def unwatched(do: Task, job: Job) -> Outcome:
    """The outcome of a story that this process makes itself, where no other is to be had."""
    answer, name = answered(do, job), job.group.name
    return answer if isinstance(answer, Outcome) else Outcome(name, error=f"{name}: not enough memory for this story")
