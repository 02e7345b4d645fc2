"""E-readers that are plugged in: drives that show two marks of one, what they read and where it belongs.

One mark alone is on many a disk: a folder `documents` most of all. The marks are those by which KOReader and calibre
know these readers. Kindles of 2024 and later, the Scribe, and readers with Android show no drive.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from converter.document.errors import MissingInput
from converter.document.record import dataclass

PLACES = "CHAPBOOK_DRIVES"  # folders in which drives are looked for, in the place of the system's own
OF_SYSTEM = {"darwin": ("/Volumes",), "win32": ()}  # elsewhere:
OF_UNIX = ("/media", "/run/media", "/mnt")
DEPTH = 2  # folders below such a place: /media/NAME, /run/media/PERSON/NAME
MOST_LOOKED_AT = 200  # folders in one
LONGEST_MARK = 4_096  # bytes of a file that says what a reader is


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reader: its name, the format it reads best, the folder for books ("" for none of its own), and the
    marks of which all have to be there."""

    name: str
    format: str
    folder: str
    marks: tuple[Callable[[Path], bool], ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader that is plugged in: its kind, and where its drive is; or any folder, which is not known as a reader."""

    name: str
    format: str
    drive: Path
    folder: str
    is_known: bool = True

    def home(self) -> Path:
        """The folder for books, as the drive spells it."""
        return _found(self.drive, self.folder) or self.drive / self.folder


def _found(drive: Path, way: str) -> Path | None:
    """What lies at this path, in whatever letters: most drives of readers don't tell small ones from capitals."""
    here = drive
    for part in filter(None, way.split("/")):
        try:
            names = os.listdir(here)  # noqa: PTH208
        except OSError:
            return None
        name = part if part in names else next((n for n in names if n.casefold() == part.casefold()), None)
        if name is None:
            return None
        here /= name
    return here


def _folder(way: str) -> Callable[[Path], bool]:
    return lambda drive: (found := _found(drive, way)) is not None and found.is_dir()


def _file(way: str) -> Callable[[Path], bool]:
    return lambda drive: (found := _found(drive, way)) is not None and found.is_file()


def _says_kobo(drive: Path) -> bool:
    """Whether `.kobo/version` has what Kobo writes there: serial number, two versions, ..., the model."""
    try:
        with (drive / ".kobo" / "version").open("rb") as file:
            said = file.read(LONGEST_MARK).decode("ascii")
    except (OSError, ValueError):
        return False
    parts = said.strip().split(",")
    return len(parts) >= 3 and all(part.isprintable() and part for part in parts)


def _is_called_tolino(drive: Path) -> bool:
    return "tolino" in drive.name.casefold()


KINDS = (  # the first that fits
    Kind("tolino", "epub", "", (_says_kobo, _is_called_tolino)),  # since 2024 they are Kobos that read no KEPUB
    Kind("tolino", "epub", "Books", (_folder("Books"), lambda drive: _found(drive, ".tolino") is not None)),
    Kind("Kobo", "kepub", "", (_says_kobo, _file(".kobo/KoboReader.sqlite"))),
    Kind("PocketBook", "epub", "Books", (_folder("system/config"), _folder("books"))),
    Kind("Kindle", "azw3", "documents", (_folder("documents"), _folder("system"))),
    Kind("reader", "epub", "Digital Editions", (_folder("Digital Editions"), _folder(".adobe-digital-editions"))),
    Kind("KOReader", "epub", "", (_folder("koreader"), _file("koreader/settings.reader.lua"))),
)


def reader_at(drive: Path) -> Reader | None:
    """The reader whose drive this is; None for any other folder."""
    for kind in KINDS:
        if all(mark(drive) for mark in kind.marks):
            return Reader(kind.name, kind.format, drive, kind.folder)
    return None


def readers() -> tuple[Reader, ...]:
    """The readers that are plugged in."""
    return tuple(found for drive in _drives() if (found := reader_at(drive)))


def the_reader(place: str = "") -> Reader:
    """The reader at this place; any other folder is one that takes EPUBs. Without a place the only one that is plugged
    in. Raises MissingInput."""
    if place:
        path = Path(place)
        if not path.is_dir():
            raise MissingInput("no such folder", place, "name the drive of the reader, or a folder on it")
        return reader_at(path) or Reader("folder", "epub", path, "", is_known=False)
    found = readers()
    if not found:
        remedy = "plug it in and unlock it, or say --to PATH; newest Kindles and readers with Android show no drive"
        raise MissingInput("no reader is plugged in", "", remedy)
    if len(found) > 1:
        named = ", ".join(f"{one.name} at {one.drive}" for one in found)
        raise MissingInput(f"{len(found)} readers are plugged in ({named})", "", "say which: --to PATH")
    return found[0]


def _drives() -> Iterator[Path]:
    """All folders that may be a drive, no disk of the system itself."""
    said = os.environ.get(PLACES, "")
    places = said.split(os.pathsep) if said else OF_SYSTEM.get(sys.platform, OF_UNIX)
    for place in places:
        yield from _below(Path(place), DEPTH)
    if sys.platform == "win32" and not said:
        own = os.environ.get("SystemDrive", "C:").upper()  # noqa: SIM112
        yield from (Path(f"{letter}:\\") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ" if f"{letter}:" != own)


def _below(place: Path, depth: int) -> Iterator[Path]:
    try:
        inside: Sequence[Path] = sorted(p for p in place.iterdir() if p.is_dir() and not p.is_symlink())
    except OSError:
        return
    for folder in inside[:MOST_LOOKED_AT]:
        yield folder
        if depth > 1 and not reader_at(folder):
            yield from _below(folder, depth - 1)
