"""The memory of a process and of all that it began, while it runs. Linux alone says what they share."""

from __future__ import annotations

import threading
from pathlib import Path

LOOK = 0.05  # seconds


class Together(threading.Thread):
    """Looks, until told to stop, at how many MB a process and its descendants take: pages that several share are
    counted once. `peak` stays 0 where there is nothing to look at."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak = pid, 0.0
        self._ended = threading.Event()
        self.start()

    def run(self) -> None:
        """Looks."""
        while not self._ended.wait(LOOK):
            self.peak = max(self.peak, sum(map(_share, _family(self.pid))) / 1024)

    def stop(self) -> float:
        """Stops looking; the peak."""
        self._ended.set()
        self.join()
        return self.peak


def _family(pid: int) -> list[int]:
    try:
        told = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return [pid]
    return [pid, *(one for line in told for child in line.split() for one in _family(int(child)))]


def _share(pid: int) -> int:
    """A process's own kilobytes and its part of those that it shares."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)
