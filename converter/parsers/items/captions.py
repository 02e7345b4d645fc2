"""Captions that a writer set below a picture: the stressed line right under it, or one that gives its number or says
who drew it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Emphasis, Figure, LineBreak, Paragraph, Text
from converter.document.words import plain_text
from converter.parsers.items.kinds import Item
from converter.recognisers.headings.endings import is_closing
from converter.recognisers.lines.captions import is_caption_below, is_numbered_figure, says_whose_picture

FIGURE_WORDS = 40  # of the line under a numbered picture


def with_captions(items: Sequence[Item]) -> list[Item]:
    """The items with the line below a picture without a caption as this picture's, where it is stressed or names it."""
    out: list[Item] = []
    for item in items:
        before = out[-1] if out else None
        if isinstance(before, Figure) and not before.caption and isinstance(item, Paragraph) and _is_caption(item):
            out[-1] = replace(before, caption=tuple(i for i in item.content if not isinstance(i, LineBreak)))
        else:
            out.append(item)
    return out


def _is_caption(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a stressed line, or says itself that it stands below a picture."""
    if paragraph.role:
        return False
    text = " ".join(plain_text(paragraph.content).split())
    named = is_numbered_figure(text) and len(text.split()) <= FIGURE_WORDS
    return named or says_whose_picture(text) or _is_stressed(paragraph)


def _is_stressed(paragraph: Paragraph) -> bool:
    """Whether a paragraph is one stressed line that may be a caption."""
    said = [
        i for i in paragraph.content if not (isinstance(i, LineBreak) or (isinstance(i, Text) and not i.text.strip()))
    ]
    if len(said) != 1 or not isinstance(said[0], Emphasis):
        return False
    text = plain_text(said[0].content).strip()
    return is_caption_below(text) and not is_closing(text)
