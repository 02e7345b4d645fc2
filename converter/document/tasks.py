"""Tasks: an item of a list begins with its box, open or ticked, and is a task by nothing else."""

from __future__ import annotations

from dataclasses import replace

from converter.document.model import Blocks, Paragraph, Text

OPEN, DONE = "☐", "☑"
TYPED = {"[ ] ": OPEN, "[x] ": DONE, "[X] ": DONE}
"""What writers type, as GitHub reads it, and the box that it is."""


def as_task(text: str) -> str:
    """A text that begins with a typed box, with a drawn one in its place; any other as it is."""
    return f"{TYPED[text[:4]]} {text[4:]}" if is_typed_task(text) else text


def is_typed_task(text: str) -> bool:
    """Whether a text begins with a typed box."""
    return text[:4] in TYPED and bool(text[4:5].strip())


def begun_with_box(item: Blocks, *, done: bool) -> Blocks:
    """An item of a list as a task: its first paragraph begins with the box; without one it is no task."""
    first = item[0] if item else None
    if not isinstance(first, Paragraph):
        return item
    box = Text(f"{DONE if done else OPEN} ")
    start = first.content[0] if first.content else None
    joined = isinstance(start, Text)
    begin = Text(box.text + start.text.lstrip()) if isinstance(start, Text) else box
    return (replace(first, content=(begin, *first.content[joined:])), *item[1:])


def parted_task(item: Blocks) -> tuple[str, Blocks]:
    """An item's box, "" where it is no task, and the item without it."""
    first = item[0] if item else None
    if isinstance(first, Paragraph) and first.content and isinstance(text := first.content[0], Text):
        box, space, rest = text.text.partition(" ")
        if space and box in (OPEN, DONE):
            content = ((Text(rest),) if rest else ()) + first.content[1:]
            return box, (replace(first, content=content), *item[1:])
    return "", item
