"""What an inspection finds: one flaw, where it is, and whom it troubles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Device = Literal["kobo", "kindle", "apple", "old", "xteink"]
# "old": Adobe's engine of before 2015; "xteink": readers with a few hundred kilobytes of memory
DEVICES: tuple[Device, ...] = ("kobo", "kindle", "apple", "old", "xteink")
FlawSeverity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """`file` as it is called inside the EPUB ("" for the whole), `line` from 1 (0: no line), a stable code.

    "error": readers or shops refuse it or show it wrong; "warning": some do; "info": it would be better otherwise.
    """

    file: str
    line: int
    code: str
    message: str
    severity: FlawSeverity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file or "book"
        return f"{place}: {self.message} [{self.code}]"
