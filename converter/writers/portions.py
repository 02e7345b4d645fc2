"""A long chapter in portions: old reading engines give up on documents above some hundred kilobytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from converter.document.model import Block, Blocks, List, Quote, Verse
from converter.writers.blocks import BlockWriter
from converter.writers.inlines import ChapterNotes, Rendering


def portions_of(blocks: Blocks, rendering: Rendering, limit: int) -> Iterator[Blocks]:
    """The blocks in runs whose markup stays below the limit, as far as paragraphs, stanzas and items allow."""
    waiting = list(reversed(blocks))
    portion: list[Block] = []
    size = 0
    while waiting:
        block = waiting.pop()
        weight = _weight(block, rendering)
        if weight > limit and (halves := _halves(block)):
            waiting.extend(reversed(halves))
            continue
        if portion and size + weight > limit:
            yield tuple(portion)
            portion, size = [], 0
        portion.append(block)
        size += weight
    yield tuple(portion)


def _weight(block: Block, rendering: Rendering) -> int:
    """Bytes of the block's markup, its notes included."""
    trial = etree.Element("section")
    writer = BlockWriter(rendering, ChapterNotes("x"))
    writer.write(trial, (block,))
    writer.write_notes(trial)
    return len(etree.tostring(trial, encoding="utf-8"))


def _halves(block: Block) -> tuple[Block, Block] | None:
    """A long block as two of its kind, cut in the middle; None where nothing in it can be parted."""
    match block:
        case Quote(blocks) if len(blocks) > 1:
            middle = len(blocks) // 2
            return replace(block, blocks=blocks[:middle]), replace(block, blocks=blocks[middle:])
        case Verse(stanzas) if len(stanzas) > 1:
            middle = len(stanzas) // 2
            return replace(block, stanzas=stanzas[:middle]), replace(block, stanzas=stanzas[middle:])
        case List(items) if len(items) > 1:
            middle = len(items) // 2
            rest = replace(block, items=items[middle:], start=block.start + middle if block.ordered else block.start)
            return replace(block, items=items[:middle]), rest
    return None
