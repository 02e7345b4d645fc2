"""A line from right to left ends flush where its last word is the last of what is set apart in it, or the word before.

The space that such a line ends with is the last of a box of its own, or of the box around stressed words. WeasyPrint 70
takes it off the text and not off what is drawn, and moves all of the line by the width of a space: with its words
stretched it stands in the margin, away from the other edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def line_ends_flush() -> Iterator[None]:
    """While it lasts the space at the end of a line from right to left is taken off what is drawn, and nothing moves
    but what stands right of it, which closes up."""
    from weasyprint.layout import inline

    taken = inline.remove_last_whitespace

    def flush(context: Any, line: Any) -> None:
        holders, places, width = _holders(line), [child.position_x for child in line.children], line.width
        taken(context, line)
        space = width - line.width
        if not space or all(box.style["direction"] != "rtl" for box in holders):
            return
        last = holders[-1].children[-1]
        if last.text:
            last.pango_layout = inline.split_text_box(context, last, None, 0)[0].pango_layout
        for child, place in zip(line.children, places, strict=True):
            child.translate(dx=place - child.position_x, ignore_floats=True)
        for box in holders:
            for child in box.children[:-1] if box.style["direction"] == "rtl" else ():
                child.translate(dx=-space, ignore_floats=True)

    inline.remove_last_whitespace = flush
    try:
        yield
    finally:
        inline.remove_last_whitespace = taken


def _holders(line: Any) -> list[Any]:
    """The line and the boxes at its end, each inside the one before, that hold others."""
    found, box = [], line
    while children := getattr(box, "children", ()):
        found.append(box)
        box = children[-1]
    return found
