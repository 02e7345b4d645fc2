"""Edits into one run of inlines: each leaf of text gets its share, and the tree is rebuilt around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.document.contracts import Edit
from converter.document.model import Inline, Inlines, Span, Text
from converter.document.traversal import characters_of_leaf, leaves, text_of


def flat_text(content: Inlines) -> str:
    """The characters a rule sees: text, "\\n" for a line break, U+FFFC for an object."""
    return text_of(content, characters_of_leaf)


def edit_string(text: str, edits: Sequence[Edit]) -> str:
    """Applies ascending, non-overlapping edits to a string. Raises ValueError for others."""
    parts: list[str] = []
    done = 0
    for edit in edits:
        if edit.start < done or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"edit out of order or range: {edit}")
        parts += (text[done : edit.start], edit.new)
        done = edit.end
    parts.append(text[done:])
    return "".join(parts)


def edit_inlines(content: Inlines, edits: Sequence[Edit]) -> Inlines:
    """Applies ascending, non-overlapping edits to a run of inlines; its flat text changes as the string would.

    Replaced text goes to the leaf in which the edit starts. A pure insertion at a border belongs to the leaf on its
    left; where there is none (start of the unit, after an object or a line break), to the leaf on its right; where
    there is no text on either side, it becomes a leaf of its own. Spans that lose all their content are dropped.
    Raises ValueError for edits that overlap, are out of order, out of range, or span a line break or an object.
    """
    if not edits:
        return content
    if len(content) == 1 and isinstance(content[0], Text):
        text = edit_string(content[0].text, edits)
        return (Text(text),) if text else ()
    texts, total = _texts(content)
    shares, between = _shares(texts, edits, total)
    edited = (edit_string(text, share) if share else text for (_, text), share in zip(texts, shares, strict=True))
    rebuilt, _ = _rebuild(content, 0, edited, between)
    return (*rebuilt, *(Text(new) for _, new in between))


def _texts(content: Inlines) -> tuple[list[tuple[int, str]], int]:
    """The texts of `content`, each with the offset at which it starts; and the offset behind the last leaf."""
    texts: list[tuple[int, str]] = []
    start = 0
    for leaf in leaves(content):
        if isinstance(leaf, Text):
            texts.append((start, leaf.text))
            start += len(leaf.text)
        else:
            start += len(characters_of_leaf(leaf))
    return texts, start


def _shares(
    texts: Sequence[tuple[int, str]], edits: Sequence[Edit], total: int
) -> tuple[list[list[Edit]], list[tuple[int, str]]]:
    """Each leaf's edits, counted from its own start; and the insertions that touch no text, with their offsets."""
    shares: list[list[Edit]] = [[] for _ in texts]
    between: list[tuple[int, str]] = []
    at = last = 0
    for edit in edits:
        if edit.start < last or edit.end < edit.start or edit.end > total:
            raise ValueError(f"edit out of order or range: {edit}")
        last = edit.end
        while at < len(texts) and texts[at][0] + len(texts[at][1]) < edit.start:
            at += 1
        if edit.start == edit.end:
            if at < len(texts) and texts[at][0] <= edit.start:
                here = edit.start - texts[at][0]
                shares[at].append(Edit(here, here, edit.new))
            elif edit.new:
                between.append((edit.start, edit.new))
            continue
        new, covered, i = edit.new, 0, at
        while i < len(texts) and texts[i][0] < edit.end:
            start, text = texts[i]
            low, high = max(start, edit.start), min(start + len(text), edit.end)
            if low < high:
                if low == edit.start + covered:
                    shares[i].append(Edit(low - start, high - start, new))
                    new = ""
                covered += high - low
            i += 1
        if covered != edit.end - edit.start:
            raise ValueError(f"edit spans an object or a line break: {edit}")
    return shares, between


def _rebuild(content: Inlines, start: int, texts: Iterator[str], between: list[tuple[int, str]]) -> tuple[Inlines, int]:
    out: list[Inline] = []
    for inline in content:
        while between and between[0][0] <= start:
            out.append(Text(between.pop(0)[1]))
        if isinstance(inline, Text):
            if new := next(texts):
                out.append(inline if new == inline.text else Text(new))
            start += len(inline.text)
        elif isinstance(inline, Span):
            inner, start = _rebuild(inline.content, start, texts, between)
            if inner:
                out.append(inline if inner == inline.content else replace(inline, content=inner))
        else:
            out.append(inline)
            start += len(characters_of_leaf(inline))
    return tuple(out), start
