"""What a book is known by: its identifier, how that is made and kept, and whether bytes are an earlier book."""

from __future__ import annotations

import hashlib
import re
from typing import BinaryIO

from converter.build.exth import asin_in
from converter.build.given import EarlierBook
from converter.document.model import Book, Metadata
from converter.document.words import first_words
from converter.limits.unzip import Archive, ArchiveLimits, Damaged, glimpsed
from converter.recognisers.metadata.isbn import isbn_among
from converter.recognisers.metadata.resolution import is_named, made_identifier

IDENTIFYING_WORDS = 1_000  # words that tell a story without title or author from others; they stay when it grows
OPENING_WORDS = 24  # and as many by which one is known again that has got another title
FACTS = (
    re.compile(rb"<dc:identifier[^<>]*>([^<]*)<"),
    re.compile(rb'<meta property="dcterms:modified"[^<>]*>([^<]*)<'),
    re.compile(rb"<dc:date[^<>]*>([^<]*)<"),
)
KINDLE_HEAD = 64 * 1024  # bytes, at most, of a Palm database's first record with what stands before it
PACKAGE = 4_000_000  # bytes of an EPUB's list of files and its package: of 10,000 chapters some three million
IMPRINT_LINES = 80  # at either end of a text, among which an imprint stands


def settled_identifier(metadata: Metadata, book: Book, earlier: EarlierBook | None) -> str:
    """The book's identifier: the one given; else, where its title or its first words are those of the book that was
    made of this story before, that one's; else one made from what names the story."""
    if earlier and not metadata.identifier:
        same_title = is_named(metadata) and _letters(metadata.title) == _letters(earlier.title)
        if same_title or _same_beginning(opening_of(book), earlier.opening):
            return earlier.identifier
    return made_identifier(metadata, "" if is_named(metadata) else first_words(book, IDENTIFYING_WORDS))


def opening_of(book: Book) -> str:
    """The story's first words, by which it is known again."""
    return first_words(book, OPENING_WORDS)


def _same_beginning(one: str, other: str) -> bool:
    """Whether two stories begin with the same words; one of few words may have grown."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and f"{longer} ".startswith(f"{shorter} ")


def isbn_of(metadata: Metadata, text: str) -> str:
    """The ISBN that a story's head or the first and last lines of its text name; "" for none."""
    told = [f"{name} {value}" for name, value in metadata.extra if name.casefold().startswith("isbn")]
    lines = text.splitlines() if "ISBN" in text else []
    return isbn_among([*told, metadata.rights, *lines[:IMPRINT_LINES], *lines[-IMPRINT_LINES:]])


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def epub_identifier(data: bytes) -> str:
    """The identifier in an EPUB's package; "" where the bytes are no EPUB, or say none."""
    return epub_facts(data)[0]


def epub_facts(data: bytes) -> tuple[str, str, str]:
    """The identifier in an EPUB's package, when it was changed and published; "" for what it doesn't say."""
    try:
        book = Archive(data, ArchiveLimits(entries=100_000))
        package = book.read(next(n for n in book.names() if n.endswith(".opf")))
    except (Damaged, StopIteration):
        return "", "", ""
    identifier, modified, published = (_fact(package, fact) for fact in FACTS)
    return identifier, modified, published


def _fact(package: bytes, fact: re.Pattern[bytes]) -> str:
    found = fact.search(package)
    return found[1].decode("utf-8", "replace").strip() if found else ""


def known_by(book: BinaryIO) -> str:
    """What a finished book for a reader says that it is: the identifier of an EPUB, the ASIN of a Kindle book; "" for
    others. Little of it is read, for it may lie on a slow drive. Raises OSError."""
    head = book.read(KINDLE_HEAD)
    if not head.startswith(b"PK"):
        return asin_in(head)
    book.seek(0)
    try:
        return _fact(glimpsed(book, ".opf", PACKAGE), FACTS[0])
    except Damaged:
        return ""


def has_pdf_id(data: bytes, identifier: str) -> bool:
    """Whether a PDF's /ID is made of this identifier, as our writer makes the first half of it."""
    mark = hashlib.md5(identifier.encode(), usedforsecurity=False).hexdigest()
    return mark.encode() in data or mark.encode().hex().encode() in data


def is_damaged(data: bytes) -> bool:
    """Whether these bytes are no whole book: nobody put another there, ours was cut off."""
    if data.startswith(b"%PDF"):
        return b"%%EOF" not in data[-1024:]
    return not data or (data.startswith(b"PK") and not epub_identifier(data))
