"""From paths to books on disk; with `folders.py`, `shelving.py`, `workers.py` all that touches files and processes.

Strategy. A *job* is one story: its files in reading order, what was asked for, its outputs. All jobs are planned before
anything is written, then done one by one, in worker processes when there are several. A job never raises: what went
wrong is part of its `Outcome`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.contracts import Diagnostic, Source, no_assets
from converter.errors import ConverterError, InputError, MissingInput, SettingError, TooLarge
from converter.folders import STANDARD_INPUT, Group, find_stories, sidecar
from converter.parsers import PARSERS
from converter.settings import FORMATS, Settings, metadata_from, settings
from converter.shelving import Record, Shelf, digest, same_story, write_book

if TYPE_CHECKING:
    from converter.model import Metadata, Resource
    from converter.pipeline import Reading, SiteText

SIZE_LIMIT = 64 * 1024 * 1024  # bytes of one input file; the longest serials known are below 40 MB as text
ASSET_LIMIT = 32 * 1024 * 1024  # bytes of one image beside a story
EARLIEST = 315_532_800  # 1980-01-01, the first date a zip entry can hold


@dataclass(frozen=True, slots=True)
class Job:
    """One story to convert. `given` are the checked options, `said` the checked sidecar and `sidecar` its path."""

    group: Group
    given: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    sidecar: str = ""
    outputs: tuple[tuple[str, Path], ...] = ()
    known: tuple[Record, ...] = ()
    force: bool = False
    problem: str = ""  # planning already found why there can be no book

    @property
    def settings(self) -> Settings:
        """What was asked for this story: options first, then its sidecar."""
        return settings(self.given, self.said)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: books written, books kept because they are up to date, or the line that says why not."""

    name: str
    written: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    error: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    chapters: int = 0
    words: int = 0
    changes: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    records: tuple[Record, ...] = ()


# ------------------------------------------------------------------------------------------------------ planning


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
        job = Job(group, given, said, where, force=force)
        formats = job.settings.to
        stem = output if as_file else _free_stem(output, group, formats, taken)
        outputs = tuple((f, stem if as_file else stem.with_name(stem.name + FORMATS[f])) for f in formats)
        known = tuple(r for _, p in outputs if shelf and (r := shelf.record(p)))
        jobs.append(replace(job, outputs=outputs, known=known))
    return tuple(jobs)


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


# ----------------------------------------------------------------------------------------------------- reading


class Beside:
    """The files beside a story, as `Assets`: nothing outside the story's own folder, nothing too large."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.used: dict[str, str] = {}

    def __call__(self, path: str) -> bytes | None:
        """See `Assets`."""
        try:
            found = (self.folder / path).resolve()
            if not found.is_relative_to(self.folder) or not found.is_file() or found.stat().st_size > ASSET_LIMIT:
                return None
            data = found.read_bytes()
        except (OSError, ValueError):
            return None
        self.used[path] = digest(data)
        return data


def load(path: Path) -> bytes:
    """A file's bytes, or those of standard input. Raises MissingInput, TooLarge."""
    try:
        if path == STANDARD_INPUT:
            import sys

            data = sys.stdin.buffer.read(SIZE_LIMIT + 1)
        else:
            size = path.stat().st_size
            data = path.read_bytes() if size <= SIZE_LIMIT else b""
            if size > SIZE_LIMIT:
                raise TooLarge(f"{size / 1e6:.0f} MB, and no story has more than {SIZE_LIMIT / 1e6:.0f}", str(path))
    except OSError as error:
        raise MissingInput(f"can't be read ({error.strerror})", str(path)) from None
    if len(data) > SIZE_LIMIT:
        raise TooLarge(f"more than {SIZE_LIMIT / 1e6:.0f} MB", "standard input")
    return data


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a job reads, and a digest of it all (the assets' come when they are asked for)."""

    sources: tuple[Source, ...]
    beside: Beside | None
    above: tuple[Metadata, ...]
    below: tuple[Metadata, ...]
    cover: Resource | None
    sites: tuple[SiteText, ...]
    modified: str
    digest: str


def gather(job: Job) -> Inputs:
    """Reads a job's files. Raises InputError, SettingError."""
    from converter import __version__
    from converter.metadata import from_file_name

    files = job.group.files
    piped = files[0] == STANDARD_INPUT
    beside = None if piped else Beside(files[0].parent)
    sources = []
    for path in files:
        data = load(path)
        name = "standard input" if piped else str(path)
        suffix = path.suffix.lower() if not piped else _guess_suffix(data)
        sources.append(Source(name, data, suffix, beside or no_assets))
    above = [metadata_from(job.given, "option")]
    if job.sidecar:
        above.append(metadata_from(job.said, Path(job.sidecar).name))
    below = () if piped else (from_file_name(job.group.stem),)
    wanted = job.settings
    cover = _own_cover(job)
    sites = _own_sites(job) if any(PARSERS.get(s.suffix) == "html" for s in sources) else ()
    facts = [
        __version__,
        repr(replace(wanted, to=())),
        repr(above),
        repr(below),
        *(digest(s.data) + s.name for s in sources),
        digest(cover.data) if cover else "",
        *(site.text for site in sites),
        _theme_digest(wanted.style),
    ]
    return Inputs(
        tuple(sources),
        beside,
        tuple(above),
        below,
        cover,
        sites,
        _modified(job),
        digest("\0".join(facts).encode()),
    )


def _own_sites(job: Job) -> tuple[SiteText, ...]:
    """The person's descriptions of sites: `--site FILE`, then what lies in `sites/` of the configuration folder."""
    import platformdirs

    from converter.pipeline import SiteText

    paths = []
    if wanted := job.given.get("site"):
        paths.append(Path(wanted))
    elif wanted := job.said.get("site"):
        paths.append(Path(job.sidecar).parent / wanted)
    paths.extend(sorted((Path(platformdirs.user_config_dir("chapbook")) / "sites").glob("*.toml")))
    sites = []
    for path in paths:
        try:
            sites.append(SiteText(path.stem, path.read_text("utf-8-sig"), str(path)))
        except OSError as error:
            raise SettingError(f"the site file can't be read ({error.strerror})", str(path), "check --site") from None
        except UnicodeDecodeError:
            raise SettingError("the site file is not UTF-8 text", str(path), "save it as UTF-8") from None
    return tuple(sites)


def _theme_digest(style: str) -> str:
    folder = Path(style)
    if not folder.is_dir():
        return style
    return digest(b"\0".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()))


def _guess_suffix(data: bytes) -> str:
    """What was piped in: a page when it begins like one, else text."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return ".html" if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")) else ".txt"


def _own_cover(job: Job) -> Resource | None:
    wanted = job.given.get("cover") or job.said.get("cover")
    if not wanted:
        return None
    from converter.covers import check_cover

    path = Path(wanted) if job.given.get("cover") else Path(job.sidecar).parent / wanted
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingError(f"the cover can't be read ({error.strerror})", str(path), "check --cover") from None
    return check_cover(data, str(path))


def _modified(job: Job) -> str:
    """UTC time of the newest input; SOURCE_DATE_EPOCH when that is set (reproducible-builds.org); never now."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        seconds = int(epoch)
    else:
        paths = [*job.group.files, *([Path(job.sidecar)] if job.sidecar else [])]
        seconds = max((int(p.stat().st_mtime) for p in paths if p != STANDARD_INPUT), default=EARLIEST)
    seconds = min(max(seconds, EARLIEST), 4_354_819_198)  # a zip entry's date ends in 2107
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_job(job: Job) -> Reading:
    """One story understood. Raises ConverterError."""
    if job.problem:
        raise SettingError(job.problem)
    return _understood(gather(job), job.settings)


def _understood(inputs: Inputs, wanted: Settings) -> Reading:
    from converter import pipeline

    return pipeline.read(
        inputs.sources,
        wanted,
        above=inputs.above,
        below=inputs.below,
        modified=inputs.modified,
        cover=inputs.cover,
        sites=inputs.sites,
    )


# ------------------------------------------------------------------------------------------------------ working


def do(job: Job) -> Outcome:
    """One story from its files to its books. Never raises, except when the person interrupts."""
    name = job.group.name
    try:
        return _do(job)
    except ConverterError as error:
        line = str(error)
        return Outcome(name, error=line if error.where else f"{name}: {line}")
    except MemoryError:
        return Outcome(name, error=f"{name}: not enough memory for this story; try fewer --jobs")
    except RecursionError:
        return Outcome(name, error=f"{name}: nested deeper than any story is")
    except Exception as error:
        return Outcome(name, error=f"{name}: {fault(error)}")


def fault(error: BaseException) -> str:
    """A fault of the program as one line: what, and where in the program."""
    import traceback

    here = str(Path(__file__).parent)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(here)]
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    said = " ".join(str(error).split())[:200]
    return f"a fault of the program: {type(error).__name__}: {said}{place}; please report it with the story"


def _do(job: Job) -> Outcome:
    from converter import pipeline
    from converter.checks import count_words
    from converter.themes import load_theme

    if job.problem:
        return Outcome(job.group.name, error=job.problem)
    inputs = gather(job)
    current = [r for r in job.known if r.is_current(inputs.digest, inputs.beside)]
    if not job.force and len(current) == len(job.outputs):
        return Outcome(job.group.name, kept=tuple(p for _, p in job.outputs), title=current[0].title)
    wanted = job.settings
    theme = load_theme(wanted.style)
    if "pdf" in wanted.to:
        from converter.writers.pages import page_named

        page_named(wanted.page)  # a wrong name is said before any work is done
    reading = _understood(inputs, wanted)
    metadata = reading.book.metadata
    known = {r.path: r for r in job.known}
    for _, path in job.outputs:
        if not job.force and path.exists() and not same_story(path, metadata, known.get(path), job.group.name):
            raise SettingError("another book is there", str(path), "use --force to replace it, or another -o")
    made = pipeline.convert(reading, theme, wanted)
    used = dict(inputs.beside.used) if inputs.beside else {}
    records = []
    for (_, path), (_, data) in zip(job.outputs, made.files, strict=True):
        write_book(path, data)
        records.append(Record(path, job.group.name, inputs.digest, digest(data), metadata.title, used))
    return Outcome(
        job.group.name,
        written=tuple(p for _, p in job.outputs),
        title=metadata.title,
        authors=metadata.authors,
        chapters=sum(1 for _ in reading.book.walk()),
        words=count_words(c for _, c in reading.book.walk()),
        changes=len(reading.changes),
        diagnostics=made.reading.diagnostics,
        records=tuple(records),
    )


def run(jobs: Sequence[Job], *, workers: int = 1, started: Callable[[Job], None] | None = None) -> Iterator[Outcome]:
    """The outcomes of all jobs, as they come. With one worker everything happens in this process.

    A worker that dies takes no other story with it: the stories it held are tried once more, each alone.
    """
    if workers <= 1 or len(jobs) == 1:
        for job in jobs:
            if started:
                started(job)
            yield do(job)
        return
    from converter.workers import run_parallel

    yield from run_parallel(jobs, do, workers, started)


def remember(output: Path, outcomes: Sequence[Outcome]) -> None:
    """Notes in the output folder what was made of what, so that the next run can skip it."""
    if records := [r for o in outcomes for r in o.records]:
        Shelf.at(output).note(records)


__all__ = ["InputError", "Job", "Outcome", "do", "plan", "read_job", "remember", "run"]
