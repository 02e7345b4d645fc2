"""What addresses stand for: folders of stories, and shards of archives in which one story lies after another."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from converter.build.folders import find_stories, is_story_name
from converter.build.inputs import Job, other_files
from converter.build.planning import unplaced
from converter.build.repeats import told_once
from converter.build.sidecars import Defaults
from converter.build.story_files import StoryFiles
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import state_of
from converter.cluster.addresses import FileThere, file_at, files_below, local_path, name_of
from converter.document.errors import MissingInput, UnknownFormat
from converter.document.record import dataclass

ShardKind = Literal["tar", "zip", "parquet", "warc"]
ENDINGS: Mapping[str, ShardKind] = {
    ".tar": "tar", ".tar.gz": "tar", ".tgz": "tar", ".tar.bz2": "tar", ".tar.xz": "tar", ".zip": "zip",
    ".parquet": "parquet", ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shard:
    """An archive of stories. `column` of a table holds them; "" for the one that is called so."""

    file: FileThere
    kind: ShardKind
    column: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is at some addresses: stories of folders of this machine, files of stores, shards."""

    jobs: tuple[Job, ...] = ()
    files: tuple[FileThere, ...] = ()
    shards: tuple[Shard, ...] = ()


def shard_kind(name: str) -> ShardKind | None:
    """What kind of shard a file of this name is; None for one that is no shard."""
    lower = name.lower()
    return next((kind for ending, kind in ENDINGS.items() if lower.endswith(ending)), None)


def found_at(addresses: Sequence[str], options: Mapping[str, Any], output: str, column: str = "") -> Found:
    """What there is at these whole addresses, each thing once; `output` is never searched.

    Folders of this machine are understood as `convert` does, so that a story that lies in several is made once; of a
    store every file whose ending is that of stories is a story. Raises MissingInput, UnknownFormat, SettingError,
    OutputError.
    """
    groups: list[StoryFiles] = []
    named: list[StoryFiles] = []
    files: dict[str, FileThere] = {}
    shards: dict[str, Shard] = {}
    for address in dict.fromkeys(addresses):
        path = local_path(address)
        there = files_below(address) if path is None else tuple(_of_disk(path, output))
        shards |= {f.address: Shard(f, kind, column) for f in there if (kind := shard_kind(name_of(f.address)))}
        if path is None:
            stories = {f.address: f for f in there if not shard_kind(f.address) and is_story_name(name_of(f.address))}
            _refuse_nothing(address, there, stories)
            files |= {a: f for a, f in stories.items() if not a.startswith(f"{output}/")}
        elif path.is_dir():
            groups += _of_folder(path, output, only_shards=bool(there))
        elif not there:
            named += find_stories([path])
    defaults = Defaults()
    once = (*told_once(groups, _has_books(output)), *named)
    jobs = {group.name: unplaced(group, options, defaults) for group in once}
    return Found(tuple(jobs.values()), tuple(files.values()), tuple(shards.values()))


def _has_books(output: str) -> Callable[[StoryFiles], bool]:
    """Whether books of a story were made before, where they go into a folder of this machine."""
    folder = local_path(output)
    if folder is None:
        return lambda _: False
    with Catalogue(folder) as catalogue:
        known = {story.source for story in catalogue.stories()}
        return lambda group: catalogue.name(group.folder or group.files[0]) in known


def _refuse_nothing(address: str, there: Sequence[FileThere], stories: Mapping[str, FileThere]) -> None:
    if not there:
        raise MissingInput("there is nothing", address, "check the address")
    if not stories and not any(shard_kind(f.address) for f in there):
        raise UnknownFormat("there are no stories", address, f"shards end in {', '.join(ENDINGS)}")


def _of_disk(path: Path, output: str) -> Iterator[FileThere]:
    """The shards at a path, or below it."""
    if not path.is_dir():
        if shard_kind(path.name):
            yield file_at(str(path))
        return
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(n for n in inner if not n.startswith(".") and os.path.join(folder, n) != output)  # noqa: PTH118
        for name in sorted(names):
            if shard_kind(name) and not name.startswith("."):
                yield file_at(os.path.join(folder, name))  # noqa: PTH118


def _of_folder(path: Path, output: str, *, only_shards: bool) -> Sequence[StoryFiles]:
    """The stories in a folder of this machine and below it; none where there are `only_shards`."""
    try:
        return find_stories([path], avoid=local_path(output))
    except MissingInput:
        if only_shards:
            return ()
        raise


def facts_of(job: Job) -> tuple[object, ...]:
    """What tells whether a story of a folder is another now: its files as they are, and what is said of it."""
    files = [(str(path), state_of(path)) for path in job.group.files]
    files += [(str(path), state_of(path)) for _, path in other_files(job)]
    said = (job.sidecar_values, job.group.said, *(d.values for d in job.defaults))
    return (*files, *(sorted(map(repr, values.items())) for values in said), job.problem)


def is_story(name: str) -> bool:
    """Whether a file of this name in an archive is a story."""
    return is_story_name(last_part(name))


def last_part(name: str) -> str:
    """A name in an archive without the folders, as any system writes them."""
    return name.replace("\\", "/").rpartition("/")[2]
