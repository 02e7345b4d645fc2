"""Notes: `[^1]` in the text, and `[^1]: ...` where their words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from converter.document.patterns import regex
from converter.document.verbatim import comments
from converter.parsers.markdown.lines import CITED, fenced, lines_before

DEFINITION = regex(r"^\[\^([^\]\s<>]{1,40})\]:[ \t]+(.*(?:\n(?:[ \t]+.*|[ \t]*(?=\n[ \t]+\S)))*)", re.M)
TAG = regex(r"<[^<>]*>")
BLANK = regex(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Definition:
    """A note's text, and the line of its definition."""

    text: str
    line: int


class Defined(NamedTuple):
    """A text without the definitions of its notes, its lines kept, and those: first in the order of their citations
    those that are cited, then the others."""

    text: str
    notes: Mapping[str, Definition]

    @property
    def numbers(self) -> Mapping[str, str]:
        """The number of each note, by its key."""
        return {key: str(number) for number, key in enumerate(self.notes, 1)}


def define(text: str, first_line: int) -> Defined:
    """The notes of a text that begins after line `first_line` of the file. Where none is cited, there are none."""
    if next(_citations(DEFINITION.sub("", text)), None) is None:
        return Defined(text, {})
    found_notes: dict[str, Definition] = {}

    def take(found: re.Match[str]) -> str:
        if found[1] in found_notes or not any(map(str.isalnum, TAG.sub("", found[2]))):
            return found[0]
        line = lines_before(found.string, found.start()) + 1 + first_line
        found_notes[found[1]] = Definition(re.sub(r"\n[ \t]+", "\n", found[2]), line)
        return "\n" * found[0].count("\n")

    text = DEFINITION.sub(take, text)
    cited = [found[1] for found in _citations(text) if found[1] in found_notes]
    return Defined(text, {key: found_notes[key] for key in dict.fromkeys((*cited, *found_notes))})


def _citations(text: str) -> Iterator[re.Match[str]]:
    """Where notes are cited: in no comment, and in no code between fences."""
    if "[^" not in text:
        return
    hidden: list[tuple[int, int]] = []
    for start, end in sorted((*comments(text), *fenced(text))):
        begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        if hidden and start < hidden[-1][1]:
            continue
        if begins_line or not BLANK.search(
            text, start, end
        ):  # a paragraph ends at a blank line, and what is open in it
            hidden.append((start, end))
    at = 0
    for found in CITED.finditer(text):
        while at < len(hidden) and hidden[at][1] <= found.start():
            at += 1
        if at == len(hidden) or found.start() < hidden[at][0]:
            yield found
