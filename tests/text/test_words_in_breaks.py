"""A word between the marks of a break that tells something is text, set in the middle without the marks; one that
names the break is its mark."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import shown

BODY = "The ferry left the landing at six, and nobody on the bank had a lamp that was any good in such a fog."


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("* * * LATER * * *", "(center) LATER"),
        ("--- two days later ---", "(center) two days later"),
        ("*** MEANWHILE ***", "(center) MEANWHILE"),
        ("--- OSLO ---", "(center) OSLO"),
        ("~Later~", "~Later~"),
        ("--- OSLO", "--- OSLO"),
    ],
)
def test_a_word_that_tells_is_kept(line: str, told: str) -> None:
    parsed = text_parser()(Source("story.txt", f"{BODY}\n\n{line}\n\n{BODY}\n\n{BODY}\n".encode(), ".txt"))
    assert shown(parsed, [BODY]) == ["prose(1)", f"p {told}", "prose(2)"]


def test_a_break_at_the_edge_of_a_chapter_parts_nothing() -> None:
    text = f"Chapter 1\n\n***\n\n{BODY}\n\n***\n\n{BODY}\n\noOo\n\nChapter 2\n\n{BODY}\n\n<<<<>>>>\n"
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    assert shown(parsed) == [
        "# [chapter 1] Chapter 1",
        f"p {BODY}",
        "break ***",
        f"p {BODY}",
        "# [chapter 2] Chapter 2",
        f"p {BODY}",
    ]
    assert [o.text for o in parsed.omissions] == ["oOo"]


@pytest.mark.parametrize("line", ["--- SCENE BREAK ---", "*** Time skip ***", "oOo", "~Line Break~"])
def test_a_word_that_names_the_break_is_its_mark(line: str) -> None:
    parsed = text_parser()(Source("story.txt", f"{BODY}\n\n{line}\n\n{BODY}\n\n{BODY}\n".encode(), ".txt"))
    assert shown(parsed, [BODY]) == ["prose(1)", f"break {line}", "prose(2)"]
