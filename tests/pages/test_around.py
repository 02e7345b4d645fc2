"""What stands around a story or in its place: the lines of a homepage, a gate, a list of links."""

from __future__ import annotations

import pytest

from converter.contracts import Parsed
from converter.errors import NotAStory
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


GATE = (
    "<p class=caution>This work could have adult content. If you {}, you have agreed that you are willing to see such "
    "content.</p><ul class=actions><li><a href='/works/1?view_adult=true'>Go on</a></li><li><a href='/'>Go back</a></li>"
    "</ul><p>If you accept cookies and go on, you will not be asked again until you close your browser.</p>"
)
MENU = "".join(f"<li><a href='/kinds/{n}'>All the works of the kind {n}</a></li>" for n in range(70))


def archive(body: str, home: str, main: str) -> str:
    """A page between the header and the footer of an archive."""
    header = f"<header id=header><h1 class=heading><a href='{home}'>Archive of Our Own</a></h1><ul>{MENU}</ul></header>"
    return f"{header}<div {main}>{body}</div><footer id=footer><h3>Footer</h3><ul>{MENU}</ul></footer>"


@pytest.mark.parametrize("home", ["/", "https://archiveofourown.org/"])
@pytest.mark.parametrize("main", ["id=main class='works-show region'", "class=inner"])
@pytest.mark.parametrize("said", ["proceed", "continue"])
@pytest.mark.parametrize(
    "summary", ["", f"<blockquote class='userstuff summary'><p>{' '.join(PROSE * 3)}</p></blockquote>"]
)
def test_the_question_about_adult_content_is_no_story_whatever_stands_around_it(
    home: str, main: str, said: str, summary: str
) -> None:
    with pytest.raises(NotAStory, match="adult content"):
        read(page(archive(GATE.format(said) + summary, home, main)))


def test_a_story_that_warns_of_its_content_is_read() -> None:
    warned = "<p>This work could have adult content. If you go on, you have only yourself to thank.</p>"
    assert PROSE[0] in book_text(read(page(archive(warned + prose(8), "/", "class=inner"))).book)
