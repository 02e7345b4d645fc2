"""The piece of a run that is one shard: its stories made, their books put down, and last its table.

Strategy. Stories are taken out into a folder of this process's own; each is made there in a process that is watched,
its books are put at the address, and when the last story is done the table is written: it stands for the whole shard,
and a run that is begun again passes over it. A shard that is done twice, even at once, writes the same books under the
same names, for they are named by what they are made of; a table is written whole, so that the later one replaces the
same.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from converter.build.apart import ask_apart
from converter.build.executor import Make
from converter.build.file_names import safe_name
from converter.build.inputs import Job
from converter.build.outcomes import Outcome
from converter.build.registry import writer
from converter.build.shelving import runs
from converter.build.version import VERSION
from converter.build.watching import StoryLimits
from converter.catalogue.records import Story, digest
from converter.cluster.addresses import FileThere, is_private, write_whole
from converter.cluster.contents import Entry, fetched, taken_out
from converter.cluster.sources import Shard, facts_of
from converter.cluster.tables import table_of
from converter.document.findings.reading import Ended
from converter.document.record import dataclass
from converter.limits.files import read_regular
from converter.reports.run import RunRow

BOOKS, TABLES = "books", "_done"  # folders at the output's address
SCRATCH = "chapbook-shard-"  # then the process: what it works in
LARGEST_BOOK = 2_000_000_000  # bytes: what one request puts into a store
READING = StoryLimits(1_800.0, 2_000.0)  # s and MB for taking a shard's stories out, which are at most some thousand
READINGS = 2  # of a shard whose reading ended badly: it may have been another's fault
KEY = 20  # letters of a book's name that stand for what it was made of


@dataclass(frozen=True, slots=True)
class Told:
    """Something noticed about a story, and where."""

    severity: str
    code: str
    message: str
    origin: str


@dataclass(frozen=True, slots=True)
class StoryTold:
    """What became of one story of a shard."""

    name: str
    row: RunRow
    error: str = ""
    findings: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Some stories of an archive: those of these numbers."""

    shard: Shard
    first: int
    stop: int

    @property
    def facts(self) -> tuple[object, ...]:
        """What tells whether these stories are others now."""
        return (*asdict(self.shard).items(), self.first, self.stop)

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.shard.file.address} ({self.first + 1}-{self.stop})"

    def entries(self, folder: Path, options: Mapping[str, Any]) -> Iterator[Entry]:
        """The stories, taken out to below `folder`, by a process of its own: what takes that with it is told in their
        place. Raises MissingInput."""
        wanted = range(self.first, self.stop)
        if is_private(self.shard.file.address):
            yield from taken_out(self.shard, wanted, folder, options)
            return
        why: Ended | None = None
        for attempt in range(READINGS):
            told = ask_apart(partial(_all_taken_out, self.shard, wanted, folder / str(attempt), options), READING)
            if not isinstance(told, Ended):
                yield from told
                return
            why = told
        yield Entry(self.name, problem=f"{self.name}: can't be read: {why}")

    def __len__(self) -> int:
        return self.stop - self.first


@dataclass(frozen=True, slots=True)
class StoredFiles:
    """Some stories that are files of a store."""

    files: tuple[FileThere, ...]

    @property
    def facts(self) -> tuple[object, ...]:
        """See `Part`."""
        return tuple(tuple(asdict(file).items()) for file in self.files)

    @property
    def name(self) -> str:
        """See `Part`."""
        return f"{self.files[0].address} and {len(self.files) - 1} more"

    def entries(self, folder: Path, options: Mapping[str, Any]) -> Iterator[Entry]:
        """See `Part`."""
        return (fetched(file, folder / str(number), options) for number, file in enumerate(self.files))

    def __len__(self) -> int:
        return len(self.files)


@dataclass(frozen=True, slots=True)
class FolderStories:
    """Some stories of folders that every machine of the run sees under the same path."""

    jobs: tuple[Job, ...]

    @property
    def facts(self) -> tuple[object, ...]:
        """See `Part`."""
        return tuple(facts_of(job) for job in self.jobs)

    @property
    def name(self) -> str:
        """See `Part`."""
        return f"{self.jobs[0].group.name} and {len(self.jobs) - 1} more"

    def entries(self, _folder: Path, _options: Mapping[str, Any]) -> Iterator[Entry]:
        """See `Part`."""
        for job in self.jobs:
            source = str((job.group.folder or job.group.files[0]).absolute())
            yield Entry(source, None if job.problem else job, job.problem)

    def __len__(self) -> int:
        return len(self.jobs)


Contents = Part | StoredFiles | FolderStories


@dataclass(frozen=True, slots=True)
class ShardPiece:
    """One shard to be made: its stories, what was asked for, the whole address where the books go."""

    contents: Contents
    options: Mapping[str, Any]
    output: str

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.contents.name

    @property
    def table(self) -> str:
        """The name of its table: it tells the stories, what was asked for and the program's version."""
        asked = sorted((key, value) for key, value in self.options.items() if key not in ("timeout", "memory"))
        facts = repr((VERSION, type(self.contents).__name__, self.contents.facts, asked))
        return f"{digest(facts.encode('utf-8', 'surrogatepass'))}.parquet"

    def run(self, make: Make) -> Iterator[StoryTold]:
        """Makes the books of all stories and, last, the table. Raises ConverterError where a book can't be put there,
        or the shard not be read: it has no table then."""
        with _scratch() as scratch:
            stories: dict[int, Story] = {}
            waiting: dict[str, tuple[int, str, Job]] = {}
            for number, entry in enumerate(self.contents.entries(scratch / "stories", self.options)):
                if entry.job is None:
                    stories[number] = Story(entry.source, problem=entry.problem)
                    yield _failed(entry.source, entry.problem)
                else:
                    job = self._placed(entry.job, entry.source, scratch / "books" / str(number))
                    waiting[job.group.name] = (number, entry.source, job)
            for outcome in make([job for _, _, job in waiting.values()]):
                number, source, job = waiting[outcome.name]
                stories[number], told = self._put(outcome, source, job)
                yield told
            table = table_of([stories[number] for number in sorted(stories)])
            write_whole(f"{self.output}/{TABLES}/{self.table}", table)

    def _placed(self, job: Job, source: str, folder: Path) -> Job:
        """The job with the places of its books in a folder of ours."""
        stem = safe_name(job.group.stem) or "story"
        outputs = tuple((name, folder / f"{stem}{writer(name).ending}") for name in job.settings.to)
        return replace(job, sources=(source,), outputs=outputs)

    def _put(self, outcome: Outcome, source: str, job: Job) -> tuple[Story, StoryTold]:
        """Puts a story's books where they go; what is kept of it, and what is told."""
        stem = safe_name(job.group.stem) or "story"
        key = _key(outcome, job)
        books = []
        for record in outcome.records:
            name = f"{BOOKS}/{key[:2]}/{stem}-{key[:KEY]}{record.path.name[len(stem) :]}"
            data = read_regular(record.path, LARGEST_BOOK)
            write_whole(f"{self.output}/{name}", data)
            record.path.unlink()
            books.append(replace(record, path=Path(name), state=(len(data), 0, 0), noted=0))
        here, there = outcome.name, source
        error = outcome.error.replace(here, there)
        story = outcome.story(job.sources) or Story(source)
        findings = tuple((s, code, m.replace(here, there), o.replace(here, there)) for s, code, m, o in story.findings)
        if here != there and not isinstance(self.contents, FolderStories):
            story = replace(story, ingredients=())  # a file that was ours for a moment
        story = replace(story, books=tuple(books), findings=findings, problem=error)
        row = replace(
            outcome.row, story=source, books=tuple(f"{self.output}/{b.path.as_posix()}" for b in books), problem=error
        )
        return story, StoryTold(source, row, error, tuple(Told(s, c, m, o or source) for s, c, m, o in findings))


def _all_taken_out(shard: Shard, wanted: range, folder: Path, options: Mapping[str, Any]) -> list[Entry]:
    return list(taken_out(shard, wanted, folder, options))


def _key(outcome: Outcome, job: Job) -> str:
    """What stands for all that a story's books are made of, but for what a person asked for them all."""
    read = [(i.role, i.digest) for i in outcome.ingredients]
    said = [sorted(map(repr, values.items())) for values in (job.group.said, job.sidecar_values)]
    facts = repr((job.group.stem, [p.suffix for p in job.group.files], read, said))
    return digest(facts.encode("utf-8", "surrogatepass"))


def _failed(source: str, problem: str) -> StoryTold:
    return StoryTold(source, RunRow(source, "failed", problem=problem), problem)


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    """A folder that this process works in; those of processes that were killed are swept."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{SCRATCH}[0-9]*-*"):
        pid = folder.name.removeprefix(SCRATCH).partition("-")[0]
        if pid.isdecimal() and not folder.is_symlink() and not runs(int(pid)):
            with contextlib.suppress(OSError):
                if folder.stat().st_uid == os.getuid():
                    shutil.rmtree(folder, ignore_errors=True)
