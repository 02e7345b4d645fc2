"""A book in the format that a reader wants: as it lies there, or made of its EPUB."""

from __future__ import annotations

import shutil
from pathlib import Path

from converter.build.kindle import TOOL, azw3
from converter.build.registry import writer_of
from converter.document.errors import OutputError, SettingError
from converter.shelf.devices.chosen import Chosen, book_bytes


def in_format(wanted: str, book: Chosen) -> tuple[tuple[str, bytes], ...]:
    """The book's volumes in a format, each with its name without ending: as they lie there, or made of the EPUB.

    Raises SettingError where it is in no such format and can't be made, OutputError, InputError.
    """
    if found := book.paths(wanted):
        return tuple((stem_of(path), book_bytes(path)) for path in found)
    epubs = book.paths("epub")
    if not epubs or wanted not in MAKERS:
        have = ", ".join(dict.fromkeys(name for name, _ in book.files))
        raise SettingError(f"is there as {have} alone", book.title, f"convert its story to {wanted} (-t {wanted})")
    if not can_make(wanted):
        remedy = "install calibre, or mail it: chapbook send ... --to kindle"
        raise SettingError("AZW3 is made by calibre's ebook-convert, which is not installed", book.title, remedy)
    return tuple((stem_of(path), MAKERS[wanted](book_bytes(path), path.name)) for path in epubs)


def stem_of(path: Path) -> str:
    """The name of a book's file without the ending of its format."""
    writer = writer_of(path.name)
    return path.name[: -len(writer.ending)] if writer else path.stem


def _kepub(epub: bytes, name: str) -> bytes:
    """The EPUB with Kobo's spans. Raises OutputError."""
    from converter.writers.kepub import kepub_of

    try:
        return kepub_of(epub)
    except ValueError as error:
        raise OutputError(f"no KEPUB can be made of it ({error})", name, "copy the EPUB") from None


MAKERS = {"kepub": _kepub, "azw3": azw3}


def can_make(format_name: str) -> bool:
    """Whether EPUBs can be brought into this format here."""
    return format_name in MAKERS and (format_name != "azw3" or shutil.which(TOOL) is not None)
