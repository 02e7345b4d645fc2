"""Whether bytes are an earlier book of a story: what a book says of itself."""

from __future__ import annotations

import hashlib
import re

from converter.limits.unzip import Archive, ArchiveLimits, Damaged


def epub_identifier(data: bytes) -> str:
    """The identifier in an EPUB's package; "" where the bytes are no EPUB, or say none."""
    try:
        book = Archive(data, ArchiveLimits(entries=100_000))
        package = next(n for n in book.names() if n.endswith(".opf"))
        identifier = re.search(rb"<dc:identifier[^<>]*>([^<]*)<", book.read(package))
    except (Damaged, StopIteration):
        return ""
    return identifier[1].decode("utf-8", "replace").strip() if identifier else ""


def has_pdf_id(data: bytes, identifier: str) -> bool:
    """Whether a PDF's /ID is made of this identifier, as our writer makes the first half of it."""
    mark = hashlib.md5(identifier.encode(), usedforsecurity=False).hexdigest()
    return mark.encode() in data or mark.encode().hex().encode() in data


def is_damaged(data: bytes) -> bool:
    """Whether these bytes are no whole book: nobody put another there, ours was cut off."""
    if data.startswith(b"%PDF"):
        return b"%%EOF" not in data[-1024:]
    return not data or (data.startswith(b"PK") and not epub_identifier(data))
