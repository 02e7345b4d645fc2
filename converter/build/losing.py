"""What a book would lose when it is made again: files that it was made of, are still there, and hold no story any more.

A download that broke off, a page that was saved again as a log-in page, a disk that gives nothing: the book that was
made before has the chapter, a new one would not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.inputs import SIZE_LIMIT, Job
from converter.build.story_files import StoryFiles, shown_path
from converter.catalogue.records import Ingredient, Story, digest
from converter.document.errors import ConverterError, NotAStory
from converter.document.findings.works import WorkPartGone, WorkPartRefused, WorkPartRepeated
from converter.folders.kinds import BLANK, EMPTY
from converter.limits.files import lies, read_regular

if TYPE_CHECKING:
    from converter.build.inputs import Inputs
    from converter.catalogue.catalogue import Catalogue
    from converter.document.contracts import Reading

ANOTHER = "it is another file than when the book was made of it"
MEND = "put the file right, or take it out of the folder"
REMEDY = f"{MEND}; --force makes the book without it"


def check_nothing_lost(job: Job, inputs: Inputs, reading: Reading) -> None:
    """Raises NotAStory where the job's earlier book is there, and has words of a file that holds no story any more, or
    another file's; unless the person wants the book made whatever comes of it (`force`)."""
    if job.force or not _has_book(job):
        return
    lost = [*_refused(job, inputs, reading), *_fallen_out(job, inputs), *_torn(job, inputs)]
    if lost:
        raise loss(*lost[0], len(lost) - 1)


def without_losses(jobs: Sequence[Job]) -> list[Job]:
    """The jobs; one whose earlier book was made of a file that is left out of the folder now has a problem."""
    left = {os.path.realpath(o.path): o.what.why for job in jobs for o in job.group.left}
    return [replace(job, problem=lost) if (lost := _lost_by_name(job, left)) else job for job in jobs]


def emptied(jobs: Sequence[Job], catalogue: Catalogue) -> list[Job]:
    """A job with a problem for each file that holds nothing now, is left out of its folder therefore, and had a book of
    its own that is there. Raises OutputError."""
    found = []
    for job in jobs:
        for path in (o.path for o in job.group.left if o.what.why in (EMPTY, BLANK) and not job.force):
            earlier = next((s for s in map(catalogue.story, catalogue.made_of(path)) if s), None)
            if earlier and len(_files(earlier)) == 1 and any(lies(r.path) for r in earlier.books):
                problem = f"{shown_path(path)}: it holds nothing any more; the book that is there is kept; {MEND}"
                found.append(Job(StoryFiles((path,), path.stem), job.options, problem=problem))
    return found


def _files(story: Story) -> list[Ingredient]:
    return [i for i in story.ingredients if i.role == "story"]


def _lost_by_name(job: Job, left: Mapping[str, str]) -> str:
    """Why a job's book is not made again, where a file that it was made of is among those that are `left` out of its
    folder now (absolute paths, each with the reason); "" where nothing keeps it from it."""
    if job.force or job.problem or not left or not _has_book(job):
        return ""
    own = {os.path.realpath(path) for path in job.group.files}
    lost = [i.path for i in _stories(job) if str(i.path) not in own and str(i.path) in left]
    return str(loss(_shown(lost[0], job), left[str(lost[0])].partition(";")[0], len(lost) - 1)) if lost else ""


def without_torn(jobs: Sequence[Job], catalogue: Catalogue) -> list[Job]:
    """The jobs; where a file of an earlier book broke and tells another story now, or none, its other files may be
    taken for a book of their own: that has a problem then. What they told is in the book that is there, which is kept
    (`_torn` sees to that). Raises OutputError."""
    torn = list(jobs)
    for n, job in enumerate(jobs):
        if job.force or job.problem or _has_book(job) or not job.sources:
            continue
        earlier = next(map(catalogue.story, catalogue.made_of(job.group.files[0])), None)
        if not earlier or not any(lies(r.path) for r in earlier.books):
            continue
        files = [i for i in earlier.ingredients if i.role == "story"]
        changed = [i.path for i in files if lies(i.path) and _is_another(i)]
        own = {os.path.realpath(path) for path in job.group.files}
        if not changed or not own.issubset({str(i.path) for i in files}.difference(map(str, changed))):
            continue
        broke = f"{_shown(changed[0], job)} is another file than when the book was made of it"
        torn[n] = replace(
            job, problem=f"{job.group.name}: the book that is there has it and is kept, for {broke}; {REMEDY}"
        )
    return torn


def _is_another(earlier: Ingredient) -> bool:
    """Whether a file has other bytes than when the book was made of it."""
    if earlier.is_unchanged:
        return False
    try:
        return digest(read_regular(earlier.path, SIZE_LIMIT)) != earlier.digest
    except (OSError, ValueError):
        return True


def gone(job: Job, inputs: Inputs) -> tuple[WorkPartGone, ...]:
    """The files that the job's earlier book was made of and that are no longer there, under any name."""
    now = {i.digest for i in inputs.ingredients}
    names = tuple(_shown(i.path, job) for i in _stories(job) if not lies(i.path) and i.digest not in now)
    return (WorkPartGone(names),) if names and _has_book(job) and not job.moved_from else ()


def _has_book(job: Job) -> bool:
    return any(lies(record.path) for record in job.known)


def _stories(job: Job) -> list[Ingredient]:
    """The files that the earlier book was made of, but those of which the story now is a fuller or newer copy."""
    twins = job.group.book.twins if job.group.book else ()
    copies = {os.path.realpath(job.group.path_of(twin)) for twin in twins if not twin.made}
    return [i for i in job.ingredients if i.role == "story" and str(i.path) not in copies]


def _shown(path: Path, job: Job) -> str:
    """A file's path as the person would write it: beside the story's other files."""
    first = job.group.files[0]
    home = Path(os.path.realpath(first)).parent
    return shown_path(first.parent / os.path.relpath(path, home))


def loss(name: str, why: str, others: int) -> NotAStory:
    """That a book is kept, for a file of this name, and so many others, would be lost to it, and why."""
    more = f" (and so for {others} more)" if others else ""
    return NotAStory(f"{why}, and the book would lose what it told{more}; the book that is there is kept", name, REMEDY)


def _refused(job: Job, inputs: Inputs, reading: Reading) -> Iterator[tuple[str, str]]:
    """The story's files of which the reading has nothing, and had something when they were others."""
    before = {i.path: i.digest for i in _stories(job)}
    names = {shown_path(path): i for path, i in zip(job.group.files, inputs.ingredients, strict=False)}
    for finding in reading.findings:
        if not isinstance(finding, WorkPartRefused | WorkPartRepeated) or finding.origin is None:
            continue
        now = names.get(finding.origin.source)
        if now and before.get(now.path, now.digest) != now.digest:
            why = finding.what if isinstance(finding, WorkPartRefused) else f"it is the same as {finding.earlier}"
            yield finding.origin.source, why


def _torn(job: Job, inputs: Inputs) -> Iterator[tuple[str, str]]:
    """The story's file, where all that is left of the earlier book in it is another file than it was, and the book's
    others are as they were, and no files of this story any more."""
    now = {i.path: i.digest for i in inputs.ingredients if i.role == "story"}
    before = {i.path: i.digest for i in _stories(job)}
    if any(before[path] == now[path] for path in before.keys() & now.keys()):
        return
    if any(i.path not in now and lies(i.path) and not _is_another(i) for i in _stories(job)):
        yield job.group.name, ANOTHER


def _fallen_out(job: Job, inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Files of the earlier book that are no files of this story any more and have other bytes now: they hold no story,
    or another one."""
    from converter.build.given import Given
    from converter.build.inputs import load
    from converter.build.parsing import parse_sources
    from converter.document.contracts import Source, no_assets

    now = {i.path for i in inputs.ingredients}
    for earlier in _stories(job):
        if earlier.path in now or not lies(earlier.path):
            continue
        name = _shown(earlier.path, job)
        try:
            data = load(earlier.path)
            if digest(data) == earlier.digest:
                continue
            source = Source(name, data, earlier.path.suffix.lower(), no_assets)
            parse_sources((source,), job.settings, Given(inputs.above, inputs.below, inputs.modified), frozenset())
        except ConverterError as error:
            yield name, error.what
        else:
            yield name, ANOTHER
