"""A line of Rich Text Format in the making: its words, and which of them are stressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from converter.document.patterns import regex

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
        for words, marks in merged:
            bare = words.rstrip() if marks else words
            yield bare, marks
            if len(bare) < len(words):
                yield words[len(bare) :], frozenset()


def _single(text: str) -> str:
    """With one blank between words; those that hold words together are kept."""
    return BLANKS.sub(" ", text).strip(" ")
