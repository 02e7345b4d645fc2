"""The database of one folder: opened when it is needed, made when something is to be kept, put aside when damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from converter.catalogue.earlier_notes import EARLIER
from converter.catalogue.schema import do, in_memory, opened, opened_to_read, transaction, unusable
from converter.document.errors import OutputError
from converter.limits.files import lies

CATALOGUE = ".chapbook.db"  # in the output folder
DAMAGED = ".chapbook.db.damaged"  # what could not be read is kept under this name
BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a database


class _Nothing:
    """What is found where nothing is known: what a cursor without rows would give, without asking for it."""

    def fetchone(self) -> None:
        return None

    def fetchall(self) -> list[Any]:
        return []

    def __iter__(self) -> Iterator[Any]:
        return iter(())


NOTHING = _Nothing()


class Database:
    """A folder's database. One that is asked only is never made. `take_over` puts into a new one what was noted before
    there were databases.

    All methods raise OutputError where it can't be used.
    """

    def __init__(self, folder: Path, take_over: Callable[[sqlite3.Connection], None]) -> None:
        self.folder = folder
        self.path = folder / CATALOGUE
        self._take_over = take_over
        self._connection: sqlite3.Connection | None = None
        self._kept = False  # whether the connection is to the file
        self._blank: bool | None = None  # whether no story is known, while nobody else can note one

    def close(self) -> None:
        """Lets go of the database; it is opened again when it is needed."""
        if self._connection:
            self._connection.close()
        self._connection = self._blank = None

    @property
    def is_damaged(self) -> bool:
        """Whether there is one that can't be read: it is put aside when something is to be kept."""
        try:
            if lies(self.path):
                self._of_the_file(to_read=True).close()
        except sqlite3.DatabaseError:
            return True
        return False

    def asked(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor | _Nothing:
        """The rows about stories that this statement finds."""
        try:
            connection = self._to_read()
            if self._kept and not connection.in_transaction:
                return do(connection, statement, values)
            if self._blank is None:
                self._blank = do(connection, "SELECT 1 FROM stories LIMIT 1").fetchone() is None
            return NOTHING if self._blank else do(connection, statement, values)
        except sqlite3.Error as error:
            raise unusable(self.path, error) from None

    def asked_of_any(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """The rows about anything, stories or not, that this statement finds."""
        try:
            return do(self._to_read(), statement, values)
        except sqlite3.Error as error:
            raise unusable(self.path, error) from None

    def told(self, statement: str, values: Sequence[object]) -> None:
        """Keeps what this statement says."""
        self._blank = None
        do(self.to_write(), statement, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is told inside is kept together, or nothing of it; other runs wait meanwhile."""
        connection = self.to_write()
        try:
            with nullcontext() if connection.in_transaction else transaction(connection):
                self._blank = None
                yield
        except sqlite3.Error as error:
            raise unusable(self.path, error) from None

    def to_write(self) -> sqlite3.Connection:
        """A connection to the file, which is made where there is none."""
        if self._connection is None or not self._kept:
            self.close()
            self._connection = self._made()
            self._kept = True
        return self._connection

    def _to_read(self) -> sqlite3.Connection:
        if self._connection is None:
            with suppress(sqlite3.DatabaseError):  # what can't be read is put aside when something is to be kept
                self._connection = self._of_the_file(to_read=True) if lies(self.path) else None
            self._kept = self._connection is not None
            if self._connection is None:
                self._connection = in_memory()
                self._take_over(self._connection)
        return self._connection

    def _made(self) -> sqlite3.Connection:
        """The database, made where there is none, and where it is damaged; with what was noted before there was one."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new = not os.path.lexists(self.path)
            try:
                connection = self._of_the_file()
            except sqlite3.DatabaseError:
                self._put_aside()
                new, connection = True, opened(self.path)
        except OSError as error:
            remedy = "choose another folder with -o"
            raise OutputError(f"can't be written ({error.strerror or error})", str(self.path), remedy) from None
        if new:
            self._connection, self._kept = connection, True
            with self.writing():
                self._take_over(connection)
            with suppress(OSError):
                for name in EARLIER:
                    (self.folder / name).unlink(missing_ok=True)
        return connection

    def _of_the_file(self, *, to_read: bool = False) -> sqlite3.Connection:
        """A connection to the file that is there; `to_read`: nobody has to be allowed to write there. Raises
        sqlite3.DatabaseError where it is damaged, or no file."""
        if os.path.lexists(self.path) and not self.path.is_file():  # a pipe would never be opened
            raise sqlite3.DatabaseError("it is no regular file")
        connection = opened_to_read(self.path) if to_read else opened(self.path)
        try:
            connection.execute("SELECT count(*) FROM stories").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _put_aside(self) -> None:
        self.path.replace(self.folder / DAMAGED)
        for ending in BESIDE:
            self.path.with_name(CATALOGUE + ending).unlink(missing_ok=True)
