"""One chapter as the checks see it."""

from __future__ import annotations

from converter.document.model import Chapter
from converter.document.record import dataclass
from converter.document.text_units import Unit


@dataclass(frozen=True, slots=True)
class ChapterText:
    """One chapter as the checks see it: its units are collected once for all of them."""

    chapter: Chapter
    units: tuple[Unit, ...]
