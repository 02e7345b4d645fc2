"""The heads of files in a long row, most of them read by a process of its own while a folder is being understood.

For a program of one thread with a core to spare. What can't be done so, or wasn't asked for, is done by whoever asks.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from converter.build.crew import cores
from converter.build.forked_value import ForkedValue
from converter.document.patterns import regex

if TYPE_CHECKING:
    from converter.parsers.works.heads import FileHead

WORTH = 300  # files whose names differ in their numbers alone; the process costs as much as 60 heads
SHARE = 0.8  # of them are read ahead: those who ask do other things first
COUNTED = regex(r"\d+")


class HeadsAhead(ForkedValue):
    """Reads the heads of the later of these files, given in the order in which they are asked for."""

    def __init__(self, names: Sequence[str], read: Callable[[str], FileHead]) -> None:
        super().__init__()
        self._ahead: frozenset[str] = frozenset()
        self._read: Mapping[str, FileHead] | None = None
        row = _longest_row(names)
        if len(row) < WORTH or not may_fork():
            return
        later = row[int(len(row) * (1 - SHARE)) :]
        if self.fork(lambda: {name: read(name) for name in later}):
            self._ahead = frozenset(later)

    def head(self, name: str) -> FileHead | None:
        """The head of a file that was read ahead; None of another one."""
        if name not in self._ahead:
            return None
        if self._read is None:
            read: Mapping[str, FileHead] | None = self.value()  # type: ignore[assignment]
            self._read = read or {}
        return self._read.get(name)


def may_fork() -> bool:
    """Whether this program has one thread, and a core to spare."""
    return threading.active_count() == 1 and cores() > 1


def _longest_row(names: Sequence[str]) -> Sequence[str]:
    """The names that differ from one another in numbers alone, of the most that do."""
    if len(names) < WORTH:
        return ()
    forms = [COUNTED.sub("0", name) for name in names]
    ((most, _),) = Counter(forms).most_common(1)
    return [name for name, form in zip(names, forms, strict=True) if form == most]
