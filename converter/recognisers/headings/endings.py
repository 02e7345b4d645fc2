"""Lines that close a story or a part of it: "THE END", "End of Book One"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.headings.forms import unwrap
from converter.recognisers.vocabulary import either

_THE_END = regex(rf"{either('endings', 'story')}\W*\Z", re.I)
_CLOSING = regex(
    rf"(?:{either('endings', 'story', 'goes_on')}|{either('endings', 'part_opens')} .{{1,60}})\W*\Z",
    re.I,
)
LONGEST_PART = 60  # characters of a part's name
_PART = regex(rf"{either('endings', 'part_opens')}\s(.{{1,{LONGEST_PART}}}?)\W*\Z", re.I)


def says_the_end(line: str) -> bool:
    """Whether a line says that the story is over: "THE END", "- Fin -"."""
    return _THE_END.match(_bare(line)) is not None


def is_closing(text: str) -> bool:
    """A line that closes a story or a part ("THE END", "End of Book One")."""
    return bool(_CLOSING.match(_bare(text)))


def closed_part(text: str) -> str:
    """What a line says is over: "Chapter 1" in "End of Chapter 1"; "" where it says no such thing."""
    m = _PART.match(_bare(text))
    return m[1] if m else ""


def _bare(line: str) -> str:
    """A line without the signs and the brackets around it: "（完）", "- Fin -"."""
    return unwrap(line.strip())[0].strip("（）()॥। ")
