"""Captions that a writer set below a picture: the stressed line right under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Emphasis, Figure, LineBreak, Paragraph, Text
from converter.document.words import plain_text
from converter.parsers.items.kinds import Item
from converter.recognisers.lines.captions import is_caption_below


def with_captions(items: Sequence[Item]) -> list[Item]:
    """The items with a stressed line that stands below a picture without a caption as this picture's."""
    out: list[Item] = []
    for item in items:
        before = out[-1] if out else None
        if isinstance(before, Figure) and not before.caption and isinstance(item, Paragraph) and _is_stressed(item):
            out[-1] = replace(before, caption=tuple(i for i in item.content if not isinstance(i, LineBreak)))
        else:
            out.append(item)
    return out


def _is_stressed(paragraph: Paragraph) -> bool:
    """Whether a paragraph is one stressed line that may be a caption."""
    said = [
        i for i in paragraph.content if not (isinstance(i, LineBreak) or (isinstance(i, Text) and not i.text.strip()))
    ]
    if len(said) != 1 or not isinstance(said[0], Emphasis) or paragraph.role:
        return False
    return is_caption_below(plain_text(said[0].content).strip())
