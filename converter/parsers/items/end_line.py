"""The line that closes a story: "THE END", set in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Aside, Block, Paragraph
from converter.document.words import plain_text
from converter.recognisers.headings.endings import is_closing

WORDS = 6  # of such a line: "End of Book One"


def with_end_line(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a chapter with its last paragraph in the middle, where it says that the story is over or goes on;
    notes of the author's may stand below it."""
    out = list(blocks)
    k = len(out) - 1
    while k > 0 and isinstance(out[k], Aside):
        k -= 1
    if k > 0 and isinstance(last := out[k], Paragraph) and not (last.align or last.role):
        text = plain_text(last.content).strip()
        if text and len(text.split()) <= WORDS and is_closing(text):
            out[k] = replace(last, align="center")
    return tuple(out)
