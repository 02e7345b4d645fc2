"""The words of a PDF that this program made, read back from its bytes: the text of the story, and that of its notes.

Read along the structure tree (ISO 32000-1, 14.7), which has the order of reading and leaves out running heads and page
numbers. pikepdf reads the file; what the glyphs mean is taken from the fonts' own ToUnicode tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from converter.document.contracts import PrintedPage
from converter.proof.glyph_runs import LEFTWARDS, Font, GlyphRun, in_order, on_one_line, runs_of_page

HYPHEN, SOFT_HYPHEN = "\u2010", "\u00ad"  # what a layout puts at the end of a line
INLINE = frozenset({"/Span", "/NonStruct", "/Link", "/Reference", "/Lbl", "/Em", "/Strong", "/Code"})
UNSEEN = {0x2060: None, 0x200B: None, 0x00AD: None}  # what joins and parts words, and no reader sees
AFTER_CAP = "\u2060"  # behind a drop cap in a reading: whether a space stood there can't be seen
CAP = 1.8  # a drop cap is more than so many times as large as what follows it
BREAKS = "-\u2010\u2011\u2013\u2014/"  # a line may be broken after these without a space having stood there
GAP = 0.12  # of the type size: the narrowest space; spaces between two elements aren't written


def pdf_strands(data: bytes, *, caps_apart: bool = False) -> tuple[str, str]:
    """The running text and the notes, in reading order, words hyphenated at line ends made whole.

    Without cover, title page and contents; without the numbers of notes. `caps_apart`: `AFTER_CAP` stands behind a drop
    cap, since whether a space stood there can't be seen. Raises ValueError for a PDF without structure.
    """
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        running, notes = _Strand(AFTER_CAP if caps_apart else ""), _Strand()
        for piece, kind in _read_along(pdf, _first_page_of_the_story(pdf)):
            if piece is None:
                running.apart = notes.apart = True
            else:
                (notes if kind == "note" else running).add(piece)
        return running.text(), notes.text()


def front_text(data: bytes) -> str:
    """The text of the pages before the story, notes where they stand. Raises ValueError for a PDF without structure."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        strand, end = _Strand(), _first_page_of_the_story(pdf)
        for piece, _ in _read_along(pdf, 0):
            if piece is None:
                strand.apart = True
            elif piece.page < end:
                strand.add(piece)
        return strand.text()


def printed_pages(data: bytes) -> tuple[PrintedPage, ...]:
    """The pages of the story, in order, each with the number it bears and the running text on it.

    Notes are not in it; a word that the page's end cuts is in two pieces. Raises ValueError for a PDF without
    structure.
    """
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        first = _first_page_of_the_story(pdf)
        strands = [_Strand() for _ in pdf.pages]
        apart = True
        for piece, kind in _read_along(pdf, first):
            if piece is None:
                apart = True
            elif kind != "note":
                strands[piece.page].apart |= apart
                strands[piece.page].add(piece)
                apart = False
        return tuple(PrintedPage(str(number), strand.text()) for number, strand in enumerate(strands[first:], 1))


def _read_along(pdf: Any, first: int) -> Iterator[tuple[GlyphRun | None, str]]:
    """The runs of glyphs from this page on, in reading order, each with its kind; None between blocks."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        raise ValueError("this PDF has no structure to read along")
    numbers = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
    one_way = str(pdf.docinfo.get("/Creator", "")).startswith("Typst")
    towards_left = str(pdf.Root.get("/Lang", "")).partition("-")[0].lower() in LEFTWARDS
    fonts: dict[tuple[int, int], Font] = {}
    pieces: dict[tuple[int, int], GlyphRun] = {}
    for i, sheet in enumerate(pdf.pages):
        if i >= first:
            pieces.update(runs_of_page(sheet, i, fonts, one_way, towards_left))
    row: list[tuple[GlyphRun, str]] = []
    for page, mark, kind in _leaves(root.K[0], numbers):
        if kind == "break":
            yield from in_order(row, towards_left)
            row = []
            yield None, kind
        elif (piece := pieces.get((page, mark))) is not None and kind != "sign":
            if row and not (row[-1][1] == kind and on_one_line(row[-1][0], piece)):
                yield from in_order(row, towards_left)
                row = []
            row.append((piece, kind))
    yield from in_order(row, towards_left)


class _Strand:
    def __init__(self, after_cap: str = "") -> None:
        self.after_cap = after_cap
        self.parts: list[str] = []
        self.last: GlyphRun | None = None
        self.apart = True

    def add(self, piece: GlyphRun) -> None:
        if self.last is not None:
            self._join(self.last, piece)
        self.parts.append(piece.text)
        self.last, self.apart = piece, False

    def _join(self, last: GlyphRun, piece: GlyphRun) -> None:
        size = max(last.size, piece.size)
        same_line = on_one_line(last, piece)
        cap = (
            last.size > CAP * piece.size and last.page == piece.page and piece.x > last.x and len(last.text) <= CAP * 2
        )
        if cap:
            self.parts.append(self.after_cap)
            return
        if not same_line and (last.text.endswith(SOFT_HYPHEN) or (last.text.endswith(HYPHEN) and len(last.text) > 1)):
            self.parts[-1] = self.parts[-1][:-1]
        elif (self.apart or piece.x - last.end > GAP * size) if same_line else last.text[-1] not in BREAKS:
            self.parts.append(" ")

    def text(self) -> str:
        return "".join(part if part == AFTER_CAP else part.translate(UNSEEN) for part in self.parts)


def _first_page_of_the_story(pdf: Any) -> int:
    """The page from which numbers are decimal: cover and front matter have other labels."""
    numbers = list(pdf.Root.get("/PageLabels", {}).get("/Nums", ()))
    for i in range(0, len(numbers), 2):
        if numbers[i + 1].get("/S") == "/D":
            return int(numbers[i])
    return 0


def _leaves(document: Any, numbers: dict[tuple[int, int], int]) -> Iterator[tuple[int, int, str]]:
    """(page, mark, kind) in reading order: "text", "note", "sign" (a note's number), or "break" between blocks."""
    waiting: list[tuple[Any, int, str]] = [(document, -1, "text")]
    while waiting:
        element, page, kind = waiting.pop()
        if isinstance(element, int):
            yield page, element, kind
            continue
        if element is None:
            yield page, -1, "break"
            continue
        if "/MCID" in element:  # of another page than the one its element begins on
            yield numbers[element.Pg.objgen] if "/Pg" in element else page, int(element.MCID), kind
            continue
        if "/S" not in element:
            continue  # a reference to an annotation
        tag = str(element.S)
        if "/Pg" in element:
            page = numbers[element.Pg.objgen]
        if tag == "/Reference" or (tag == "/Lbl" and not _holds_paragraphs(element)):
            kind = "sign"
        elif tag == "/Note":
            kind = "note"
        block = tag not in INLINE
        if block:
            waiting.append((None, page, kind))
        kids = element.get("/K", ())
        waiting.extend((_plain(kid), page, kind) for kid in reversed(list(kids)))
        if block:
            yield page, -1, "break"


def _holds_paragraphs(label: Any) -> bool:
    """Whether an item's label is words of the text, terms that are defined, and no bullet or number."""
    kids = (_plain(kid) for kid in label.get("/K", ()))
    return any(not isinstance(kid, int) and kid.get("/S") == "/P" for kid in kids)


def _plain(kid: Any) -> Any:
    return int(kid) if isinstance(kid, int) else kid
