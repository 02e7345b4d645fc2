"""What in a book's chapters is only its typesetter's: the look of headings, small capitals of first words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeGuard

from converter.document.edit_script import flat_text
from converter.document.model import (
    Block,
    Chapter,
    Emphasis,
    Figure,
    Inline,
    Inlines,
    Note,
    Paragraph,
    SceneBreak,
    Strong,
    Styled,
    Text,
)
from converter.document.words import word_count

LEAD_WORDS = 8  # of a first line that is set in small capitals


def without_type(one: Chapter) -> Chapter:
    """A chapter without what is only its typesetter's: the look of headings, small capitals of first words."""
    return replace(
        one,
        label=as_heading(one.label),
        title=as_heading(one.title),
        blocks=tuple(with_plain_openings(one.blocks)),
        children=tuple(map(without_type, one.children)),
    )


def as_heading(content: Inlines) -> Inlines:
    """A heading's words without a look that all of them have: italics, bold and small capitals are its type."""
    while True:
        spoken = [i for i in content if not isinstance(i, Note) and any(map(str.isalnum, flat_text((i,))))]
        if not spoken or not all(map(_is_type, spoken)):
            return content
        content = tuple(c for i in content for c in (i.content if i in spoken and _is_type(i) else (i,)))


def _is_type(inline: Inline) -> TypeGuard[Emphasis | Strong | Styled]:
    return isinstance(inline, Emphasis | Strong) or (isinstance(inline, Styled) and inline.style == "small-caps")


def with_plain_openings(blocks: Iterable[Block]) -> list[Block]:
    """The blocks; small capitals of the first words of a chapter or a scene are the typesetter's."""
    out: list[Block] = []
    opens = True
    for block in blocks:
        out.append(_with_plain_opening(block) if opens and isinstance(block, Paragraph) else block)
        opens = isinstance(block, SceneBreak | Figure)
    return out


def _with_plain_opening(paragraph: Paragraph) -> Paragraph:
    first = paragraph.content[0] if paragraph.content else None
    if (
        not isinstance(first, Styled)
        or first.style != "small-caps"
        or word_count(flat_text(first.content)) > LEAD_WORDS
    ):
        return paragraph
    return replace(paragraph, content=merged((*first.content, *paragraph.content[1:])))


def merged(content: Inlines) -> Inlines:
    """The inlines with texts that touch as one."""
    out: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + inline.text)
        else:
            out.append(inline)
    return tuple(out)
