"""Entries of a diary in a quotation begin at the edge, all of them; other paragraphs are set in but for the first."""

from __future__ import annotations

import pytest

from converter.document.model import Book, Chapter, Inline, Metadata, Paragraph, Quote, Strong, Text
from converter.themes import load_theme
from converter.writers.entries import entries_flush
from converter.writers.epub import write_epub
from tests.writers.reading import X, chapter_roots


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


def test_a_book_has_them_so() -> None:
    quote = Quote((bold("16 March.", "Wind NW."), bold("17 March.", "Per not back.")))
    made = Book(Metadata("Rain", language="en", identifier="urn:x:rain"), (Chapter((quote,)),))
    quotes = [
        q for _, root in chapter_roots(write_epub(made, load_theme("classic"))) for q in root.iter(f"{X}blockquote")
    ]
    assert [p.get("class") for q in quotes for p in q] == ["continued", "continued"]
