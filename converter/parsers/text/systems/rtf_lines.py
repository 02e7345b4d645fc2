"""A line of Rich Text Format in the making: its words, and which of them are stressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from converter.document.patterns import regex
from converter.parsers.characters import clean

INNER = regex(r"\w")
WORD_HEAD = regex(r"\w{1,100}")
BLANKS = regex(r"[ \t\r\n]+")


@dataclass(slots=True)
class RichLine:
    """A line in the making: runs of words, each with its stress."""

    runs: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    def plain(self) -> str:
        """Its words."""
        return _single("".join(words for words, _ in self.runs))

    def marked(self) -> str:
        """Its words with marks of stress, each tight to a word."""
        out: list[str] = []
        open_: list[str] = []
        for words, marks in self._joined():
            for mark in [m for m in reversed(open_) if m not in marks]:
                out.append(mark)
                open_.remove(mark)
            lead = len(words) - len(words.lstrip())
            out.append(words[:lead])
            for mark in sorted(marks, reverse=True):
                if mark not in open_:
                    out.append(mark)
                    open_.append(mark)
            out.append(words[lead:])
        return _single("".join([*out, *reversed(open_)]).replace("****", ""))

    def _joined(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The runs; blanks between words alike are of their kind, and no stress ends in a blank."""
        merged: list[tuple[str, frozenset[str]]] = []
        for words, marks in self.runs:
            if merged and (merged[-1][1] == marks or not words.strip()):
                merged[-1] = (merged[-1][0] + words, merged[-1][1])
            else:
                merged.append((words, marks))
        for words, marks in _whole_words(merged):
            bare = words.rstrip() if marks else words
            yield bare, marks
            if len(bare) < len(words):
                yield words[len(bare) :], frozenset()


def _whole_words(runs: list[tuple[str, frozenset[str]]]) -> list[tuple[str, frozenset[str]]]:
    """The runs with no stress that begins or ends inside a word: the word is of the run that is stressed."""
    out: list[tuple[str, frozenset[str]]] = []
    for words, marks in runs:
        rest = words
        if out and (INNER.search(out[-1][0][-1:]) and INNER.match(rest)):
            left, of_left = out[-1]
            if of_left and not marks:
                begun = WORD_HEAD.match(rest)
                cut = begun.end() if begun else 0
                out[-1], rest = (left + rest[:cut], of_left), rest[cut:]
            else:
                cut = len(left) - sum(1 for _ in takewhile(INNER.match, reversed(left)))
                out[-1], rest = (left[:cut], of_left), left[cut:] + rest
        out.append((rest, marks))
    return [run for run in out if run[0]]


def _single(text: str) -> str:
    """With one blank between words, and no character that nobody sees; blanks that hold words together are kept."""
    return BLANKS.sub(" ", clean(text).text).strip(" ")
