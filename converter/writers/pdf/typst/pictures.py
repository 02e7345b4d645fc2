"""The pictures of a book as files that Typst can read: each opened once before, by our own limits."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from converter.document.model import Book
from converter.limits.pictures import NoPicture, open_picture
from converter.writers.bleed import bleeding_cover
from converter.writers.pages import PageGeometry
from converter.writers.paper import BOOK, COVER
from converter.writers.pdf.typst.runs import Picture

PIXEL = 0.75  # points: CSS's 96 to the inch
AS_THEY_ARE = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
COLOURS = frozenset(["1", "L", "LA", "P", "PA", "RGB", "RGBA"])
"""Pillow's names for what goes into a PDF/A as it is; the inks of printers need a profile of their own there."""


def pictures_of(book: Book, sheet: PageGeometry, root: Path) -> tuple[dict[str, Picture], list[str]]:
    """The pictures by the address that the tree has for each, written below `root`; and what was left out, in words."""
    found: dict[str, Picture] = {}
    left_out: list[str] = []
    if book.cover:
        data, _ = bleeding_cover(book.cover, sheet.width / sheet.height)
        _keep(COVER, data, "cover", "the cover", root, found, left_out)
    for number, resource in enumerate(book.resources):
        _keep(BOOK + resource.name, resource.data, f"picture-{number}", resource.name, root, found, left_out)
    return found, left_out


def _keep(
    key: str, data: bytes, stem: str, called: str, root: Path, found: dict[str, Picture], left_out: list[str]
) -> None:
    try:
        with open_picture(data) as picture:
            width, height = picture.size
            ending = AS_THEY_ARE.get(picture.format or "", "")
            picture.load()  # what is cut short is found out here, and not in the middle of a book
            if not ending or picture.mode not in COLOURS:
                out = BytesIO()
                picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(out, "PNG")
                data, ending = out.getvalue(), "png"
    except NoPicture as error:
        left_out.append(f"{called} {error}")
        return
    name = f"{stem}.{ending}"
    (root / name).write_bytes(data)
    found[key] = Picture(name, width * PIXEL, height * PIXEL)
