"""Several processes at one story's work: each does a piece of it, so many at a time, and asks this one meanwhile.

For a program of one thread. The processes are forked, so that what they work with need not be sent to them; they belong
to the group of the process that watches over the story (`watching.py`), which ends them with it. When the process that
began them is no more they find nobody at the other end, and end, too.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from converter.document.errors import CrewError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from converter.build.slots import Slots

RENEWED = 6  # works of a process, then another takes its place: what libraries keep for good stays small
Work = Callable[["Talk"], object]
Heard = Callable[[int, Any], Iterable[tuple[int, object]]]


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Talk:
    """What a piece of work says to the process that began it, and hears from there."""

    def __init__(self, line: Connection, number: int) -> None:
        self.line, self.number = line, number

    def say(self, message: object) -> None:
        """Says something that can be pickled; it is not waited for."""
        self.line.send(("said", self.number, message))

    def hear(self) -> Any:
        """The next reply to this work, when it comes."""
        return self.line.recv()


class Crew:
    """So many processes (`size`) as are at work at once; with `slots` all but the first only where there is leave."""

    def __init__(self, size: int, slots: Slots | None = None) -> None:
        self.size, self.slots = size, slots

    @classmethod
    def of(cls, size: int, slots: Slots | None = None) -> Crew | None:
        """A crew of this size, or None where no processes are to be had."""
        return cls(max(1, size), slots) if hasattr(os, "fork") else None

    def run(self, works: Sequence[Work], heard: Heard) -> list[Any]:
        """The values of all works, which are begun in this order.

        `heard` is told the number of a work and what it said; it answers with replies to works by their numbers, which
        may have not begun yet. Raises MemoryError where a process could get no more, CrewError where a work failed
        otherwise or its process ended.
        """
        from multiprocessing.connection import wait

        team: list[_Member] = []
        waiting = deque(range(len(works)))
        replies: defaultdict[int, list[object]] = defaultdict(list)
        values: dict[int, object] = {}
        try:
            while len(values) < len(works):
                while waiting and len(team) < self.size and self._may_grow(team):
                    team.append(_Member(works, team))
                    team[-1].begin(waiting.popleft(), replies)
                lines = {member.line: member for member in team}
                for line in wait(list(lines)):
                    member = lines[line]  # type: ignore[index]
                    kind, number, message = member.message()
                    if kind == "said":
                        for to, reply in heard(number, message):
                            replies[to].append(reply)
                        for other in team:
                            other.answer(replies)
                    elif kind == "done":
                        values[number] = message
                        if waiting and member.begun == RENEWED:
                            member.end()
                            team.remove(member)
                            member = _Member(works, team)
                            team.append(member)
                        if waiting:
                            member.begin(waiting.popleft(), replies)
                    elif kind == "memory":
                        raise MemoryError
                    else:
                        raise CrewError(str(message))
        except OSError as error:
            raise CrewError(str(error)) from error
        finally:
            for member in team:
                member.end()
            for _ in team[1:]:
                if self.slots:
                    self.slots.give()
        return [values[number] for number in range(len(works))]

    def _may_grow(self, team: Sequence[_Member]) -> bool:
        return not team or self.slots is None or self.slots.take()


class _Member:
    """One process of a crew, and the number of the work it is at."""

    def __init__(self, works: Sequence[Work], team: Sequence[_Member]) -> None:
        from multiprocessing import Pipe

        self.line, theirs = Pipe()
        self.number, self.begun = -1, 0
        self.pid = os.fork()
        if not self.pid:
            try:
                self.line.close()
                for other in team:  # or they would not notice that the process that began them is no more
                    other.line.close()
                _serve(theirs, works)
            finally:
                os._exit(0)
        theirs.close()

    def begin(self, number: int, replies: defaultdict[int, list[object]]) -> None:
        self.number, self.begun = number, self.begun + 1
        self.line.send(number)
        self.answer(replies)

    def answer(self, replies: defaultdict[int, list[object]]) -> None:
        for reply in replies.pop(self.number, ()):
            self.line.send(reply)

    def message(self) -> tuple[str, int, Any]:
        try:
            message: tuple[str, int, Any] = self.line.recv()
        except EOFError:
            return "ended", self.number, "a process ended"
        return message

    def end(self) -> None:
        self.line.close()
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self.pid, 0)


def _serve(line: Connection, works: Sequence[Work]) -> None:
    """In a process of the crew: one work after another, until there is nobody who gives any."""
    gc.freeze()  # what was there before is looked at by nobody, and its pages stay shared
    while True:
        try:
            number = line.recv()
            try:
                value = works[number](Talk(line, number))
            except MemoryError:
                line.send(("memory", number, None))
            except (EOFError, OSError):
                return
            except Exception as error:
                line.send(("failed", number, f"{type(error).__name__}: {error}"))
            else:
                line.send(("done", number, value))
                del value
                gc.collect()
        except (EOFError, OSError):
            return
