"""The history of where readers are, and what is answered to whoever asks for a place in a certain file."""

from __future__ import annotations

import posixpath
import time
from pathlib import Path
from urllib.parse import quote, unquote

from converter.checker.epub.nodes import Malformed, XmlNode, read_xml
from converter.document.record import dataclass
from converter.limits.unzip import OWN_BOOKS, Archive, Damaged
from converter.shelf.store import Store
from converter.shelf.sync import moving
from converter.shelf.sync.cfi import parts_of, to_cfi, to_pointer
from converter.shelf.sync.outlines import FORMATS, Blocks, Outline, catch_up, outline_of, read_outline
from converter.shelf.sync.pointers import Pointer, leads_somewhere, pointer_of
from converter.shelf.sync.shares import share_before

MOST_KEPT = 500  # places of one document
MOST_STRANGE = 20_000  # places in documents that are no books of this shelf
LOOKED_THROUGH = 50  # of the latest places, for one that can be told
BROWSER = "browser"
PROGRESSION = "opds"
HAND = "hand"  # whoever marked a book as read or unread, and was in no place of it
OWN = "chapbook"  # the device that is named where a place was brought from one file to another
QUOTED = 60  # characters of a block that say which one it is
HOME = "EPUB/"  # the folder in our books from which their addresses go


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader was: `document` is the name by which it knows its file, `kind` 'koreader', 'browser', 'opds' or
    'hand'; `place` in the words of that kind; `said` in seconds since 1970; `digest` of the file that it was in, ""
    where that is not known; `book` None for what is no book of this shelf; `pointer` is the place as KOReader would
    write it; `reader` who reads there, "" for whoever has no places of their own."""

    document: str
    kind: str
    place: str
    fraction: float
    device: str
    device_id: str
    said: int = 0
    book: int | None = None
    digest: str = ""
    pointer: str = ""
    reader: str = ""


def note(store: Store, place: Place) -> int:
    """Puts a place at the end of the history: when, in seconds since 1970."""
    if place.digest:
        catch_up(store, place.digest)  # a place in it is worth keeping from now on
    now = min(int(time.time()), place.said or int(time.time()))
    with store.writing() as connection:
        row = (place.document, place.kind, place.place, place.fraction, place.device, place.device_id)
        number = connection.execute(
            "INSERT INTO places (book, document, kind, place, fraction, device, device_id, said, reader) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (place.book, *row, now, place.reader),
        ).lastrowid
        if place.digest:
            pointer = place.pointer or (_from_browser(store, place) if place.kind == BROWSER else place.place)
            connection.execute("INSERT INTO read_in VALUES (?, ?, ?)", (number, place.digest, pointer))
        connection.execute(
            "DELETE FROM places WHERE document = ? AND reader = ? AND id <= "
            "(SELECT id FROM places WHERE document = ? AND reader = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
            (place.document, place.reader, place.document, place.reader, MOST_KEPT),
        )
        if place.book is None:
            connection.execute(
                "DELETE FROM places WHERE book IS NULL AND id <= "
                "(SELECT id FROM places WHERE book IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?)",
                (MOST_STRANGE,),
            )
    return now


def file_of(store: Store, document: str) -> tuple[int | None, str]:
    """The book that a reader means by a document's name, and the digest of its file; None and "" for no book."""
    row = store.one("SELECT book, digest FROM aliases WHERE key = ?", (document,))
    return (int(row[0]), str(row[1])) if row else (None, "")


def was_file_of(store: Store, book: int, digest: str) -> bool:
    """Whether a file with this digest is or was one of the book's."""
    return store.one("SELECT 1 FROM aliases WHERE book = ? AND digest = ?", (book, digest)) is not None


def current(store: Store, book: int) -> tuple[str, Path] | None:
    """The digest and the path of the book's EPUB that is on the shelf now."""
    row = store.one(
        "SELECT digest, path FROM files WHERE book = ? AND format = 'epub' ORDER BY position LIMIT 1", (book,)
    )
    return (str(row[0]), store.folder / row[1]) if row else None


def latest(
    store: Store, book: int | None, document: str = "", most: int = LOOKED_THROUGH, reader: str = ""
) -> list[Place]:
    """The latest places of a reader in a book, or in a document, the last one first."""
    rows = store.asked(
        "SELECT document, kind, places.place, fraction, device, device_id, said, book, COALESCE(digest, ''), "
        "COALESCE(pointer, ''), reader FROM places LEFT JOIN read_in ON read_in.place = places.id "
        "WHERE (book = ? OR document = ?) AND reader = ? ORDER BY id DESC LIMIT ?",
        (book, document, reader, most),
    )
    return [Place(*row) for row in rows]


def for_koreader(store: Store, document: str, book: int | None, digest: str, reader: str = "") -> Place | None:
    """The latest place in the file of this book that KOReader calls so, and that has this digest, in its own words;
    None for none.

    A place that was told of another file is told as this shelf's: KOReader heeds none of its own device.
    """
    for place in latest(store, book, document, reader=reader):
        told_in = _told_in(store, place)
        if place.document == document and place.kind == "koreader" and told_in == digest:
            return place
        if found := _brought(store, place, told_in, digest):
            pointer, share = found
            if place.document == document and place.kind == "koreader" and pointer == place.place:
                return place
            return Place(document, "koreader", pointer, share, OWN, OWN, place.said, book, digest, reader=reader)
    return None


def for_browser(store: Store, book: int, reader: str = "") -> tuple[str, float]:
    """The latest place in the EPUB of a book that is on the shelf now, as browsers write it ("" where
    another reader told only how much is before it), and how much is before it."""
    here = current(store, book)
    place = next(iter(latest(store, book, most=1, reader=reader)), None)
    if not here or not place:
        return "", place.fraction if place else 0.0
    told_in = _told_in(store, place)
    if place.kind == BROWSER and told_in == here[0]:
        return place.place, place.fraction
    found = _brought(store, place, told_in, here[0]) if told_in else None
    pointer = pointer_of(found[0]) if found else None
    outline = _outline(store, here[0])
    root = _root(here[1], outline[pointer.document].name) if pointer and outline else None
    if pointer and outline and root:
        spot = moving.spot_of(outline, pointer)
        return to_cfi(pointer, root), share_before(here[1], outline, spot) if spot else place.fraction
    return "", place.fraction


def _from_browser(store: Store, place: Place) -> str:
    """A browser's place as KOReader would write it, "" where that can't be found out. Where its file is gone (a page is
    open while the book is made again), the steps are those of the chapter that this one became."""
    digest, parts = _told_in(store, place), parts_of(place.place)
    outline = _outline(store, digest) if parts else None
    if not parts or not outline or parts[0] >= len(outline):
        return ""
    root = _root(_path_of(store, digest), outline[parts[0]].name) or _successor(store, place, outline, parts[0])
    return str(to_pointer(*parts, root)) if root else ""


def _successor(store: Store, place: Place, old: Outline, number: int) -> XmlNode | None:
    """The root of the document in the book's file of now that a chapter of an old file became."""
    here = current(store, place.book) if place.book is not None else None
    new = _outline(store, here[0]) if here else None
    at = moving.same_chapter(number, old, new) if new else None
    return _root(here[1], new[at].name) if here and new and at is not None else None


def _told_in(store: Store, place: Place) -> str:
    """The digest of the file that a place was in."""
    return place.digest or (place.document if place.kind == BROWSER else file_of(store, place.document)[1])


def _brought(store: Store, place: Place, told_in: str, digest: str) -> tuple[str, float] | None:
    """A place of one file in another: as KOReader writes it, and how much is before it."""
    pointer = pointer_of(place.pointer or (_from_browser(store, place) if place.kind == BROWSER else place.place))
    if not pointer and place.kind == PROGRESSION:  # a share is all that some reading apps tell
        outline = _outline(store, digest)
        spot = moving.spot_at(outline, place.fraction) if outline else None
        return (written(store, digest, outline, spot), place.fraction) if outline and spot else None
    if not pointer:
        page = place.kind == "koreader" and place.place.isdecimal() and _format(store, digest) == "pdf"
        return (place.place, place.fraction) if page else None
    new = _outline(store, digest)
    if not new:
        return None
    spot = _found(pointer, _outline(store, told_in), new)
    return (written(store, digest, new, spot), moving.fraction(new, spot)) if spot else None


def _found(pointer: Pointer, old: Outline | None, new: Outline) -> moving.Spot | None:
    """The place in the new file. One that the old file does not have was told of a file that took its place: readers
    keep the first file's name."""
    if old and (spot := moving.spot_of(old, pointer)):
        return moving.moved(spot, old, new)
    if spot := moving.spot_of(new, pointer):
        return spot
    if old and pointer.document < len(old) and (spot := moving.start_of(old, pointer.document)):
        return moving.moved(spot, old, new)
    if pointer.document >= len(new):
        return moving.end_of(new)
    return moving.start_of(new, pointer.document)


def written(store: Store, digest: str, outline: Outline, spot: moving.Spot) -> str:
    """A spot as KOReader writes it. The steps inside its block are kept where they lead somewhere in the file."""
    block = tuple(outline[spot.chapter].paths[spot.block].split("/"))
    if spot.inside and spot.inside != ((), 0):
        steps, offset = (*block, *spot.inside[0]), spot.inside[1]
        if _leads(store, digest, outline[spot.chapter].name, steps, offset):
            return str(Pointer(spot.chapter, steps, offset))
    return str(Pointer(spot.chapter, block))


def _leads(store: Store, digest: str, name: str, steps: tuple[str, ...], offset: int) -> bool:
    path = _path_of(store, digest)
    if not path:  # the file is gone: the reader may have it yet, and its words are the same
        return True
    root = _root(path, name)
    return root is not None and leads_somewhere(root, steps, offset)


def _outline(store: Store, digest: str) -> Outline | None:
    """The outline of a file, which is made now where there is none yet and the file is on the shelf."""
    if found := outline_of(store, digest):
        return found
    path = _path_of(store, digest)
    if not path:
        return None
    try:
        outline = read_outline(path)
    except (OSError, ValueError):
        return None
    return outline


def _path_of(store: Store, digest: str) -> Path | None:
    row = store.one("SELECT path, format FROM files WHERE digest = ?", (digest,))
    return store.folder / row[0] if row and row[1] in FORMATS else None


def _format(store: Store, digest: str) -> str:
    """The format of a file that is on the shelf, "" of others."""
    row = store.one("SELECT format FROM files WHERE digest = ?", (digest,))
    return str(row[0]) if row else ""


def _document(path: Path | None, name: str) -> bytes | None:
    """A document of an EPUB; None where it can't be had."""
    if not path:
        return None
    try:
        with path.open("rb") as file:
            return Archive(file, OWN_BOOKS).read(name)
    except (OSError, KeyError, Damaged):
        return None


def _root(path: Path | None, name: str) -> XmlNode | None:
    """The root of a document of an EPUB; None where it can't be had."""
    data = _document(path, name)
    try:
        return read_xml(data)[0] if data else None
    except Malformed:
        return None


def spot_of_reference(store: Store, book: int, references: list[str]) -> str:
    """Where in the book's EPUB of now the first of these references leads that leads anywhere, as KOReader writes it;
    "" for nowhere. A reference is a document's address, and behind "#" an identifier or ":~:text=" and words."""
    here = current(store, book)
    outline = _outline(store, here[0]) if here else None
    if not here or not outline:
        return ""
    for reference in references:
        address, _, fragment = reference.partition("#")
        name = posixpath.normpath(unquote(address))
        number = next((n for n, c in enumerate(outline) if name in (c.name, c.name.removeprefix(HOME))), None)
        if number is None or not outline[number].paths:
            continue
        return written(store, here[0], outline, moving.Spot(number, _block(here[1], outline[number].name, fragment)))
    return ""


def _block(path: Path, name: str, fragment: str) -> int:
    """The number of the block that a fragment means; the first where it means none."""
    data = _document(path, name)
    try:
        blocks = Blocks(data or b"")
    except Malformed:
        return 0
    found = sorted(blocks.found)
    anchor, _, directive = fragment.partition(":~:")
    text = next((part[5:] for part in directive.split("&") if part.startswith("text=")), "")
    wanted = [" ".join(unquote(part).split()).casefold() for part in text.split(",") if not part.endswith("-")]
    if wanted and wanted[0]:
        at = next((n for n, (*_, words) in enumerate(found) if wanted[0] in words.casefold()), None)
        if at is not None:
            return at
    number = blocks.anchors.get(unquote(anchor))
    return next((n for n, (own, *_) in enumerate(found) if number is not None and own >= number), 0)


def references_of(store: Store, place: Place) -> list[str]:
    """Where a place is in the book's EPUB of now, as addresses with the words that begin the block."""
    here = current(store, place.book) if place.book is not None else None
    found = _brought(store, place, _told_in(store, place), here[0]) if here else None
    outline = _outline(store, here[0]) if here else None
    pointer = pointer_of(found[0]) if found else None
    spot = moving.spot_of(outline, pointer) if outline and pointer else None
    if not here or not outline or not spot:
        return []
    name = outline[spot.chapter].name
    try:
        words = sorted(Blocks(_document(here[1], name) or b"").found)[spot.block][2]
    except (Malformed, IndexError):
        words = ""
    quoted = quote(words[:QUOTED].rsplit(" ", 1)[0] if len(words) > QUOTED else words, safe="").replace("-", "%2D")
    return [quote(name.removeprefix(HOME)) + (f"#:~:text={quoted}" if quoted else "")]
