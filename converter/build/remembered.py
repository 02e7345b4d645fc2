"""What was understood of folders, kept in the catalogue from one run to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from converter.catalogue.catalogue import Catalogue


class Remembered:
    """A `Memory` of folders in a catalogue. What is new is kept when `write` is called."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._new: dict[tuple[str, str], str] = {}

    def recall(self, folder: Path, signature: str) -> Mapping[str, Any] | None:
        """What was kept of this folder under this signature. Raises OutputError."""
        kept = self.catalogue.understood(self.catalogue.name(folder), signature)
        try:
            value = json.loads(kept) if kept else None
        except ValueError:
            return None
        return value if isinstance(value, dict) else None

    def keep(self, folder: Path, signature: str, understood: Mapping[str, Any]) -> None:
        """Remembers what was understood, as JSON holds it."""
        self._new[self.catalogue.name(folder), signature] = json.dumps(understood)

    def write(self) -> None:
        """Has the catalogue keep what is new. Raises OutputError."""
        for (folder, signature), understood in self._new.items():
            self.catalogue.keep_understood(folder, signature, understood)
        self._new.clear()
