"""How the lines of Rich Text Format look, and which of them look like headings: a page begins with one, or it stands
in larger type, and others look the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

PLAIN_SIZE = 24  # half points: the size of text that names none
HEADING_LONGEST = 80  # characters
LEAST_ALIKE = 2  # lines that look alike: one alone is the title of the whole, or a sign on a wall


class Look(NamedTuple):
    """How a line looks: the least size of its words in half points, whether all are bold, whether it stands in the
    middle."""

    size: int
    bold: bool
    centred: bool


class LookedAt(NamedTuple):
    """A line with its look. `opens` says that a page begins with it, `length` counts its characters."""

    line: int
    look: Look
    opens: bool
    length: int


def lines_like_headings(lines: Sequence[LookedAt]) -> frozenset[int]:
    """The numbers of the lines that are set as headings are, though no style calls them so.

    A short line is, where it is larger than the text and bold or in the middle, or where it is one of these and begins
    a page; a series of such lines, in several places, makes them headings. Where some kind of them begins pages, the
    others are signs and titles within the story.
    """
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[line.look.size] += line.length
    text = max(sizes, key=lambda size: (sizes[size], size), default=PLAIN_SIZE)
    alike: dict[Look, list[LookedAt]] = {}
    for line in lines:
        if line.length <= HEADING_LONGEST and _stands_out(line, text):
            alike.setdefault(line.look, []).append(line)
    at = {line.line: k for k, line in enumerate(lines)}
    series = [same for same in alike.values() if _places([at[line.line] for line in same]) >= LEAST_ALIKE]
    paged = [same for same in series if 2 * sum(line.opens for line in same) >= len(same)]
    return frozenset(line.line for same in paged or series for line in same)


def _places(lines: Sequence[int]) -> int:
    """In how many places lines stand: those right below each other, as on a title page, are in one."""
    return sum(here != before + 1 for before, here in pairwise((-2, *lines)))


def _stands_out(line: LookedAt, text: int) -> bool:
    """Whether a line differs from `text` of this size as a heading does."""
    size, bold, centred = line.look
    if size > text:
        return bold or centred or line.opens
    return line.opens and bold and size == text
