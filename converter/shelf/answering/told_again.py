"""What `chapbook convert` is told of a book that is made again, so that it stays the same book: what nobody wrote down
beside its story may have been said by an option once."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from converter.build.settings import KEYS
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import Story
from converter.document.errors import OutputError
from converter.shelf.answering.advice import doubted_fields
from converter.shelf.answering.sidecars import Said, key_of, said_in
from converter.shelf.gifts.removed import gift_of

SPELT = {"made_for": "for"}  # settings whose option is called otherwise
WITHOUT_OPTION = frozenset(
    {
        "subtitle", "illustrator", "editor", "fandom", "relationship", "character", "genre", "warning", "rating",
        "status", "updated", "identifier", "isbn",
    }
)  # fmt: skip


def options_of(folder: Path, story: Story, place: Path, answers: Said) -> list[str]:
    """What was said in options when the books in this folder were last made of a story, as options; but for what the
    sidecar at this place says since, and what these answers say there. Nothing of a story that was given to the shelf:
    of that nothing was ever said but in its sidecar."""
    if gift_of(story.source):
        return []
    said = {*answers, *newly_said(story, place)}
    if "series" in said:
        said.add("series_index")  # it counts within a series
    if "chapter" in said:
        said.add("no_chapters")
    try:
        with Catalogue(folder) as catalogue:
            asked = catalogue.asked_of(story.source)
    except OutputError:
        asked = None
    return as_options(_as_known(story) if asked is None else asked, said | WITHOUT_OPTION)


def _as_known(story: Story) -> dict[str, Any]:
    """What may have been said of a story of which that was not noted: what no option said is doubted."""
    known = {
        "title": story.title, "series": story.series, "series_index": story.series_index, "language": story.language,
        "author": story.authors,
    }  # fmt: skip
    doubted = doubted_fields(story)
    if "series" in doubted or not story.series:
        doubted.add("series_index")
    return {key: value for key, value in known.items() if key not in doubted}


def as_options(asked: Mapping[str, Any], left_out: Container[str] = ()) -> list[str]:
    """Settings as `chapbook convert` is told them, but for those that are left out."""
    options: list[str] = []
    for key, value in asked.items():
        if value and key not in left_out:
            name = f"--{SPELT.get(key, key).replace('_', '-')}"
            many = value if isinstance(value, list | tuple) else [value]
            options += [name] if KEYS[key].kind == "flag" else [f"{name}={one}" for one in many]
    return options


def newly_said(story: Story, place: Path) -> set[str]:
    """The settings that the sidecar at this place says, where it is another than when the story was last made."""
    own = os.path.realpath(place)
    read = (i for i in story.ingredients if i.role == "sidecar" and str(i.path) == own)
    return set() if any(i.is_unchanged for i in read) else set(map(key_of, said_in(place)))
