"""A novel in letters: what is all of a book is no quotation in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.document.model import Block, Chapter, Quote, SceneBreak
from converter.document.words import block_text

LEAST = 3  # letters: two may be all that a short story has
NEARLY_ALL = 0.75  # of the words stand in letters; what stands between them is a telegram, a line of whoever found them


def told_in_letters(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters of a book that is nearly all letters, each letter as the text that it is, its head, greeting and
    name as such; any other chapters as they are."""
    blocks = [b for chapter in _walked(chapters) if chapter.kind not in ("front", "back") for b in chapter.blocks]
    letters = [b for b in blocks if _is_letter(b)]
    if len(letters) < LEAST or _words(letters) < NEARLY_ALL * _words(blocks):
        return list(chapters)
    return [_told(chapter) for chapter in chapters]


def _walked(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _walked(chapter.children)


def _told(chapter: Chapter) -> Chapter:
    """A chapter with its letters as its text; from what stands above it each is parted by a space."""
    out: list[Block] = []
    for block in chapter.blocks:
        if not isinstance(block, Quote) or not _is_letter(block):
            out.append(block)
            continue
        if out and not isinstance(out[-1], SceneBreak):
            out.append(SceneBreak("", block.origin))
        out.extend(block.blocks)
    return replace(chapter, blocks=tuple(out), children=tuple(map(_told, chapter.children)))


def _is_letter(block: Block) -> bool:
    return isinstance(block, Quote) and block.kind == "letter"


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block_text(b).split()) for b in blocks)
