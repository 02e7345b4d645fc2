"""Stories that a catalogue knows and whose files no longer lie where they lay: perhaps they were moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from converter.catalogue.database import Database
from converter.catalogue.records import RECONCILED


class Vanished:
    """The sources of a catalogue that are not there, as `is_there` tells. What was put together of several copies is
    not looked for.

    All methods raise OutputError where the database can't be used.
    """

    def __init__(self, database: Database, is_there: Callable[[str], bool]) -> None:
        self._database, self._is_there = database, is_there
        self._missing: dict[str, list[int]] | None = None  # the sizes of their files

    def sources(self) -> tuple[str, ...]:
        """All of them."""
        known = [row[0] for row in self._database.asked("SELECT source FROM stories")]
        return tuple(source for source in known if not self._is_there(source))

    def any(self) -> bool:
        """Whether there are some."""
        return bool(self._sizes())

    def of_sizes(self, sizes: Sequence[int]) -> tuple[str, ...]:
        """Those whose files had these sizes."""
        wanted = sorted(sizes)
        return tuple(source for source, had in self._sizes().items() if sorted(had) == wanted)

    def has(self, source: str) -> bool:
        """Whether this source is one of them, and was not claimed by another."""
        return source in self._sizes()

    def openings(self) -> tuple[tuple[str, str], ...]:
        """Each with the first words of its story."""
        gone = self._sizes()
        asked = self._database.asked("SELECT source, opening FROM stories WHERE opening != ''")
        return tuple((str(source), str(opening)) for source, opening in asked if source in gone)

    def claim(self, source: str) -> None:
        """One of them was found again: it is no other's any more."""
        if self._missing:
            self._missing.pop(source, None)

    def _sizes(self) -> Mapping[str, list[int]]:
        if self._missing is None:
            files = "SELECT source, size FROM ingredients JOIN stories ON story = id WHERE role = 'story'"
            gone = {source for source in self.sources() if not source.endswith(RECONCILED)}
            self._missing = {}
            for kept, size in self._database.asked(files) if gone else ():
                if (source := kept) in gone:
                    self._missing.setdefault(source, []).append(size)
        return self._missing
