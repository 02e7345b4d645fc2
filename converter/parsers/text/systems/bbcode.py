"""BBCode: the tags of forums that hold more than words of a line: lists, quotations, pictures."""

from __future__ import annotations

import re

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.lines.rows import numbered_rows
from converter.parsers.text.systems.writing import RULE, Translation

TOKEN = regex(
    r"\[(?P<close>/?)(?P<name>list|ul|ol|li|quote|hr|\*)(?:=[^\[\]\n]{0,200})?\]"
    r"|\[(?P<object>img|youtube|video|media)(?:=[^\[\]\n]{0,60})?\][^\[\]\n]{0,500}\[/(?:img|youtube|video|media)\]",
    re.I,
)
QUOTE_TAG = regex(r"\[(/?)quote(?:=[^\[\]\n]{0,200})?\]", re.I)


def read_bbcode(text: str, name: str) -> Translation:
    """A text with the tags of forums; those inside its lines are left to be read with the other marks of words."""
    return _Posted(text, name).translation()


class _Posted:
    """Reads a text line by line."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.lines: list[tuple[int, str]] = []
        self.omissions: list[Omission] = []
        self.quoted: set[int] = set()
        self.depth = 0
        tags = [m[1] for m in QUOTE_TAG.finditer(text)]
        self.quotes = tags.count("/") * 2 == len(tags)

    def translation(self) -> Translation:
        """All of it."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if "[" in line:
                self._line(number, line)
            else:
                self._add(number, line)
        rows = tuple(numbered_rows(self.lines))
        return Translation(self.text, rows, omissions=tuple(self.omissions), quoted=frozenset(self.quoted))

    def _add(self, number: int, words: str) -> None:
        self.lines.append((number, words))
        if self.depth and words.strip():
            self.quoted.add(number)

    def _line(self, number: int, line: str) -> None:
        """A line with tags, parted where one begins or ends a block."""
        at = 0
        words = ""
        for m in TOKEN.finditer(line):
            kind = (m["name"] or "").casefold()
            words += line[at : m.start()]
            at = m.end()
            if kind == "quote" and not self.quotes:
                words += m[0]
                continue
            if words.strip():
                self._add(number, words)
            words = self._tag(number, m[0], kind, closes=bool(m["close"]))
        rest = words + line[at:]
        if rest.strip() or not at:
            self._add(number, rest)

    def _tag(self, number: int, tag: str, kind: str, *, closes: bool) -> str:
        """A tag that parts lines; gives what the next one begins with."""
        self.lines.append((number, ""))
        if kind == "hr":
            self.lines += [(number, tag), (number, "")]
            return ""
        if any(map(str.isalnum, tag)):
            self.omissions.append(Omission(RULE, tag, Origin(self.name, number)))
        if kind == "quote":
            self.depth = max(0, self.depth + (-1 if closes else 1))
        return "• " if kind in ("*", "li") and not closes else ""
