"""A title that is a first line in bold alone, where nothing else in a Markdown file names the story."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed
from tests.pages.making import shown
from tests.text.fuzz import check

PARAGRAPHS = [
    f"The ferry left at {h}, and nobody on the quay could say who had paid for it, or why." for h in ("six", "nine")
]
PROSE = "\n\n".join(PARAGRAPHS)


def read(text: str, suffix: str = ".md") -> Parsed:
    """Read with every law of the fuzzer: nothing lost, nothing misquoted."""
    parsed = check(text.encode(), suffix, "inline")
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("**[WP] A ferry takes a guest who does not pay.**", "A ferry takes a guest who does not pay."),
        ("**The Ferry**", "The Ferry"),
    ],
)
@pytest.mark.parametrize("heading", ["Part 1\n\n", "## The Quay\n\nIt was late.\n\n## The Boat\n\n", ""])
def test_a_first_line_in_bold_is_the_title(line: str, title: str, heading: str) -> None:
    parsed = read(f"{line}\n\n{heading}{PROSE}\n")
    assert parsed.book.metadata.title == title
    assert [o.text for o in parsed.omissions if o.rule == "title page"] == [line.strip("*")]
    assert shown(parsed, PARAGRAPHS)[-1] == "prose(1)"
    first = parsed.book.chapters[0]
    assert bool(first.label or first.title) == bool(heading)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"**It was late.**\n\n{PROSE}\n", ""),  # a sentence of the story
        (f"**The ferry** was late\n\n{PROSE}\n", ""),
        (f"**The Ferry**\n\nIt was late.\n\n## The Quay\n\n{PROSE}\n\n## The Boat\n\n{PROSE}\n", ""),
    ],
)
def test_bold_words_of_the_story_are_no_title(text: str, title: str) -> None:
    assert read(text).book.metadata.title == title


def test_a_posts_title_in_bold_is_that_of_a_text() -> None:
    line = "**[WP] A ferry takes a guest who does not pay.**"
    parsed = read(f"{line}\n\nPart 1\n\n{PROSE}\n\nPart 2\n\n{PROSE}\n", ".txt")
    assert parsed.book.metadata.title == "A ferry takes a guest who does not pay."
    assert [o.text for o in parsed.omissions] == [line]
    assert len(parsed.book.chapters) == 2


@pytest.mark.parametrize(
    "line", ["[HP] 12 of 40", "**[HP] 12 of 40**", "**[HP] Low** and falling", "**The goat is late.**"]
)
def test_what_a_text_begins_with_is_no_posts_title(line: str) -> None:
    assert read(f"{line}\n\n{PROSE}\n\n{PROSE}\n", ".txt").book.metadata.title == ""
