"""Ellipses: three dots, spaced or not, become one character; a fourth dot is the sentence's full stop.

Chicago 13.50. The space in front of an ellipsis, where there is one, becomes a no-break space.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Edit
from converter.document.patterns import regex

DOTS = regex(r"\.(?:[ \u00a0]?\.)+")
BEFORE = regex(r" (?=…)(?<=[^.!?…\s—–-] )")
ENDS = ".!?…—–-"  # after the end of a sentence the space stays: the ellipsis begins the next one
LEADERS = 7  # so many dots in a row lead to a page number
NO_BREAK = "\u00a0"
NEW = {3: "…", 4: ".…", 5: "……", 6: "……"}


def ellipses(text: str) -> Sequence[Edit]:
    """The edits for one unit. Dot leaders and two dots stay."""
    edits: list[Edit] = []
    if ".." in text or ". ." in text or ".\u00a0." in text:
        for m in DOTS.finditer(text):
            dots = m[0].count(".")
            start, end = m.span()
            if not 3 <= dots < LEADERS or "…" in (text[start - 1 : start], text[end : end + 1]):
                continue
            spaced = start > 1 and text[start - 1] == " " and text[start - 2] not in ENDS
            new = NEW[dots]
            if dots == 4 and m[0][1] != "." and m[0][2:] == "...":  # "He stopped. ...And then"
                new = f".{m[0][1]}…"
            elif dots == 4 and spaced:  # "He stopped . . . ."
                new = "…."
            edits.append(Edit(start - 1, end, NO_BREAK + new) if spaced else Edit(start, end, new))
    if " …" in text:
        edits += [Edit(m.start(), m.end(), NO_BREAK) for m in BEFORE.finditer(text) if m.start()]
        edits.sort(key=lambda e: e.start)
    return edits
