"""What readers marked in books, as their devices and programs write it down: Kindle's clippings and notebooks, excerpts
copied out of Apple Books, lists of "Highlight - Page 9". It holds other people's words and is no story.

Each entry says where it stood. Where every entry has one form, as Kindle's have, it is known in any language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.patterns import regex
from converter.folders.listed import is_short
from converter.recognisers.vocabulary import either

HIGHLIGHTS = "highlights out of other books"
FEWEST = 2  # entries that say where they stood
SHARE = 0.15  # of the lines, at least: an entry may have several paragraphs
ONE_ENTRY = 8  # lines of a file that holds one excerpt
LONGEST_LINE = 300  # characters
NOTEBOOK = (b"noteHeading", b"noteText")  # what a Kindle's notebook calls its parts, in every language
RULED = b"\n======"
_RULE = re.compile(r"={6,}\s*")
_WHERE = regex(r"[-–]\s[^|]{0,200}\|", within=LONGEST_LINE)
_MARKED = regex(rf"\b{either('files', 'marked')}\b", re.I, LONGEST_LINE)
_PLACED = regex(rf"\b{either('files', 'placed')}[\s.:#]{{0,3}}\d", re.I, LONGEST_LINE)
_EXCERPT = regex(rf"{either('files', 'excerpt')}\s*(?::.{{0,250}})?\Z", re.I, LONGEST_LINE)
_PROTECTED = regex(rf"{either('files', 'protected')}", re.I, LONGEST_LINE)


def are_clippings(text: str) -> bool:
    """Whether a text, or how it begins, is in entries between rows of "=": a title, "- where | when", and what was
    marked."""
    entries = _entries(text)
    return len(entries) > 1 and all(len(entry) > 1 and _says_where(entry[1]) for entry in entries[:-1])


def _says_where(line: str) -> bool:
    return _WHERE.match(line) is not None and any(map(str.isdigit, line))


def _entries(text: str) -> list[list[str]]:
    """The lines of each entry that are not blank; what stands behind the last row is cut, or nothing."""
    entries: list[list[str]] = [[]]
    for raw in text.lstrip("\ufeff").splitlines():
        line = raw.strip().lstrip("\ufeff")
        if line and _RULE.fullmatch(line):
            entries.append([])
        elif line:
            entries[-1].append(line)
    return entries


def are_highlights(lines: Sequence[str]) -> bool:
    """Whether lines say again and again that something was marked and where ("Highlight (yellow) - Page 9"), or out of
    which book an excerpt is."""
    least = max(FEWEST, SHARE * len(lines))
    placed = sum(bool(is_short(line) and _MARKED.search(line) and _PLACED.search(line)) for line in lines)
    if placed >= least:
        return True
    excerpts = sum(_EXCERPT.match(line) is not None for line in lines)
    return excerpts >= least or (excerpts > 0 and len(lines) <= ONE_ENTRY and any(map(_PROTECTED.match, lines)))
