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

HYPHEN, SOFT_HYPHEN = "\u2010", "\u00ad"  # what a layout puts at the end of a line
INLINE = frozenset({"/Span", "/NonStruct", "/Link", "/Reference", "/Lbl", "/Em", "/Strong", "/Code"})
UNSEEN = {0x2060: None, 0x200B: None, 0x00AD: None}  # what joins and parts words, and no reader sees
TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # of direction: said once more in the text
LEFTWARDS = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
CAP = 1.8  # a drop cap is more than so many times as large as what follows it
BREAKS = "-\u2010\u2011\u2013\u2014/"  # a line may be broken after these without a space having stood there
MOST_CODES = 0xFFFF
GAP = 0.12  # of the type size: the narrowest space; spaces between two elements aren't written
LEVEL = 0.6  # of the type size: baselines that differ less are on one line (superscripts)
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*"
)


Font = tuple[dict[int, str], dict[int, float]]


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """A run of glyphs: its text in the order of reading, where its baseline begins and ends (points from the bottom left), type size, page."""

    text: str
    x: float
    end: float
    y: float
    size: float
    page: int
    backwards: bool = False


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
    one_way = str(pdf.docinfo.get("/Creator", "")).startswith("Typst")
    fonts: dict[tuple[int, int], Font] = {}
    pieces: dict[tuple[int, int], GlyphRun] = {}
    for i, sheet in enumerate(pdf.pages):
        if i >= first:
            pieces.update(_pieces(sheet, i, fonts, one_way))
    towards_left = str(pdf.Root.get("/Lang", "")).partition("-")[0].lower() in LEFTWARDS
    row: list[tuple[GlyphRun, str]] = []
    for page, mark, kind in _leaves(root.K[0], numbers):
        if kind == "break":
            yield from _in_order(row, towards_left)
            row = []
            yield None, kind
        elif (piece := pieces.get((page, mark))) is not None and kind != "sign":
            if row and not (row[-1][1] == kind and _on_one_line(row[-1][0], piece)):
                yield from _in_order(row, towards_left)
                row = []
            row.append((piece, kind))
    yield from _in_order(row, towards_left)


def _on_one_line(one: GlyphRun, other: GlyphRun) -> bool:
    return one.page == other.page and abs(one.y - other.y) < LEVEL * max(one.size, other.size)


def _in_order(row: list[tuple[GlyphRun, str]], towards_left: bool) -> Iterator[tuple[GlyphRun, str]]:
    """The runs of a line in the order of reading.

    Typst writes what is of one font and direction in that order, but one such stretch after the other as they are
    seen, from the left (Unicode's UAX 9, rule L2, is undone here).
    """
    if len(row) < 2 or not any(piece.backwards for piece, _ in row):
        yield from row
        return
    stretches: list[list[tuple[GlyphRun, str]]] = []
    edge = float("-inf")
    for piece, kind in row:
        if piece.x >= edge - LEVEL:
            stretches.append([])
        stretches[-1].append((piece, kind))
        edge = max(edge, piece.end)
    if towards_left:
        stretches.reverse()
    against = [_turns(stretch) != towards_left and any(p.text.strip() for p, _ in stretch) for stretch in stretches]
    at = 0
    while at < len(stretches):
        end = at
        while end < len(stretches) and against[end]:
            end += 1
        for stretch in reversed(stretches[at:end]):
            yield from stretch
        if end < len(stretches):
            yield from stretches[end]
        at = end + 1


def _turns(stretch: list[tuple[GlyphRun, str]]) -> bool:
    return any(RIGHT_TO_LEFT.search(piece.text) for piece, _ in stretch)


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
        if not same_line and (last.text.endswith(SOFT_HYPHEN) or (last.text.endswith(HYPHEN) and len(last.text) > 1)):
            self.parts[-1] = self.parts[-1][:-1]
        elif (self.apart or piece.x - last.end > GAP * size) if same_line else last.text[-1] not in BREAKS:
            self.parts.append(" ")

    def text(self) -> str:
        return "".join(self.parts).translate(UNSEEN)


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


Matrix = tuple[float, float, float, float, float, float]


def _pieces(
    page: Any, number: int, fonts: dict[tuple[int, int], Font], one_way: bool
) -> Iterator[tuple[tuple[int, int], GlyphRun]]:
    """`one_way`: all that stands in one piece of marked content runs in one direction, as Typst writes it."""
    import pikepdf

    instructions: Any = pikepdf.parse_content_stream(page, "q Q cm BDC BMC EMC Tm Tf TJ Tj")
    mark, text, said = -1, list[str](), ""
    x = y = size = advance = 0.0
    scale = 1.0
    place, kept = IDENTITY, list[Matrix]()
    font: Font = ({}, {})
    depth = 0  # of marked content inside marked content
    for operands, operator in instructions:
        match str(operator):
            case "q":
                kept.append(place)
            case "Q":
                place = kept.pop() if kept else IDENTITY
            case "cm":
                place = _times(tuple(float(o) for o in operands), place)
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) == 2 and isinstance(operands[1], pikepdf.Dictionary) else {}
                if mark >= 0 and "/MCID" not in properties:
                    depth += 1
                    said = str(properties.get("/ActualText", ""))
                    continue
                mark, text, depth = int(properties.get("/MCID", -1)), list[str](), 0
            case "EMC" if depth:
                depth -= 1
                if said:
                    text.append(said)
                said = ""
            case "EMC":
                if mark >= 0 and text:
                    shown = "".join(text)
                    if backwards := one_way and RIGHT_TO_LEFT.search(shown) is not None:
                        shown = "".join(reversed(text))
                    elif not one_way:
                        shown = RIGHT_TO_LEFT.sub(_turned, shown)
                    yield (number, mark), GlyphRun(shown, x, x + advance, y, size * scale, number, backwards)
                mark = -1
            case "Tm":
                set_by = _times(tuple(float(o) for o in operands), place)
                scale = abs(set_by[3]) or 1.0
                if text:  # goes on elsewhere
                    advance = set_by[4] - x
                else:
                    x, y, advance = set_by[4], set_by[5], 0.0
            case "Tf":
                size = float(operands[1])
                used = page.Resources.Font[str(operands[0])]
                if used.objgen not in fonts:
                    fonts[used.objgen] = _font(used)
                font = fonts[used.objgen]
            case "TJ" | "Tj":
                for item in operands[0] if str(operator) == "TJ" else (operands[0],):
                    if isinstance(item, pikepdf.String):
                        octets = bytes(item)
                        codes = [int.from_bytes(octets[i : i + 2]) for i in range(0, len(octets), 2)]
                        if not said:
                            text.extend(font[0].get(code, "\ufffd") for code in codes)
                        advance += sum(font[1].get(code, 0.0) for code in codes) * size * scale / 1000
                    else:
                        advance -= float(item) * size * scale / 1000


def _times(a: Any, b: Matrix) -> Matrix:
    """What is placed by `a` in a space that is placed by `b` (ISO 32000-1, 8.3.4)."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def _turned(glyphs: re.Match[str]) -> str:
    """Glyphs written from right to left stand in the file from left to right."""
    return glyphs[0][::-1]


def _font(font: Any) -> Font:
    """Text and widths of a font's glyphs as our engines write them: `bfchar` pairs, and widths one by one or in runs.

    ISO 32000-1, 9.10.3 and 9.7.4.3.
    """
    table = {}
    for section in re.findall(rb"beginbfchar((?:(?!beginbfchar).)*?)endbfchar", font.ToUnicode.read_bytes(), re.S):
        for code, text in PAIR.findall(section):
            table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be", "replace").translate(TURNS)
    widths: dict[int, float] = {}
    runs = iter(font.DescendantFonts[0].get("/W", ()))
    for first in runs:
        then = next(runs, ())
        if isinstance(then, int):  # the first and the last of those that are as wide
            width = float(next(runs, 0))
            widths.update((code, width) for code in range(int(first), min(then, MOST_CODES) + 1))
        else:
            widths.update((int(first) + offset, float(width)) for offset, width in enumerate(then))
    return table, widths
