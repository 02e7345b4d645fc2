"""The files of a book that its `story.toml` names: `files = ["Salt.txt", "Chapter 31.txt"]`."""

from __future__ import annotations

import tomllib
from typing import Any

FILES = "files"  # the key


def files_named(settings: bytes) -> tuple[str, ...]:
    """The names that such a file says, each once; nothing of one that can't be read, or says none."""
    try:
        return listed_files(tomllib.loads(settings.decode("utf-8-sig")).get(FILES))
    except (ValueError, RecursionError):
        return ()


def listed_files(said: Any) -> tuple[str, ...]:
    """The names of files in the folder that this value lists; nothing where it is no such list."""
    plain = isinstance(said, list) and all(isinstance(name, str) and name and "/" not in name for name in said)
    return tuple(dict.fromkeys(said)) if plain else ()
