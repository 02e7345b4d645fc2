"""Columns that spaces align in the lines of a drawn box: where each begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from converter.document.patterns import regex

GAP = regex(r"\S {2,}(?=\S)")
LEAST_ROWS = 2  # with the same columns
BETWEEN = "  "  # two columns, in one line at least; the others may have their words nearer


def is_gapped(text: str) -> bool:
    """Whether a line is parted by several spaces."""
    return GAP.search(text) is not None


def columns_of(texts: Sequence[str]) -> list[list[str]]:
    """The cells of these lines, row by row, parted where all of them have spaces one below the other; none where they
    have no columns in common."""
    width = max(map(len, texts), default=0)
    blank = [all(text[at : at + 1] in ("", " ") for text in texts) for at in range(width)]
    ends: list[tuple[int, int]] = []
    for is_blank, run in groupby(range(width), key=blank.__getitem__):
        places = list(run)
        first, last = places[0], places[-1]
        if is_blank and first and last < width - 1 and any(BETWEEN in text[first - 1 : last + 2] for text in texts):
            ends.append((first, last + 1))
    if len(texts) < LEAST_ROWS or not ends:
        return []
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), width]
    return [[text[a:b].strip() for a, b in zip(starts, stops, strict=True)] for text in texts]
