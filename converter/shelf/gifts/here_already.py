"""Stories that are given with others, and of which a book is on the shelf: they are left out, so that there is no
second one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from converter.build.folders import folder_tree, stories_of
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import digest
from converter.document.errors import ConverterError
from converter.limits.files import read_regular
from converter.shelf.gifts.removed import gift_of, sweep
from converter.shelf.store import Store

LONGEST_SAME = 32 * 1024 * 1024  # bytes of a file that is looked for among those that are here


def leave_out(store: Store, home: Path) -> tuple[tuple[dict[str, Any], ...], bool]:
    """Removes from the folder of a gift the files that are a story each, of whose very bytes another story on the shelf
    was made: a row for each of them, and whether a story is left. Chapters of one story stay together. Raises
    OSError."""
    rows: list[dict[str, Any]] = []
    stories = 0
    with suppress(ConverterError):  # what can't be understood is told when it is made
        for story in stories_of(folder_tree(home)) if home.is_dir() else ():
            stories += 1
            (path, *others) = story.files
            if not others and (title := _title_of_same(store, path, home.name)):
                path.unlink()
                rows.append({"story": path.name, "state": "left out", "doubts": [f"it is on the shelf, as “{title}”"]})
        if rows:
            sweep(home)
    return tuple(rows), not rows or len(rows) < stories


def _title_of_same(store: Store, path: Path, gift: str) -> str:
    """The title of a book that was made of this file's bytes alone, but not as part of this gift; "" for none, and
    where the file was made into a book where it lies. Raises OutputError."""
    if path.stat().st_size > LONGEST_SAME:
        return ""
    with Catalogue(store.folder) as catalogue:
        if catalogue.knows(catalogue.name(path)):
            return ""
        sources = catalogue.made_of_bytes(digest(read_regular(path, LONGEST_SAME)))
    for source in sources:
        row = store.one("SELECT title FROM books WHERE source = ?", (source,)) if gift_of(source) != gift else None
        if row:
            return str(row[0])
    return ""
