"""The typographic passes: sentences, laws, languages."""

from __future__ import annotations

from converter.document.contracts import Change
from converter.document.findings.union import Finding
from converter.document.model import Book, Chapter, Metadata, Paragraph, Text
from converter.document.text_units import chapter_units
from converter.passes import passes_for


def improve(language: str, *paragraphs: str) -> tuple[list[str], list[Change], list[Finding]]:
    """A chapter of these paragraphs after all passes: its texts, the changes, the doubts."""
    blocks = tuple(Paragraph((Text(p),) if p else ()) for p in paragraphs)
    book = Book(metadata=Metadata(), chapters=(Chapter(blocks=blocks),))
    changes: list[Change] = []
    doubts: list[Finding] = []
    for _, each_pass in passes_for(language):
        done = each_pass(book)
        book = done.book
        changes += done.changes
        doubts += done.findings
    return [u.text for u in chapter_units(book.chapters[0])], changes, doubts


def typeset(text: str, language: str = "en") -> str:
    """One paragraph after all passes."""
    return improve(language, text)[0][0]
