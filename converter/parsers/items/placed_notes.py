"""Author's notes where the person wants them: where they stood, at their chapter's end, or left out and listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard, assert_never

from converter.document.contracts import Notes, Omission, Parsed
from converter.document.model import Aside, Block, Chapter, Note, Origin, SceneBreak
from converter.document.text_units import map_book
from converter.document.verbatim import quoted_omissions
from converter.document.words import block_text, unit_texts

RULE = "author's note"


def place_notes(parsed: Parsed, where: Notes, source: str) -> Parsed:
    """`parsed` with the notes before and after its chapters in their place. `source` names a note without origin.

    A break between a note and the story parts no scenes: it goes, and letters in it are named.
    """
    match where:
        case "inline":
            kept = _Placing(source, at_end=True, moves=False)
            book = map_book(parsed.book, kept.placed)
            return replace(parsed, book=book, omissions=(*parsed.omissions, *kept.breaks))
        case "end":
            moved = _Placing(source, at_end=True)
            book = map_book(parsed.book, moved.placed)
            return replace(parsed, book=book, omissions=(*parsed.omissions, *moved.breaks))
        case "drop":
            left_out = [
                omission
                for _, chapter in parsed.book.walk()
                for block in chapter.blocks
                if _is_note(block)
                for omission in _omissions(block, source)
            ]
            text = parsed.texts[0] if parsed.texts else None
            if text and text.kind != "html" and all(o.origin.source == text.name for o in left_out):
                left_out = list(quoted_omissions(left_out, text.text))  # what is seen has the lines of the file
            dropped = _Placing(source, at_end=False)
            book = map_book(parsed.book, dropped.placed)
            return replace(parsed, book=book, omissions=(*parsed.omissions, *left_out, *dropped.breaks))
        case _:
            assert_never(where)


def _omissions(block: Aside, source: str) -> Iterator[Omission]:
    """A note that is left out, and each of its footnotes at its own place: that may be anywhere in the file."""
    origin = block.origin or Origin(source, 1)
    footnotes: list[Note] = []
    running = "\n".join(unit_texts((block,), footnotes))
    if not footnotes:
        yield from _in_order(block, origin)
        return
    yield Omission(RULE, running, origin)
    breaks = (b for b in block.blocks if isinstance(b, SceneBreak) and b.mark)
    yield from (Omission(RULE, b.mark, b.origin or origin) for b in breaks)
    for note in footnotes:  # grows while it is read: a footnote may cite another
        where = next((b.origin for b in note.blocks if b.origin), origin)
        yield Omission(RULE, "\n".join(unit_texts(note.blocks, footnotes)), where)


def _in_order(block: Aside, origin: Origin) -> Iterator[Omission]:
    """What a note says: as one piece, as long as its blocks stand in the file in their order."""
    run: list[Block] = []
    at = origin
    for inner in block.blocks:
        where = inner.origin or at
        if run and where.line < at.line:
            yield _piece(block, run, origin)
            run, origin = [], where
        run.append(inner)
        at = where
    yield _piece(block, run, origin)


def _piece(block: Aside, run: Sequence[Block], origin: Origin) -> Omission:
    title = block.title if run and run[0] is block.blocks[0] else ()
    return Omission(RULE, block_text(replace(block, blocks=tuple(run), title=title)), origin)


def _is_note(block: Block) -> TypeGuard[Aside]:
    return isinstance(block, Aside) and block.kind in ("note-before", "note-after")


def _letters(mark: str) -> str:
    """The words of a break's mark, from the first with a letter to the last: signs need not be named."""
    words = mark.split()
    lettered = [k for k, word in enumerate(words) if any(map(str.isalnum, word))]
    return " ".join(words[lettered[0] : lettered[-1] + 1])


class _Placing:
    """Takes the notes from between the blocks of chapters, or leaves them there (`moves`), and the breaks that stand
    between a note and the story."""

    def __init__(self, source: str, *, at_end: bool, moves: bool = True) -> None:
        self.source = source
        self.at_end = at_end
        self.moves = moves
        self.breaks: list[Omission] = []

    def placed(self, chapter: Chapter) -> Chapter:
        """The chapter with its notes in their place, or without them."""
        notes = [b for b in chapter.blocks if _is_note(b)]
        if not notes:
            return chapter
        blocks = list(chapter.blocks)
        edges = self._edges(blocks)
        kept = [b for i, b in enumerate(blocks) if i not in edges]
        if not self.moves:
            return replace(chapter, blocks=tuple(kept))
        rest = [b for b in kept if not _is_note(b)]
        moved = [replace(b, kind="note-after") for b in notes] if self.at_end else []
        return replace(chapter, blocks=(*rest, *moved))

    def _edges(self, blocks: Sequence[Block]) -> set[int]:
        """The places of the breaks that stand between a note and the story."""
        told = [i for i, b in enumerate(blocks) if not isinstance(b, SceneBreak) and not _is_note(b)]
        if not told:
            return set()
        first = told[0] if any(map(_is_note, blocks[: told[0]])) else 0
        last = told[-1] + 1 if self.moves or any(map(_is_note, blocks[told[-1] :])) else len(blocks)
        edges: set[int] = set()
        for i in (*range(first), *range(last, len(blocks))):
            block = blocks[i]
            if not isinstance(block, SceneBreak):
                continue
            edges.add(i)
            if any(map(str.isalnum, block.mark)):
                self.breaks.append(
                    Omission("scene break", _letters(block.mark), block.origin or Origin(self.source, 1))
                )
        return edges
