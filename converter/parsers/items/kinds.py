"""What the walk over a page yields: finished blocks, and the two things whose meaning the whole page decides."""

from __future__ import annotations

from dataclasses import field

from converter.document.model import Block, Inlines, Origin
from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """Blank lines between blocks: spacing or a scene break, by the page's own habit."""

    lines: int = 1
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class HeadingItem:
    """A heading element: its lines (parted by `<br>` or blocks) and its level from 1 to 6."""

    lines: tuple[Inlines, ...]
    level: int
    origin: Origin | None = field(default=None, compare=False)
    marked: bool = True  # made with h1 to h6; False: a paragraph that reads like one
    named: bool = False  # the page says elsewhere that its chapter is called so


Item = Block | Gap | HeadingItem
