"""Stories of which nothing changed since their books were made: told by sizes and times, without reading any."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from converter.build.inputs import Job, other_files
from converter.build.made_from import made_from
from converter.build.outcomes import Outcome
from converter.build.places import places_known
from converter.build.registry import writer
from converter.build.story_files import STANDARD_INPUT
from converter.catalogue.records import Ingredient, Record


def unchanged(job: Job) -> Outcome | None:
    """The outcome of a job whose files and books all are what they were when the catalogue noted them; else None.

    A file counts as unchanged when its size, its time and its inode are.
    """
    if job.force or job.problem or not job.known or not job.ingredients or not job.outputs:
        return None
    if job.output:  # its books are to have other names
        return None
    now = [("story", file) for file in job.group.files if file != STANDARD_INPUT]
    now += other_files(job)
    read = [i for i in job.ingredients if i.role != "asset"]
    if [(i.role, i.path) for i in read] != [(role, Path(os.path.realpath(path))) for role, path in now]:
        return None
    if not all(i.is_unchanged for i in job.ingredients):
        return None
    books: list[Record] = []
    for name, path in job.outputs:
        of_format = current_books(job, name, path, read, lambda r, ways: r.is_untouched and r.made_from in ways)
        if not of_format:
            return None
        books += of_format
    return Outcome(job.group.name, kept=tuple(r.path for r in books), title=books[0].title)


def current_books(
    job: Job, name: str, path: Path, read: Sequence[Ingredient], holds: Callable[[Record, frozenset[str]], bool]
) -> list[Record]:
    """The books of one format, in one or in volumes, where all are known and each `holds`: it is asked with the digests
    of what a book would be made from now, read as usual or plainly. `path` is where the only book would be."""
    known = {r.path: r for r in job.known}
    for paths in places_known(known, path, writer(name).ending, divided=bool(job.settings.volumes)):
        books = [known[p] for p in paths if p in known]
        if books and len(books) == len(paths):
            ways = frozenset(made_from(job, name, read, plain=plain) for plain in (False, True))
            if all(holds(book, ways) for book in books):
                return books
    return []
