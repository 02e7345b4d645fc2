"""A title from a document's properties, for a story that says none itself."""

from __future__ import annotations

from dataclasses import replace

from converter.document.model import Book, Metadata
from converter.document.words import block_text
from converter.recognisers.metadata.noted_titles import WHERE, is_noted_title


def with_noted_title(metadata: Metadata, title: str, book: Book) -> Metadata:
    """The metadata with the noted title as theirs, where they have none and it may be one."""
    if metadata.title or not is_noted_title(title, _opening(book)):
        return metadata
    title = " ".join(title.split())
    return replace(metadata, title=title, provenance=(*metadata.provenance, ("title", WHERE)))


def _opening(book: Book) -> str:
    """The first paragraph of a story."""
    texts = (block_text(block).strip() for _, chapter in book.walk() for block in chapter.blocks)
    return next((text for text in texts if any(map(str.isalnum, text))), "")
