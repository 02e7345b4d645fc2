"""The catalogue's tables, and how its database is opened: one writer at a time, readers beside it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from converter.catalogue.names import as_kept, as_name
from converter.document.errors import OutputError

VERSION = 1  # of these tables
PATIENCE = 60.0  # seconds that a run waits for another that is writing
ROOM = 64 * 1024  # bytes that SQLite wants beside the file: without them it calls the file readonly
READ_ONLY = ("mode=ro", "immutable=1")  # the second where SQLite may put nothing beside the file
TABLES = """
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,      -- its first file or its folder, from the catalogue's folder
    stem TEXT NOT NULL DEFAULT '',    -- the name given to its books, from there, without an ending
    template TEXT NOT NULL DEFAULT '',-- by which that name was made; '' where the story's file gave it
    stem_key TEXT NOT NULL DEFAULT '',-- the same as disks that don't tell A from a see it
    title TEXT NOT NULL DEFAULT '', authors TEXT NOT NULL DEFAULT '[]',
    series TEXT NOT NULL DEFAULT '', series_index TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
    words INTEGER NOT NULL DEFAULT 0, chapters INTEGER NOT NULL DEFAULT 0, changes INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0, findings TEXT NOT NULL DEFAULT '[]',
    identifier TEXT NOT NULL DEFAULT '', opening TEXT NOT NULL DEFAULT '',
    problem TEXT NOT NULL DEFAULT '', changed INTEGER NOT NULL DEFAULT 0  -- seconds since 1970
);
CREATE INDEX stories_by_stem ON stories (stem_key);
CREATE TABLE ingredients (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL, role TEXT NOT NULL, digest TEXT NOT NULL,
    size INTEGER NOT NULL, modified INTEGER NOT NULL, inode INTEGER NOT NULL, noted INTEGER NOT NULL,  -- ns
    PRIMARY KEY (story, position)
) WITHOUT ROWID;
CREATE INDEX ingredients_by_digest ON ingredients (digest);
CREATE INDEX ingredients_by_path ON ingredients (path);
CREATE TABLE books (
    path TEXT PRIMARY KEY,            -- from the catalogue's folder
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    format TEXT NOT NULL, made_from TEXT NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL,
    assets TEXT NOT NULL, volumes INTEGER NOT NULL,
    size INTEGER NOT NULL, modified INTEGER NOT NULL, inode INTEGER NOT NULL, noted INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_by_story ON books (story);
CREATE TABLE history (                -- every book that was ever there: readers know a book by its bytes
    path TEXT NOT NULL, digest TEXT NOT NULL, story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    format TEXT NOT NULL, chapters INTEGER NOT NULL, words INTEGER NOT NULL,
    made INTEGER NOT NULL,            -- seconds since 1970
    PRIMARY KEY (path, digest)
) WITHOUT ROWID;
CREATE TABLE folders (                -- what was understood of a folder whose entries had this signature
    path TEXT PRIMARY KEY, signature TEXT NOT NULL, understood TEXT NOT NULL
) WITHOUT ROWID;
"""
LATER = {  # catalogues that were made before there were these get them when they are opened
    "accounts": """
CREATE TABLE IF NOT EXISTS accounts (  -- what was changed in a story and left out of it (reports/account.py)
    story INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE, told TEXT NOT NULL
)
""",
    "asked": """
CREATE TABLE IF NOT EXISTS asked (     -- what was said in options when a story was last made, as JSON
    story INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE, options TEXT NOT NULL
)
""",
}


def in_memory() -> sqlite3.Connection:
    """An empty catalogue that nobody keeps."""
    return _with_tables(_connection(":memory:"))


def opened(path: Path) -> sqlite3.Connection:
    """The database at this path, which is made where there is none.

    Raises OutputError where it can't be opened, and sqlite3.DatabaseError where it is damaged.
    """
    try:
        connection = _connection(str(path))
    except sqlite3.OperationalError as error:
        raise unusable(path, error) from None
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # where a file system can't do that it stays as it is
        connection.execute("PRAGMA synchronous = NORMAL")  # a power cut loses the last stories, never the database
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise OutputError("a newer chapbook keeps this catalogue", str(path), "use that one, or another folder")
        if not version:
            return _with_tables(connection)
        for statement in LATER.values():
            connection.execute(statement)
        return connection
    except sqlite3.OperationalError as error:
        connection.close()
        raise unusable(path, error) from None
    except BaseException:
        connection.close()
        raise


def opened_to_read(path: Path) -> sqlite3.Connection:
    """The database at this path, which is there, to be asked alone where nobody may write to it or to its folder.

    Raises as `opened` does.
    """
    try:
        return opened(path)
    except OutputError:
        for way in READ_ONLY:
            with contextlib.suppress(sqlite3.OperationalError):
                connection = _connection(f"{path.absolute().as_uri()}?{way}", address=True)
                try:
                    if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                        return _with_later(connection)
                except BaseException:
                    connection.close()
                    raise
                connection.close()
        raise


def _with_later(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, by which later tables can be asked in a catalogue that has none, and can't be given any."""
    for name, statement in LATER.items():
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone():
            connection.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE"))
    return connection


def _connection(name: str, *, address: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, uri=address)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.row_factory = _row
    return connection


def _row(_cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(as_name(value) if isinstance(value, bytes) else value for value in row)


def do(connection: sqlite3.Connection, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
    """Has the database do something; a text among the values may be a name with undecodable bytes."""
    return connection.execute(statement, [as_kept(v) if isinstance(v, str) else v for v in values])


def _with_tables(connection: sqlite3.Connection) -> sqlite3.Connection:
    with transaction(connection):
        if not connection.execute("PRAGMA user_version").fetchone()[0]:  # another run may have been faster
            for statement in (*TABLES.split(";\n"), *LATER.values()):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is done to the database inside; nobody else writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def unusable(path: Path, error: sqlite3.Error) -> OutputError:
    """What SQLite says of a database that can't be used, as one of our own errors."""
    remedy = "check the folder, or use another with -o"
    with contextlib.suppress(OSError):
        if isinstance(error, sqlite3.OperationalError) and shutil.disk_usage(path.parent).free < ROOM:
            return OutputError("the catalogue can't be used (the disk is full)", str(path), "make room, and try again")
    return OutputError(f"the catalogue can't be used ({error})", str(path), remedy)
