"""Feet and inches, minutes and seconds: 6'2" is set with primes, U+2032 and U+2033, where nothing else can be meant."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Edit
from converter.document.patterns import regex

AFTER_FIGURE = regex(r"[\"'’´](?<=[0-9½¼¾].)")
FEET_INCHES = regex(r"(?<=[0-9])(['’´])(?: ?[0-9]{1,2}[½¼¾]?(\"|”|''))")
MEASURE = regex(
    r"(?<=[0-9½¼¾])(?:(\"|'')|('))(?= (?:x|×|by [0-9]|tall|wide|long|high|deep|thick|across|square)\b|x[0-9])"
)


def measures(text: str) -> bool:
    """Whether a text has a straight mark, and some mark behind a figure."""
    return ('"' in text or "'" in text) and AFTER_FIGURE.search(text) is not None


def primes(text: str) -> Sequence[Edit]:
    """The edits for one unit: 5'10", 3" wide, 12' x 14'."""
    if not measures(text):
        return ()
    edits: dict[int, Edit] = {}
    for m in FEET_INCHES.finditer(text):
        edits[m.start(1)] = Edit(m.start(1), m.end(1), "′")
        edits[m.start(2)] = Edit(m.start(2), m.end(2), "″")
    for m in MEASURE.finditer(text):
        edits.setdefault(m.start(), Edit(m.start(), m.end(), "″" if m[1] else "′"))
    return [edits[k] for k in sorted(edits)]
