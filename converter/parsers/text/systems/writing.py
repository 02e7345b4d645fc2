"""A text in the marks of another system, written anew in those that are read anyway: lines with their old numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from converter.document.alignment import proof_words
from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row
from converter.parsers.text.systems.lines import LineKind, WrittenLine, without_idle_breaks

RULE = "marks of another system"
HEAD = "head of the file"
COMMENT = "comment"
BREAK = "* * *"
CITED_BY = "†‡§*"  # signs for the notes of one paragraph: they are no words
SHORT = 60  # characters: lines that end on purpose and are longer are paragraphs

NOTE = regex(r"\[(?:\d{1,3}|[\w\-]{1,40}|[†‡§*])\] ")


@dataclass(frozen=True, slots=True)
class Translation:
    """A text as its system means it. `text` is the file's with characters that were named read as such, line by line
    as before; `rows` are what is left to be read, `headings` their levels by line (0 is a part), `like_headings` lines
    that look like headings and are not called so, `head` fields with their values and lines, `unread` commands that
    were not understood, with their lines; from line `behind` on stands what is said of the text below the story (0:
    nothing). `author` is the one whom the program noted, who may be somebody else than the story's, `title` what it
    noted as the title, which may be a file's name."""

    text: str
    rows: tuple[Row, ...]
    head: tuple[tuple[str, str, int], ...] = ()
    omissions: tuple[Omission, ...] = ()
    headings: Mapping[int, int] = field(default_factory=dict)
    verse: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()
    unread: tuple[tuple[str, int], ...] = ()
    behind: int = 0
    like_headings: frozenset[int] = frozenset()
    author: str = ""
    title: str = ""


class _Note(NamedTuple):
    """What was being written when a note began."""

    parts: list[str]
    number: int
    marks: list[str]
    waiting: list[str]
    last: int


class Rewriter:
    """Writes the lines of a text anew, from front to back, and keeps account of what was left out."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.lines: list[WrittenLine] = []
        self.omissions: list[Omission] = []
        self.head: list[tuple[str, str, int]] = []
        self.headings: dict[int, int] = {}
        self.unread: list[tuple[str, int]] = []
        self.kind: LineKind = ""
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._parts: list[str] = []
        self._number = 0
        self._marks: list[str] = []  # of emphasis, open
        self._waiting: list[str] = []  # to be opened before the next letter
        self._last = 0  # where what was kept last ended
        self._counted = (0, 0)  # letters before a place
        self._notes: list[WrittenLine] = []
        self._outside: list[_Note] = []
        self._run = 0  # the first line of this paragraph among `lines`

    def line_of(self, at: int) -> int:
        """The number of the line in which a character stands."""
        return bisect_right(self._starts, at)

    def line_span(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends, its line end not included."""
        return self._starts[number - 1], self._starts[number] - 1

    # ------------------------------------------------------------------------------------------- words and signs

    def keep(self, start: int, end: int) -> None:
        """These words of the text."""
        words = self.text[start:end]
        if not words:
            return
        before = next((part for part in reversed(self._parts) if part.strip("*")), "") if words[0].isalnum() else ""
        if before[-1:].isalnum() and start > self._last:
            self._name_signs(self._last, start)
        self.sign(words, start)
        if not words.isspace():
            self._last = end

    def sign(self, sign: str, at: int) -> None:
        """Signs that the text has in other ones, or by another name."""
        if not sign:
            return
        if not self._number and not sign.isspace():
            self._number = self.line_of(at)
        if self._waiting and not sign.isspace():
            bare = sign.lstrip()
            self._parts.append(sign[: len(sign) - len(bare)])
            self._parts += self._waiting
            self._waiting.clear()
            sign = bare
        self._parts.append(sign)

    def omit(self, start: int, end: int, rule: str = RULE) -> None:
        """What stands here is no part of the story; signs alone need not be named."""
        words = self.text[start:end].strip()
        if any(map(str.isalnum, words)):
            start = self.text.index(words, start)
            said = "\n".join(line.strip() for line in words.split("\n") if line.strip())
            self.omissions.append(Omission(rule, said, Origin(self.name, self.line_of(start))))

    def _name_signs(self, start: int, end: int) -> None:
        """Signs left out inside a word, at their place: the word is one."""
        signs = self.text[start:end]
        if any(map(str.isalnum, signs)) or any(map(str.isspace, signs)):
            return
        done, count = self._counted
        if start < done:
            done, count = 0, 0
        count += sum(map(len, proof_words(self.text[done:start])))
        self._counted = (start, count)
        self.omissions.append(Omission(RULE, signs, Origin(self.name, self.line_of(start)), letters=count))

    # ------------------------------------------------------------------------------------------- emphasis

    def open(self, mark: str) -> None:
        """Emphasis begins with the next letter; what is in it already is stressed no more."""
        if mark:
            if mark not in self._marks:
                self._waiting.append(mark)
            self._marks.append(mark)

    def close(self, mark: str) -> None:
        """Emphasis ends behind the last letter."""
        if not mark or mark not in self._marks:
            return
        del self._marks[len(self._marks) - 1 - self._marks[::-1].index(mark)]
        if mark in self._marks:
            return
        if mark in self._waiting:
            self._waiting.remove(mark)
        else:
            self._close_here([mark])

    def is_open(self, mark: str) -> bool:
        """Whether this emphasis is open."""
        return mark in self._marks

    def _close_here(self, marks: Sequence[str]) -> None:
        behind: list[str] = []
        while self._parts and self._parts[-1].isspace():
            behind.insert(0, self._parts.pop())
        if self._parts:
            bare = self._parts[-1].rstrip()
            behind.insert(0, self._parts[-1][len(bare) :])
            self._parts[-1] = bare
        self._parts += marks
        self._parts += behind

    # ------------------------------------------------------------------------------------------- lines

    def begin_note(self) -> None:
        """What follows is said in a note."""
        self._outside.append(_Note(self._parts, self._number, self._marks, self._waiting, self._last))
        self._parts, self._number, self._marks, self._waiting = [], 0, [], []

    def end_note(self, at: int) -> None:
        """The note is over: it is cited here, and stands below the paragraph."""
        said, number = " ".join("".join(self._parts).split()), self._number
        outside = self._outside.pop()
        self._parts, self._number, self._marks, self._waiting, self._last = outside
        if not said:
            return
        if self._outside or len(self._notes) == len(CITED_BY):
            self.sign(f" ({said})", at)
            return
        mark = f"[{CITED_BY[len(self._notes)]}]"
        self._close_here([mark])
        self._notes.append(WrittenLine(number, f"{mark} {said}"))

    def end_line(self) -> None:
        """The line ends here on purpose."""
        if self._outside:
            self._parts.append(" ")
            return
        again = [m for m in dict.fromkeys(self._marks) if m not in self._waiting]
        if again:
            self._close_here(again[::-1])
            self._waiting[:0] = again
        said = " ".join("".join(self._parts).split())
        if said:
            self.lines.append(WrittenLine(self._number, said, self.kind))
        self._parts, self._number = [], 0

    def blank(self) -> None:
        """The paragraph ends here."""
        self.end_line()
        if self._outside:
            return
        run = self.lines[self._run :]
        if len(run) > 1 and all(line.kind == "" for line in run):
            verse = all(len(line.text) <= SHORT for line in run)
            made = [part for line in run for part in (line._replace(kind="verse" if verse else ""), WrittenLine(0, ""))]
            self.lines[self._run :] = [line for line in made if line.text] if verse else made
        if run:
            self.lines.append(WrittenLine(0, ""))
        for note in self._notes:
            self.lines += (note, WrittenLine(0, ""))
        self._notes.clear()
        self._run = len(self.lines)

    def heading(self, level: int) -> None:
        """What was written since the last line is a heading."""
        before = len(self.lines)
        kind, self.kind = self.kind, "heading"
        self._marks, self._waiting = [], []
        self.end_line()
        self.kind = kind
        if len(self.lines) > before:
            self.headings[self.lines[-1].number] = level
        self.blank()

    def scene_break(self, at: int, sign: str = BREAK, kind: LineKind = "break") -> None:
        """Here the scene changes; `kind` "space": unless a heading or another break says so, too."""
        self.blank()
        self.lines += (WrittenLine(self.line_of(at), sign, kind), WrittenLine(0, ""))
        self._run = len(self.lines)

    # ------------------------------------------------------------------------------------------- the whole

    def translation(self) -> Translation:
        """All that was written."""
        self.blank()
        lines = without_idle_breaks(self._without_headings_of_notes())
        rows: list[Row] = []
        gap = 0
        for line in lines:
            if not line.text:
                gap = 1
                continue
            rows.append(Row(line.number, line.text, 0, gap))
            gap = 0
        return Translation(
            self.text,
            tuple(rows),
            tuple(self.head),
            tuple(self.omissions),
            self.headings,
            frozenset(line.number for line in lines if line.kind == "verse"),
            frozenset(line.number for line in lines if line.kind == "quote"),
            tuple(self.unread),
        )

    def _without_headings_of_notes(self) -> list[WrittenLine]:
        """The lines without headings that nothing stands under but notes, which stand where they are cited."""
        said = [k for k, line in enumerate(self.lines) if line.text]
        gone: set[int] = set()
        bare = True  # from here to the next heading, or to the end, nothing stands but notes
        notes = 0
        for n in range(len(said) - 1, -1, -1):
            line = self.lines[said[n]]
            if line.kind != "heading":
                is_note = bool(NOTE.match(line.text))
                bare, notes = bare and is_note, notes + is_note
                continue
            if bare and n and (notes or n == len(said) - 1):
                gone.add(said[n])
                self.headings.pop(line.number, None)
                self.omissions.append(
                    Omission("heading of notes", line.text.strip("*"), Origin(self.name, line.number))
                )
            bare, notes = True, 0
        return [line for k, line in enumerate(self.lines) if k not in gone]
