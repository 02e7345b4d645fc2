"""An author's note before a book's first heading, under a line that names it as headings do: a section of the front
matter with that line as its heading, listed in the contents.

What an author says to the readers of a post, behind a label ("A/N: ..."), is none: it stays a note beside the story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.model import Aside, Block, Blocks, Chapter, Emphasis, Inlines, Paragraph, SceneBreak, Strong
from converter.document.words import block_text
from converter.parsers.items.mottos import paragraph_text
from converter.recognisers.lines.authors_notes import heads_note, is_spoken, speaks_only_to_readers

FIRST = (None, 0, 1)  # numbers of the division below: before another one a chapter without a heading has been told
SPOKEN = 2  # paragraphs: somebody talks, as people do in a story


class NoteSection(NamedTuple):
    """What stands before the note, the note as a chapter, and the chapters behind it."""

    before: Chapter
    note: Chapter
    rest: list[Chapter]


def note_section(chapters: Sequence[Chapter]) -> NoteSection | None:
    """The chapters with the author's note among the first one's blocks apart; None where there is none. All that stands
    below its heading is the note, up to the next heading; a break below it may begin the story."""
    first, *rest = chapters or (Chapter(),)
    if not rest or first.label or first.title or first.children or rest[0].number not in FIRST:
        return None
    at = next((k for k, block in enumerate(first.blocks) if _heading(block)), None)
    if at is None:
        return None
    told = (*_below(first.blocks[at]), *first.blocks[at + 1 :])
    if not told or not all(map(_may_be_note, told)) or sum(is_spoken(block_text(b)) for b in told) >= SPOKEN:
        return None
    origin = first.blocks[at].origin or first.origin
    note = Chapter(told, (), _heading(first.blocks[at]), "preface", None, (), origin)
    return NoteSection(replace(first, blocks=first.blocks[:at]), note, rest)


def _heading(block: Block) -> Inlines:
    """The line over an author's note, without the marks that make it one; () where a block begins with none."""
    line: Block = block
    if isinstance(block, Aside):
        if block.title:
            return ()  # a site's own box
        line = block.blocks[0] if block.blocks else block
    if not isinstance(line, Paragraph) or not heads_note(paragraph_text(line)):
        return ()
    content = line.content
    while len(content) == 1 and isinstance(content[0], Strong | Emphasis):
        content = content[0].content
    return content


def _below(block: Block) -> Blocks:
    """What a note says below its heading."""
    return block.blocks[1:] if isinstance(block, Aside) else ()


def _may_be_note(block: Block) -> bool:
    if isinstance(block, SceneBreak | Aside):
        return False
    return not speaks_only_to_readers(block_text(block))
