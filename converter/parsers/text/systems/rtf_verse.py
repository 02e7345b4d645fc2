"""Lines that were broken within a paragraph of Rich Text Format: verse, or prose of another program."""

from __future__ import annotations

from collections.abc import Sequence

from converter.parsers.text.lines.rows import may_end_paragraph
from converter.parsers.text.systems.writing import SHORT

LEAST_LINES = 2
SPOKEN = '"“‘«„—–'


def is_broken_verse(lines: Sequence[str], above: str, *, inset: bool) -> bool:
    """Whether the lines of one paragraph are short and meant to stay lines: the paragraph is set in (`inset`), the one
    `above` it ends with a colon, or most of its lines end no sentence and begin no speech."""
    if len(lines) < LEAST_LINES or any(len(line) > SHORT for line in lines):
        return False
    if inset or above[-1] in ":：":
        return True
    going_on = sum(not may_end_paragraph(line) for line in lines)
    return 2 * going_on > len(lines) and not any(line[0] in SPOKEN for line in lines)
