"""Stories taken out of shards: one after another, within limits, each a file of its own in a folder of ours.

Names in archives are made by others: nothing is written where they say. Of a name only the last part is kept, as the
stem of a file that lies in a folder with a number. What can't be taken out is told in the story's place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZipInfo

from converter.build.file_names import safe_name
from converter.build.inputs import SIZE_LIMIT, Job
from converter.build.story_files import StoryFiles, shown_path
from converter.catalogue.catalogue import INSIDE
from converter.cluster.addresses import FileThere, name_of, opened
from converter.cluster.rows_in import count_rows, rows
from converter.cluster.sources import Shard, ShardKind, is_story, last_part
from converter.cluster.taken import Refused, Taken, TakenOrNot
from converter.cluster.web_records import web_stories
from converter.document.record import dataclass
from converter.limits.tarred import SHARD, Tar
from converter.limits.unzip import Archive, Damaged, changed_at

STEM_BYTES = 80  # of a name that others gave; a book's name has more of its own


@dataclass(frozen=True, slots=True)
class Entry:
    """One story of a shard: its address, and its job; or why it could not be taken out."""

    source: str
    job: Job | None = None
    problem: str = ""


def count(shard: Shard) -> int:
    """How many stories there are in a shard, those included that can't be taken out. Raises MissingInput."""
    with opened(shard.file.address) as file:
        match shard.kind:
            case "tar":
                return sum(1 for _ in _to_the_end(_tar_stories(file, range(0))))
            case "warc":
                return sum(1 for _ in _to_the_end(web_stories(file, range(0))))
            case _:
                try:
                    return count_rows(file) if shard.kind == "parquet" else len(_stories_of(Archive(file, SHARD)))
                except Damaged:
                    return 1  # what is told of it


def taken_out(shard: Shard, wanted: range, folder: Path, options: Mapping[str, Any]) -> Iterator[Entry]:
    """The stories of these numbers, from 0, each a file in a folder of its own below `folder`.

    Raises MissingInput where the shard can't be read at all.
    """
    address = shard.file.address
    readers: dict[ShardKind, Callable[[BinaryIO, range], Iterator[tuple[int, TakenOrNot]]]] = {
        "tar": _tar_stories,
        "zip": _zip_stories,
        "parquet": lambda file, wanted: rows(file, wanted, shard.column),
        "warc": web_stories,
    }
    with opened(address) as file:
        for number, one in _to_the_end(readers[shard.kind](file, wanted)):
            if number not in wanted:
                continue
            source = f"{address}{INSIDE}{_printable(one.name)}" if one.name else address
            if isinstance(one, Refused):
                yield Entry(source, problem=f"{source}: {one.why}")
            else:
                yield Entry(source, _job(one, folder / str(number), address, options))
            if number + 1 >= wanted.stop:
                return


def fetched(file: FileThere, folder: Path, options: Mapping[str, Any]) -> Entry:
    """A story that is a file of a store. Raises MissingInput."""
    if file.size > SIZE_LIMIT:
        return Entry(file.address, problem=f"{file.address}: {_too_large()}")
    with opened(file.address) as there:
        data = there.read(SIZE_LIMIT + 1)
    stem, _, ending = name_of(file.address).rpartition(".")
    return Entry(file.address, _job(Taken(stem, stem, f".{ending.lower()}", data), folder, file.address, options))


def _job(taken: Taken, folder: Path, address: str, options: Mapping[str, Any]) -> Job:
    folder.mkdir(parents=True)
    stem = _short(safe_name(taken.stem.encode("utf-8", "replace").decode())) or "story"
    path = folder / f"{stem}{taken.suffix}"
    path.write_bytes(taken.data)
    os.utime(path, (taken.modified, taken.modified))  # by which the book is dated: never by today
    return Job(StoryFiles((path,), stem, settings=frozenset(), said=taken.said, said_in=address), options)


def _short(stem: str) -> str:
    return stem.encode()[:STEM_BYTES].decode("utf-8", "ignore").rstrip(". ")


def _printable(name: str) -> str:
    """A name as it can be told: no bytes that are no text, nothing that would do things to a terminal."""
    return shown_path(Path(name.encode("utf-8", "replace").decode())) if name.strip() else name


def _too_large() -> str:
    return f"more than {SIZE_LIMIT / 1e6:.0f} MB, and a story has at most that"


def _to_the_end(stories: Iterator[tuple[int, TakenOrNot]]) -> Iterator[tuple[int, TakenOrNot]]:
    """The stories; where the archive itself ends badly, that is told in the place of the next."""
    following = 0
    try:
        for number, one in stories:
            following = number + 1
            yield number, one
    except Damaged as error:
        yield following, Refused("", f"the archive {error}; what comes after is lost")


def _taken(name: str, size: int, modified: int, read: Callable[[], bytes]) -> TakenOrNot:
    """A file of an archive as a story."""
    if size > SIZE_LIMIT:
        return Refused(name, _too_large())
    try:
        data = read()
    except Damaged as error:
        return Refused(name, str(error))
    stem, _, ending = last_part(name).rpartition(".")
    return Taken(name, stem, f".{ending.lower()}", data, max(0, modified))


def _tar_stories(file: BinaryIO, wanted: range) -> Iterator[tuple[int, TakenOrNot]]:
    """The stories of a tar; those that are not wanted are told as refused."""
    tar = Tar(file)
    number = 0
    for entry in tar.entries():
        if not is_story(entry.name):
            continue
        yield number, _taken(entry.name, entry.size, entry.modified, tar.read) if number in wanted else Refused("", "")
        number += 1


def _zip_stories(file: BinaryIO, wanted: range) -> Iterator[tuple[int, TakenOrNot]]:
    archive = Archive(file, SHARD)
    entries = _stories_of(archive)
    for number in range(wanted.start, min(wanted.stop, len(entries))):
        entry = entries[number]
        yield number, _taken(entry.filename, entry.file_size, changed_at(entry), partial(archive.read, entry))


def _stories_of(archive: Archive) -> list[ZipInfo]:
    return [entry for entry in archive.entries if is_story(entry.filename)]
