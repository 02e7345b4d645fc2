"""Books on disk: written whole or not at all, known again on the next run, never put over another story's book."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from converter.build.identity import is_damaged
from converter.build.registry import writer_of
from converter.document.contracts import Assets
from converter.document.errors import OutputError
from converter.document.model import Metadata
from converter.document.record import dataclass
from converter.limits.files import read_regular

FULL = (errno.EFBIG, errno.ENOSPC, errno.EDQUOT)  # no room: of the file system, the disk, the person
PIPED = "standard input"  # the name of every story that comes without a file
BOOK_LIMIT = 4_000_000_000  # bytes: no zip file that every system opens has more
NOTES = ".chapbook.json"  # in the output folder: what was made of what
FRESH = ".chapbook.jsonl"  # beside it, while stories are being made: what is not in the notes yet
TEMPORARY = ".chapbook-"
MOST_VOLUMES = 100_000  # of one story: more than any has chapters
NAME_CHARACTERS = 120  # characters of a temporary file's name; file systems take 255 bytes
_unfinished: set[Path] = set()


def digest(data: bytes) -> str:
    """32 hexadecimal digits that stand for these bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Record:
    """What one book was made of: the story's name, a digest of all it was made from, a digest of the book itself.

    `source` is the story's first file, or its folder, as seen from the notes' folder. `identifier` is the story's own,
    which it keeps under another title; `opening` are its first words. `volumes`: into how many books the story was
    divided when that was asked for, else 0.
    """

    path: Path
    story: str
    made_from: str
    book: str
    title: str = ""
    assets: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    identifier: str = ""
    opening: str = ""
    volumes: int = 0

    def is_current(self, made_from: Container[str], assets: Assets | None) -> bool:
        """The book is there, as it was written, and would be made the same way again (from one of these)."""
        if self.made_from not in made_from:
            return False
        try:
            if digest(read_regular(self.path, BOOK_LIMIT)) != self.book:
                return False
        except OSError:
            return False
        for name, known in self.assets.items():
            data = assets(name) if assets else None
            if data is None or digest(data) != known:
                return False
        return True


class Shelf:
    """The notes of one output folder. Unreadable notes are no notes."""

    def __init__(self, folder: Path, books: dict[str, dict[str, object]]) -> None:
        self.folder, self.books = folder, books
        self._home = os.path.realpath(folder)
        self._of: dict[str, list[str]] = {}
        for name, known in books.items():
            self._of.setdefault(str(known.get("source", "")), []).append(name)

    @classmethod
    def at(cls, folder: Path) -> Shelf:
        """The shelf of this folder, whether it exists or not."""
        import json

        books: dict[str, dict[str, object]] = {}
        for name in (NOTES, FRESH):
            try:
                text = read_regular(folder / name, BOOK_LIMIT).decode("utf-8", "surrogatepass")
                parts = [text] if name == NOTES else text.splitlines()
            except (OSError, ValueError):
                continue
            for part in parts:
                with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
                    books.update({k: v for k, v in json.loads(part)["books"].items() if isinstance(v, dict)})
        return cls(folder, books)

    def name(self, path: Path) -> str:
        """What the notes call this story's file: its way from the shelf, so that both may move together."""
        whole = os.path.realpath(path)
        try:
            return Path(os.path.relpath(whole, self._home)).as_posix()
        except ValueError:  # on another drive
            return Path(whole).as_posix()

    def record(self, path: Path) -> Record | None:
        """What is known of the book at this path."""
        known = self.books.get(path.relative_to(self.folder).as_posix())
        if not known:
            return None
        assets = known.get("assets")
        return Record(
            path,
            str(known.get("story", "")),
            str(known.get("from", "")),
            str(known.get("book", "")),
            str(known.get("title", "")),
            {str(k): str(v) for k, v in assets.items()} if isinstance(assets, dict) else {},
            str(known.get("source", "")),
            str(known.get("identifier", "")),
            str(known.get("opening", "")),
            volumes if isinstance(volumes := known.get("volumes"), int) and 0 < volumes <= MOST_VOLUMES else 0,
        )

    def books_of(self, sources: Iterable[str]) -> list[Path]:
        """Where books lie that were made of these sources."""
        return [self.folder / name for source in sources for name in self._of.get(source, ())]

    def is_of_another(self, record: Record, sources: Sequence[str]) -> bool:
        """Whether this book was made of another story, one that is still there."""
        of = record.source
        return bool(of) and of not in sources and (self.folder / of).exists() and record.path.exists()

    def jot(self, records: Iterable[Record]) -> None:
        """Keeps new records at once, whatever happens before `note`; costs the same however many there are."""
        if entries := {self._key(r): _entry(r) for r in records}:
            with contextlib.suppress(OSError), (self.folder / FRESH).open("ab") as file:
                file.write(_json({"books": entries}) + b"\n")

    def note(self, records: Iterable[Record]) -> None:
        """Adds records and writes the notes. Raises OutputError."""
        self.books.update({self._key(r): _entry(r) for r in records})
        write_book(self.folder / NOTES, _json({"books": dict(sorted(self.books.items()))}, 1))
        with contextlib.suppress(OSError):
            (self.folder / FRESH).unlink(missing_ok=True)

    def _key(self, record: Record) -> str:
        return record.path.relative_to(self.folder).as_posix()


def _entry(record: Record) -> dict[str, object]:
    return {
        "story": record.story,
        "source": record.source,
        "from": record.made_from,
        "book": record.book,
        "title": record.title,
        **({"identifier": record.identifier, "opening": record.opening} if record.identifier else {}),
        **({"assets": dict(record.assets)} if record.assets else {}),
        **({"volumes": record.volumes} if record.volumes else {}),
    }


def _json(value: object, indent: int | None = None) -> bytes:
    import json

    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "surrogatepass")  # names of files


def write_book(path: Path, data: bytes) -> None:
    """Puts the bytes at this path, all of them or nothing; makes the folder. Raises OutputError."""

    def fill(temporary: Path) -> None:
        temporary.write_bytes(data)

    place_file(path, fill)


def place_file(path: Path, fill: Callable[[Path], None]) -> None:
    """Has `fill` write a file beside `path` and moves it there; nothing is left when that fails. Raises OutputError."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}"[:NAME_CHARACTERS])
        _unfinished.add(temporary)
        fill(temporary)
        temporary.replace(path)
    except OSError as error:
        remedy = "free some space" if error.errno in FULL else "choose another folder with -o"
        raise OutputError(f"can't be written ({error.strerror or error})", str(path), remedy) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
            _unfinished.discard(temporary)


def take_off(records: Iterable[Record]) -> tuple[str, ...]:
    """Removes books that are as we wrote them; the names of those that are gone."""
    gone = []
    for record in records:
        with contextlib.suppress(OSError):
            if digest(read_regular(record.path, BOOK_LIMIT)) == record.book:
                record.path.unlink()
                gone.append(record.path.name)
    return tuple(gone)


def sweep(folder: Path) -> None:
    """Removes what programs that were killed left unfinished in this folder."""
    for path in folder.glob(f"{TEMPORARY}[0-9]*-*"):
        pid = path.name.removeprefix(TEMPORARY).partition("-")[0]
        if pid.isdecimal() and not _runs(int(pid)):
            with contextlib.suppress(OSError):
                path.unlink()


def _runs(pid: int) -> bool:
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


def is_ours(path: Path, metadata: Metadata, known: Record | None, story: str, sources: Sequence[str]) -> bool:
    """Whether the book at this path is an earlier one of this story: our notes say so, else its own identifier does.

    `known` is the record of the path, unless its book was made of another story; `story` and `sources` are what
    messages and notes call this one.
    """
    try:
        data = read_regular(path, BOOK_LIMIT)
    except OSError:
        return False
    noted = known and story != PIPED and (known.source in sources or (not known.source and known.story == story))
    if known and noted and (digest(data) == known.book or is_damaged(data)):
        return True
    row = writer_of(path.name)
    return row is not None and row.identify is not None and row.identify(data, metadata.identifier)
