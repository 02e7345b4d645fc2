"""The full stop behind what counts a chapter: "Chapter 1." and "IV." are set without it, alone and above a title, as
books set their headings today. In a list a number has one before its title: "4. The Ferry" (`chapter_name`)."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Edit
from converter.document.text_units import Unit


def label_stops(units: Sequence[Unit]) -> list[Sequence[Edit]]:
    """The last sign of each label that is a full stop behind a letter or a digit."""
    return [_stop(unit.text) if unit.kind == "label" else () for unit in units]


def _stop(text: str) -> Sequence[Edit]:
    end = len(text.rstrip())
    if end > 1 and text[end - 1] == "." and text[end - 2].isalnum():
        return [Edit(end - 1, end, "")]
    return ()
