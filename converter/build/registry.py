"""The registry of formats: who reads a file, who writes a book; the program's own rows, then those of packages.

A package names its rows as entry points, `chapbook.readers` and `chapbook.writers`; they are looked for when a file or
a format is asked for that no row of the program's own table knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from converter.build.formats import READERS, WRITERS, Reader, ReadOptions, Writer
from converter.document.contracts import Parser
from converter.document.errors import SettingError, UnknownFormat

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

READERS_GROUP, WRITERS_GROUP = "chapbook.readers", "chapbook.writers"
NAMED_ONLY = (
    ".zip",
    ".epub",
    ".doc",
    ".mbox",
)  # one found in a folder may hold anything, is a finished book, can't be read
_READERS: Mapping[str, Reader] = {suffix: row for row in READERS for suffix in row.suffixes}
_WRITERS: Mapping[str, Writer] = {row.name: row for row in WRITERS}
WRITTEN = tuple(_WRITERS)
SUFFIXES = tuple(suffix for suffix in _READERS if suffix not in NAMED_ONLY)
FormatRow = TypeVar("FormatRow")


@cache
def _brought(group: str) -> tuple[Any, ...]:
    """The rows that installed packages bring."""
    from importlib.metadata import entry_points

    points: list[EntryPoint] = sorted(entry_points(group=group), key=lambda e: e.name)
    return tuple(point.load() for point in points)


def _rows(group: str, kind: type[FormatRow]) -> Iterator[FormatRow]:
    return (row for row in _brought(group) if isinstance(row, kind))


def reader(suffix: str) -> Reader | None:
    """The row that reads files with this suffix; None where nobody does."""
    suffix = suffix.lower()
    row = _READERS.get(suffix)
    return row or next((row for row in _rows(READERS_GROUP, Reader) if suffix in row.suffixes), None)


def is_read(suffix: str) -> bool:
    """Whether anybody reads files with this suffix."""
    return reader(suffix) is not None


def parser_for(suffix: str, options: ReadOptions) -> Parser:
    """The parser of files with this suffix. Raises UnknownFormat."""
    row = reader(suffix)
    if row is None:
        remedy = f"known are {', '.join(_READERS)}"
        raise UnknownFormat(f"no parser reads {suffix or 'such'} files", remedy=remedy)
    return row.make(options)


def writer(name: str) -> Writer:
    """The row that writes this format. Raises SettingError."""
    named = _WRITERS.get(name) or next((row for row in _rows(WRITERS_GROUP, Writer) if row.name == name), None)
    if named is None:
        raise SettingError(f"no writer makes {name!r}", remedy=f"choose {', '.join(_WRITERS)}")
    return named


def is_written(name: str) -> bool:
    """Whether there is a writer of this format."""
    return name in _WRITERS or any(row.name == name for row in _rows(WRITERS_GROUP, Writer))


def writer_of(file_name: str) -> Writer | None:
    """The row whose format a file of this name would have; a name without a suffix is a folder's, as a rule."""
    plain = file_name.lower()
    for row in sorted(WRITERS, key=lambda row: -len(row.ending)):
        if plain.endswith(row.ending):
            return row
    brought = _rows(WRITERS_GROUP, Writer) if "." in plain else ()
    return next((row for row in brought if plain.endswith(row.ending)), None)


def format_written_to(file_name: str) -> str:
    """The format of a file of this name that is named as the book to write, or ""."""
    row = writer_of(file_name)
    return row.name if row is not None else ""


def format_of(file_name: str) -> str:
    """The format that an output of this name asks for, or ""; a text is asked for by name, for it may be a story."""
    row = writer_of(file_name)
    return row.name if row is not None and row.ending not in SUFFIXES else ""
