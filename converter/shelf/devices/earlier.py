"""Copies of a book that a drive has already: known by their names, and by what they say that they are.

A copy stays where it is and what it is called, for readers keep a person's place and notes beside it under that name.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from converter.build.identity import known_by
from converter.build.registry import writer_of
from converter.limits.files import opened_regular, read_regular

MOST_SEEN = 20_000  # files and folders of a drive among which a copy is looked for
MOST_READ = 3_000  # books of other names that are asked what they are
MOST_ALIKE = 100  # books of one name
NUMBERED = re.compile(r" \(\d{1,2}\)\Z")  # the end of such a name


def candidates(folder: Path, name: str, ending: str) -> list[Path]:
    """The places that a book of this name may have in a folder, the best first."""
    return [folder / f"{name}{f' ({n})' if n else ''}{ending}" for n in (0, *range(2, MOST_ALIKE))]


def same_at(data: bytes, folder: Path, name: str, ending: str) -> Path | None:
    """Where the book lies under its name already, byte for byte."""
    for path in candidates(folder, name, ending):
        if not os.path.lexists(path):
            return None
        if _bytes_at(path, len(data)) == data:
            return path
    return None


def is_copy(path: Path, own: str) -> bool:
    """Whether a file is an earlier or later copy of the book that says that it is `own`."""
    return bool(own) and _said_at(path) == own


def own_key(data: bytes) -> str:
    """What a book says that it is; "" for nothing."""
    return known_by(io.BytesIO(data))


def put_elsewhere(
    data: bytes, folder: Path, names: Iterable[str], ending: str, others_names: Collection[str]
) -> Path | None:
    """Where a copy of this book lies that has not the place it would get: the person put it into a folder below, or the
    book has been given another name since. None where there is none, or one lies in its place.

    `others_names` are those of other books, without endings: a file of such a name is theirs, whatever it says."""
    own = own_key(data)
    if not own:
        return None
    alike = {path.name for name in names for path in candidates(folder, name, ending)}
    others: list[Path] = []
    for path in _books_below(folder, ending):
        if path.name not in alike:
            if NUMBERED.sub("", path.name.removesuffix(ending)) not in others_names:
                others.append(path)
        elif is_copy(path, own):
            return None if path.parent == folder else path
    return next((path for path in others[:MOST_READ] if is_copy(path, own)), None)


def _books_below(folder: Path, ending: str) -> Iterator[Path]:
    """The files with this ending in a folder and below it, those of the folder itself first; nothing hidden."""
    seen = 0
    for place, inner, files in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and _ends(name, ending):
                yield Path(place, name)
        seen += len(inner) + len(files)
        if seen > MOST_SEEN:
            break


def _ends(name: str, ending: str) -> bool:
    """Whether a file is of this format, by its name: a KEPUB is no EPUB."""
    writer = writer_of(name)
    return (writer.ending if writer else os.path.splitext(name)[1]) == ending  # noqa: PTH122


def _bytes_at(path: Path, most: int) -> bytes:
    """The bytes of a file; none where it has more, or is none."""
    try:
        return read_regular(path, most)
    except OSError:
        return b""


def _said_at(path: Path) -> str:
    try:
        with opened_regular(path) as file:
            return known_by(file)
    except OSError:
        return ""
