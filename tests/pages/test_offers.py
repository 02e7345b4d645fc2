"""What a site offers among the paragraphs of a text, and lines of the text that look like it."""

from __future__ import annotations

import pytest

from tests.pages.making import left_out, page, prose, read, shown

MENU = "<div class='top'><a href='/'>Home</a> <a href='/all'>All stories</a> <a href='/about'>About us</a></div>"
HEADLINE = "The council meets about the harbour"
LINE = f"<p><a href='/n/1'>{HEADLINE}</a></p>"
NAME = "<a href='/people/brandt'>Old Brandt</a>"
YEARS = [f"lamps of the year {n}" for n in range(1890, 1910)]
TAGS = ", ".join(f"<a href='/t/{year}'>{year}</a>" for year in YEARS)
CARD = f"<span class='card'>{NAME} <a href='/n/1'>{HEADLINE}</a> <a href='/n/2'>Who lit it?</a> <a href='/p'>More</a></span>"


def told(body: str) -> tuple[list[str], list[str]]:
    """What is shown of these blocks between paragraphs, and what is left out."""
    parsed = read(page(f"{MENU}<div class='entry'>{prose(3)}{body}{prose(1)}</div>"))
    lines = shown(parsed)
    assert (lines[0], lines[-1]) == ("prose(3)", "prose(1)") or lines == ["prose(4)"]
    return lines[1:-1], [words for rule, words in left_out(parsed) if rule == "navigation"]


@pytest.mark.parametrize(
    ("body", "gone"),
    [
        (f"<p>You may also like ...</p>{LINE}{LINE}", f"You may also like ...\n{HEADLINE}\n{HEADLINE}"),
        (
            f"<h4>Related stories</h4><article><p>{'It rained. ' * 20}</p></article>",
            f"Related stories\n{'It rained. ' * 20}",
        ),
        (f"<p>Read more: <a href='/n/1'>{HEADLINE}</a></p>", f"Read more: {HEADLINE}"),
        (f"<p><b><a href='/n/1'>{HEADLINE.upper()}</a></b></p>", HEADLINE.upper()),
        (
            "<h2><a href='/letter'>Click here to subscribe to the lamp's newsletter</a></h2>",
            "Click here to subscribe to the lamp's newsletter",
        ),
        (f"<p>Tags: {TAGS}</p>", "Tags: " + ", ".join(YEARS)),
        (f"<strong>Tags<br> {TAGS}</strong>", "Tags " + ", ".join(YEARS)),
    ],
)
def test_what_the_site_offers_is_left_out(body: str, gone: str) -> None:
    assert told(body) == ([], [line.strip() for line in gone.split("\n")])


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (LINE, [f"p {HEADLINE}"]),
        (
            "<p>You may also like the tide.</p><p>It came twice a day.</p>",
            ["p You may also like the tide.", "p It came twice a day."],
        ),
        ("<p><a href='/a/1'>http://lamps.example/sharing</a></p>", ["p http://lamps.example/sharing"]),
        (
            "<p>Read more in <a href='/b'>the second book of Old Brandt</a>.</p>",
            ["p Read more in the second book of Old Brandt."],
        ),
        ("<h3><a href='#top'>Sharing a lamp</a></h3>", ["h1 Sharing a lamp"]),
        ("<p><b>THE LAMP WAS LIT AT NINE</b></p>", ["p **THE LAMP WAS LIT AT NINE**"]),
    ],
)
def test_what_only_looks_like_an_offer_stays(body: str, kept: list[str]) -> None:
    assert told(body) == (kept, [])


def test_a_card_that_opens_over_a_name_is_no_part_of_the_sentence() -> None:
    assert told(f"<p>It was <span>{NAME}{CARD}</span> who lit it.</p>") == (
        ["p It was Old Brandt who lit it."],
        [f"Old Brandt {HEADLINE} Who lit it? More"],
    )


def test_a_page_that_begins_with_such_a_line_is_read() -> None:
    tales = "".join(f"<article><p>{'It rained all day. ' * 8}</p><p>So ended day {n}.</p></article>" for n in range(9))
    lines = shown(read(page(f"{MENU}<div class='entry'><p>Told in autumn.</p><h2>Archive</h2>{tales}</div>")))
    days = [(f"p {'It rained all day. ' * 8}".strip(), f"p So ended day {n}.") for n in range(9)]
    assert lines == ["p Told in autumn.", *[line for day in days for line in day]]
