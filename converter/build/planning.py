"""From paths to jobs: which stories they stand for, what was asked for each, and where its books go.

Nothing is written but the names that are given, which the catalogue keeps.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from converter.build.folders import find_stories
from converter.build.inputs import Job
from converter.build.losing import emptied, without_losses, without_torn
from converter.build.moved import grown_from, moved_from, told_on_from
from converter.build.naming import Naming, books_called, free_stem, kept_places, own_books
from converter.build.outcomes import fault
from converter.build.registry import format_of, format_written_to, writer
from converter.build.remembered import Remembered
from converter.build.repeats import told_once
from converter.build.settings import Settings
from converter.build.shelving import check_place
from converter.build.sidecars import Defaults, sidecar
from converter.build.story_files import STANDARD_INPUT, StoryFiles
from converter.build.volumes import volume_path
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import Record
from converter.document.errors import ConverterError, SettingError
from converter.limits.files import lies


@contextmanager
def _uncollected() -> Iterator[None]:
    """While it lasts Python doesn't look for cycles: a folder's stories make hardly one, and the looking takes a
    twelfth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@_uncollected()
def plan(
    paths: Sequence[Path],
    options: Mapping[str, Any],
    output: Path,
    *,
    together: bool = False,
    force: bool = False,
    reserve: bool = False,
    written: Sequence[StoryFiles] = (),
) -> tuple[Job, ...]:
    """The jobs these paths stand for, or a plan that was written down. `output` is a folder, or the book's file when it
    ends like one.

    `together` makes all files one book. A story whose sidecar can't be read becomes a job with a `problem`. `reserve`
    keeps the names of several stories' books for them, whatever other runs are at work, and what was understood of
    folders. Raises MissingInput, UnknownFormat, SettingError, OutputError.
    """
    as_file = format_written_to(output.name)
    as_file = "" if as_file and output.is_dir() else as_file
    with Catalogue(output.parent if as_file else output) as catalogue:
        memory = Remembered(catalogue)
        found = tuple(written) or find_stories(paths, avoid=None if as_file else output, memory=memory)
        several = len(found) > 1 and not together
        groups = found if written else _grouped(found, paths, catalogue, memory, together=together)
        if as_file:
            options = {**options, "to": (as_file,)}
            _check_one(groups, output)
        reserve = reserve and not as_file and several and _may_be_written(output)
        in_order = together and _written_down(paths)
        run = Naming(output, catalogue, set(), bool(as_file))
        defaults = Defaults()
        with catalogue.writing() if reserve else nullcontext():
            jobs = [_job(group, options, run, defaults, force=force, in_order=in_order) for group in groups]
            jobs = _without_harm(jobs, run, found=not written)
            if reserve:
                _reserve(jobs, catalogue)
                memory.write()
    return tuple(jobs)


def _without_harm(jobs: list[Job], run: Naming, *, found: bool) -> list[Job]:
    """The jobs, none of which takes the place of another's book; of stories that were `found`, none makes a book of
    what is left of another."""
    jobs = without_losses(jobs if run.as_file else [_with_spare(job, run) for job in jobs])
    return [*without_torn(jobs, run.catalogue), *emptied(jobs, run.catalogue)] if found else jobs


def _may_be_written(output: Path) -> bool:
    """Whether names may be kept in this folder. Where they may not, there is perhaps nothing to do; else what can't be
    written is told with its story."""
    return os.access(output, os.W_OK) or not output.exists()


def _check_one(groups: Sequence[StoryFiles], output: Path) -> None:
    if len(groups) > 1:
        raise SettingError(f"{len(groups)} stories can't become one file", str(output), "name a folder, or --together")


def _grouped(
    groups: Sequence[StoryFiles], paths: Sequence[Path], catalogue: Catalogue, memory: Remembered, *, together: bool
) -> Sequence[StoryFiles]:
    """The stories that were found, those in folders without copies of them that lie in other folders; or all as one."""
    if together and len(groups) > 1:
        return (_as_one(groups, paths[0]),)
    named = {path for path in paths if path == STANDARD_INPUT or not path.is_dir()}
    found = [g for g in groups if named.isdisjoint(g.files)]
    if len(found) < 2:
        return groups
    kept = told_once(found, lambda g: catalogue.knows(catalogue.name(g.folder or g.files[0])), memory)
    made = {g.files: g for g in kept}
    return [made.get(g.files, g) for g in groups if g.files in made or not named.isdisjoint(g.files)]


def _reserve(jobs: Sequence[Job], catalogue: Catalogue) -> None:
    for job in jobs:
        if job.sources and job.outputs:
            if job.moved_from:
                catalogue.move(job.moved_from, job.sources[0])
            template = job.settings.name
            if job.output or (template and catalogue.template_of(job.sources) == template):
                continue  # its template gives the name, or gave it: one of its books may have to lie elsewhere
            name, path = job.outputs[0]
            stem = path.with_name(path.name.removesuffix(writer(name).ending))
            if catalogue.stem_of(job.sources[:1]) != catalogue.name_of_book(stem):
                catalogue.reserve(job.sources[0], stem)


def _as_one(groups: Sequence[StoryFiles], first: Path) -> StoryFiles:
    """All these files as one story, called as the first path that was named."""
    return StoryFiles(
        tuple(f for g in groups for f in g.files),
        first.resolve().name if first.is_dir() else first.stem,
        problem=next((g.problem for g in groups if g.problem), ""),
        left=tuple(other for g in groups for other in g.left),
    )


def _job(
    group: StoryFiles, options: Mapping[str, Any], run: Naming, defaults: Defaults, *, force: bool, in_order: bool
) -> Job:
    """The job of one story: what its sidecar says, the places of its books; or the problem that there is."""

    def placed() -> Job:
        sources, before = _sources(group, run.catalogue)
        said = _said(group, options, defaults, force=force, in_order=in_order, sources=sources, before=before)
        return _placed(said, run)

    return _or_problem(placed, group, options)


def unplaced(group: StoryFiles, options: Mapping[str, Any], defaults: Defaults) -> Job:
    """The job of one story, whose books have no places yet; or the problem that there is."""
    return _or_problem(lambda: _said(group, options, defaults), group, options)


def _said(
    group: StoryFiles,
    options: Mapping[str, Any],
    defaults: Defaults,
    *,
    force: bool = False,
    in_order: bool = False,
    sources: tuple[str, ...] = (),
    before: str = "",
) -> Job:
    values, where = sidecar(group)
    return Job(
        group,
        options,
        values,
        where,
        defaults=defaults.of(group),
        force=force,
        in_order=in_order or group.in_order,
        sources=sources,
        moved_from=before,
    )


def _or_problem(made: Callable[[], Job], group: StoryFiles, options: Mapping[str, Any]) -> Job:
    if group.problem:
        return Job(group, options, problem=group.problem)
    try:
        return made()
    except ConverterError as error:
        return Job(group, options, problem=str(error))
    except (OSError, ValueError, RecursionError) as error:  # names and sidecars nobody thought of
        return Job(group, options, problem=f"{group.name}: {fault(error)}")


def _sources(group: StoryFiles, catalogue: Catalogue) -> tuple[tuple[str, ...], str]:
    """What the catalogue calls a story's folder and files, and behind them the source by which it knew it before."""
    files = (*([group.folder] if group.folder else ()), *group.files)
    sources = tuple(catalogue.name(f) for f in files if f != STANDARD_INPUT)
    before = (
        moved_from(group.files, sources, catalogue)
        or grown_from(group, sources, catalogue)
        or told_on_from(group, sources, catalogue)
    )
    return ((*sources, before) if before else sources), before


def _placed(job: Job, run: Naming) -> Job:
    """The job with the places of its books, and what the catalogue knows of them."""
    catalogue, sources = run.catalogue, job.sources
    asked = job.settings
    if asked.name and not run.as_file and catalogue.template_of(job.sources) != asked.name:
        job = replace(job, output=run.output)
    if run.as_file:
        outputs: tuple[tuple[str, Path], ...] = ((asked.to[0], run.output),)
    else:
        outputs = own_books(job, run, asked)
        outputs = outputs if job.output else kept_places(job, outputs, run)
    for _, path in outputs:
        check_place(path)
    mine = _known(job, asked, outputs, catalogue)
    ingredients = catalogue.ingredients_of(job.moved_from or sources[0]) if mine and sources else ()
    return replace(job, outputs=outputs, known=mine, ingredients=ingredients)


def _known(job: Job, asked: Settings, outputs: Sequence[tuple[str, Path]], catalogue: Catalogue) -> tuple[Record, ...]:
    """What is known of the books at these places, and of their volumes, as far as they are no other story's."""
    paths = dict.fromkeys(p for _, p in outputs)
    if asked.volumes:
        records = catalogue.records_of(job.sources)
        paths |= dict.fromkeys(r.path for r in records if any(_is_volume(r.path, *o) for o in outputs))
    known = (r for p in paths if (r := catalogue.record(p)))
    return tuple(r for r in known if not catalogue.is_of_another(r, job.sources))


def _with_spare(job: Job, run: Naming) -> Job:
    """The job with other names for its books, when files are there that may turn out to be somebody else's."""
    if job.force or not any(lies(p) or lies(volume_path(p, 1, writer(f).ending)) for f, p in job.outputs):
        return job
    if {r.path for r in job.known if r.is_untouched} >= {p for _, p in job.outputs}:
        return job
    formats = [f for f, _ in job.outputs]
    return replace(job, spare=books_called(free_stem(job, formats, run), formats, run))


def _is_volume(path: Path, name: str, whole: Path) -> bool:
    """Whether a book of this path would be a volume of the whole book."""
    ending = writer(name).ending
    number = path.name.removesuffix(ending).rpartition("-")[2]
    return number.isdecimal() and path == volume_path(whole, int(number), ending)


def _written_down(paths: Sequence[Path]) -> bool:
    """Whether the files were named in an order of somebody's own: a shell's pattern gives them by name."""
    names = [str(p) for p in paths]
    by_name = names == sorted(names) or names == sorted(names, key=str.casefold)
    return len(names) > 1 and not by_name and not any(p.is_dir() for p in paths)


def output_format(path: Path) -> str:
    """The format a file of this name would have, or ""."""
    return format_of(path.name)


def names_output(paths: Sequence[Path]) -> bool:
    """Whether the last of these paths is the book to write: it ends like one, and it is no book that lies there behind
    others that are to be read ("*.epub")."""
    if len(paths) < 2 or not output_format(paths[-1]):
        return False
    *stories, last = paths
    return not (last.exists() and any(p.suffix.lower() == last.suffix.lower() for p in stories))
