"""Zip archives of others, unpacked within limits: the one reader of them in this program.

What an archive says of its own sizes is not believed: bytes are counted while they are inflated. An archive whose files
lie over one another is a bomb and refused whole; anything else that is wrong with a file costs that file.
"""

from __future__ import annotations

import calendar
import contextlib
import io
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, cast

from converter.document.record import dataclass

CHUNK = 1 << 18
RATIO_FROM = 1_000_000  # bytes: small files of one letter may pack well
HEADER = 30  # bytes before a file's name and data (APPNOTE 6.3.10, 4.3.7)
ENTRY = b"PK\x01\x02"  # how an entry of the list of files begins
LOCKED = 0x1  # the flag of a file with a password
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what EPUB and saved pages use; others unpack without a limit


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """The most files, bytes of one file, bytes of all together, and unpacked to packed (0: any)."""

    entries: int = 2_000
    member: int = 64_000_000
    total: int = 256_000_000
    ratio: int = 100  # text packs 3 to 10 times, a bomb 1,000 times


# Of books that this program has written.
OWN_BOOKS = ArchiveLimits(entries=1_000_000, member=4_000_000_000, total=16_000_000_000, ratio=0)


class Damaged(ValueError):
    """An archive, or a file in it, that can't be read. The message goes on after "the archive" or the file's name."""


class TooMuch(Damaged):
    """It has, or would unpack to, more than the limits allow."""


class Archive:
    """A zip file in memory, or one that is open. `entries` are its files (no folders) in the order of its list; names
    may come twice."""

    def __init__(self, data: bytes | BinaryIO, limits: ArchiveLimits | None = None) -> None:
        """Raises Damaged for what is no zip file or can't be unpacked at all, TooMuch."""
        self._limits = limits or ArchiveLimits()
        self._left = self._limits.total
        self._size, marks = (len(data), data.count(ENTRY)) if isinstance(data, bytes) else _measured(data)
        if marks > 10 * self._limits.entries + 1_000:  # an archive in an archive has some of its own
            raise TooMuch(f"holds far more than {self._limits.entries:,} files")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
            self.entries = tuple(e for e in self._zip.infolist() if not e.is_dir())
        except Exception as error:  # BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error ...
            raise Damaged(f"is damaged ({_reason(error)})") from None
        if len(self.entries) > self._limits.entries:
            raise TooMuch(f"holds {len(self.entries):,} files; at most {self._limits.entries:,} are read")
        if overlapping(self.entries):
            raise TooMuch("has files that lie over one another, so that it would unpack without end")
        self._by_name = {e.filename: e for e in self.entries}

    def names(self) -> list[str]:
        """The names of its files, each once."""
        return list(self._by_name)

    def read(self, entry: zipfile.ZipInfo | str) -> bytes:
        """The bytes of a file; of several files of one name the last. Raises KeyError, Damaged, TooMuch."""
        entry = self._by_name[entry] if isinstance(entry, str) else entry
        if entry.flag_bits & LOCKED:
            raise Damaged("is locked with a password")
        if entry.compress_type not in METHODS:
            raise Damaged(f"is packed in a way that is not read (method {entry.compress_type})")
        parts: list[bytes] = []
        size = 0
        packed = max(min(entry.compress_size, self._size), 1)
        try:
            with self._zip.open(entry) as file:
                while part := file.read(CHUNK):
                    size += len(part)
                    self._left -= len(part)
                    self._count(size, packed)
                    parts.append(part)
        except Damaged:
            raise
        except Exception as error:  # zlib.error, a bad checksum, EOFError, a header cut short ...
            raise Damaged(f"is damaged ({_reason(error)})") from None
        return b"".join(parts)

    def _count(self, size: int, packed: int) -> None:
        limits = self._limits
        if size > limits.member:
            raise TooMuch(f"unpacks to more than {limits.member / 1e6:.0f} MB")
        if self._left < 0:
            raise TooMuch(f"is left packed: the archive has unpacked to {limits.total / 1e6:.0f} MB already")
        if limits.ratio and size > RATIO_FROM and size > limits.ratio * packed:
            raise TooMuch("would unpack to far more than it is worth")


class _Sparing(io.BufferedIOBase):
    """A file of which only so many bytes are read."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._left = file, most

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._left + 1 if size is None or size < 0 else size
        if wanted > self._left + 1:
            raise TooMuch(f"has more than {self._left:,} bytes to be read")
        data = self._file.read(wanted)
        self._left -= len(data)
        if self._left < 0:
            raise TooMuch("has more to be read than it is worth")
        return data


def glimpsed(file: BinaryIO, ending: str, most: int) -> bytes:
    """The bytes of the first file with this ending in an archive that lies on a slow disk: of it and of itself no more
    than `most` are read. Raises Damaged, TooMuch."""
    try:
        with zipfile.ZipFile(cast("BinaryIO", _Sparing(file, most))) as archive:
            entry = next((e for e in archive.infolist() if e.filename.endswith(ending)), None)
            if entry is None or entry.compress_type not in METHODS:
                raise Damaged(f"holds no file that ends in {ending}")
            with archive.open(entry) as inside:
                return inside.read(most)
    except Damaged:
        raise
    except Exception as error:  # BadZipFile, NotImplementedError, struct.error, zlib.error ...
        raise Damaged(f"is damaged ({_reason(error)})") from None


def changed_at(entry: zipfile.ZipInfo) -> int:
    """When a file was changed (s since 1970), as the archive has it: without a zone. 0 where it says nonsense."""
    with contextlib.suppress(ValueError):
        return calendar.timegm((*entry.date_time, 0, 0, 0))
    return 0


def _measured(file: BinaryIO) -> tuple[int, int]:
    """The bytes of a file, and how often an entry of a list of files seems to begin in it."""
    size = marks = 0
    end = b""
    file.seek(0)
    while part := file.read(CHUNK):
        size += len(part)
        marks += (end + part).count(ENTRY)
        end = part[1 - len(ENTRY) :]
    return size, marks


def overlapping(entries: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether bytes of the archive belong to two of its files."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + HEADER + entry.compress_size
    return False


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
