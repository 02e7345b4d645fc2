"""Titles of several lines: they end where their sense has a pause, in both engines alike."""

from __future__ import annotations

import pymupdf
import pytest
from lxml import etree

from converter.covers.breaks import LITTLE_WORDS
from converter.document.contracts import Engine
from converter.document.model import Book, Chapter, Emphasis, Heading, Metadata, Text
from converter.proof import prove_pdf
from converter.themes import load_theme, theme_names
from converter.writers.pdf import print_book
from converter.writers.title_lines import break_by_sense
from tests.print.feature import prose, text

TITLES = (
    "The Understudy Dragon",
    "The Museum of Ordinary Weather",
    "A Short History of the Lamplighters and of the Boats That Never Came",
    "The Ferryman’s Almanac: Being an Account of Nine Years at the Upper Lock",
)


def broken(markup: str, room: float, language: str = "en") -> list[str]:
    title = etree.fromstring(f"<h1>{markup}</h1>")
    break_by_sense(title, lambda words: len(words) / 2, room, language)
    for line in title.iter("br"):
        line.tail = "|" + (line.tail or "")
    return "".join(title.itertext()).split("|")


@pytest.mark.parametrize(
    ("title", "room", "lines"),
    [
        ("The\u00a0Understudy\u00a0Dragon", 8, ["The Understudy", "Dragon"]),
        ("The Museum of Ordinary\u00a0Weather", 12, ["The Museum", "of Ordinary Weather"]),
        ("The <em>Salt</em> <em>Post</em> and the Lamp", 8, ["The Salt Post", "and the Lamp"]),
        ("Rain", 12, ["Rain"]),
        ("Chapter 12 of the Long Way", 8, ["Chapter 12", "of the Long Way"]),
        ("Incomprehensibilities of the Sea", 8, ["Incomprehensibilities of the Sea"]),  # no line holds its first word
        ("Le Phare\u00a0: une histoire", 9, ["Le Phare\u00a0:", "une histoire"]),
    ],
)
def test_where_the_lines_of_a_title_end(title: str, room: float, lines: list[str]) -> None:
    assert broken(title, room) == lines


def test_words_of_scripts_without_spaces_stay_whole() -> None:
    assert broken("灯台守と海の長い物語", 3.2, "ja") == ["灯台守と", "海の長い物語"]


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("title", TITLES)
def test_no_line_of_a_title_ends_with_a_little_word(title: str, theme: str, engine: Engine) -> None:
    book = Book(
        Metadata(title=title, language="en"),
        (Chapter((Heading(text(title)), *prose(3)), (), (Text(title[:4]), Emphasis((Text(title[4:]),)))),) * 2,
    )
    made = print_book(book, load_theme(theme), engine=engine)
    prove_pdf(book, made.data)
    held = title.replace(" ", "")
    with pymupdf.open(stream=made.data) as document:
        pages = [page.get_text() for page in document if "Contents" not in page.get_text()]
    lines = [line.strip() for page in pages for line in page.splitlines()]
    said = [line for line in lines if line.replace(" ", "").replace("\u00a0", "") in held and " " in line]
    assert len(said) >= 3
    assert [line for line in said if line.split()[-1].casefold() in LITTLE_WORDS] == []
