"""Is the whole story there? It may be cut off where a site asks for an account (told by the lines that end it, or
follow it on its page), or have hardly a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.document.contracts import Omission
from converter.document.findings.words import StoryCut, StoryTiny, TextNotLoaded, TextTakenBack
from converter.document.model import Book, Chapter, Origin
from converter.document.traversal import pictures_in
from converter.document.words import block_text, chapter_text, text_size
from converter.recognisers.lines.cuts import says_cut
from converter.recognisers.lines.notices import LINE_LETTERS, replaces_text, says_not_loaded

LAST_BLOCKS = 4  # blocks at a chapter's end of which one may be such a notice; after it thanks and a link or two
SPEECH = tuple('"“„«—')
NEAR_CHARACTERS = 2_000  # characters of what was left out below the story: farther down are comments and licences
NOTICE_WORDS = 40  # a longer paragraph is the story's
NOTE_BLOCKS, NOTE_LETTERS = 6, 1_000  # of a note that a text was taken back, at most
TINY = 10  # words: the shortest stories that people tell each other have six, a shopping list as many
HIDDEN = "hidden"  # omissions of what a page hides have rules that begin so: a wall that was not shown cut nothing


def cut_off(book: Book, omissions: Sequence[Omission]) -> Iterator[StoryCut]:
    """A doubt when the story ends, or is followed by, a line that asks for an account to read on: once for a story."""
    last: Origin | None = None
    for _, chapter in book.walk():
        for block in chapter.blocks[-LAST_BLOCKS:]:
            last = block.origin or last
            text = block_text(block).strip()
            if len(text.split()) <= NOTICE_WORDS and not text.startswith(SPEECH) and (line := says_cut(text)):
                yield StoryCut(line, block.origin)
                return
    for omission in omissions:
        origin = omission.origin
        after = last is None or origin.source != last.source or origin.line >= last.line
        if after and not omission.rule.startswith(HIDDEN) and (line := says_cut(omission.text[:NEAR_CHARACTERS])):
            yield StoryCut(line, origin)
            return


def tiny(book: Book) -> Iterator[StoryTiny]:
    """A doubt about a book with hardly a word, and no picture, in it."""
    if any(True for _ in pictures_in([chapter for _, chapter in book.walk()])):
        return
    words = 0
    told: Chapter | None = None
    for _, chapter in book.walk():
        text = chapter_text(chapter)
        words += text_size(text)
        told = told or (chapter if any(map(str.isalnum, text)) else None)
        if words >= TINY:
            return
    if told:
        yield StoryTiny(max(words, 1), told.origin)


def taken_back(book: Book) -> Iterator[TextTakenBack]:
    """A doubt for each chapter in whose place stands nothing but a note that it was taken back."""
    for _, chapter in book.walk():
        if 0 < len(chapter.blocks) <= NOTE_BLOCKS and not chapter.children:
            text = " ".join(" ".join(map(block_text, chapter.blocks)).split())
            if len(text) <= NOTE_LETTERS and replaces_text(text):
                yield TextTakenBack(text, chapter.blocks[0].origin)


def not_loaded(book: Book) -> Iterator[TextNotLoaded]:
    """A doubt for each line of a story that says that its text could not be loaded."""
    for _, chapter in book.walk():
        for block in chapter.blocks:
            text = block_text(block).strip()
            if len(text) <= LINE_LETTERS and says_not_loaded(" ".join(text.split())):
                yield TextNotLoaded(text, block.origin)
