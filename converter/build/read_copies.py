"""One copy in a heap as it is read: what it is known by, what was read, and how old each of its chapters is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from converter.build.inputs import Job, gather
from converter.build.outcomes import Outcome, answered
from converter.build.story_files import StoryFiles
from converter.document.errors import ProofError

if TYPE_CHECKING:
    from converter.catalogue.records import Ingredient
    from converter.document.contracts import Reading
    from converter.reconciling.copies import Copy


def shown_row(group: StoryFiles) -> str:
    """What messages call a copy in several files: its first and its last."""
    if group.folder or len(group.files) == 1:
        return group.name
    return f"{group.name} … {group.files[-1].name}"


def fingerprint(job: Job) -> Outcome:
    """What one file is known by; of a list of works that lay in a folder, that it is one. Never raises, except
    MemoryError."""
    name = job.group.name
    return answered(name, lambda: Outcome(name, about=read_copy(job).copy), named=job.group.was_named)


def _dates(reading: Reading, copy: Copy, files: Sequence[Path]) -> Iterator[tuple[str, float]]:
    """The date and the time of saving of each chapter of a copy in several files: those of the file that holds it."""
    from converter.recognisers.metadata.versions import date_in

    of = {path.name: (date_in(path.stem) or copy.changed, path.stat().st_mtime) for path in files}
    for _, chapter in reading.book.walk():
        name = PurePath(chapter.origin.source).name if chapter.origin else ""
        yield of.get(name, (copy.changed, copy.saved))


class ReadCopy(NamedTuple):
    """One file understood: what it is known by, what was read, and what that was made from."""

    copy: Copy
    reading: Reading
    ingredients: tuple[Ingredient, ...]


def read_copy(job: Job) -> ReadCopy:
    """One file understood, its words proved to be the file's. Raises ConverterError."""
    from converter.build.reading import read_inputs
    from converter.document.errors import SettingError
    from converter.proof import prove_parsed
    from converter.reconciling.copies import copy_of

    if job.problem:
        raise SettingError(job.problem)
    inputs = gather(job)
    reading = read_inputs(inputs, job)
    try:
        if not reading.unbalanced:
            prove_parsed(reading)
    except ProofError as trouble:
        if job.settings.strict:
            raise
        reading = read_inputs(inputs, job, trouble=trouble)
    saved = max(path.stat().st_mtime for path in job.group.files)
    copy = copy_of(reading.book, shown_row(job.group), job.group.stem, saved)
    if len(job.group.files) > 1:
        copy = replace(copy, dates=tuple(_dates(reading, copy, job.group.files)))
    return ReadCopy(copy, reading, tuple(i for i in inputs.ingredients if i.role == "story"))
