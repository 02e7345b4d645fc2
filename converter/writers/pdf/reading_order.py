"""The order in which a PDF is read: one and the same in its structure, and in what its pages paint.

Some readers go by the structure, some by what is painted first; checkers compare both. So a note is read after the
paragraph that cites it (no sentence is torn), what an element holds itself stands in Spans where it has elements beside
it (many readers take the one kind first, then the other), and a page that paints its text in another order paints it
last, in the order of its structure (`repainting.py`). In comes an open PDF of any engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from converter.writers.pdf.repainting import repaint

WHOLE = frozenset({"/P", "/Title", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"})
"""What a note is not to tear."""


def settle_order(pdf: Any) -> None:
    """Has structure and pages in one order; what is in order already stays as it is. A PDF without structure, too."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    document = _kids(root)[0]
    _part_notes(pdf, document)
    pages: dict[tuple[int, int], tuple[Any, list[int]]] = {}
    spans = _Spans(pdf, root)
    for page, mark in _marks(document, spans):
        pages.setdefault(page.objgen, (page, []))[1].append(mark)
    for page, marks in pages.values():
        if any(one > next_one for one, next_one in pairwise(marks)):
            repaint(pdf, page, marks)


def _kids(element: Any) -> list[Any]:
    """What an element holds, which may stand without its array."""
    import pikepdf

    kids = element.get("/K", ())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid: Any) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _marks(document: Any, spans: _Spans) -> Iterator[tuple[Any, int]]:
    """Each marked content with its page, in the order of the structure; what stands beside elements gets Spans."""
    waiting: list[tuple[Any, Any]] = [(document, None)]
    while waiting:
        element, page = waiting.pop()
        if isinstance(element, int):
            yield page, element
        elif "/S" in element:
            page = element.get("/Pg", page)
            kids = _kids(element)
            if any(map(_is_element, kids)):
                kids = spans.put_around(element, kids, page)
            waiting.extend((kid, page) for kid in reversed(kids))
        elif "/MCID" in element:  # of another page than its element
            yield element.get("/Pg", page), int(element.MCID)


class _Spans:
    """Puts Spans around content that has elements beside it."""

    def __init__(self, pdf: Any, root: Any) -> None:
        self.pdf, self.root = pdf, root
        self.owners: dict[int, Any] | None = None

    def put_around(self, element: Any, kids: list[Any], page: Any) -> list[Any]:
        """The kids of an element as they are then."""
        import pikepdf

        settled: list[Any] = []
        bare: list[Any] = []
        for kid in [*kids, None]:
            if isinstance(kid, int) or (kid is not None and "/MCID" in kid):
                bare.append(kid)
                continue
            if bare:
                settled.append(self._span(element, bare, page))
                bare = []
            if kid is not None:
                settled.append(kid)
        if len(settled) < len(kids) or any(a is not b for a, b in zip(settled, kids, strict=True)):
            element.K = pikepdf.Array(settled)
        return settled

    def _span(self, element: Any, bare: list[Any], page: Any) -> Any:
        import pikepdf

        span = self.pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Span, P=element, K=pikepdf.Array(bare))
        )
        if page is not None:
            span.Pg = page
        for kid in bare:
            where, mark = (page, kid) if isinstance(kid, int) else (kid.get("/Pg", page), int(kid.MCID))
            self._owners_on(where)[mark] = span
        return span

    def _owners_on(self, page: Any) -> Any:
        """The elements that own the marked contents of a page (ISO 32000-1, 14.7.4.4)."""
        if self.owners is None:
            self.owners = dict(_numbered(self.root.ParentTree))
        return self.owners[int(page.StructParents)]


def _numbered(node: Any) -> Iterator[tuple[int, Any]]:
    """Numbers and values of a number tree (ISO 32000-1, 7.9.7)."""
    for kid in node.get("/Kids", ()):
        yield from _numbered(kid)
    flat = list(node.get("/Nums", ()))
    yield from ((int(number), value) for number, value in zip(flat[::2], flat[1::2], strict=True))


def _part_notes(pdf: Any, document: Any) -> None:
    """Moves the notes out of paragraphs and headings, behind them."""
    import pikepdf

    cited = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Note"]
    holders = {holder.objgen: holder for note in cited if (holder := _holder(note, document)) is not None}
    for holder in holders.values():
        notes = list(_taken(holder))
        kids = _kids(holder.P)
        at = next(i for i, kid in enumerate(kids) if _is_element(kid) and kid.objgen == holder.objgen)
        holder.P.K = pikepdf.Array([*kids[: at + 1], *notes, *kids[at + 1 :]])
        for note in notes:
            note.P = holder.P


def _holder(note: Any, document: Any) -> Any:
    """The paragraph or heading around a note."""
    element = note
    while element.objgen != document.objgen and "/P" in element:
        element = element.P
        if str(element.get("/S")) in WHOLE:
            return element
    return None


def _taken(holder: Any) -> Iterator[Any]:
    """Takes the notes out of what an element holds, in their order."""
    import pikepdf

    waiting = [holder]
    while waiting:
        element = waiting.pop()
        kids = _kids(element)
        if element.get("/S") == "/Note":
            yield element
            continue
        elements = [kid for kid in kids if _is_element(kid)]
        waiting.extend(reversed(elements))
        if any(kid.get("/S") == "/Note" for kid in elements):
            element.K = pikepdf.Array([k for k in kids if not (_is_element(k) and k.get("/S") == "/Note")])
