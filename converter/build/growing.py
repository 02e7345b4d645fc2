"""Folders that are being copied in while they are watched: what lies in them waits until nothing more comes.

A book is named when it is first seen; the first file of a folder that comes slowly would give it its own name.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

GROWN = 3.0  # seconds without a change in a new folder after which all of it is there


class Growing:
    """The folders that came while they were watched, and to which something is still being added; times in seconds."""

    def __init__(self) -> None:
        self._folders: dict[str, float] = {}

    def hear(self, added: Iterable[str], touched: Iterable[str], now: float) -> None:
        """Takes in what came just now, and what was touched: paths of files and folders."""
        self._folders |= {path: now for path in added if os.path.isdir(path)}  # noqa: PTH112 -- for every change
        for path in touched if self._folders else ():
            for folder in self._folders:
                if path.startswith(folder + os.sep):
                    self._folders[folder] = now

    def grown(self, now: float) -> bool:
        """Whether one of the folders has just been whole; it is one as all others from now on."""
        still = {path: moment for path, moment in self._folders.items() if now - moment < GROWN}
        done = len(still) < len(self._folders)
        self._folders = still
        return done

    def __bool__(self) -> bool:
        return bool(self._folders)

    def hold(self, files: Iterable[str]) -> bool:
        """Whether one of these files lies in a folder that still grows."""
        return any(file.startswith(folder + os.sep) for file in files for folder in self._folders)
