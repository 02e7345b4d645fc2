"""The names of chapters in lists: contents, running heads, bookmarks."""

from __future__ import annotations

from converter.document.model import Book, Chapter, Metadata, Paragraph, Ruby, Text
from converter.document.words import chapter_name
from converter.writers.contents import listed


def test_a_name_has_no_readings_of_its_signs() -> None:
    chapter = Chapter((Paragraph((Text("雨。"),)),), (Text("一"),), (Ruby("午后", "ごご"), Text("の雨")))
    assert [name for _, _, _, name, _ in listed(Book(Metadata(), (chapter,)))] == ["一 午后の雨"]
    assert chapter_name(chapter, readings=True) == "一 午后ごごの雨"
