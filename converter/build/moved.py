"""Stories whose files were moved or renamed: known again by their bytes, or by the words in the books that were made of
them; and those of which a fuller copy came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from weakref import WeakKeyDictionary

from converter.build.inputs import SIZE_LIMIT
from converter.build.story_files import STANDARD_INPUT, StoryFiles
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import BOOK_LIMIT, digest
from converter.document.contracts import Packed, PackedKind
from converter.document.errors import InputError
from converter.folders.copies import held, letters
from converter.limits.files import read_head, read_regular
from converter.limits.unzip import Damaged

HELD = 0.8  # of a book's text that a file has to hold: it is the same story, told on or revised
FEWEST = 400  # letters of a book by which its story can be known again
BEGINNING = 32 * 1024  # bytes of a file in which its first words are looked for, whatever stands above them
ABOVE = 2_000  # letters of a head that may stand above these
PROLOGUE = 0.25  # of the book's letters: what may have been put before its beginning since
WINDOW = 32  # letters of the first words that have to stand there together: a heading may be written otherwise
_openings: WeakKeyDictionary[Catalogue, dict[bytes, list[str]]] = WeakKeyDictionary()  # of stories that vanished
PACKED: Mapping[str, PackedKind] = {".epub": "epub", ".docx": "docx", ".docm": "docx"}


def moved_from(files: Sequence[Path], sources: Sequence[str], catalogue: Catalogue) -> str:
    """The source, as the catalogue calls it, where a story lay whose files have the very bytes of these; "" where it is
    no story that has been moved. Its books keep their names, their identifier and their history.

    `sources` is what the catalogue calls the files now. They are read only where a story with files of their sizes
    lies no longer where it lay. Raises OutputError.
    """
    if not sources or catalogue.knows(sources[0]) or not catalogue.vanished.any():
        return ""
    sizes = []
    for path in files:
        with suppress(OSError, ValueError):
            sizes.append(path.stat().st_size)
    for source in catalogue.vanished.of_sizes(sizes):
        before = [i.digest for i in catalogue.ingredients_of(source) if i.role == "story"]
        try:
            now = [digest(read_regular(path, SIZE_LIMIT)) for path in files]
        except (OSError, ValueError):
            return ""
        if sorted(before) == sorted(now):
            catalogue.vanished.claim(source)
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


def told_on_from(group: StoryFiles, sources: Sequence[str], catalogue: Catalogue) -> str:
    """The source, as the catalogue calls it, of a story that lies no longer where it lay and whose book has words that
    these files begin with, and hold for the most part; "" where there is none. So a serial is known again that was
    downloaded anew under another name, with more chapters.

    Files are read only where a story vanished, wholly only where one of those begins with the same words. Raises
    OutputError.
    """
    if not sources or group.files[0] == STANDARD_INPUT or catalogue.knows(sources[0]) or not catalogue.vanished.any():
        return ""
    candidates = _beginning_alike(_beginning(group.files[0]), catalogue)
    if not candidates:
        return ""
    now = b"".join(map(_letters_in, group.files))
    for source, at in candidates.items():
        before = _letters_of_book(source, catalogue)
        near = at <= ABOVE + len(before) * PROLOGUE
        if near and len(before) >= FEWEST and held(before, now).share >= HELD:
            catalogue.vanished.claim(source)
            return source
    return ""


def _beginning_alike(first: bytes, catalogue: Catalogue) -> dict[str, int]:
    """The stories that vanished and whose first words stand in the beginning of a file, with how many letters stand
    before these."""
    openings = _openings.get(catalogue)
    if openings is None:
        openings = _openings[catalogue] = {}
        for source, opening in catalogue.vanished.openings():
            words = letters(opening.encode("utf-8", "replace"))
            for start in range(0, len(words) - WINDOW + 1, WINDOW // 2):
                openings.setdefault(words[start : start + WINDOW], []).append(source)
    found: dict[str, int] = {}
    for at in range(len(first) - WINDOW + 1 if openings else 0):
        for source in openings.get(first[at : at + WINDOW], ()):
            if catalogue.vanished.has(source):
                found.setdefault(source, at)
    return found


def _beginning(path: Path) -> bytes:
    if path.suffix.lower() in PACKED:
        return _letters_in(path)[:BEGINNING]
    try:
        return letters(read_head(path, BEGINNING))
    except (OSError, ValueError):
        return b""


def _letters_in(path: Path) -> bytes:
    """The letters of a story's file; none of one that can't be read."""
    from converter.proof.packed import text_in

    try:
        data = read_regular(path, SIZE_LIMIT)
        kind = PACKED.get(path.suffix.lower())
        return letters(text_in(Packed(kind, path.name, data)).encode("utf-8", "replace") if kind else data)
    except (OSError, ValueError):
        return b""


def _letters_of_book(source: str, catalogue: Catalogue) -> bytes:
    """The letters of the EPUB that was made of a story; none where it is gone, or was divided into volumes."""
    from converter.proof.books import epub_text

    for record in catalogue.records_of([source]):
        if record.format == "epub" and not record.volumes:
            with suppress(OSError, ValueError, KeyError, InputError, Damaged):
                return letters(epub_text(read_regular(record.path, BOOK_LIMIT))[0].encode("utf-8", "replace"))
    return b""
