"""What is kept of every EPUB that a book ever had: its chapters, and of each block the way to it and a digest of its
words. An old file is gone when somebody asks what became of a place in it.

A chapter is kept once, however many files have it. Some nine bytes a block: 27 KB for a book of 720 KB.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote
from xml.parsers import expat

from converter.checker.epub.nodes import Malformed, XmlNode, read_xml
from converter.limits.unzip import OWN_BOOKS, Archive, Damaged
from converter.shelf.store import Store
from converter.shelf.sync.structures import structure_of

CONTAINER = "META-INF/container.xml"
DIGEST = 4  # bytes: two blocks of a long book are told apart, and there are many blocks
FORMATS = ("epub", "kepub")
INLINE = frozenset(
    "a abbr b bdi bdo big br cite code del dfn em font i img image ins kbd mark q rb rp rt ruby s samp small span"
    " strike strong sub sup svg time tt u var wbr".split()
)


@dataclass(frozen=True)
class Chapter:
    """A document of the spine: its name in the package, and its blocks: the way to each ("body/section/p[2]", the first
    of a kind without number), the digest of its words, how many characters they are."""

    name: str
    paths: tuple[str, ...]
    words: tuple[bytes, ...]
    sizes: tuple[int, ...]

    @cached_property
    def key(self) -> str:
        """The digest of all this but the name."""
        said = repr((self.paths, self.words, self.sizes)).encode()
        return hashlib.md5(said, usedforsecurity=False).hexdigest()

    @cached_property
    def at(self) -> dict[str, int]:
        """The number of the block to which a way leads."""
        return {path: n for n, path in enumerate(self.paths)}

    @cached_property
    def size(self) -> int:
        """How many characters there are."""
        return sum(self.sizes)


Outline = tuple[Chapter, ...]


def read_outline(path: Path) -> Outline:
    """The outline of the EPUB at this path; a document that can't be read has no blocks. Raises OSError, ValueError."""
    with path.open("rb") as file:
        archive = Archive(file, OWN_BOOKS)
        try:
            return tuple(_chapter(archive, name) for name in spine(archive))
        except KeyError as error:
            raise ValueError(f"{error} is not in the book") from None


def read_structure(path: Path) -> str:
    """The digest of the spine of the EPUB at this path, as KOReader tells it. Raises OSError, ValueError."""
    with path.open("rb") as file:
        try:
            return structure_of(_package(Archive(file, OWN_BOOKS))[0])
        except KeyError as error:
            raise ValueError(f"{error} is not in the book") from None


def _package(archive: Archive) -> tuple[XmlNode, str]:
    """The package document of a book, and its folder. Raises KeyError, Damaged, Malformed."""
    container, _, _ = read_xml(archive.read(CONTAINER))
    root = container.first("rootfile")
    path = root.attributes.get("full-path", "") if root else ""
    return read_xml(archive.read(path))[0], posixpath.dirname(path)


def spine(archive: Archive) -> list[str]:
    """The names of a book's documents in their order. Raises KeyError, Damaged, Malformed."""
    package, home = _package(archive)
    names = {
        item.attributes.get("id", ""): posixpath.normpath(
            posixpath.join(home, unquote(item.attributes.get("href", "")))
        )
        for item in package.all("item")
    }
    return [names.get(item.attributes.get("idref", ""), "") for item in package.all("itemref")]


def keep(store: Store, digest: str, outline: Outline, structure: str = "") -> None:
    """Keeps the outline of the file whose bytes have this digest, and the digest of its spine."""
    said = json.dumps([(chapter.name, chapter.key) for chapter in outline], separators=(",", ":"))
    with store.writing() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO chapters VALUES (?, ?, ?)",
            [(c.key, zlib.compress(_shape(c).encode(), 9), b"".join(c.words)) for c in outline],
        )
        kept = zlib.compress(said.encode(), 9)
        connection.execute("INSERT OR REPLACE INTO outlines VALUES (?, ?, ?)", (digest, kept, structure))


def outline_of(store: Store, digest: str) -> Outline | None:
    """The outline that is kept of a file; None where there is none."""
    row = store.one("SELECT spine FROM outlines WHERE digest = ?", (digest,))
    if not row:
        return None
    said: list[tuple[str, str]] = json.loads(zlib.decompress(row[0]))
    return tuple(_kept(store, name, key) for name, key in said)


def catch_up(store: Store, only: str = "") -> int:
    """Keeps the outlines of files on the shelf that have none yet, or of the one with this digest: how many it kept."""
    marks = ", ".join("?" * len(FORMATS))
    rows = store.asked(
        f"SELECT DISTINCT digest, path FROM files WHERE format IN ({marks}) AND digest NOT IN "
        "(SELECT digest FROM outlines) AND ? IN ('', digest)",
        (*FORMATS, only),
    )
    for digest, path in rows:
        try:
            outline, structure = read_outline(store.folder / path), read_structure(store.folder / path)
        except (OSError, ValueError):  # no book, or no longer there
            outline, structure = (), ""
        keep(store, digest, outline, structure)
    return len(rows)


def _kept(store: Store, name: str, key: str) -> Chapter:
    row = store.one("SELECT shape, words FROM chapters WHERE key = ?", (key,))
    if not row:
        return Chapter(name, (), (), ())
    shape = zlib.decompress(row[0]).decode()
    lines = [line.rpartition(" ") for line in shape.split("\n") if line]
    words = tuple(row[1][n : n + DIGEST] for n in range(0, len(row[1]), DIGEST))
    return Chapter(name, tuple(path for path, _, _ in lines), words, tuple(int(size) for _, _, size in lines))


def _shape(chapter: Chapter) -> str:
    return "\n".join(f"{path} {size}" for path, size in zip(chapter.paths, chapter.sizes, strict=True))


def _chapter(archive: Archive, name: str) -> Chapter:
    """The outline of one document. Raises KeyError."""
    try:
        blocks = Blocks(archive.read(name))
    except (Damaged, Malformed):
        return Chapter(name, (), (), ())
    found = sorted(blocks.found)
    words = tuple(digest_of(text) for _, _, text in found)
    return Chapter(name, tuple(path for _, path, _ in found), words, tuple(len(text) for *_, text in found))


def digest_of(text: str) -> bytes:
    """The digest of a block's words, whose white space is single spaces."""
    return hashlib.md5(text.encode(), usedforsecurity=False).digest()[:DIGEST]


class Blocks:
    """The blocks of a document with words or pictures of their own: `found` has (number of its element, way, words);
    `anchors` the identifiers, and the number of the block's element around each.

    Raises Malformed.
    """

    def __init__(self, data: bytes) -> None:
        self.found: list[tuple[int, str, str]] = []
        self.anchors: dict[str, int] = {}
        self._stack: list[tuple[int, str, dict[str, int], list[str]]] = [(0, "", {}, [])]
        self._number = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise Malformed(str(error), 1) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        block, path, counts, parts = self._stack[-1]
        counts[tag] = number = counts.get(tag, 0) + 1
        step = tag if number == 1 else f"{tag}[{number}]"
        own = path + "/" + step if path else step if tag == "body" else ""
        self._number += 1
        if tag not in INLINE:
            parts, block = [], self._number
        elif picture := attributes.get("src", ""):
            parts.append(f"\ufffc{picture}")
        if anchor := attributes.get("id"):
            self.anchors.setdefault(anchor, block)
        self._stack.append((block, own, {}, parts))

    def _text(self, text: str) -> None:
        self._stack[-1][3].append(text)

    def _end(self, name: str) -> None:
        number, path, _, parts = self._stack.pop()
        if path and name.rpartition(" ")[2] not in INLINE and (words := " ".join("".join(parts).split())):
            self.found.append((number, path, words))
