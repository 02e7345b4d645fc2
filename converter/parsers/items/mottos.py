"""Epigraphs: what is set apart at a chapter's head, with its author or its source behind a dash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Block, Chapter, Figure, Paragraph, Quote, Text
from converter.document.words import block_text, plain_text
from converter.recognisers.lines.letters import attributes

EPIGRAPH_WORDS = 120  # of the quotation itself
SOURCE_WORDS = 10  # behind the dash below it
DASHES = "-–—―"
ENDS = '.!?…,;:”"»'  # of speech that begins with a dash


def paragraph_text(block: Block) -> str:
    """The text of a paragraph; "" where the block is none."""
    if not isinstance(block, Paragraph):
        return ""
    match block.content:
        case (Text(text),):
            return text.strip()
        case content:
            return plain_text(content).strip()


def with_epigraphs(chapter: Chapter) -> Chapter:
    """The chapter with the quotations at its head as epigraphs, where a dash below each says whose words they are; in a
    chapter that is called so, and alone below a part's heading, without it."""
    alone = chapter.kind in ("part", "volume") and all(isinstance(b, Quote) for b in chapter.blocks)
    named = chapter.kind == "epigraph" or alone
    blocks: list[Block] = list(chapter.blocks)
    for k, block in enumerate(blocks):
        if isinstance(block, Quote) and block.kind == "quote" and (named or names_source(block.blocks)):
            if len(block_text(block).split()) > EPIGRAPH_WORDS:
                break
            blocks[k] = replace(block, kind="epigraph")
        elif not (isinstance(block, Figure) or chapter.kind == "epigraph"):
            break
    return replace(chapter, blocks=tuple(blocks)) if blocks != list(chapter.blocks) else chapter


def names_source(blocks: Sequence[Block]) -> bool:
    """Whether the last line of what is set apart says after a dash whose words stand above it."""
    lines = [line.strip() for line in "\n".join(map(block_text, blocks)).split("\n") if line.strip()]
    if len(lines) < 2:
        return False
    last = lines[-1]
    brief = len(last.split()) <= SOURCE_WORDS and last[-1] not in ENDS
    return last[0] in DASHES and last.strip(DASHES) != "" and (brief or attributes(last))
