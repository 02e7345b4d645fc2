"""One story by one forked process, while this one watches."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.build.attempts import Attempt, T, Task, answered, unwatched, verdict
from converter.build.outcomes import Outcome, fault
from converter.build.watching import LOOK, Watch, bound, end, held_by, prepare_process
from converter.document.errors import ConverterError
from converter.document.findings.reading import Ended, EndedReading, Killed

if TYPE_CHECKING:
    from converter.build.inputs import Job
    from converter.document.contracts import Reading


def run_alone(job: Job, do: Task) -> Outcome:
    """The outcome of the only story, made by a forked process while this one watches.

    Without fork the story is made by this process, and nobody watches.
    """
    task = Attempt(job)
    while True:
        answer = _forked(task.job, do)
        if answer is None:
            return unwatched(do, task.job)
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
    before = held_by(os.getpid())
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
            answer = answered(do, job)
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
        watch = Watch(pid, job, before)
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
        return verdict(watch, pickle.loads(data)) if data.endswith(pickle.STOP) else Killed()
    finally:
        end(pid, job, alive=not gone)
        if not gone:
            os.waitpid(pid, 0)
        os.close(answers)
        os.close(line)
