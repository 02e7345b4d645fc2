"""Spaces: runs become one, none at the ends of a paragraph, none before a full stop or a comma."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from converter.document.contracts import Edit
from converter.document.patterns import regex
from converter.passes.conventions import Conventions

RUN = regex(r"[ \t\u2000-\u2006\u2008]{2,}|[\t\u2000-\u2006\u2008]|^ | $|(?<=\n) | (?=\n)")
MARKS = "\"'`´″′‘’‚‛“”„‟«»‹›"
LONELY = regex(rf"(?<! ) +(?=[,;:!?](?:[\s)\]{MARKS}]|$)|\.(?:[\s)\]{MARKS}]|$)(?! ?\.))")
FRENCH_LONELY = regex(rf"(?<! ) +(?=,(?:[\s)\]{MARKS}]|$)|\.(?:[\s)\]{MARKS}]|$)(?! ?\.))")
WORD_END = regex(rf"[^\W_]|[)\]{MARKS}]")  # what a stray space may follow: a word, or what closes one
BEFORE_MARKS = (" ,", " ;", " :", " !", " ?", " .")  # without one of them no space is lonely
OPENING = ('"', "“", "‘", "«", "„")
SMILEY = regex(r" {1,9}[:;]-?[()\]DPp|/]")


def spaces(conventions: Conventions | None) -> Callable[[str], Sequence[Edit]]:
    """A rule on one unit's text.

    French keeps its space before high marks. Verse indents are numbers in the model, so nothing of meaning goes.
    """
    lonely = FRENCH_LONELY if conventions and conventions.before else LONELY

    def rule(text: str) -> Sequence[Edit]:
        edits: dict[int, Edit] = {}
        size = len(text)
        if "  " in text or "\t" in text or not text.isascii() or text[:1] == " " or text[-1:] == " " or "\n" in text:
            for m in RUN.finditer(text):
                start, end = m.span()
                edge = start == 0 or end == size or text[start - 1] == "\n" or text[end] == "\n"
                edits[start] = Edit(start, end, "" if edge else " ")
        if not any(pair in text for pair in BEFORE_MARKS):
            return [edits[k] for k in sorted(edits)]
        for m in lonely.finditer(text):
            start, end = m.span()
            if start and WORD_END.match(text, start - 1) and not SMILEY.match(text, start):
                if text[end] in ",;" and text[end + 1 : end + 2] in OPENING and text[end + 2 : end + 3].isalnum():
                    edits[start] = Edit(start, end + 1, f"{text[end]} ")  # He said ,"Go."
                else:
                    edits[start] = Edit(start, end, "")
        return [edits[k] for k in sorted(edits)]

    return rule
