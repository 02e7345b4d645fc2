"""The two functions for Python programs: `read` understands a story, `convert` makes books of it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.build.batch import Job, plan, remember
from converter.build.making import make
from converter.build.reading import read_job
from converter.build.settings import layer
from converter.catalogue.catalogue import Catalogue
from converter.document.errors import SettingError

if TYPE_CHECKING:
    from converter.build.pipeline import Converted
    from converter.document.model import Book

Paths = str | os.PathLike[str]


def read(path: Paths, *more: Paths, **asked: Any) -> Book:
    """One story as a `Book`: understood, improved and checked, not written.

    `path` is a text, a web page, a Markdown file or a folder that is one book; several paths are the chapters of one
    book. Keyword arguments are the long options of `chapbook convert` with underscores: `title="The Salt Road"`,
    `author=["Ada Thorn"]`, `no_typography=True`. Raises ConverterError.
    """
    return read_job(_one_job((path, *more), asked)).book


def convert(path: Paths, *more: Paths, output: Paths | None = None, **asked: Any) -> Converted:
    """One story as finished books, proved complete: `convert("story.txt", to=["epub", "pdf"])["epub"]` are the bytes.

    With `output`, a folder, the books are put there as the command puts them: in place of earlier ones of this story,
    never over another's book, and noted for the next run. Arguments and errors as for `read`; `timeout` and `memory`
    are kept by the command alone, since your program is not another process.
    """
    job = _one_job((path, *more), asked, Path(output) if output is not None else None)
    made = make(job, anew=True)
    if output is not None and made.outcome.records:
        with Catalogue(Path(output)) as catalogue:
            remember(Path(output), catalogue, job, made.outcome)
    if made.problem:
        raise made.problem
    assert made.converted  # nothing was kept
    return made.converted


def _one_job(paths: tuple[Paths, ...], asked: dict[str, Any], output: Path | None = None) -> Job:
    jobs = plan([Path(p) for p in paths], layer(asked, "arguments"), output or Path(), together=len(paths) > 1)
    if len(jobs) > 1:
        raise SettingError(f"{len(jobs)} stories, expected one", str(paths[0]), "name one file, or add a story.toml")
    return jobs[0] if output is not None else replace(jobs[0], outputs=(), spare=(), known=())
