"""The images of a book as files of the EPUB: their names there, and their kind by their own first bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from converter.document.model import Resource
from converter.document.record import dataclass

# EPUB 3.3, core media types: how such a file begins, and the ending its name should have.
_KINDS = (
    ("image/jpeg", re.compile(rb"\xff\xd8\xff"), "jpg"),
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    ("image/gif", re.compile(rb"GIF8[79]a"), "gif"),
    ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
)
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class ImageFile:
    """One image in the EPUB: its address as the documents give it, its manifest id, its kind, its bytes."""

    address: str
    key: str
    media_type: str
    data: bytes


def image_file(resource: Resource, name: str) -> ImageFile | None:
    """The resource as a file called `name` plus its ending; None when it is no JPEG, PNG, GIF or WebP.

    The kind comes from the bytes, not from what was declared.
    """
    for media_type, start, ending in _KINDS:
        if start.match(resource.data):
            return ImageFile(f"{name}.{ending}", name, media_type, resource.data)
    return None


def image_files(resources: Iterable[Resource]) -> dict[str, ImageFile]:
    """The images that an e-reader can show, by resource name, each with a file name of its own."""
    files: dict[str, ImageFile] = {}
    names: set[str] = set()
    for resource in resources:
        stem = _ODD.sub("-", resource.name.rpartition(".")[0] or resource.name).strip("-.") or "image"
        name, number = stem, 1
        while name.lower() in names:
            number += 1
            name = f"{stem}-{number}"
        image = image_file(resource, f"images/{name}")
        if image and resource.name not in files:
            names.add(name.lower())
            files[resource.name] = ImageFile(image.address, f"image.{name}", image.media_type, image.data)
    return files
