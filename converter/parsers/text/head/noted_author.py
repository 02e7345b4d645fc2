"""The author whom a program noted in a document: a witness for a line of its head, and the last one for the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Metadata, Person
from converter.parsers.text.lines.rows import Row
from converter.recognisers.metadata.names import byline, clean_name, is_nobody, is_noted_person
from converter.recognisers.metadata.resolution import NOTED

HEAD_ROWS = 6  # in which a title page of title, subtitle and name is over
SHOWN = " *_~-–—"  # what is typed around a name


def signed_head(rows: Sequence[Row], author: str) -> tuple[tuple[str, str, int], ...]:
    """The field of the head that a row of the title page is, where it is the noted author's name and no more."""
    name = _key(author)
    if not name or is_nobody(author):
        return ()
    for row in rows[1:HEAD_ROWS]:
        bare = row.text.strip(SHOWN)
        if name in (_key(bare), _key(byline(bare))):
            return (("author", author, row.line),)
    return ()


def with_noted(metadata: Metadata, author: str) -> Metadata:
    """The metadata with the noted author as theirs, where they name nobody and this is a person."""
    if metadata.people or not is_noted_person(author):
        return metadata
    provenance = (*metadata.provenance, ("people", NOTED))
    return replace(metadata, people=(Person(clean_name(author)),), provenance=provenance)


def _key(name: str) -> str:
    return clean_name(name).casefold()
