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
class NoteDefinition:
    """A note's text, and the line of its definition."""

    text: str
    line: int


class Defined(NamedTuple):
    """A text without the definitions of its notes, its lines kept, and those: first in the order of their citations
    those that are cited, then the others."""

    text: str
    notes: Mapping[str, NoteDefinition]

    @property
    def numbers(self) -> Mapping[str, str]:
        """The number of each note, by its key."""
        return {key: str(number) for number, key in enumerate(self.notes, 1)}


def define(text: str, first_line: int) -> Defined:
    """The notes of a text that begins after line `first_line` of the file. Where none is cited, there are none."""
    if next(_citations(DEFINITION.sub("", text)), None) is None:
        return Defined(text, {})
    notes: dict[str, NoteDefinition] = {}

    def take(note: re.Match[str]) -> str:
        if note[1] in notes or not any(map(str.isalnum, TAG.sub("", note[2]))):
            return note[0]
        line = lines_before(note.string, note.start()) + 1 + first_line
        notes[note[1]] = NoteDefinition(re.sub(r"\n[ \t]+", "\n", note[2]), line)
        return "\n" * note[0].count("\n")

    text = DEFINITION.sub(take, text)
    cited = [citation[1] for citation in _citations(text) if citation[1] in notes]
    return Defined(text, {key: notes[key] for key in dict.fromkeys((*cited, *notes))})


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
    for citation in CITED.finditer(text):
        while at < len(hidden) and hidden[at][1] <= citation.start():
            at += 1
        if at == len(hidden) or citation.start() < hidden[at][0]:
            yield citation
