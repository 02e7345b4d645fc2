"""Poems that a story quotes: the title above their first stanza, and below the last one whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Block, Paragraph, Quote, Verse
from converter.parsers.items.letter_ends import DASHES, is_name
from converter.parsers.items.mottos import paragraph_text
from converter.recognisers.lines.letters import attributes, is_source

TITLE_WORDS = 8
TITLE_LINES = 3  # of a poem at least: less below a line in capitals is an address, a name
SMALL_WORD = 3  # letters of a word of a title that need no capital


def name_poems(blocks: Sequence[Block], *, dash_speech: bool) -> list[Block]:
    """The blocks with poems that have a title, or a name below them, as quotations. `dash_speech`: a dash opens speech,
    so that none stands before such a name."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        titled = _is_plain(blocks[k]) and heads_poem(blocks, k)
        at = k + titled
        signed = not dash_speech and _is_signed(blocks, at)
        poem = list(blocks[k : at + 1 + signed])
        if titled and isinstance(poem[0], Paragraph):
            poem[0] = replace(poem[0], align="center")
        if signed and isinstance(poem[-1], Paragraph):
            poem[-1] = replace(poem[-1], role="signature", align="")
        out.extend([Quote(tuple(poem), "quote", poem[0].origin)] if titled or signed else poem)
        k += len(poem)
    return out


def _is_signed(blocks: Sequence[Block], k: int) -> bool:
    """Whether a line says whose the poem in place `k` is, right below it."""
    below = blocks[k + 1] if k + 1 < len(blocks) and isinstance(blocks[k], Verse) else None
    return below is not None and _is_plain(below) and _says_whose(paragraph_text(below))


def _is_plain(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.role


def is_poem(blocks: Sequence[Block]) -> bool:
    """Whether blocks are a poem with its title above and whose it is below, one of them at least, and nothing else."""
    below = len(blocks) - 1
    return any(isinstance(block, Verse) for block in blocks) and all(
        isinstance(block, Verse)
        or (k == 0 and heads_poem(blocks, k))
        or (k == below and _says_whose(paragraph_text(block)))
        for k, block in enumerate(blocks)
    )


def heads_poem(blocks: Sequence[Block], k: int) -> bool:
    """Whether the line in place `k` is the title of the poem below it: in capitals, or worded as a title where the line
    above announces the poem."""
    if k + 1 >= len(blocks) or not isinstance(poem := blocks[k + 1], Verse):
        return False
    text = paragraph_text(blocks[k])
    lines = sum(map(len, poem.stanzas))
    if not 0 < len(text.split()) <= TITLE_WORDS or lines < TITLE_LINES or text[-1] in '.,;:…-–—"”' or text[0] in '"“':
        return False
    if text.isupper():
        return True
    announced = k > 0 and paragraph_text(blocks[k - 1])[-1:] == ":"
    words = [word.strip("'’*_()") for word in text.split()]
    return announced and all(word[:1].isupper() or len(word) <= SMALL_WORD for word in words) and words[0][:1].isupper()


def _says_whose(text: str) -> bool:
    """Whether a line below a poem says whose it is, or where it is from: a dash, and a name or a source."""
    return (
        text[:1] in DASHES and len(text.lstrip("-–—~ ")) > 1 and (attributes(text) or is_name(text) or is_source(text))
    )
