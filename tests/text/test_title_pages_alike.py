"""A title page above the first chapter is read alike in texts, in Markdown and on pages: subtitle, kind of work, bare
names; what may be the story's own stays there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from converter.build.pipeline import Reading, examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from tests.pages.making import PROSE, shown

TITLE = "The Unwanted Harmonium"
TOLD = list(PROSE) * 4
Line = tuple[str, str]  # how it is set: "plain", "slanted", "heading", "quoted"; what it says
FORMATS = ("text", "markdown", "page", "page with smaller headings")
SIGNS = {"plain": "{}", "slanted": "*{}*", "heading": "## {}", "quoted": "> {}"}
TAGS = {
    "plain": "<p>{}</p>",
    "slanted": "<p><i>{}</i></p>",
    "heading": "<h2>{}</h2>",
    "quoted": "<blockquote><p>{}</p></blockquote>",
}


def read(front: Sequence[Line], form: str, told: Sequence[str] = TOLD) -> Reading:
    """Two chapters below a title and these lines."""
    if form == "text":
        signs = dict.fromkeys(SIGNS, "{}") | {"quoted": "    {}"}
        above = "\n\n".join([TITLE, *(signs[how].format(said) for how, said in front)])
        below = "".join(f"\n\n\nChapter {n}\n\n" + "\n\n".join(told) for n in (1, 2))
        return understood(above + below, ".txt")
    if form == "markdown":
        lines = [f"# {TITLE}", *(SIGNS[how].format(said) for how, said in front)]
        for n in (1, 2):
            lines += [f"## Chapter {n}", *told]
        return understood("\n\n".join(lines), ".md")
    head = "h3" if form == "page with smaller headings" else "h2"
    body = f"<h1>{TITLE}</h1>" + "".join(TAGS[how].format(said) for how, said in front)
    body += "".join(f"<{head}>Chapter {n}</{head}>" + "".join(f"<p>{p}</p>" for p in told) for n in (1, 2))
    return understood(f"<html lang=en><head><title>{TITLE}</title></head><body>{body}</body></html>", ".html")


def understood(told: str, suffix: str) -> Reading:
    return examined(understand([Source(f"story{suffix}", told.encode(), suffix)], Settings()))


def said(reading: Reading) -> tuple[str, ...]:
    metadata = reading.book.metadata
    return (metadata.title, metadata.subtitle, *metadata.authors)


NAME = "Edwina Marsh-Tolliver"
DEDICATED, QUOTED = ("quoted", "For those who wait."), ("plain", "For my aunt Odile")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("front", "subtitle"),
    [
        ([("slanted", "A Novel"), ("plain", NAME), DEDICATED], "A Novel"),
        ([("slanted", "Novela"), ("plain", NAME), DEDICATED], "Novela"),
        ([("slanted", "A Novel"), ("plain", NAME), ("plain", "1923")], "A Novel"),
        ([("slanted", "A Comedy of Landings"), ("plain", NAME), QUOTED], "A Comedy of Landings"),
        ([("slanted", "A Walk in Three Parts"), ("plain", NAME), QUOTED, DEDICATED], "A Walk in Three Parts"),
        ([("heading", "A Novel with Recipes"), ("plain", NAME)], "A Novel with Recipes"),
        ([("heading", "A Walk in Three Parts"), ("plain", NAME), QUOTED], "A Walk in Three Parts"),
        ([("heading", "A Novel"), ("heading", NAME)], "A Novel"),
        ([("heading", NAME)], ""),
    ],
)
def test_a_bare_name_below_title_and_subtitle_is_the_authors(front: Sequence[Line], subtitle: str, form: str) -> None:
    reading = read(front, form)
    assert said(reading) == (TITLE, subtitle, NAME)
    rows = shown(reading)
    assert rows[-4:] == ["# [chapter 1] Chapter 1", "prose(4)", "# [chapter 2] Chapter 2", "prose(4)"]
    assert not any(NAME in row or (subtitle and subtitle in row) for row in rows)


@pytest.mark.parametrize("form", FORMATS)
def test_two_bare_names_are_two_authors(form: str) -> None:
    reading = read([("slanted", "A Novel"), ("plain", f"{NAME} and Ottokar Pym"), DEDICATED], form)
    assert said(reading) == (TITLE, "A Novel", NAME, "Ottokar Pym")


@pytest.mark.parametrize("form", FORMATS)
def test_a_byline_with_two_names_is_of_two_authors(form: str) -> None:
    assert said(read([("plain", f"by {NAME} and Ottokar Pym")], form)) == (TITLE, "", NAME, "Ottokar Pym")


@pytest.mark.parametrize("form", FORMATS[1:])
@pytest.mark.parametrize("line", ["slanted", "heading"])
def test_the_kind_of_work_alone_below_a_title_is_its_subtitle(line: str, form: str) -> None:
    reading = read(
        [(line, "A Novel in Letters"), DEDICATED] if line == "slanted" else [(line, "A Novel in Letters")], form
    )
    assert said(reading) == (TITLE, "A Novel in Letters")


@pytest.mark.parametrize("form", FORMATS[1:])
def test_the_kind_below_the_name_is_the_subtitle(form: str) -> None:
    assert said(read([("plain", NAME), ("slanted", "A Novel"), DEDICATED], form)) == (TITLE, "A Novel", NAME)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("front", "date"),
    [
        ([("plain", f"by {NAME}"), ("plain", "August 9, 2023"), ("slanted", "For my aunt Odile.")], "August 9, 2023"),
        ([("plain", f"by {NAME}"), ("plain", "9 de mayo de 2021"), DEDICATED], "9 de mayo de 2021"),
        ([("plain", f"by {NAME}"), QUOTED, ("plain", "1931")], "1931"),
        ([("plain", f"by {NAME}"), ("plain", "May 1931")], "May 1931"),
        ([("slanted", "A Novel"), ("plain", NAME), ("plain", "2019")], "2019"),
    ],
)
def test_a_date_on_a_title_page_is_the_books(front: Sequence[Line], date: str, form: str) -> None:
    reading = read(front, form)
    metadata = reading.book.metadata
    assert (metadata.published, *metadata.authors) == (date, NAME)
    assert metadata.subtitle in ("", "A Novel")
    assert date not in " ".join(shown(reading))


@pytest.mark.parametrize("form", FORMATS)
def test_a_date_above_what_is_told_is_the_storys(form: str) -> None:
    reading = read(
        [("plain", "12 March 1931"), ("plain", "I went to the pier in the rain and nobody was there.")], form
    )
    assert reading.book.metadata.published == ""
    assert "12 March 1931" in " ".join(shown(reading))


@pytest.mark.parametrize("form", FORMATS[1:])
@pytest.mark.parametrize("below", [["London, 1923"], ["Harbour Press", "1923"]])
def test_where_and_by_whom_a_book_was_made_is_no_subtitle(below: list[str], form: str) -> None:
    reading = read([("plain", NAME), *(("plain", line) for line in below)], form)
    assert said(reading) == (TITLE, "", NAME)
    assert below[0] in " ".join(shown(reading))


TELLS = "She stood on the pier in the rain and looked at the boats that came in."


@pytest.mark.parametrize("form", FORMATS[1:])
@pytest.mark.parametrize(
    "front",
    [
        [("slanted", "The Harbour"), ("plain", NAME), ("plain", TELLS)],  # who tells, and where
        [("slanted", "A Long Rain"), ("plain", f"{NAME}."), ("plain", TELLS)],
        [("heading", "The Ox"), ("plain", NAME), ("plain", TELLS), ("heading", "The Cow"), ("plain", "Tom Reed")],
        [("heading", "The Ox"), ("plain", NAME), ("plain", TELLS)],
        [("heading", "Written"), ("plain", TELLS)],
        [("plain", "A Novel."), ("plain", TELLS)],
        [("plain", f"{NAME} and the rain."), ("plain", TELLS)],
        [("plain", "Salt Water and Black Rain"), ("plain", TELLS)],
    ],
)
def test_lines_that_may_be_the_storys_stay_in_it(front: Sequence[Line], form: str) -> None:
    reading = read(
        front,
        form,
        [
            *TOLD,
            "The salt water came in with the black rain, and she walked over the stones to the house of the porter.",
        ],
    )
    assert said(reading) == (TITLE, "")
    rows = " ".join(shown(reading))
    assert all(line in rows or f"[{line}]" in rows for _, line in front if line != TELLS)


@pytest.mark.parametrize("form", FORMATS[1:])
def test_names_over_chapters_that_hold_only_scenes_are_who_tells_them(form: str) -> None:
    front = [("heading", NAME), ("heading", "Tom Reed")]
    assert said(read(front, form)) == (TITLE, "")
