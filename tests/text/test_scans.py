"""What a scanned page has that the story hasn't: a number beside a running head, a word that the line's end parts."""

from __future__ import annotations

from textwrap import fill

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import left_out, shown
from tests.text.test_pasted_pages import STORY

PAGES = (
    "     The ferry had been tied up for a week, and the old\nman who kept it said that it was the fault of the",
    "river, which had not been told of the war and ran on\nas before.",
    '     "It will stop," said the clerk, "when it has been\nserved with the papers."',
    "     Nobody laughed at him. He had walked eleven miles\nin the rain with the papers under his coat, and",
    "he meant to read them aloud.",
)


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("scan.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_a_pages_turn_is_no_break(gap: str) -> None:
    heads = ["THE FERRY          13", "14          THE FERRY", "THE FERRY          15", "16          THE FERRY"]
    text = "THE FERRY\n\n" + PAGES[0]
    for head, page in zip(heads, PAGES[1:], strict=True):
        text += f"\n\n{head}{gap}{page}"
    parsed = read(text + "\n")
    assert not [line for line in shown(parsed) if line.startswith("break")]
    assert [text for rule, text in left_out(parsed) if rule == "running head"] == heads


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ("owed nobody any-", "thing, and it was felt", "anything"),
        ("was not under-", "stood by many", "understood"),
        ("went on walk-", "ing by the river", "walking"),
        ("said the green-", "coated man", "green-coated"),
        ("in the well-", "worn chair", "well-worn"),
    ],
)
def test_a_word_that_a_lines_end_parts(left: str, right: str, wanted: str) -> None:
    told = "\n\n".join(fill(p, 52, initial_indent="     ") for p in STORY.split("\n\n"))
    parsed = read(f"     The honest man of the town, they say, {left}\n{right} and said no more.\n\n{told}\n")
    assert wanted in " ".join(shown(parsed))


def test_heads_in_two_corners_are_heads_where_no_sentence_runs_over() -> None:
    paragraph = "The ferry was tied up for a week, and the old man who kept it said that it was the fault of the war."
    heads = ["THE FERRY          41", "42          THE FERRY", "THE FERRY          43"]
    parsed = read("\n\n".join(f"{head}\n\n{paragraph}\n\n{paragraph}" for head in heads) + "\n")
    assert shown(parsed) == [f"p {paragraph}"] * 6
