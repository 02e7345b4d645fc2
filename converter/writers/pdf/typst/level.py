"""A book's feet made level: laid out once, read back, planned. What comes out is for the second and last layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from converter.writers.pdf.typst.levelling import Asked, Ends, Plan, Rule, Sheet, level, measured
from converter.writers.pdf.typst.numbering import Design, baseline
from converter.writers.pdf.typst.placing import go_round
from converter.writers.pdf.typst.press import Press
from converter.writers.pdf.typst.torn import mended


def plan_for(press: Press) -> Plan:
    """How the book is to be set: paragraphs tighter or looser where feet of pages are levelled, pages that end early.
    Before, text is made to go round what does not fit at a foot: of a press that is `marked`. Raises OutputError."""
    go_round(press, sheet_of(press.design))
    sheet, alone = sheet_of(press.design), sheet_of(press.design, alone=True)
    told = {what.number: what for chapter in press.numbering.chapters for what in chapter}

    def trial(asked: Sequence[Asked], ends: Mapping[int, Ends]) -> list[tuple[float, float]]:
        return [
            (round((end.y - begin.y) / sheet.pitch) + 1.0, alone.filled(end, told[number]))
            for (number, _), (begin, end) in zip(asked, press.tried(asked, ends), strict=True)
        ]

    sinks = frozenset(press.numbering.sinks if press.levelled else ())
    numbering = press.numbering
    book = measured(numbering.chapters, press.marks(), sheet, sinks, openings=numbering.openings, level=press.levelled)
    return mended(press, level(book, sheet.rule, trial), sheet)


def sheet_of(design: Design, *, alone: bool = False) -> Sheet:
    """The text on a page of this design; or the page on which paragraphs stand `alone`."""
    page, costs = design["page"], design["text"]["costs"]
    return Sheet(
        left_odd=0.0 if alone else page["inner"],
        left_even=0.0 if alone else page["outer"],
        top=page["top"],
        baseline=baseline(design["pitch"], design["size"], design["measures"]["body"]),
        pitch=design["pitch"],
        rule=Rule(page["lines"], costs["orphan"] > 0, costs["widow"] > 0),
    )
