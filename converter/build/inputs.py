"""What one job reads: its files, its sidecar, its cover, the site descriptions; each as values for the pipeline."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from converter.build.registry import is_read, reader
from converter.build.settings import Settings, metadata_from, settings
from converter.build.sidecars import Said
from converter.build.story_files import STANDARD_INPUT, StoryFiles, shown_path
from converter.build.values import pixels
from converter.catalogue.records import Ingredient, Record, Role, State, digest, state_of
from converter.document.contracts import Source, no_assets
from converter.document.errors import MissingInput, SettingError, TooLarge
from converter.document.findings.metadata import CoverUnfit, SidecarOutside
from converter.document.findings.words import StoryUnlikely
from converter.document.model import EARLIEST, Origin
from converter.document.record import dataclass
from converter.limits.files import TooLong, lies_in, read_regular
from converter.parsers.disguise import guessed_suffix

if TYPE_CHECKING:
    from converter.document.contracts import Assets, SiteText
    from converter.document.findings.union import Finding
    from converter.document.model import Metadata, Resource

LARGEST_BOOK = 160_000_000  # bytes of a book that is checked: it is held whole beside what is unpacked of it, 256 MB
SIZE_LIMIT = 64 * 1024 * 1024  # bytes of one input file; the longest serials known are below 40 MB as text
ASSET_LIMIT = 32 * 1024 * 1024  # bytes of one image beside a story
SITE_LIMIT = 1024 * 1024  # bytes of one description of a site


@dataclass(frozen=True, slots=True)
class Job:
    """One story to convert. `options` and `sidecar_values` are checked; `sidecar` is the path of the latter."""

    group: StoryFiles
    options: Mapping[str, Any] = field(default_factory=dict)
    sidecar_values: Mapping[str, Any] = field(default_factory=dict)
    sidecar: str = ""
    defaults: tuple[Said, ...] = ()  # of its folders and of the person, the nearest first
    outputs: tuple[tuple[str, Path], ...] = ()
    spare: tuple[tuple[str, Path], ...] = ()  # for when the books of somebody else have those names
    sources: tuple[str, ...] = ()  # the story's files as the catalogue calls them
    output: Path | None = None  # the folder of the books, where they are named after the story was read
    moved_from: str = ""  # what the catalogue called the first of them before it was moved
    known: tuple[Record, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()  # what its books were made from before
    force: bool = False
    in_order: bool = False  # the person gave the files in reading order
    rows: tuple[StoryFiles, ...] = ()  # those of the files that are one copy together, of several of the story
    alone: bool = False  # no other story is converted meanwhile
    done: tuple[Path, ...] = ()  # outputs that were written before the usual way came to no end
    plain: bool = False  # read as it stands: the usual way of reading came to no end
    thumbnail: bool = False  # a small picture of the cover is wanted
    piped: bytes | None = None  # what standard input held
    problem: str = ""  # planning already found why there can be no book

    @property
    def settings(self) -> Settings:
        """What was asked for this story: options first, then its plan, its sidecar, the defaults."""
        return settings(self.options, self.group.said, self.sidecar_values, *(d.values for d in self.defaults))

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats of the books that are to be made; all that were asked for where they have no places."""
        return tuple(name for name, _ in self.outputs) or self.settings.to


class Beside:
    """The files beside a story, as `Assets`: nothing outside the story's own folder, nothing too large. A story whose
    chapters lie in a folder each has all of these; paths are those from the first one (`others` are the rest)."""

    def __init__(self, folder: Path, *others: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        self._own = (self.folder, *(Path(os.path.realpath(other)) for other in others))
        self.used: dict[str, str] = {}
        self.read: list[Ingredient] = []

    def __call__(self, path: str) -> bytes | None:
        """See `Assets`."""
        try:
            place = Path(os.path.realpath(self.folder / path))
            if not any(place.is_relative_to(folder) for folder in self._own):
                return None
            before = state_before(place)
            data = read_regular(place, ASSET_LIMIT)
        except (OSError, ValueError):
            return None
        if path not in self.used:
            self.read.append(before.of(place, "asset", data))
        self.used[path] = digest(data)
        return data

    def seen_from(self, folder: Path) -> Assets:
        """The files as the pages in this folder name them."""
        way = os.path.relpath(os.path.realpath(folder), self.folder)
        return self if way == os.curdir else partial(self._along, way)

    def _along(self, way: str, path: str) -> bytes | None:
        return self(os.path.join(way, path))  # noqa: PTH118


def load(path: Path) -> bytes:
    """A file's bytes, or those of standard input. Raises MissingInput, TooLarge."""
    try:
        if path == STANDARD_INPUT:
            import sys

            data = sys.stdin.buffer.read(SIZE_LIMIT + 1)
        else:
            data = read_regular(path, SIZE_LIMIT)
    except TooLong:
        what = f"more than {SIZE_LIMIT / 1e6:.0f} MB, and a story has at most that"
        raise TooLarge(what, shown_path(path), "split it into parts") from None
    except OSError as error:
        raise MissingInput(f"can't be read ({error.strerror})", shown_path(path)) from None
    if len(data) > SIZE_LIMIT:
        raise TooLarge(f"more than {SIZE_LIMIT / 1e6:.0f} MB", "standard input", "split it into parts")
    return data


def load_book(path: Path) -> bytes:
    """The bytes of a finished book, which may be larger than a story is. Raises MissingInput, TooLarge."""
    try:
        return read_regular(path, LARGEST_BOOK)
    except TooLong:
        what = f"more than {LARGEST_BOOK / 1e6:.0f} MB, which is more than is looked at"
        raise TooLarge(what, shown_path(path), "make its pictures smaller") from None
    except OSError as error:
        raise MissingInput(f"can't be read ({error.strerror})", shown_path(path)) from None


def with_standard_input(job: Job) -> Job:
    """The job with what was piped in, which no other process could read, nor anybody twice."""
    if job.group.files[0] != STANDARD_INPUT or job.problem:
        return job
    return replace(job, piped=load(STANDARD_INPUT))


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a job reads; `ingredients` are its files (the assets come when they are asked for)."""

    sources: tuple[Source, ...]
    beside: Beside | None
    above: tuple[Metadata, ...]
    below: tuple[Metadata, ...]
    cover: Resource | None
    sites: tuple[SiteText, ...]
    modified: str
    ingredients: tuple[Ingredient, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def read(self) -> tuple[Ingredient, ...]:
        """All files that were read so far, with the assets that were asked for."""
        return (*self.ingredients, *(self.beside.read if self.beside else ()))


def gather(job: Job) -> Inputs:
    """Reads a job's files. Raises InputError, SettingError."""

    files = job.group.files
    piped = files[0] == STANDARD_INPUT
    beside = None if piped else Beside(*dict.fromkeys(path.parent for path in files))
    sources, ingredients = [], []
    for path in files:
        state = state_before(path)
        data = job.piped if piped and job.piped is not None else load(path)
        name = "standard input" if piped else shown_path(path)
        suffix = guessed_suffix(data) if piped or not is_read(path.suffix) else path.suffix.lower()
        sources.append(Source(name, data, suffix, beside.seen_from(path.parent) if beside else no_assets))
        ingredients.append(state.of(path, "story", data))
    above = [metadata_from(job.options, "option")]
    if job.group.said:
        above.append(metadata_from(job.group.said, Path(job.group.said_in).name))
    if job.sidecar:
        above.append(metadata_from(job.sidecar_values, Path(job.sidecar).name))
    below = [metadata_from(said.values, said.called) for said in job.defaults]
    if not piped:
        below += [*_told_by_neighbours(job.group), _told_by_name(job.group)]
    findings: list[Finding] = []
    if not piped:
        findings += _unlikely(files, sources)
    cover = _own_cover(job, findings, ingredients)
    sites = _own_sites(job, findings, ingredients) if _has_pages(s.suffix for s in sources) else ()
    return Inputs(
        tuple(sources),
        beside,
        tuple(above),
        tuple(below),
        cover,
        sites,
        _modified(job),
        tuple(ingredients),
        tuple(findings),
    )


def _unlikely(files: Iterable[Path], sources: Iterable[Source]) -> Iterator[Finding]:
    """A doubt for each file that a person named and that is no story by its ending."""
    from converter.folders.kinds import called_no_story

    for path, source in zip(files, sources, strict=True):
        if what := called_no_story(path.name):
            yield StoryUnlikely(what, Origin(source.name, 1))


def _has_pages(suffixes: Iterable[str]) -> bool:
    """Whether there are web pages among files with these suffixes, to which descriptions of sites apply."""
    return any((row := reader(suffix)) and row.name == "html" for suffix in suffixes)


class StateBefore(NamedTuple):
    """What a file was like before it was read, so that a change meanwhile shows, and when that was (ns)."""

    state: State
    noted: int

    def of(self, path: Path, role: Role, data: bytes) -> Ingredient:
        """The file as an ingredient, of which these bytes were read."""
        return Ingredient(Path(os.path.realpath(path)), role, digest(data), self.state, self.noted)


def state_before(path: Path) -> StateBefore:
    """What a file that is about to be read is like."""
    return StateBefore(state_of(path) or (0, 0, 0), time.time_ns())


def _told_by_name(group: StoryFiles) -> Metadata:
    """What a story's name tells, where the folders around it say which half of it is the title."""
    from converter.folders.shelves import title_on_shelf
    from converter.recognisers.metadata.titles_in_names import from_file_name

    around = (group.home or group.files[0].parent).resolve()
    return from_file_name(group.stem, title_on_shelf(group.stem, (around.name, around.parent.name)))


def _told_by_neighbours(group: StoryFiles) -> tuple[Metadata, ...]:
    """What files beside a story that are about it tell, then the names in its folder, and of those above it: its place
    in a series, its author."""
    book = group.book
    if not book or not (book.series or book.author or book.title or book.about):
        return ()
    from converter.document.model import Metadata, Person

    about: tuple[Metadata, ...] = ()
    if book.about:
        from converter.folders.about import metadata_of

        about = (metadata_of(book.about),)
    values: dict[str, Any] = {"series": book.series, "series_index": book.series_index} if book.series else {}
    if book.title:
        values["title"] = book.title
    if book.author:
        values["people"] = (Person(book.author),)
    return (*about, Metadata(**values, provenance=tuple((name, "file name") for name in values)))


def other_files(job: Job) -> Iterator[tuple[Role, Path]]:
    """The files that a job reads beside its story's own: its cover, the descriptions of sites."""
    if cover := _asked(job, "cover", []) or job.group.cover or _default(job, "cover"):
        yield "cover", cover
    if _has_pages(p.suffix for p in job.group.files):
        if site := _asked(job, "site", []) or _default(job, "site"):
            yield "site", site
        yield from (("site", path) for path in _configured_sites())


def _default(job: Job, key: Literal["cover", "site"]) -> Path | None:
    """The file that the nearest folder's defaults name, or the person's."""
    return next((Path(said.values[key]) for said in job.defaults if key in said.values), None)


def _asked(job: Job, key: Literal["cover", "site"], findings: list[Finding]) -> Path | None:
    """The file that an option or the plan names; else the one that the sidecar does, in its own folder, since a sidecar
    may come with a story from anywhere."""
    if wanted := job.options.get(key) or job.group.said.get(key):
        return Path(wanted)
    if not job.sidecar_values.get(key):
        return None
    folder = Path(job.sidecar).parent
    path = folder / str(job.sidecar_values[key])
    if lies_in(path, folder) or not os.path.lexists(path):  # what isn't there is said by whoever reads it
        return path
    findings.append(SidecarOutside(key, str(job.sidecar_values[key]), Origin(job.sidecar, 1)))
    return None


def _configured_sites() -> list[Path]:
    """The person's descriptions of sites that lie in `sites/` of the configuration folder."""
    import platformdirs

    return sorted((Path(platformdirs.user_config_dir("chapbook")) / "sites").glob("*.toml"))


def _own_sites(job: Job, findings: list[Finding], ingredients: list[Ingredient]) -> tuple[SiteText, ...]:
    """The person's descriptions of sites: `--site FILE`, then those of the configuration folder."""
    from converter.document.contracts import SiteText

    said = _asked(job, "site", findings) or _default(job, "site")
    sites = []
    for path in (*([said] if said else []), *_configured_sites()):
        before = state_before(path)
        try:
            data = read_regular(path, SITE_LIMIT)
            sites.append(SiteText(path.stem, data.decode("utf-8-sig"), str(path)))
        except OSError as error:
            raise SettingError(f"the site file can't be read ({error.strerror})", str(path), "check --site") from None
        except UnicodeDecodeError:
            raise SettingError("the site file is not UTF-8 text", str(path), "save it as UTF-8") from None
        ingredients.append(before.of(path, "site", data))
    return tuple(sites)


def _own_cover(job: Job, findings: list[Finding], ingredients: list[Ingredient]) -> Resource | None:
    """The person's own cover: the one that was asked for, else a picture beside the story, else the folder's."""
    asked = _asked(job, "cover", findings)
    if asked is None and job.group.cover:
        try:
            return _cover_at(job.group.cover, job, ingredients)
        except SettingError as error:  # nobody asked for it: it costs no book
            findings.append(CoverUnfit(shown_path(job.group.cover), error.what))
    path = asked or _default(job, "cover")
    return _cover_at(path, job, ingredients) if path else None


def _cover_at(path: Path, job: Job, ingredients: list[Ingredient]) -> Resource:
    """The picture in this file as a cover. Raises SettingError where it is none."""
    from converter.covers import check_cover

    before = state_before(path)
    try:
        data = read_regular(path, ASSET_LIMIT)
    except OSError as error:
        raise SettingError(f"it can't be read ({error.strerror})", str(path), "check --cover") from None
    ingredients.append(before.of(path, "cover", data))
    return check_cover(data, str(path), pixels(job.settings.cover_size))


def _modified(job: Job) -> str:
    """UTC time of the newest input; SOURCE_DATE_EPOCH when that is set (reproducible-builds.org); never now."""
    from datetime import UTC, datetime

    earliest = int(datetime.fromisoformat(EARLIEST).timestamp())
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        seconds = int(epoch)
    else:
        paths = [*job.group.files, *([Path(job.sidecar)] if job.sidecar else [])]
        seconds = max((int(p.stat().st_mtime) for p in paths if p != STANDARD_INPUT), default=earliest)
    seconds = min(max(seconds, earliest), 4_354_819_198)  # a zip entry's date ends in 2107
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
