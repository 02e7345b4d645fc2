"""Stories whose files were moved or renamed: known again by their bytes; and those of which a fuller copy came."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from converter.build.inputs import SIZE_LIMIT
from converter.build.story_files import StoryFiles
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import digest
from converter.limits.files import read_regular


def moved_from(files: Sequence[Path], sources: Sequence[str], catalogue: Catalogue) -> str:
    """The source, as the catalogue calls it, where a story lay whose files have the very bytes of these; "" where it is
    no story that has been moved. Its books keep their names, their identifier and their history.

    `sources` is what the catalogue calls the files now. They are read only where a story with files of their sizes
    lies no longer where it lay. Raises OutputError.
    """
    if not sources or catalogue.knows(sources[0]) or not catalogue.has_vanished():
        return ""
    sizes = []
    for path in files:
        with suppress(OSError, ValueError):
            sizes.append(path.stat().st_size)
    for source in catalogue.vanished_of_sizes(sizes):
        before = [i.digest for i in catalogue.ingredients_of(source) if i.role == "story"]
        try:
            now = [digest(read_regular(path, SIZE_LIMIT)) for path in files]
        except (OSError, ValueError):
            return ""
        if sorted(before) == sorted(now):
            catalogue.claim(source)
            return source
    return ""


def grown_from(group: StoryFiles, sources: Sequence[str], catalogue: Catalogue) -> str:
    """The source, as the catalogue calls it, of a copy that was made until this fuller one came, and is made no more;
    "" where there is none. Its books are this story's from now on: it has grown, under another file's name.
    """
    if not sources or not group.book or catalogue.knows(sources[0]):
        return ""
    copies = (catalogue.name(group.path_of(twin)) for twin in group.book.twins if not twin.made)
    return next((source for source in copies if catalogue.knows(source)), "")
