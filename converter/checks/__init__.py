"""What looks wrong in a finished reading and was not changed: numbers, chapters, quotes, sentences, words.

Each check yields findings with an address; none of them alters the book. They look at the book after all passes, so
what they find is what a reader would find. But for `legible.py`: whether a text is one at all is asked before.

In comes a `Book` (with what was left out of it, for a notice below the story may say that it was cut), out come
`Finding` values. Open this file first: `check_book` calls every check. A new check is a function in `chapters.py`,
`words.py` or `cut_off.py`; what it tells is a class in `document/findings/`.

It knows the model, and asks `recognisers/` what a line says: not the file the story came from, nor how it will be
written. Whether words were lost is no check but a proof (`proof/`), and heaps of one doubt are told as one by
`reports/heaps.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from converter.checks.chapter_text import ChapterText
from converter.checks.chapters import chapters, notes_ends, numbers
from converter.checks.cut_off import cut_off, not_loaded, taken_back, tiny
from converter.checks.words import broken_sentences, mixed_names, scrambled_letters, slips_in_paragraphs
from converter.document.contracts import Omission
from converter.document.model import Book
from converter.document.text_units import chapter_units

if TYPE_CHECKING:
    from converter.document.findings.union import Finding


def check_book(book: Book, omissions: Sequence[Omission] = ()) -> Iterator[Finding]:
    """Everything the checks find, in a fixed order; the chapter list first, for a wrong one spoils everything else."""
    texts = [ChapterText(chapter, tuple(chapter_units(chapter))) for _, chapter in book.walk()]
    yield from numbers(book)
    yield from chapters(texts)
    yield from notes_ends(texts)
    yield from broken_sentences(texts)
    yield from slips_in_paragraphs(texts, book.metadata.language)
    yield from scrambled_letters(texts)
    yield from mixed_names(texts)
    yield from tiny(book)
    yield from cut_off(book, omissions)
    yield from not_loaded(book)
    yield from taken_back(book)
