"""A tag formats where its partner is; alone it is a word of the story's."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from tests.pages.making import shown

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
    assert shown(parsed, BODY.split("\n\n")) == ["prose(1)", f"p {line}", "prose(1)"]
    assert parsed.omissions == ()


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("It was <b>late</b>, and [i]cold[/i].", ["p It was **late**, and _cold_."]),
        # An editor would keep the stress over both.
        ("<i>It was late.\n\nIt was cold.</i>", ["p It was late.", "p It was cold."]),
        ("\n\n".join(f"<p>It was {n} at night." for n in range(9)), [f"p It was {n} at night." for n in range(9)]),
        ("One line<br>and one more.", ["p One line / and one more."]),
    ],
)
def test_a_tag_with_a_partner_formats(line: str, lines: list[str]) -> None:
    parsed = read(f"{BODY}\n\n{line}\n\n{BODY}\n")
    assert shown(parsed, BODY.split("\n\n")) == ["prose(1)", *lines, "prose(1)"]
    assert {o.rule for o in parsed.omissions} == {"markup"}
