"""Lines with which a program signs a book that it made: "[Created by ePub Maker Trial]"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, whole

LONGEST = 160  # characters of such a line
_MADE = regex(rf"[\[(*]{{0,3}}(?:[\w-]{{1,12}} ){{0,6}}?{either('files', 'made_with')} (?=\S)", re.I, LONGEST)
_PROGRAM = regex(whole("files", "programs"), re.I, LONGEST)
_ADDRESS = regex(r"[\[(<\W]*(?:https?://|www\.)\S+", re.I, LONGEST)


def is_signed_by_program(lines: list[str]) -> bool:
    """Whether lines say that a program made the file, and nothing else; an address may stand among them."""
    return any(map(_says_made, lines)) and all(_says_made(line) or _ADDRESS.fullmatch(line) for line in lines)


def _says_made(line: str) -> bool:
    """Whether a line says that something was made, and names a program: a person's name alone is none."""
    return _MADE.match(line) is not None and _PROGRAM.search(line) is not None
