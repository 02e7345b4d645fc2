"""Small notes beside a work in chapters: a synopsis, a plan, "index.md". Their whole names say that they are no
stories, or their look: names with what is to be known of each ("Aune: 34, postwoman"), in no sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from converter.document.patterns import regex
from converter.folders.desk import are_facts, are_traits
from converter.folders.kinds import ending_of
from converter.folders.listed import label_of
from converter.folders.listing import FIRST, Look
from converter.folders.manuscript import Tree
from converter.folders.understood import FolderBook, Other, Understood
from converter.recognisers.vocabulary import listed_words

CHAPTERS = 3  # files of a work, at least
MOST = 150  # words of such a note
FEWEST = 3  # lines of a list of facts whose name says nothing of it
TEXTS = (".txt", ".text", ".md", ".markdown", ".docx")
LISTED = "a list of names with what is to be known of them; name the file itself to have it read"
WHY = "a note of a few words beside a story in chapters; name the file itself to have it read"
_WORD = regex(r"[^\W\d_]+")
_MARKUP = regex(r"<[^<>]{0,500}>|\\[a-z]{1,30}-?\d{0,9}")


def without_notes(tree: Tree, books: tuple[FolderBook, ...], look: Look) -> Understood:
    """What is understood of a folder, with such notes as no stories; `books` are spread over it and those in it, `look`
    looks into its files. Where no work in chapters lies there, or in a folder right in it, a note may be a story."""
    own = tree.understood
    alone = [b for b in own.books if len(b.files) == 1]
    if not alone or not any(len(b.files) >= CHAPTERS for b in (*own.books, *books, *_below(tree))):
        return own
    spread = {file for book in books for file in book.files}
    found = {b.files[0]: why for b in alone if b.files[0] not in spread and (why := _why(b.files[0], look))}
    others = (Other(name, "no story", why) for name, why in found.items())
    kept = tuple(b for b in own.books if len(b.files) > 1 or b.files[0] not in found)
    return replace(own, books=kept, others=(*own.others, *others))


def _why(name: str, look: Look) -> str:
    """Why a file beside a work in chapters is no story; "" where it may be one."""
    if _is_called_note(name) and _is_small(look.first(name)):
        return WHY
    return LISTED if ending_of(name) in TEXTS and _is_of_facts(look.first(name)) else ""


def _is_of_facts(first: bytes) -> bool:
    """Whether a file, which begins with these bytes, is seen to its end and has the look of such a list, maybe under
    a heading."""
    if len(first) >= FIRST or b":" not in first:
        return False
    lines = [line for raw in first.decode("utf-8", "replace").lstrip("\ufeff").splitlines() if (line := raw.strip())]
    facts = lines if lines and label_of(lines[0]) else lines[1:]
    return len(facts) >= FEWEST and all(map(label_of, facts)) and (are_facts(facts) or are_traits(facts))


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
