"""Chapters: their numbers, empty ones, some that are there twice, headings that must have been missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from converter.checks.chapter_text import ChapterText
from converter.document.findings.chapters import (
    ChapterEmpty,
    ChapterMissing,
    ChapterNone,
    ChapterOrder,
    ChapterRepeated,
    ChapterTwice,
    NoteEnd,
)
from converter.document.model import Aside, Book, Chapter, Paragraph
from converter.document.words import chapter_name, plain_text, word_count
from converter.recognisers.lines.authors_notes import surely_to_readers

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

FEW_WORDS_TO_COMPARE = 40  # shorter chapters ("Intermission.") may well be alike
NEAR_NOTE = 8  # paragraphs below a note in which it may go on
LONG_WITHOUT_CHAPTERS = 20_000  # words; the longest chapter of 18 measured novels, plays and novellas has 9,950


def numbers(book: Book) -> Iterator[Finding]:
    """Chapters missing, repeated or out of order, by the numbers in their headings; parts may begin at 1 again."""
    groups: list[tuple[Chapter, ...]] = [book.chapters, *(c.children for _, c in book.walk() if c.children)]
    before = 0  # some works number their chapters through all parts
    for group in groups:
        last: dict[str, int] = {}
        for chapter in group:
            if chapter.number is None or re.search(rf"(?<!\d)0*{chapter.number}[.,]\d", plain_text(chapter.label)):
                continue  # "Chapter 10.5" stands between two others
            number, kind = chapter.number, chapter.kind
            previous = last.get(kind)
            if previous is None:
                if kind == "chapter" and number > 1 and number != before + 1:
                    yield ChapterMissing(None, number, chapter_name(chapter), chapter.origin)
            elif number == previous:
                yield ChapterRepeated(number, chapter_name(chapter), chapter.origin)
            elif number < previous and number != 1:
                yield ChapterOrder(previous, number, chapter_name(chapter), chapter.origin)
            elif number > previous + 1:
                yield ChapterMissing(previous, number, chapter_name(chapter), chapter.origin)
            last[kind] = number
            if kind == "chapter":
                before = number


def chapters(texts: Sequence[ChapterText]) -> Iterator[Finding]:
    """Empty chapters, chapters that are there twice, and so many words in one that headings must have been missed."""
    seen: dict[str, str] = {}
    for one in texts:
        chapter, name = one.chapter, chapter_name(one.chapter)
        text = "\n".join(u.text for u in one.units if u.kind not in ("label", "title"))
        spaces = text.count(" ")
        if not chapter.children and not chapter.blocks:
            yield ChapterEmpty(name, chapter.origin)
        elif spaces >= FEW_WORDS_TO_COMPARE:
            if text in seen:
                yield ChapterTwice(name, seen[text], chapter.origin)
            seen.setdefault(text, name)
        if len(text) > LONG_WITHOUT_CHAPTERS and (words := word_count(text)) > LONG_WITHOUT_CHAPTERS:
            yield ChapterNone(words, name, chapter.origin)


def notes_ends(texts: Sequence[ChapterText]) -> Iterator[Finding]:
    """Notes above a chapter's story below which a paragraph speaks to readers once more, up to the next break."""
    for one in texts:
        blocks = one.chapter.blocks
        last = max((k for k, b in enumerate(blocks) if isinstance(b, Aside) and b.kind == "note-before"), default=None)
        for block in blocks[last + 1 : last + 1 + NEAR_NOTE] if last is not None else ():
            if not isinstance(block, Paragraph):
                break
            if surely_to_readers(text := plain_text(block.content)):
                yield NoteEnd(text, block.origin)
                break
