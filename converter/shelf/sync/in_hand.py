"""Which of the files that a book ever had a reader holds in its hand.

KOReader names a document by the file that it first opened, and keeps that name when the file is overwritten by a later
one; or by a name under which any of them may lie. What it holds is told by what it says of the file's structure (since
late 2026), by what was fetched from its address, and by places that only one of the files has.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from ipaddress import ip_address
from threading import Lock

from converter.document.record import dataclass
from converter.shelf.store import Store
from converter.shelf.sync.moving import spot_of
from converter.shelf.sync.outlines import outline_of
from converter.shelf.sync.pointers import Pointer, pointer_of

MOST_FETCHED = 10_000  # files that are remembered
MOST_VERSIONS = 500  # of a book, that are looked through
MOST_NAMES = 8  # by which a reader names a document at once
CONTENT, STRUCTURE, FILE_NAME = "content", "structure", "filename"


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader says of its document: the `name` that it asks with, others that it has for it, the digest of its
    spine ("" for none), and the address of the reader."""

    name: str
    content: str = ""
    structure: str = ""
    file_name: str = ""
    address: str = ""


def document(name: str, said: Sequence[tuple[str, str]], address: str) -> Document:
    """The document of this name, of which these kinds of names are said."""
    kinds = dict(said[:MOST_NAMES])
    return Document(name, kinds.get(CONTENT, ""), kinds.get(STRUCTURE, ""), kinds.get(FILE_NAME, ""), address)


class Fetched:
    """Which file of each book was fetched last from an address, while the program runs."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, int], str] = OrderedDict()
        self._lock = Lock()

    def note(self, address: str, book: int, digest: str) -> None:
        """A file with this digest was fetched. That tells nothing where all readers have one address."""
        if _is_shared(address):
            return
        with self._lock:
            self._files[address, book] = digest
            self._files.move_to_end((address, book))
            while len(self._files) > MOST_FETCHED:
                self._files.popitem(last=False)

    def forget(self, address: str, book: int) -> None:
        """The file that was fetched is a document of its own there."""
        with self._lock:
            self._files.pop((address, book), None)

    def last(self, address: str, book: int) -> str:
        """The digest of the file that was fetched last, "" for none."""
        return self._files.get((address, book), "")


def file_of(store: Store, fetched: Fetched, said: Document, place: str = "") -> tuple[int | None, str]:
    """The book that a reader means, and the digest of the file that it holds; None and "" for no book of this shelf.
    `place` is one that it told of this file."""
    found = _named(store, said)
    if not found:
        return None, ""
    book, digest, is_sure = found
    if said.structure and (there := _with_structure(store, book, said.structure)):
        digest = digest if digest in there else _likely(there, fetched.last(said.address, book))
    elif not is_sure:
        digest = fetched.last(said.address, book) or _held_before(store, said) or digest
    pointer = pointer_of(place) if place else None
    return book, _with_place(store, book, digest, pointer) if pointer else digest


def keep(store: Store, fetched: Fetched, said: Document, book: int, digest: str) -> None:
    """Notes what a reader holds that told a place in it: another time it may ask with its document's name alone. Raises
    OutputError."""
    own = store.one("SELECT digest FROM aliases WHERE key = ? AND NOT is_name", (said.name,))
    if own and own[0] == digest:  # it was opened as what it is: nothing was overwritten by it
        fetched.forget(said.address, book)
    by_name = file_of(store, Fetched(), Document(said.name, address=said.address))[1]
    if by_name != digest and not _is_shared(said.address):
        with store.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO in_hand VALUES (?, ?, ?)", (said.address, said.name, digest))


def _named(store: Store, said: Document) -> tuple[int, str, bool] | None:
    """The book of a document, the digest of the file that its names mean, and whether no other one can lie there: its
    content is that of a file on the shelf."""
    for name in dict.fromkeys((said.content, said.name, said.file_name)):
        row = store.one("SELECT book, digest, is_name FROM aliases WHERE key = ?", (name,)) if name else None
        if row:
            book, digest, is_name = int(row[0]), str(row[1]), bool(row[2])
            now = store.one("SELECT 1 FROM files WHERE book = ? AND digest = ?", (book, digest))
            return book, digest, not is_name and now is not None
    if not said.structure:
        return None
    asked = (
        "SELECT DISTINCT aliases.book, outlines.digest FROM outlines JOIN aliases ON aliases.digest = outlines.digest "
        "WHERE structure = ?"
    )
    rows = store.asked(asked, (said.structure,))
    return (int(rows[0][0]), str(rows[0][1]), True) if len({row[0] for row in rows}) == 1 else None


def _with_structure(store: Store, book: int, structure: str) -> list[str]:
    """The digests of the book's files that have this structure, those of now first."""
    return [digest for digest, own in _versions(store, book) if own == structure]


def _versions(store: Store, book: int) -> list[tuple[str, str]]:
    """The digests and structures of all files that the book ever had, those of now first, best format first."""
    rows = store.asked(
        "SELECT DISTINCT outlines.digest, structure, COALESCE(position, 1000) FROM aliases "
        "JOIN outlines ON outlines.digest = aliases.digest "
        "LEFT JOIN files ON files.digest = outlines.digest AND files.book = aliases.book "
        "WHERE aliases.book = ? ORDER BY 3, 1 LIMIT ?",
        (book, MOST_VERSIONS),
    )
    return [(str(digest), str(structure)) for digest, structure, _ in rows]


def _likely(there: Sequence[str], fetched: str) -> str:
    return fetched if fetched in there else there[0]


def _held_before(store: Store, said: Document) -> str:
    asked = "SELECT digest FROM in_hand WHERE address = ? AND document = ?"
    row = store.one(asked, (said.address, said.name))
    return str(row[0]) if row else ""


def _with_place(store: Store, book: int, digest: str, pointer: Pointer) -> str:
    """The file that has this place: the one with this digest, where it does, or has no outline."""
    own = outline_of(store, digest)
    if own is None or spot_of(own, pointer):
        return digest
    for other, _ in _versions(store, book):
        outline = outline_of(store, other)
        if outline and spot_of(outline, pointer):
            return other
    return digest


def _is_shared(address: str) -> bool:
    """Whether an address may be that of many readers: of this machine, behind a server that stands before the shelf."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
