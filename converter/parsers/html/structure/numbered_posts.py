"""Posts headed by bare numbers: each has one, so that only all of them together show that it heads a chapter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Aside, Block, Chapter, Heading, Paragraph
from converter.document.words import plain_text
from converter.parsers.items.chapters import label_and_title
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.authors_notes import speaks_to_readers

LEAST = 2  # numbers that count
ABOVE = 8  # blocks above one: what the author says to readers


def numbers_named(chapters: Sequence[Chapter], lex: Lexicon) -> list[Chapter]:
    """The chapters; those without a name whose text begins with a number, below what its author says to readers, are
    called so where these numbers count."""
    found = {k: head for k, c in enumerate(chapters) if (head := _number(c, lex)) is not None}
    values = [form.number.value if form.number else None for _, form in found.values()]
    first = values[0] if values else None
    if len(found) < LEAST or first is None or values != list(range(first, first + len(values))):
        return list(chapters)
    return [_named(chapter, *found[k]) if k in found else chapter for k, chapter in enumerate(chapters)]


def _number(chapter: Chapter, lex: Lexicon) -> tuple[int, Form] | None:
    """The place of the number with which a chapter without a name begins, and how it is read."""
    if chapter.label or chapter.title or chapter.children:
        return None
    for k, block in enumerate(chapter.blocks[:ABOVE]):
        if isinstance(block, Heading):
            form = read_form(" ".join(plain_text(block.content).split()), lex)
            return (k, form) if form is not None and form.shape == "number" and form.number else None
        if not _is_remark(block):
            return None
    return None


def _is_remark(block: Block) -> bool:
    return isinstance(block, Aside) or (isinstance(block, Paragraph) and speaks_to_readers(plain_text(block.content)))


def _named(chapter: Chapter, at: int, form: Form) -> Chapter:
    heading = chapter.blocks[at]
    assert isinstance(heading, Heading)
    label, title = label_and_title(heading.content, form)
    above = tuple(i for b in chapter.blocks[:at] for i in (b.blocks if isinstance(b, Aside) and not b.title else (b,)))
    note = (Aside(above, "note-before", (), above[0].origin),) if above else ()
    number = form.number.value if form.number else None
    blocks = (*note, *chapter.blocks[at + 1 :])
    return replace(chapter, label=label, title=title, number=number, blocks=blocks, origin=heading.origin)
