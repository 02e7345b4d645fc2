"""The names by which KOReader knows a file: the MD5 of samples of its bytes, or of its name."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

SAMPLE = 1024
OFFSETS = (0, *(1024 << (2 * n) for n in range(11)))  # KOReader's partialMD5: its first shift leaves nothing


def sampled(path: Path) -> str:
    """The MD5 of a file's samples, in hexadecimal digits. Raises OSError."""
    found = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        for offset in OFFSETS:
            file.seek(offset)
            piece = file.read(SAMPLE)
            if not piece:
                break
            found.update(piece)
    return found.hexdigest()


def of_name(name: str) -> str:
    """The MD5 of a file's name with its ending."""
    return hashlib.md5(name.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()


def note(connection: sqlite3.Connection, book: int, path: Path, digest: str, names: Iterable[str]) -> None:
    """Notes the names of a book's file, whose bytes have this digest. Who had a name first keeps it; for this book it
    now means this file."""
    keys = [(of_name(name), True) for name in dict.fromkeys(names)]
    try:
        keys.append((sampled(path), False))
    except OSError:  # it is gone again
        return
    connection.executemany(
        "INSERT INTO aliases VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET digest = excluded.digest "
        "WHERE book = excluded.book",
        [(key, book, digest, is_name) for key, is_name in keys],
    )
