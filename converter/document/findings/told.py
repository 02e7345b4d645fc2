"""What all findings have in common beside their facts, and a few words that several messages share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

Severity = Literal["info", "doubt", "warning", "error"]


class Told:
    """The base of every finding; it has no fields of its own."""

    __slots__ = ()
    SECTION: ClassVar[str] = ""  # what a report's section of such findings is called; "": as the code

    @property
    def section(self) -> str:
        """What the section of a report is called that it stands in."""
        return self.SECTION

    @property
    def cause(self) -> str:
        """What many findings of one kind may share: they are told as one (`reports/heaps.py`)."""
        return ""


def times(n: int, noun: str) -> str:
    """A count with its noun: "1 byte", "3 bytes"."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def named_characters(characters: Iterable[str]) -> str:
    """Characters as a message names them: each as it looks, and by its number."""
    return ", ".join(f"{c!r} (U+{ord(c):04X})" for c in characters)
