"""Many stories: a book on disk for each, made by processes that are watched, and remembered for the next run.

Strategy. A *job* is one story: its files in reading order, what was asked for, its outputs. All jobs are planned before
anything is written, then done one by one, in worker processes when there are several. A job never raises: what went
wrong is part of its `Outcome`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from converter.build.inputs import Job, with_standard_input
from converter.build.making import do
from converter.build.outcomes import Outcome, fault, line
from converter.build.planning import names_output, output_format, plan
from converter.build.registry import format_written_to
from converter.build.settings import lasting
from converter.build.shelving import sweep
from converter.build.unchanged import unchanged
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import CATALOGUE, DAMAGED
from converter.catalogue.records import Story
from converter.document.errors import ConverterError, OutputError


def run(
    jobs: Sequence[Job], *, workers: int = 1, started: Callable[[Job], None] | None = None
) -> Generator[Outcome, None, None]:
    """The outcomes of all jobs, as they come, each made by a process that is watched (see `workers.py`)."""
    from converter.build.executor import LocalPool
    from converter.build.forked import run_alone

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
        yield from LocalPool(workers, do, started).make([replace(j, alone=False) for j in ready])


def build(
    jobs: Sequence[Job], output: Path, *, workers: int = 1, started: Callable[[Job], None] | None = None
) -> Generator[Outcome, None, None]:
    """Like `run`; what was made of what is noted beside the books at once, so that the next run knows it. Stories of
    which nothing changed come first, and are not even read.

    `output` is what the jobs were planned for. Raises OutputError at the end where a book could not be noted.
    """
    changed = []
    with Catalogue(output) as catalogue:
        for job in jobs:
            if kept := unchanged(job):
                yield replace(kept, known=known_of(catalogue, job))
            else:
                changed.append(job)
    unnoted: OutputError | None = None
    by_name = {job.group.name: job for job in changed}
    with Catalogue(output) as catalogue, closing(run(changed, workers=workers, started=started)) as outcomes:
        try:
            for made in outcomes:
                outcome, known = made, by_name.get(made.name)
                try:
                    if known:
                        outcome = replace(made, known=known_of(catalogue, known))
                        remember(output, catalogue, known, outcome)
                except OutputError as error:  # the books are there all the same
                    unnoted = unnoted or (error if made.written and not made.error else None)
                yield outcome
        finally:
            folders = {path.parent for job in jobs for _, path in job.outputs}
            with suppress(OutputError):
                folders |= catalogue.folders()
            for folder in folders:
                sweep(folder)
    if unnoted:
        raise unnoted


def trouble_with(output: Path) -> str:
    """What a person should know of the catalogue of this folder before it is used, or "". Raises OutputError."""
    damaged = Catalogue(output).is_damaged
    return (
        f"{output / CATALOGUE}: it is damaged, and is begun anew; what was there is kept as {DAMAGED}"
        if damaged
        else ""
    )


def known_of(catalogue: Catalogue, job: Job) -> Story | None:
    """What the catalogue knows of a job's story. Raises OutputError."""
    return next((story for source in job.sources if (story := catalogue.story(source))), None)


def remember(output: Path, catalogue: Catalogue, job: Job, outcome: Outcome) -> None:
    """Notes what became of a job in the output folder; a book that was named itself leaves no notes.

    Raises OutputError.
    """
    story = outcome.story(job.sources, lasting(job.options))
    if story is None or (format_written_to(output.name) and not output.is_dir()):
        return
    if not story.books and not catalogue.path.exists():
        return  # nothing is made for a story that has no book
    with catalogue.writing():
        if job.moved_from:
            catalogue.move(job.moved_from, job.sources[0])
        catalogue.note(story, time.time(), outcome.gone, outcome.kept)


__all__ = [
    "Job",
    "Outcome",
    "build",
    "fault",
    "names_output",
    "output_format",
    "plan",
    "remember",
    "run",
    "trouble_with",
]
