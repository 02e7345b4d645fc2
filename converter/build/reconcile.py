"""Heaps of files in which stories are there several times: the groups of copies, and one book for each.

Strategy. Each file is read by a process that is watched and gives its fingerprint alone, so that a heap of any size
takes little memory. The groups are found among the fingerprints. Each group is then a job like any story: a process
reads its files once more, joins them, and writes the book and the page of its changes. No file is changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.build.folders import find_stories
from converter.build.given import EarlierBook
from converter.build.inputs import Job
from converter.build.lost_copies import without_lost_copies
from converter.build.outcomes import Outcome, answered
from converter.build.read_copies import fingerprint, read_copy, shown_row
from converter.build.reconciled import is_page_of_changes, shelved
from converter.build.registry import writer
from converter.build.sidecars import sidecar
from converter.build.story_files import LeftOut, StoryFiles
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import RECONCILED
from converter.document.errors import ConverterError, OutputError
from converter.document.record import dataclass
from converter.folders.kinds import BLANK, EMPTY
from converter.folders.understood import FolderBook
from converter.limits.files import lies

if TYPE_CHECKING:
    from converter.document.findings.copies import CopyApart, CopyCollection, CopyLeft
    from converter.reconciling.copies import Copy

_Told = tuple["Job", "Copy"]  # a copy, and the job that reads it
MARK = " (reconciled)"  # behind the name of the fullest copy: no book that `convert` makes of it is replaced
MANY_NAMES = 10_000  # books of one name in a folder


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a heap as jobs, each by itself, and which of them are the chapters of one work by their names; the
    job of each such work; what lies there and is no story by its look."""

    jobs: tuple[Job, ...]
    families: tuple[tuple[int, ...], ...]
    works: tuple[Job, ...]
    left: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Heap:
    """What was found in a heap: the files of each story that is there more than once, as jobs; the names of those that
    have no other copy; those that hold no story that can be read; and what was doubtful."""

    jobs: tuple[Job, ...]
    alone: tuple[str, ...]
    failed: tuple[Outcome, ...]
    doubts: tuple[CopyApart | CopyCollection | CopyLeft, ...]

    @property
    def has_failed(self) -> bool:
        """Whether a file could not be read, beside lists of works; or there is nothing but these."""
        nothing = not (self.jobs or self.alone)
        return any(nothing or not outcome.listed for outcome in self.failed)


# ------------------------------------------------------------------------------------------------------- the heap


def files_of(paths: Sequence[Path], options: Mapping[str, Any], output: Path) -> Files:
    """The files below these paths; the output folder is not searched, and pages of changes are no stories. Raises
    MissingInput, UnknownFormat."""
    found = find_stories(paths, avoid=output)
    stories = (
        replace(group, files=tuple(f for f in group.files if not is_page_of_changes(f)))
        for one in found
        for group in (one, *_twins(one))
    )
    return _files([group for group in stories if group.files], options)


def _twins(group: StoryFiles) -> Iterator[StoryFiles]:
    """The files that tell a story again and that `convert` leaves out: here they are what is asked for."""
    for twin in group.book.twins if group.book and group.home else ():
        if not twin.made:
            path = group.home / twin.name if group.home else group.files[0]
            yield StoryFiles((path,), path.stem, group.below, home=group.home, book=_found(path))


def look_through(
    files: Files,
    options: Mapping[str, Any],
    output: Path,
    *,
    workers: int = 1,
    started: Callable[[Job], None] | None = None,
    done: Callable[[Outcome], None] | None = None,
    force: bool = False,
) -> Heap:
    """Reads the files and finds the groups of copies. Writes nothing. `done` is told of each file."""
    from converter.reconciling.copies import Copy
    from converter.reconciling.groups import grouped

    jobs = files.jobs
    outcomes: dict[int, Outcome] = {}
    for number, outcome in _done(jobs, fingerprint, workers, started):
        outcomes[number] = outcome
        if done:
            done(outcome)
    read = [n for n in range(len(jobs)) if isinstance(outcomes[n].about, Copy)]
    copies = [about for n in read if isinstance(about := outcomes[n].about, Copy)]
    place = {n: at for at, n in enumerate(read)}
    told, families = _whole([(jobs[n], copies[at]) for at, n in enumerate(read)], files, place)
    found = grouped([copy for _, copy in told], families)
    with Catalogue(output) as catalogue:
        named = _Names(output, catalogue)
        groups = tuple(named.placed([told[at] for at in members], options, force) for members in found.groups)
        if not force:
            groups = without_lost_copies(
                groups, [(jobs[n], outcomes[n]) for n in range(len(jobs)) if n not in place], catalogue
            )
    failed = tuple(outcomes[n] for n in range(len(jobs)) if n not in place)
    return Heap(groups, tuple(told[at][1].file for at in found.alone), failed, found.doubts)


def _whole(single: Sequence[_Told], files: Files, place: Mapping[int, int]) -> tuple[list[_Told], list[list[int]]]:
    """The copies of a heap with their jobs, those in parts as one each; and the families of the others. `place` says
    where the file of each job is among the `single` ones."""
    from converter.reconciling.groups import shared_chapters
    from converter.reconciling.in_parts import as_one, in_parts

    families = _families(single, files, place)
    if not families:
        return list(single), []
    of_parts = set(in_parts(families, shared_chapters([copy for _, copy in single])))
    inside = {at for number in of_parts for at in families[number]}
    left = [at for at in range(len(single)) if at not in inside]
    now = {at: n for n, at in enumerate(left)}
    told = [single[at] for at in left]
    for number in sorted(of_parts):
        job = _of(files.works[number], [path for at in families[number] for path in single[at][0].group.files])
        parts = [single[at][1] for at in families[number]]
        told.append((job, as_one(parts, shown_row(job.group), job.group.stem)))
    return told, [[now[at] for at in family] for n, family in enumerate(families) if n not in of_parts]


def _families(single: Sequence[_Told], files: Files, place: Mapping[int, int]) -> list[list[int]]:
    """The works by the places of their files that were read, without those that tell nothing where others do: what is
    to be bought is no chapter."""
    families = []
    for family in files.families:
        read = [place[n] for n in family if n in place]
        told = [at for at in read if not single[at][1].jotted]
        families.append(told if 2 * len(told) > len(read) else read)
    return families


def _of(work: Job, files: Sequence[Path]) -> Job:
    """The job of a work of which these files are read."""
    return work if tuple(files) == work.group.files else replace(work, group=replace(work.group, files=tuple(files)))


def _fullness(copy: Copy) -> tuple[int, int, str, int]:
    """The more of it, the less of a reader's remarks, the newer, the less deep in folders."""
    return copy.own_words, -copy.words, copy.changed, -copy.file.count("/")


def _files(found: Iterable[StoryFiles], options: Mapping[str, Any]) -> Files:
    """A job for each file, and for each folder that is a book; and which of them are one work by their names."""
    jobs: list[Job] = []
    families: list[tuple[int, ...]] = []
    works: list[Job] = []
    left: list[LeftOut] = []
    seen: set[tuple[Path, ...]] = set()
    for group in found:
        jobs += [_file_job(StoryFiles((path,), path.stem, group.below), options) for path in _emptied(group)]
        left += [o for o in group.left if _is_no_story(o)]
        first = len(jobs)
        if group.files in seen:
            continue
        seen.add(group.files)
        if group.folder or group.problem or len(group.files) == 1:
            jobs.append(_file_job(group, options))
            continue
        single = (StoryFiles((f,), f.stem, group.below, book=_found(f)) for f in group.files)
        jobs += [_file_job(one, options) for one in single]
        families.append(tuple(range(first, len(jobs))))
        works.append(_file_job(group, options))
    return Files(tuple(jobs), tuple(families), tuple(works), tuple(left))


def _found(path: Path) -> FolderBook:
    """What is said of a file that nobody named: it lay in a folder."""
    return FolderBook((path.name,), "a copy in a heap")


def _emptied(group: StoryFiles) -> list[Path]:
    """Files beside a story that hold nothing: perhaps one of them was a copy, and broke."""
    return [o.path for o in group.left if o.what.kind == "no story" and o.what.why in (EMPTY, BLANK)]


def _is_no_story(other: LeftOut) -> bool:
    """Whether somebody may take a file for a story that is none, and no page of ours."""
    empty = other.what.why in (EMPTY, BLANK)
    return other.what.kind == "no story" and not empty and not is_page_of_changes(other.path)


def _file_job(group: StoryFiles, options: Mapping[str, Any]) -> Job:
    if group.problem:
        return Job(group, options, problem=group.problem)
    try:
        values, where = sidecar(group)
    except ConverterError as error:
        return Job(group, options, problem=str(error))
    return Job(group, options, values, where)


def _done(
    jobs: Sequence[Job],
    do: Callable[[Job], Outcome],
    workers: int,
    started: Callable[[Job], None] | None,
) -> Iterator[tuple[int, Outcome]]:
    """What became of each job, by its number, each in a process that is watched."""
    from converter.build.workers import run_parallel

    numbers = {job.group.name: n for n, job in enumerate(jobs)}
    for outcome in run_parallel(jobs, do, max(1, workers), started):
        yield numbers[outcome.name], outcome


# ------------------------------------------------------------------------------------------------------- the books


class _Names:
    """The names of the books of a run: none is another's, and none that of a book which is there and not ours."""

    def __init__(self, output: Path, catalogue: Catalogue) -> None:
        self.output, self.catalogue = output, catalogue
        self.given: set[str] = set()

    def placed(self, told: Sequence[_Told], options: Mapping[str, Any], force: bool) -> Job:
        """The job of a group: all its files, and the places of its book."""
        files = tuple(path for job, _ in told for path in job.group.files)
        main = max(told, key=lambda one: _fullness(one[1]))[0].group
        sources = (self.catalogue.name(files[0]) + RECONCILED,)
        rows = tuple(job.group for job, _ in told if len(job.group.files) > 1 and not job.group.folder)
        job = Job(StoryFiles(files, main.stem, main.below), options, sources=sources, force=force, rows=rows)
        folder = self.output / main.below
        mine = [r.path for r in self.catalogue.records_of(sources) if r.path.parent == folder and lies(r.path)]
        outputs = self._free(folder, main.stem + MARK, job.settings.to, on_disk=False, mine=mine)
        spare = self._free(folder, main.stem + MARK, job.settings.to, on_disk=True)
        known = tuple(r for _, path in (*outputs, *spare) if (r := self.catalogue.record(path)))
        return replace(job, outputs=outputs, spare=spare, known=known)

    def _free(
        self, folder: Path, stem: str, formats: Sequence[str], *, on_disk: bool, mine: Sequence[Path] = ()
    ) -> tuple[tuple[str, Path], ...]:
        """The places of books of this name: that of an earlier book of these files, else the first that is free."""
        stem = "".join(c if c.isprintable() else "_" for c in stem)
        endings = [writer(f).ending for f in formats]
        earlier = (path.name.removesuffix(end) for path in mine for end in endings if path.name.endswith(end))
        names = [name for name in earlier if name.startswith(stem)]
        for name in (*names, stem, *(f"{stem}-{n}" for n in range(2, MANY_NAMES))):
            paths = [folder / (name + end) for end in endings]
            keys = {str(path).casefold() for path in paths}
            if self.given.isdisjoint(keys) and not (on_disk and any(map(lies, paths))):
                self.given |= keys
                return tuple(zip(formats, paths, strict=True))
        raise OutputError("too many books of one name", stem, "choose another folder with -o")


def reconcile(
    jobs: Sequence[Job],
    output: Path,
    *,
    workers: int = 1,
    write: bool = True,
    started: Callable[[Job], None] | None = None,
) -> Iterator[Outcome]:
    """The outcomes of the groups' jobs, each with its `Reconciled`; `write`: the books, too, noted for the next run.
    Raises OutputError when the notes can't be written."""
    from converter.build.batch import remember

    with Catalogue(output) as catalogue:
        for number, outcome in _done(jobs, partial(make_reconciled, write=write), workers, started):
            if write:
                remember(output, catalogue, jobs[number], outcome)
            yield outcome


def make_reconciled(job: Job, *, write: bool) -> Outcome:
    """One group of copies to its book. Never raises, except MemoryError."""
    return answered(job.group.name, lambda: _reconciled(job, write))


def _reconciled(job: Job, write: bool) -> Outcome:
    from converter.build.joined import findings_of, joined
    from converter.document.words import count_chapters, count_words
    from converter.reports.heaps import gathered

    if job.problem:
        return Outcome(job.group.name, error=job.problem)
    files = [read_copy(replace(own, plain=job.plain)) for own in _own_jobs(job)]
    made = next((r for r in job.known if r.identifier), None)
    earlier = EarlierBook(made.identifier, made.title, made.opening) if made else None
    whole = joined([file.copy for file in files], [file.reading for file in files], earlier, _around(job.group))
    book = whole.reading.book
    findings = gathered(findings_of(whole.reading), book)
    outcome = Outcome(
        job.group.name,
        title=book.metadata.title,
        authors=book.metadata.authors,
        chapters=count_chapters(book),
        words=count_words(c for _, c in book.walk()),
        findings=findings,
        ingredients=tuple(i for file in files for i in file.ingredients),
        about=whole.result,
    )
    return shelved(job, replace(whole.reading, findings=findings), outcome, whole.result) if write else outcome


def _around(group: StoryFiles) -> str:
    """The name of the folder in which all copies of a group lie, where they have folders of their own."""
    homes = {file.resolve().parent for file in group.files}
    return Path(os.path.commonpath(homes)).name if len(homes) > 1 else ""


def _own_jobs(job: Job) -> tuple[Job, ...]:
    """The jobs of the copies of a group, each of one file, of a row of files, or of a folder that is one book."""
    rows = tuple(_file_job(row, job.options) for row in job.rows)
    inside = {path for row in job.rows for path in row.files}
    single = [path for path in job.group.files if path not in inside]
    return (*_files(_by_folder(single), job.options).jobs, *rows)


def _by_folder(files: Sequence[Path]) -> Iterator[StoryFiles]:
    from converter.build.folders import SIDECAR

    books: dict[Path, list[Path]] = {}
    for path in files:
        whole = (path.parent / SIDECAR).is_file()
        books.setdefault(path.parent if whole else path, []).append(path)
    for place, own in books.items():
        folder = place if place != own[0] else None
        yield StoryFiles(tuple(own), place.resolve().name if len(own) > 1 else own[0].stem, folder=folder)
