"""Stories converted by processes that are watched: bounded time and memory, and no story lost because of another.

A story that comes to no end, or grows without bound, is ended and read plainly once more. A process that died (the
system had no memory left, a library crashed) has its story tried again when all others are done, by itself, and then
plainly. Each process has one story at a time, so that it is known whose fault it was.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from converter.build.outcomes import Outcome, fault
from converter.build.watching import LOOK, Watch, bound, end, failed, prepare_process, with_reason, written_since
from converter.document.errors import ConverterError
from converter.document.findings.reading import Ended, EndedReading, Killed, OutOfMemory

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

    from converter.build.inputs import Job
    from converter.document.contracts import Reading

GENERATION = 64  # stories per process before it is replaced, so that memory stays flat
SAFE_PATH = "PYTHONSAFEPATH"  # since Python 3.11


@dataclass(frozen=True, slots=True)
class NoMemory:
    """The answer of a process that could get no more."""


Task = Callable[["Job"], Outcome]
T = TypeVar("T")
Answer = Outcome | Ended  # a story's outcome, or why there is none


@dataclass(slots=True)
class _Task:
    """A story that waits or is at work. `why`: how it ended when it was tried before; `alone`: after all others;
    `since`: nothing was written for it before that time."""

    job: Job
    why: Ended | None = None
    alone: bool = False
    since: float = field(default_factory=time.time)

    def next(self, answer: Answer) -> _Task | Outcome:
        """The story's outcome, or the next attempt where there is none yet."""
        if isinstance(answer, Outcome):
            if self.why and self.job.plain and not answer.error:
                return with_reason(answer, self.why, self.job.done)
            return answer
        if self.job.plain:
            return failed(self.job, self.why or answer, answer)
        if isinstance(answer, Killed) and not self.alone:
            return _Task(self.job, answer, alone=True)
        return _Task(replace(self.job, plain=True, done=written_since(self.job, self.since)), answer, self.alone)


def _answer(do: Callable[[Job], T], job: Job) -> T | NoMemory:
    try:
        return do(job)
    except MemoryError:
        return NoMemory()


def _verdict(watch: Watch, answer: T | NoMemory) -> T | OutOfMemory:
    return OutOfMemory(watch.limits.memory) if isinstance(answer, NoMemory) else answer


def _unwatched(do: Task, job: Job) -> Outcome:
    answer, name = _answer(do, job), job.group.name
    return answer if isinstance(answer, Outcome) else Outcome(name, error=f"{name}: not enough memory for this story")


# -------------------------------------------------------------------------------------------------- one story


def run_alone(job: Job, do: Task) -> Outcome:
    """The outcome of the only story, made by a forked process while this one watches.

    Without fork the story is made by this process, and nobody watches.
    """
    task = _Task(job)
    while True:
        answer = _forked(task.job, do)
        if answer is None:
            return _unwatched(do, task.job)
        following = task.next(answer)
        if isinstance(following, Outcome):
            return following
        task = following


def read_alone(job: Job, read: Callable[[Job], Reading]) -> Reading:
    """A story understood by a forked process while this one watches; plainly, where that comes to no end.

    Raises what `read` raises of ConverterError, and ConverterError where there is no reading.
    """

    why: Ended | None = None
    for attempt in (job, replace(job, plain=True)):
        answer = _forked(attempt, _or_error(read))
        if answer is None:
            return read(attempt)
        if isinstance(answer, ConverterError):
            raise answer
        if not isinstance(answer, Ended):
            return replace(answer, findings=(EndedReading(why), *answer.findings)) if why else answer
        why = why or answer
    raise ConverterError(f"it can't be read: {why}, and plainly not either", job.group.name)


def ask_alone(job: Job, ask: Callable[[Job], T]) -> T:
    """What a forked process finds out about a story while this one watches.

    Raises what `ask` raises of ConverterError, and ConverterError where it comes to no end.
    """
    answer = _forked(job, _or_error(ask))
    if answer is None:
        return ask(job)
    if isinstance(answer, ConverterError):
        raise answer
    if isinstance(answer, Ended):
        raise ConverterError(f"it can't be read: {answer}", job.group.name)
    return answer


def _or_error(ask: Callable[[Job], T]) -> Callable[[Job], T | ConverterError]:
    """The same, but an error is the answer: it is to reach the process that watches."""

    def answer(job: Job) -> T | ConverterError:
        try:
            return ask(job)
        except MemoryError:
            raise
        except ConverterError as error:
            return error
        except Exception as error:
            return ConverterError(f"{job.group.name}: {fault(error)}")

    return answer


def _forked(job: Job, do: Callable[[Job], T]) -> T | Ended | None:
    """What became of the job in a process of its own; None where there is none to be had."""
    import select

    if not hasattr(os, "fork"):
        return None
    try:
        lifeline, line = os.pipe()
        answers, answer_end = os.pipe()
        pid = os.fork()
    except OSError:
        return None
    if not pid:
        try:
            os.close(line)
            os.close(answers)
            prepare_process(lifeline)
            bound(job)
            answer = _answer(do, job)
            gc.disable()  # this process ends now; there is nothing to look for
            data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
            with os.fdopen(answer_end, "wb") as out:
                out.write(data)
        finally:
            os._exit(0)
    gone = False
    try:
        os.close(answer_end)
        os.close(lifeline)
        watch = Watch(pid, job)
        data = b""
        while True:
            if select.select([answers], [], [], LOOK)[0]:
                part = os.read(answers, 1 << 20)
                data += part
                if not part:
                    break
            elif gone:  # what it began may hold the pipe still
                break
            elif why := watch.overstepped():
                return why
            else:
                gone = os.waitpid(pid, os.WNOHANG)[0] == pid
        return _verdict(watch, pickle.loads(data)) if data.endswith(pickle.STOP) else Killed()
    finally:
        end(pid, job, alive=not gone)
        if not gone:
            os.waitpid(pid, 0)
        os.close(answers)
        os.close(line)


# ----------------------------------------------------------------------------------------------- many stories


class _Worker:
    """A process that makes one story after another, and the story it is at."""

    def __init__(self, context: Any, do: Task) -> None:
        self.channel: Connection
        self.channel, theirs = context.Pipe()
        lifeline, self.line = context.Pipe(duplex=False)
        self.process = context.Process(target=_serve, args=(theirs, lifeline, do), daemon=True)
        with _safe_path():
            self.process.start()
        theirs.close()
        lifeline.close()
        self.stories_left = GENERATION
        self.task: _Task | None = None
        self.watch: Watch | None = None

    def begin(self, task: _Task) -> None:
        """Hands a story out."""
        self.task, self.watch = task, Watch(self.process.pid, task.job)
        self.stories_left -= 1
        try:
            self.channel.send(task.job)
        except (OSError, ValueError):  # it died meanwhile, which `answer` will find
            self.stories_left = 0

    def answer(self) -> Answer | None:
        """What became of the story; None while it is at work. A worker whose story ended badly is to be ended."""
        assert self.watch
        alive = self.process.is_alive()
        try:
            if self.channel.poll():
                answer = self.channel.recv()
                self.stories_left = 0 if isinstance(answer, NoMemory) else self.stories_left
                return _verdict(self.watch, answer)
        except (EOFError, OSError):
            alive = False
        why = self.watch.overstepped() if alive else Killed()
        self.stories_left = 0 if why else self.stories_left
        return why

    def end(self) -> None:
        """Ends the process and all it began; removes what it was writing."""
        if self.process.pid is not None:
            end(self.process.pid, self.task.job if self.task else None, alive=self.process.is_alive())
        self.process.join()
        self.channel.close()
        self.line.close()


def _serve(channel: Connection, lifeline: Connection, do: Task) -> None:
    prepare_process(lifeline.fileno())
    while True:
        try:
            job = channel.recv()
        except EOFError:
            return
        bound(job)
        channel.send(_answer(do, job))


def run_parallel(
    jobs: Sequence[Job], do: Task, workers: int, started: Callable[[Job], None] | None = None
) -> Iterator[Outcome]:
    """The outcomes of all jobs, as they come, made by so many processes side by side."""
    waiting = deque(_Task(job) for job in jobs)
    team: list[_Worker] = []
    context = _context()
    try:
        while waiting or any(w.task for w in team):
            _hand_out(waiting, team, workers, lambda: _Worker(context, do), started)
            if not team:  # no process is to be had
                yield _unwatched(do, waiting.popleft().job)
                continue
            _sleep(team)
            for worker in [w for w in team if w.task]:
                answer = worker.answer()
                if answer is None or not worker.task:
                    continue
                following = worker.task.next(answer)
                if worker.stories_left <= 0:
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


def _hand_out(
    waiting: deque[_Task],
    team: list[_Worker],
    workers: int,
    new: Callable[[], _Worker],
    started: Callable[[Job], None] | None,
) -> None:
    while waiting and sum(1 for w in team if w.task) < workers:
        if waiting[0].alone and any(w.task for w in team):
            return  # what a process died of may have been its neighbours
        idle = next((w for w in team if not w.task), None)
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


def _context() -> BaseContext:
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["converter.build.pipeline", "converter.build.batch"])
    return context
