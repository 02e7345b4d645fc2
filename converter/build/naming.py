"""What a story's books are called: as they were before, else as its file, and never as another story's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from converter.build.file_names import safe_name
from converter.build.inputs import Job
from converter.build.name_template import filled
from converter.build.registry import writer, writer_of
from converter.build.settings import Settings
from converter.build.shelving import is_ours
from converter.build.story_files import STANDARD_INPUT, StoryFiles
from converter.build.volumes import volume_path
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.names import name_key
from converter.catalogue.records import Record
from converter.document.errors import SettingError
from converter.document.model import Metadata
from converter.limits.files import lies

MOST_OF_ONE_NAME = 10_000


class Naming(NamedTuple):
    """What the jobs of one run share: where their books go, what is known of those there, the names given so far."""

    output: Path
    catalogue: Catalogue
    taken: set[str]
    as_file: bool  # `output` is the one book itself


def own_books(job: Job, run: Naming, asked: Settings) -> tuple[tuple[str, Path], ...]:
    """The books of the name that this story's have already, one a format; else of the first name that is no other
    story's, in this run or before; from now on it is taken. `asked` are the job's settings.

    Raises SettingError where there is none.
    """
    given = [_stem_of(r) for r in run.catalogue.records_of(job.sources) if lies(r.path)]
    template = asked.name
    if template and run.catalogue.template_of(job.sources) != template:
        given = []  # the person wants other names now
    elif kept := run.catalogue.stem_of(job.sources):
        reserved = run.catalogue.path_of(kept)
        given = [reserved] if reserved in given or not given else given
    for stem in dict.fromkeys(given):
        if _is_free(places := _places(stem, asked.to), run):
            return _taken(places, asked.to, run)
    for stem in _stems(job.group, run.output / job.group.below):
        places = _places(stem, asked.to)
        if _is_free(places, run) and _is_nobodys(stem, places, job, run):
            return _taken(places, asked.to, run)
    raise SettingError("too many stories of one name", job.group.name)


def kept_places(job: Job, outputs: Sequence[tuple[str, Path]], run: Naming) -> tuple[tuple[str, Path], ...]:
    """These places of the job's books, of which none is made a second time: one that had to go elsewhere than the
    others, since a file of somebody's own had its place, stays where it is."""
    mine: dict[str, list[Path]] = {}
    for record in run.catalogue.records_of(job.sources):
        if not record.volumes and lies(record.path):
            mine.setdefault(record.format, []).append(record.path)
    kept = []
    for name, path in outputs:
        there = mine.get(name, [])
        elsewhere = next((p for p in there if _is_free([p], run)), None) if path not in there else None
        if elsewhere:
            run.taken.add(_key(elsewhere))
        kept.append((name, elsewhere or path))
    return tuple(kept)


def free_stem(job: Job, formats: Sequence[str], run: Naming) -> Path:
    """A name that no book has, neither on the disk nor in this run. Raises SettingError where there is none."""
    for stem in _spare_stems(job, run):
        paths = _places(stem, formats)
        firsts = [volume_path(p, 1, writer(f).ending) for p, f in zip(paths, formats, strict=True)]
        if _is_free(_places(stem, job.settings.to), run) and not any(map(lies, (*paths, *firsts))):
            return stem
    raise SettingError("too many stories of one name", job.group.name)


def named(job: Job, metadata: Metadata) -> Job:
    """The job with the places of its books as its template names them, which are kept for it. Others are at work, too:
    where the name is another story's, or a file is there that is none of this story's, a number is put behind it.

    Raises SettingError, OutputError.
    """
    assert job.output is not None
    template, folder = job.settings.name, job.output
    first = job.group.files[0]
    name = filled(template, metadata, job.group.stem, first.absolute().parent.name)
    below = folder / job.group.below
    stem = folder / name if name else next(_stems(job.group, below))
    with Catalogue(folder) as catalogue, catalogue.writing():
        run = Naming(folder, catalogue, set(), as_file=False)
        known = {r.path: r for r in catalogue.records_of(job.sources)}
        for number in range(1, MOST_OF_ONE_NAME):
            called = stem if number == 1 else stem.with_name(f"{stem.name} ({number})")
            outputs = books_called(called, job.formats, run)
            mine = all(job.force or not lies(p) or _is_mine(p, metadata, known.get(p), job) for _, p in outputs)
            if mine and _is_nobodys(called, _places(called, job.settings.to), job, run):
                if job.sources:
                    catalogue.reserve(job.sources[0], called, template)
                known |= {r.path: r for r in job.known}
                return replace(job, outputs=outputs, known=tuple(known.values()), spare=())
    raise SettingError("too many stories of one name", job.group.name)


def books_called(stem: Path, formats: Sequence[str], run: Naming) -> tuple[tuple[str, Path], ...]:
    """The books of this name, one a format; from now on the name is taken."""
    return _taken(_places(stem, formats), formats, run)


def _taken(places: Sequence[Path], formats: Sequence[str], run: Naming) -> tuple[tuple[str, Path], ...]:
    run.taken.update(map(_key, places))
    return tuple(zip(formats, places, strict=True))


def _places(stem: Path, formats: Sequence[str]) -> list[Path]:
    """Where the books of this name are, one a format."""
    folder, name = stem.parent, stem.name
    return [folder / f"{name}{writer(f).ending}" for f in formats]


def _is_free(places: Sequence[Path], run: Naming) -> bool:
    """Whether no story of this run has books at these places."""
    return run.taken.isdisjoint(map(_key, places))


def _is_nobodys(stem: Path, places: Sequence[Path], job: Job, run: Naming) -> bool:
    """Whether no other story that is still there was given the name, or has a book at one of its places."""
    catalogue = run.catalogue
    if any(s not in job.sources and catalogue.is_there(s) for s in catalogue.holder_of(stem)):
        return job.force and run.as_file
    if job.force:
        return True
    records = [r for p in places if (r := catalogue.record(p))]
    return not any(catalogue.is_of_another(r, job.sources) for r in records)


def _stem_of(record: Record) -> Path:
    """What a book is called without its ending, and without a volume's number."""
    row = writer(record.format) if record.format else writer_of(record.path.name)
    name = record.path.name.removesuffix(row.ending if row else record.path.suffix)
    if record.volumes:
        name = name.rpartition("-volume-")[0] or name
    return record.path.with_name(name)


def _stems(group: StoryFiles, folder: Path) -> Iterator[Path]:
    """What a book may be called: as the story's file, then with its folder, its suffix, a number."""
    first = group.files[0]
    stem = safe_name(group.stem) or "story"
    yield folder / stem
    if first != STANDARD_INPUT:
        names = (safe_name(f"{first.absolute().parent.name} - {stem}"), safe_name(first.name) or "story")
        yield from (folder / name for name in dict.fromkeys(names) if name != stem)
    yield from (folder / f"{stem}-{n}" for n in range(2, MOST_OF_ONE_NAME))


def _spare_stems(job: Job, run: Naming) -> Iterator[Path]:
    """What a book may be called instead: beside the name that its template gave it, else as `_stems` has it."""
    kept = run.catalogue.stem_of(job.sources) if job.settings.name else ""
    if kept and run.catalogue.template_of(job.sources) == job.settings.name:
        called = run.catalogue.path_of(kept)
        yield from (called.with_name(f"{called.name} ({n})") for n in range(2, MOST_OF_ONE_NAME))
    yield from _stems(job.group, run.output / job.group.below)


def _is_mine(path: Path, metadata: Metadata, known: Record | None, job: Job) -> bool:
    """Whether the file at this path is an earlier book of this story, and none that somebody put in its place."""
    return path in job.done or is_ours(path, metadata, known, job.sources)


def _key(path: Path) -> str:
    return name_key(str(path))
