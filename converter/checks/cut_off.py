"""Was the story cut off where a site asks for an account? Told by the lines that end it, or follow it on its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.document.contracts import Omission
from converter.document.findings.words import StoryCut, TextNotLoaded
from converter.document.model import Book, Origin
from converter.document.words import block_text
from converter.recognisers.lines.cuts import says_cut
from converter.recognisers.lines.notices import LINE_LETTERS, says_not_loaded

LAST_BLOCKS = 4  # blocks at a chapter's end of which one may be such a notice; after it thanks and a link or two
SPEECH = tuple('"“„«—')
NEAR_CHARACTERS = 2_000  # characters of what was left out below the story: farther down are comments and licences
NOTICE_WORDS = 40  # a longer paragraph is the story's
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


def not_loaded(book: Book) -> Iterator[TextNotLoaded]:
    """A doubt for each line of a story that says that its text could not be loaded."""
    for _, chapter in book.walk():
        for block in chapter.blocks:
            text = block_text(block).strip()
            if len(text) <= LINE_LETTERS and says_not_loaded(" ".join(text.split())):
                yield TextNotLoaded(text, block.origin)
