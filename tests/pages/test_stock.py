"""The lines of a homepage above and below its story, and the last words of stories that look like them."""

from __future__ import annotations

import pytest

from converter.contracts import Parsed
from converter.walk import book_text
from tests.pages.making import PROSE, page, prose, read

FOOT = (
    "<a href=stories.html>Back to my stories page</a>",
    "<a href=index.html>Home</a>",
    "E-mail me",
    "You are visitor number 12345",
    "© 2001 Ada Thorn",
    "Last updated June 3, 2001",
    "This page hosted by <a href=http://geo.example>GeoHarbour</a>",
)


def last(body: str) -> str:
    return _lines(read(page(body)))[-1]


def _lines(parsed: Parsed) -> list[str]:
    return [line for line in book_text(parsed.book).split("\n") if line.strip()]


@pytest.mark.parametrize(
    "foot",
    [
        f"<hr><center>{'<br>'.join(FOOT)}</center>",
        "".join(f"<p align=center>{line}</p>" for line in FOOT),
        f"<h4>{FOOT[0]}</h4><p>Home | E-mail me | <a href=x>My Links</a></p><hr><p>{FOOT[3]}</p>",
        "<p>Return to the story index</p>",
        "<hr><p>Home</p><p>Sign my guestbook!</p><p>Best viewed with Netscape 4 at 800x600.</p>",
        "<p>This page has been visited 1,200 times since May 1999.</p>",
    ],
)
def test_stock_lines_below_a_story_are_left_out_by_name(foot: str) -> None:
    parsed = read(page(prose(3) + foot))
    assert _lines(parsed)[-1] == PROSE[3]
    assert "stock line" in {o.rule for o in parsed.omissions}


def test_stock_lines_above_a_story_are_left_out_too() -> None:
    parsed = read(page(f"<p>{FOOT[0]}</p><p>{FOOT[3]}</p><h1>The Lamp</h1>{prose(3)}"))
    assert _lines(parsed)[0] == PROSE[0]


@pytest.mark.parametrize(
    "words",
    [
        "I went back home.",
        "Home",
        "Back to the archives.",
        "They went back to the page",
        "You are a guest in this house.",
        "Changed in 1945",
        "Best seen at night",
        "Updated for nobody but her.",
        "The End",
        "© 2001 Ada Thorn",
        "<a href=x>To be continued...</a>",
        "<a href=tide.html>The Tide</a>",
    ],
)
@pytest.mark.parametrize("foot", ["", f"<p>{FOOT[5]}</p>"])
def test_the_last_words_of_a_story_stay(words: str, foot: str) -> None:
    if "tide.html" in words and foot:
        return  # a link between a story and the page's last lines leads away
    plain = words.partition(">")[2].partition("<")[0] or words
    assert last(f"{prose(3)}<p>{words}</p>{foot}") == plain


def test_stock_lines_inside_a_story_stay() -> None:
    parsed = read(page(f"{prose(2)}<p>You are visitor number 12</p><p>Last updated June 3, 2001</p>{prose(2)}"))
    assert "You are visitor number 12" in book_text(parsed.book)
