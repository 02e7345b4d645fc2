"""Letters in print: in italics among what is told, upright where a book is made of them."""

from __future__ import annotations

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Block, Chapter, Paragraph, Quote
from converter.themes import load_theme
from converter.writers.pdf import print_book
from tests.print.feature import prose, small, text


def letter(*blocks: Block) -> Quote:
    greeting, name = Paragraph(text("Dear Tom,"), "salutation"), Paragraph(text("Nell"), "signature")
    return Quote((greeting, *blocks, name), "letter")


def italic(chapters: tuple[Chapter, ...], theme: str, engine: Engine) -> tuple[set[bool], float]:
    """Whether words of letters are in italics, and how far from the measure's left edge the name below one stands."""
    made = print_book(small(*chapters), load_theme(theme), engine=engine)
    with pymupdf.open(stream=made.data) as document:
        spans = [
            span
            for page in document
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    told = {"Italic" in span["font"] for span in spans if "Dear" in span["text"]}
    left = min(span["bbox"][0] for span in spans if "Dear" in span["text"])
    return told, next(span["bbox"][0] for span in spans if span["text"].strip() == "Nell") - left


@pytest.mark.parametrize("theme", ["classic", "romance"])
def test_a_book_of_letters_is_upright(theme: str, engine: Engine) -> None:
    letters = tuple(Chapter((letter(*prose(3, n)),), (), text(f"Post {n}")) for n in range(3))
    told, name = italic(letters, theme, engine)
    assert told == {False}
    assert name > 100, "the name stands right"


@pytest.mark.parametrize("theme", ["classic", "romance"])
def test_a_letter_in_a_story_is_in_italics(theme: str, engine: Engine) -> None:
    chapters = tuple(Chapter((*prose(4, n), letter(*prose(1, n)), *prose(3, n)), (), text(f"Post {n}")) for n in (1, 2))
    told, name = italic(chapters, theme, engine)
    assert told == {True}
    assert name > 100
