"""Under which numbers notes stand: each chapter counts its own, unless the book speaks of notes by their numbers.

"See note 3" means the note that had this number in the source. Text is not rewritten: such a book's notes keep theirs.
"""

from __future__ import annotations

from converter.document.model import Book, Chapter, Note
from converter.document.patterns import regex
from converter.document.text_units import notes_in
from converter.document.words import chapter_keys, chapter_strands, unit_texts
from converter.recognisers.lines.note_marks import notes_named

_NUMBER = regex(r"[\[({]?\s*(\d{1,4})\s*[\])}.]?", within=12)


def kept_numbers(book: Book) -> frozenset[str]:
    """The keys of the chapters whose notes keep the numbers of the source: of all that can (each note has a number, no
    two the same) in a book whose words name a note of it by its number; none in any other."""
    walked = [chapter for _, chapter in book.walk()]
    numbers = {key: note_numbers(chapter) for key, chapter in zip(chapter_keys(book), walked, strict=True)}
    counted = {number for row in numbers.values() for number in row}
    if all(row == list(range(1, len(row) + 1)) for row in numbers.values()):
        return frozenset()
    if not any(counted.intersection(notes_named(text)) for chapter in walked for text in _texts(chapter)):
        return frozenset()
    return frozenset(key for key, row in numbers.items() if row and 0 not in row and len(set(row)) == len(row))


def number_of(note: Note) -> int:
    """The number that a note had in the source; 0 for any other sign."""
    m = _NUMBER.fullmatch(note.mark)
    return int(m[1]) if m else 0


def note_numbers(chapter: Chapter) -> list[int]:
    """The numbers of a chapter's notes in the source, in the order in which they are cited."""
    notes: list[Note] = []
    for _ in unit_texts(chapter.blocks, notes):
        pass
    heads = notes_in((*chapter.label, *chapter.title))
    return [number_of(note) for note in _with_inner([*heads, *notes])]


def _with_inner(notes: list[Note]) -> list[Note]:
    for note in notes:  # the list grows while it is read, for a note may cite another
        for _ in unit_texts(note.blocks, notes):
            pass
    return notes


def _texts(chapter: Chapter) -> tuple[str, ...]:
    running, notes = chapter_strands(chapter)
    return running, *notes
