"""Files of a person read with care: regular files only, never more than a limit, nothing that blocks or never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 16
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


class TooLong(OSError):
    """The file has more bytes than are read."""


def lies(path: Path) -> bool:
    """Whether something lies there, be it a link to nothing, or nobody may look."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a regular file, at most `most` of them.

    Raises TooLong for more, OSError (its `strerror` says why) for what is no regular file or can't be read.
    """
    with opened_regular(path) as file:
        size = min(os.fstat(file.fileno()).st_size, most) + 1
        parts: list[bytes] = []
        left = most
        while left >= 0 and (part := file.read(size)):  # the system's own files say they have no bytes, and have some
            parts.append(part)
            left -= len(part)
            size = min(CHUNK, left + 1)
    if left < 0:
        raise TooLong(errno.EFBIG, f"it has more than {most / 1e6:.0f} MB")
    return b"".join(parts)


def read_head(path: Path | str, most: int) -> bytes:
    """The first bytes of a regular file. Raises OSError."""
    with opened_regular(path) as file:
        return file.read(most) or b""


def read_end(path: Path | str, after: int, most: int) -> bytes:
    """The last bytes of a regular file, at most `most`, none of its first `after`. Raises OSError."""
    with opened_regular(path) as file:
        file.seek(max(after, os.fstat(file.fileno()).st_size - most))
        return file.read(most) or b""


def read_edges(path: Path | str, first: int, last: int) -> tuple[bytes, bytes]:
    """The first bytes of a regular file, and its last ones where it has more than the first. Raises OSError."""
    with opened_regular(path) as file:
        head = file.read(first) or b""
        if len(head) < first:
            return head, b""
        file.seek(max(0, os.fstat(file.fileno()).st_size - last))
        return head, file.read(last) or b""


def real_path(path: Path, folders: dict[Path, str]) -> str:
    """Where a file lies, all links followed. `folders` keeps where the folders of such files lie, for the files beside
    them; raises OSError, ValueError."""
    folder, name = path.parent, path.name
    if name in ("", "..") or path.is_symlink():
        return os.path.realpath(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return f"{folders[folder].rstrip(os.sep)}{os.sep}{name}"


def opened_regular(path: Path | str) -> BinaryIO:
    """A regular file, open to be read. Raises OSError for what is none."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        _refuse_others(os.stat(path))  # noqa: PTH116 - before it is opened: opening a device may do something
        file = os.fdopen(os.open(path, flags), "rb")
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, str(error)) from None
    try:
        _refuse_others(os.fstat(file.fileno()))  # what lies there may be another by now
    except OSError:
        file.close()
        raise
    return file


def _refuse_others(status: os.stat_result) -> None:
    if stat.S_ISREG(status.st_mode):
        return
    raise OSError(errno.EINVAL, f"it is {_kind(status)}")


def _kind(status: os.stat_result) -> str:
    return next((name for is_one, name in _KINDS if is_one(status.st_mode)), "no regular file")


def what_lies(path: str) -> str:
    """What lies at a path that is no regular file: "a pipe, not a file"; of a link that leads to none also where it
    points, without signs that would do things to a terminal."""
    try:
        target = "".join(c if c.isprintable() else "\ufffd" for c in os.readlink(path))  # noqa: PTH115
    except (OSError, ValueError):
        target = ""
    try:
        kind = _kind(os.stat(path))  # noqa: PTH116
    except OSError as error:
        if not target:
            return f"it can't be looked at ({error.strerror})"
        if error.errno == errno.ELOOP:
            return f"a link that leads in a circle, to {target}"
        gone = error.errno in (errno.ENOENT, errno.ENOTDIR)
        return f"a link to {target}, where {'nothing is' if gone else f'nobody may look ({error.strerror})'}"
    return f"a link to {target}: {kind}" if target else kind


def lies_in(path: Path, folder: Path) -> bool:
    """Whether the file that this path leads to, through all links, lies in the folder that `folder` leads to.

    A link that leads in a circle leads nowhere.
    """
    try:
        real, within = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
        return not real.is_symlink() and real.is_relative_to(within)
    except (OSError, ValueError):  # no such name
        return False
