"""Epigraphs on paper: set in, with where they are from on a line of its own below."""

from __future__ import annotations

import pytest

from converter.document.contracts import Engine
from converter.document.model import Block, Chapter, Line, LineBreak, Paragraph, Quote, Text, Verse
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
