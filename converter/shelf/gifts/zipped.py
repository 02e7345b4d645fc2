"""Books in a zip that is given to the shelf: each becomes a book by itself, texts are a gift as in a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from converter.build.registry import SUFFIXES
from converter.folders.aside import BESIDE, NO_PDF, aside
from converter.folders.listing import Entry
from converter.limits.unzip import Archive, ArchiveLimits, Damaged
from converter.parsers.html.containers import BOOK, MACS, PAGE, TEXT
from converter.shelf.gifts.dropped import APART, Given

PICTURES = (".jpg", ".jpeg", ".png")  # taken along where they are called as covers are, or as a story is
LIMITS = ArchiveLimits(member=128_000_000)
ARCHIVE = "an archive in an archive; unpack that one, and drop what is in it"
NAMED = "not read inside an archive; unpack the archive, and drop it by itself"
MISSED = (BESIDE[".pdf"], BESIDE[".mp3"])  # what lies beside stories, and somebody may look for in the books
IN_MEMORY = 4 * 1024 * 1024  # bytes of a file; larger ones lie on the disk meanwhile


def unpacked(files: Iterable[Given]) -> Iterator[Given]:
    """The files, and in the place of a zip what is in it that would not be read there: beside pages the books alone.
    The first knows what else is in the zip and may be looked for. A zip that can't be unpacked at all stays what it is:
    it is told when it is read."""
    for file in files:
        yield from _inside(file) if file.name.lower().endswith(".zip") else (file,)


def _inside(file: Given) -> list[Given]:
    pages, found = False, []
    left: tuple[tuple[str, str], ...] = ()
    try:
        archive = Archive(cast("BinaryIO", file.data), LIMITS)
        names = [name for name in archive.names() if MACS not in name]
        pages = any(PAGE.search(name) for name in names)
        wanted, together = _taken(names, pages=pages)
        left = _left_in(
            [name for name in names if name not in wanted and not PAGE.search(name) and not TEXT.search(name)]
        )
        folder = PurePosixPath(file.name.replace("\\", "/")).stem
        for name in wanted:
            called = f"{folder}/{name}" if len(together) > 1 and name in together else PurePosixPath(name).name
            found.append(_member(archive, name, called))
    except Damaged:
        found = []
    file.data.seek(0)
    found = [file, *found] if pages or not found else found
    at = next((at for at, one in enumerate(found) if not one.problem), 0)
    found[at] = replace(found[at], left=left)
    return found


def _left_in(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Those of the names in an archive that somebody may look for in the books, and why no story is read from them."""
    found = []
    for name in names:
        called = PurePosixPath(name).name
        others = aside({called: Entry(called)}, SUFFIXES.__contains__)
        kind, why = next(
            ((o.kind, o.why) for o in others.values()), ("unread", NAMED) if _ends(called, SUFFIXES) else ("", "")
        )
        if kind == "unread" or why in MISSED:
            found.append((called, NO_PDF if _ends(called, (".pdf",)) else ARCHIVE if _ends(called, (".zip",)) else why))
    return tuple(found)


def _ends(name: str, endings: tuple[str, ...]) -> bool:
    return name.lower().endswith(endings)


def _taken(names: list[str], *, pages: bool) -> tuple[list[str], list[str]]:
    """What is taken out, and what of it is taken together as from a folder: with the pictures that may be covers."""
    wanted = [name for name in names if BOOK.search(name) or (TEXT.search(name) and not pages)]
    together = [name for name in wanted if not name.lower().endswith(APART)]
    if together:
        covers = {"cover", *(PurePosixPath(name).stem.casefold() for name in together)}
        shown = [n for n in names if n.lower().endswith(PICTURES) and PurePosixPath(n).stem.casefold() in covers]
        wanted, together = [*wanted, *shown], [*together, *shown]
    return wanted, together


def _member(archive: Archive, name: str, called: str) -> Given:
    try:
        return Given(called, _kept(archive.read(name)))
    except Damaged as error:  # it costs no other its place
        return Given(called, _kept(b""), str(error))


def _kept(data: bytes) -> IO[bytes]:
    out = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  it is gone when nobody has it any more
    out.write(data)
    out.seek(0)
    return cast("IO[bytes]", out)
