"""A footnote is found wherever it is cited: in prose, verse, a play's speech, a heading, a line in the middle."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.document.walk import book_text
from converter.parsers.text import text_parser

PROSE = "\n\n".join(
    f"The ferry left at {h} and nobody on the quay could say who had paid for it." for h in ("six", "nine")
)
PLACES = {
    "prose": f"{PROSE}\n\nShe paid for it herself.[1] Then she went home.\n\n[1] With a plum.\n",
    "verse": f"{PROSE}\n\nThe tide goes out,[1]\nThe tide comes in,\nAnd no one asks\nWhere it has been.\n\n[1] With a plum.\n",
    "speech": "\n\n".join(
        f"{n}. It is {w} dark tonight." for n in ("ANN", "JON") for w in ("very", "rather", "not", "too", "so")
    )
    + "\n\nJON. It is only me.[1] Come in.\n\n[1] With a plum.\n",
    "heading": f"Chapter 1: The Ferry[1]\n\n{PROSE}\n\nChapter 2: The Quay\n\n{PROSE}\n\n[1] With a plum.\n",
    "star": f"{PROSE}\n\nShe paid for it herself.* Then she went home.\n\n* With a plum.\n",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_cited_note_is_a_note(place: str) -> None:
    book = text_parser()(Source("story.txt", PLACES[place].encode(), ".txt")).book
    text = book_text(book)
    assert text.count("With a plum.") == 1
    assert "\x02" not in text
    assert "[1]" not in text
    assert "Note(" in repr(book)
