"""The files that settings beside stories name: of a book (`files = ["Salt.txt", "Chapter 31.txt"]`), and its cover."""

from __future__ import annotations

import tomllib
from typing import Any

FILES, COVER = "files", "cover"  # the keys


def files_named(settings: bytes) -> tuple[str, ...]:
    """The names that such a file says, each once; nothing of one that can't be read, or says none."""
    return listed_files(_said(settings).get(FILES))


def cover_named(settings: bytes) -> str:
    """The name of the cover that such a file says; "" where it says none in the folder."""
    said = _said(settings).get(COVER)
    return said.removeprefix("./") if isinstance(said, str) else ""


def _said(settings: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(settings.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}


def listed_files(said: Any) -> tuple[str, ...]:
    """The names of files in the folder that this value lists; nothing where it is no such list."""
    plain = isinstance(said, list) and all(isinstance(name, str) and name and "/" not in name for name in said)
    return tuple(dict.fromkeys(said)) if plain else ()
