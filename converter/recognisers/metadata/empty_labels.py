"""Labels in contents lists that programs write where they know no name: "Unknown", "Section 3", "index_split_004"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

LONGEST = 120  # characters of such a label
_UNNAMED = rf"(?:{either('files', 'unnamed')}|{either('site', 'untitled')}|{either('titles', 'untitled')})"
_PIECE = rf"(?:{either('files', 'pieces')}|{either('site', 'page')})"
_EMPTY = regex(rf"[\[(]?{_UNNAMED}[\])]?[\s_#-]*\d*|{_PIECE}[\s_-]*\d*", re.I, LONGEST)
_FILE = regex(  # "Chapter_0001.xhtml#top", "index_split_004", "part0004", "OEBPS/Text/ch01", "filepos:0000123"
    r".*\.x?html?(?:#\S*)?|(?:[a-z]+_)+\d+|[a-z]{2,}_?0\d{1,5}(?:_\d+)*|(?:[\w.-]+/)+[\w.-]+|filepos:?\d+",
    re.I,
    LONGEST,
)


def says_nothing(label: str) -> bool:
    """Whether a label names nothing that a reader would look for: none at all, a word that stands for a missing name, a
    piece of a file and its number, a file's name."""
    bare = " ".join(label.split())
    if not any(map(str.isalnum, bare)):
        return True
    return _EMPTY.fullmatch(bare) is not None or _FILE.fullmatch(bare) is not None
