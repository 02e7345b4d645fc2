"""What pages say around a story and in its head: who wrote it and who did not, what the chapter is called, how long a
reader will take, whose ring of pages it is in."""

from __future__ import annotations

import pytest

from converter.recognisers.lines.watermarks import says_reading_time
from tests.pages.making import PROSE, left_out, page, prose, read, shown

MENU = "<nav><a href=/browse>Browse</a> <a href=/login>Login</a></nav>"
TELLS = prose(4)


def authors(data: bytes) -> tuple[str, ...]:
    return read(data).book.metadata.authors


@pytest.mark.parametrize("name", ["admin", "Webmaster", "Unknown", "佚名"])
def test_who_keeps_a_site_has_not_written_the_story(name: str) -> None:
    head = f'<script type="application/ld+json">{{"@type": "Article", "author": {{"name": "{name}"}}}}</script>'
    assert authors(page(f"{MENU}<h1>The Lamp</h1>{TELLS}", head)) == ()


@pytest.mark.parametrize(
    "head", ["<title>The Lamp by lampmoth -- Tales</title>", "<meta property=og:title content='The Lamp by lampmoth'>"]
)
def test_a_handle_in_the_title_is_an_author_where_a_link_says_it(head: str) -> None:
    linked = read(page(f"{MENU}<h2>The Lamp</h2><a href=/u/3>lampmoth</a><div>{TELLS}</div>", head)).book.metadata
    assert (linked.title, linked.authors) == ("The Lamp", ("lampmoth",))
    assert authors(page(f"{MENU}<h2>The Lamp</h2><div>{TELLS}</div>", head)) == ()


def test_a_headline_loses_the_sites_name_behind_the_pages_title() -> None:
    data = '<script type="application/ld+json">{"@type": "Article", "headline": "The Lamp - Tales Weekly"}</script>'
    parsed = read(page(f"{MENU}<h2>Tales Weekly</h2><h1>The Lamp</h1>{TELLS}", data))
    assert parsed.book.metadata.title == "The Lamp"


def test_a_title_in_book_marks_is_the_works() -> None:
    lantern = "在岛上，灯每天晚上都在同一个时刻点亮，谁也说不出是谁点的。老布兰特认为是那个寡妇，寡妇认为是潮水。"
    text = "".join(f"<p>{lantern}</p>" for _ in range(6))
    head = "<title>《灯塔》林帆_第2章_故事文学城</title>"
    parsed = read(page(f"{MENU}<h1><a href=/b/1>灯塔</a></h1><h2>第2章</h2><div>{text}</div>", head))
    assert parsed.book.metadata.title == "灯塔"


def test_a_heading_that_is_called_the_chapters_title() -> None:
    above = "<h1 class=story-title><a href=/s/1>The Lamp</a></h1><h1 id=chapter-title>Lemons</h1>"
    parsed = read(page(f"{MENU}{above}<div class=text>{TELLS}</div>", "<title>The Lamp</title>"))
    assert (parsed.book.metadata.title, shown(parsed)) == ("The Lamp", ["# [chapter] Lemons", "prose(4)"])


def test_a_button_in_the_trail_is_no_title() -> None:
    trail = "<div><a href=/b/1>The Lamp</a> / <span>Lemons</span><a href=/add>Add to library</a></div>"
    head = "<title>Read The Lamp - Chapter 1 - Tales</title>"
    parsed = read(page(f"{trail}<h1>Chapter 1: Lemons</h1><div>{TELLS}</div>", head))
    assert parsed.book.metadata.title == "The Lamp"


@pytest.mark.parametrize("signed", ["Written by Ada Thorn", "by <a href=/u/1>Ada Thorn</a>"])
def test_a_story_is_signed_below(signed: str) -> None:
    assert authors(page(f"{MENU}<h1>The Lamp</h1><div>{TELLS}<p><i>{signed}</i></p></div>")) == ("Ada Thorn",)


TIMES = ["4 min read", "3 min read·Feb 9", "Estimated reading time: 4 minutes", "Lesezeit: ca. 5 Min."]


@pytest.mark.parametrize("line", TIMES)
def test_how_long_a_reader_takes_is_no_story(line: str) -> None:
    parsed = read(page(f"{MENU}<h1>The Lamp</h1><div><p>{PROSE[1]}</p><p>{line}</p>{TELLS}</div>"))
    assert shown(parsed) == [f"p {PROSE[1]}", "prose(4)"]
    assert ("site's own line", line) in left_out(parsed)


def test_minutes_of_a_story_are_its_own() -> None:
    for line in ("4 minutes read like an hour.", "The reading time had come, and 4 of them sat down.", "4 minutes"):
        assert not says_reading_time(line)


def test_the_foot_of_a_homepage_with_a_framed_counter() -> None:
    counter = "<center><table border=1><tr><td>You are visitor number 207 since May 1999</td></tr></table></center>"
    ring = "<center>This WebRing site is owned by Ada.<br>Best viewed with Netscape 4.0</center>"
    parsed = read(page(f"<center><b>The Lamp</b></center>{prose(3)}<hr>{counter}{ring}"))
    assert shown(parsed)[-1] == "prose(3)"
    assert [rule for rule, _ in left_out(parsed)].count("stock line") == 2


def test_numbers_with_titles_that_are_set_off_head_chapters() -> None:
    made = "".join(f"<p align=center><b>{name}</b></p>{TELLS}" for name in ("I. The Hat", "II. Lemons"))
    assert shown(read(page(made))) == [
        "# [chapter 1] I. / The Hat",
        "prose(4)",
        "# [chapter 2] II. / Lemons",
        "prose(4)",
    ]
    once = f"<p align=center><b>II. Lemons</b></p>{TELLS}"
    assert shown(read(page(f"{TELLS}{once}"))) == ["prose(4)", "p (center) **II. Lemons**", "prose(4)"]


def test_a_button_that_is_a_line_below_a_story_is_left_out() -> None:
    parsed = read(
        page(f"{MENU}<h1>The Lamp</h1><div>{TELLS}<p>Report chapter</p><p>And so to bed</p><p>The end</p></div>")
    )
    assert shown(parsed) == ["prose(4)", "p And so to bed", "p (center) The end"]
    assert ("site's own line", "Report chapter") in left_out(parsed)


def middle(*lines: str) -> str:
    return "".join(f"<p align=center>{line}</p>" for line in lines)


def test_lines_in_the_middle_title_a_story_that_nothing_names() -> None:
    chapters = f"{middle('<b>Chapter One</b>')}{TELLS}{middle('<b>Chapter Two</b>')}{TELLS}"
    named = read(page(middle("<b>The Lamp</b>", "A sketch in grey", "by Ada Thorn") + chapters))
    assert (named.book.metadata.title, named.book.metadata.authors) == ("The Lamp", ("Ada Thorn",))
    assert named.book.metadata.subtitle == "A sketch in grey"
    assert shown(named)[0] == "# [chapter 1] Chapter One"
    motto = "Whoever lights it puts it out."
    assert shown(read(page(middle(motto) + chapters)))[:2] == ["# [front]", f"p (center) {motto}"]


def test_a_bold_line_in_the_middle_titles_a_story_without_headings() -> None:
    assert read(page(middle("<b>The Lamp</b>") + TELLS)).book.metadata.title == "The Lamp"
    assert read(page(middle("To my aunt") + TELLS)).book.metadata.title == ""


def test_whose_a_story_is_heads_no_chapter() -> None:
    owned = f"<article><h1>The Lamp</h1><p>Copyright© 2017 by Ada Thorn</p><h2>Chapter 1: Lemons</h2>{TELLS}</article>"
    parsed = read(page(MENU + owned, "<title>The Lamp</title>"))
    assert shown(parsed) == ["# [chapter 1] Chapter 1 / Lemons", "prose(4)"]
    assert ("title page", "Copyright© 2017 by Ada Thorn") in left_out(parsed)


def test_whoever_asks_for_votes_is_the_author() -> None:
    plea = "If you like this serial, please consider <a href=/v>voting for it</a> on the list of serials!"
    assert "note-after:" in shown(read(page(f"{MENU}<h1>The Lamp</h1><div>{TELLS}<p>{plea}</p></div>")))


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("1st Chapter<br/>Fog", "2nd Chapter<br/>The Boat", "# [chapter 1] 1st Chapter / Fog"),
        ("1<br/>Fog", "2<br/>The Boat", "# [chapter 1] 1 / Fog"),
    ],
)
def test_a_heading_s_first_line_is_its_label(first: str, second: str, wanted: str) -> None:
    told = f"<article><h1>{first}</h1>{TELLS}<h1>{second}</h1>{TELLS}</article>"
    assert shown(read(page(told, "<title>The Lamp</title>")))[0] == wanted
