"""What `chapbook convert` is told of a book that is made again, so that it stays the same book: what nobody wrote down
beside its story may have been said by an option once."""

from __future__ import annotations

import os
from pathlib import Path

from converter.catalogue.records import Story
from converter.shelf.answering.advice import doubted_fields
from converter.shelf.answering.sidecars import Said, key_of, said_in
from converter.shelf.gifts.removed import gift_of


def options_of(story: Story, place: Path, answers: Said) -> list[str]:
    """Title, authors, series and language of a story as options, but for what the sidecar at this place says since the
    story was made, what these answers say there, and what is doubted, which no option said. Nothing of a story that was
    given to the shelf: of that nothing was ever said but in its sidecar."""
    if gift_of(story.source):
        return []
    left_out = {*answers, *newly_said(story, place), *doubted_fields(story)}
    if "series" in left_out or not story.series:
        left_out.add("series_index")  # it counts within a series
    said = {"title": story.title, "series": story.series, "series_index": story.series_index}
    named = [*said.items(), ("language", story.language), *(("author", name) for name in story.authors)]
    return [f"--{key.replace('_', '-')}={value}" for key, value in named if value and key not in left_out]


def newly_said(story: Story, place: Path) -> set[str]:
    """The settings that the sidecar at this place says, where it is another than when the story was last made."""
    own = os.path.realpath(place)
    read = (i for i in story.ingredients if i.role == "sidecar" and str(i.path) == own)
    return set() if any(i.is_unchanged for i in read) else set(map(key_of, said_in(place)))
