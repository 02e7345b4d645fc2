"""The tables of shards, told to the catalogue of the folder in which the books are."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from converter.catalogue.catalogue import INSIDE, Catalogue
from converter.catalogue.records import Story, state_of
from converter.cluster.addresses import is_address
from converter.cluster.tables import stories_in


def merge(folder: Path, tables: Iterable[tuple[str, bytes]]) -> None:
    """Notes all stories of these tables, each table at once: all of it or nothing. Raises MissingInput, OutputError.

    The same story in two places has one book: that is noted with the first.
    """
    with Catalogue(folder) as catalogue:
        for address, data in tables:
            stories = [_as_kept(story, folder, catalogue) for story in stories_in(data, address)]
            with catalogue.writing():
                for story in stories:
                    if not any(_is_anothers(catalogue, story, book.path) for book in story.books):
                        catalogue.note(story, time.time())


def _is_anothers(catalogue: Catalogue, story: Story, path: Path) -> bool:
    known = catalogue.record(path)
    return known is not None and known.source != story.source


def _as_kept(story: Story, folder: Path, catalogue: Catalogue) -> Story:
    """The story as the catalogue calls it, with what its books are like on the disk."""
    source, there = _source(story.source, catalogue), []
    for book in story.books:
        path = folder / book.path
        moment = time.time_ns()
        there.append(replace(book, path=path, source=source, state=state_of(path) or (0, 0, 0), noted=moment))
    return replace(story, source=source, books=tuple(there))


def _source(source: str, catalogue: Catalogue) -> str:
    if is_address(source):
        return source
    if os.path.lexists(source) or INSIDE not in source:
        return catalogue.name(Path(source))
    shard, _, inside = source.partition(INSIDE)
    return f"{catalogue.name(Path(shard))}{INSIDE}{inside}"
