"""Feet of pages above notes: level as those without, for the plan knows what notes take of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pymupdf
import pytest

from benchmarks.invented import novel
from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.document.model import Book
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pages import page_named
from converter.writers.pdf.filling import BARE
from converter.writers.pdf.noted import fill_noted
from converter.writers.pdf.typst.level import notes_of, plan_for, sheet_of
from converter.writers.pdf.typst.levelling import Plan, measured
from converter.writers.pdf.typst.press import Press
from tests.once import Once

SAID = (
    "The ledger in the harbour office gives another figure for the same week, in a hand that nobody there could name."
)


SENTENCES = (1, 1, 1, 2, 2, 3, 9)


def annotated(words: int, every: float) -> str:
    """A novel, as Markdown, with notes, a few of them long, in a part of its paragraphs."""
    random, notes, told = Random(7), [], []
    for paragraph in novel(words).split("\n\n")[1:]:
        text = paragraph.strip()
        if text.startswith("Chapter"):
            text = f"# {text}"
        elif len(text) > 60 and random.random() < every:
            at = random.choice([end.end() for end in re.finditer(r"[.,;!?][”’]?(?= |$)", text)] or [len(text)])
            notes.append(f"[^{len(notes) + 1}]: " + " ".join([SAID] * random.choice(SENTENCES)))
            text = f"{text[:at]}[^{len(notes)}]{text[at:]}"
        told.append(text)
    return "\n\n".join((*told, *notes))


@pytest.fixture(scope="module")
def book(once: Once) -> Book:
    source = Source("noted.md", annotated(14_000, 0.25).encode(), ".md")
    return once("noted novel as read", lambda: understand([source], Settings())).book


@pytest.fixture
def press(book: Book) -> Iterator[Press]:
    with Press(book, load_theme("classic"), page_named("a5"), marked=True) as press:
        yield press


def short_feet(press: Press, plan: Plan) -> list[int]:
    """By how many lines the text is short above the notes of each page that has any, but for the ends of chapters."""
    sheet, page = sheet_of(press.design), press.design["page"]
    marks = press.marks(plan)
    last = {max(end.page for _, end in map(marks.__getitem__, (w.number for w in c))) for c in press.numbering.chapters}
    short = []
    with pymupdf.open(stream=press.compiled(plan)[0], filetype="pdf") as pdf:
        for leaf in pdf:
            rules = [
                d["rect"]
                for d in leaf.get_drawings()
                if d["rect"].width > 0.9 * (page["width"] - page["inner"] - page["outer"])
            ]
            if not rules or leaf.number + 1 in last:
                continue
            lines = [line for block in leaf.get_text("dict")["blocks"] for line in block.get("lines", ())]
            origins = [span["origin"][1] for line in lines for span in line["spans"] if span["text"].strip()]
            text = max(y for y in origins if sheet.top < y < rules[0].y0)
            room = (rules[0].y0 - sheet.top) / sheet.pitch - sheet.rule.above_notes
            short.append(int(room - (text - sheet.top - sheet.baseline) / sheet.pitch - 1 + 0.1))
    return short


def test_feet_above_notes_are_level(press: Press) -> None:
    plan = plan_for(press)
    ragged, level = short_feet(press, Plan()), short_feet(press, plan)
    assert sum(1 for rows in ragged if rows > 1) >= 3, "or there is nothing to be levelled"
    assert sum(1 for rows in level if rows > 1) <= 2, "where a long note has no room at all"
    assert sum(map(bool, level)) <= len(level) / 5


def test_pages_with_notes_are_filled_as_they_were_reckoned(press: Press) -> None:
    """Every paragraph ends where the simulation has it end."""
    sheet, marks = sheet_of(press.design), press.marks()
    told = {what.number: what for chapter in press.numbering.chapters for what in chapter}
    notes = notes_of(press)
    flows = measured(press.numbering.chapters, marks, sheet, openings=press.numbering.openings, notes=notes).flows
    free = sorted(press.numbering.paragraphs)
    alone = press.tried([(number, 0.0) for number in free])
    set_ = {n: round((end.y - begin.y) / sheet.pitch) + 1.0 for n, (begin, end, *_) in zip(free, alone, strict=True)}
    torn = 0
    assert len(notes) > 40
    for flow in flows:
        used, foot, page = flow.used, BARE, marks[flow.pieces[0].number][0].page
        for piece in flow.pieces:
            rows = set_.get(piece.number, piece.choices[0].rows)
            filled = fill_noted(sheet.rule, used, piece.gap, piece.lead, rows, piece.parting, piece.notes, foot)
            page, used, foot = page + len(filled.left_over), filled.used, filled.foot
            torn += filled.torn
            end = marks[piece.number][1]
            assert (page, used) == (end.page, sheet.below(end, told[piece.number]))
    assert torn, "some line or note is torn off, and that was reckoned, too"


ODD = f"""# One[^1]

{SAID}[^2]

> {SAID}[^3]

- {SAID}[^4]

{SAID} {SAID}[^5] {SAID}

## Below {{#below}}

a rose[^6]\\
is a rose

[^1]: In a heading.
[^2]: See [below](#below). {SAID}

    Its second paragraph.

[^3]: In a quotation.
[^4]: In a list.
[^5]: - a list
    - in a note
[^6]: In verse.
"""


def test_notes_of_any_kind_are_measured_or_left_out() -> None:
    book = understand([Source("odd.md", ODD.encode(), ".md")], Settings()).book
    with Press(book, load_theme("classic"), page_named("a5"), marked=True) as press:
        plan = plan_for(press)
        line = sheet_of(press.design).rule.note_line
        lines = [round(rows / line, 2) for _, rows in notes_of(press).values()]
        assert len(lines) >= 4
        assert all(one == round(one) >= 1 for one in lines)
        assert 2 in lines, "the list"
        prove_pdf(book, press.printed(plan).data)


def test_no_word_of_a_note_is_lost(book: Book, press: Press) -> None:
    prove_pdf(book, press.printed(plan_for(press)).data)
