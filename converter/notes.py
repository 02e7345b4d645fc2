"""Author's notes where the person wants them: where they stood, at their chapter's end, or left out and listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard, assert_never

from converter.contracts import Omission, Parsed
from converter.model import Aside, Block, Chapter, Origin
from converter.settings import Notes
from converter.verbatim import quoted
from converter.walk import block_text, map_book

RULE = "author's note"
LINE_TRUE = (".txt", ".text", ".md", ".markdown")  # whose visible text has the lines of the file


def place_notes(parsed: Parsed, where: Notes, source: str) -> Parsed:
    """`parsed` with the notes before and after its chapters in their place. `source` names a note without origin."""
    match where:
        case "inline":
            return parsed
        case "end":
            return replace(parsed, book=map_book(parsed.book, _at_end))
        case "drop":
            left_out = [
                Omission(RULE, block_text(block), block.origin or Origin(source, 1))
                for _, chapter in parsed.book.walk()
                for block in chapter.blocks
                if _is_note(block)
            ]
            if source.endswith(LINE_TRUE) and all(o.origin.source == source for o in left_out):
                left_out = list(quoted(left_out, parsed.texts[0].text))
            book = map_book(parsed.book, lambda c: replace(c, blocks=tuple(b for b in c.blocks if not _is_note(b))))
            return replace(parsed, book=book, omissions=(*parsed.omissions, *left_out))
        case _:
            assert_never(where)


def _is_note(block: Block) -> TypeGuard[Aside]:
    return isinstance(block, Aside) and block.kind in ("note-before", "note-after")


def _at_end(chapter: Chapter) -> Chapter:
    notes = tuple(replace(b, kind="note-after") for b in chapter.blocks if _is_note(b))
    return replace(chapter, blocks=(*(b for b in chapter.blocks if not _is_note(b)), *notes))
