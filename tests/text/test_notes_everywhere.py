"""A footnote is found wherever it is cited: in prose, verse, a play's speech, a heading, a line in the middle."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.parsers.text import text_parser
from tests.pages.making import shown

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


SHOWN = {
    "prose": ["prose(1)", "p She paid for it herself.[^1 p With a plum.] Then she went home."],
    "verse": [
        "prose(1)",
        "stanza:",
        "  The tide goes out,[^1 p With a plum.]",
        "  The tide comes in,",
        "  And no one asks",
        "  Where it has been.",
    ],
    "speech": [
        *[
            line
            for name in ("ANN.", "JON.")
            for word in ("very", "rather", "not", "too", "so")
            for line in (f"{name}:", f"  p It is {word} dark tonight.")
        ],
        "JON.:",
        "  p It is only me.[^1 p With a plum.] Come in.",
    ],
    "heading": [
        "# [chapter 1] Chapter 1 / The Ferry[^1 p With a plum.]",
        "prose(1)",
        "# [chapter 2] Chapter 2 / The Quay",
        "prose(1)",
    ],
    "star": ["prose(1)", "p She paid for it herself.[^* p With a plum.] Then she went home."],
}


@pytest.mark.parametrize("place", PLACES)
def test_a_cited_note_is_a_note(place: str) -> None:
    parsed = text_parser()(Source("story.txt", PLACES[place].encode(), ".txt"))
    assert shown(parsed, PROSE.split("\n\n")) == SHOWN[place]
