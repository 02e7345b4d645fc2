"""The full stop behind what counts a chapter."""

from __future__ import annotations

import pytest

from converter.document.model import Book, Chapter, Metadata, Paragraph, Text
from converter.document.words import plain_text
from converter.passes import passes_for


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("1.", "1"), ("IV.", "IV"), ("Capítulo 1.", "Capítulo 1"), ("Глава 1.", "Глава 1"), ("CHAPTER ONE.", "CHAPTER ONE"),
        ("1. Kapitel", "1. Kapitel"), ("Chapter 1", "Chapter 1"), ("1...", "1…"), ("(i)", "(i)"), ("", ""),
    ],
)  # fmt: skip
def test_a_label_is_set_without_it(typed: str, set_: str) -> None:
    said = Paragraph((Text("It rained in 1911."),))
    title = (Text("Salt."),)
    book = Book(Metadata(language="en"), (Chapter((said,), (Text(typed),) if typed else (), title),))
    changes = []
    for _, improve in passes_for("en"):
        improved = improve(book)
        book, changes = improved.book, [*changes, *improved.changes]
    (chapter,) = book.chapters
    assert plain_text(chapter.label) == set_
    assert (plain_text(chapter.title), chapter.blocks) == ("Salt.", (said,))
    assert [c.rule for c in changes if c.rule == "label-stops"] == ["label-stops"] * (typed[:-1] == set_ != typed)
