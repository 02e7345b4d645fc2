"""What a title page says about a story, and what it leaves to its metadata."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from converter.document.model import Book, Chapter, Metadata, Paragraph, Text
from converter.themes import load_theme
from converter.writers.epub import write_epub


def said(metadata: Metadata) -> str:
    """The words of an EPUB's title page, a line for each element."""
    book = Book(metadata, (Chapter((Paragraph((Text("It rained."),)),)),))
    with zipfile.ZipFile(BytesIO(write_epub(book, load_theme("classic")))) as epub:
        (name,) = [n for n in epub.namelist() if n.endswith("title.xhtml")]
        body = epub.read(name).decode().partition("<body")[2]
    return re.sub(r"<[^>]*>", "", body.replace("</p>", "\n")).partition(">")[2]


COUNTED = (("Reviews", "41"), ("Favs", "112"), ("Follows", "97"), ("id", "99887766"), ("Kudos", "7"), ("Votes", "1.2K"))


def test_what_a_site_counts_is_no_fact_about_a_story() -> None:
    metadata = Metadata(
        title="Low Water", language="en", words="4,300", chapters="3/3", status="Complete", extra=COUNTED
    )
    assert [line for line in said(metadata).split("\n") if line.strip()] == ["Low Water"]


def test_facts_about_a_story_stay() -> None:
    metadata = Metadata(
        title="Low Water", language="en", fandoms=("Ironhollow",), genres=("Adventure", "Humour"), rating="T",
        status="On hiatus", extra=(("Beta", "Odile"), *COUNTED),
    )  # fmt: skip
    lines = [line.strip() for line in said(metadata).split("\n") if line.strip()]
    assert lines[1:] == [
        "Fandom: Ironhollow",
        "Genre: Adventure, Humour",
        "Rating: T",
        "Status: On hiatus",
        "Beta: Odile",
    ]


@pytest.mark.parametrize(("language", "genre"), [("fr", "roman"), ("en", "A novella"), ("de", "Roman")])
def test_a_kind_of_work_needs_no_label(language: str, genre: str) -> None:
    lines = [line.strip() for line in said(Metadata(title="Low Water", language=language, genres=(genre,))).split("\n")]
    assert [line for line in lines if line] == ["Low Water", genre]


def test_a_colon_of_french_has_its_space() -> None:
    assert "Genre\u202f: Aventure, Humour" in said(Metadata(title="X", language="fr", genres=("Aventure", "Humour")))
