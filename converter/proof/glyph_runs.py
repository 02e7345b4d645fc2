"""The runs of glyphs on a page of a PDF, as the engines of this program write them, and their order on a line.

WeasyPrint writes a line's text from left to right, whatever its direction; Typst gives each stretch of one font and one
direction a marked content of its own. What the glyphs mean is taken from the fonts' own ToUnicode tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from converter.document.record import dataclass

TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # of direction: said once more in the text
LEFTWARDS = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Languages whose lines begin on the right."""
LEVEL = 0.6  # of the type size: baselines that differ less are on one line (superscripts)
MOST_CODES = 0xFFFF
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*"
)
LEFTWARDS_LETTER = re.compile(r"[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""The same without the digits of Arabic and Persian: numbers run from left to right."""

Font = tuple[dict[int, str], dict[int, float]]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """A run of glyphs: its text in the order of reading, where its baseline begins and ends (points from the bottom
    left), type size, page; `backwards`: all of it is read from the right."""

    text: str
    x: float
    end: float
    y: float
    size: float
    page: int
    backwards: bool = False


def runs_of_page(
    page: Any, number: int, fonts: dict[tuple[int, int], Font], one_way: bool, towards_left: bool
) -> Iterator[tuple[tuple[int, int], GlyphRun]]:
    """Each marked content of a page, by (page, mark). `fonts` remembers what was read of them; `one_way`: all that
    stands in one marked content runs in one direction; `towards_left`: lines begin on the right."""
    import pikepdf

    pen = _Pen(page, fonts)
    instructions: Any = pikepdf.parse_content_stream(page, "q Q cm BDC BMC EMC Tm Tf TJ Tj")
    for operands, operator in instructions:
        match str(operator):
            case "BDC" | "BMC":
                pen.begin(operands[1] if len(operands) == 2 and isinstance(operands[1], pikepdf.Dictionary) else {})
            case "EMC":
                if (run := pen.end(number, one_way, towards_left)) is not None:
                    yield (number, run[0]), run[1]
            case "TJ":
                pen.show(operands[0])
            case "Tj":
                pen.show((operands[0],))
            case name:
                pen.place(name, operands)


class _Pen:
    """What a content stream has said up to now: place, font, the text since the last mark."""

    def __init__(self, page: Any, fonts: dict[tuple[int, int], Font]) -> None:
        self.page = page
        self.fonts = fonts
        self.font: Font = ({}, {})
        self.matrix = IDENTITY
        self.kept: list[Matrix] = []
        self.size = 0.0
        self.scale = 1.0
        self.mark = -1
        self.inner = 0  # marked content inside marked content
        self.said: str | None = None  # what that says its glyphs mean
        self.text: list[str] = []
        self.x = self.y = self.advance = 0.0

    def place(self, name: str, operands: Any) -> None:
        """An instruction that says where and in which font is written."""
        match name:
            case "q":
                self.kept.append(self.matrix)
            case "Q":
                self.matrix = self.kept.pop() if self.kept else IDENTITY
            case "cm":
                self.matrix = _times(tuple(float(o) for o in operands), self.matrix)
            case "Tm":
                to = _times(tuple(float(o) for o in operands), self.matrix)
                self.scale = abs(to[3]) or 1.0
                if self.text:  # goes on elsewhere
                    self.advance = to[4] - self.x
                else:
                    self.x, self.y, self.advance = to[4], to[5], 0.0
            case "Tf":
                self.size = float(operands[1])
                used = self.page.Resources.Font[str(operands[0])]
                if used.objgen not in self.fonts:
                    self.fonts[used.objgen] = _font(used)
                self.font = self.fonts[used.objgen]

    def begin(self, properties: Any) -> None:
        """Marked content begins."""
        if self.mark >= 0 and "/MCID" not in properties:
            self.inner += 1
            self.said = str(properties.ActualText) if "/ActualText" in properties else None
        else:
            self.mark, self.text, self.inner = int(properties.get("/MCID", -1)), [], 0

    def end(self, number: int, one_way: bool, towards_left: bool) -> tuple[int, GlyphRun] | None:
        """Marked content ends: its mark and its run, where there is text in it."""
        if self.inner:
            self.inner -= 1
            if self.said:
                self.text.append(self.said)
            self.said = None
            return None
        mark, glyphs, self.mark = self.mark, self.text, -1
        if mark < 0 or not glyphs:
            return None
        text = "".join(glyphs)
        backwards = one_way and LEFTWARDS_LETTER.search(text) is not None
        if backwards:
            text = "".join(reversed(glyphs))
        elif not one_way and RIGHT_TO_LEFT.search(text):
            text = "".join(in_reading_order(glyphs, towards_left))
        end = self.x + self.advance
        return mark, GlyphRun(text, self.x, end, self.y, self.size * self.scale, number, backwards)

    def show(self, items: Any) -> None:
        """Glyphs, and what they are moved by."""
        import pikepdf

        advance = 0.0
        for item in items:
            if isinstance(item, pikepdf.String):
                octets = bytes(item)
                codes = [int.from_bytes(octets[i : i + 2]) for i in range(0, len(octets), 2)]
                if self.said is None:
                    self.text.extend(self.font[0].get(code, "\ufffd") for code in codes)
                advance += sum(self.font[1].get(code, 0.0) for code in codes)
            else:
                advance -= float(item)
        self.advance += advance * self.size * self.scale / 1000


def on_one_line(one: GlyphRun, other: GlyphRun) -> bool:
    """Whether two runs stand on one line of a page; a raised mark stands on that of its word."""
    return one.page == other.page and abs(one.y - other.y) < LEVEL * max(one.size, other.size)


def in_order(row: list[tuple[GlyphRun, str]], towards_left: bool) -> Iterator[tuple[GlyphRun, str]]:
    """The runs of a line in the order of reading.

    Typst writes what is of one font and direction in that order, but one such stretch after the other as they are
    seen, from the left (Unicode's UAX 9, rule L2, is undone here). What stands left of all before it on a line towards
    the left goes on where that ended.
    """
    if len(row) < 2 or not any(piece.backwards for piece, _ in row):
        yield from row
        return
    parts: list[list[tuple[GlyphRun, str]]] = []
    leftmost = float("inf")
    for piece, kind in row:
        if not parts or (towards_left and max(piece.x, piece.end) <= leftmost + LEVEL):
            parts.append([])
            leftmost = float("inf")
        parts[-1].append((piece, kind))
        leftmost = min(leftmost, piece.x)
    for part in parts:
        yield from _as_seen(part, towards_left)


def _as_seen(row: list[tuple[GlyphRun, str]], towards_left: bool) -> Iterator[tuple[GlyphRun, str]]:
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
    return any(LEFTWARDS_LETTER.search(piece.text) for piece, _ in stretch)


def _times(a: Any, b: Matrix) -> Matrix:
    """What is placed by `a` in a space that is placed by `b` (ISO 32000-1, 8.3.4)."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def in_reading_order(glyphs: Sequence[str], towards_left: bool) -> Iterator[str]:
    """What glyphs stand for in the order of reading; in the file they stand as they are seen, from the left (Unicode's
    UAX 9, rule L2, is undone here)."""
    rows = [(turned, list(row)) for turned, row in groupby(glyphs, _goes_left if towards_left else _goes_right)]
    for along, row in reversed(rows) if towards_left else rows:
        if along:
            yield from reversed(row) if towards_left else row
            continue
        begin, end = _core(row, _goes_right if towards_left else _goes_left)
        if towards_left:
            yield from _numbers_kept(row[end:])
            yield from row[begin:end]
            yield from _numbers_kept(row[:begin])
        else:
            yield from row[:begin]
            yield from in_reading_order(row[begin:end], True)
            yield from row[end:]


def _goes_left(text: str) -> bool:
    return RIGHT_TO_LEFT.search(text) is not None and not text.isdecimal()


def _goes_right(text: str) -> bool:
    return text.isalpha() and not _goes_left(text)


def _core(row: Sequence[str], goes: Callable[[str], bool]) -> tuple[int, int]:
    """From the first glyph that goes this way to the last; a number behind a word that goes right goes with it."""
    those = [i for i, text in enumerate(row) if goes(text)]
    if not those:
        return 0, 0
    numbers = [i for i, text in enumerate(row) if text.isdecimal()] if goes is _goes_right else []
    return those[0], max(those[-1], *numbers, 0) + 1


def _numbers_kept(row: Sequence[str]) -> Iterator[str]:
    """Glyphs read from the right, but for numbers: those are read from the left in every script."""
    number: list[str] = []
    for text in reversed(row):
        if text.isdecimal() or (number and text in ".,:/" and text):
            number.append(text)
            continue
        yield from _settled(number)
        number = []
        yield text
    yield from _settled(number)


def _settled(number: list[str]) -> list[str]:
    """A number in the order of its digits; what only follows it stays behind."""
    count = len(number)
    while count and not number[count - 1].isdecimal():
        count -= 1
    return [*reversed(number[:count]), *number[count:]]


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
