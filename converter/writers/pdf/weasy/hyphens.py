"""Hyphens are moderate: two in a row at most, no half word at a paragraph's end, none at a page's end.

CSS has words for it (`hyphenate-limit-lines`, `hyphenate-limit-last`) that WeasyPrint 70 does not know. A line that
ends in a hyphen where none may be is broken once more, with its last word whole. How lines are broken is known by
private names of `layout.inline` and `layout.block`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

IN_A_ROW = 2
TYPED = "-"
HAIR = 0.01  # CSS pixels: what rounding may take away
PIECES = ("TextBox", "InlineBox", "LineBox")  # what a line of mere words is made of
Ending = Literal["", "parted", "typed"]


@contextmanager
def moderate_hyphens() -> Iterator[None]:
    """While it lasts lines are broken so."""
    from weasyprint.layout import block, inline

    kept = inline.split_first_line, inline.get_next_linebox, block._linebox_layout, block.find_earlier_page_break
    lines = _Lines(*kept)
    inline.split_first_line, inline.get_next_linebox = lines.split_off, lines.line
    block._linebox_layout, block.find_earlier_page_break = lines.of_page, lines.of_shorter_page
    try:
        yield
    finally:
        inline.split_first_line, inline.get_next_linebox = kept[:2]
        block._linebox_layout, block.find_earlier_page_break = kept[2:]


class _Lines:
    """In the place of four functions of WeasyPrint: a run of text is split, a line made, a paragraph set on a page
    until that is full, or until an earlier line where what follows has to stand with its end."""

    def __init__(self, split: Any, make: Any, lay: Any, break_earlier: Any) -> None:
        self.split, self.make, self.lay, self.break_earlier = split, make, lay, break_earlier
        self.is_whole = False  # while a line is broken with its last word whole
        self.seen: tuple[Any, Any, int] = (None, None, 0)  # a paragraph, where its last line ended, hyphens in a row

    def split_off(self, text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        if not self.is_whole:
            return self.split(text, style, context, max_width, *rest, **named)
        style = style.copy()
        style["hyphens"] = "none"
        line = self.split(text, style, context, max_width, *rest, **named)
        if line[2] is None or not line[0].text.rstrip().endswith(TYPED):
            return line
        words = line[0].text.rpartition(" ")[0]
        if not words.strip():
            return line
        width = self.split(words, style, context, None, *rest, **named)[3]
        return self.split(text, style, context, width + HAIR, *rest, **named)

    def line(self, context: Any, linebox: Any, y: float, space: float, begin: Any, block: Any, *rest: Any) -> Any:
        in_a_row = self.seen[2] if self.seen[0] is linebox and self.seen[1] == begin else 0
        taken = [len(rest[0]), len(rest[1]), len(context.excluded_shapes)]
        line, resume = self.make(context, linebox, y, space, begin, block, *rest)
        ending = ending_of(line) if resume is not None else ""
        moderate = not ending or (in_a_row < IN_A_ROW and not _is_half_word(linebox, resume))
        if not moderate and taken == [len(rest[0]), len(rest[1]), len(context.excluded_shapes)]:
            line, resume = self._again(context, linebox, y, space, begin, block, *rest)
            ending = ending_of(line)
        self.seen = (linebox, resume, in_a_row + 1 if ending else 0)
        if ending:
            line.made_from = (linebox, space, block)
        return line, resume

    def _again(self, *asked: Any) -> Any:
        self.is_whole = True
        try:
            return self.make(*asked)
        finally:
            self.is_whole = False

    def of_page(self, context: Any, box: Any, index: int, linebox: Any, made: list[Any], *rest: Any) -> Any:
        abort, stop, resume, *others = self.lay(context, box, index, linebox, made, *rest)
        if stop and not abort and self._mends(context, made):
            resume = {index: made[-1].resume_at}
        return (abort, stop, resume, *others)

    def of_shorter_page(self, context: Any, children: Any, *rest: Any) -> Any:
        found = self.break_earlier(context, children, *rest)
        if found and self._mends(context, found[0]):
            found = found[0], {0: found[0][-1].resume_at}
        return found

    def _mends(self, context: Any, lines: Any) -> bool:
        """Whether the last of these lines ended in a hyphen, and does no more."""
        if len(lines) < 2 or not ending_of(lines[-1]) or not is_mere_words(lines[-1]):
            return False
        linebox, space, block = lines[-1].made_from
        y, begin = lines[-1].position_y, lines[-2].resume_at
        lines[-1], resume = self._again(context, linebox, y, space, begin, block, [], [], None, None)
        lines[-1].resume_at = resume
        return True


def ending_of(line: Any) -> Ending:
    """Whether a line that was laid out ends in a hyphen: one that parts a word, or one that was typed."""
    box = line
    while box.children:
        box = box.children[-1]
    text = getattr(box, "text", "")
    if text.endswith(TYPED):
        return "typed"
    return "parted" if text and text.endswith(box.style["hyphenate_character"]) else ""


def is_mere_words(box: Any) -> bool:
    """Whether a line, or a piece of one, is made of nothing but text."""
    return type(box).__name__ in PIECES and all(map(is_mere_words, box.children))


def _is_half_word(linebox: Any, resume: Any) -> bool:
    """Whether what is left of a paragraph is one word."""
    return " " not in _left(linebox, resume).strip(" ")


def _left(box: Any, resume: Any) -> str:
    """The text of a paragraph from here on, as far as it takes to see a second word."""
    if not box.children:
        text: str = getattr(box, "text", " - ")  # what is no text is no part of a word
        return text.encode()[next(iter(resume)) :].decode() if resume else text
    at, inside = next(iter(resume.items())) if resume else (0, None)
    found = ""
    for child in box.children[at:]:
        found += _left(child, inside)
        inside = None
        if " " in found.strip(" "):
            break
    return found
