"""Gifts that are given again: which files of an earlier one hold the same stories, or less of them.

A serial is downloaded again with a chapter more, under its name, under one that counts its chapters, or under the name
that browsers give to a second copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from converter.folders.copies import held, letters
from converter.folders.listing import WHOLE
from converter.limits.unzip import Archive, ArchiveLimits, Damaged
from converter.parsers.docx.glimpse import glimpse
from converter.parsers.works.order import natural
from converter.recognisers.metadata.copies_in_names import unversioned

GROWN = 0.8  # of an earlier text that a later one of its name holds: it is the same story, told on or revised
TOLD = 200  # letters of a text by which it can be known again
MOST_COMPARED = 50  # of such names
MOST_FOLDERS = 10_000  # tried for a gift of one name
MOST_FILES = 2_000  # of a gift
BESIDE = (".toml", ".part")  # endings of what lies beside a story
DOCUMENTS = (".docx", ".docm")
PACKED = (".epub", ".htmlz")
PAGES = (".xhtml", ".html", ".htm")
LIMITS = ArchiveLimits(entries=10_000, member=WHOLE, total=4 * WHOLE)
_NUMBER = re.compile(r"\d+")


def earlier_file(parent: Path, own: str, name: str, data: IO[bytes]) -> Path | None:
    """The file of an earlier gift below `parent` that holds the same story as this one, or less of it: one of this
    name in a gift that is called `own`, or of a name that differs in its numbers, or in a copy's mark."""
    said = _read(data)
    for path in _of_such_names(parent, own, name):
        if path.is_file() and path.stat().st_size <= WHOLE and _tells(said, path.read_bytes(), path.suffix.lower()):
            return path
    return None


def earlier_folder(parent: Path, own: str, files: Mapping[Path, IO[bytes]]) -> Path | None:
    """The folder of an earlier gift below `parent` that is called `own`, most of whose files are among these, by their
    places below it, and hold the same, or less."""
    for home in _called(parent, own):
        there = [path for path in home.rglob("*") if path.is_file() and path.suffix.lower() not in BESIDE][:MOST_FILES]
        if not there or sum(path.stat().st_size for path in there) > WHOLE:
            continue
        again = (path for path in there if (data := files.get(path.relative_to(home))) and _holds(path, data))
        if sum(1 for _ in again) >= GROWN * len(there):
            return home
    return None


def is_told_in(earlier: Path, home: Path) -> bool:
    """Whether the files of a story below `earlier` lie below `home` in the same places, and tell there what they told,
    or more."""
    files = [path for path in earlier.rglob("*") if path.is_file() and path.suffix.lower() not in BESIDE]
    pairs = [(path, home / path.relative_to(earlier)) for path in files]
    if not 0 < len(pairs) <= MOST_FILES or not all(now.is_file() for _, now in pairs):
        return False
    if sum(path.stat().st_size for pair in pairs for path in pair) > 2 * WHOLE:
        return False
    return all(_tells(now.read_bytes(), path.read_bytes(), path.suffix.lower()) for path, now in pairs)


def name_kept(earlier: Path, name: str) -> str:
    """What a file is called that takes the place of an earlier one: as it is called itself, where that is more than
    the earlier one's name with a copy's mark."""
    stem, _, _ = name.rpartition(".")
    return earlier.name if unversioned(stem).strip() == earlier.stem else name


def _read(data: IO[bytes]) -> bytes:
    said = data.read(WHOLE + 1)
    data.seek(0)
    return said


def _holds(path: Path, data: IO[bytes]) -> bool:
    return _tells(_read(data), path.read_bytes(), path.suffix.lower())


def _called(parent: Path, own: str) -> Iterator[Path]:
    """The folders of the gifts of this name."""
    for number in range(1, MOST_FOLDERS):
        home = parent / (own if number == 1 else f"{own} ({number})")
        if not home.is_dir():
            break
        yield home


def _of_such_names(parent: Path, own: str, name: str) -> Iterator[Path]:
    """Where files of this name lie in gifts that are called so, then those of which it is a copy by its name, and then
    those whose names have other numbers."""
    for home in _called(parent, own):
        yield home / name
    stem, dot, ending = name.rpartition(".")
    plain = unversioned(stem).strip()
    if plain != stem:
        for home in _called(parent, unversioned(own).strip()):
            yield home / f"{plain}{dot}{ending}"
    if not any(map(str.isdecimal, name)):
        return
    beside: list[Path] = []
    with suppress(OSError):
        homes = sorted(home for home in parent.iterdir() if _NUMBER.sub("0", home.name) == _NUMBER.sub("0", own))
        beside = [
            path for home in homes for path in home.iterdir() if _NUMBER.sub("0", path.name) == _NUMBER.sub("0", name)
        ]
    yield from (path for path in beside[-MOST_COMPARED:] if path.name != name)


def _tells(data: bytes, earlier: bytes, ending: str) -> bool:
    """Whether a file with this ending tells what an earlier one told."""
    if data == earlier:
        return True
    if len(data) > WHOLE:
        return False
    before, now = letters(_text(earlier, ending)), letters(_text(data, ending))
    return TOLD <= len(before) <= len(now) and held(before, now).share >= GROWN


def _text(data: bytes, ending: str) -> bytes:
    """The text in a file, with its markup; nothing of a picture, or of an archive that is damaged."""
    if ending in DOCUMENTS:
        return glimpse(data)
    if ending not in PACKED:
        return data
    try:
        archive = Archive(data, LIMITS)
        pages = sorted((e.filename for e in archive.entries if e.filename.lower().endswith(PAGES)), key=natural)
        return b"\n".join(map(archive.read, pages))
    except (Damaged, KeyError):
        return b""
