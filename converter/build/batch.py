"""From paths to books on disk: what was planned is made, proved, put on the shelf and remembered.

Strategy. A *job* is one story: its files in reading order, what was asked for, its outputs. All jobs are planned before
anything is written, then done one by one, in worker processes when there are several. A job never raises: what went
wrong is part of its `Outcome`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.ahead import CoverAhead, ExaminedAhead
from converter.build.folders import STANDARD_INPUT
from converter.build.formats import WriteOptions, writer
from converter.build.inputs import Inputs, Job, gather, load
from converter.build.outcomes import Outcome, as_error, fault, line
from converter.build.planning import output_format, plan
from converter.build.shelving import Record, Shelf, digest, is_ours, sweep, write_book
from converter.document.errors import ConverterError, ProofError, SettingError
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.build.pipeline import Converted
    from converter.build.settings import Settings
    from converter.document.contracts import Reading, Theme
    from converter.document.findings.union import Finding
    from converter.document.model import Metadata


# ----------------------------------------------------------------------------------------------------- reading


def read_job(job: Job) -> Reading:
    """One story understood. Raises ConverterError."""
    if job.problem:
        raise SettingError(job.problem)
    from converter.build import pipeline

    inputs = gather(job)
    try:
        return pipeline.examined(_read_inputs(inputs, job))
    except ProofError as trouble:
        if job.settings.strict:
            raise
        return pipeline.examined(_read_inputs(inputs, job, trouble=trouble))


def stage_of(job: Job, name: str) -> tuple[str, ...]:
    """A stage of how each file of a job is read, as lines, by a process that is watched.

    Raises InputError, SettingError, NotAStory; ConverterError where it comes to no end.
    """
    from converter.build.workers import ask_alone

    return ask_alone(_with_standard_input(job), lambda job: _stage_of(job, name))


def _stage_of(job: Job, name: str) -> tuple[str, ...]:
    from converter.build import pipeline
    from converter.build.inputs import gather

    inputs = gather(job)
    return tuple(
        line for source in inputs.sources for line in pipeline.stage_lines(source, name, job.settings, inputs.sites)
    )


def read_watched(job: Job) -> Reading:
    """`read_job` by a process that is watched: a story that takes too long or too much is read plainly."""
    from converter.build.workers import read_alone

    return read_alone(_with_standard_input(job), read_job)


def _read_inputs(
    inputs: Inputs,
    job: Job,
    on_metadata: Callable[[Metadata], None] | None = None,
    trouble: ProofError | None = None,
) -> Reading:
    """The story of a job; `trouble` is how its usual reading ended."""
    from converter.build import pipeline

    reading = pipeline.understand(
        inputs.sources,
        job.settings,
        above=inputs.above,
        below=inputs.below,
        modified=inputs.modified,
        cover=inputs.cover,
        sites=inputs.sites,
        in_order=job.in_order,
        plain=job.plain,
        trouble=trouble,
        on_metadata=on_metadata,
    )
    grouping = (job.group.doubt,) if job.group.doubt else ()
    return replace(reading, findings=(*grouping, *inputs.findings, *reading.findings))


# ------------------------------------------------------------------------------------------------------ making


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a job: what became of it and, unless its books were up to date, the books themselves.

    `problem` is the first thing that kept a book from being made or written; the others are there all the same.
    """

    outcome: Outcome
    converted: Converted | None = None
    problem: ConverterError | None = None


def make(job: Job, *, anew: bool = False) -> Made:
    """One story from its files to its books on the shelf: the one way, for the command line and for Python.

    Books that are up to date are not made again, unless `anew`. Raises ConverterError, and whatever a fault raises.
    """
    from converter.themes import load_theme

    if job.problem:
        raise SettingError(job.problem)
    inputs = gather(job)
    if not job.force and not anew and (kept := _up_to_date(job, inputs)):
        return Made(Outcome(job.group.name, kept=tuple(r.path for r in kept), title=kept[0].title))
    settings = job.settings
    theme = load_theme(settings.style)
    rows = [writer(name) for name in settings.to]
    for row in rows:
        if row.ready:
            row.ready(WriteOptions(settings.page, settings.verify))
    ours = tuple(dict.fromkeys(row.of or row.name for row in rows))
    ahead, examined = CoverAhead(theme.settings.get("cover", "")), ExaminedAhead()
    try:
        if job.alone and not inputs.cover:
            ahead.ready()
        reading = _read_inputs(inputs, job, ahead.start)
        if job.alone:
            examined.begin(reading)
        for row in map(writer, ours):
            row.warm()  # while the cover is being drawn
        from converter.build import pipeline

        reading = pipeline.covered(reading, theme, ahead.result(reading.book.metadata))
        try:
            return _written(job, inputs, theme, reading, examined, sure=settings.strict)
        except ProofError as trouble:
            examined.abandon()
            reading = pipeline.covered(_read_inputs(inputs, job, trouble=trouble), theme)
            return _written(job, inputs, theme, reading, ExaminedAhead(), sure=True)
    finally:
        ahead.abandon()
        examined.abandon()


def _up_to_date(job: Job, inputs: Inputs) -> list[Record]:
    """The records of the job's books, when all of them are there and would be made the same way again."""
    made_from = {inputs.digest, inputs.digest_plain(job)}
    places = {path for _, path in job.outputs}
    current = [r for r in job.known if r.path in places and r.is_current(made_from, inputs.beside)]
    return current if len(current) == len(job.outputs) else []


class _Books:
    """The books of one reading as they are made, by format, and what their writers noticed."""

    def __init__(self, reading: Reading, theme: Theme, settings: Settings) -> None:
        self.reading, self.theme, self.settings = reading, theme, settings
        self.made: dict[str, bytes] = {}
        self.noticed: list[Finding] = []

    def make(self, name: str, path: Path | None) -> bytes:
        """The book in this format; one that is converted from a format of our own is made of that. Raises
        ConverterError."""
        from converter.build import pipeline

        row = writer(name)
        own = row.of or name
        if own not in self.made:
            written = pipeline.write(self.reading, own, self.theme, self.settings)
            self.made[own] = written.data
            self.noticed.extend(written.findings)
        if row.convert:
            self.made[name] = row.convert(self.made[own], str(path or "the book"))
        return self.made[name]

    def files(self) -> tuple[tuple[str, bytes], ...]:
        """The formats that were asked for, as far as they could be made."""
        return tuple((name, self.made[name]) for name in self.settings.to if name in self.made)


def _written(job: Job, inputs: Inputs, theme: Theme, reading: Reading, examined: ExaminedAhead, *, sure: bool) -> Made:
    """The books of a reading, on the shelf. Unless it is `sure` that there is no better reading, ProofError is raised
    where its words don't balance, or a writer loses one; else that is the book's problem, like all others."""
    from converter.build import pipeline
    from converter.reports.heaps import gathered

    metadata = reading.book.metadata
    places = dict(_places(job, metadata))
    used = dict(inputs.beside.used) if inputs.beside else {}
    made_from = inputs.digest_plain(job) if job.plain else inputs.digest
    source = next(iter(job.sources), "")
    records: list[Record] = []
    books = _Books(reading, theme, job.settings)
    problem: ConverterError | None = None

    def note(path: Path, data: bytes, made_from: str) -> None:
        records.append(Record(path, job.group.name, made_from, digest(data), metadata.title, used, source))

    for name in job.settings.to:
        path = places.get(name)
        if path in job.done:  # whole, and of the usual reading
            note(path, path.read_bytes(), inputs.digest)
            continue
        try:
            data = books.make(name, path)
            examined.result(reading)  # nothing is written before every word of the story was found in the book
            if path:
                write_book(path, data)
        except (ConverterError, OSError) as failed:  # a book that can't be made takes no other with it
            if isinstance(failed, ProofError) and not sure:
                raise
            problem = problem or as_error(failed, path)
        else:
            if path:
                note(path, data, made_from)
    noticed = (*gathered((*reading.findings, *(examined.findings or ())), reading.book), *books.noticed)
    reading = replace(reading, findings=noticed)
    outcome = _outcome(job, reading, records, examined.words, problem)
    return Made(outcome, pipeline.Converted(reading, books.files()), problem)


def _outcome(
    job: Job, reading: Reading, records: Sequence[Record], words: int, problem: ConverterError | None
) -> Outcome:
    """What became of a job whose story was read and whose books, as far as they could be made, are on the shelf."""
    return Outcome(
        job.group.name,
        error=line(problem, job.group.name) if problem else "",
        written=tuple(r.path for r in records),
        title=reading.book.metadata.title,
        authors=reading.book.metadata.authors,
        chapters=sum(1 for _ in reading.book.walk()),
        words=words,
        changes=len(reading.changes),
        findings=reading.findings,
        records=tuple(records),
    )


def _places(job: Job, metadata: Metadata) -> tuple[tuple[str, Path], ...]:
    """Where the books go: over earlier books of this story, never over another's. Raises SettingError."""
    known = {r.path: r for r in job.known}
    read = {path.resolve() for path in job.group.files}
    for _, path in job.outputs:
        if path.resolve() in read:
            raise SettingError("the book would take the story's own place", str(path), "name another folder with -o")
    if any(path in job.done for _, path in job.spare):
        return job.spare
    for _, path in () if job.force else job.outputs:
        if (
            path.exists()
            and path not in job.done
            and not is_ours(path, metadata, known.get(path), job.group.name, job.sources)
        ):
            if job.spare:
                return job.spare
            raise SettingError("another book is there", str(path), "use --force to replace it, or another -o")
    return job.outputs


def do(job: Job) -> Outcome:
    """One story from its files to its books. Never raises, except MemoryError, and when the person interrupts."""
    name = job.group.name
    gc.disable()  # a story's trees hold hardly a cycle, and looking for them takes a tenth of the time
    try:
        return Outcome(name, error=job.problem) if job.problem else make(job).outcome
    except ConverterError as error:
        return Outcome(name, error=line(error, name))
    except MemoryError:
        raise
    except RecursionError:
        return Outcome(name, error=f"{name}: nested deeper than any story is")
    except Exception as error:
        return Outcome(name, error=f"{name}: {fault(error)}")
    finally:
        gc.enable()


# ------------------------------------------------------------------------------------------------- many stories


def run(
    jobs: Sequence[Job], *, workers: int = 1, started: Callable[[Job], None] | None = None
) -> Generator[Outcome, None, None]:
    """The outcomes of all jobs, as they come, each made by a process that is watched (see `workers.py`)."""
    from converter.build.workers import run_alone, run_parallel

    ready: list[Job] = []
    for job in jobs:
        try:
            ready.append(_with_standard_input(job))
        except ConverterError as error:
            yield Outcome(job.group.name, error=line(error, job.group.name))
    if len(ready) == 1:
        if started:
            started(ready[0])
        yield run_alone(replace(ready[0], alone=True), do)
    elif ready:
        yield from run_parallel([replace(j, alone=workers <= 1) for j in ready], do, max(1, workers), started)


def _with_standard_input(job: Job) -> Job:
    """The job with what was piped in, which no other process could read, nor anybody twice."""
    if job.group.files[0] != STANDARD_INPUT or job.problem:
        return job
    return replace(job, piped=load(STANDARD_INPUT))


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
    if records and (output.is_dir() or not output_format(output)):
        Shelf.at(output).note(records)
        for folder in {record.path.parent for record in records}:
            sweep(folder)


__all__ = [
    "Job", "Made", "Outcome", "build", "do", "fault", "make", "output_format", "plan", "read_job", "read_watched",
    "remember", "run",
]  # fmt: skip
