"""Gifts that are given again: which files of an earlier one hold the same stories, or less of them.

A serial is downloaded again with a chapter more, under its name, under one that counts its chapters, or under the name
that browsers give to a second copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import IO

from converter.folders.copies import held, letters
from converter.folders.listing import WHOLE
from converter.folders.named_files import FILES, listed_files
from converter.limits.unzip import Archive, ArchiveLimits, Damaged
from converter.parsers.docx.glimpse import glimpse
from converter.parsers.works.order import natural
from converter.recognisers.metadata.copies_in_names import unversioned
from converter.shelf.answering.sidecars import said_in, sidecar_of

GROWN = 0.8  # of an earlier text that a later one holds whose name is like its own: it is the same story, told on
NEARLY = 0.95  # the same, of a page
REVISED = 0.5  # the same, of one that has its very name
CUT = 0.9  # of an earlier text's length that a revised one has at least: a shorter one may be a part of it
RICHER = 1.03  # times the letters of an earlier text that one in a poorer format has to have: it tells more
CHAPTER = 500  # letters by which an older version of a story is shorter at least: a revised one may lack less
TOLD = 200  # letters of a text by which it can be known again
MOST_COMPARED = 50  # of such names
MOST_FOLDERS = 10_000  # tried for a gift of one name
MOST_FILES = 2_000  # of a gift
BESIDE = (".toml", ".part")  # endings of what lies beside a story
PICTURES = (".jpg", ".jpeg", ".png")
DOCUMENTS = (".docx", ".docm")
PACKED = (".epub", ".htmlz")
HEAD = 10  # of its letters one part may be the lines above a story: title, author, fields
PLAIN = (".txt", ".text", ".md")  # endings of what has nothing above and below a story
PAGES_END = 0.25  # of a page's letters: more than what a site writes below a story
POOR = (".txt", ".text")  # endings of what has no markup
PAGES = (".xhtml", ".html", ".htm")
LIMITS = ArchiveLimits(entries=10_000, member=WHOLE, total=4 * WHOLE)
_NUMBER = re.compile(r"\d+")


def earlier_file(parent: Path, own: str, name: str, data: IO[bytes]) -> Path | None:
    """The file of an earlier gift below `parent` that holds the same story as this one, or less of it, or tells it
    otherwise: one of this name in a gift that is called `own`; one of it in another format; one of a name that differs
    in its numbers, or in a copy's mark."""
    said, ending = _read(data), PurePath(name).suffix.lower()
    if len(said) > WHOLE:
        return None
    for path in _of_such_names(parent, own, name):
        if path.is_file() and path.stat().st_size <= WHOLE:
            revised = path.stem == PurePath(name).stem
            if _tells(Text(said, ending), Text(path.read_bytes(), path.suffix.lower()), revised=revised):
                return path
    return next((p for p in _among_others(parent, name) if _tells_again(Text(said, ending), p)), None)


def richer_file(parent: Path, own: str, name: str, data: IO[bytes]) -> Path | None:
    """The file of an earlier gift that tells in a format with markup what this one tells in another, where that has
    none, or no more words: a site's bare copy of a page that says series, tags and summary, too."""
    ending = PurePath(name).suffix.lower()
    earlier = earlier_file(parent, own, name, data)
    if not earlier or earlier.suffix.lower() in (ending, *POOR):
        return None
    now, before = Text(_read(data), ending).letters, Text(earlier.read_bytes(), earlier.suffix.lower()).letters
    if ending in POOR:
        return earlier if len(now) <= RICHER * len(before) else None
    return earlier if len(now) <= len(before) and held(now, before).whole else None


def longer_file(parent: Path, own: str, name: str, data: IO[bytes]) -> Path | None:
    """The file of an earlier gift of this name that has all that this one has, and more: an older version was given."""
    now = Text(_read(data), PurePath(name).suffix.lower())
    for home in _called(parent, own):
        path = home / name
        if not path.is_file() or path.stat().st_size > WHOLE or len(now.letters) < TOLD:
            continue
        before = Text(path.read_bytes(), now.ending)
        if len(before.letters) - len(now.letters) < CHAPTER or _is_shortened(now, before):
            continue
        if held(now.letters, before.letters).whole:
            return path
    return None


def earlier_folder(parent: Path, own: str, files: Mapping[Path, IO[bytes]]) -> Path | None:
    """The folder of an earlier gift below `parent` that is called `own`, most of whose files are among these, by their
    places below it, and hold the same, or less."""
    for home in _called(parent, own):
        joined = files_named_in(home)
        there = [path for path in home.rglob("*") if path.is_file() and path.suffix.lower() not in BESIDE][:MOST_FILES]
        there = [path for path in there if path.name not in joined] or there
        if not there or sum(path.stat().st_size for path in there) > WHOLE:
            continue
        again = (path for path in there if (data := files.get(path.relative_to(home))) and _holds(path, data))
        if sum(1 for _ in again) >= GROWN * len(there):
            return home
    return None


def is_told_in(earlier: Path, home: Path) -> bool:
    """Whether the files of a story below `earlier` lie below `home` in the same places, and tell there what they told,
    or more."""
    files = [path for path in earlier.rglob("*") if path.is_file() and path.suffix.lower() not in BESIDE]
    pairs = [(path, home / path.relative_to(earlier)) for path in files]
    if not 0 < len(pairs) <= MOST_FILES or not all(now.is_file() for _, now in pairs):
        return False
    if sum(path.stat().st_size for pair in pairs for path in pair) > 2 * WHOLE:
        return False
    return all(
        _tells(Text(now.read_bytes(), now.suffix.lower()), Text(path.read_bytes(), path.suffix.lower()))
        for path, now in pairs
    )


def files_named_in(home: Path) -> tuple[str, ...]:
    """The files that the `story.toml` of a gift names."""
    return listed_files(said_in(sidecar_of(home)).get(FILES)) if home.is_dir() else ()


def name_kept(earlier: Path, name: str) -> str:
    """What a file is called that takes the place of an earlier one: as it is called itself, where that is more than
    the earlier one's name with a copy's mark."""
    given = PurePath(name)
    return f"{earlier.stem}{given.suffix}" if unversioned(given.stem).strip() == earlier.stem else name


def _read(data: IO[bytes]) -> bytes:
    said = data.read(WHOLE + 1)
    data.seek(0)
    return said


def _holds(path: Path, data: IO[bytes]) -> bool:
    ending = path.suffix.lower()
    return _tells(Text(_read(data), ending), Text(path.read_bytes(), ending), revised=True)


def holds(path: Path, data: IO[bytes], ending: str) -> bool:
    """Whether these bytes of a file with this ending tell all that the file at a path tells."""
    return _tells(Text(_read(data), ending), Text(path.read_bytes(), path.suffix.lower()))


def _called(parent: Path, own: str) -> Iterator[Path]:
    """The folders of the gifts of this name."""
    for number in range(1, MOST_FOLDERS):
        home = parent / (own if number == 1 else f"{own} ({number})")
        if not home.is_dir():
            break
        yield home


def _of_such_names(parent: Path, own: str, name: str) -> Iterator[Path]:
    """Where files of this name lie in gifts that are called so, then those of which it is a copy by its name, and then
    those whose names have other numbers."""
    for home in _called(parent, own):
        yield home / name
        yield from _in_other_formats(home, name)
    stem, dot, ending = name.rpartition(".")
    plain = unversioned(stem).strip()
    if plain != stem:
        for home in _called(parent, unversioned(own).strip()):
            yield home / f"{plain}{dot}{ending}"
    if not any(map(str.isdecimal, name)):
        return
    beside: list[Path] = []
    with suppress(OSError):
        homes = sorted(home for home in parent.iterdir() if _NUMBER.sub("0", home.name) == _NUMBER.sub("0", own))
        beside = [
            path for home in homes for path in home.iterdir() if _NUMBER.sub("0", path.name) == _NUMBER.sub("0", name)
        ]
    yield from (path for path in beside[-MOST_COMPARED:] if path.name != name)


def _among_others(parent: Path, name: str) -> list[Path]:
    """Where files of this very name lie beside other files of a gift: one of a book's chapters comes again."""
    with suppress(OSError):
        found = [path for home in parent.iterdir() if (path := home / name).is_file() and name in files_named_in(home)]
        return sorted(found)[-MOST_COMPARED:]
    return []


def _in_other_formats(home: Path, name: str) -> list[Path]:
    """The only file of a gift, where it is called so, but for its ending."""
    beside = (*BESIDE, *PICTURES)
    files = [path for path in home.iterdir() if path.suffix.lower() not in beside] if home.is_dir() else []
    return [path for path in files if path.stem == PurePath(name).stem and path.name != name and len(files) == 1]


@dataclass(frozen=True)
class Text:
    """The bytes of a file, and its ending in small letters."""

    data: bytes
    ending: str

    @cached_property
    def letters(self) -> bytes:
        """Its letters, without markup."""
        return letters(_text(self.data, self.ending))


def _tells(now: Text, before: Text, *, revised: bool = False) -> bool:
    """Whether a file tells what an earlier one told, and no less; `revised`: or tells it otherwise."""
    if now.data == before.data:
        return True
    if len(now.data) > WHOLE or len(before.letters) < TOLD:
        return False
    least, share = (CUT, REVISED) if revised else (1, GROWN)
    is_less = len(now.letters) < least * len(before.letters) and not (revised and _is_shortened(now, before))
    return not is_less and held(before.letters, now.letters).share >= share


def _tells_again(now: Text, path: Path) -> bool:
    """Whether a text tells what the file at a path told: of pages nearly all, for the pages of a site are alike."""
    if path.stat().st_size > WHOLE:
        return False
    before = Text(path.read_bytes(), path.suffix.lower())
    share = GROWN if now.ending in PLAIN else NEARLY
    return (
        len(now.letters) >= CUT * len(before.letters) >= CUT * TOLD and held(before.letters, now.letters).share >= share
    )


def tells_the_same(one: Text, other: Text) -> bool:
    """Whether one of two texts tells word for word what the other one tells: a page has more than its story, and the
    lines above that may stand in another order."""
    shorter, longer = sorted((one.letters, other.letters), key=len)
    if len(shorter) < TOLD or shorter[len(shorter) // HEAD :] not in longer:
        return False
    found = held(shorter, longer)
    return found.whole and not found.gone


def _is_shortened(now: Text, before: Text) -> bool:
    """Whether a text goes on to the end of a longer one: its author took something out, where an older version would
    lack the end. What stands below each page of a site is no such end."""
    least = TOLD if now.ending in PLAIN else max(TOLD, int(PAGES_END * len(now.letters)))
    return now.letters[-least:] == before.letters[-least:] and len(now.letters) >= least


def _text(data: bytes, ending: str) -> bytes:
    """The text in a file, with its markup; nothing of a picture, or of an archive that is damaged."""
    if ending in DOCUMENTS:
        return glimpse(data)
    if ending not in PACKED:
        return data
    try:
        archive = Archive(data, LIMITS)
        pages = sorted((e.filename for e in archive.entries if e.filename.lower().endswith(PAGES)), key=natural)
        return b"\n".join(map(archive.read, pages))
    except (Damaged, KeyError):
        return b""
