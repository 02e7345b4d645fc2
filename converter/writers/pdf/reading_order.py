"""The order in which a PDF is read: one and the same in its structure, and in what its pages paint.

Some readers go by the structure, some by what is painted first; checkers compare both. So a note is read after the
paragraph that cites it (no sentence is torn), what an element holds after others in it stands in a Span (many readers
take its own content first), and a page that paints its text in another order paints it last, in the order of its
structure (`repainting.py`). In comes an open PDF of any engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    walk = _Walk(pdf, root)
    walk.through(document)
    if walk.notes:
        _part_notes(walk.notes, document)
        walk = _Walk(pdf, root)
        walk.through(document)
    for page, marks in walk.pages.values():
        if marks != sorted(marks):
            repaint(pdf, page, marks)


def _kids(element: Any) -> list[Any]:
    """What an element holds, which may stand without its array."""
    import pikepdf

    kids = element.get("/K")
    if isinstance(kids, pikepdf.Array):
        return list(kids)
    return [] if kids is None else [kids]


class _Walk:
    """Through all elements: the marked contents of each of the `pages` in the order of the structure, and the `notes`.
    What an element holds after others gets Spans. A novel has ten thousand marks, so an element with nothing else, as
    most are, is done at once."""

    def __init__(self, pdf: Any, root: Any) -> None:
        self.pages: dict[tuple[int, int], tuple[Any, list[int]]] = {}
        self.notes: list[Any] = []
        self._pdf, self._root = pdf, root
        self._owners: dict[tuple[int, int], Any] = {}
        self._numbers: dict[int, Any] | None = None

    def through(self, document: Any) -> None:
        """From this element on."""
        waiting: list[tuple[Any, Any]] = [(document, None)]
        while waiting:
            element, page = waiting.pop()
            if isinstance(element, list):
                self._marked(element, page)
                continue
            page = element.get("/Pg", page)
            kids = _kids(element)
            if not kids:  # it shows nothing
                continue
            others = [kid for kid in kids if not isinstance(kid, int)]
            if not others:
                self._on(page).extend(kids)
                continue
            inside = [kid for kid in others if "/S" in kid]
            if not inside:
                self._marked(kids, page)
                continue
            if element.get("/S") == "/Note":
                self.notes.append(element)
            if len(inside) == len(kids):
                waiting.extend((kid, page) for kid in reversed(kids))
            else:
                waiting.extend((kid, page) for kid in reversed(self._settled(element, kids, page)))

    def _settled(self, element: Any, kids: list[Any], page: Any) -> list[Any]:
        """What an element holds, the elements one by one, in lists what else has a mark. What comes after an element is
        put into a Span."""
        import pikepdf

        parts: list[Any] = []
        told: list[Any] = []  # the kids as they are then
        content: list[Any] = []
        begun = changed = False  # whether there was an element, and something after it

        def put() -> None:
            nonlocal changed, content
            if content:
                parts.append(content)
                told.extend([self._span(element, content, page)] if begun else content)
                changed, content = changed or begun, []

        for kid in kids:
            if isinstance(kid, int) or "/MCID" in kid:
                content.append(kid)
                continue
            put()
            told.append(kid)
            if "/S" in kid:
                parts.append(kid)
                begun = True
        put()
        if changed:
            element.K = pikepdf.Array(told)
        return parts

    def _span(self, element: Any, content: list[Any], page: Any) -> Any:
        import pikepdf

        told = {"/S": pikepdf.Name.Span, "/P": element, "/K": content}
        if page is not None:
            told["/Pg"] = page
        span = self._pdf.make_indirect(pikepdf.Dictionary(told))
        for where, mark in _marks(content, page):
            self._owners_on(where)[mark] = span
        return span

    def _owners_on(self, page: Any) -> Any:
        """The elements that own the marked contents of a page (ISO 32000-1, 14.7.4.4)."""
        if self._numbers is None:
            self._numbers = dict(_numbered(self._root.ParentTree))
        known = self._owners.get(page.objgen)
        if known is None:
            known = self._owners[page.objgen] = self._numbers[int(page.StructParents)]
        return known

    def _marked(self, kids: list[Any], page: Any) -> None:
        for where, mark in _marks(kids, page):
            self._on(where).append(mark)

    def _on(self, page: Any) -> list[int]:
        known = self.pages.get(page.objgen)
        if known is None:
            known = self.pages[page.objgen] = (page, [])
        return known[1]


def _marks(kids: list[Any], page: Any) -> Iterator[tuple[Any, int]]:
    """The marks of content, each with its page, which may be another than its element's."""
    for kid in kids:
        if isinstance(kid, int):
            yield page, kid
        elif "/MCID" in kid:
            yield kid.get("/Pg", page), int(kid.MCID)


def _numbered(node: Any) -> Iterator[tuple[int, Any]]:
    """Numbers and values of a number tree (ISO 32000-1, 7.9.7)."""
    for kid in node.get("/Kids", ()):
        yield from _numbered(kid)
    flat = list(node.get("/Nums", ()))
    yield from ((int(number), value) for number, value in zip(flat[::2], flat[1::2], strict=True))


def _part_notes(cited: Sequence[Any], document: Any) -> None:
    """Moves the notes out of paragraphs and headings, behind them."""
    import pikepdf

    holders = {holder.objgen: holder for note in cited if (holder := _holder(note, document)) is not None}
    for holder in holders.values():
        notes = list(_taken(holder))
        kids = _kids(holder.P)
        at = next(i for i, kid in enumerate(kids) if not isinstance(kid, int) and kid.objgen == holder.objgen)
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
        elements = [kid for kid in kids if not isinstance(kid, int) and "/S" in kid]
        waiting.extend(reversed(elements))
        if any(kid.get("/S") == "/Note" for kid in elements):
            element.K = pikepdf.Array([k for k in kids if isinstance(k, int) or k.get("/S") != "/Note"])
