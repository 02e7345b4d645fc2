"""A book's feet made level: laid out once, read back, planned. What comes out is for the second and last layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from converter.writers.pdf.typst.levelling import Asked, Cited, Ends, Place, Plan, Rule, Sheet, Tried, level, measured
from converter.writers.pdf.typst.numbering import Design, baseline
from converter.writers.pdf.typst.placing import go_round
from converter.writers.pdf.typst.press import Press
from converter.writers.pdf.typst.torn import mended

LONGEST = 0.5  # of a page: longer notes are not reckoned with


def plan_for(press: Press) -> Plan:
    """How the book is to be set: paragraphs tighter or looser where feet of pages are levelled, pages that end early.
    Before, text is made to go round what does not fit at a foot: of a press that is `marked`. Raises OutputError."""
    go_round(press, sheet_of(press.design))
    sheet, alone = sheet_of(press.design), sheet_of(press.design, alone=True)
    told = {what.number: what for chapter in press.numbering.chapters for what in chapter}

    def rows(begin: Place, end: Place) -> int:
        return round((end.y - begin.y) / sheet.pitch)

    def trial(asked: Sequence[Asked], ends: Mapping[int, Ends]) -> list[Tried]:
        answers = []
        for (number, _), (begin, end, *cited) in zip(asked, press.tried(asked, ends), strict=True):
            reckoned = (place for note, place in zip(told[number].notes, cited, strict=True) if note in notes)
            at = tuple(rows(begin, place) for place in reckoned)
            answers.append(Tried(rows(begin, end) + 1.0, alone.filled(end, told[number]), at))
        return answers

    sinks = frozenset(press.numbering.sinks if press.levelled else ())
    numbering = press.numbering
    marks = press.marks()
    notes = notes_of(press)
    book = measured(
        numbering.chapters, marks, sheet, sinks, openings=numbering.openings, level=press.levelled, notes=notes
    )
    return mended(press, level(book, sheet.rule, trial), sheet)


def notes_of(press: Press) -> dict[int, Cited]:
    """Where notes are cited and how many rows they take; without those that are longer than half a page."""
    cited = press.cited()
    heights = press.noted(sorted(cited)) if cited else {}
    rows = {number: high / press.design["pitch"] for number, high in heights.items()}
    return {
        number: (cited[number], high)
        for number, high in rows.items()
        if high <= LONGEST * press.design["page"]["lines"]
    }


def sheet_of(design: Design, *, alone: bool = False) -> Sheet:
    """The text on a page of this design; or the page on which paragraphs stand `alone`."""
    page, costs, notes, pitch = design["page"], design["text"]["costs"], design["notes"], design["pitch"]
    return Sheet(
        left_odd=0.0 if alone else page["inner"],
        left_even=0.0 if alone else page["outer"],
        top=page["top"],
        baseline=baseline(design["pitch"], design["size"], design["measures"]["body"]),
        pitch=pitch,
        rule=Rule(
            page["lines"],
            costs["orphan"] > 0,
            costs["widow"] > 0,
            note_line=round(design["note-size"] * notes["size"] * notes["height"] / pitch, 4),
            above_notes=round(notes["above"] * design["size"] / pitch, 4),
        ),
    )
