"""Sentences that a program cut in two: it split a chapter by its size, and the second file goes on in mid-sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Paragraph, SceneBreak, Text
from converter.document.words import plain_text
from converter.parsers.epub.type_look import merged
from converter.parsers.items.kinds import Gap, Item


def with_whole_sentences(items: Sequence[Item]) -> list[Item]:
    """The items of a part; where a document ends in mid-sentence and the next one goes on in small letters, the two
    halves are one paragraph. Rules and gaps between them are the cut's."""
    out: list[Item] = []
    for item in items:
        whole = item
        if isinstance(item, Paragraph):
            at = next((i for i in range(len(out) - 1, -1, -1) if not _is_cut(out[i])), -1)
            above = out[at] if at >= 0 else None
            if isinstance(above, Paragraph) and _goes_on(above, item):
                del out[at:]
                whole = replace(above, content=merged((*above.content, Text(" "), *item.content)))
        out.append(whole)
    return out


def _is_cut(item: Item) -> bool:
    return isinstance(item, Gap) or (isinstance(item, SceneBreak) and not any(map(str.isalnum, item.mark)))


def _goes_on(above: Paragraph, below: Paragraph) -> bool:
    """Whether the second paragraph, of another document, goes on with the sentence of the first."""
    if above.origin is None or below.origin is None or above.origin.source == below.origin.source:
        return False
    if above.align != below.align:
        return False
    end, start = plain_text(above.content).rstrip()[-1:], plain_text(below.content).lstrip()[:1]
    return start.islower() and (end.isalnum() or end == ",")
