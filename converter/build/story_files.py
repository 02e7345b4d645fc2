"""The files of a story on the disk, what no story is read from, folders and what is understood of them: as values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.document.record import dataclass
from converter.folders.understood import NAMED, FolderBook, Other, Twin, Understood

if TYPE_CHECKING:
    from converter.document.findings.works import WorkUnsure

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file or folder that no story is read from: what kind of thing it is and why."""

    path: Path
    what: Other


@dataclass(frozen=True, slots=True)
class StoryFiles:
    """The files of one story in reading order. `below` is where it lay under the path that was asked for."""

    files: tuple[Path, ...]
    stem: str
    below: Path = Path()
    folder: Path | None = None  # set when a whole folder is one book
    doubt: WorkUnsure | None = None  # whether these files are the chapters of one work, where that was a close call
    problem: str = ""  # why there is nothing to read
    left: tuple[LeftOut, ...] = ()  # what else is in the folder that was asked for; with its first story
    home: Path | None = None  # the folder in which it was found
    book: FolderBook | None = None  # what was understood of it there
    apart: bool = False  # a story.toml beside it speaks of another book
    settings: frozenset[str] | None = None  # the .toml files beside it, where they are known
    said: Mapping[str, Any] = field(default_factory=dict)  # what a plan that was written down says of it, checked
    said_in: str = ""  # the path of that plan
    in_order: bool = False  # the plan gives its files in an order of the person's own

    @property
    def name(self) -> str:
        """What messages call the story: its path."""
        return "standard input" if self.files[0] == STANDARD_INPUT else shown_path(self.folder or self.files[0])

    @property
    def was_named(self) -> bool:
        """Whether a person named its file itself, and it was not found in a folder."""
        return self.book is None or self.book.why == NAMED

    def path_of(self, twin: Twin) -> Path:
        """The file, or the folder of several, that tells the same."""
        return Path(os.path.normpath((self.home or self.files[0].parent) / twin.name))

    @property
    def cover(self) -> Path | None:
        """The picture beside it that is its cover."""
        cover = self.book.cover if self.book else ""
        return Path(os.path.normpath(self.home / cover)) if self.home and cover else None


@dataclass(frozen=True, slots=True)
class FolderTree:
    """A folder with what is understood of it and of those below; `joined` are books that are spread over these."""

    path: Path
    understood: Understood
    joined: tuple[FolderBook, ...] = ()
    inner: tuple[FolderTree, ...] = ()
    problem: str = ""

    @property
    def folders(self) -> dict[str, FolderTree]:
        """The folders in it by their names."""
        return {tree.path.name: tree for tree in self.inner if not tree.problem}


def shown_path(path: Path) -> str:
    """A path as messages show it: escape characters and undecodable bytes would do things to a terminal."""
    text = str(path)
    return text if text.isprintable() else "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
