"""Entries of a diary or a log in a quotation: each begins with its day, or with a label in bold, and none is set in."""

from __future__ import annotations

from dataclasses import replace

from converter.document.model import Block, Blocks, Paragraph, Strong
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.recognisers.lines.dates import is_only_date

LEAST = 2  # entries; a label alone opens a paragraph as others are
_LABEL_ENDS = regex(r"(?<=\w)(?:[.:]\s|\s?[—–]\s?)")
LABEL_WORDS = 6  # of what stands in bold before an entry


def entries_flush(blocks: Blocks) -> Blocks:
    """The blocks of a quotation; where the first and others are such entries, all of these begin at the edge, as the
    first does: they are of one rank. Their further paragraphs are set in."""
    if not blocks or not _is_entry(blocks[0]) or sum(map(_is_entry, blocks)) < LEAST:
        return blocks
    return tuple(replace(b, role="continued") if isinstance(b, Paragraph) and _is_entry(b) else b for b in blocks)


def _is_entry(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.role or block.align or not block.content:
        return False
    if isinstance(label := block.content[0], Strong):
        words = plain_text(label.content).strip()
        return len(block.content) > 1 and 0 < len(words.split()) <= LABEL_WORDS and words[-1] not in "!?,;"
    text = plain_text(block.content).strip()
    end = _LABEL_ENDS.search(text[:60])
    return end is not None and is_only_date(text[: end.start()])
