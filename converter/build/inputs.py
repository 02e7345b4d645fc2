"""What one job reads: its files, its sidecar, its cover, the site descriptions; each as values for the pipeline."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.build.folders import STANDARD_INPUT, StoryFiles, shown_path
from converter.build.registry import reader
from converter.build.settings import Settings, metadata_from, settings
from converter.build.shelving import Record, digest
from converter.build.sidecars import Said
from converter.build.values import pixels
from converter.document.contracts import Source, no_assets
from converter.document.errors import MissingInput, SettingError, TooLarge
from converter.document.findings.metadata import CoverUnfit, SidecarOutside
from converter.document.model import EARLIEST, Origin
from converter.document.record import dataclass
from converter.limits.files import TooLong, lies_in, read_regular
from converter.parsers.disguise import guessed_suffix

if TYPE_CHECKING:
    from converter.document.contracts import SiteText
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
    sources: tuple[str, ...] = ()  # the story's files as the notes of the shelf call them
    known: tuple[Record, ...] = ()
    force: bool = False
    in_order: bool = False  # the person gave the files in reading order
    alone: bool = False  # no other story is converted meanwhile
    done: tuple[Path, ...] = ()  # outputs that were written before the usual way came to no end
    plain: bool = False  # read as it stands: the usual way of reading came to no end
    piped: bytes | None = None  # what standard input held
    problem: str = ""  # planning already found why there can be no book

    @property
    def settings(self) -> Settings:
        """What was asked for this story: options first, then its plan, its sidecar, the defaults."""
        return settings(self.options, self.group.said, self.sidecar_values, *(d.values for d in self.defaults))


class Beside:
    """The files beside a story, as `Assets`: nothing outside the story's own folder, nothing too large."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.used: dict[str, str] = {}

    def __call__(self, path: str) -> bytes | None:
        """See `Assets`."""
        try:
            place = Path(os.path.realpath(self.folder / path))
            if not place.is_relative_to(self.folder):
                return None
            data = read_regular(place, ASSET_LIMIT)
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
    """Everything a job reads, and a digest of it all (the assets' come when they are asked for)."""

    sources: tuple[Source, ...]
    beside: Beside | None
    above: tuple[Metadata, ...]
    below: tuple[Metadata, ...]
    cover: Resource | None
    sites: tuple[SiteText, ...]
    modified: str
    digest: str
    findings: tuple[Finding, ...] = ()

    def digest_plain(self, job: Job) -> str:
        """What stands for all this when it is read plainly: with other limits it may be read as usual."""
        wanted = job.settings
        return digest(f"{self.digest} plain {wanted.timeout} {wanted.memory}".encode())


def gather(job: Job) -> Inputs:
    """Reads a job's files. Raises InputError, SettingError."""
    from converter.build.version import VERSION
    from converter.recognisers.metadata.file_names import from_file_name

    files = job.group.files
    piped = files[0] == STANDARD_INPUT
    beside = None if piped else Beside(files[0].parent)
    sources = []
    for path in files:
        data = job.piped if piped and job.piped is not None else load(path)
        name = "standard input" if piped else shown_path(path)
        suffix = path.suffix.lower() if not piped else guessed_suffix(data)
        sources.append(Source(name, data, suffix, beside or no_assets))
    above = [metadata_from(job.options, "option")]
    if job.group.said:
        above.append(metadata_from(job.group.said, Path(job.group.said_in).name))
    if job.sidecar:
        above.append(metadata_from(job.sidecar_values, Path(job.sidecar).name))
    below = [metadata_from(said.values, said.called) for said in job.defaults]
    if not piped:
        below += [*_told_by_neighbours(job.group), from_file_name(job.group.stem)]
    wanted = job.settings
    findings: list[Finding] = []
    cover = _own_cover(job, findings)
    sites = _own_sites(job, findings) if any((row := reader(s.suffix)) and row.name == "html" for s in sources) else ()
    facts = [
        VERSION,
        repr(replace(wanted, to=(), timeout=None, memory=None)),
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
        tuple(below),
        cover,
        sites,
        _modified(job),
        digest("\0".join(facts).encode("utf-8", "surrogatepass")),
        tuple(findings),
    )


def _told_by_neighbours(group: StoryFiles) -> tuple[Metadata, ...]:
    """What the names in a story's folder tell of it: its place in a series."""
    if not group.book or not group.book.series:
        return ()
    from converter.document.model import Metadata, Person

    book = group.book
    values: dict[str, Any] = {"series": book.series, "series_index": book.series_index}
    if book.title:
        values["title"] = book.title
    if book.author:
        values["people"] = (Person(book.author),)
    return (Metadata(**values, provenance=tuple((name, "file name") for name in values)),)


def _beside_sidecar(job: Job, key: str, findings: list[Finding]) -> Path | None:
    """The file that a sidecar names: one in its own folder, since a sidecar may come with a story from anywhere."""
    folder = Path(job.sidecar).parent
    path = folder / str(job.sidecar_values[key])
    if lies_in(path, folder) or not os.path.lexists(path):  # what isn't there is said by whoever reads it
        return path
    findings.append(SidecarOutside(key, str(job.sidecar_values[key]), Origin(job.sidecar, 1)))
    return None


def _own_sites(job: Job, findings: list[Finding]) -> tuple[SiteText, ...]:
    """The person's descriptions of sites: `--site FILE`, then what lies in `sites/` of the configuration folder."""
    import platformdirs

    from converter.document.contracts import SiteText

    paths = []
    if wanted := job.options.get("site") or job.group.said.get("site"):
        paths.append(Path(wanted))
    elif job.sidecar_values.get("site"):
        paths += [path] if (path := _beside_sidecar(job, "site", findings)) else []
    elif wanted := next((said.values["site"] for said in job.defaults if "site" in said.values), ""):
        paths.append(Path(wanted))
    paths.extend(sorted((Path(platformdirs.user_config_dir("chapbook")) / "sites").glob("*.toml")))
    sites = []
    for path in paths:
        try:
            sites.append(SiteText(path.stem, read_regular(path, SITE_LIMIT).decode("utf-8-sig"), str(path)))
        except OSError as error:
            raise SettingError(f"the site file can't be read ({error.strerror})", str(path), "check --site") from None
        except UnicodeDecodeError:
            raise SettingError("the site file is not UTF-8 text", str(path), "save it as UTF-8") from None
    return tuple(sites)


def _theme_digest(style: str) -> str:
    from converter.themes import load_theme, theme_names

    if style in theme_names() or not (Path(style) / "theme.toml").is_file():
        return style
    theme = load_theme(style)
    texts = "\0".join((theme.epub_css, theme.print_css, *(f"{k}={v}" for k, v in sorted(theme.settings.items()))))
    return digest(b"\0".join((texts.encode(), *(name.encode() + data for name, data in sorted(theme.files.items())))))


def _own_cover(job: Job, findings: list[Finding]) -> Resource | None:
    """The person's own cover: the one that was asked for, else a picture beside the story, else the folder's."""
    from converter.covers import check_cover

    size = pixels(job.settings.cover_size)
    path = _asked_cover(job, findings)
    if path is None and (beside := job.group.cover):
        try:
            return check_cover(read_regular(beside, ASSET_LIMIT), str(beside), size)
        except (OSError, SettingError) as error:  # nobody asked for it: it costs no book
            why = error.what if isinstance(error, SettingError) else f"it can't be read ({error.strerror})"
            findings.append(CoverUnfit(shown_path(beside), why))
    if path is None:
        path = next((Path(said.values["cover"]) for said in job.defaults if "cover" in said.values), None)
    if path is None:
        return None
    try:
        data = read_regular(path, ASSET_LIMIT)
    except OSError as error:
        raise SettingError(f"the cover can't be read ({error.strerror})", str(path), "check --cover") from None
    return check_cover(data, str(path), size)


def _asked_cover(job: Job, findings: list[Finding]) -> Path | None:
    if wanted := job.options.get("cover"):
        return Path(wanted)
    return _beside_sidecar(job, "cover", findings) if job.sidecar_values.get("cover") else None


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
