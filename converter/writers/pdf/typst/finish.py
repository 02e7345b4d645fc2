"""The last hand on the PDF's objects: the file's identifier, the cover's label, objects packed."""

from __future__ import annotations

import re
from hashlib import md5
from io import BytesIO
from typing import Any

from converter.document.model import Book
from converter.writers.pdf.reading_order import settle_order
from converter.writers.pdf.typst.apart import say_once

JOINED = re.compile(rb"<([0-9A-Fa-f]{4,64})2060>")  # two signs or more in UTF-16, the last a word joiner


def finished(data: bytes, book: Book, *, cover: bool, bound: bool) -> tuple[bytes, int]:
    """The PDF with the book's own /ID (its first half is the same for every printing of a story: ISO 32000-1, 14.4) and
    "Cover" as the first page's label; and the number of its pages. `bound`: leaves have two pages, and a last one may
    be blank."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        identify(pdf, book.metadata.identifier)
        if bound and len(pdf.pages) % 2:
            _, _, width, height = (float(edge) for edge in pdf.pages[0].mediabox)
            pdf.add_blank_page(page_size=(width, height))
        told = list(pdf.Root.PageLabels.Nums) if "/PageLabels" in pdf.Root else []
        roman = [int(told[i]) for i in range(0, len(told), 2) if told[i + 1].get("/S") == pikepdf.Name.r]
        label_pages(pdf, cover, roman[-1] + 1 if roman else 0)
        settle_objects(pdf)
        say_once(pdf)
        drop_empty_headings(pdf)
        settle_order(pdf)
        out = BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue(), len(pdf.pages)


def identify(pdf: Any, identifier: str) -> None:
    """Gives the file the /ID of a book that is known by this."""
    import pikepdf

    mark = md5(identifier.encode(), usedforsecurity=False).hexdigest()
    pdf.trailer.ID = pikepdf.Array([pikepdf.String(mark), pikepdf.String(mark)])


def label_pages(pdf: Any, cover: bool, front: int, first: int = 1) -> None:
    """Page labels as few as there are kinds of pages: "Cover", roman numbers for those of the `front` pages that have
    no other, then from `first` on. Typst gives each page one, and no style to those with digits of other languages."""
    import pikepdf

    labels: list[Any] = [0, pikepdf.Dictionary({"/P": pikepdf.String("Cover")})] if cover else []
    if front > cover:
        labels += [int(cover), pikepdf.Dictionary({"/S": pikepdf.Name.r, "/St": cover + 1})]
    if front < len(pdf.pages):
        labels += [front, pikepdf.Dictionary({"/S": pikepdf.Name.D, "/St": first})]
    pdf.Root.PageLabels = pikepdf.Dictionary({"/Nums": pikepdf.Array(labels)})


def settle_objects(pdf: Any) -> None:
    """What is mended in a single object, whatever page it is on: what glyphs mean, and the names of greys."""
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary):
            if "/ToUnicode" in item:
                _part_joiners(item.ToUnicode)
            elif "/ColorSpace" in item:
                _name_black(item.ColorSpace)


def _part_joiners(meanings: Any) -> None:
    """Takes word joiners out of what a glyph means. To Typst a ligature means all that it first stood for, in "off—"
    also the joiner before the dash, and from then on nobody would find "offer"."""
    meant = meanings.read_bytes()
    if b"2060>" in meant and (parted := JOINED.sub(rb"<\1>", meant)) != meant:
        meanings.write(parted)


def _name_black(spaces: Any) -> None:
    """Calls greys DeviceGray, so much black ink: Typst gives them a profile, which a press may mix of four inks."""
    import pikepdf

    if isinstance(spaces, pikepdf.Dictionary):
        for name, space in spaces.items():
            if isinstance(space, pikepdf.Array) and space[0] == pikepdf.Name.ICCBased and space[1].N == 1:
                spaces[name] = pikepdf.Name.DeviceGray


def drop_empty_headings(pdf: Any) -> None:
    """Takes headings that show nothing out of the structure: to who listens they are headings without a name."""
    import pikepdf

    top = pdf.Root.StructTreeRoot.K
    document = top[0] if isinstance(top, pikepdf.Array) else top
    document.K = pikepdf.Array([kid for kid in document.K if not _is_empty(kid)])


def _is_empty(element: Any) -> bool:
    return str(element.get("/S")).startswith("/H") and not len(element.get("/K", ()))
