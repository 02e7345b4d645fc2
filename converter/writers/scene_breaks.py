"""Which breaks between scenes are white on paper, and which are a sign.

A story that draws some of its breaks and leaves lines empty for others means two kinds by them. One that has but one
kind gets the style's sign for each: a reader sees no empty line at a page's head or foot.
"""

from __future__ import annotations

from collections.abc import Iterable

from converter.document.contracts import Theme
from converter.document.model import Block, Book, SceneBreak
from converter.document.traversal import blocks_in

BLANK = "data-blank"
"""The attribute of a break that is white, for engines: they set the sign where it begins a page."""


def has_white_breaks(book: Book, theme: Theme) -> bool:
    """Whether the breaks of this book that were left blank are white: where others are drawn, and the style agrees."""
    kinds = {one.blank for _, chapter in book.walk() for one in _breaks(chapter.blocks)}
    return len(kinds) > 1 and bool(theme.design["break"]["white"])


def _breaks(blocks: Iterable[Block]) -> Iterable[SceneBreak]:
    for block in blocks:
        if isinstance(block, SceneBreak):
            yield block
        yield from _breaks(blocks_in(block))
