"""Author's notes: inline, at the chapter's end, left out and listed; whichever parser found them."""

from __future__ import annotations

import pytest

from converter.build.pipeline import examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Notes, Parsed, Source
from converter.document.model import Aside, Book, Chapter, Metadata, Origin, Paragraph, SceneBreak, Text
from converter.parsers.items.placed_notes import place_notes


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


BEFORE = Aside((paragraph("thanks"),), "note-before", origin=Origin("a.html", 3))
AFTER = Aside((paragraph("more soon"),), "note-after")
BOX = Aside((paragraph("Level up"),), "box")
INNER = Chapter((BEFORE, BOX, paragraph("two")))
PARSED = Parsed(Book(Metadata(), (Chapter((BEFORE, paragraph("one"), AFTER), children=(INNER,)),)), "")


def test_inline_is_as_it_was() -> None:
    assert place_notes(PARSED, "inline", "a.html").book == PARSED.book


def test_at_the_end_of_each_chapter() -> None:
    moved = Aside(BEFORE.blocks, "note-after", origin=BEFORE.origin)
    (chapter,) = place_notes(PARSED, "end", "a.html").book.chapters
    assert chapter.blocks == (paragraph("one"), moved, AFTER)
    assert chapter.children[0].blocks == (BOX, paragraph("two"), moved)


def test_left_out_and_listed() -> None:
    placed = place_notes(PARSED, "drop", "a.html")
    (chapter,) = placed.book.chapters
    assert chapter.blocks == (paragraph("one"),)
    assert chapter.children[0].blocks == (BOX, paragraph("two"))
    assert [(o.rule, o.text, str(o.origin)) for o in placed.omissions] == [
        ("author's note", "thanks", "a.html:3"),
        ("author's note", "more soon", "a.html:1"),
        ("author's note", "thanks", "a.html:3"),
    ]


def test_a_break_that_parts_nothing_goes_with_the_note() -> None:
    chapter = Chapter((BEFORE, SceneBreak("oOo"), paragraph("one"), SceneBreak("***"), AFTER))
    parsed = Parsed(Book(Metadata(), (chapter,)), ())
    moved, dropped = (place_notes(parsed, where, "a.html") for where in ("end", "drop"))
    (chapter,) = moved.book.chapters
    assert chapter.blocks[0] == paragraph("one")
    assert [b.kind for b in chapter.blocks[1:] if isinstance(b, Aside)] == ["note-after", "note-after"]
    inline = place_notes(parsed, "inline", "a.html")
    (chapter,) = inline.book.chapters
    assert chapter.blocks == (BEFORE, paragraph("one"), AFTER)
    assert [(o.rule, o.text) for o in inline.omissions] == [("scene break", "oOo")]
    assert [(o.rule, o.text) for o in moved.omissions] == [("scene break", "oOo")]
    (chapter,) = dropped.book.chapters
    assert chapter.blocks == (paragraph("one"),)
    assert [o.text for o in dropped.omissions] == ["thanks", "more soon", "oOo"]


@pytest.mark.parametrize("notes", ["inline", "end", "drop"])
def test_a_text_a_page_and_markdown_are_the_same_book(notes: Notes) -> None:
    note, prose = "A/N: Thanks for all the kind words.", "The ferry left at six, and nobody had thought of the whistle."
    text = f"Chapter 1\n\n{note}\n\n***\n\n{prose}\n\nChapter 2\n\n{prose}\n\n{note}\n"
    marked = text.replace("Chapter", "# Chapter")
    rows = text.split("\n\n")
    page = "".join(
        f"<h2>{r}</h2>" if r.startswith("Chapter") else "<hr>" if r == "***" else f"<p>{r}</p>" for r in rows
    )
    books = []
    for name, data in (("a.txt", text), ("a.md", marked), ("a.html", f"<title>The Ferry</title>{page}")):
        reading = examined(understand([Source(name, data.encode(), name[1:])], Settings(notes=notes)))
        books.append([[type(b).__name__ for b in c.blocks] for c in reading.book.chapters])
    assert books[0] == books[1] == books[2]
