"""Words with their reading (`<ruby>`) as runs."""

from __future__ import annotations

from collections.abc import Iterator

from converter.document.model import Ruby
from converter.document.patterns import regex
from converter.parsers.items.inlines import Run, StyleMark

LINE_ENDS = regex(r"[ \t\r\n\f]+")  # and blanks around them: one space, as everywhere in a line
UNPARTED = "\u2e80"  # from here on, scripts that write no spaces


def ruby_pair(base: str, reading: str, mark: StyleMark) -> Iterator[Run]:
    """Words and what stands over them; space before the words stands outside."""
    before, word, _ = _apart(base)
    read = " ".join(reading.split())
    if before:
        yield Run(" ", mark)
    if word and read:
        yield Run("", mark, Ruby(word, read))
    elif word or read:
        yield Run(word or read, mark)


def ruby_rest(base: str, mark: StyleMark) -> Iterator[Run]:
    """Words at the end that have no reading."""
    before, word, after = _apart(base)
    if word:
        yield Run(f"{before}{word}{after}", mark)


def _apart(text: str) -> tuple[str, str, str]:
    """(space, the text itself, space): the space around a text whose script parts words by spaces, else none."""
    bare = LINE_ENDS.sub(" ", text.strip())
    if not bare:
        return "", "", ""
    before = " " if text[0].isspace() and bare[0] < UNPARTED else ""
    return before, bare, " " if text[-1].isspace() and bare[-1] < UNPARTED else ""
