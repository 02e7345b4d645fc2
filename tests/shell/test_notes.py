"""Author's notes: inline, at the chapter's end, left out and listed; whichever parser found them."""

from __future__ import annotations

from converter.document.contracts import Parsed
from converter.document.model import Aside, Book, Chapter, Metadata, Origin, Paragraph, Text
from converter.passes.notes import place_notes


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


BEFORE = Aside((paragraph("thanks"),), "note-before", origin=Origin("a.html", 3))
AFTER = Aside((paragraph("more soon"),), "note-after")
BOX = Aside((paragraph("Level up"),), "box")
INNER = Chapter((BEFORE, BOX, paragraph("two")))
PARSED = Parsed(Book(Metadata(), (Chapter((BEFORE, paragraph("one"), AFTER), children=(INNER,)),)), "")


def test_inline_is_as_it_was() -> None:
    assert place_notes(PARSED, "inline", "a.html") is PARSED


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
