"""What stands before a text: a title above its dedications and epigraphs, names with titles, houses with sons."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.parsers.markdown import parse_markdown
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from converter.recognisers.metadata.names import split_names
from tests.pages.making import shown

TALE = "The mill had stood empty for a year when the miller's cat came back with a key in its mouth and would not say."
TOLD = f"Chapter 1\n\n{TALE}\n\nChapter 2\n\n{TALE}\n"


def front(text: str):  # type: ignore[no-untyped-def]
    parsed = text_parser()(Source("wheel.txt", f"{text}\n\n{TOLD}".encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def test_dedications_and_epigraphs_below_a_title() -> None:
    parsed = front(
        'The Slow Wheel\n\nFor Nan,\nwho ground it\n\nAnd for the cat, who did not\n\n"Flour remembers."\n'
        '-- saying of the lower valley\n\n"Mind the sluice."\n-- Ada Thorn, Letters to a Miller'
    )
    assert parsed.book.metadata.title == "The Slow Wheel"
    assert shown(parsed)[:11] == [
        "# [front]",
        "dedication:",
        "  stanza:",
        "    For Nan,",
        "    who ground it",
        "  p And for the cat, who did not",
        "epigraph:",
        '  p "Flour remembers."',
        "  p -- saying of the lower valley",
        "epigraph:",
        '  p "Mind the sluice."',
    ]


def test_a_sentence_below_the_first_line_makes_no_title_of_it() -> None:
    parsed = front("The Slow Wheel\n\nFor three days nobody had spoken of it, and then the cat came back with the key.")
    assert parsed.book.metadata.title == ""


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("BY THE REVEREND AMBROSE PELL", "The Reverend Ambrose Pell"),
        ("by Captain Ida Moss", "Captain Ida Moss"),
        ("מאת רות בן־עמי", "רות בן־עמי"),
    ],
)
def test_titles_and_joints_in_an_author_s_name(line: str, author: str) -> None:
    assert front(f"THE SLOW WHEEL\n\n{line}").book.metadata.authors == (author,)


def test_by_the_mill_names_nobody() -> None:
    assert front("THE SLOW WHEEL\n\nBY THE MILL").book.metadata.authors == ()


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Pell and Daughters", ["Pell and Daughters"]),
        ("Moss & Co.", ["Moss & Co."]),
        ("Ida von Roth und Lindau", ["Ida von Roth und Lindau"]),
        ("Ida von Roth und Ada Thorn", ["Ida von Roth", "Ada Thorn"]),
        ("Ida Moss and Ben Pell", ["Ida Moss", "Ben Pell"]),
        ("Ida Moss; Pell and Sons", ["Ida Moss", "Pell and Sons"]),
    ],
)
def test_one_name_with_an_and_in_it(value: str, names: list[str]) -> None:
    assert split_names(value) == names


@pytest.mark.parametrize("label", ["series-index", "series_index", "series index", "Series-Index"])
def test_the_number_in_a_series(label: str) -> None:
    text = f"---\ntitle: The Slow Wheel\nseries: The Valley\n{label}: 3\n---\n\n# One\n\n{TALE}\n"
    metadata = parse_markdown(Source("wheel.md", text.encode(), ".md")).book.metadata
    assert (metadata.series, metadata.series_index, metadata.extra) == ("The Valley", "3", ())
