"""Dedications, and the words of somebody else's that stand above a story or a chapter: epigraphs and mottos."""

from __future__ import annotations

from dataclasses import replace

from converter.document.model import Block, Paragraph, Quote, Text, Verse
from converter.document.words import block_text, plain_text
from converter.parsers.items.mottos import names_source
from converter.recognisers.lines.letters import (
    DEDICATION_WORDS,
    WEAK_WORDS,
    attributes,
    dedicates,
    in_brackets,
    is_motto,
    opens_dedication,
    without_and,
)

EPIGRAPH_WORDS = 120  # of the quotation itself
EPIGRAPH_BLOCKS = 3
SOURCE_WORDS = 6  # of a source below a few lines of verse that open a chapter
OPENING_QUOTES, CLOSING_QUOTES = "\"“‘'«_*„", "\"”’'»_*“"
ENDS = ".!?…"
MOTTO_WORDS = 40  # of a motto above its source in brackets


def paragraph_text(block: Block) -> str:
    """The text of a paragraph; "" where the block is none."""
    if not isinstance(block, Paragraph):
        return ""
    match block.content:
        case (Text(text),):
            return text.strip()
        case content:
            return plain_text(content).strip()


def name_front(blocks: list[Block]) -> list[Block]:
    """The blocks before a story, its dedication and its mottos among them."""
    return _front_epigraphs(_dedication(blocks))


def name_epigraph(blocks: list[Block]) -> list[Block]:
    """A few words of somebody else's under the chapter's title, with their author after a dash."""
    if len(blocks) > 1 and _ends_with_name(blocks[0]):
        return [Quote((blocks[0],), "epigraph", blocks[0].origin), *blocks[1:]]
    first = blocks[0] if len(blocks) > 1 else None
    if isinstance(first, Quote) and first.kind == "quote" and names_source(first.blocks):
        return [replace(first, kind="epigraph"), *blocks[1:]]
    for k, block in enumerate(blocks[: EPIGRAPH_BLOCKS + 1]):
        if k and isinstance(block, Paragraph) and attributes(paragraph_text(block)) and k + 1 < len(blocks):
            before = blocks[:k]
            brief = sum(len(block_text(b).split()) for b in before) <= EPIGRAPH_WORDS
            if brief and all(isinstance(b, Paragraph | Verse | Quote) for b in before):
                return [Quote((*before, block), "epigraph", blocks[0].origin), *blocks[k + 1 :]]
        if not isinstance(block, Paragraph | Verse | Quote):
            break
    return blocks


def _ends_with_name(block: Block) -> bool:
    """Whether a few lines of verse end with their author after a dash, or with where they are from ("--old saying")."""
    if not isinstance(block, Verse) or len(block_text(block).split()) > EPIGRAPH_WORDS:
        return False
    last = plain_text(block.stanzas[-1][-1].content).strip()
    brief = last[:1] in "-–—" and len(last.split()) <= SOURCE_WORDS and last[-1:] not in '.!?…,"”'
    return sum(map(len, block.stanzas)) > 1 and (attributes(last) or brief)


def _front_epigraphs(blocks: list[Block]) -> list[Block]:
    """Quoted words with their author after a dash or their source in brackets, and what calls itself a motto, among the
    pages before the story."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        block, below = blocks[k], blocks[k + 1] if k + 1 < len(blocks) else None
        end = k + 1
        if isinstance(block, Paragraph) and is_motto(paragraph_text(block)):
            end += below is not None and _names_source(below)
        elif below is not None and _may_be_quoted(block, below) and (_names_source(below) or _sources(block, below)):
            end += 1
        elif not _holds_source(block):
            out.append(block)
            k = end
            continue
        out.append(Quote(tuple(blocks[k:end]), "epigraph", block.origin))
        k = end
    return out


def _sources(block: Block, below: Block) -> bool:
    """Whether a few words behind a dash say where the quoted words above them are from: "-- a proverb of the coast"."""
    text, source = paragraph_text(block), paragraph_text(below)
    quoted = text[:1] in OPENING_QUOTES and text[-1:] in CLOSING_QUOTES
    return quoted and source[:1] in "-–—" and len(source.split()) <= SOURCE_WORDS + 2 and source[-1:] not in ENDS


def _may_be_quoted(block: Block, source: Block) -> bool:
    """Whether a block may be what the source below it is named for: verse, words in quotes or set apart; above a source
    in brackets any short paragraph."""
    if isinstance(block, Verse):
        return True
    text = paragraph_text(block)
    quoted = text[:1] in OPENING_QUOTES
    return bool(text) and (quoted or (in_brackets(paragraph_text(source)) and len(text.split()) <= MOTTO_WORDS))


def _names_source(block: Block) -> bool:
    return isinstance(block, Paragraph) and (attributes(paragraph_text(block)) or in_brackets(paragraph_text(block)))


def _holds_source(block: Block) -> bool:
    """Whether the last line of a stanza names where the lines above it are from."""
    if not isinstance(block, Verse) or len(block.stanzas) != 1 or len(block.stanzas[0]) < 2:
        return False
    last = plain_text(block.stanzas[0][-1].content).strip()
    return attributes(last) or in_brackets(last)


def _dedication(blocks: list[Block]) -> list[Block]:
    brief = all(len(block_text(b).split()) <= DEDICATION_WORDS for b in blocks)
    for k, block in enumerate(blocks):
        text = _lines_or_text(block)
        if dedicates(text, brief=brief):
            end = k + 1
            while end < len(blocks) and end - k < EPIGRAPH_BLOCKS and _dedicates_more(blocks[end]):
                end += 1
            return [*blocks[:k], Quote(tuple(blocks[k:end]), "dedication", block.origin), *blocks[end:]]
        if opens_dedication(text) and k + 1 < len(blocks):
            end = k + 1
            while end < len(blocks) and end - k < EPIGRAPH_BLOCKS + 1 and isinstance(blocks[end], Paragraph):
                end += 1
            return [*blocks[:k], Quote(tuple(blocks[k:end]), "dedication", block.origin), *blocks[end:]]
    return blocks


def _lines_or_text(block: Block) -> str:
    return block_text(block).strip() if isinstance(block, Verse) and len(block.stanzas) == 1 else paragraph_text(block)


def _dedicates_more(block: Block) -> bool:
    """Whether a block below a dedication is one, too: "And for my mother", a few words that end no sentence."""
    text = _lines_or_text(block)
    if not text or len(text.split()) > WEAK_WORDS or text[-1] in ENDS:
        return False
    return dedicates(without_and(text))
