"""The names under which readers save a book's file, and by which KOReader may know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.shelf.plain_names import ending_of, plain_stem

NOBODY = "Unknown Author"  # as KOReader calls whoever wrote a book without authors
LONGEST = 240  # bytes of a name without its ending, in KOReader
_SLASH = str.maketrans("/", "_")
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))  # on readers' drives
_WITH_COMMA = _FORBIDDEN | {ord(","): "_"}  # until April 2025


def served_names(form: str, own: str, authors: Sequence[str], title: str, number: int) -> tuple[str, ...]:
    """The names that a reader may have given a file in this format: its own, that of the address, and those that
    KOReader makes of author and title. `number` is the book's."""
    by, ending = ", ".join(authors), ending_of(form)
    stems = dict.fromkeys((plain_stem(by, title) or f"book-{number}", f"{by} - {title}" if by else title))
    stems |= dict.fromkeys(_of_koreader(authors, title))
    return (own, *(f"{stem}{ending}" for stem in stems))


def _of_koreader(authors: Sequence[str], title: str) -> Iterator[str]:
    """What KOReader calls a book: all authors where it read the catalogue as JSON, the first where it read it as Atom,
    with signs that its drive does not take replaced."""
    for by in dict.fromkeys((", ".join(authors) or NOBODY, authors[0] if authors else NOBODY)):
        stem = f"{by} - {title}".encode()[:LONGEST].decode("utf-8", "ignore")
        yield from (stem.translate(table) for table in (_SLASH, _FORBIDDEN, _WITH_COMMA))
