"""One PDF from several that were printed for it, in order: pages, places, outline, labels, tags, fonts.

In come finished PDFs, of whatever engine; out comes one, the same bytes every time. What the book says of itself (Info,
XMP, language, the first half of its /ID) is taken from the first part. Links may lead from one part to another by the
names of places. The IDs of structure elements must differ between parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from hashlib import md5
from io import BytesIO
from typing import Any

from converter.document.record import dataclass
from converter.writers.pdf.united_fonts import unite_fonts


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline: how deep (1 is the top), what it says, its page in the part (0 is the first), and its
    place there in points from the bottom left."""

    level: int
    title: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PdfPart:
    """The bytes of a PDF that is a part of one, and its entries in the outline, which is made anew of all."""

    data: bytes
    outline: tuple[OutlineEntry, ...] = ()


def join(parts: Sequence[PdfPart], *, blank: bool = False) -> bytes:
    """The PDF that all parts are together, a `blank` page behind them if asked for. Raises pikepdf.PdfError for bytes
    that are no PDF."""
    import pikepdf

    with ExitStack() as opened:
        book, *others = [opened.enter_context(pikepdf.open(BytesIO(part.data))) for part in parts]
        firsts = [0]
        joined = _Joined(book)
        for other in others:
            firsts.append(len(book.pages))
            joined.add(other)
        joined.finish()
        starts = [*firsts, len(book.pages)]
        unite_fonts([book.pages[first].obj.Resources for first in firsts])
        _share_pictures([book.pages[first].obj.Resources for first in firsts])
        _share_colours([book.pages[first].obj.Resources for first in firsts])
        _outline(book, [(first, entry) for first, part in zip(starts, parts, strict=False) for entry in part.outline])
        if blank:
            _, _, width, height = (float(edge) for edge in book.pages[-1].mediabox)
            book.add_blank_page(page_size=(width, height))
        out = BytesIO()
        streams = pikepdf.ObjectStreamMode.generate
        book.save(out, object_stream_mode=streams, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


class _Joined:
    """The book as it grows: what is a tree in each part is one list here until all are there."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.places = list(_flat(book.Root.get("/Names", {}).get("/Dests"), "/Names"))
        self.labels = list(_flat(book.Root.get("/PageLabels"), "/Nums"))
        self.structure = book.Root.get("/StructTreeRoot")
        self.parents: list[tuple[Any, Any]] = []
        self.known: list[tuple[Any, Any]] = []  # structure elements by their IDs
        if self.structure is not None:
            self.parents = list(_flat(self.structure.ParentTree, "/Nums"))
            self.known = list(_flat(self.structure.get("/IDTree"), "/Names"))

    def add(self, other: Any) -> None:
        """Adds the pages of another part, and all that belongs to them."""
        first = len(self.book.pages)
        self.book.pages.extend(other.pages)
        if (places := other.Root.get("/Names", {}).get("/Dests")) is not None:
            self.places.extend(_flat(self._copied(other, places), "/Names"))
        for page, label in _flat(other.Root.get("/PageLabels"), "/Nums"):
            self.labels.append((int(page) + first, self._copied(other, label)))
        if self.structure is not None and "/StructTreeRoot" in other.Root:
            self._add_structure(self._copied(other, other.Root.StructTreeRoot), first)

    def _copied(self, other: Any, thing: Any) -> Any:
        return self.book.copy_foreign(thing if thing.is_indirect else other.make_indirect(thing))

    def _add_structure(self, structure: Any, first: int) -> None:
        """Hangs the elements of a part under the one Document, and counts its marked content on."""
        base = max((int(key) for key, _ in self.parents), default=-1) + 1
        for page in list(self.book.pages)[first:]:
            sheet = page.obj
            if "/StructParents" in sheet:
                sheet.StructParents = int(sheet.StructParents) + base
            for annotation in sheet.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + base
        self.parents.extend((int(key) + base, value) for key, value in _flat(structure.ParentTree, "/Nums"))
        self.known.extend(_flat(structure.get("/IDTree"), "/Names"))
        document = _only(self.structure.K)
        for element in _only(structure.K).K:
            element.P = document
            document.K.append(element)

    def finish(self) -> None:
        """Makes trees of the lists."""
        import pikepdf

        root = self.book.Root
        if self.places:
            if "/Names" not in root:
                root.Names = pikepdf.Dictionary()
            root.Names.Dests = self._by_name(self.places)
        if self.labels:
            root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(_labels(self.labels)))
        if self.structure is not None:
            numbers = pikepdf.Array()
            for key, value in self.parents:
                numbers.append(int(key))
                numbers.append(value)
            self.structure.ParentTree = self.book.make_indirect(pikepdf.Dictionary(Nums=numbers))
            if self.known:
                self.structure.IDTree = self._by_name(self.known)
            self.structure.ParentTreeNextKey = len(self.parents) and int(self.parents[-1][0]) + 1

    def _by_name(self, things: Sequence[tuple[Any, Any]]) -> Any:
        """A name tree of one node."""
        import pikepdf

        names = pikepdf.Array()
        for name, thing in sorted(((bytes(name), thing) for name, thing in things), key=lambda one: one[0]):
            names.append(pikepdf.String(name))
            names.append(thing)
        return self.book.make_indirect(pikepdf.Dictionary(Names=names))


def _only(kids: Any) -> Any:
    """The one kid, which may stand without its array."""
    return kids[0] if _is_array(kids) else kids


def _is_array(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Array)


def _flat(tree: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """Keys and values of a name tree or a number tree (ISO 32000-1, 7.9.6 and 7.9.7), in order."""
    waiting = [tree] if tree is not None else []
    while waiting:
        node = waiting.pop()
        waiting.extend(reversed(list(node.get("/Kids", ()))))
        pairs = list(node.get(key, ()))
        yield from zip(pairs[::2], pairs[1::2], strict=True)


def _labels(labels: Sequence[tuple[Any, Any]]) -> Iterator[Any]:
    """The labels without those that only go on counting as the one before them does."""
    before: tuple[Any, Any, int] | None = None
    began = 0
    for key, label in labels:
        page = int(key)
        style, prefix, number = label.get("/S"), label.get("/P"), int(label.get("/St", 1))
        goes_on = before is not None and style is not None and before[:2] == (style, prefix)
        if not (goes_on and before and number == before[2] + page - began):
            yield page
            yield label
            before, began = (style, prefix, number), page


def _outline(book: Any, entries: Sequence[tuple[int, OutlineEntry]]) -> None:
    """Writes the outline: each entry under the last one of a lower level (ISO 32000-1, 12.3.3), all of it unfolded."""
    import pikepdf

    if not entries:
        return
    top = book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    above: list[tuple[int, Any]] = [(0, top)]
    under: dict[tuple[int, int], int] = {}
    for first, entry in entries:
        while above[-1][0] >= entry.level:
            above.pop()
        parent = above[-1][1]
        place = pikepdf.Array([book.pages[first + entry.page].obj, pikepdf.Name.XYZ, entry.x, entry.y, 0])
        item = book.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(entry.title), Dest=place, Parent=parent))
        if "/Last" in parent:
            item.Prev = parent.Last
            parent.Last.Next = item
        else:
            parent.First = item
        parent.Last = item
        for _, one in above:
            under[one.objgen] = under.get(one.objgen, 0) + 1
            one.Count = under[one.objgen]
        above.append((entry.level, item))
    book.Root.Outlines = top


def _share_pictures(resources: Sequence[Any]) -> None:
    """Has each picture that is in several parts, to the byte, only once."""
    known: dict[bytes, Any] = {}
    for one in resources:
        pictures = one.get("/XObject", {})
        for name in sorted(pictures.keys()):
            picture = pictures[name]
            if picture.get("/Subtype") == "/Image":
                pictures[name] = known.setdefault(_digest(picture), picture)


def _share_colours(resources: Sequence[Any]) -> None:
    """Has each profile that says what colours mean only once."""
    known: dict[bytes, Any] = {}
    for one in resources:
        spaces = one.get("/ColorSpace", {})
        for name in sorted(spaces.keys()):
            if _is_array(spaces[name]) and spaces[name][0] == "/ICCBased":
                spaces[name] = known.setdefault(_digest(spaces[name][1]), spaces[name])


def _digest(picture: Any) -> bytes:
    said = {key: str(value) for key, value in picture.items() if key not in ("/SMask", "/Length")}
    mask = _digest(picture.SMask) if "/SMask" in picture else b""
    return md5(repr(sorted(said.items())).encode() + picture.read_raw_bytes() + mask, usedforsecurity=False).digest()
