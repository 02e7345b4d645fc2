"""Epigraphs on paper: set in, with where they are from on a line of its own below."""

from __future__ import annotations

import pymupdf
import pytest

from converter.document.contracts import Engine, MadeFor
from converter.document.model import Block, Chapter, Emphasis, Line, LineBreak, Paragraph, Quote, Text, Verse
from converter.themes import load_theme
from converter.writers.pdf import print_book
from tests.print.feature import prose, said, small, text
from tests.print.test_fits import lines, place, printed

SAYING, FROM = "The eel owes nothing to the net.", "— a proverb of the marsh"
FORMS: dict[str, tuple[Block, ...]] = {
    "lines of one paragraph": (Paragraph((Text(SAYING), LineBreak(), Text(FROM))),),
    "two paragraphs": (said(SAYING), said(FROM)),
    "lines of verse": (Verse(((Line(text(SAYING)), Line(text(FROM), 3)),)),),
    "a source in brackets": (said(SAYING), said("(a proverb of the marsh)")),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("style", "least"), [("classic", 80), ("manuscript", 25)])
def test_an_epigraph_is_set_in_above_its_source(engine: Engine, style: str, least: float, form: str) -> None:
    motto = Chapter((Quote(FORMS[form], "epigraph"),), kind="front")
    sheets = printed(small(motto, Chapter(prose(12), title=text("The Net"))), engine, style)
    _, left, y = place(sheets, SAYING)
    _, source_left, below = place(sheets, "a proverb of the marsh")
    margin = min(x for x, _, _ in lines(sheets[len(sheets) - 1]))
    assert left - margin > least
    assert source_left > left + 20
    assert 5 < below - y < 30


def test_speech_below_an_epigraph_is_no_source(engine: Engine) -> None:
    motto = Chapter((Quote((said(SAYING), said("So they say.")), "epigraph"),), kind="front")
    sheets = printed(small(motto, Chapter(prose(12), title=text("The Net"))), engine)
    assert place(sheets, "So they say.")[1] < place(sheets, SAYING)[1] + 30


@pytest.mark.parametrize("kind", ["epigraph", "dedication"])
@pytest.mark.parametrize("made_for", ["screen", "print"])
def test_one_that_is_slanted_as_a_whole_looks_as_any(engine: Engine, kind: str, made_for: MadeFor) -> None:
    fonts = set()
    for words in (said(SAYING), Paragraph((Emphasis(text(SAYING)),))):
        front = Chapter((Quote((words,), kind),), kind="front")  # type: ignore[arg-type]
        book = small(front, *(Chapter(prose(12), title=text(f"The {name}")) for name in ("Net", "Tide")))
        made = print_book(book, load_theme("classic"), "a5", made_for, engine=engine)
        sheets = pymupdf.open(stream=made.data, filetype="pdf")
        spans = [
            span
            for sheet in sheets
            for block in sheet.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
        fonts |= {span["font"].partition("+")[2] for span in spans if "owes nothing" in span["text"]}
    assert len(fonts) == 1
