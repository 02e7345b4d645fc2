"""A book onto a reader's drive: whole or not at all, and over no other book.

It is written beside its place under a name that no reader takes for a book, brought to the drive, moved to its own name
only where nothing has it, and read again. Whoever pulls the plug in the midst finds the books that were there before;
what is left of the writing is removed next time.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from converter.build.file_names import safe_name
from converter.build.shelving import FULL, TEMPORARY, sweep
from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.shelf.devices.earlier import candidates, is_copy, own_key, put_elsewhere, same_at
from converter.shelf.plain_names import plain_stem

PART = 1 << 18  # bytes that are written in one go
SPARE = 1_000_000  # bytes that stay free: the reader writes, too
NAMELESS = (errno.EINVAL, errno.EILSEQ)  # the drive has no such letters
RENAME_NOREPLACE = 1  # of renameat2 (Linux)
RENAME_EXCL = 4  # of renamex_np (macOS)


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a book is now; whether it came there, or an earlier one of the same book went for it."""

    path: Path
    came: bool = True
    replaced: bool = False

    @property
    def said(self) -> str:
        """The same in words, to be said of its path."""
        if not self.came:
            return "was there already"
        return "is there, in the place of an earlier one" if self.replaced else "is there"


def copy_book(
    data: bytes,
    folder: Path,
    stem: str,
    ending: str,
    told: Callable[[int], None] = lambda _: None,
    others: Iterable[str] = (),
) -> Copied:
    """Puts a book into a folder of a drive under this name, or a free one beside it; an earlier copy of it is replaced
    where it lies. `told` is given the number of bytes that were written so far, `others` are the names of other books
    of the shelf. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        names = _names(stem)
        theirs = {name for other in others for name in _names(other)}.difference(names)
        if earlier := put_elsewhere(data, folder, names, ending, theirs):
            folder, names = earlier.parent, {earlier.name.removesuffix(ending): None}
        for name in names:
            if (found := same_at(data, folder, name, ending)) is not None:
                return Copied(found, came=False)
        if shutil.disk_usage(folder).free < len(data) + SPARE:
            raise OSError(errno.ENOSPC, "no room is left")
        temporary = folder / f"{TEMPORARY}{os.getpid()}-new"
        try:
            _write(temporary, data, told)
            done = _settled(temporary, data, folder, list(names), ending)
        finally:
            with contextlib.suppress(OSError):  # the drive is gone
                temporary.unlink(missing_ok=True)
        _check(done.path, data)
        return done
    except OSError as error:
        remedy = "free some space on it" if error.errno in FULL else "is it still plugged in, and not locked?"
        raise OutputError(f"can't be written ({error.strerror or error})", str(folder), remedy) from None


def _names(stem: str) -> dict[str, None]:
    """The names that a book may get on a drive, the best first."""
    return dict.fromkeys((safe_name(stem) or "book", plain_stem("", stem) or "book"))


def _write(temporary: Path, data: bytes, told: Callable[[int], None]) -> None:
    with temporary.open("xb") as file:
        for start in range(0, len(data), PART):
            file.write(data[start : start + PART])
            told(min(start + PART, len(data)))
        file.flush()
        os.fsync(file.fileno())


def _settled(temporary: Path, data: bytes, folder: Path, names: list[str], ending: str) -> Copied:
    """Gives the file its name: in the drive's letters, and one that no other book has."""
    own = own_key(data)
    for at, name in enumerate(names):
        for path in candidates(folder, name, ending):
            try:
                if is_copy(path, own):  # the same book as it was before
                    temporary.replace(path)
                    return Copied(path, replaced=True)
                move_to_free(temporary, path)
                return Copied(path)
            except FileExistsError:
                continue
            except OSError as error:
                if error.errno in NAMELESS and at < len(names) - 1:
                    break
                raise
    raise OSError(errno.EEXIST, "too many books have this name")


def move_to_free(source: Path, target: Path) -> None:
    """Gives a file another name that is free. Raises FileExistsError where it isn't, OSError."""
    if sys.platform == "win32":
        source.rename(target)  # never replaces there
        return
    import ctypes

    here, there = os.fsencode(source), os.fsencode(target)
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        failed = libc.renamex_np(here, there, RENAME_EXCL)
    elif hasattr(libc, "renameat2"):
        at_here = -100  # AT_FDCWD
        failed = libc.renameat2(at_here, here, at_here, there, RENAME_NOREPLACE)
    else:
        failed = -1
        ctypes.set_errno(errno.ENOSYS)
    if not failed:
        return
    number = ctypes.get_errno()
    if number not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        raise OSError(number, os.strerror(number), str(target))
    if os.path.lexists(target):  # a system, or a drive, without such a call
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.rename(target)


def _check(path: Path, data: bytes) -> None:
    """Reads the book again from the drive. Raises OutputError where it is another, OSError."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):  # some drives can't
            folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):  # from the drive itself, not from what the system remembers
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        same = file.read(len(data) + 1) == data
    if not same:
        with contextlib.suppress(OSError):
            path.unlink()
        raise OutputError("what was read again is not what was written", str(path), "the drive may be damaged")
