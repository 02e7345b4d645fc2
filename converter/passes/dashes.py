"""Dashes: "--" and " - " become the dash that the language sets; rows and bullets stay.

Chicago 6.85 to 6.94. A hyphen that joins a word or a stammer ("I-I") is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from converter.document.contracts import Edit
from converter.document.patterns import regex
from converter.document.text_units import Unit
from converter.passes.conventions import Conventions
from converter.passes.spaces import MARKS

TYPED_DASH = regex(r"--+")
LONGEST_DASH = 6  # more hyphens are a row, not a dash
LEFT_OUT = 4  # from so many on a name or a word is left out: "Mr. B----", "d----d"
SINGLE = regex(r" - (?<=[^\s\-–—]...)(?=[^\s\-–—])")
CUT_OFF = regex(rf"-(?<=[^\W\d_].)(?=[{MARKS}](?:[ \n{MARKS}]|$))")  # "But-" and the speaker is interrupted
YEARS = regex(r"-(?<=(?<![\d\-/.])[12][0-9]{3}-)(?=[12][0-9]{3}(?![\d\-/.]))")
SPEECH = regex(rf"-[ \u00a0]?(?=[^\W\d_]|[¿¡…{MARKS}])")  # a line of dialogue
SPOKEN = regex(rf"[–—][ \u00a0]?(?=[^\W\d_]|[¿¡…{MARKS}])")
EN_AMID = regex(r"(?<=[^\s0-9])[ \u00a0]–(?=[ \u00a0][^\s])|(?<=[0-9])[ \u00a0]–(?=[ \u00a0][^\s0-9])")
ASIDE = regex(r"-(?<=\s.)(?=[^\W\d_])|-(?<=[^\s\-].)(?=[\s.,;:!?](?:$|\s|[^\s\-]))")
EM, EN = "—", "–"


def dashes(conventions: Conventions) -> Callable[[Sequence[Unit]], list[Sequence[Edit]]]:
    """A rule on a chapter's units; the language decides between closed em, spaced em and spaced en dashes."""
    rule = _Dashes(conventions)
    return lambda units: [rule.unit(u.text, u.kind not in ("title", "label")) if "-" in u.text else () for u in units]


def set_dashes(conventions: Conventions) -> Callable[[Sequence[Unit]], list[Sequence[Edit]]]:
    """A rule on a chapter's units, for dashes that were typed as such: a line of dialogue begins with one dash in all
    the chapter, the language's, where others begin with that; and in Russian a sentence has an em dash."""
    speech = conventions.speech_dash[:1]
    other = {EM: EN, EN: EM}.get(speech, "")

    def rule(units: Sequence[Unit]) -> list[Sequence[Edit]]:
        spoken = [u.text[0] if u.kind == "paragraph" and SPOKEN.match(u.text) else "" for u in units]
        unlike = bool(other) and other in spoken and (conventions.em_alone or speech in spoken)
        edits = [[Edit(0, 1, speech)] if unlike and dash == other else [] for dash in spoken]
        if conventions.em_alone:
            for found, unit in zip(edits, units, strict=True):
                found += [Edit(m.end() - 1, m.end(), EM) for m in EN_AMID.finditer(unit.text)]
        return [*edits]

    return rule


class _Dashes:
    def __init__(self, conventions: Conventions) -> None:
        self.speech = conventions.speech_dash
        self.closed = conventions.dash == "closed"
        self.between = {"closed": EM, "spaced-em": f" {EM} ", "spaced-en": f" {EN} "}[conventions.dash]
        self.mark = EN if conventions.dash == "spaced-en" else EM

    def unit(self, text: str, prose: bool) -> Sequence[Edit]:
        """The edits of one unit. `prose`: it is no title and no label, in which a dash may be anything."""
        edits: dict[int, Edit] = {}
        self._speech(text, prose, edits)
        self._typed(text, edits)
        if prose and " - " in text:
            for m in SINGLE.finditer(text):
                if not (text[m.start() - 1].isdigit() and text[m.end() : m.end() + 1].isdigit()):
                    edits.setdefault(m.start(), Edit(m.start(), m.end(), self.between))
        for m in CUT_OFF.finditer(text):
            edits.setdefault(m.start(), Edit(m.start(), m.end(), self.mark))
        for m in YEARS.finditer(text):
            start, end = m.span()
            if text[start - 4 : start] < text[end : end + 4]:
                edits[start] = Edit(start, end, EN)
        return [edits[k] for k in sorted(edits)]

    def _speech(self, text: str, prose: bool, edits: dict[int, Edit]) -> None:
        """The dashes of a line of dialogue, where the language has such."""
        if not self.speech:
            return
        if prose and (opening := SPEECH.match(text)):
            edits[0] = Edit(0, opening.end(), self.speech)
        if self.closed and text[0] in "-—":  # —Hola -dijo ella-. Adiós.
            for m in ASIDE.finditer(text):
                edits.setdefault(m.start(), Edit(m.start(), m.end(), EM))

    def _typed(self, text: str, edits: dict[int, Edit]) -> None:
        """Two hyphens and more."""
        last = 0
        length = len(text.strip())
        for m in TYPED_DASH.finditer(text) if "--" in text else ():
            if len(m[0]) > LONGEST_DASH or len(m[0]) >= length:
                continue
            edit = self._one(text, *m.span())
            if edit.start >= last and edit.start not in edits:
                edits[edit.start] = edit
                last = edit.end

    def _one(self, text: str, start: int, end: int) -> Edit:
        """Hyphens from `start` to `end` as the dash that they stand for."""
        if end - start >= LEFT_OUT:
            return Edit(start, end, EM * 2)
        left, right = text[max(0, start - 1) : start] == " ", text[end : end + 1] == " "
        before = text[start - 1 - left : start - left] if start > left else ""
        after = text[end + right : end + right + 1]
        if not before or before == "\n":  # the line begins with it
            return Edit(start - left, end + right, self.speech or EM) if right else Edit(start, end, EM)
        if not after or after == "\n" or (after in (*MARKS, ")") and not (left and right)):
            return Edit(start - left, end, EM) if self.closed or not left else Edit(start, end, self.mark)
        if self.closed and self._stands_on_one_side(left, right, before):
            return Edit(start, end, EM)
        return Edit(start - left, end + right, self.between)

    def _stands_on_one_side(self, left: bool, right: bool, before: str) -> bool:
        """Whether a space beside a closed dash stays: --Hola --dijo ella--, or a sentence and a dash that begins
        another."""
        if self.speech and left != right:
            return True
        return (right and not left and before in ".!?…") or (left and not right and before in ".!?")
