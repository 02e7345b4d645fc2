"""Zips of stories: unpacked into a folder beside the books, where each file is read as in any other folder.

A zip that holds pages is one story and read as it is. What lies beside the books is kept, so that the next run knows
each story again by its place, and makes only those anew whose files became others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zipfile import ZipInfo

from converter.build.file_names import safe_name
from converter.build.folders import find_stories, is_story_name
from converter.build.inputs import SIZE_LIMIT, Job
from converter.build.shelving import write_book
from converter.build.story_files import StoryFiles, shown_path
from converter.document.errors import MissingInput, OutputError
from converter.document.record import dataclass
from converter.folders.kinds import ending_of
from converter.limits.files import lies, lies_in, read_regular
from converter.limits.unzip import Archive, ArchiveLimits, Damaged, changed_at
from converter.parsers.html.containers import MACS, PAGE
from converter.parsers.works.order import natural

UNPACKED = "unpacked"  # below the folder of the books
KNOWN = ".unpacked.json"  # in a folder of ours: of which archive it is, and which files we put there
KNOWN_LIMIT = 16_000_000  # bytes
MOST_FOLDERS = 10_000  # tried for an archive of one name
DEEPEST = 20  # folders within one another
# Of a person's own collection: some thousand books, together what a zip without extensions can hold.
LIMITS = ArchiveLimits(entries=20_000, member=SIZE_LIMIT, total=4_000_000_000)


@dataclass(frozen=True, slots=True)
class Laid:
    """What to read in the place of some paths, and a job with a problem for what of their archives can't be read."""

    paths: tuple[Path, ...]
    faults: tuple[Job, ...] = ()


def unpacked(paths: Sequence[Path], folder: Path, scratch: Path | None = None) -> Laid:
    """The paths, those of zips of stories replaced by what was unpacked of them into `folder`: their own folder there,
    or the one in it that holds all, if there are stories in it, and each EPUB by its name. All others stay what they
    are, damaged archives among them: reading tells what is wrong. With `scratch`, what is not in the folder already
    lies there and nothing else is written. Raises OutputError where nothing can be written."""
    found: list[Path] = []
    faults: list[Job] = []
    for path in paths:
        laid = _laid(path, folder, scratch) if path.suffix.lower() == ".zip" else None
        found += laid.paths if laid else [path]
        faults += laid.faults if laid else ()
    return Laid(tuple(found), tuple(faults))


def without_scratch(job: Job, scratch: Path, folder: Path) -> Job:
    """The job as messages tell it, where its files would lie in the folder."""

    def shown(path: Path) -> Path:
        return folder / path.relative_to(scratch) if path.is_relative_to(scratch) else path

    group = job.group
    left = tuple(replace(other, path=shown(other.path)) for other in group.left)
    home = shown(group.home) if group.home else None
    named = replace(group, files=tuple(map(shown, group.files)), left=left, home=home)
    return replace(job, group=named, problem=job.problem.replace(str(scratch), str(folder)))


def _laid(path: Path, folder: Path, scratch: Path | None) -> Laid | None:
    """An archive, unpacked; None for one that is no archive of stories, or can't be unpacked at all."""
    try:
        with path.open("rb") as file:
            archive = Archive(file, LIMITS)
            inside = dict(_inside(archive.entries))
            if any(PAGE.search(name) for name in inside) or not any(map(_is_wanted, inside)):
                return None
            home = _home(path, folder)
            if scratch and not all(_has(home / name, entry) for name, entry in inside.items()):
                home = _home(path, scratch)
            return _put(archive, inside, home, path)
    except (Damaged, IsADirectoryError, FileNotFoundError, PermissionError):
        return None


def _inside(entries: Iterable[ZipInfo]) -> Iterator[tuple[str, ZipInfo]]:
    """The files of an archive under names that every system takes; of several of one name the last."""
    ways = [(tuple(p for p in e.filename.replace("\\", "/").split("/") if p not in ("", ".")), e) for e in entries]
    kept = [
        (way, entry)
        for way, entry in ways
        if 0 < len(way) <= DEEPEST and MACS not in way and not any(part.startswith(".") for part in way)
    ]
    for way, entry in kept:
        yield "/".join(map(_safe, way)), entry


def _safe(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    return f"{safe_name(stem) or '_'}{dot}{safe_name(ending)}" if dot else safe_name(part) or "_"


def _is_wanted(name: str) -> bool:
    last = name.rpartition("/")[2]
    return is_story_name(last) or ending_of(last) == ".epub"


def _home(archive: Path, parent: Path) -> Path:
    """The folder of this archive: its own, or that of one which is there no more, or a new one. Raises OutputError."""
    stem, real = safe_name(archive.stem) or "archive", os.path.realpath(archive)
    for number in range(1, MOST_FOLDERS):
        home = parent / (stem if number == 1 else f"{stem} ({number})")
        if not os.path.lexists(home):
            return home
        before = _known(home).get("archive")
        if isinstance(before, str) and not home.is_symlink() and (before == real or not Path(before).exists()):
            return home
    raise OutputError("too many archives have this name", str(parent), "choose another folder with -o")


def _known(home: Path) -> Mapping[str, object]:
    with suppress(OSError, ValueError, RecursionError):
        known = json.loads(read_regular(home / KNOWN, KNOWN_LIMIT))
        return known if isinstance(known, dict) else {}
    return {}


def _has(path: Path, entry: ZipInfo) -> bool:
    """Whether the file seems to lie there as the archive has it: by its size and time."""
    with suppress(OSError):
        status = path.stat()
        return status.st_size == entry.file_size and status.st_mtime == changed_at(entry)
    return False


def _put(archive: Archive, inside: Mapping[str, ZipInfo], home: Path, source: Path) -> Laid:
    """Puts the files of an archive into its folder, as far as they are others there, and takes away those of its own
    that it holds no more. Raises OutputError."""
    faults = []
    for name, entry in inside.items():
        try:
            _place(home / name, archive.read(entry), changed_at(entry))
        except (Damaged, OutputError) as error:
            if _is_wanted(name):
                why = error.what if isinstance(error, OutputError) else str(error)
                faults.append(_fault(home / name, f"{shown_path(source)}: {name} {why}"))
    _take_away(home, inside)
    known = {"archive": os.path.realpath(source), "files": sorted(inside)}
    _place(home / KNOWN, json.dumps(known, indent=1).encode(), 0)
    there = [home / name for name in sorted(inside, key=natural) if lies(home / name)]
    books = [path for path in there if ending_of(path.name) == ".epub"]
    folder = _top(home, inside)
    try:
        find_stories([folder])
    except MissingInput as error:  # EPUBs in a folder are finished books, as long as nobody names them
        if not books and not faults:
            faults.append(_fault(home, f"{shown_path(source)}: there are no stories in it; {error.remedy}"))
        return Laid(tuple(books), tuple(faults))
    return Laid((folder, *books), tuple(faults))


def _take_away(home: Path, inside: Collection[str]) -> None:
    """Takes the files away that we put there and the archive holds no more."""
    listed = _known(home).get("files")
    before = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    for name in set(before).difference(inside):
        if lies_in(home / name, home):
            with suppress(OSError):
                (home / name).unlink()


def _top(home: Path, inside: Collection[str]) -> Path:
    """The folder of an archive, or the one in it that holds all."""
    tops = {name.partition("/")[0] for name in inside}
    return home / tops.pop() if len(tops) == 1 and all("/" in name for name in inside) else home


def _fault(path: Path, problem: str) -> Job:
    return Job(StoryFiles((path,), path.stem, problem=problem), problem=problem)


def _place(path: Path, data: bytes, moment: int) -> None:
    """Puts these bytes there, as of this time (s), unless they are there. Raises OutputError."""
    with suppress(OSError):
        if not path.is_symlink() and read_regular(path, len(data)) == data:
            return
    write_book(path, data)
    with suppress(OSError):
        os.utime(path, (moment, moment))
