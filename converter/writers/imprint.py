"""Lines that are typed before a story and tell nothing of it: a year, a publisher, whose the story is.

A book has them on the back of its title page, among what else is known about the story; they have no leaf of their own
and no page number. In come the chapters of a book, in order; how many of the first are such lines comes out, and their
elements as that page takes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from converter.document.edit_script import flat_text
from converter.document.model import Block, Chapter, Paragraph
from converter.document.words import chapter_name, chapter_strands
from converter.recognisers.lines.imprint import disclaims, isbn_alone, opens_rights
from converter.recognisers.lines.sentences import ends_sentence

if TYPE_CHECKING:
    from converter.writers.xhtml import ChapterElements

FEW = 80  # words of all such lines; a page that has more to say is one of its own
LINE = 12  # words of one of them, where it is not known by its words
OBJECT = "\ufffc"
STORY = 2  # chapters; before a single one its lines stand above its heading


def imprint_of(chapters: Sequence[Chapter]) -> int:
    """How many of the first chapters are lines of a title page's back."""
    count = 0
    for chapter in chapters[: -STORY or None]:
        if chapter.kind != "front" or chapter.children or chapter_name(chapter) or not _is_imprint(chapter):
            break
        count += 1
    return count


def imprint_lines(sections: Sequence[ChapterElements]) -> list[etree._Element]:
    """The lines of these sections, which are used up."""
    lines = [p for section in sections for piece in section.pieces for p in piece.iter("p")]
    for p in lines:
        p.set("class", "imprint")
        p.tail = "\n"
    return lines


def _is_imprint(chapter: Chapter) -> bool:
    running, notes = chapter_strands(chapter)
    return not notes and 0 < len(running.split()) <= FEW and all(map(_is_line, chapter.blocks))


def _is_line(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = flat_text(block.content).strip()
    known = opens_rights(text) or disclaims(text) or isbn_alone(text)
    return OBJECT not in text and (known or (len(text.split()) <= LINE and not ends_sentence(text)))
