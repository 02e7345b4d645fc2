"""Flanks of a mark: what it may do where it stands in a text, and which marks close later on."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_PART = 60  # letters of a word


class OpenMark(NamedTuple):
    """A mark that is open. `text` stands for it where it never closes."""

    mark: str
    kind: str
    start: int  # index of the first inline in it
    text: str
    at: int = 0  # where the mark ends in the text
    inside: bool = False  # opened inside a word


class Flanks(NamedTuple):
    """What a mark may do where it stands in a text; whether it stands behind a letter (`in_word`), and whether one may
    follow the mark that closes it (`before_letters`)."""

    may_open: bool
    may_close: bool
    in_word: bool
    before_letters: bool


def part_of_word(text: str, m: re.Match[str], opened: OpenMark | None) -> bool:
    """A mark in a word, its partner at the word's other border: `*Un*important`, `sure**ly**`; not `f*ck*ng`."""
    if opened is not None:
        return not opened.inside and m.start() - opened.at <= LONGEST_PART and text[opened.at : m.start()].isalpha()
    end = text.find(m["mark"], m.end())
    after = text[end + len(m["mark"]) : end + len(m["mark"]) + 1]
    return end > m.end() and text[m.end() : end].isalpha() and not after.isalnum()


class Closers:
    """Which marks of a text close later on: what was looked for once is known for all that stands before it."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[str, bool], tuple[int, int]] = {}  # from where on, and where the first is (-1: none)

    def after(self, start: int, mark: str, free: bool) -> bool:
        """Whether such a mark closes after `start`; `free` says that a word may follow it."""
        at = start
        while self._text.startswith(mark, at):  # the rest of a row of signs, divided as it is from here on
            if at > start and self._closes(at, mark, free):
                return True
            at += len(mark)
        since, first = self._known.get((mark, free), (len(self._text), -1))
        if since <= at and (first < 0 or at <= first):
            return first >= 0
        first = self._text.find(mark, at)
        while first >= 0 and not self._closes(first, mark, free):
            first = self._text.find(mark, first + len(mark))
        self._known[mark, free] = (at, first)
        return first >= 0

    def _closes(self, at: int, mark: str, free: bool) -> bool:
        after = self._text[at + len(mark) : at + len(mark) + 1]
        return not self._text[at - 1].isspace() and (free or not after.isalnum())
