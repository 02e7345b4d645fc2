"""What stands beside the chapters on a known site's page, under other names than its table knows: it is taken up, or
told as a doubt."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed
from tests.pages.making import left_out, page, prose, read, shown

RR = "<title>Salt Ledger | Royal Road</title>"
TOP = "<h1>Salt Ledger</h1><h4>by <a href=/profile/4>wadingbird</a></h4>"


def text(times: int = 2) -> str:
    return f"<div class='chapter-inner chapter-content'>{prose(times)}</div>"


def prose_doubts(parsed: Parsed) -> list[str]:
    return [f.opening for f in parsed.findings if f.code == "left-out-prose"]


def test_headings_between_chapters_and_a_byline_above_them_are_taken() -> None:
    parsed = read(page(f"{TOP}<h2>Chapter 1 - Tides</h2>{text()}<h2>Chapter 2 - Fog</h2>{text(1)}", RR))
    assert parsed.book.metadata.authors == ("wadingbird",)
    assert shown(parsed) == [
        "# [chapter 1] Chapter 1 / Tides",
        "prose(2)",
        "# [chapter 2] Chapter 2 / Fog",
        "prose(1)",
    ]
    assert left_out(parsed) == [("duplicate title", "Salt Ledger"), ("byline", "by wadingbird")]
    assert not prose_doubts(parsed)


@pytest.mark.parametrize(
    ("note", "lines"),
    [
        (
            "<div class=author-note><p>Thank you for reading.</p></div>",
            ["note-after:", "  p Thank you for reading."],
        ),
        (
            "<div id=endnotes2><p>End Notes</p><blockquote><p>Thank you for reading.</p></blockquote></div>",
            ["note-after: End Notes", "  p Thank you for reading."],
        ),
        (
            "<section class='post notes'><h4>Afterwards</h4><p>Thank you for reading.</p></section>",
            ["note-after: Afterwards", "  p Thank you for reading."],
        ),
        ("<p>A/N: Thank you for reading.</p>", ["note-after:", "  p A/N: Thank you for reading."]),
    ],
)
def test_a_note_beside_the_chapters_is_taken_whatever_its_element_is_called(note: str, lines: list[str]) -> None:
    parsed = read(page(f"{TOP}<h2>Chapter 1 - Tides</h2>{text()}{note}<h2>Chapter 2 - Fog</h2>{text(1)}", RR))
    assert shown(parsed) == [
        "# [chapter 1] Chapter 1 / Tides",
        "prose(2)",
        *lines,
        "# [chapter 2] Chapter 2 / Fog",
        "prose(1)",
    ]


@pytest.mark.parametrize(
    "wrapper", ["<div>{}</div>", "<div class=meta>{}</div>", "<div class=meta><div>{}</div></div>"]
)
@pytest.mark.parametrize("quoted", ["<blockquote>", "<blockquote class=userstuff>"])
def test_notes_of_a_work_that_was_saved_again_are_taken(wrapper: str, quoted: str) -> None:
    preface = (
        "<div id=preface><p class=message>Posted on the <a href=http://archiveofourown.org/works/1>Archive</a></p>"
        "<div class=meta><h1>Salt Ledger</h1><div class=byline>by <a rel=author href=x>wadingbird</a></div></div></div>"
    )
    notes = "<div id=notes class=module><h3 class=heading>Chapter Notes</h3><blockquote><p>Late again.</p></blockquote></div>"
    note = f"<div id=endnotes1><p>Chapter End Notes</p>{quoted}<p>Until May.</p></blockquote></div>"
    ends = wrapper.format(note)
    chapters = (
        f"<div id=chapters><div class='meta group'><h2 class=heading>Chapter 1: Tides</h2>{notes}</div>"
        f"<div class=userstuff>{prose()}</div>{ends}"
        f"<div class='meta group'><h2 class=heading>Chapter 2: Fog</h2></div><div class=userstuff>{prose(1)}</div></div>"
    )
    assert shown(read(page(preface + chapters))) == [
        "# [chapter 1] Chapter 1 / Tides",
        "note-before: Chapter Notes",
        "  p Late again.",
        "prose(2)",
        "note-after: Chapter End Notes",
        "  p Until May.",
        "# [chapter 2] Chapter 2 / Fog",
        "prose(1)",
    ]


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        (
            "<div class=x><p>The boat came back, and nobody was in it.</p></div>",
            ["The boat came back, and nobody was in"],
        ),
        ("<div class=x>Chapter 9</div>", ["Chapter 9"]),
        ("<div class=x><a href=/9>Chapter 9</a></div>", []),
        ("<nav><p>The boat came back, and nobody was in it.</p></nav>", []),
        ("<div class=comments><p>The boat came back, and nobody was in it.</p></div>", []),
        ("<div class=x>Next</div>", []),
    ],
)
def test_a_sentence_or_a_heading_that_is_left_out_beside_the_story_is_a_doubt(beside: str, told: list[str]) -> None:
    parsed = read(page(f"{TOP}<h2>Chapter 1 - Tides</h2>{text()}{beside}<h2>Chapter 2 - Fog</h2>{text(1)}", RR))
    assert prose_doubts(parsed) == told


def test_a_link_or_the_works_title_above_a_chapter_is_no_heading() -> None:
    links = "<h3><a href=/1>Chapter 1 - Tides</a></h3>"
    parsed = read(page(f"{TOP}{text()}{links}<h2>Salt Ledger</h2>{text(1)}", RR))
    assert shown(parsed) == ["prose(3)"]
