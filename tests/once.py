"""What takes long to make and is the same for many tests is made once a run, whichever of the workers asks first."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")


class Once:
    """A folder that all workers of one run share, with what they have made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._here: dict[str, object] = {}  # made or read by this worker

    def __call__(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` returns, which pickle must be able to keep. `name` is this thing's own among all of the run."""
        if name not in self._here:
            self._here[name] = self._from_disk(self._folder / sha256(name.encode()).hexdigest(), make)
        return self._here[name]  # type: ignore[return-value]

    def _from_disk(self, place: Path, make: Callable[[], Made]) -> Made:
        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait for it, and a worker that dies lets go
            if place.exists():
                return pickle.loads(place.read_bytes())  # type: ignore[no-any-return]
            made = make()
            place.write_bytes(pickle.dumps(made))
            return made
