"""Texts in the marks of other systems, read and proved."""

from __future__ import annotations

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    lines = text.split("\n")
    for omission in parsed.omissions:  # each is found where it says
        assert 1 <= omission.origin.line <= len(lines)
    return parsed
