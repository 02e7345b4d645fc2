"""Texts of hardly a word: a note, an ask, a list are books of their own, with a doubt; a head alone is none."""

from __future__ import annotations

import pytest

from converter.checks import check_book
from converter.document.contracts import Parsed, Source
from converter.document.errors import NotAStory
from converter.document.words import book_text
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import page
from tests.pages.making import read as read_page


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("note.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize(
    ("text", "words"),
    [("milk\neggs\n", 2), ("ask me anything!!\n", 3), ("卵", 1)],
)
def test_a_note_is_a_book_with_a_doubt(text: str, words: int) -> None:
    book = read(text).book
    assert book_text(book).split() == text.split()
    assert [f.words for f in check_book(book) if f.code == "story-tiny"] == [words]


@pytest.mark.parametrize(
    "text", ["The Weir\n\nby Ada Thorn\n", "Title: Weir\nAuthor: Ada Thorn\n", "Title: Weir\nThe Weir\n"]
)
def test_a_head_alone_is_no_book(text: str) -> None:
    with pytest.raises(NotAStory, match="a head but no story"):
        read(text)


@pytest.mark.parametrize(
    "text", ["For sale: one boat, two oars, and whatever is in it.\n", "Weir\n\n" + "It rained. " * 5]
)
def test_a_very_short_story_is_not_doubted(text: str) -> None:
    assert "story-tiny" not in [f.code for f in check_book(read(text).book)]


def test_an_ask_on_a_page_is_doubted() -> None:
    book = read_page(page("<h1>Ask</h1><p>the box is open!! send me prompts</p>")).book
    assert [f.words for f in check_book(book) if f.code == "story-tiny"] == [7]
