"""Many stories by processes that are watched: bounded time and memory, and no story lost because of another.

Each process has one story at a time, so that it is known whose fault it was; what is tried then say `attempts.py`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from converter.build.attempts import Answer, Attempt, NoMemory, Task, answered, unwatched, verdict
from converter.build.outcomes import Outcome
from converter.build.slots import Slots
from converter.build.watching import LOOK, Watch, bound, end, memory_of, prepare_process
from converter.document.findings.reading import Killed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from converter.build.inputs import Job

STEP = 100_000  # bytes: a second's work or less
GENERATION = 64  # stories after which a process is replaced that holds too much by then, so that memory stays flat
HELD = 250.0  # MB that it may hold; one that made EPUBs holds 110, after 64 stories and after 400
GENERATIONS = 16  # after which it is replaced in any case: a new one takes as long for its first story as for six
BEGINNINGS = 3  # of a process, where what forks them is killed each time
GONE = 0.1  # seconds
SAFE_PATH = "PYTHONSAFEPATH"  # since Python 3.11


class _Worker:
    """A process that makes one story after another, and the story it is at."""

    def __init__(self, context: Any, do: Task, slots: Slots | None) -> None:
        given = (do, slots and (slots.taking, slots.giving))
        self.process: Any
        self.process, self.channel, self.line = new_process(context, _serve, given)
        self.stories_left = GENERATION
        self.generations_left = GENERATIONS
        self.task: Attempt | None = None
        self.watch: Watch | None = None
        self.spoilt = False  # a story ended badly in it

    def begin(self, task: Attempt) -> None:
        """Hands a story out."""
        self.task, self.watch = task, Watch(self.process.pid, task.job)
        self.stories_left -= 1
        try:
            self.channel.send(task.job)
        except (OSError, ValueError):  # it died meanwhile, which `answer` will find
            self.spoilt = True

    def answer(self) -> Answer | None:
        """What became of the story; None while it is at work. A worker whose story ended badly is to be ended."""
        assert self.watch
        alive = self.process.is_alive()
        try:
            if self.channel.poll():
                answer = self.channel.recv()
                self.spoilt = self.spoilt or isinstance(answer, NoMemory)
                return verdict(self.watch, answer)
        except (EOFError, OSError):
            alive = False
        why = self.watch.overstepped() if alive else Killed()
        self.spoilt = self.spoilt or bool(why)
        return why

    def goes_on(self) -> bool:
        """Whether it may make another story: it has not made a generation of them, or holds little all the same."""
        if self.spoilt or self.stories_left > 0:
            return not self.spoilt
        self.stories_left = GENERATION
        self.generations_left -= 1
        pid = self.process.pid
        return self.generations_left > 0 and pid is not None and 0 < memory_of(pid) <= HELD

    def end(self) -> None:
        """Ends the process and all it began; removes what it was writing."""
        if self.process.pid is not None:
            end(self.process.pid, self.task.job if self.task else None, alive=self.process.is_alive())
        self.process.join()
        self.channel.close()
        self.line.close()


def _serve(
    channel: Connection, lifeline: Connection, do: Callable[..., Outcome], pipe: tuple[Connection, Connection] | None
) -> None:
    prepare_process(lifeline.fileno())
    if pipe:
        do = partial(do, slots=Slots(*pipe))
    while True:
        try:
            job = channel.recv()
        except EOFError:
            return
        bound(job)
        channel.send(answered(do, job))


def run_parallel(
    jobs: Sequence[Job],
    do: Task,
    workers: int,
    started: Callable[[Job], None] | None = None,
    *,
    shared: bool = False,
) -> Iterator[Outcome]:
    """The outcomes of all jobs, as they come, made by so many processes side by side; the largest are begun first, so
    that none is left alone at the end. `shared`: `do` takes `slots`, and workers without a story leave their processor
    to the others."""
    waiting = deque(Attempt(job) for job in sorted(jobs, key=_size, reverse=True))
    team: list[_Worker] = []
    context = new_context()
    slots = Slots(*context.Pipe(duplex=False)) if shared else None
    given = 0
    try:
        while waiting or any(w.task for w in team):
            _hand_out(waiting, team, workers, lambda: _Worker(context, do, slots), started)
            given = _leave(slots, 0 if waiting else workers - sum(1 for w in team if w.task), given)
            if not team:  # no process is to be had
                yield unwatched(do, waiting.popleft().job)
                continue
            _sleep(team)
            for worker in [w for w in team if w.task]:
                answer = worker.answer()
                if answer is None or not worker.task:
                    continue
                following = worker.task.next(answer)
                if not worker.goes_on():
                    team.remove(worker)
                    worker.end()
                worker.task = None
                if isinstance(following, Outcome):
                    yield following
                elif following.alone:
                    waiting.append(following)
                else:
                    waiting.appendleft(following)
    finally:
        for worker in team:
            worker.end()
        if slots:
            slots.close()


def _leave(slots: Slots | None, idle: int, given: int) -> int:
    """Has as many leaves given as workers are idle; how many are."""
    while slots and given < idle:
        slots.give()
        given += 1
    while slots and given > idle and slots.take():
        given -= 1
    return given


def _size(job: Job) -> int:
    """Bytes of a story's files, in steps: stories of about one size are made in the order in which they came."""
    total = 0
    for path in job.group.files:
        with contextlib.suppress(OSError, ValueError):
            total += path.stat().st_size
    return total // STEP


def _hand_out(
    waiting: deque[Attempt],
    team: list[_Worker],
    workers: int,
    new: Callable[[], _Worker],
    started: Callable[[Job], None] | None,
) -> None:
    while waiting and sum(1 for w in team if w.task) < workers:
        if waiting[0].alone and any(w.task for w in team):
            return  # what a process died of may have been its neighbours
        idle = next((w for w in team if not w.task), None)
        if idle and waiting[0].alone and idle.stories_left < GENERATION:  # or what it held of the stories before
            team.remove(idle)
            idle.end()
            idle = None
        if idle is None:
            try:
                idle = new()
            except OSError:
                return
            team.append(idle)
        task = waiting.popleft()
        if started and not task.why:
            started(task.job)
        idle.begin(task)
        if task.alone:
            return


def _sleep(team: Sequence[_Worker]) -> None:
    from multiprocessing.connection import wait

    wait([x for w in team if w.task for x in (w.channel, w.process.sentinel)], LOOK)


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """While a process begins: whatever Python is started for it looks for no module in the current folder.

    The fork server, the tracker beside it and spawned processes are begun by `python -c`, which would look there first,
    and in a folder of stories anything may lie.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


@contextlib.contextmanager
def _no_program() -> Iterator[None]:
    """While a process begins: nothing of the program that runs here is run there, as multiprocessing would do.

    It may be anybody's script, or a worker of a cluster; all that our processes need is imported by name.
    """
    here = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = here


def new_process(
    context: Any, serve: Callable[..., None], given: tuple[object, ...]
) -> tuple[BaseProcess, Connection, Connection]:
    """A new process that is at `serve(channel, lifeline, *given)`, the other end of its channel, and the line that has
    to be held as long as it is to live. Raises OSError where there is none to be had."""
    ours, theirs = context.Pipe()
    lifeline, line = context.Pipe(duplex=False)
    process = _begun(lambda: context.Process(target=serve, args=(theirs, lifeline, *given), daemon=True))
    theirs.close()
    lifeline.close()
    return process, ours, line


def _begun(new: Callable[[], BaseProcess]) -> BaseProcess:
    """A process that was begun. Whoever was killed that forks them is begun anew, and asked again."""
    for _ in range(BEGINNINGS):
        process = new()
        with contextlib.suppress(EOFError, ConnectionError), _safe_path(), _no_program():
            process.start()
            return process
        time.sleep(GONE)  # it is no longer heard before the system says that it is dead
    raise OSError(0, "no process can be begun")


def new_context() -> BaseContext:
    """The way in which processes are begun here."""
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["converter.build.pipeline", "converter.build.batch"])
    return context
