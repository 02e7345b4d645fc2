"""From paths to jobs: which stories they stand for, what was asked for each, and where its books go. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from converter.errors import ConverterError, SettingError
from converter.folders import Group, find_stories, sidecar
from converter.inputs import Job
from converter.settings import FORMATS
from converter.shelving import Shelf


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
