"""Dashes: "--" and " - " become the dash that the language sets; rows and bullets stay.

Chicago 6.85 to 6.94. A hyphen that joins a word or a stammer ("I-I") is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.contracts import Edit
from converter.passes.conventions import Conventions
from converter.walk import Unit

TYPED = re.compile(r" ?(?<!-)-{2,6}(?!-) ?")
SINGLE = re.compile(r"(?<=[^\s\d\-]) - (?=[^\s\d\-])|(?<=\d) - (?=[^\W\d])|(?<=[^\W\d]) - (?=\d)")
CUT_OFF = re.compile(r"(?<=[^\W\d_])-(?=[\"”»“]|['’](?:[\s\"”]|$))")  # "But-" and the speaker is interrupted
YEARS = re.compile(r"(?<![\d\-/.])(1[0-9]{3}|20[0-9]{2})-(1[0-9]{3}|20[0-9]{2})(?![\d\-/.])")
OPENING = re.compile(r"(?:-{1,3}|–|―)[ \u00a0]?(?=[^\W\d_]|[¿¡\"«“…])")
EM, EN = "—", "–"
SENTENCE = re.compile(r"[.,;:!?…]")


def dashes(conventions: Conventions) -> DashRule:
    """A rule on one unit for these conventions."""
    return DashRule(conventions)


class DashRule:
    """Edits of dashes; the language decides between closed em, spaced em and spaced en."""

    def __init__(self, conventions: Conventions) -> None:
        self.speech = conventions.speech_dash
        self.between = {"closed": EM, "spaced-em": f" {EM} ", "spaced-en": f" {EN} "}[conventions.dash]
        self.mark = EN if conventions.dash == "spaced-en" else EM

    def __call__(self, units: Sequence[Unit]) -> list[Sequence[Edit]]:
        """The edits for each unit of a chapter."""
        return [self._unit(u) if "-" in u.text else () for u in units]

    def _unit(self, unit: Unit) -> Sequence[Edit]:
        text = unit.text
        edits: dict[int, Edit] = {}
        if "--" in text:
            for m in TYPED.finditer(text):
                if not (m.start() == 0 and m.end() == len(text)):
                    edits[m.start()] = self._typed(text, m)
        if " - " in text and unit.kind not in ("title", "label"):
            for m in SINGLE.finditer(text):
                edits.setdefault(m.start(), Edit(m.start(), m.end(), self.between))
        for m in CUT_OFF.finditer(text):
            edits.setdefault(m.start(), Edit(m.start(), m.end(), self.mark))
        for m in YEARS.finditer(text):
            if m[1] < m[2]:
                edits[m.end(1)] = Edit(m.end(1), m.end(1) + 1, EN)
        return [edits[k] for k in sorted(edits)]

    def _typed(self, text: str, m: re.Match[str]) -> Edit:
        start, end = m.span()
        hyphens = m[0].count("-")
        before, after = text[start - 1 : start], text[end : end + 1]
        if hyphens >= 4:  # a name or a word left out: "Mr. B----", "d----d"
            return Edit(start + (m[0][0] == " "), end - (m[0][-1] == " "), EM * 2)
        left, right = m[0][0] == " ", m[0][-1] == " "
        if not before or before == "\n":  # the line begins with it
            return Edit(start, end, self.speech if right and self.speech else EM + (" " if right else ""))
        if not after or after == "\n" or after in "\"'”’»)":
            return Edit(start, end, (" " if left and not self._closed else "") + EM)
        if self._closed:
            open_quote = before in "\"'“‘«(" and not left
            new = EM
            if right and not left and (before in ".!?…" or hyphens == 3):
                new = EM + " "
            if left and not right and (before in ".!?" or open_quote):
                new = " " + EM
            return Edit(start, end, new)
        if left and right:
            return Edit(start, end, self.between)
        return Edit(start, end, (" " if left else "") + EM + (" " if right else ""))

    @property
    def _closed(self) -> bool:
        return self.between == EM
