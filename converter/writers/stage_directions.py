"""Stage directions inside a speech of a play: what stands in brackets beside the speaker's name or before the words.

Printed plays set them in italics, apart from what is said. Further on in a speech brackets are directions where the
speaker has paused before them; in the middle of a clause they are spoken, too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from converter.document.model import Inlines, Text

LONGEST = 120  # characters; more is told in brackets
_MANNER = re.compile(r"(?<=\S)\s+([(\[][^()\[\]]+[)\]]\s*[:.]?)\s*$")
_PAUSED = re.compile(rf"(?<=[.!?…,;:—–][\"”’»\s])\s*([(\[][^()\[\]]{{1,{LONGEST}}}[)\]][.:,]?)(?=\s|\Z)")
_OPENING = re.compile(rf"\s*([(\[][^()\[\]]{{1,{LONGEST}}}[)\]][.:,]?)(?=\s)")


def with_manner(speaker: Inlines) -> tuple[Inlines, str]:
    """A speaker's name, and how he speaks: "STRANGER", "(aside):"."""
    last = speaker[-1] if speaker else None
    if isinstance(last, Text) and (found := _MANNER.search(last.text)):
        return (*speaker[:-1], replace(last, text=last.text[: found.start()])), found[1]
    return speaker, ""


def opening_direction(said: Inlines) -> tuple[str, Inlines]:
    """What a speech opens with in brackets, "" for nothing, and what is left of it."""
    first = said[0] if said else None
    if isinstance(first, Text) and (found := _OPENING.match(first.text)):
        return found[1], (replace(first, text=first.text[found.end() :]), *said[1:])
    return "", said


def parted_directions(said: str) -> list[tuple[str, bool]]:
    """The pieces of what is said, in order, and whether each is a direction: brackets behind a pause."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _PAUSED.finditer(said):
        pieces += [(said[at : found.start(1)], False), (found[1], True)]
        at = found.end(1)
    return [piece for piece in [*pieces, (said[at:], False)] if piece[0]]
