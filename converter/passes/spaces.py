"""Spaces: runs become one, none at the ends of a paragraph, none before a full stop or a comma."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from converter.document.contracts import Edit
from converter.document.patterns import regex
from converter.passes.conventions import Conventions

RUN = regex(r"[ \t\u2000-\u2006\u2008]{2,}|[\t\u2000-\u2006\u2008]|^ | $|(?<=\n) | (?=\n)")
MARKS = "\"'`´″′‘’‚‛“”„‟«»‹›"
LONELY = regex(rf"(?<! ) +(?=[,;:!?](?:[\s)\]{MARKS}]|$)|\.(?:[\s)\]{MARKS}]|$)(?! ?\.))")
FRENCH_LONELY = regex(rf"(?<! ) +(?=,(?:[\s)\]{MARKS}]|$)|\.(?:[\s)\]{MARKS}]|$)(?! ?\.))")
WORD_END = regex(rf"[^\W_]|[)\]{MARKS}]")  # what a stray space may follow: a word, or what closes one
BEFORE_SIGN, LINE_SET_IN, ODD = regex(r" [ ,;:!?.\n]"), regex(r"\n "), regex(r"[\t\u2000-\u2006\u2008]")
BEFORE_MARKS = (" ,", " ;", " :", " !", " ?", " .")  # without one of them no space is lonely
OPENING = ('"', "“", "‘", "«", "„")
SMILEY = regex(r" {1,9}[:;]-?[()\]DPp|/]")


def spaces(conventions: Conventions | None) -> Callable[[str], Sequence[Edit]]:
    """A rule on one unit's text.

    French keeps its space before high marks. Verse indents are numbers in the model, so nothing of meaning goes.
    """
    lonely = FRENCH_LONELY if conventions and conventions.before else LONELY

    def rule(text: str) -> Sequence[Edit]:
        if not untidy(text):
            return ()
        edits = {edit.start: edit for edit in _runs(text)}
        if any(pair in text for pair in BEFORE_MARKS):
            edits.update((edit.start, edit) for edit in _stray(text, lonely))
        return [edits[k] for k in sorted(edits)]

    return rule


def untidy(text: str) -> bool:
    """Whether a line of a text may have a space too many."""
    lines = f"\n{text}\n"
    odd = "\t" in text if text.isascii() else ODD.search(text) is not None
    return odd or BEFORE_SIGN.search(lines) is not None or LINE_SET_IN.search(lines) is not None


def _runs(text: str) -> Iterator[Edit]:
    """Runs of spaces become one; at the ends of a line there is none."""
    for m in RUN.finditer(text):
        start, end = m.span()
        edge = start == 0 or end == len(text) or text[start - 1] == "\n" or text[end] == "\n"
        yield Edit(start, end, "" if edge else " ")


def _stray(text: str, lonely: re.Pattern[str]) -> Iterator[Edit]:
    """Spaces before a full stop or a comma; behind a comma that was meant before a quotation: `He said ,"Go."`."""
    for m in lonely.finditer(text):
        start, end = m.span()
        if not start or not WORD_END.match(text, start - 1) or SMILEY.match(text, start):
            continue
        quoted = text[end] in ",;" and text[end + 1 : end + 2] in OPENING and text[end + 2 : end + 3].isalnum()
        yield Edit(start, end + 1, f"{text[end]} ") if quoted else Edit(start, end, "")
