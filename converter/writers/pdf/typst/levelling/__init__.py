"""Levelling: the feet of pages are made level by setting a few paragraphs one line shorter or longer.

Typst fills pages greedily and never stretches them, so that with widows and orphans forbidden one page in four ends a
line or two early. In come the places of marks in a book that was laid out once; out comes the plan, a factor for each
paragraph to be changed, with which it is laid out again. `reading_back.py` makes pieces of marks, `plan.py` chooses,
filling pages as `writers/pdf/filling.py` does, `rounds.py` tries what was chosen. Nothing here knows Typst itself: what
a factor does to a paragraph is asked of the engine. In Arabic, only the ends of pages before a scene break and before a
chapter's end are chosen. No word, no order, no letter's shape is changed: only the space between letters and words, by
so little that nobody sees it.
"""

from converter.writers.pdf.filling import Rule
from converter.writers.pdf.typst.levelling.plan import Ends, Plan
from converter.writers.pdf.typst.levelling.reading_back import (
    Cited,
    Marks,
    Measured,
    Numbered,
    Opening,
    Place,
    Sheet,
    measured,
)
from converter.writers.pdf.typst.levelling.rounds import Asked, Tried, level

__all__ = [
    "Asked",
    "Cited",
    "Ends",
    "Marks",
    "Measured",
    "Numbered",
    "Opening",
    "Place",
    "Plan",
    "Rule",
    "Sheet",
    "Tried",
    "level",
    "measured",
]
