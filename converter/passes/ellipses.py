"""Ellipses: three dots, spaced or not, become one character; a fourth dot is the sentence's full stop.

Chicago 13.50. The space in front of an ellipsis, where there is one, becomes a no-break space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.contracts import Edit

DOTS = re.compile(
    r"(?<![.…])( ?)(?:\.{3,12}|\.[ \u00a0]\.[ \u00a0]\.(?:[ \u00a0]\.){0,3}|\.[ \u00a0]\.\.\.)"
    r"(?![.…]|[ \u00a0]\.(?!\.))"
)
BEFORE = re.compile(r" (?=…)")
LEADERS = 7  # so many dots in a row lead to a page number
NO_BREAK = "\u00a0"


def ellipses(text: str) -> Sequence[Edit]:
    """The edits for one unit. Dot leaders and two dots stay."""
    edits: list[Edit] = []
    if ".." in text or ". ." in text or ".\u00a0." in text:
        for m in DOTS.finditer(text):
            dots = m[0].count(".")
            if dots >= LEADERS:
                continue
            before = m[1]
            if before and m.start() == 0:
                before = ""
            start = m.start()
            if before and text[start - 1] not in "\n":
                before = NO_BREAK
            new = {3: "…", 4: ".…"}.get(dots, "……")
            if dots == 4 and before:  # "word . . . ." : the full stop belongs to the word
                new, before = f".{NO_BREAK}…" if " " in m[0][1:] else ".…", ""
                if text[start - 1 : start] in ".!?…,;:—":
                    new = f"{NO_BREAK}….".strip(".") + "."
            edits.append(Edit(start, m.end(), before + new))
    elif " …" in text:
        edits += [Edit(m.start(), m.end(), NO_BREAK) for m in BEFORE.finditer(text) if m.start()]
    return edits
