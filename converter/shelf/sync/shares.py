"""How much of a book is before a place, as the reader in the browser counts it."""

from __future__ import annotations

from pathlib import Path

from converter.limits.unzip import OWN_BOOKS, Archive, Damaged
from converter.shelf.sync import moving
from converter.shelf.sync.outlines import Outline


def share_before(path: Path, outline: Outline, spot: moving.Spot) -> float:
    """How much of the EPUB at this path is before a spot, from 0 to 1: each document counts by its bytes, as they do
    for foliate-js, and within a document the characters do."""
    try:
        with path.open("rb") as file:
            sizes = {entry.filename: entry.file_size for entry in Archive(file, OWN_BOOKS).entries}
    except (OSError, Damaged):
        sizes = {}
    weights = [sizes.get(chapter.name, 0) for chapter in outline]
    if not sum(weights):
        return moving.fraction(outline, spot)
    here = outline[spot.chapter]
    inside = min(spot.inside[1], here.sizes[spot.block]) if spot.inside and len(spot.inside[0]) == 1 else 0
    share = (sum(here.sizes[: spot.block]) + inside) / max(1, here.size)
    return (sum(weights[: spot.chapter]) + share * weights[spot.chapter]) / sum(weights)
