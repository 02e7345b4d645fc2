"""Edits into one run of inlines: each leaf of text gets its share, and the tree is rebuilt around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from converter.document.contracts import Edit
from converter.document.model import (
    Anchor,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    Ruby,
    Strong,
    Styled,
    Text,
)  # fmt: skip

OBJECT = "\ufffc"


def flat_text(content: Inlines) -> str:
    """The characters a rule sees: text, "\\n" for a line break, U+FFFC for an object."""
    if len(content) == 1 and isinstance(content[0], Text):
        return content[0].text
    out: list[str] = []
    _flatten(content, out)
    return "".join(out)


def _flatten(content: Inlines, out: list[str]) -> None:
    for inline in content:
        match inline:
            case Text(text):
                out.append(text)
            case Emphasis() | Strong() | Styled() | Link() | Anchor() | Foreign():
                _flatten(inline.content, out)
            case LineBreak():
                out.append("\n")
            case Ruby() | Image() | Note():
                out.append(OBJECT)
            case _:
                assert_never(inline)


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
    leaves: list[tuple[int, str]] = []
    total = _leaves(content, 0, leaves)
    shares, between = _shares(leaves, edits, total)
    texts = (edit_string(text, share) if share else text for (_, text), share in zip(leaves, shares, strict=True))
    rebuilt, _ = _rebuild(content, 0, texts, between)
    return (*rebuilt, *(Text(new) for _, new in between))


def _leaves(content: Inlines, start: int, leaves: list[tuple[int, str]]) -> int:
    """Appends the texts of `content` with the offsets at which they start; gives the offset behind it."""
    for inline in content:
        match inline:
            case Text(text):
                leaves.append((start, text))
                start += len(text)
            case Emphasis() | Strong() | Styled() | Link() | Anchor() | Foreign():
                start = _leaves(inline.content, start, leaves)
            case LineBreak() | Ruby() | Image() | Note():
                start += 1
            case _:
                assert_never(inline)
    return start


def _shares(
    leaves: Sequence[tuple[int, str]], edits: Sequence[Edit], total: int
) -> tuple[list[list[Edit]], list[tuple[int, str]]]:
    """Each leaf's edits, counted from its own start; and the insertions that touch no text, with their offsets."""
    shares: list[list[Edit]] = [[] for _ in leaves]
    between: list[tuple[int, str]] = []
    at = last = 0
    for edit in edits:
        if edit.start < last or edit.end < edit.start or edit.end > total:
            raise ValueError(f"edit out of order or range: {edit}")
        last = edit.end
        while at < len(leaves) and leaves[at][0] + len(leaves[at][1]) < edit.start:
            at += 1
        if edit.start == edit.end:
            if at < len(leaves) and leaves[at][0] <= edit.start:
                here = edit.start - leaves[at][0]
                shares[at].append(Edit(here, here, edit.new))
            elif edit.new:
                between.append((edit.start, edit.new))
            continue
        new, covered, i = edit.new, 0, at
        while i < len(leaves) and leaves[i][0] < edit.end:
            start, text = leaves[i]
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
        match inline:
            case Text(text):
                if new := next(texts):
                    out.append(inline if new == text else Text(new))
                start += len(text)
            case Emphasis() | Strong() | Styled() | Link() | Anchor() | Foreign():
                inner, start = _rebuild(inline.content, start, texts, between)
                if inner:
                    out.append(replace(inline, content=inner))
            case LineBreak() | Ruby() | Image() | Note():
                out.append(inline)
                start += 1
            case _:
                assert_never(inline)
    return tuple(out), start
