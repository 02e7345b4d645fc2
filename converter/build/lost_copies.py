"""What a book of several copies would lose when it is made again: a copy that it was made of, and that can't be read
any more. As with any other book, the one that is there is kept then."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from converter.build.inputs import Job
from converter.build.losing import loss
from converter.build.outcomes import Outcome
from converter.build.story_files import StoryFiles, shown_path
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import RECONCILED, Story
from converter.limits.files import lies


def without_lost_copies(
    groups: Sequence[Job], unread: Sequence[tuple[Job, Outcome]], catalogue: Catalogue
) -> tuple[Job, ...]:
    """The groups' jobs; those whose earlier book has words of a file that can't be read now (`unread`: the jobs of such
    files and what came of them) have a problem. An earlier book of which too few copies are left for a group is a job
    of its own that has one. Raises OutputError."""
    why = {os.path.realpath(path): o.error for job, o in unread for path in job.group.files}
    if not why:
        return tuple(groups)
    files = [{os.path.realpath(path) for path in job.group.files} for job in groups]
    jobs = list(groups)
    for story in _earlier(catalogue):
        before = [str(i.path) for i in story.ingredients if i.role == "story"]
        lost = [path for path in before if path in why and lies(Path(path))]
        if not lost:
            continue
        problem = str(loss(_shown(lost[0], unread), _reason(why[lost[0]]), len(lost) - 1))
        at = max(range(len(jobs)), key=lambda n: len(files[n].intersection(before)), default=None)
        if at is not None and files[at].intersection(before):
            jobs[at] = replace(jobs[at], problem=problem, sources=(story.source,))
        else:
            group = StoryFiles(tuple(map(Path, before)), Path(before[0]).stem)
            jobs.append(Job(group, unread[0][0].options, sources=(story.source,), problem=problem))
    return tuple(jobs)


def _earlier(catalogue: Catalogue) -> Iterator[Story]:
    """The stories that were put together of copies and whose book is there."""
    for story in catalogue.stories() if catalogue.is_kept else ():
        if story.source.endswith(RECONCILED) and any(lies(book.path) for book in story.books):
            yield story


def _shown(path: str, unread: Sequence[tuple[Job, Outcome]]) -> str:
    """A file as the person named it."""
    return next(shown_path(f) for job, _ in unread for f in job.group.files if os.path.realpath(f) == path)


def _reason(error: str) -> str:
    """Why a file can't be read, out of the line that tells it."""
    return error.partition(": ")[2].partition(";")[0] or error
