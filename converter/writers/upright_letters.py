"""A book that is made of letters is printed with them upright: italics set a few words apart, and tire whoever reads a
book of them.

Date, greeting and signature keep their places. In a story with a letter here and there letters look as the style says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.document.contracts import Theme
from converter.document.model import Block, Book, Quote
from converter.document.traversal import blocks_in
from converter.document.words import block_text, text_size

MOST = 0.5  # of a book's words


def for_letters(theme: Theme, book: Book) -> Theme:
    """The theme as this book is set in it: with upright letters, where most of its words stand in letters."""
    look = theme.design.get("blocks", {}).get("letter", {})
    if look.get("style") != "italic" or not _is_of_letters(book):
        return theme
    blocks = {**theme.design["blocks"], "letter": {**look, "style": "normal"}}
    return replace(theme, design={**theme.design, "blocks": blocks})


def _is_of_letters(book: Book) -> bool:
    blocks = [block for _, chapter in book.walk() for block in chapter.blocks]
    letters = list(_letters(blocks))
    if not letters:
        return False
    return _words(letters) > MOST * _words(blocks)


def _letters(blocks: Sequence[Block]) -> Iterator[Block]:
    """The letters among these blocks, and in them, however deep."""
    waiting = list(blocks)
    while waiting:
        block = waiting.pop()
        if isinstance(block, Quote) and block.kind == "letter":
            yield block
        else:
            waiting += blocks_in(block)


def _words(blocks: list[Block]) -> int:
    return sum(text_size(block_text(block)) for block in blocks)
