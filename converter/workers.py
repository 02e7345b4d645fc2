"""Stories converted side by side in worker processes: bounded memory, and no story lost when a worker dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from converter.outcomes import Outcome
from converter.shelving import discard_unfinished

if TYPE_CHECKING:
    from converter.inputs import Job

GENERATION = 64  # stories per worker before all workers are replaced, so that memory stays flat
AHEAD = 2  # stories handed out per worker; few, so that little is in doubt when a worker dies


def _prepare() -> None:
    """In a new worker: the person's Ctrl-C is answered by the parent, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)


def _leave(_signal: int, _frame: object) -> None:
    discard_unfinished()
    os._exit(128 + signal.SIGTERM)


def run_parallel(
    jobs: Sequence[Job], do: Callable[[Job], Outcome], workers: int, started: Callable[[Job], None] | None = None
) -> Iterator[Outcome]:
    """The outcomes of all jobs, as they come. Stories a dying worker held are tried once more, each on its own."""
    waiting = list(reversed(jobs))
    suspects: list[Job] = []
    while waiting:
        before = len(waiting)
        yield from _generation(waiting, suspects, do, workers, started)
        if len(waiting) == before:  # no worker could be started at all
            yield do(waiting.pop())
    for job in suspects:
        yield _alone(job, do)


def _pool(workers: int) -> ProcessPoolExecutor:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["converter.pipeline", "converter.batch"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare)


def _generation(
    waiting: list[Job],
    suspects: list[Job],
    do: Callable[[Job], Outcome],
    workers: int,
    started: Callable[[Job], None] | None,
) -> Iterator[Outcome]:
    pool = _pool(workers)
    running: dict[Future[Outcome], Job] = {}
    left = GENERATION * workers
    try:
        while running or (waiting and left):
            while waiting and left and len(running) < workers * AHEAD:
                job = waiting[-1]
                running[pool.submit(do, job)] = job  # raises when a worker died: then the story still waits
                waiting.pop()
                left -= 1
                if started:
                    started(job)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    suspects.append(job)
    except BrokenProcessPool:
        suspects.extend(running.values())
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(job: Job, do: Callable[[Job], Outcome]) -> Outcome:
    with _pool(1) as pool:
        try:
            return pool.submit(do, job).result()
        except BrokenProcessPool:
            name = job.group.name
            return Outcome(name, error=f"{name}: the converter was killed while it worked on this story (memory?)")
