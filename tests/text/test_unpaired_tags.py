"""A tag formats where its partner is; alone it is a word of the story's."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.walk import book_text
from converter.parsers.text import text_parser

BODY = "\n\n".join(
    f"The ferry left the landing at {hour}, and nobody on the bank had a lamp that was any good in such a fog."
    for hour in ("six", "seven", "eight")
)


def read(text: str) -> Parsed:
    return text_parser()(Source("story.txt", text.encode(), ".txt"))


@pytest.mark.parametrize(
    "line",
    [
        "She was an [S] rank, and he was [B] rank.",
        "[S]",
        "<b> hello",
        "<p> is anyone here?",
        "<i> yes",
        "</b> he typed",
    ],
)
def test_a_tag_without_a_partner_is_text(line: str) -> None:
    parsed = read(f"{BODY}\n\n{line}\n\n{BODY}\n")
    assert line in book_text(parsed.book)
    assert parsed.omissions == ()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("It was <b>late</b>, and [i]cold[/i].", "It was late, and cold."),
        ("<i>It was late.\n\nIt was cold.</i>", "It was late."),
        ("\n\n".join(f"<p>It was {n} at night." for n in range(9)), "It was 3 at night."),
        ("One line<br>and one more.", "One line\nand one more."),
    ],
)
def test_a_tag_with_a_partner_formats(line: str, left: str) -> None:
    parsed = read(f"{BODY}\n\n{line}\n\n{BODY}\n")
    text = book_text(parsed.book)
    assert left in text
    assert not set("<[") & set(text)
    assert {o.rule for o in parsed.omissions} == {"markup"}
