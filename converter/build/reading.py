"""From a job's files to its `Reading`, by this process or by one that is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.build.given import EarlierBook, Given
from converter.build.inputs import Inputs, Job, gather, with_standard_input
from converter.document.errors import ProofError, SettingError
from converter.document.findings.works import StoryAlike, StoryTwin
from converter.folders.understood import FolderBook

if TYPE_CHECKING:
    from converter.build.story_files import StoryFiles
    from converter.document.contracts import Reading
    from converter.document.findings.union import Finding
    from converter.document.model import Metadata


def read_job(job: Job) -> Reading:
    """One story understood. Raises ConverterError."""
    if job.problem:
        raise SettingError(job.problem)
    from converter.build import pipeline

    inputs = gather(job)
    try:
        return pipeline.examined(read_inputs(inputs, job))
    except ProofError as trouble:
        if job.settings.strict:
            raise
        return pipeline.examined(read_inputs(inputs, job, trouble=trouble))


def stage_of(job: Job, name: str) -> tuple[str, ...]:
    """A stage of how each file of a job is read, as lines, by a process that is watched.

    Raises InputError, SettingError, NotAStory; ConverterError where it comes to no end.
    """
    from converter.build.forked import ask_alone

    return ask_alone(with_standard_input(job), lambda job: _stage_of(job, name))


def _stage_of(job: Job, name: str) -> tuple[str, ...]:
    from converter.build.parsing import stage_lines

    inputs = gather(job)
    return tuple(line for source in inputs.sources for line in stage_lines(source, name, job.settings, inputs.sites))


def read_watched(job: Job) -> Reading:
    """`read_job` by a process that is watched: a story that takes too long or too much is read plainly."""
    from converter.build.forked import read_alone

    return read_alone(with_standard_input(job), read_job)


def read_inputs(
    inputs: Inputs,
    job: Job,
    on_metadata: Callable[[Metadata], None] | None = None,
    trouble: ProofError | None = None,
) -> Reading:
    """The story of a job; `trouble` is how its usual reading ended."""
    from converter.build import pipeline

    made = next((r for r in job.known if r.identifier), None)
    earlier = EarlierBook(made.identifier, made.title, made.opening) if made else None
    book = job.group.book or FolderBook((), "")
    given = Given(
        inputs.above, inputs.below, inputs.modified, inputs.cover, inputs.sites, job.in_order, earlier,
        book.titles, book.parts, book.settled,
    )  # fmt: skip
    reading = pipeline.understand(
        inputs.sources, job.settings, given, plain=job.plain, trouble=trouble, on_metadata=on_metadata
    )
    return replace(reading, findings=(*_of_its_files(job.group), *inputs.findings, *reading.findings))


def _of_its_files(group: StoryFiles) -> Iterator[Finding]:
    """What is to be told of which files are this story."""
    if group.doubt:
        yield group.doubt
    for twin in group.book.twins if group.book else ():
        yield (StoryAlike if twin.made else StoryTwin)(twin.name, twin.of, twin.why)
