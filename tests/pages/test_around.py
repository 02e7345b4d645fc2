"""What stands around a story or in its place: the lines of a homepage, a gate, a list of links."""

from __future__ import annotations

import re

import pytest

from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.document.errors import NotAStory
from tests.pages.making import PROSE, left_out, page, prose, read, shown

FOOT = (
    "<a href=stories.html>Back to my stories page</a>",
    "<a href=index.html>Home</a>",
    "E-mail me",
    "You are visitor number 12345",
    "© 2001 Ada Thorn",
    "Last updated June 3, 2001",
    "This page hosted by <a href=http://geo.example>GeoHarbour</a>",
)


SAID = [re.sub("<.*?>", "", line) for line in FOOT]


@pytest.mark.parametrize(
    ("foot", "named"),
    [
        (f"<hr><center>{'<br>'.join(FOOT)}</center>", [("stock line", "\n".join(SAID))]),
        (
            "".join(f"<p align=center>{line}</p>" for line in FOOT),
            [*(("navigation", line) for line in SAID[:2]), *(("stock line", line) for line in SAID[2:])],
        ),
        (
            f"<h4>{FOOT[0]}</h4><p>Home | E-mail me | <a href=x>My Links</a></p><hr><p>{FOOT[3]}</p>",
            [("stock line", line) for line in (SAID[0], "Home | E-mail me | My Links", SAID[3])],
        ),
        ("<p>Return to the story index</p>", [("stock line", "Return to the story index")]),
        (
            "<hr><p>Home</p><p>Sign my guestbook!</p><p>Best viewed with Netscape 4 at 800x600.</p>",
            [
                ("stock line", line)
                for line in ("Home", "Sign my guestbook!", "Best viewed with Netscape 4 at 800x600.")
            ],
        ),
        (
            "<p>This page has been visited 1,200 times since May 1999.</p>",
            [("stock line", "This page has been visited 1,200 times since May 1999.")],
        ),
    ],
)
def test_stock_lines_below_a_story_are_left_out_by_name(foot: str, named: list[tuple[str, str]]) -> None:
    parsed = read(page(prose(3) + foot))
    assert shown(parsed) == ["prose(3)"]
    assert left_out(parsed) == named


def test_stock_lines_above_a_story_are_left_out_too() -> None:
    parsed = read(page(f"<p>{FOOT[0]}</p><p>{FOOT[3]}</p><h1>The Lamp</h1>{prose(3)}"))
    assert shown(parsed) == ["prose(3)"]
    assert left_out(parsed) == [
        ("navigation", "Back to my stories page"),
        ("stock line", "You are visitor number 12345"),
        ("duplicate title", "The Lamp"),
    ]


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
    ],
)
@pytest.mark.parametrize("foot", ["", f"<p>{FOOT[5]}</p>"])
def test_the_last_words_of_a_story_stay(words: str, foot: str) -> None:
    in_the_middle = "(center) " if words == "The End" else ""
    assert shown(read(page(f"{prose(3)}<p>{words}</p>{foot}"))) == ["prose(3)", f"p {in_the_middle}{words}"]


@pytest.mark.parametrize(
    ("last", "lines"),
    [
        ("<p><a href=x>To be continued...</a></p>", ["p (center) To be continued..."]),
        (f"<p><a href=x>To be continued...</a></p><p>{FOOT[5]}</p>", ["p (center) To be continued..."]),
        ("<p><a href=tide.html>The Tide</a></p>", ["p The Tide"]),
        (f"<p><a href=tide.html>The Tide</a></p><p>{FOOT[5]}</p>", []),  # between a story and the page's last lines
    ],
)
def test_a_link_below_a_story_is_its_last_words_or_leads_away(last: str, lines: list[str]) -> None:
    assert shown(read(page(prose(3) + last))) == ["prose(3)", *lines]


def test_stock_lines_inside_a_story_stay() -> None:
    parsed = read(page(f"{prose(2)}<p>You are visitor number 12</p><p>Last updated June 3, 2001</p>{prose(2)}"))
    assert shown(parsed) == ["prose(2)", "p You are visitor number 12", "p Last updated June 3, 2001", "prose(2)"]


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
    assert shown(read(page(archive(warned + prose(8), "/", "class=inner")))) == [
        "p This work could have adult content. If you go on, you have only yourself to thank.",
        "prose(8)",
    ]


THINGS = "Lamp Tide Post Stove Crate Lemon Widow Ferry Gull Harbour".split()
TITLES = [f"The {a} and the {b}" for a in THINGS for b in THINGS if a < b][:40]
LINKS = [f"<a href='{t.replace(' ', '-').lower()}.html'>{t}</a>" for t in TITLES]
LISTS = {
    "a list": "<ul>" + "".join(f"<li>{link}</li>" for link in LINKS) + "</ul>",
    "lines": "<br>".join(LINKS),
    "paragraphs": "".join(
        f"<p>{link} by <a href='writer-{t[4:7]}.html'>Ada</a> (PG)</p>" for link, t in zip(LINKS, TITLES, strict=True)
    ),
    "a table": "<table>" + "".join(f"<tr><td>{link}</td><td>PG</td><td>12 KB</td></tr>" for link in LINKS) + "</table>",
    "entries": "".join(f"<li>{link} - Something happens at the harbour. PG-13, 12 KB</li>" for link in LINKS),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_page_that_only_lists_links_is_no_story(name: str) -> None:
    above = "<h1>Stories by Ada Thorn</h1><p>Here are all my stories. Have fun!</p>"
    with pytest.raises(NotAStory, match="only lists links") as error:
        read(page(f"{above}{LISTS[name]}<p>You are visitor number 12</p>"))
    assert error.value.remedy
    with pytest.raises(NotAStory, match="only lists links"):
        read(page(LISTS[name]))


KEPT = {  # of a list, as long as it is in the book
    "a list": [],
    "lines": ["stanza:", *(f"  {title}" for title in TITLES)],
    "a table": ["table", *(f"  {title} | PG | 12 KB" for title in TITLES)],
}


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize(
    ("story", "lines"),
    [
        (prose(4), ["prose(4)"]),
        (prose(1), ["prose(1)"]),
        (f"<p>{' '.join(PROSE[:2] * 2)}</p>", [f"p {' '.join(PROSE[:2] * 2)}"]),
        (
            "<p>The lamp is lit,<br>the tide is in,<br>the post is late.</p>",
            ["stanza:", "  The lamp is lit,", "  the tide is in,", "  the post is late."],
        ),
        (
            "<p>The lamp is lit,</p><p>the tide is in,</p><p>the post is late,</p><p>the walls are thin.</p>",
            ["p The lamp is lit,", "p the tide is in,", "p the post is late,", "p the walls are thin."],
        ),
    ],
)
def test_a_short_text_beside_a_list_of_links_is_read(name: str, story: str, lines: list[str]) -> None:
    # Lines of links are kept, and a table beside a poem: an editor would leave them out as the list is left out.
    kept = KEPT[name] if name != "a table" or "<br>" in story else []
    assert shown(read(page(f"{LISTS[name]}<h1>Thin</h1>{story}"))) == [*kept, *lines]


def test_a_list_of_titles_orders_the_files_it_lists() -> None:
    sources = [Source("index.html", page(f"<h1>The Salt Road</h1>{LISTS['lines']}"), ".html")]
    for n in (2, 0, 1):
        name = f"{TITLES[n].replace(' ', '-').lower()}.html"
        sources.append(Source(name, page(f"{prose()}<p>This is file {n}.</p>"), ".html"))
    assert shown(understand(sources, Settings())) == [  # an editor would take the titles that the list gives
        "# [chapter] The-lamp-and-the-tide",
        "prose(2)",
        "p This is file 0.",
        "# [chapter] The-lamp-and-the-post",
        "prose(2)",
        "p This is file 1.",
        "# [chapter] The-lamp-and-the-stove",
        "prose(2)",
        "p This is file 2.",
    ]


def test_lists_of_links_alone_make_no_work() -> None:
    sources = [Source(f"list-{n}.html", page(LISTS["lines"]), ".html") for n in range(2)]
    with pytest.raises(NotAStory, match="only lists links"):
        understand(sources, Settings())


def chapter(number: int, times: int = 2) -> str:
    return f"<h2>Chapter {number}</h2>{prose(times)}"


def test_hidden_chapters_like_those_that_are_shown_are_part_of_the_story() -> None:
    parsed = read(page(chapter(1) + f"<div style='display:none'>{chapter(2)}</div>" + chapter(3)))
    assert shown(parsed) == [
        "# [chapter 1] Chapter 1",
        "prose(2)",
        "# [chapter 2] Chapter 2",
        "prose(2)",
        "# [chapter 3] Chapter 3",
        "prose(2)",
    ]
    assert [d.message for d in parsed.findings] == [
        "hidden text with chapters' headings like those that are shown is taken as part of the story"
    ]


def test_posts_that_are_taken_for_another_part_of_the_page_are_a_doubt() -> None:
    teaser = "".join(f"<p>Elsewhere {p} <a href=/{n}>There {p}</a></p>" for n, p in enumerate((PROSE * 3)[1:]))
    words = f"<div><div class=entry-content>{prose(9)}</div></div><div><div><div>{teaser}</div></div></div>"
    parsed = read(page(f"<nav><a href=/>Home</a></nav><h1>The Lamp</h1>{words}"))
    assert [d.message for d in parsed.findings] == [
        "404 words that read like prose were left out as outside the story (“Elsewhere Old Brandt thought it was the "
        "widow; …”); chapbook proof shows it"
    ]


def test_prose_that_is_left_out_is_a_doubt() -> None:
    hidden = read(page(chapter(1, 6) + f"<div hidden><p>Chapter 2</p>{prose(2)}</div>"))
    assert [d.message for d in hidden.findings] == [
        "142 hidden words in 1 places were left out; `--hidden` changes that",
        "142 words that read like prose were left out as hidden (“Chapter 2 The lamp was lit every evening …”); "
        "--hidden keep keeps it",
    ]
    menu = read(page(chapter(1, 6) + f"<nav>{chapter(2, 1)}</nav>"))
    assert [d.message for d in menu.findings] == [
        "72 words that read like prose were left out as navigation (“Chapter 2 The lamp was lit every evening …”); chapbook proof shows it"
    ]


@pytest.mark.parametrize(
    "around",
    [
        "<div hidden><h2>We value your privacy</h2><p>We and our partners store and read information on your device, "
        "such as cookies, to show you what you may like to see.</p><p>You may change your mind at any time by opening "
        "the settings at the foot of every page of this site.</p><p>Accept all</p></div>",
        "<nav><ul>"
        + "".join(f"<li><a href=c{n}>Chapter {n}: The Lamp and the Boat</a></li>" for n in range(40))
        + "</ul></nav>",
        "<select>" + "".join(f"<option>Chapter {n}: The Lamp" for n in range(40)) + "</select>",
    ],
)
def test_dialogs_and_menus_are_no_prose(around: str) -> None:
    parsed = read(page(chapter(1, 6) + around))
    assert shown(parsed) == ["# [chapter 1] Chapter 1", "prose(6)"]
    assert [d.message for d in parsed.findings if d.code != "html-hidden"] == []
