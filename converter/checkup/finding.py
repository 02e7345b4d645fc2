"""What a look over a book may find: a code, a place, a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DEVICES = ("kobo", "kindle", "apple", "old")  # "old": readers with the Adobe engine of before 2015


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `file` is a name inside the book ("" for the whole book), `line` counts from 1, 0 is none."""

    code: str
    message: str
    file: str = ""
    line: int = 0
    severity: Literal["info", "warning", "error"] = "warning"
