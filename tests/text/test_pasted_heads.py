"""A story copied out of a browser's window: the page's labels and their values stand on lines of their own."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.document.words import book_text
from converter.parsers.text import text_parser
from converter.proof import prove_parsed

STORY = """
The lamp was lit every evening at the same hour, and nobody on the island could say by whom.

Old Brandt thought it was the widow; the widow thought it was the tide, and the tide was never asked.
"""
LABELS = (
    "Rating:\n{0}Teen And Up Audiences\nArchive Warning:\n{0}No Archive Warnings Apply\nFandom:\n{0}Original Work\n"
)
STATS = "Stats:\n{0}Published:\n{0}2020-01-02\n{0}Words:\n{0}1,234\n{0}Chapters:\n{0}{1}\n{0}Kudos:\n{0}56\n\n"
IN_LINE = "Published: 2020-01-02 Words: 1,234 Chapters: {1} Kudos: 56\n\n"
NAMES = "The Lamp Keeper\nAda_Thorn\nSummary:\n\n{0}A lamp is lit.\n\n"


@pytest.mark.parametrize("indent", ["", "    "])
@pytest.mark.parametrize("stats", [STATS, IN_LINE])
@pytest.mark.parametrize("count", ["3/10", "3/?", "10/10", "12"])
def test_every_word_of_a_pasted_head_is_in_the_book_or_named(indent: str, stats: str, count: str) -> None:
    """The chapters' number is no contents list: the names below it are nobody's entries."""
    head = (LABELS + stats + NAMES).format(indent, count)
    text = f"{head}Chapter 1\n{STORY}\nChapter 2\n{STORY}"
    parsed = text_parser()(Source("lamp.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    assert "contents list" not in {o.rule for o in parsed.omissions}
    said = parsed.book.metadata
    assert (said.title, [p.name for p in said.people], said.description) == (
        "The Lamp Keeper",
        ["Ada_Thorn"],
        "A lamp is lit.",
    )
    assert (said.rating, said.words, said.published) == ("Teen And Up Audiences", "1,234", "2020-01-02")
    assert book_text(parsed.book).count("Teen") == book_text(parsed.book).count("Lamp Keeper") == 0
    lines = text.split("\n")
    for omission in parsed.omissions:
        assert omission.text.split("\n")[0] in lines[omission.origin.line - 1]
