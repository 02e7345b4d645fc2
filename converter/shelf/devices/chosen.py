"""Which book is meant, and the files in which it is there."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from converter.build.library import Shelved, stories_of
from converter.build.registry import writer_of
from converter.document.errors import InputError, MissingInput, SettingError
from converter.document.record import dataclass
from converter.limits.files import lies, read_regular

MOST_NAMED = 5  # books, where several are meant
LIMIT = 500_000_000  # bytes of a book that is sent


@dataclass(frozen=True, slots=True)
class Chosen:
    """A book that is to be sent: its title and authors, and its files as (format, path), volume after volume."""

    title: str
    by: str
    files: tuple[tuple[str, Path], ...]

    def paths(self, format_name: str) -> tuple[Path, ...]:
        """Its files in this format."""
        return tuple(path for name, path in self.files if name == format_name)


def chosen(words: Sequence[str], folder: Path) -> Chosen:
    """The book that a path names, or the one of the folder whose title, author, series or file has all these words.

    Raises MissingInput where none or several are meant, SettingError for a file that is no book, OutputError.
    """
    if len(words) == 1 and (path := Path(words[0])).is_file():
        writer = writer_of(path.name)
        if not writer:
            raise SettingError("is no book", str(path), "convert it first, or name a book")
        return Chosen(path.name[: -len(writer.ending)], "", ((writer.name, path),))
    said = " ".join(words)
    found = [one for one in stories_of(folder, said.split()) if _files(one)]
    if len(found) > 1:
        exact = [one for one in found if _folded(one.story.title) == _folded(said)]
        found = exact if len(exact) == 1 else found
    if not found:
        raise MissingInput("no book has these words", said, f"`chapbook library -o {folder}` lists the books")
    if len(found) > 1:
        titles = "; ".join(_told(one, found) for one in found[:MOST_NAMED])
        more = ", ..." if len(found) > MOST_NAMED else ""
        raise MissingInput(
            f"{len(found)} books have these words ({titles}{more})", said, "say more of its title, or name its file"
        )
    (one,) = found
    return Chosen(one.story.title or one.story.stem, ", ".join(one.story.authors), _files(one))


def others_of(book: Chosen, folder: Path) -> tuple[Path, ...]:
    """The files of other books that the folder, and those of the book's own files, hold. Raises OutputError."""
    own = {path.resolve() for _, path in book.files}
    found = [path for home in {path.parent for path in own} for path in sorted(home.iterdir()) if writer_of(path.name)]
    with suppress(MissingInput):  # a book that was named by its path, and no folder of books
        found += [path for one in stories_of(folder) for _, path in _files(one)]
    return tuple(path for path in found if path.resolve() not in own)


def _told(one: Shelved, among: Sequence[Shelved]) -> str:
    """A book's title; its file's path where another one among these has the same title."""
    alike = sum(_folded(other.story.title) == _folded(one.story.title) for other in among)
    return one.story.title if alike == 1 else str(_files(one)[0][1])


def _files(one: Shelved) -> tuple[tuple[str, Path], ...]:
    stale = {book.path for book in one.stale}
    books = [book for book in one.story.books if book.path not in stale and lies(book.path)]
    return tuple((book.format, book.path) for book in sorted(books, key=lambda book: book.path.name))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


def book_bytes(path: Path) -> bytes:
    """The bytes of a book's file. Raises InputError."""
    try:
        return read_regular(path, LIMIT)
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror or error})", str(path)) from None
