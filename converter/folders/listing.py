"""What a folder lists: its entries as the disk tells them, and what they are known by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.parsers.works.heads import FileHead

EntryKind = Literal["file", "folder", "link here", "link out", "special", "made"]
RULES = 17  # by which folders are understood: another number where they change, and all are understood anew
FIRST = 4 * 1024  # bytes in which a file shows what it is
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp", ".tif", ".tiff")
HEAD = 64 * 1024  # bytes of a file that tell which work it belongs to
END = 1024  # bytes in which a story says that it is over
WHOLE = 4 * 1024 * 1024  # bytes of a story that are compared with another's


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder: a regular file (`size` in bytes, `time` of its last change in nanoseconds, `inode`), a
    folder, a link to a folder that is found where it lies, a link that leads out of what was asked for, or something
    special (a pipe, a device, a dead link: `what` says it), or a book that was made here. `of` is the name of the file
    beside it to which a link leads."""

    name: str
    kind: EntryKind = "file"
    size: int = 0
    time: int = 0
    inode: int = 0
    of: str = ""
    what: str = "no regular file"


class Look(Protocol):
    """Looks into the files of a folder, by name; what can't be read has no bytes. Never raises OSError."""

    def first(self, name: str) -> bytes:
        """The first `FIRST` bytes."""

    def head(self, name: str) -> bytes:
        """The first `HEAD` bytes."""

    def end(self, name: str) -> bytes:
        """The last `END` bytes."""

    def brief(self, name: str) -> FileHead:
        """What its first and its last bytes say of the work that it belongs to."""

    def whole(self, name: str) -> bytes:
        """All bytes, up to `WHOLE`."""


Reads = Callable[[str], bool]  # whether stories are read from files with this ending (small letters, with its dot)


def signature(entries: Sequence[Entry], salt: str = "") -> str:
    """What a folder is known by: as long as it is the same, so is what is understood of the folder. `salt` stands for
    all that matters beside the entries (what is read, what is avoided)."""
    rows = sorted((e.name, e.kind, e.size, e.time, e.inode, e.what) for e in entries)
    return hashlib.blake2b(f"{RULES} {salt} {rows!r}".encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()
