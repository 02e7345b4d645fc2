"""A book that this program made, read and written again: the same chapters, words, notes, facts and cover."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.pipeline import covered, examined, understand, write
from converter.build.settings import Settings
from converter.document.alignment import proof_words
from converter.document.contracts import Reading, Source
from converter.document.model import Book
from converter.document.words import chapter_name
from converter.proof.strands import strands
from converter.themes import load_theme
from converter.writers.epub import write_epub
from tests.writers.feature_book import BOOK, theme

STORIES = sorted(p for p in (Path(__file__).parents[2] / "stories").iterdir() if p.is_file())
STYLES = ("classic", "modern", "serial", "romance")
FACTS = (
    "title",
    "subtitle",
    "people",
    "language",
    "series",
    "series_index",
    "description",
    "publisher",
    "rights",
    "published",
)


def read(data: bytes, name: str, suffix: str = ".epub") -> Reading:
    return examined(understand([Source(name, data, suffix)], Settings()))


def same(one: Book, other: Book) -> None:
    assert [(d, chapter_name(c)) for d, c in one.walk()] == [(d, chapter_name(c)) for d, c in other.walk()]
    told, again = strands(one, ()), strands(other, ())
    assert proof_words("\n".join(told.texts)) == proof_words("\n".join(again.texts))
    assert [proof_words(n.text) for n in told.notes] == [proof_words(n.text) for n in again.notes]
    assert [getattr(one.metadata, f) for f in FACTS] == [getattr(other.metadata, f) for f in FACTS]
    assert one.cover is not None
    assert other.cover is not None
    assert one.cover.data == other.cover.data
    assert len(one.resources) == len(other.resources)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("story", STORIES, ids=[p.stem for p in STORIES])
def test_a_story_comes_back(story: Path, style: str) -> None:
    first = covered(read(story.read_bytes(), story.name, story.suffix), load_theme(style))
    again = read(write(first, "epub", load_theme(style), Settings()).data, "again.epub")
    same(first.book, again.book)
    assert not [f.message for f in again.findings if f.severity in ("warning", "error")]


def test_one_of_everything_comes_back() -> None:
    again = read(write_epub(BOOK, theme()), "everything.epub").book
    named = [chapter_name(c) for _, c in BOOK.walk() if c.label or c.title]
    assert [chapter_name(c) for _, c in again.walk() if c.label or c.title] == named
