"""What stands above the text of a chapter: the words of somebody else's, and the line that says when it plays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Block, Emphasis, Paragraph, Quote, Verse
from converter.document.patterns import regex
from converter.document.words import block_text, plain_text
from converter.parsers.items.mottos import names_source, paragraph_text
from converter.parsers.text.lines.rows import may_end_paragraph
from converter.recognisers.lines.dates import is_dateline, is_placed_year, says_when
from converter.recognisers.lines.letters import attributes, is_source

EPIGRAPH_WORDS = 120  # of the quotation itself
EPIGRAPH_BLOCKS = 3
OPENING_QUOTES, CLOSING_QUOTES = tuple("\"“‘'«„"), tuple("\"”’'»“")
SOURCE_BEHIND = regex(r"[\"”’'»“]\s{0,2}([-–—―~]{1,2}\s?[^\"“”]{3,80})\Z")


def name_epigraph(blocks: list[Block]) -> list[Block]:
    """A few words of somebody else's under the chapter's title, with their author or their source after a dash; several
    stand one below the other."""
    out: list[Block] = []
    at = 0
    while at < len(blocks) and (end := _epigraph_end(blocks, at)) > at:
        first = blocks[at]
        alone = end == at + 1 and isinstance(first, Quote)
        made = replace(first, kind="epigraph") if alone and isinstance(first, Quote) else None
        out.append(made or Quote(tuple(blocks[at:end]), "epigraph", first.origin))
        at = end
    return [*out, *blocks[at:]]


def with_dateline(blocks: list[Block]) -> list[Block]:
    """The blocks of a chapter with the line at its head that says when it plays as a dateline: a sentence is told
    below it."""
    at = next((k for k, b in enumerate(blocks) if not (isinstance(b, Quote) and b.kind == "epigraph")), len(blocks))
    if at + 1 >= len(blocks):
        return blocks
    line, below = blocks[at], blocks[at + 1]
    if not isinstance(line, Paragraph) or line.role or line.align or not _is_when(paragraph_text(line)):
        return blocks
    if not isinstance(below, Paragraph) or not may_end_paragraph(paragraph_text(below)):
        return blocks
    return [*blocks[:at], replace(line, role="dateline"), *blocks[at + 1 :]]


def _is_when(text: str) -> bool:
    """Whether a line says when, or where and when, and no more: it ends no sentence."""
    return says_when(text) or is_placed_year(text) or (is_dateline(text) and not may_end_paragraph(text))


def _epigraph_end(blocks: Sequence[Block], at: int) -> int:
    """Where an epigraph ends that begins with block `at`; `at` where none does."""
    first, last = blocks[at], at + 1 == len(blocks)
    if not last and (_ends_with_name(first) or _holds_source(first)):
        return at + 1
    if isinstance(first, Quote):
        own = not last and first.kind == "quote" and names_source(first.blocks)
        if own:
            return at + 1
    for k in range(at + 1, min(len(blocks), at + EPIGRAPH_BLOCKS + 1)):
        before, block = blocks[at:k], blocks[k]
        if not all(isinstance(b, Paragraph | Verse | Quote) for b in before):
            break
        source = paragraph_text(block)
        known = attributes(source) and k + 1 < len(blocks)
        if known or (_is_quoted(before) and is_source(source)):
            brief = sum(len(block_text(b).split()) for b in before) <= EPIGRAPH_WORDS
            return k + 1 if brief else at
    return at


def _is_quoted(blocks: Sequence[Block]) -> bool:
    """Whether these blocks are one quotation, in quotation marks or in italics as a whole."""
    first, last = blocks[0], blocks[-1]
    texts = paragraph_text(first), paragraph_text(last)
    if texts[0][:1] in OPENING_QUOTES and texts[0] and texts[1][-1:] in CLOSING_QUOTES and texts[1]:
        return True
    return all(isinstance(b, Paragraph) and len(b.content) == 1 and isinstance(b.content[0], Emphasis) for b in blocks)


def _holds_source(block: Block) -> bool:
    """Whether a short paragraph is a quotation with its author behind it: \'"Flour remembers." --Ada Thorn\'."""
    text = paragraph_text(block)
    if text[:1] not in OPENING_QUOTES or not text or len(text.split()) > EPIGRAPH_WORDS:
        return False
    m = SOURCE_BEHIND.search(text)
    return m is not None and attributes(m[1])


def _ends_with_name(block: Block) -> bool:
    """Whether a few lines of verse end with their author after a dash, or with where they are from ("--old saying")."""
    if not isinstance(block, Verse) or len(block_text(block).split()) > EPIGRAPH_WORDS:
        return False
    last = plain_text(block.stanzas[-1][-1].content).strip()
    return sum(map(len, block.stanzas)) > 1 and (attributes(last) or is_source(last))
