"""Small notes beside a work in chapters: a synopsis, a plan, "index.md". Their whole names say that they are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from converter.document.patterns import regex
from converter.folders.listing import FIRST, Look
from converter.folders.manuscript import Tree
from converter.folders.understood import FolderBook, Other, Understood
from converter.recognisers.vocabulary import listed_words

CHAPTERS = 3  # files of a work, at least
MOST = 150  # words of such a note
WHY = "a note of a few words beside a story in chapters; name the file itself to have it read"
_WORD = regex(r"[^\W\d_]+")
_MARKUP = regex(r"<[^<>]{0,500}>|\\[a-z]{1,30}-?\d{0,9}")


def without_notes(tree: Tree, books: tuple[FolderBook, ...], look: Look) -> Understood:
    """What is understood of a folder, with such notes as no stories; `books` are spread over it and those in it, `look`
    looks into its files. Where no work in chapters lies there, or in a folder right in it, a note may be a story."""
    own = tree.understood
    notes = [b for b in own.books if len(b.files) == 1 and _is_called_note(b.files[0])]
    if not notes or not any(len(b.files) >= CHAPTERS for b in (*own.books, *books, *_below(tree))):
        return own
    spread = {file for book in books for file in book.files}
    left = [b for b in notes if b.files[0] not in spread and _is_small(look.first(b.files[0]))]
    others = (Other(b.files[0], "no story", WHY) for b in left)
    return replace(own, books=tuple(b for b in own.books if b not in left), others=(*own.others, *others))


def _below(tree: Tree) -> Iterator[FolderBook]:
    for inner in tree.folders.values():
        yield from inner.understood.books


def _is_called_note(name: str) -> bool:
    """Whether a file's whole name says that it is a note, or what stands before its dash: "lyrics - the road"."""
    stem = name.rpartition(".")[0].casefold()
    if any(map(str.isdigit, stem)):  # one of a row
        return False
    return any(tuple(_WORD.findall(part)) in _names() for part in (stem, stem.partition(" - ")[0]))


@cache
def _names() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_WORD.findall(entry)) for entry in listed_words("files", "small_notes"))


def _is_small(first: bytes) -> bool:
    """Whether a file, which begins with these bytes, is seen to its end and has few words beside its markup."""
    if len(first) >= FIRST:
        return False
    text = first.decode("utf-8", "replace")
    head, _, body = text.partition("<body")
    return len(_WORD.findall(_MARKUP.sub(" ", body or head))) <= MOST
