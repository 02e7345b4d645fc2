"""Where the story of a book lies, so that it can be made again."""

from __future__ import annotations

import os
from pathlib import Path

from converter.catalogue.catalogue import ELSEWHERE, INSIDE, Catalogue
from converter.catalogue.records import RECONCILED, Story
from converter.document.errors import OutputError
from converter.shelf.store import Store


def path_of(store: Store, story: Story) -> Path | None:
    """The one path from which a story is made again: its file, or the folder of its files where no other story lies in
    it. None where it lies in an archive or on another machine, is not where it was, or shares its folder."""
    if any(mark in story.source for mark in (INSIDE, ELSEWHERE)) or story.source.endswith(RECONCILED):
        return None
    path = store.folder / story.source
    files = [str(i.path) for i in story.ingredients if i.role == "story"]
    own = os.path.realpath(path)
    if path.is_dir():
        return path if any(file.startswith(f"{own}{os.sep}") for file in files) else None
    if not path.is_file() or own not in files:
        return None
    return path if len(files) == 1 else _folder_of(store, story, files)


def _folder_of(store: Store, story: Story, files: list[str]) -> Path | None:
    """The folder of a story's files, if it is theirs alone."""
    home = Path(os.path.commonpath([os.path.dirname(file) for file in files]))  # noqa: PTH120
    try:
        with Catalogue(store.folder) as catalogue:
            start = f"{catalogue.name(home)}/"
    except OutputError:
        return None
    if not story.source.startswith(start):
        return None
    others = "SELECT 1 FROM books WHERE source <> ? AND substr(source, 1, ?) = ? LIMIT 1"
    return None if store.one(others, (story.source, len(start), start)) else store.folder / start.rstrip("/")
