"""The PDF of a part of a book, as Typst makes it, made ready to be joined with others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from converter.document.record import dataclass
from converter.writers.pdf.join import OutlineEntry, PdfPart
from converter.writers.pdf.reading_order import settle_order
from converter.writers.pdf.typst.finish import drop_empty_headings, identify, label_pages, settle_objects
from converter.writers.pdf.typst.levelling import Place

AWAY = "x-place:"
"""How an address begins that a link to another part has until it has left Typst; a number follows."""
PAGES = re.compile(rb"(?<=<xmpTPg:NPages>)\d+(?=</xmpTPg:NPages>)")
ABOVE = 10.0  # points: Typst leads to so much above a place


@dataclass(frozen=True, slots=True)
class Part:
    """A part, the number of its pages, the number of the page on which each of its chapters begins."""

    pdf: PdfPart
    pages: int
    begun: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """The part before the story: the book's identifier, whether it begins with a cover, how many pages the other parts
    have, whether the book is bound, and its leaves have two pages."""

    identifier: str
    cover: bool
    others: int
    bound: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A part of the story: the number of its first page, the places in it that other parts lead to, and of its links to
    other parts where they lead and what they say."""

    first: int
    places: Mapping[str, Place]
    links: Sequence[tuple[str, str]]


def part_of(data: bytes, number: int, dropped: slice, keys: Sequence[str], what: Front | Story) -> Part:
    """The part of this `number` in the book, without the pages that are to be dropped; `keys` are its chapters'."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        gone = frozenset(page.obj.objgen for page in pdf.pages[dropped])
        first = len(gone) if dropped.start == 0 else 0
        if isinstance(what, Story):
            _add_places(pdf, what.places)
            _lead_away(pdf, what.links)
        outline = tuple(_outline(pdf, gone))
        places = _named(pdf)
        kept = {name: place for name, place in places.items() if place[0].objgen not in gone}
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        begun = tuple(pages[kept[key][0].objgen] - first for key in keys)
        pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=_listed(sorted(kept.items()))))
        if "/Outlines" in pdf.Root:
            del pdf.Root.Outlines
        _untag(pdf, dropped, gone)
        _tell_apart(pdf, number)
        del pdf.pages[dropped]
        settle_order(pdf)
        if isinstance(what, Front):
            identify(pdf, what.identifier)
            label_pages(pdf, what.cover, len(pdf.pages))
            settle_objects(pdf)
            count = len(pdf.pages) + what.others
            _count(pdf, count + (what.bound and count % 2))
        else:
            label_pages(pdf, False, 0, what.first)
            settle_objects(pdf)
            begun = tuple(what.first + at for at in begun)
        out = BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return Part(PdfPart(out.getvalue(), outline), len(pdf.pages), begun)


def _named(pdf: Any) -> dict[str, Any]:
    """The places that have names."""
    return {str(name): place for name, place in _pairs(pdf.Root.get("/Names", {}).get("/Dests", {}))}


def _pairs(node: Any) -> Iterator[tuple[Any, Any]]:
    """Names and values of a name tree, or numbers and values of a number tree (ISO 32000-1, 7.9.6 and 7.9.7)."""
    for kid in node.get("/Kids", ()):
        yield from _pairs(kid)
    flat = list(node.get("/Names", node.get("/Nums", ())))
    yield from zip(flat[::2], flat[1::2], strict=True)


def _listed(pairs: Sequence[tuple[Any, Any]]) -> Any:
    import pikepdf

    flat = pikepdf.Array()
    for key, value in pairs:
        flat.append(key)
        flat.append(value)
    return flat


def _add_places(pdf: Any, places: Mapping[str, Place]) -> None:
    """Gives these places names, by which other parts lead to them."""
    import pikepdf

    if not places:
        return
    named = _named(pdf)
    for name, place in places.items():
        page = pdf.pages[place.page - 1].obj
        top = float(page.MediaBox[3])
        named[name] = pikepdf.Array(
            [page, pikepdf.Name.XYZ, round(place.x, 3), round(top - max(0.0, place.y - ABOVE), 3), 0]
        )
    pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=_listed(sorted(named.items()))))


def _lead_away(pdf: Any, links: Sequence[tuple[str, str]]) -> None:
    """Makes links to places of those that have an address for one."""
    import pikepdf

    for page in pdf.pages if links else ():
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(AWAY):
                to, says = links[int(address.removeprefix(AWAY))]
                del annotation.A
                annotation.Dest = pikepdf.String(to)
                annotation.Contents = pikepdf.String(says)


def _outline(pdf: Any, gone: frozenset[Any]) -> Iterator[OutlineEntry]:
    """The entries that lead to pages which stay."""
    pages = {page.obj.objgen: at for at, page in enumerate(p for p in pdf.pages if p.obj.objgen not in gone)}
    waiting = [(pdf.Root.Outlines.First, 1)] if "/First" in pdf.Root.get("/Outlines", {}) else []
    while waiting:
        item, level = waiting.pop()
        if "/Next" in item:
            waiting.append((item.Next, level))
        if "/First" in item:
            waiting.append((item.First, level + 1))
        page, _, x, y, *_ = item.Dest
        if page.objgen in pages:
            yield OutlineEntry(level, str(item.Title), pages[page.objgen], float(x), float(y))


def _untag(pdf: Any, dropped: slice, gone: frozenset[Any]) -> None:
    """Takes the tags of pages that are to be dropped, and headings that show nothing, out of the structure."""
    import pikepdf

    drop_empty_headings(pdf)
    root = pdf.Root.StructTreeRoot
    numbers = {int(page.obj.StructParents) for page in pdf.pages[dropped] if "/StructParents" in page.obj}
    kept = [(int(key), value) for key, value in _pairs(root.ParentTree) if int(key) not in numbers]
    root.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=_listed(kept)))
    document = root.K[0] if isinstance(root.K, pikepdf.Array) else root.K
    document.K = pikepdf.Array([kid for kid in document.K if "/Pg" not in kid or kid.Pg.objgen not in gone])


def _tell_apart(pdf: Any, number: int) -> None:
    """Begins the IDs of structure elements with this number, for those of other parts are counted, too."""
    import pikepdf

    root = pdf.Root.StructTreeRoot
    if "/IDTree" not in root:
        return

    def told(name: Any) -> Any:
        return pikepdf.String(f"{number}.{name}")

    pairs = list(_pairs(root.IDTree))
    for name, element in pairs:
        element.ID = told(name)
    root.IDTree = pdf.make_indirect(
        pikepdf.Dictionary(Names=_listed(sorted(((told(name), e) for name, e in pairs), key=lambda one: bytes(one[0]))))
    )
    waiting = list(root.K) if isinstance(root.K, pikepdf.Array) else [root.K]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, pikepdf.Dictionary):
            continue
        looks = element.get("/A", ())
        for look in looks if isinstance(looks, pikepdf.Array) else (looks,):
            if isinstance(look, pikepdf.Dictionary) and len(look.get("/Headers", ())):
                look.Headers = pikepdf.Array([told(name) for name in look.Headers])
        kids = element.get("/K", ())
        waiting.extend(kids if isinstance(kids, pikepdf.Array) else [kids])


def _count(pdf: Any, pages: int) -> None:
    """Says in the file's own words how many pages there are."""
    said = pdf.Root.Metadata
    said.write(PAGES.sub(str(pages).encode(), said.read_bytes()))
