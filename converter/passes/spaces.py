"""Spaces: runs become one, none at the ends of a paragraph, none before a full stop or a comma."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.contracts import Edit
from converter.passes.conventions import Conventions

RUN = re.compile(r"[ \t\u2000-\u2006\u2008]{2,}|[\t\u2000-\u2006\u2008]|^ | $|(?<=\n) +| +(?=\n)")
LONELY = re.compile(r" (?=[,;:!?](?:[\s\"'’”)\]]|$)|\.(?:[\s\"'’”)\]]|$)(?! ?\.))")
FRENCH_LONELY = re.compile(r" (?=,(?:[\s»\"'’”)\]]|$)|\.(?:[\s»\"'’”)\]]|$)(?! ?\.))")
WORD_END = re.compile(r"[^\W_]|[\"'’”)\]]")  # what a stray space may follow: a word, or what closes one


def spaces(conventions: Conventions | None) -> SpaceRule:
    """A rule on one unit's text for these conventions."""
    return SpaceRule(conventions)


class SpaceRule:
    """Edits of spaces. Verse indents are not spaces (they are numbers in the model), so nothing of meaning goes."""

    def __init__(self, conventions: Conventions | None) -> None:
        self.lonely = FRENCH_LONELY if conventions and conventions.before else LONELY

    def __call__(self, text: str) -> Sequence[Edit]:
        """The edits for one unit, ascending."""
        edits: dict[int, Edit] = {}
        if "  " in text or "\t" in text or not text.isascii() or text[:1] == " " or text[-1:] == " " or "\n" in text:
            size = len(text)
            for m in RUN.finditer(text):
                start, end = m.span()
                edge = start == 0 or end == size or text[start - 1] == "\n" or text[end] == "\n"
                edits[start] = Edit(start, end, "" if edge else " ")
        for m in self.lonely.finditer(text):
            at = m.start()
            if at and at not in edits and WORD_END.match(text[at - 1]) and not _wink(text, at):
                edits[at] = Edit(at, at + 1, "")
        return [edits[k] for k in sorted(edits)]


def _wink(text: str, at: int) -> bool:
    """A smiley (" :)") is not punctuation."""
    return text[at + 1] in ":;" and text[at + 2 : at + 3] in ("(", ")", "]", "D", "P", "-")
