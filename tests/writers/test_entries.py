"""Entries of a diary in a quotation begin at the edge, all of them; other paragraphs are set in but for the first."""

from __future__ import annotations

import pytest

from converter.document.model import Inline, Paragraph, Strong, Text
from converter.writers.entries import entries_flush


def paragraph(*said: Inline) -> Paragraph:
    return Paragraph(said)


def bold(label: str, said: str) -> Paragraph:
    return paragraph(Strong((Text(label),)), Text(f" {said}"))


@pytest.mark.parametrize(
    "entries",
    [
        [bold("16 March.", "Wind NW."), bold("17 March.", "Per not back.")],
        [bold("Monday:", "Wind."), bold("Tuesday:", "None."), bold("Wednesday:", "Rain.")],
        [paragraph(Text("16 March. Wind NW.")), paragraph(Text("17 March. Per not back."))],
        [paragraph(Text("3 May 1911 — It rained.")), paragraph(Text("4 May 1911 — It did not."))],
    ],
)
def test_entries_of_a_diary_begin_at_the_edge(entries: list[Paragraph]) -> None:
    assert [p.role for p in entries_flush(tuple(entries)) if isinstance(p, Paragraph)] == ["continued"] * len(entries)
    more = (entries[0], paragraph(Text("It went on.")), *entries[1:])
    roles = [p.role for p in entries_flush(more) if isinstance(p, Paragraph)]
    assert roles == ["continued", "", *["continued"] * (len(entries) - 1)]


@pytest.mark.parametrize(
    "told",
    [
        [paragraph(Text("It rained.")), bold("Never,", "she said."), bold("No!", "he said.")],
        [bold("16 March.", "Wind NW."), paragraph(Text("It rained."))],
        [paragraph(Text("It rained on 16 March. She left.")), paragraph(Text("In May. Then in June."))],
    ],
)
def test_other_paragraphs_are_as_they_were(told: list[Paragraph]) -> None:
    assert entries_flush(tuple(told)) == tuple(told)
