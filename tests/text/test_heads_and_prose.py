"""Where the head of a file ends and the story begins: labels and names that are told, not stated."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from tests.pages.making import left_out, shown

BODY = "\n\n".join(
    f"The ferry left the landing at {hour}, and nobody on the bank had a lamp that was any good in such a fog."
    for hour in ("six", "seven", "eight")
)
PARAGRAPHS = BODY.split("\n\n")


def read(text: str) -> Parsed:
    return text_parser()(Source("story.txt", text.encode(), ".txt"))


@pytest.mark.parametrize(
    "told",
    [
        "The gate opened.\n\nStatus: lost.\nTitle: Lord of Mice\nAuthor: The Machine",
        "[Title: Lord of Mice]",
        "Language: it was the first thing we forgot.",
        "Words: this is what they left us.\n\nWarning: the bridge is rotten.",
        "“Who goes there?” he asked.\n\nGenre: human.",
    ],
)
def test_labels_of_the_story_stay_in_it(told: str) -> None:
    parsed = read(f"The Ferry\nby Ada Thorn\n\n{told}\n\n{BODY}\n")
    assert shown(parsed, PARAGRAPHS) == [*(f"p {line}" for line in told.split("\n") if line), "prose(1)"]
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Ferry", ("Ada Thorn",))


def test_a_window_with_labels_stays_in_the_story() -> None:
    parsed = read(f"The Ferry\nby Ada Thorn\n\nThe gate opened.\n\n[Status: Frozen]\n\n[Level: 3]\n\n{BODY}\n")
    window = ["box:", "  stanza:", "    [Status: Frozen]", "    [Level: 3]"]
    assert shown(parsed, PARAGRAPHS) == ["p The gate opened.", *window, "prose(1)"]


def test_a_sentence_after_a_label_is_no_title() -> None:
    first = "Language: it was the first thing we forgot."
    parsed = read(f"{first}\nGenre: nobody had one.\n\n{BODY}\n")
    assert shown(parsed, PARAGRAPHS) == [
        "p Language: it was the first thing we forgot.",
        "p Genre: nobody had one.",
        "prose(1)",
    ]
    assert (parsed.book.metadata.title, parsed.book.metadata.genres) == ("", ())


@pytest.mark.parametrize(
    ("head", "rating", "status"),
    [
        ("Rating: M\nStatus: Complete", "M", "Complete"),
        ("I hope you like it!\n\nRating: M\nStatus: Complete", "M", "Complete"),
        ("Two sisters cross a river.\n\nEnglish - Drama - Words: 90 - Rated: M - Status: Complete", "M", "Complete"),
        ("Rating: M\nWarnings: This is dark, and it has a ghost.\nStatus: Complete", "M", "Complete"),
    ],
)
def test_a_head_is_read_though_something_is_said_in_it(head: str, rating: str, status: str) -> None:
    metadata = read(f"The Ferry\nby Ada Thorn\n\n{head}\n\n{BODY}\n").book.metadata
    assert (metadata.rating, metadata.status) == (rating, status)


@pytest.mark.parametrize(
    "line",
    ["My name is Ada Thorn.", "Ada Thorn was late.", "Ada Thorn?", "Thorn Ada grew by the door.", "Ada Thorn."],
)
def test_a_sentence_with_the_authors_name_is_story(line: str) -> None:
    assert shown(read(f"The Ferry\nby Ada Thorn\n\n{line}\n\n{BODY}\n"), PARAGRAPHS) == [f"p {line}", "prose(1)"]


@pytest.mark.parametrize(
    "line", ["Ada Thorn", "ADA THORN.", "Lady Ada Thorn", "Ada M. Thorn", "Thorn, Ada", "Dr. Ada Thorn, Esq."]
)
def test_the_name_alone_is_the_authors_once_more(line: str) -> None:
    parsed = read(f"The Ferry\nby Ada Thorn\n\n{line}\n\n{BODY}\n")
    assert shown(parsed, PARAGRAPHS) == ["prose(1)"]
    assert left_out(parsed) == [("head of the file", words) for words in ("The Ferry", "by Ada Thorn", line)]


def test_a_name_in_the_order_of_a_library_with_a_title_is_an_author() -> None:
    parsed = read(f"The Ferry\nby Pell, Ottilie Johanna Maria, Lady\n\n{BODY}\n")
    assert parsed.book.metadata.authors == ("Lady Ottilie Johanna Maria Pell",)
    assert parsed.book.metadata.subtitle == ""
