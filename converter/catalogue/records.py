"""The rows of the catalogue as values: a story, a file that it was made from, a book that was made of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Mapping
from dataclasses import field
from pathlib import Path
from typing import Literal

from converter.document.contracts import Assets
from converter.document.record import dataclass
from converter.limits.files import read_regular

BOOK_LIMIT = 4_000_000_000  # bytes: no zip file that every system opens has more
TICK = 20_000_000  # ns: two writes within one may give a file the same time (a tick of the kernel has 4 to 10 ms)
COARSE_TICK = 2_000_000_000  # ns: of file systems that keep whole seconds; FAT counts two at a time
RECONCILED = "#reconciled"  # behind the source of a story that was put together of several copies
STALE = ""  # what a book is made from whose story has other files now than when it was made
SECOND = 1_000_000_000  # ns
TO_BE_LOOKED_AT = ("doubt", "warning", "error")  # severities of findings that a person should see
Role = Literal["story", "sidecar", "cover", "site", "asset"]
State = tuple[int, int, int]  # bytes, time of the last change in ns, inode


def digest(data: bytes) -> str:
    """32 hexadecimal digits that stand for these bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def state_of(path: Path) -> State | None:
    """Size, time and inode of what lies there; None where nothing does."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def shows_a_change(state: State, moment: int) -> bool:
    """Whether a file that had this state at this moment (ns) cannot have been changed later without showing it: its
    last change lies so far back that the next one has another time."""
    changed = state[1]
    return changed < moment - (TICK if changed % SECOND else COARSE_TICK)


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A file that a story was made from, as it was then: what for, its digest, size, time (ns) and inode.

    `path` is absolute. `noted` is when its state was read (ns).
    """

    path: Path
    role: Role
    digest: str
    state: State
    noted: int = 0

    @property
    def is_unchanged(self) -> bool:
        """Whether the file still is as it was, as far as its state tells; its bytes are not read."""
        return state_of(self.path) == self.state and shows_a_change(self.state, self.noted)


@dataclass(frozen=True, slots=True)
class Record:
    """What one book was made of: a digest of all it was made from, and a digest of the book itself.

    `source` is the story's first file, or its folder, as seen from the catalogue's folder. `identifier` is the story's
    own, which it keeps under another title; `opening` are its first words. `volumes`: into how many books the story was
    divided when that was asked for, else 0. `state` is what the file was like when it had been written (`noted`, ns).
    """

    path: Path
    made_from: str
    book: str
    title: str = ""
    assets: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    identifier: str = ""
    opening: str = ""
    volumes: int = 0
    format: str = ""
    state: State = (0, 0, 0)
    noted: int = 0

    def is_current(self, made_from: Container[str], assets: Assets | None) -> bool:
        """The book is there, as it was written, and would be made the same way again (from one of these)."""
        if self.made_from not in made_from:
            return False
        return self.is_as_made and self.has_assets(assets)

    @property
    def is_as_made(self) -> bool:
        """Whether the book is there, as it was written: by its state or, where that leaves it open, its bytes."""
        if self.is_untouched:
            return True
        try:
            return digest(read_regular(self.path, BOOK_LIMIT)) == self.book
        except OSError:
            return False

    def has_assets(self, assets: Assets | None) -> bool:
        """Whether the files that it was made with beside the story's own are what they were."""
        for name, known in self.assets.items():
            data = assets(name) if assets else None
            if data is None or digest(data) != known:
                return False
        return True

    @property
    def is_untouched(self) -> bool:
        """Whether the book still lies there as we wrote it, as far as its state tells; its bytes are not read."""
        return self.state != (0, 0, 0) and state_of(self.path) == self.state and shows_a_change(self.state, self.noted)


@dataclass(frozen=True, slots=True)
class Edition:
    """A book as it once was: its format, how many chapters and words it had, when it was made (seconds since 1970)."""

    format: str
    chapters: int
    words: int
    made: int


@dataclass(frozen=True, slots=True)
class Story:
    """What became of a story when it was last converted, apart from its books.

    `source` as in `Record`; `stem` is the name its books were given, from the catalogue's folder and without an ending.
    `findings` are (severity, code, message, place). `account` is what was changed and left out, `asked` what was said
    in options; both are only asked for by themselves (`account_of`, `asked_of`). `problem` says in a line why there is
    no book. `changed`: when a book of it last became another (seconds since 1970); 0 where it is not known. `read`: it
    was read anew; else only the states of its files and books are news.
    """

    source: str
    stem: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    series: str = ""
    series_index: str = ""
    language: str = ""
    words: int = 0
    chapters: int = 0
    changes: int = 0
    account: str = field(default="", compare=False)
    asked: Mapping[str, object] | None = field(default=None, compare=False)
    findings: tuple[tuple[str, str, str, str], ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    books: tuple[Record, ...] = ()
    problem: str = ""
    changed: int = 0
    read: bool = True

    @property
    def stale(self) -> tuple[Record, ...]:
        """The books that are older than the story's files, and those of an earlier division into volumes, or of none,
        beside which there is a later one."""
        divisions: dict[str, dict[int, int]] = {}
        for book in self.books:
            of_format = divisions.setdefault(book.format, {})
            of_format[book.volumes] = max(book.noted, of_format.get(book.volumes, 0))
        last = {form: max(noted, key=lambda volumes: noted[volumes]) for form, noted in divisions.items()}
        return tuple(b for b in self.books if b.format and (b.made_from == STALE or b.volumes != last[b.format]))

    @property
    def doubts(self) -> int:
        """How much in it a person should look at."""
        return sum(severity in TO_BE_LOOKED_AT for severity, *_ in self.findings)


def name_from(folder: str, path: Path) -> str:
    """What the catalogue of a folder calls a file: its way from there, so that both may move together.

    `folder` has its links resolved; the file's are resolved here.
    """
    whole = os.path.realpath(path)
    try:
        return os.path.relpath(whole, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return Path(whole).as_posix()
