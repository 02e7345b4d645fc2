"""From paths to books on disk; with `folders.py`, `shelving.py`, `workers.py` all that touches files and processes.

Strategy. A *job* is one story: its files in reading order, what was asked for, its outputs. All jobs are planned before
anything is written, then done one by one, in worker processes when there are several. A job never raises: what went
wrong is part of its `Outcome`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.ahead import CoverAhead, ExaminedAhead
from converter.contracts import Diagnostic
from converter.errors import ConverterError, OutputError, SettingError
from converter.folders import Group, find_stories, sidecar
from converter.inputs import Inputs, Job, gather
from converter.record import dataclass
from converter.settings import FORMATS
from converter.shelving import FULL, Record, Shelf, digest, same_story, write_book

if TYPE_CHECKING:
    from converter.contracts import Reading, Theme
    from converter.model import Metadata


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: books written, books kept because they are up to date, or the line that says why not."""

    name: str
    written: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    error: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    chapters: int = 0
    words: int = 0
    changes: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    records: tuple[Record, ...] = ()


# ------------------------------------------------------------------------------------------------------ planning


def plan(
    paths: Sequence[Path], given: Mapping[str, Any], output: Path, *, together: bool = False, force: bool = False
) -> tuple[Job, ...]:
    """The jobs these paths stand for. `output` is a folder, or the book's file when it ends like one.

    `together` makes all files one book. A story whose sidecar can't be read becomes a job with a `problem`.
    Raises MissingInput, UnknownFormat, SettingError.
    """
    as_file = output_format(output) if not output.is_dir() else ""
    groups = find_stories(paths, avoid=None if as_file else output)
    if together and len(groups) > 1:
        files = tuple(f for g in groups for f in g.files)
        groups = (Group(files, paths[0].stem),)
    if as_file:
        if len(groups) > 1:
            raise SettingError(
                f"{len(groups)} stories can't become one file", str(output), "name a folder, or --together"
            )
        given = {**given, "to": (as_file,)}
    shelf = Shelf.at(output) if not as_file else None
    taken: set[Path] = set()
    jobs = []
    for group in groups:
        try:
            said, where = sidecar(group)
        except ConverterError as error:
            jobs.append(Job(group, given, problem=str(error)))
            continue
        job = Job(group, given, said, where, force=force, in_order=together and _written_down(paths))
        formats = job.settings.to
        stem = output if as_file else _free_stem(output, group, formats, taken)
        outputs = tuple((f, stem if as_file else stem.with_name(stem.name + FORMATS[f])) for f in formats)
        known = tuple(r for _, p in outputs if shelf and (r := shelf.record(p)))
        jobs.append(replace(job, outputs=outputs, known=known))
    return tuple(jobs)


def _written_down(paths: Sequence[Path]) -> bool:
    """Whether the files were named in an order of somebody's own: a shell's pattern gives them by name."""
    names = [str(p) for p in paths]
    by_name = names == sorted(names) or names == sorted(names, key=str.casefold)
    return len(names) > 1 and not by_name and not any(p.is_dir() for p in paths)


def output_format(path: Path) -> str:
    """The format a file of this name would have, or ""."""
    name = path.name.lower()
    return next((f for f, end in sorted(FORMATS.items(), key=lambda i: -len(i[1])) if name.endswith(end)), "")


def _free_stem(output: Path, group: Group, formats: Sequence[str], taken: set[Path]) -> Path:
    """A name no other story of this run has: the file's own, then with its folder, its suffix, a number."""
    folder = output / group.below
    first = group.files[0]
    parent = first.parent.name
    names = [group.stem, *([f"{parent} - {group.stem}"] if parent else []), first.name]
    for name in (*names, *(f"{group.stem}-{n}" for n in range(2, 10_000))):
        paths = {(folder / (name + FORMATS[f])) for f in formats}
        keys = {Path(str(p).casefold()) for p in paths}  # many disks don't tell "A" from "a"
        if taken.isdisjoint(keys):
            taken.update(keys)
            return folder / name
    raise SettingError("too many stories of one name", group.name)


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
        return Outcome(name, error=_line(error, name))
    except MemoryError:
        return Outcome(name, error=f"{name}: not enough memory for this story; try fewer --jobs")
    except RecursionError:
        return Outcome(name, error=f"{name}: nested deeper than any story is")
    except Exception as error:
        return Outcome(name, error=f"{name}: {fault(error)}")
    finally:
        gc.enable()


def _line(error: ConverterError | OSError, name: str, path: Path | None = None) -> str:
    """An error as one line that says where: the error's own place, the book, or the story."""
    if isinstance(error, OSError):
        remedy = "make room on the disk" if error.errno in FULL else "check the folder"
        error = OutputError((error.strerror or str(error)).lower(), str(path or name), remedy)
    return str(error) if error.where else f"{name}: {error}"


def fault(error: BaseException) -> str:
    """A fault of the program as one line: what, and where in the program."""
    import traceback

    here = str(Path(__file__).parent)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(here)]
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    said = " ".join(str(error).split())[:200]
    return f"a fault of the program: {type(error).__name__}: {said}{place}; please report it with the story"


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
            error = error or _line(failed, job.group.name, path)
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


__all__ = ["Job", "Outcome", "do", "plan", "read_job", "remember", "run"]
