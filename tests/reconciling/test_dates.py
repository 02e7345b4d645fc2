"""When a copy was written, as its file says it in whatever way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.heaps import told
from converter.recognisers.metadata.versions import day_said
from tests.reconciling import book_of, kept_from, read, words_in, words_of

SALT = told(41, 3, 90, title="The Salt Road")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2021-06-01", "2021-06-01"),
        ("2021-06-01T10:15:00Z", "2021-06-01"),
        ("2021-06", "2021-06"),
        ("June 1, 2021", "2021-06-01"),
        ("1 Jun 2021 at 10:15 PM", "2021-06-01"),
        ("1.6.2021", "2021-06-01"),
        ("13/06/2021", "2021-06-13"),
        ("05/06/2021", "2021"),
        ("3. Mai 2020", "2020-05-03"),
        ("3 мая 2020", "2020-05-03"),
        ("spring 2019", "2019"),
        ("12 days ago", ""),
        ("", ""),
    ],
)
def test_a_day_in_words_or_figures_can_be_compared(said: str, day: str) -> None:
    assert day_said(said) == day


LINES = (
    "Updated: 2021-06-01",
    "Last updated: June 1, 2021",
    "Last updated on 1 June 2021",
    "Completed: 2021-06-01",
    "Published: 1 June 2021",
    "Stand: 1.6.2021",
    "Zuletzt aktualisiert am 1. Juni 2021",
)


@pytest.mark.parametrize("line", LINES)
def test_a_paragraph_of_a_page_says_when_it_was_written(line: str) -> None:
    page = SALT.page().replace("<h2>", f"<p>{line}</p>\n<h2>", 1)
    (copy,), (reading,) = read({"salt.html": page})
    assert copy.changed == "2021-06-01"
    assert not reading.book.metadata.subtitle
    assert [c.name for c in copy.chapters] == ["Chapter 1", "Chapter 2", "Chapter 3"]


@pytest.mark.parametrize("line", ["Date: 3 May 1943", "Updated 5 times, and still no end.", "Found: one key"])
def test_a_line_of_the_story_is_no_date_of_it(line: str) -> None:
    page = SALT.page().replace("<h2>", f"<p>{line}</p>\n<p>{SALT.chapters[0][1][0]}</p>\n<h2>", 1)
    (_,), (reading,) = read({"salt.html": page})
    assert words_in([line])[-1] in words_in([str(reading.book.chapters[0].blocks)])


@pytest.mark.parametrize(
    "newer", ["Updated: 2 January 2022", "Aktualisiert: 2.1.2022", "Last updated on January 2, 2022"]
)
def test_the_newest_page_wins_however_its_date_is_written(newer: str) -> None:
    old = replace(SALT.revised(0.2, 4), updated="2021-12-24")
    page = SALT.page().replace("<h2>", f"<p>{newer}</p>\n<h2>", 1)
    made = book_of({"a.txt": old.text(), "b.html": page})
    assert set(kept_from(made)) == {"b.html"}
    assert words_of(made) == words_in([t for heading, paragraphs in SALT.chapters for t in (heading, *paragraphs)])
    assert not made.result.doubts
