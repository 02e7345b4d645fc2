"""What a book says, as its proof reads it: the running text, and what stands elsewhere than in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from converter.document.alignment import proof_words
from converter.document.contracts import Omission
from converter.document.model import (
    Aside,
    Block,
    Blocks,
    Book,
    Chapter,
    List,
    Note,
    Origin,
    Paragraph,
    Quote,
    SceneBreak,
)
from converter.document.record import dataclass
from converter.document.text_units import map_book
from converter.document.traversal import blocks_in
from converter.document.words import unit_texts

BREAK_MARK = "scene break"  # the rule by which an ornament stands for words


@dataclass(frozen=True, slots=True)
class Strand:
    """A piece of text that need not stand where it does in the source, and where it stood there."""

    text: str
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Strands:
    """A book's texts: `texts` those of the running text, in order; `notes` the footnotes, cited ones before those cited
    in them; `asides` the author's notes when they are parted from the running text; `marks` the words that an ornament
    replaces ("oOo")."""

    texts: tuple[str, ...]
    notes: tuple[Strand, ...]
    asides: tuple[Strand, ...]
    marks: tuple[Omission, ...]

    @property
    def running(self) -> str:
        """The running text in one piece."""
        return "\n".join(self.texts)


def strands(book: Book, moves: Sequence[Origin] = (), *, asides_apart: bool = False) -> Strands:
    """The texts of a book. `moves`: blocks with these origins are strands of their own, like notes. `asides_apart`:
    so are the author's notes."""
    teller = _Teller(frozenset(moves), asides_apart)
    marks: list[Omission] = []
    for _, chapter in book.walk():
        heads = [Paragraph(c) for c in (chapter.label, chapter.title) if c]
        blocks: Blocks = (*heads, *chapter.blocks)
        marks.extend(_marks(blocks))
        teller.tell(blocks)
    of_notes: list[Strand] = []
    for note in teller.notes:  # grows while it is read: a note may cite another
        of_notes.append(teller.strand(note.blocks))
        marks.extend(_marks(note.blocks))
    return Strands(tuple(teller.running), (*of_notes, *teller.moved), tuple(teller.asides), tuple(marks))


class _Teller:
    """The texts of blocks so far, each in its strand, and the notes that they cite."""

    def __init__(self, places: Set[Origin], asides_apart: bool) -> None:
        self.places, self.asides_apart = places, asides_apart
        self.running: list[str] = []
        self.asides: list[Strand] = []
        self.moved: list[Strand] = []
        self.notes: list[Note] = []

    def strand(self, blocks: Blocks) -> Strand:
        """Blocks as a strand of their own."""
        return Strand("\n".join(unit_texts(blocks, self.notes)), _origin(blocks))

    def tell(self, blocks: Blocks) -> None:
        """The next blocks."""
        if not self.places and not self.asides_apart:
            self.running.extend(unit_texts(blocks, self.notes))
            return
        for block in blocks:
            if self.asides_apart and isinstance(block, Aside) and block.kind in ("note-before", "note-after"):
                self.asides.append(self.strand((block,)))
            elif block.origin in self.places:
                self._move(block)
            elif isinstance(block, List | Quote | Aside) and self.places:
                if isinstance(block, Aside) and block.title:
                    self.running.extend(unit_texts((replace(block, blocks=()),), self.notes))
                self.tell(blocks_in(block))
            else:
                self.running.extend(unit_texts((block,), self.notes))

    def _move(self, block: Block) -> None:
        """A block that stands elsewhere than in its file; the parts of one without words of its own, each alone."""
        apart = isinstance(block, List) or (isinstance(block, Aside) and not block.title)
        for part in blocks_in(block) if apart else (block,):
            strand = self.strand((part,))
            self.moved.append(strand if strand.origin else replace(strand, origin=block.origin))


def as_written(book: Book) -> Book:
    """The book with the author's notes of each chapter where its file has them, by the lines of the blocks."""

    def ordered(chapter: Chapter) -> Chapter:
        notes = [b for b in chapter.blocks if isinstance(b, Aside) and b.kind in ("note-before", "note-after")]
        if not notes:
            return chapter
        blocks = [b for b in chapter.blocks if b not in notes]
        for note in notes:
            where = _line(note)
            blocks.insert(next((n for n, b in enumerate(blocks) if _line(b) > where), len(blocks)), note)
        return replace(chapter, blocks=tuple(blocks))

    return map_book(book, ordered)


def _line(block: Block) -> int:
    where = _origin((block,))
    return where.line if where else 0


def _origin(blocks: Blocks) -> Origin | None:
    """Where the first of these blocks stood that knows it."""
    for block in blocks:
        if block.origin is not None:
            return block.origin
        if inner := _origin(blocks_in(block)):
            return inner
    return None


def _marks(blocks: Blocks) -> Iterator[Omission]:
    """The scene breaks whose marks have letters in them: a book sets an ornament in their place."""
    for block in blocks:
        if isinstance(block, SceneBreak):
            if block.mark and proof_words(block.mark):
                yield Omission(BREAK_MARK, block.mark, block.origin or Origin("", 0))
        else:
            yield from _marks(blocks_in(block))
