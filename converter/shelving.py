"""Books on disk: written whole or not at all, known again on the next run, never put over another story's book."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from pathlib import Path

from converter.contracts import Assets
from converter.errors import OutputError
from converter.model import Metadata
from converter.record import dataclass

FULL = (errno.EFBIG, errno.ENOSPC, errno.EDQUOT)  # no room: of the file system, the disk, the person
PIPED = "standard input"  # the name of every story that comes without a file
NOTES = ".chapbook.json"  # in the output folder: what was made of what
TEMPORARY = ".chapbook-"
MOST = 120  # characters of a temporary file's name; file systems take 255 bytes
_unfinished: set[Path] = set()


def digest(data: bytes) -> str:
    """32 hexadecimal digits that stand for these bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Record:
    """What one book was made of: the story's name, a digest of all it was made from, a digest of the book itself."""

    path: Path
    story: str
    made_from: str
    book: str
    title: str = ""
    assets: Mapping[str, str] = field(default_factory=dict)

    def is_current(self, made_from: str, assets: Assets | None) -> bool:
        """The book is there, as it was written, and would be made the same way again."""
        if self.made_from != made_from:
            return False
        try:
            if digest(self.path.read_bytes()) != self.book:
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

    @classmethod
    def at(cls, folder: Path) -> Shelf:
        """The shelf of this folder, whether it exists or not."""
        import json

        try:
            books = json.loads((folder / NOTES).read_text("utf-8"))["books"]
            return cls(folder, {k: v for k, v in books.items() if isinstance(v, dict)})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(folder, {})

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
        )

    def note(self, records: Iterable[Record]) -> None:
        """Adds records and writes the notes. Raises OutputError."""
        for r in records:
            self.books[r.path.relative_to(self.folder).as_posix()] = {
                "story": r.story,
                "from": r.made_from,
                "book": r.book,
                "title": r.title,
                **({"assets": dict(r.assets)} if r.assets else {}),
            }
        import json

        text = json.dumps({"books": dict(sorted(self.books.items()))}, ensure_ascii=False, indent=1)
        write_book(self.folder / NOTES, text.encode())


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
        temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}"[:MOST])
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


def discard_unfinished() -> None:
    """Removes what is being written right now: for a process that is about to be ended."""
    for path in list(_unfinished):
        path.unlink(missing_ok=True)


def same_story(path: Path, metadata: Metadata, known: Record | None, story: str) -> bool:
    """Whether the book at this path is an earlier one of this story: our notes say so, or its own identifier does."""
    if known and known.story == story != PIPED:
        return True
    try:
        data = path.read_bytes()
    except OSError:
        return False
    if data.startswith(b"PK"):
        return _epub_identifier(data) == metadata.identifier
    mark = hashlib.md5(metadata.identifier.encode(), usedforsecurity=False).hexdigest()  # the first half of a PDF's /ID
    return mark.encode() in data or mark.encode().hex().encode() in data


def _epub_identifier(data: bytes) -> str:
    import io
    import re
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            package = next(n for n in book.namelist() if n.endswith(".opf"))
            found = re.search(rb"<dc:identifier[^>]*>\s*([^<]*?)\s*<", book.read(package))
    except (zipfile.BadZipFile, StopIteration, KeyError, OSError):
        return ""
    return found[1].decode("utf-8", "replace") if found else ""
