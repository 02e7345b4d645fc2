"""Clean text: chapters, paragraphs and breaks in one file that any editor opens.

A blank line parts paragraphs, a heading stands between two, a scene break is its own mark or three stars; emphasis
stands between underscores, strong words between stars. Notes are numbered through each chapter and stand at its end,
each beginning with its number in brackets. No line is broken but where the story has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from converter.document.list_numbers import list_number
from converter.document.model import (
    Anchor,
    Aside,
    Block,
    Blocks,
    Book,
    Chapter,
    Definition,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    SceneBreak,
    Speech,
    Strong,
    Styled,
    Table,
    Text,
    Verse,
)
from converter.document.words import chapter_keys, chapter_name
from converter.writers.note_numbers import kept_numbers, number_of

BREAK = "* * *"
INDENT = "    "  # of quotations, verse and what stands in a list


def write_txt(book: Book) -> bytes:
    """The story as UTF-8 text with its title and authors on top, lines ending in "\\n". Raises nothing."""
    metadata = book.metadata
    head = [line for line in (metadata.title, metadata.subtitle, ", ".join(metadata.authors)) if line]
    parts = ["\n".join(head)] if head else []
    kept = kept_numbers(book)
    for key, (_, chapter) in zip(chapter_keys(book), book.walk(), strict=True):
        parts.extend(_chapter(chapter, kept=key in kept))
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _chapter(chapter: Chapter, *, kept: bool) -> Iterator[str]:
    text = _Text(kept=kept)
    name = chapter_name(chapter, readings=True)
    headed = [part for part in (chapter.label, chapter.title) if part]
    for part in headed:
        text.inlines(part)  # the notes they cite
    if name:
        yield f"\n{name}{''.join(f' [{n}]' for n in map(text.number, range(len(text.notes))))}"
    yield from text.blocks(chapter.blocks)
    yield from text.cited()


class _Text:
    """The text of one chapter, and the notes it cites."""

    def __init__(self, *, kept: bool) -> None:
        self.notes: list[Note] = []
        self.kept = kept

    def number(self, at: int) -> int:
        """The number of the note in this place: its own in the source where these are kept."""
        return number_of(self.notes[at]) if self.kept else at + 1

    def blocks(self, blocks: Blocks, margin: str = "") -> Iterator[str]:
        """Each block as the lines it has, every line after `margin`."""
        for block in blocks:
            yield from (f"{margin}{line}".replace("\n", f"\n{margin}") for line in self._block(block))

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(content) | Heading(content):
                yield self.inlines(content)
            case SceneBreak(mark):
                yield mark or BREAK
            case Preformatted(text):
                yield text
            case Quote(inner):
                yield from self.blocks(inner, INDENT)
            case Aside(inner):
                if block.title:
                    yield self.inlines(block.title)
                yield from self.blocks(inner)
            case Speech(speaker, inner):
                yield from self._speech(self.inlines(speaker), list(self.blocks(inner)))
            case Verse(stanzas):
                for stanza in stanzas:
                    yield "\n".join(f"{INDENT}{'  ' * line.indent}{self.inlines(line.content)}" for line in stanza)
            case List(items):
                for number, item in enumerate(items, block.start):
                    yield self._item(f"{list_number(number, block.numerals)}." if block.ordered else "-", item)
            case Definition(terms, meanings):
                if terms:
                    yield "\n".join(map(self.inlines, terms))
                for meaning in meanings:
                    yield from self.blocks(meaning, INDENT)
            case Table(rows):
                if block.caption:
                    yield self.inlines(block.caption)
                yield "\n".join(" | ".join(" ".join(self.blocks(cell.blocks)) for cell in row) for row in rows)
            case Figure(image, caption):
                yield from (t for t in dict.fromkeys((image.alt, self.inlines(caption))) if t)
            case _:
                assert_never(block)

    def _speech(self, name: str, lines: Sequence[str]) -> Sequence[str]:
        """A turn's lines, the first after the speaker's name."""
        if lines and name:
            return f"{name}: {lines[0]}", *lines[1:]
        return lines or (name,)

    def _item(self, sign: str, blocks: Blocks) -> str:
        """An item of a list, its first block after its number or dash."""
        lines = list(self.blocks(blocks))
        return "\n\n".join([f"{sign} {lines[0] if lines else ''}", *(f"{INDENT}{line}" for line in lines[1:])])

    def inlines(self, content: Inlines) -> str:
        """A run of text with its marks; a note becomes its number."""
        return "".join(map(self._inline, content))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return text
            case Emphasis(content):
                return _between("_", self.inlines(content))
            case Strong(content):
                return _between("*", self.inlines(content))
            case Styled(_, content) | Link(_, content) | Anchor(_, content) | Foreign(_, content):
                return self.inlines(content)
            case Ruby(base, reading):
                return f"{base}({reading})" if reading else base
            case LineBreak():
                return "\n"
            case Image():
                return inline.alt
            case Note():
                self.notes.append(inline)
                return f"[{self.number(len(self.notes) - 1)}]"
            case _:
                assert_never(inline)

    def cited(self) -> Iterator[str]:
        """The notes, each with its number; the list grows while it is read, for a note may cite another."""
        for at, note in enumerate(self.notes):
            yield f"[{self.number(at)}] " + "\n\n".join(self.blocks(note.blocks))


def _between(mark: str, text: str) -> str:
    """A text between two marks, the space at its edges outside of them."""
    bare = text.strip()
    if not bare:
        return text
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}{mark}{bare}{mark}{text[start + len(bare) :]}"
