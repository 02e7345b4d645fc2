"""A text file that a browser saved as a page is read as the text that it is."""

from __future__ import annotations

from textwrap import fill

import pytest

from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from tests.pages.making import PROSE, left_out, page, prose, read, shown

LETTER = "\n\n".join(fill(p, 60) for p in PROSE * 4)
STORY = (
    f"THE LOW TIDE\n\nby Garrick Vole\n\nChapter One\n\n{LETTER}\n\nChapter Two\n\nIt was _never_ lit.\n\n{LETTER}\n"
)


def test_title_author_chapters_and_stress_are_read_as_in_a_text() -> None:
    parsed = read(page(f"<pre style='word-wrap: break-word'>{STORY}</pre>", "<title>tide.txt</title>"))
    assert parsed.book.metadata.title == "The Low Tide"
    assert parsed.book.metadata.authors == ("Garrick Vole",)
    assert shown(parsed) == [
        "# [chapter 1] Chapter One",
        "prose(4)",
        "# [chapter 2] Chapter Two",
        "p It was _never_ lit.",
        "prose(4)",
    ]


def test_what_stands_beside_the_text_is_told() -> None:
    parsed = read(page(f"<div><a href='/'>Archive</a><pre>{STORY}</pre></div>"))
    assert shown(parsed) == [
        "# [chapter 1] Chapter One",
        "prose(4)",
        "# [chapter 2] Chapter Two",
        "p It was _never_ lit.",
        "prose(4)",
    ]
    assert left_out(parsed) == [
        ("head of the file", "THE LOW TIDE"),
        ("head of the file", "by Garrick Vole"),
        ("outside the story", "Archive"),
    ]


def test_a_pre_with_markup_or_company_is_walked() -> None:
    marked = read(page(f"<pre>{STORY.replace('_never_', '<i>never</i>')}</pre>"))
    lines = [f"p {fill(sentence, 60)}".replace("\n", " / ") for sentence in PROSE * 4]
    assert shown(marked) == [
        *("# [chapter 1] Chapter One", *lines, "# [chapter 2] Chapter Two", "p It was _never_ lit.", *lines),
    ]
    assert (marked.book.metadata.title, marked.book.metadata.authors) == ("THE LOW TIDE", ("Garrick Vole",))
    drawn = read(page(f"<p>{' '.join(PROSE * 3)}</p><pre>a drawing   of a lamp</pre><p>{PROSE[0]}</p>"))
    assert shown(drawn) == [f"p {' '.join(PROSE * 3)}", "pre", "  |a drawing   of a lamp", f"p {PROSE[0]}"]


def test_a_poem_in_a_pre_is_a_poem() -> None:
    poem = "The sea is a widow,\nThe moon is her ring,\nThe gulls are the notes\nThat drowned sailors sing."
    assert shown(read(page(f"<pre>{poem}</pre>"))) == [
        "stanza:",
        "  The sea is a widow,",
        "  The moon is her ring,",
        "  The gulls are the notes",
        "  That drowned sailors sing.",
    ]


def test_a_text_that_is_called_a_page_is_read_as_a_text() -> None:
    told = "The Lamp\nby Ada Thorn\n\n" + "\n\n".join(PROSE) + "\n\nShe & he were > 3 < 4.\n"
    reading = understand([Source("lamp.html", told.encode(), ".html")], Settings())
    assert reading.book.metadata.title == "The Lamp"
    assert reading.book.metadata.authors == ("Ada Thorn",)
    assert shown(reading) == ["prose(1)", "p She & he were > 3 < 4."]
    assert [e.found for e in reading.evidence if e.topic == "kind"] == ["plain text"]


def test_lines_that_end_in_markup_make_a_page() -> None:
    told = "<br />\n<br />\n".join(("The Lamp", "by Ada Thorn", *PROSE, "It was <i>never</i> lit.")) + "<br />\n"
    reading = understand([Source("lamp.txt", told.encode(), ".txt")], Settings())
    assert (reading.book.metadata.title, reading.book.metadata.authors) == ("The Lamp", ("Ada Thorn",))
    assert shown(reading) == ["prose(1)", "p It was _never_ lit."]


def test_blocks_of_markup_line_by_line_make_a_page() -> None:
    told = "\n\n".join(("<h2>The Lamp</h2>", "<p>by <b>ada_thorn</b></p>", *(f"<p>{p}</p>" for p in PROSE * 2)))
    reading = understand([Source("lamp.txt", told.encode(), ".txt")], Settings())
    assert (reading.book.metadata.title, reading.book.metadata.authors) == ("The Lamp", ("ada_thorn",))
    assert shown(reading) == ["prose(2)"]


@pytest.mark.parametrize("head", ["<html><body>", "<!DOCTYPE html>\n", ""])
def test_a_page_that_is_called_a_text_is_read_as_a_page(head: str) -> None:
    told = f"{head}<h1>The Lamp</h1><p>by Ada Thorn</p>{prose(6)}"
    reading = understand([Source("lamp.txt", told.encode(), ".txt")], Settings())
    assert reading.book.metadata.title == "The Lamp"
    assert reading.book.metadata.authors == ("Ada Thorn",)
    assert shown(reading) == ["prose(6)"]
    assert [e.found for e in reading.evidence if e.topic == "kind"] == ["a page"]


def test_a_text_with_a_few_tags_stays_a_text() -> None:
    told = "<center>The Lamp</center>\n\n" + "\n\n".join(f"<p>{p}</p>" for p in PROSE)
    reading = understand([Source("lamp.txt", told.encode(), ".txt")], Settings())
    assert shown(reading) == ["prose(1)"]
    assert not [e for e in reading.evidence if e.topic == "kind"]


def test_doubts_about_the_page_are_told_with_its_text() -> None:
    parsed = read(page(f"<pre>{STORY}</pre><p hidden>Never seen.</p>"))
    assert left_out(parsed) == [
        ("head of the file", "THE LOW TIDE"),
        ("head of the file", "by Garrick Vole"),
        ("hidden", "Never seen."),
    ]
    assert [d.code for d in parsed.findings] == ["html-hidden"]
