"""Files at addresses: of this machine (a path, `file://`), of object stores (`s3://`, `gs://`), of this process's own
memory.

A file is written whole or not at all: beside its place and moved there on a disk, with one request in a store, which
shows nothing of a file before it has all of it.
"""

from __future__ import annotations

import io
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from converter.build.shelving import write_book
from converter.document.errors import ConverterError, MissingInput, OutputError, SettingError
from converter.document.record import dataclass

SCHEMES = ("file", "memory", "s3", "gs")
EXTRA = "pip install 'chapbook[cluster]'"
BLOCK = 1 << 20  # bytes asked for at a time
ATTEMPTS = 3  # to write a file
PAUSE = 1.0  # seconds after the first that failed, then twice as long
ELSEWHERE = "at-"  # then the machine: in the name of a file that is being written
VERSIONS = ("ETag", "etag", "mtime", "LastModified", "updated", "created")  # what stores say of when a file changed
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileThere:
    """A file at an address: its bytes, and what changes when it does."""

    address: str
    size: int
    version: str


def is_address(text: str) -> bool:
    """Whether this is an address and no path."""
    return "://" in text


def whole_address(text: str) -> str:
    """The address as it is the same everywhere: a path from the root, or a scheme and what it leads to.

    Raises SettingError for a scheme that is not known.
    """
    if not is_address(text):
        return os.path.abspath(text)  # noqa: PTH100 -- no link is followed
    scheme, _, rest = text.partition("://")
    if scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise SettingError(f"there is no way to addresses that begin with {scheme}://", text, f"known are {known}")
    return os.path.abspath(rest) if scheme == "file" else text.rstrip("/")  # noqa: PTH100


def local_path(address: str) -> Path | None:
    """Where on this machine a whole address leads; None for one of a store."""
    return None if is_address(address) else Path(address)


def is_private(address: str) -> bool:
    """Whether only this process sees what is at an address."""
    return address.startswith("memory://")


def name_of(address: str) -> str:
    """The last part of an address."""
    return address.rpartition("/")[2]


def files_below(address: str) -> tuple[FileThere, ...]:
    """The file at an address of a store, or all files below it, by their names. Raises MissingInput."""
    found = _asked(address, _found, "can't be listed")
    scheme = address.partition("://")[0]
    return tuple(FileThere(f"{scheme}://{p.removeprefix('/')}", size, version) for p, size, version in found)


def _found(fs: Any, path: str) -> list[tuple[str, int, str]]:
    fs.invalidate_cache()
    there = fs.find(path, detail=True)
    return [
        (name, int(info.get("size") or 0), str(next((info[key] for key in VERSIONS if info.get(key)), "")))
        for name, info in sorted(there.items())
        if info.get("type") == "file"
    ]


def file_at(address: str) -> FileThere:
    """The file at a whole address. Raises MissingInput."""
    path = local_path(address)
    if path is None:
        found = [f for f in files_below(address) if f.address == address]
        if not found:
            raise MissingInput("there is no such file", address, "check the address")
        return found[0]
    try:
        status = path.stat()
    except FileNotFoundError:
        raise MissingInput("no such file or folder", address, "check the name") from None
    except (OSError, ValueError) as error:
        raise MissingInput(f"can't be read ({getattr(error, 'strerror', error)})", address) from None
    return FileThere(address, status.st_size, str(status.st_mtime_ns))


def opened(address: str) -> BinaryIO:
    """The file at a whole address, to be read. Raises MissingInput, also from its methods."""
    path = local_path(address)
    if path is None:
        return io.BufferedReader(_Reading(address), BLOCK)
    try:
        if not path.is_file():
            raise MissingInput("it is no file", address)
        return path.open("rb", buffering=BLOCK)
    except OSError as error:
        raise MissingInput(f"can't be read ({error.strerror})", address) from None


def read_file(address: str) -> bytes:
    """All bytes of a file that we wrote. Raises MissingInput."""
    with opened(address) as file:
        return file.read()


def names_in(address: str) -> frozenset[str]:
    """The names of the files in a folder; none where there is no folder. Raises MissingInput."""
    path = local_path(address)
    if path is not None:
        return frozenset(p.name for p in path.glob("*") if p.is_file())

    def listed(fs: Any, path: str) -> frozenset[str]:
        fs.invalidate_cache()
        try:
            return frozenset(name_of(name) for name in fs.ls(path, detail=False))
        except FileNotFoundError:
            return frozenset()

    return _asked(address, listed, "can't be listed")


def write_whole(address: str, data: bytes) -> None:
    """Puts a file at a whole address, whole or not at all; what stood there is replaced. Raises OutputError."""
    path = local_path(address)
    if path is not None:
        write_book(path, data, writer=f"{ELSEWHERE}{socket.gethostname()[:40]}-")
        return
    for attempt in range(ATTEMPTS):
        try:
            _asked(address, lambda fs, path: fs.pipe_file(path, data), "can't be written")
            return
        except MissingInput as error:
            if attempt == ATTEMPTS - 1:
                raise OutputError(
                    error.what, error.where, "check the address, and whether you may write there"
                ) from None
            time.sleep(PAUSE * 2**attempt)


class _Reading(io.RawIOBase):
    """A file of a store; what goes wrong on the way is no fault of the file, and told as MissingInput."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._file: Any = _asked(
            address, lambda fs, path: fs.open(path, "rb", block_size=BLOCK * 4, cache_type="readahead"), "can't be read"
        )

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part: bytes = _told(self._address, lambda: self._file.read(len(buffer)), "can't be read")
        buffer[: len(part)] = part
        return len(part)

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(_told(self._address, lambda: self._file.seek(offset, whence), "can't be read"))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _asked(address: str, ask: Callable[[Any, str], T], what: str) -> T:
    """What the file system of an address answers. Raises MissingInput, SettingError where a library is missing."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise SettingError("addresses need fsspec", address, EXTRA) from None

    def asked() -> T:
        try:
            fs, path = url_to_fs(address)
        except ImportError as error:
            said = str(error).rstrip(".")  # "Please install gcsfs to access Google Storage"
            remedy = said[:1].lower() + said[1:]
            raise SettingError("a library is missing for such addresses", address, remedy) from None
        return ask(fs, path)

    return _told(address, asked, what)


def _told(address: str, ask: Callable[[], T], what: str) -> T:
    """An answer; whatever the libraries of stores raise becomes one line."""
    try:
        return ask()
    except (ConverterError, MemoryError):
        raise
    except Exception as error:  # of botocore, aiohttp, gcsfs ...: each has a tree of its own
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise MissingInput(f"{what} ({said})", address, "check the address, and whether you may read there") from None
