"""Endings of French ordinals are raised; what only looks like one stays."""

from __future__ import annotations

import pytest

from converter.document.model import Book, Chapter, Metadata, Paragraph, Styled, Text
from converter.passes import passes_for


def raised(text: str, language: str = "fr") -> tuple[list[str], str, int]:
    """The endings, the text as a reader has it, how many changes were told."""
    book = Book(Metadata(), (Chapter((Paragraph((Text(text),)),)),))
    told = 0
    for _, each in passes_for(language):
        done = each(book)
        book, told = done.book, told + sum(c.rule == "ordinals" for c in done.changes)
    (block,) = book.chapters[0].blocks
    assert isinstance(block, Paragraph)
    found = [i.content[0].text for i in block.content if isinstance(i, Styled)]  # type: ignore[union-attr]
    whole = "".join(i.text if isinstance(i, Text) else i.content[0].text for i in block.content)  # type: ignore[union-attr]
    return found, whole, told


@pytest.mark.parametrize(
    ("text", "endings"),
    [
        ("Au XIXe siècle, le 1er mars, au 2e étage.", ["e", "er", "e"]),
        ("La 1re et la 2de ; les 3es, la 11ème.", ["re", "de", "es", "ème"]),
        ("François Ier, le Xe.", ["er", "e"]),
        ("Ce fut Les 12 et 2e-5 ; Ire, Ie, 3.2e.", []),
        ("Vie, Ive, XIe", ["e"]),
    ],
)
def test_endings(text: str, endings: list[str]) -> None:
    found, whole, told = raised(text)
    assert found == endings
    assert told == len(endings)
    assert whole.replace("\u202f", " ").replace("’", "'") == text


def test_other_languages_have_none() -> None:
    assert raised("the XIXe and 2e", "en")[0] == []
