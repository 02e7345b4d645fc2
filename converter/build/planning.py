"""From paths to jobs: which stories they stand for, what was asked for each, and where its books go. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from converter.build.folders import STANDARD_INPUT, Memory, StoryFiles, find_stories
from converter.build.inputs import Job
from converter.build.outcomes import fault
from converter.build.registry import format_of, format_written_to, writer
from converter.build.shelving import Shelf
from converter.build.sidecars import Defaults, sidecar
from converter.build.volumes import volume_path
from converter.document.errors import ConverterError, SettingError


def plan(
    paths: Sequence[Path],
    options: Mapping[str, Any],
    output: Path,
    *,
    together: bool = False,
    force: bool = False,
    memory: Memory | None = None,
    written: Sequence[StoryFiles] = (),
) -> tuple[Job, ...]:
    """The jobs these paths stand for, or a plan that was written down. `output` is a folder, or the book's file when it
    ends like one.

    `together` makes all files one book; `memory` knows what was understood of folders before. A story whose sidecar
    can't be read becomes a job with a `problem`.
    Raises MissingInput, UnknownFormat, SettingError.
    """
    as_file = format_written_to(output.name) if not output.is_dir() else ""
    groups = tuple(written) or find_stories(paths, avoid=None if as_file else output, memory=memory)
    if together and len(groups) > 1:
        groups = (_as_one(groups, paths[0]),)
    if as_file:
        if len(groups) > 1:
            raise SettingError(
                f"{len(groups)} stories can't become one file", str(output), "name a folder, or --together"
            )
        options = {**options, "to": (as_file,)}
    run = _Shared(output, Shelf.at(output.parent if as_file else output), set(), bool(as_file), Defaults())
    in_order = together and _written_down(paths)
    jobs = [_job(group, options, run, force=force, in_order=in_order) for group in groups]
    return tuple(jobs) if as_file else tuple(_with_spare(job, run) for job in jobs)


class _Shared(NamedTuple):
    """What the jobs of one run share: where their books go, what is known of those there, the names given so far."""

    output: Path
    shelf: Shelf
    names: set[Path]
    as_file: bool  # `output` is the one book itself
    defaults: Defaults


def _as_one(groups: Sequence[StoryFiles], first: Path) -> StoryFiles:
    """All these files as one story, called as the first path that was named."""
    return StoryFiles(
        tuple(f for g in groups for f in g.files),
        first.resolve().name if first.is_dir() else first.stem,
        problem=next((g.problem for g in groups if g.problem), ""),
        left=tuple(other for g in groups for other in g.left),
    )


def _job(group: StoryFiles, options: Mapping[str, Any], run: _Shared, *, force: bool, in_order: bool) -> Job:
    """The job of one story: what its sidecar says, the places of its books; or the problem that there is."""
    if group.problem:
        return Job(group, options, problem=group.problem)
    try:
        values, where = sidecar(group)
        in_order = in_order or group.in_order
        said = run.defaults.of(group)
        return _placed(Job(group, options, values, where, defaults=said, force=force, in_order=in_order), run)
    except ConverterError as error:
        return Job(group, options, problem=str(error))
    except (OSError, ValueError, RecursionError) as error:  # names and sidecars nobody thought of
        return Job(group, options, problem=f"{group.name}: {fault(error)}")


def _placed(job: Job, run: _Shared) -> Job:
    """The job with the places of its books, and what the shelf knows of them."""
    group, shelf = job.group, run.shelf
    files = (*([group.folder] if group.folder else ()), *group.files)
    job = replace(job, sources=tuple(shelf.name(f) for f in files if f != STANDARD_INPUT))
    formats = job.settings.to
    if run.as_file:
        outputs: tuple[tuple[str, Path], ...] = ((formats[0], run.output),)
    else:
        outputs = _outputs(_own_stem(job, run), formats, run)
    paths = dict.fromkeys(p for _, p in outputs)
    if job.settings.volumes:
        paths |= dict.fromkeys(p for p in shelf.books_of(job.sources) if any(_is_volume(p, *o) for o in outputs))
    known = (r for p in paths if (r := shelf.record(p)))
    mine = tuple(r for r in known if not shelf.is_of_another(r, job.sources))
    return replace(job, outputs=outputs, known=mine)


def _with_spare(job: Job, run: _Shared) -> Job:
    """The job with other names for its books, when files are there that may turn out to be somebody else's."""
    if job.force or not any(p.exists() or volume_path(p, 1, writer(f).ending).exists() for f, p in job.outputs):
        return job
    formats = [f for f, _ in job.outputs]
    return replace(job, spare=_outputs(_free_stem(job.group, formats, run), formats, run))


def _is_volume(path: Path, name: str, whole: Path) -> bool:
    """Whether a book of this path would be a volume of the whole book."""
    ending = writer(name).ending
    number = path.name.removesuffix(ending).rpartition("-")[2]
    return number.isdecimal() and path == volume_path(whole, int(number), ending)


def _outputs(stem: Path, formats: Sequence[str], run: _Shared) -> tuple[tuple[str, Path], ...]:
    """The books of this name, one a format; from now on the name is taken."""
    outputs = tuple((f, stem.with_name(stem.name + writer(f).ending)) for f in formats)
    run.names.update(_key(p) for _, p in outputs)
    return outputs


def _key(path: Path) -> Path:
    return Path(str(path).casefold())  # many disks don't tell "A" from "a"


def _written_down(paths: Sequence[Path]) -> bool:
    """Whether the files were named in an order of somebody's own: a shell's pattern gives them by name."""
    names = [str(p) for p in paths]
    by_name = names == sorted(names) or names == sorted(names, key=str.casefold)
    return len(names) > 1 and not by_name and not any(p.is_dir() for p in paths)


def output_format(path: Path) -> str:
    """The format a file of this name would have, or ""."""
    return format_of(path.name)


def _names(group: StoryFiles) -> Iterator[str]:
    """What a book may be called: as the story's file, then with its folder, its suffix, a number."""
    first = group.files[0]
    parent = first.absolute().parent.name
    stem = _plain(group.stem)
    piped = first == STANDARD_INPUT
    yield from dict.fromkeys((stem,) if piped else (stem, _plain(f"{parent} - {stem}"), _plain(first.name)))
    yield from (f"{stem}-{n}" for n in range(2, 10_000))


def _plain(name: str) -> str:
    """A name that any disk and any terminal takes, without escape characters and undecodable bytes."""
    return "".join(c if c.isprintable() else "_" for c in name)


def _own_stem(job: Job, run: _Shared) -> Path:
    """The name that this story's book has already; else the first that is no other story's, in this run or before."""
    group, shelf, formats = job.group, run.shelf, job.settings.to
    folder = run.output / group.below
    books = {p for p in shelf.books_of(job.sources) if p.parent == folder and p.exists()}
    for name in _names(group) if books else ():
        paths = {folder / (name + writer(f).ending) for f in formats}
        if job.settings.volumes:
            paths |= {volume_path(folder / (name + writer(f).ending), 1, writer(f).ending) for f in formats}
        if run.names.isdisjoint(map(_key, paths)) and not books.isdisjoint(paths):
            return folder / name
    for name in _names(group):
        paths = {folder / (name + writer(f).ending) for f in formats}
        records = [r for p in paths if (r := shelf.record(p))] if not job.force else []
        if run.names.isdisjoint(map(_key, paths)) and not any(shelf.is_of_another(r, job.sources) for r in records):
            return folder / name
    raise SettingError("too many stories of one name", group.name)


def _free_stem(group: StoryFiles, formats: Sequence[str], run: _Shared) -> Path:
    """A name no book has, neither on the disk nor in this run."""
    folder = run.output / group.below
    for name in _names(group):
        paths = [folder / (name + writer(f).ending) for f in formats]
        firsts = [volume_path(p, 1, writer(f).ending) for p, f in zip(paths, formats, strict=True)]
        if run.names.isdisjoint(map(_key, paths)) and not any(p.exists() for p in (*paths, *firsts)):
            return folder / name
    raise SettingError("too many stories of one name", group.name)
