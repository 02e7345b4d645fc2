"""The database of a shelf: books as readers search for them, and what readers leave here."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock, get_ident
from typing import Any
from uuid import uuid4

from converter.catalogue.records import digest
from converter.document.errors import OutputError
from converter.limits.files import lies
from converter.shelf.searching import to_be_found
from converter.shelf.sorting import author_key, series_key, title_key

SHELF = ".chapbook-shelf.db"  # beside the catalogue, in the folder of the books
VERSION = 3
JOINED = "joined/"  # settings: behind it the number of a book that was joined, its value that of the other
SORTED = (  # indexes of the third version
    "books_by_title", "books_by_author", "books_by_length", "books_by_number", "people_by_book",
)  # fmt: skip
NOTE_FOUND = "INSERT INTO found (rowid, title, people, series, tags, summary) VALUES (?, ?, ?, ?, ?, ?)"
NO_WRITING = (errno.EACCES, errno.EPERM, errno.EROFS)
PATIENCE = 5.0  # seconds to wait for another process
REMEDY = "is the disk full, may nobody write there, or does another program keep it?"
TABLES = """
CREATE TABLE books (
    id INTEGER PRIMARY KEY,           -- for ever: feeds and readers' places name it
    source TEXT NOT NULL UNIQUE,      -- of the story, as the catalogue calls it
    state TEXT NOT NULL,              -- what the catalogue said when this was noted
    title TEXT NOT NULL, authors TEXT NOT NULL, series TEXT NOT NULL, series_index TEXT NOT NULL,
    language TEXT NOT NULL, summary TEXT NOT NULL, tags TEXT NOT NULL, contents TEXT NOT NULL,
    words INTEGER NOT NULL, chapters INTEGER NOT NULL, doubts INTEGER NOT NULL,
    cover TEXT NOT NULL,              -- the digest of its small picture; '' for none
    added INTEGER NOT NULL, changed INTEGER NOT NULL,  -- seconds since 1970
    arrival INTEGER NOT NULL,         -- counts up whenever a book came or changed: the newest has the highest
    by_title TEXT NOT NULL, by_author TEXT NOT NULL, by_series TEXT NOT NULL  -- where it stands in such orders
);
CREATE UNIQUE INDEX books_by_arrival ON books (arrival);
CREATE INDEX books_by_cover ON books (cover);
CREATE INDEX books_by_series ON books (series, arrival);
CREATE INDEX books_by_title ON books (by_title, id);
CREATE INDEX books_by_author ON books (by_author, by_title, id);
CREATE INDEX books_by_length ON books (words DESC, id);
CREATE INDEX books_by_number ON books (by_series, CAST(series_index AS REAL), by_title, id);
CREATE TABLE people (name TEXT NOT NULL, book INTEGER NOT NULL REFERENCES books ON DELETE CASCADE,
    PRIMARY KEY (name, book)) WITHOUT ROWID;
CREATE TABLE tags (name TEXT NOT NULL, book INTEGER NOT NULL REFERENCES books ON DELETE CASCADE,
    PRIMARY KEY (name, book)) WITHOUT ROWID;
CREATE TABLE files (
    book INTEGER NOT NULL REFERENCES books ON DELETE CASCADE,
    position INTEGER NOT NULL, format TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY (book, position)
) WITHOUT ROWID;
CREATE TABLE imprints (               -- of every book whose EPUB was asked for them
    book INTEGER PRIMARY KEY REFERENCES books ON DELETE CASCADE, published TEXT NOT NULL, publisher TEXT NOT NULL
);
CREATE TABLE covers (digest TEXT PRIMARY KEY, small BLOB NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE found USING fts5(
    title, people, series, tags, summary, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2"
);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sessions (digest TEXT PRIMARY KEY, began INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE aliases (                -- every name by which a reader may know a book: it keeps the first for ever
    key TEXT PRIMARY KEY, book INTEGER NOT NULL,
    digest TEXT NOT NULL,             -- of the last file of this book that had it
    is_name INTEGER NOT NULL DEFAULT 0  -- of a file's name, not of its bytes
) WITHOUT ROWID;
CREATE TABLE places (                 -- where readers are: the history, the last one counts
    id INTEGER PRIMARY KEY,
    book INTEGER,                     -- also one that is gone for now
    document TEXT NOT NULL,           -- the name under which the reader knows its file
    kind TEXT NOT NULL,               -- 'koreader', 'browser', 'opds', 'hand'
    place TEXT NOT NULL, fraction REAL NOT NULL, device TEXT NOT NULL, device_id TEXT NOT NULL, said INTEGER NOT NULL,
    reader TEXT NOT NULL DEFAULT ''   -- who reads; '' for whoever has no places of their own
);
CREATE TABLE gone (                   -- books that are not here now: they have their number again when they come back
    source TEXT PRIMARY KEY, book INTEGER NOT NULL, title TEXT NOT NULL, authors TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE read_in (place INTEGER PRIMARY KEY REFERENCES places ON DELETE CASCADE,
    digest TEXT NOT NULL,             -- of the file in which the place was
    pointer TEXT NOT NULL             -- the place as KOReader would write it
);
CREATE TABLE outlines (               -- of every EPUB there ever was
    digest TEXT PRIMARY KEY, spine BLOB NOT NULL,
    structure TEXT NOT NULL DEFAULT ''  -- as KOReader tells it
) WITHOUT ROWID;
CREATE TABLE in_hand (                -- which file lies in a reader at this address under a document's name
    address TEXT NOT NULL, document TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (address, document)
) WITHOUT ROWID;
CREATE TABLE progress (                -- how far a book was read, of those that somebody began
    book INTEGER NOT NULL, fraction REAL NOT NULL,
    fresh INTEGER NOT NULL,           -- chapters that came since
    reader TEXT NOT NULL DEFAULT '', PRIMARY KEY (book, reader)
) WITHOUT ROWID;
CREATE TABLE works (                   -- what the workshop was asked to make, as long as it is told
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, name TEXT NOT NULL,
    arguments TEXT NOT NULL, state TEXT NOT NULL, said TEXT NOT NULL, stories TEXT NOT NULL, same_as TEXT NOT NULL
);
CREATE TABLE chapters (key TEXT PRIMARY KEY, shape BLOB NOT NULL, words BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX people_by_book ON people (book);
CREATE INDEX places_by_document ON places (document, id);
CREATE INDEX places_by_book ON places (book, id)
"""


class Store:
    """The database in the folder of the books or, where nobody may write into that, among the person's own files. Many
    threads may ask at once: one is answered after the other, and none waits for what is written meanwhile.

    Raises OutputError where it can't be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / SHELF
        self._reading, self._writing = Lock(), RLock()
        self._writes = 0  # the thread that does
        try:
            self.path = _place_for(folder)
        except OSError as error:
            raise OutputError(f"the shelf can't be kept ({error.strerror})", str(self.path), REMEDY) from None
        with self._told():
            with suppress(OSError):  # it keeps a secret: nobody else reads it
                self.path.chmod(0o600)
            self._writer = _connection(self.path)
            self._writer.execute("PRAGMA journal_mode = WAL")
            self._writer.execute("PRAGMA synchronous = NORMAL")
            self._writer.execute("PRAGMA foreign_keys = ON")
            self._make_tables()
            self._reader = _connection(self.path)
            self._reader.execute("PRAGMA query_only = ON")

    @property
    def is_elsewhere(self) -> bool:
        """Whether nobody may write into the folder of the books, so that the database is kept elsewhere."""
        return self.path.parent != self.folder

    @property
    def is_there(self) -> bool:
        """Whether the folder of the books still lies where it lay."""
        return lies(self.folder if self.is_elsewhere else self.path)

    def close(self) -> None:
        """Lets go of the database."""
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()

    def asked(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows that a statement finds."""
        with self._at_hand() as connection:
            return connection.execute(statement, values).fetchall()

    def one(self, statement: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row that a statement finds."""
        with self._at_hand() as connection, closing(connection.execute(statement, values)) as found:
            row: tuple[Any, ...] | None = found.fetchone()
            return row

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All that is written within is written, or nothing."""
        with self._writing, self._told():
            if self._writer.in_transaction:
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            self._writes = get_ident()
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:  # a full disk may have ended it
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                self._writes = 0

    @contextmanager
    def _at_hand(self) -> Iterator[sqlite3.Connection]:
        """The connection by which this thread asks: one that writes sees what it has written."""
        with self._told():
            if self._writes == get_ident():
                yield self._writer
                return
            with self._reading:
                yield self._reader

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(f"the shelf can't be kept ({error})", str(self.path), REMEDY) from None

    def setting(self, key: str) -> str:
        """What is kept under this key, "" for nothing."""
        row = self.one("SELECT value FROM settings WHERE key = ?", (key,))
        return str(row[0]) if row else ""

    def keep_setting(self, key: str, value: str) -> None:
        """Keeps a value under this key."""
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))

    def _make_tables(self) -> None:
        version = self._writer.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise OutputError("a newer chapbook keeps this shelf", str(self.path), "use that one, or another folder")
        for step in (_to_second, _to_third)[version - 1 :] if version else ():
            with self.writing() as connection:
                step(connection)
        if not version:
            with self.writing() as connection:
                for statement in TABLES.split(";\n"):
                    connection.execute(statement)
                connection.execute("INSERT INTO settings VALUES ('shelf', ?)", (str(uuid4()),))  # which one this is
                connection.execute(f"PRAGMA user_version = {VERSION}")


def _connection(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _place_for(folder: Path) -> Path:
    """Where the database of this folder is kept: a file that is there. Raises OSError."""
    place = folder / SHELF
    try:
        os.close(os.open(place, os.O_RDWR | os.O_CREAT, 0o600))
        return place
    except OSError as error:
        if error.errno not in NO_WRITING:
            raise
    import platformdirs

    name = digest(os.fsencode(folder.resolve()))
    own = Path(platformdirs.user_state_dir("chapbook", ensure_exists=True)) / f"shelf-{name}.db"
    os.close(os.open(own, os.O_RDWR | os.O_CREAT, 0o600))
    if not own.stat().st_size:  # what readers left here is known there
        for ending in ("-wal", ""):
            with suppress(OSError):
                own.with_name(own.name + ending).write_bytes(place.with_name(SHELF + ending).read_bytes())
    return own


def _to_second(connection: sqlite3.Connection) -> None:
    """Brings a database of the first version to the second: letters are found without their strokes, and how far a book
    was read has a table."""
    connection.execute(
        "CREATE TABLE progress (book INTEGER PRIMARY KEY, fraction REAL NOT NULL, fresh INTEGER NOT NULL)"
    )
    connection.execute(
        "INSERT INTO progress SELECT book, fraction, 0 FROM places p WHERE book IS NOT NULL AND id = "
        "(SELECT MAX(id) FROM places WHERE book = p.book) AND NOT (kind = 'hand' AND fraction = 0)"
    )
    rows = connection.execute("SELECT id, title, authors, series, series_index, tags, summary FROM books").fetchall()
    connection.execute("DELETE FROM found")
    for number, title, authors, series, index, tags, summary in rows:
        said = (title, " ".join(json.loads(authors)), f"{series} {index}", " ".join(json.loads(tags)), summary)
        connection.execute(NOTE_FOUND, (number, *map(to_be_found, said)))
    connection.execute("PRAGMA user_version = 2")


def _to_third(connection: sqlite3.Connection) -> None:
    """Brings a database of the second version to the third: what was asked to be made is kept, several readers have
    places of their own, and books know where they stand in lists by title, author and series."""
    connection.execute("ALTER TABLE places ADD COLUMN reader TEXT NOT NULL DEFAULT ''")
    connection.execute("ALTER TABLE aliases ADD COLUMN is_name INTEGER NOT NULL DEFAULT 0")
    connection.execute("ALTER TABLE outlines ADD COLUMN structure TEXT NOT NULL DEFAULT ''")
    connection.execute("ALTER TABLE progress RENAME TO progress_of_one")
    for statement in TABLES.split(";\n"):
        if statement.startswith(tuple(f"CREATE TABLE {name}" for name in ("works", "progress", "in_hand", "imprints"))):
            connection.execute(statement)
    connection.execute("INSERT INTO progress (book, fraction, fresh) SELECT * FROM progress_of_one")
    connection.execute("DROP TABLE progress_of_one")
    for column in ("by_title", "by_author", "by_series"):
        connection.execute(f"ALTER TABLE books ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    rows = connection.execute("SELECT id, title, authors, series, language FROM books").fetchall()
    connection.executemany(
        "UPDATE books SET by_title = ?, by_author = ?, by_series = ? WHERE id = ?",
        [
            (title_key(title, language), author_key(json.loads(authors)), series_key(series), number)
            for number, title, authors, series, language in rows
        ],
    )
    for statement in TABLES.split(";\n"):
        if statement.removeprefix("CREATE INDEX ").split()[0] in SORTED:
            connection.execute(statement)
    connection.execute("PRAGMA user_version = 3")
