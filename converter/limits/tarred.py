"""Tar archives of others, packed or not, read from beginning to end within limits: the one reader of them here.

Nothing is written to the disk, and names are only told. Bytes are counted where they are unpacked, so that neither a
file, nor what stands between two files, nor the archive as a whole can become more than it may.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from converter.document.record import dataclass
from converter.limits.unzip import ArchiveLimits, Damaged, TooMuch

BETWEEN = 2_000_000  # bytes of headers between two files: a long name has some thousand
BLOCK = 512  # bytes: a file's are filled up to whole blocks
RATIO_FROM = 64_000_000  # bytes unpacked, from which it matters how far an archive unpacks
# Of shards: many files, which unpack as text does; a kilobyte is held of each.
SHARD = ArchiveLimits(entries=200_000, member=64_000_000, total=1_000_000_000_000, ratio=200)


@dataclass(frozen=True, slots=True)
class TarEntry:
    """A regular file in an archive: its name as it stands there, its size and when it was changed (s since 1970)."""

    name: str
    size: int
    modified: int


class Tar:
    """A tar archive as it comes. `read` gives the bytes of the entry that `entries` gave last."""

    def __init__(self, file: BinaryIO, limits: ArchiveLimits = SHARD) -> None:
        """`file` can be rewound. Raises Damaged for what is no such archive."""
        self._limits = limits
        self._stream = _Counted(file, limits)
        self._member: tarfile.TarInfo | None = None
        with _told():
            stream: Any = self._stream  # only its `read` is asked for
            self._tar = tarfile.open(fileobj=stream, mode="r|", errors="surrogateescape")  # noqa: SIM115 -- has no end

    def entries(self) -> Iterator[TarEntry]:
        """Its regular files, in their order; links, devices and folders are passed over. Raises Damaged, TooMuch."""
        number = 0
        while True:
            with _told():
                self._member = member = self._tar.next()
            if member is None:
                if not self._stream.has_ended():
                    raise Damaged("is cut off")
                return
            self._stream.allow(member.size + BLOCK)
            if not member.isreg() or member.issparse():
                continue
            number += 1
            if number > self._limits.entries:
                raise TooMuch(f"holds more than {self._limits.entries:,} files")
            yield TarEntry(member.name, member.size, int(member.mtime))

    def read(self) -> bytes:
        """The bytes of the entry that came last. Raises TooMuch for a large one, Damaged where it is cut off."""
        assert self._member
        if self._member.size > self._limits.member:
            raise TooMuch(f"unpacks to more than {self._limits.member / 1e6:.0f} MB")
        with _told():
            file = self._tar.extractfile(self._member)
            data = file.read() if file else b""
        if len(data) != self._member.size:
            raise Damaged("is cut off")
        return data


class _Counted:
    """The unpacked bytes of a file that may be packed, counted on both sides."""

    def __init__(self, file: BinaryIO, limits: ArchiveLimits) -> None:
        self._limits, self._packed = limits, file
        start = file.read(2)
        file.seek(0)
        self._file: Any = _unpacking(start, file)
        self._total, self._left = 0, BETWEEN
        self._end = b""

    def allow(self, size: int) -> None:
        """From here to the next header there may be so many bytes, and what headers take."""
        self._left = size + BETWEEN

    def read(self, size: int) -> bytes:
        part: bytes = self._file.read(size)
        self._end = (self._end + part)[-BLOCK:] if len(part) < BLOCK else part[-BLOCK:]
        self._total += len(part)
        self._left -= len(part)
        ratio = self._limits.ratio
        if self._left < 0:
            raise TooMuch("has a header that is far too long")
        if self._total > self._limits.total:
            raise TooMuch(f"unpacks to more than {self._limits.total / 1e9:.0f} GB")
        if ratio and self._total > RATIO_FROM and self._total > ratio * self._packed.tell():
            raise TooMuch("would unpack to far more than it is worth")
        return part

    def has_ended(self) -> bool:
        """Whether the archive ends as archives do, with a block of nothing: one that was cut off has none."""
        with _told():
            self.read(BETWEEN // 2)
        return self._total % BLOCK == 0 and self._end == bytes(BLOCK)


def _unpacking(start: bytes, file: BinaryIO) -> Any:
    """What unpacks a file that begins so, or the file itself."""
    if start == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=file)
    if start == b"BZ":
        return bz2.BZ2File(file)
    return lzma.LZMAFile(file) if start == b"\xfd7" else file


@contextmanager
def _told() -> Iterator[None]:
    """What the libraries raise, as our own errors."""
    try:
        yield
    except Damaged:
        raise
    except (tarfile.TarError, EOFError, OSError, lzma.LZMAError, zlib.error, struct.error, ValueError) as error:
        raise Damaged(f"is damaged ({' '.join(str(error).split())[:100] or type(error).__name__})") from None
