"""The two functions for Python programs: `read` understands a story, `convert` makes books of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.batch import Job, plan, read_job
from converter.errors import SettingError
from converter.settings import layer
from converter.shelving import write_book

if TYPE_CHECKING:
    from converter.model import Book
    from converter.pipeline import Converted

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

    With `output`, a folder, the books are written there as well. Arguments and errors as for `read`.
    """
    from converter import pipeline
    from converter.themes import load_theme

    job = _one_job((path, *more), asked, Path(output) if output is not None else Path())
    made = pipeline.convert(read_job(job), load_theme(job.settings.style), job.settings)
    if output is not None:
        for (_, place), (_, data) in zip(job.outputs, made.files, strict=True):
            write_book(place, data)
    return made


def _one_job(paths: tuple[Paths, ...], asked: dict[str, Any], output: Path = Path()) -> Job:
    jobs = plan([Path(p) for p in paths], layer(asked, "arguments"), output, together=len(paths) > 1)
    if len(jobs) > 1:
        raise SettingError(f"{len(jobs)} stories, expected one", str(paths[0]), "name one file, or add a story.toml")
    return jobs[0]
