"""The words of a PDF that this program made, read back from its bytes: the text of the story, and that of its notes.

Read along the structure tree (ISO 32000-1, 14.7), which has the order of reading and leaves out running heads and page
numbers. pikepdf reads the file; what the glyphs mean is taken from the fonts' own ToUnicode tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from converter.document.contracts import PrintedPage
from converter.document.record import dataclass

HYPHEN = "\u2010"  # what the layout puts at the end of a line
INLINE = frozenset({"/Span", "/NonStruct", "/Link", "/Reference", "/Lbl"})
CAP = 1.8  # a drop cap is more than so many times as large as what follows it
BREAKS = "-\u2010\u2011\u2013\u2014/"  # a line may be broken after these without a space having stood there
GAP = 0.12  # of the type size: the narrowest space; spaces between two elements aren't written
LEVEL = 0.6  # of the type size: baselines that differ less are on one line (superscripts)
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*"
)


Font = tuple[dict[int, str], dict[int, float]]


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """A run of glyphs: its text, where its baseline begins and ends (px from the top left), type size, page."""

    text: str
    x: float
    end: float
    y: float
    size: float
    page: int


def pdf_strands(data: bytes) -> tuple[str, str]:
    """The running text and the notes, in reading order, words hyphenated at line ends made whole.

    Without cover, title page and contents; without the numbers of notes. Raises ValueError for a PDF without structure.
    """
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        running, notes = _Strand(), _Strand()
        for piece, kind in _read_along(pdf, _first_page_of_the_story(pdf)):
            if piece is None:
                running.apart = notes.apart = True
            else:
                (notes if kind == "note" else running).add(piece)
        return running.text(), notes.text()


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
    fonts: dict[tuple[int, int], Font] = {}
    pieces: dict[tuple[int, int], GlyphRun] = {}
    for i, sheet in enumerate(pdf.pages):
        if i >= first:
            pieces.update(_pieces(sheet, i, fonts))
    for page, mark, kind in _leaves(root.K[0], numbers):
        if kind == "break":
            yield None, kind
        elif (piece := pieces.get((page, mark))) is not None and kind != "sign":
            yield piece, kind


class _Strand:
    def __init__(self) -> None:
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
        same_line = last.page == piece.page and abs(last.y - piece.y) < LEVEL * size
        cap = (
            last.size > CAP * piece.size and last.page == piece.page and piece.x > last.x and len(last.text) <= CAP * 2
        )
        if cap:
            return
        if not same_line and last.text.endswith(HYPHEN) and len(last.text) > 1:
            self.parts[-1] = self.parts[-1].removesuffix(HYPHEN)
        elif (self.apart or piece.x - last.end > GAP * size) if same_line else last.text[-1] not in BREAKS:
            self.parts.append(" ")

    def text(self) -> str:
        return "".join(self.parts)


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
        if "/MCID" in element:  # what stands on another page than its paragraph begins
            yield numbers[element.Pg.objgen], int(element.MCID), kind
            continue
        if "/S" not in element:
            continue  # a reference to an annotation
        tag = str(element.S)
        if "/Pg" in element:
            page = numbers[element.Pg.objgen]
        if tag in ("/Reference", "/Lbl"):
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


def _plain(kid: Any) -> Any:
    return int(kid) if isinstance(kid, int) else kid


def _pieces(page: Any, number: int, fonts: dict[tuple[int, int], Font]) -> Iterator[tuple[tuple[int, int], GlyphRun]]:
    import pikepdf

    instructions: Any = pikepdf.parse_content_stream(page, "BDC BMC EMC Tm Tf TJ Tj")
    mark, text, x, y, size, advance = -1, "", 0.0, 0.0, 0.0, 0.0
    font: Font = ({}, {})
    for operands, operator in instructions:
        match str(operator):
            case "BDC" | "BMC":
                mark = -1
                if len(operands) == 2 and "/MCID" in operands[1]:
                    mark = int(operands[1].MCID)
                text = ""
            case "EMC":
                if mark >= 0 and text:
                    yield (number, mark), GlyphRun(RIGHT_TO_LEFT.sub(_turned, text), x, x + advance, y, size, number)
                mark = -1
            case "Tm":
                x, y, advance = float(operands[4]), float(operands[5]), 0.0
            case "Tf":
                size = float(operands[1])
                used = page.Resources.Font[str(operands[0])]
                if used.objgen not in fonts:
                    fonts[used.objgen] = _font(used)
                font = fonts[used.objgen]
            case "TJ" | "Tj":
                shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                for item in shown:
                    if isinstance(item, pikepdf.String):
                        octets = bytes(item)
                        codes = [int.from_bytes(octets[i : i + 2]) for i in range(0, len(octets), 2)]
                        text += "".join(font[0].get(code, "\ufffd") for code in codes)
                        advance += sum(font[1].get(code, 0.0) for code in codes) * size / 1000
                    else:
                        advance -= float(item) * size / 1000


def _turned(glyphs: re.Match[str]) -> str:
    """Glyphs written from right to left stand in the file from left to right."""
    return glyphs[0][::-1]


def _font(font: Any) -> Font:
    """Text and widths of a font's glyphs as WeasyPrint writes them: `bfchar` pairs and runs of widths.

    ISO 32000-1, 9.10.3 and 9.7.4.3.
    """
    table = {}
    for section in re.findall(rb"beginbfchar((?:(?!beginbfchar).)*?)endbfchar", font.ToUnicode.read_bytes(), re.S):
        for code, text in PAIR.findall(section):
            table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
    widths = {}
    runs = list(font.DescendantFonts[0].get("/W", ()))
    for i in range(0, len(runs) - 1, 2):
        for offset, width in enumerate(runs[i + 1]):
            widths[int(runs[i]) + offset] = float(width)
    return table, widths
