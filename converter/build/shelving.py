"""Books on disk: written whole or not at all, never put over another story's book."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from converter.build.identity import is_damaged
from converter.build.registry import writer_of
from converter.catalogue.records import BOOK_LIMIT, TICK, Record, digest
from converter.document.errors import OutputError
from converter.document.model import Metadata
from converter.limits.files import lies, read_regular

FULL = (errno.EFBIG, errno.ENOSPC, errno.EDQUOT)  # no room: of the file system, the disk, the person
MOST_EDITED = 1_000  # of one name
TEMPORARY = ".chapbook-"
PAGE_MARK, HEAD = b'name="generator" content="Chapbook', 4_096  # what our pages say of themselves, and where
_unfinished: set[Path] = set()


def write_book(path: Path, data: bytes, writer: str = "") -> None:
    """Puts the bytes at this path, all of them or nothing; makes the folder. Raises OutputError.

    `writer` tells machines apart that write to one disk.
    """

    def fill(temporary: Path) -> None:
        temporary.write_bytes(data)

    place_file(path, fill, writer)


def write_page(path: Path, data: bytes) -> None:
    """Puts a page that tells of stories at this path, over an earlier one. Raises OutputError."""
    check_page_place(path)
    write_book(path, data)


def check_place(path: Path) -> None:
    """Raises OutputError where nobody may look whether a book lies at this path."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError) as error:
        what = f"can't be looked at ({getattr(error, 'strerror', '') or error})"
        raise OutputError(what, str(path), "check the folder, or choose another with -o") from None


def check_page_place(path: Path) -> None:
    """Raises OutputError where another file has the place of such a page: a story, a book, what a person wrote."""
    try:
        head = path.read_bytes()[:HEAD] if path.is_file() else b""
    except OSError:
        return  # writing will tell
    if path.exists() and PAGE_MARK not in head:
        raise OutputError("there is another file of that name", str(path), "name a file that is not there")


def place_file(path: Path, fill: Callable[[Path], None], writer: str = "") -> None:
    """Has `fill` write a file beside `path` and moves it there; nothing is left when that fails. Raises OutputError.

    `writer`: see `write_book`. What lies there and is no file but a device or a pipe ("/dev/null") stays what it is.
    """
    temporary = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OutputError("is a device or a pipe", str(path), "name a file")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(
            f"{TEMPORARY}{writer}{os.getpid()}-{digest(os.fsencode(path.name))}"
        )  # short enough anywhere
        _unfinished.add(temporary)
        fill(temporary)
        _date_back(temporary)
        _to_disk(temporary)
        temporary.replace(path)
    except OSError as error:
        remedy = "free some space" if error.errno in FULL else "choose another folder with -o"
        raise OutputError(f"can't be written ({error.strerror or error})", str(path), remedy) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
            _unfinished.discard(temporary)


def _date_back(path: Path) -> None:
    """Gives a file that we wrote a time a moment ago: whoever changes it later, even at once, gives it another, so that
    its state tells at once whether it is as we wrote it."""
    with contextlib.suppress(OSError):  # where nobody may set times the next run reads it
        moment = time.time_ns() - 2 * TICK
        os.utime(path, ns=(moment, moment))


def _to_disk(path: Path) -> None:
    """Has the system put a file's bytes on the disk: after a power cut a name must not stand for nothing."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_off(records: Iterable[Record]) -> tuple[Path, ...]:
    """Removes books that are as we wrote them, and the folders that are empty then; the books that are gone."""
    gone = []
    for record in records:
        with contextlib.suppress(OSError):
            if digest(read_regular(record.path, BOOK_LIMIT)) == record.book:
                record.path.unlink()
                gone.append(record.path)
                record.path.parent.rmdir()
    return tuple(gone)


def sweep(folder: Path) -> None:
    """Removes what programs that were killed left unfinished in this folder."""
    try:
        left = [path for path in folder.iterdir() if path.name.startswith(TEMPORARY)]
    except OSError:
        return
    for path in left:
        pid, dash, _ = path.name.removeprefix(TEMPORARY).partition("-")
        if dash and pid.isdecimal() and not runs(int(pid)):
            with contextlib.suppress(OSError):
                path.unlink()


def runs(pid: int) -> bool:
    """Whether there is a process of this number."""
    if os.name != "posix":
        return True  # it can't be asked for without harm
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    with contextlib.suppress(OSError):  # one that ended and that nobody has asked for its end yet still has its number
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    return True


def discard_unfinished() -> None:
    """Removes what is being written right now: for a process that is about to be ended."""
    for path in list(_unfinished):
        path.unlink(missing_ok=True)


def is_edited(record: Record) -> bool:
    """Whether somebody changed this book since it was written: it is whole, and still the book by its identifier."""
    if record.is_untouched:
        return False
    try:
        data = read_regular(record.path, BOOK_LIMIT)
    except OSError:
        return False
    row = writer_of(record.path.name)
    known = row is not None and row.identify is not None and row.identify(data, record.identifier)
    return known and digest(data) != record.book and not is_damaged(data)


def write_beside_edited(path: Path, data: bytes, known: Record | None) -> Path | None:
    """`write_book`, but a book that a person changed (`known` is what was written there) is kept under another name
    beside it: which that is. Raises OutputError."""
    if known is None or not is_edited(known):
        write_book(path, data)
        return None
    aside = _name_of_edited(path)
    try:
        path.rename(aside)
    except OSError as error:
        raise OutputError(f"the changed book can't be renamed ({error.strerror})", str(path), "rename it") from None
    try:
        write_book(path, data)
    except BaseException:
        aside.rename(path)
        raise
    return aside


def _name_of_edited(path: Path) -> Path:
    """The first name that is free for a book that was changed: "Salt (edited).epub", "Salt (edited 2).epub"."""
    row = writer_of(path.name)
    ending = row.ending if row else path.suffix
    stem = path.name[: len(path.name) - len(ending)]
    numbers = ("", *(f" {n}" for n in range(2, MOST_EDITED)))
    names = (path.with_name(f"{stem} (edited{number}){ending}") for number in numbers)
    found = next((name for name in names if not lies(name)), None)
    if found is None:
        raise OutputError("too many changed books of this name", str(path), "move some of them elsewhere")
    return found


def is_ours(path: Path, metadata: Metadata, known: Record | None, sources: Sequence[str]) -> bool:
    """Whether the book at this path is an earlier one of this story: the catalogue says so, else its own identifier.

    `known` is the record of the path, unless its book was made of another story; `sources` are what the catalogue
    calls this one's files.
    """
    try:
        data = read_regular(path, BOOK_LIMIT)
    except OSError:
        return False
    if known and known.source in sources and (digest(data) == known.book or is_damaged(data)):
        return True
    row = writer_of(path.name)
    return row is not None and row.identify is not None and row.identify(data, metadata.identifier)
