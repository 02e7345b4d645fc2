"""Stage directions inside a speech of a play: what stands in brackets beside the speaker's name or before the words.

Printed plays set them in italics, apart from what is said. Further on in a speech brackets may be spoken, too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from converter.document.model import Inlines, Text

LONGEST = 120  # characters; more is told in brackets
_MANNER = re.compile(r"(?<=\S)\s+([(\[][^()\[\]]+[)\]]\s*[:.]?)\s*$")
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
