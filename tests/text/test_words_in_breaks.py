"""A word between the marks of a break that tells something is text; one that names the break is its mark."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.parsers.text import text_parser
from tests.pages.making import shown

BODY = "The ferry left the landing at six, and nobody on the bank had a lamp that was any good in such a fog."


@pytest.mark.parametrize("line", ["* * * LATER * * *", "--- LATER ---", "~Later~", "*** MEANWHILE ***", "--- OSLO ---"])
def test_a_word_that_tells_is_kept(line: str) -> None:
    parsed = text_parser()(Source("story.txt", f"{BODY}\n\n{line}\n\n{BODY}\n\n{BODY}\n".encode(), ".txt"))
    assert shown(parsed, [BODY]) == ["prose(1)", f"p {line}", "prose(2)"]


@pytest.mark.parametrize("line", ["--- SCENE BREAK ---", "*** Time skip ***", "oOo", "~Line Break~"])
def test_a_word_that_names_the_break_is_its_mark(line: str) -> None:
    parsed = text_parser()(Source("story.txt", f"{BODY}\n\n{line}\n\n{BODY}\n\n{BODY}\n".encode(), ".txt"))
    assert shown(parsed, [BODY]) == ["prose(1)", f"break {line}", "prose(2)"]
