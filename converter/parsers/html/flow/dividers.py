"""Drawn breaks between scenes: a low, broad picture that comes again and again between the paragraphs of a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from converter.document.model import Figure, Resource, SceneBreak
from converter.limits.pictures import NoPicture, open_picture
from converter.parsers.items.kinds import HeadingItem, Item

BROAD = 2.5  # times as broad as high, at least
HIGHEST = 150  # px
AGAIN = 2  # times


def drawn_dividers(parts: Sequence[Sequence[Item]], resources: Sequence[Resource]) -> frozenset[str]:
    """The names of the pictures that part scenes: low, broad, without a caption, the same one several times."""
    times = Counter(i.image.resource for items in parts for i in items if isinstance(i, Figure) and not i.caption)
    return frozenset(r.name for r in resources if times[r.name] >= AGAIN and _is_strip(r.data))


def with_dividers(items: Sequence[Item], dividers: frozenset[str]) -> list[Item]:
    """The items with a break for each of these pictures that stands between two blocks; one that stands below a heading
    belongs to it."""
    out: list[Item] = []
    for k, item in enumerate(items):
        if isinstance(item, Figure) and item.image.resource in dividers and not item.caption:
            above, below = (items[n] if 0 <= n < len(items) else None for n in (k - 1, k + 1))
            if _is_told(above) and _is_told(below):
                out.append(SceneBreak("", item.origin))
                continue
        out.append(item)
    return out


def _is_told(item: Item | None) -> bool:
    return item is not None and not isinstance(item, HeadingItem | Figure)


def _is_strip(data: bytes) -> bool:
    try:
        with open_picture(data) as picture:
            width, height = picture.size
    except NoPicture:
        return False
    return height <= HIGHEST and width >= BROAD * height
