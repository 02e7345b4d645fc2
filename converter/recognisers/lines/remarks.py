"""What somebody who read a draft, or its author at a second look, wrote into it: "[MK: comma]", "(Comment: why?)",
"<<check the year>>", "TODO: the ferry". The marks alone say it, so whoever asks has to know a copy without them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

LONGEST = 1_000  # characters of one
_INITIALS = r"[^\W\d_a-z]{1,3}\d?\s?[:–—-]"
_LABEL = rf"{either('remarks', 'labels')}(?!\w)[\s.:#–—-]"


def _bracketed(opening: str) -> str:
    pairs = (r"\[", r"\[\]", r"\]"), (r"\(", "()", r"\)"), (r"\{", "{}", r"\}")
    return "|".join(rf"{a}\s{{0,3}}{opening}[^{both}\n]{{0,{LONGEST}}}{b}" for a, both, b in pairs)


_SIGNED = regex(_bracketed(_INITIALS))
_LABELLED = regex(_bracketed(_LABEL), re.I)
_ANGLED = regex(rf"<<[^<>\n]{{1,{LONGEST}}}>>")
_TASK = regex(rf"\b(?:TODO|FIXME|XXX)\b[^\n\[\](){{}}<>]{{0,{LONGEST}}}")


def remarks_in(text: str) -> list[tuple[int, int]]:
    """Where remarks stand in a text, by their characters, in order and apart."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(_spans(text)):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    signs = (_SIGNED, "[({"), (_LABELLED, "[({"), (_ANGLED, "<"), (_TASK, "OX")
    for pattern, first in signs:
        if any(sign in text for sign in first):
            yield from (match.span() for match in pattern.finditer(text))
