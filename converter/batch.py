"""From paths to books on disk; with `folders.py`, `shelving.py`, `workers.py` all that touches files and processes.

Strategy. A *job* is one story: its files in reading order, what was asked for, its outputs. All jobs are planned before
anything is written, then done one by one, in worker processes when there are several. A job never raises: what went
wrong is part of its `Outcome`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.ahead import CoverAhead, ExaminedAhead
from converter.contracts import Diagnostic
from converter.errors import ConverterError, SettingError
from converter.inputs import Inputs, Job, gather
from converter.outcomes import Outcome, fault, line
from converter.planning import output_format, plan
from converter.shelving import Record, Shelf, digest, same_story, write_book

if TYPE_CHECKING:
    from converter.contracts import Reading, Theme
    from converter.model import Metadata


# ----------------------------------------------------------------------------------------------------- reading


def read_job(job: Job) -> Reading:
    """One story understood. Raises ConverterError."""
    if job.problem:
        raise SettingError(job.problem)
    from converter import pipeline

    return pipeline.examined(_understood(gather(job), job))


def _understood(inputs: Inputs, job: Job, on_metadata: Callable[[Metadata], None] | None = None) -> Reading:
    from converter import pipeline

    return pipeline.understand(
        inputs.sources,
        job.settings,
        above=inputs.above,
        below=inputs.below,
        modified=inputs.modified,
        cover=inputs.cover,
        sites=inputs.sites,
        in_order=job.in_order,
        on_metadata=on_metadata,
    )


# ------------------------------------------------------------------------------------------------------ working


def do(job: Job) -> Outcome:
    """One story from its files to its books. Never raises, except when the person interrupts."""
    name = job.group.name
    gc.disable()  # a story's trees hold hardly a cycle, and looking for them takes a tenth of the time
    try:
        return _do(job)
    except ConverterError as error:
        return Outcome(name, error=line(error, name))
    except MemoryError:
        return Outcome(name, error=f"{name}: not enough memory for this story; try fewer --jobs")
    except RecursionError:
        return Outcome(name, error=f"{name}: nested deeper than any story is")
    except Exception as error:
        return Outcome(name, error=f"{name}: {fault(error)}")
    finally:
        gc.enable()


def _do(job: Job) -> Outcome:
    from converter import pipeline
    from converter.themes import load_theme
    from converter.writers import writer_for

    if job.problem:
        return Outcome(job.group.name, error=job.problem)
    inputs = gather(job)
    current = [r for r in job.known if r.is_current(inputs.digest, inputs.beside)]
    if not job.force and len(current) == len(job.outputs):
        return Outcome(job.group.name, kept=tuple(p for _, p in job.outputs), title=current[0].title)
    wanted = job.settings
    theme = load_theme(wanted.style)
    if "pdf" in wanted.to:
        from converter.writers.pages import page_named

        page_named(wanted.page)  # a wrong name is said before any work is done
    if "azw3" in wanted.to:
        from converter.kindle import require_tool

        require_tool()
    ours = tuple(dict.fromkeys("epub" if f == "azw3" else f for f in wanted.to))
    ahead, examined = CoverAhead(theme.settings.get("cover", "")), ExaminedAhead()
    try:
        if job.alone and not inputs.cover:
            ahead.ready()
        reading = _understood(inputs, job, ahead.start)
        if job.alone:
            examined.begin(reading)
        if "pdf" not in ours:
            for name in ours:
                writer_for(name)  # imported while the cover is being drawn
        reading = pipeline.covered(reading, theme, ahead.result(reading.book.metadata))
        return _written(job, inputs, theme, reading, examined)
    finally:
        ahead.abandon()
        examined.abandon()


def _written(job: Job, inputs: Inputs, theme: Theme, reading: Reading, examined: ExaminedAhead) -> Outcome:
    from converter import pipeline

    metadata = reading.book.metadata
    known = {r.path: r for r in job.known}
    for _, path in job.outputs:
        if not job.force and path.exists() and not same_story(path, metadata, known.get(path), job.group.name):
            raise SettingError("another book is there", str(path), "use --force to replace it, or another -o")
    used = dict(inputs.beside.used) if inputs.beside else {}
    records: list[Record] = []
    told: list[Diagnostic] = []
    made: dict[str, bytes] = {}
    error = ""
    for name, path in job.outputs:
        try:
            wanted_first = "epub" if name == "azw3" else name
            if wanted_first not in made:
                written = pipeline.write(reading, wanted_first, theme, job.settings)
                made[wanted_first] = written.data
                told.extend(written.diagnostics)
            data = _azw3(made["epub"], path) if name == "azw3" else made[name]
            examined.result(reading)  # nothing is written before every word of the story was found in the book
            write_book(path, data)
        except (ConverterError, OSError) as failed:  # a book that can't be made takes no other with it
            error = error or line(failed, job.group.name, path)
            continue
        records.append(Record(path, job.group.name, inputs.digest, digest(data), metadata.title, used))
    found = examined.found or ()
    return Outcome(
        job.group.name,
        error=error,
        written=tuple(r.path for r in records),
        title=metadata.title,
        authors=metadata.authors,
        chapters=sum(1 for _ in reading.book.walk()),
        words=examined.words,
        changes=len(reading.changes),
        diagnostics=(*reading.diagnostics, *found, *told),
        records=tuple(records),
    )


def _azw3(epub: bytes, path: Path) -> bytes:
    from converter.kindle import azw3

    return azw3(epub, str(path))


def run(jobs: Sequence[Job], *, workers: int = 1, started: Callable[[Job], None] | None = None) -> Iterator[Outcome]:
    """The outcomes of all jobs, as they come. With one worker everything happens in this process.

    A worker that dies takes no other story with it: the stories it held are tried once more, each alone.
    """
    if workers <= 1 or len(jobs) == 1:
        for job in jobs:
            if started:
                started(job)
            yield do(replace(job, alone=True))
        return
    from converter.workers import run_parallel

    yield from run_parallel(jobs, do, workers, started)


def remember(output: Path, outcomes: Sequence[Outcome]) -> None:
    """Notes in the output folder what was made of what, so that the next run can skip it."""
    if records := [r for o in outcomes for r in o.records]:
        Shelf.at(output).note(records)


__all__ = ["Job", "Outcome", "do", "fault", "output_format", "plan", "read_job", "remember", "run"]
