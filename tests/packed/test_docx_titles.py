"""The title of a Word document: said by a style, a heading, the word processor, and said again."""

from __future__ import annotations

import pytest

from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from tests.packed.documents import SALT, STYLES, Document, p, prose, read
from tests.pages.making import shown

NOTED = "<dc:title>The Salt Road</dc:title><dc:creator>Ines Varga</dc:creator>"
SECOND = '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
TITLE, SAID = p("The Salt Road", style="Title"), p("The Salt Road", style="Heading1")
LOUD = p("THE SALT ROAD", style="Heading1")
BY, NAME = p("by Ines Varga"), p("Ines Varga")


def chapters(level: int = 1) -> str:
    return "".join(p(head, style=f"Heading{level}") + prose() for head in ("Chapter One", "Chapter Two"))


@pytest.mark.parametrize(
    ("front", "level", "noted"),
    [
        (TITLE + SAID, 2, ""),
        (TITLE + NAME + SAID, 1, NOTED),
        (TITLE + SAID + p("A Tale"), 1, ""),
        (SAID, 2, ""),
        (SAID + BY, 1, ""),
        (SAID + NAME, 1, NOTED),
        (LOUD + NAME, 1, NOTED),
        (LOUD, 1, NOTED),
        (SAID + NAME, 2, NOTED),
    ],
)
def test_a_title_that_is_said_again_is_no_chapter(front: str, level: int, noted: str) -> None:
    parsed = read(Document(front + chapters(level), core=noted, styles=STYLES + SECOND))
    assert shown(parsed, SALT) == ["# [chapter 1] Chapter One", "prose(1)", "# [chapter 2] Chapter Two", "prose(1)"]
    assert parsed.book.metadata.title.casefold() == "the salt road"
    assert parsed.book.metadata.authors == (("Ines Varga",) if noted or "by" in front else ())


def test_a_story_below_the_title_needs_no_heading() -> None:
    assert shown(read(Document(TITLE + SAID + prose() * 2)), SALT) == ["prose(2)"]


def test_a_chapter_called_as_the_book_is_one() -> None:
    parsed = read(Document(TITLE + SAID + prose() * 2 + p("The Bridge", style="Heading1") + prose()))
    assert [line for line in shown(parsed, SALT) if "prose" not in line] == ["h1 The Salt Road", "h1 The Bridge"]


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("THE SALT ROAD", "The Salt Road"),
        ("THE ROAD TO MULE XII", "The Road to Mule XII"),
        ("SPQR", "SPQR"),
        ("The salt ROAD", "The salt ROAD"),
    ],
)
def test_a_title_page_in_capitals_is_written_small_in_lists(head: str, wanted: str) -> None:
    data = Document(p(head, style="Title") + BY + chapters()).data()
    assert understand([Source("story.docx", data, ".docx")], Settings()).book.metadata.title == wanted


def test_how_the_text_begins_is_no_title() -> None:
    """A word processor notes the first words where nobody said a title."""
    noted = f"<dc:title>{' '.join(SALT[0].split()[:5])}</dc:title>"
    assert not read(Document(prose() * 2, core=noted)).book.metadata.title
    assert read(Document(prose() * 2, core=NOTED)).book.metadata.title == "The Salt Road"
