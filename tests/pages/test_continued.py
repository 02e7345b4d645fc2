"""One text over several pages of its site: it is one chapter, and a page that is missing is named."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.continued import goes_on
from converter.parsers.html import html_parser
from converter.parsers.works.assembly import assemble
from converter.proof import prove_parsed
from tests.pages.making import prose, shown

STORY = "https://tales.example/9001-the-tin-mug"


@pytest.mark.parametrize(
    ("address", "following", "answer"),
    [
        (STORY, f"{STORY}/page/2", True),
        (f"{STORY}/page/2", f"{STORY}/page/3", True),
        (f"{STORY}/page/2", "/9001-the-tin-mug/page/3", True),
        (f"{STORY}/page/2", f"{STORY}/page/4", False),
        (STORY, f"{STORY}?page=2", True),
        ("https://www.board.example/threads/mug.1/", "https://board.example/threads/mug.1/page-2", True),
        (STORY, f"{STORY}/2/", True),  # a long post in parts
        ("https://fiction.example/s/77/1", "https://fiction.example/s/77/2", False),  # the next chapter
        (f"{STORY}/2", f"{STORY}/3", False),
        (STORY, "https://tales.example/9002-the-next", False),
        (STORY, "http://[broken", False),
        ("", "/page/2", False),
    ],
)
def test_an_address_goes_on_where_another_stops(address: str, following: str, answer: bool) -> None:
    assert goes_on(address, following) is answer


def page(number: int, last: int) -> Parsed:
    own = STORY if number == 1 else f"{STORY}/page/{number}"
    onward = f'<link rel="next" href="{STORY}/page/{number + 1}">' if number < last else ""
    html = (
        f'<html><head><title>The Tin Mug</title><link rel="canonical" href="{own}">{onward}</head><body>'
        f"<h1>The Tin Mug</h1>{prose()}<p>This is the end of page {number}.</p></body></html>"
    )
    return html_parser()(Source(f"mug-{number}.html", html.encode(), ".html"))


def told(parsed: Parsed) -> list[str]:
    return [d.message for d in parsed.findings if d.code == "page-continues"]


def test_a_page_that_is_not_the_last_says_which_one_is_missing() -> None:
    assert told(page(1, 3)) == [f"the text goes on at {STORY}/page/2 - save that page too and convert them together"]
    assert not told(page(3, 3))


def test_the_pages_of_one_text_are_one_chapter() -> None:
    made = assemble([page(2, 3), page(1, 3), page(3, 3)])
    assert made.book.metadata.title == "The Tin Mug"
    assert shown(made) == [
        "prose(2)",
        "p This is the end of page 1.",
        "prose(2)",
        "p This is the end of page 2.",
        "prose(2)",
        "p This is the end of page 3.",
    ]
    assert not told(made)
    prove_parsed(made)


def test_the_page_that_is_missing_between_them_is_named() -> None:
    made = assemble([page(1, 4), page(2, 4)])
    assert shown(made) == ["prose(2)", "p This is the end of page 1.", "prose(2)", "p This is the end of page 2."]
    assert told(made) == [f"the text goes on at {STORY}/page/3 - save that page too and convert them together"]
