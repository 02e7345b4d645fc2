"""Many stories: a book on disk for each, made by processes that are watched, and remembered for the next run.

Strategy. A *job* is one story: its files in reading order, what was asked for, its outputs. All jobs are planned before
anything is written, then done one by one, in worker processes when there are several. A job never raises: what went
wrong is part of its `Outcome`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from converter.build.inputs import Job, with_standard_input
from converter.build.making import do
from converter.build.outcomes import Outcome, fault, line
from converter.build.planning import output_format, plan
from converter.build.registry import format_written_to
from converter.build.shelving import Record, Shelf, sweep
from converter.document.errors import ConverterError


def run(
    jobs: Sequence[Job], *, workers: int = 1, started: Callable[[Job], None] | None = None
) -> Generator[Outcome, None, None]:
    """The outcomes of all jobs, as they come, each made by a process that is watched (see `workers.py`)."""
    from converter.build.forked import run_alone
    from converter.build.workers import run_parallel

    ready: list[Job] = []
    for job in jobs:
        try:
            ready.append(with_standard_input(job))
        except ConverterError as error:
            yield Outcome(job.group.name, error=line(error, job.group.name))
    if len(ready) == 1:
        if started:
            started(ready[0])
        yield run_alone(replace(ready[0], alone=True), do)
    elif ready:
        yield from run_parallel([replace(j, alone=workers <= 1) for j in ready], do, max(1, workers), started)


def build(
    jobs: Sequence[Job], output: Path, *, workers: int = 1, started: Callable[[Job], None] | None = None
) -> Generator[Outcome, None, None]:
    """Like `run`; what was made of what is noted beside the books as they are made, so that the next run knows it.

    `output` is what the jobs were planned for. Raises OutputError when the notes can't be written.
    """
    shelf = Shelf.at(output) if len(jobs) > 1 else None
    records: list[Record] = []
    with closing(run(jobs, workers=workers, started=started)) as outcomes:
        try:
            for outcome in outcomes:
                records.extend(outcome.records)
                if shelf:
                    shelf.jot(outcome.records)
                yield outcome
        finally:
            remember(output, records)


def remember(output: Path, records: Sequence[Record]) -> None:
    """Notes what was made of what in the output folder; a book that was named itself leaves no notes."""
    if records and (output.is_dir() or not format_written_to(output.name)):
        Shelf.at(output).note(records)
        for folder in {record.path.parent for record in records}:
            sweep(folder)


__all__ = ["Job", "Outcome", "build", "fault", "output_format", "plan", "remember", "run"]
