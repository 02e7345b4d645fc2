"""The spine of a printed book: title and author along it, turned as the publishers of the language turn them, or sign
below sign in East Asia."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from converter.covers.colour import Colour, legible
from converter.covers.faces import Cut, Faces, right_to_left
from converter.covers.rulers import FontFile, open_font
from converter.covers.sheet import Box, Role, Sheet, TextAnchor
from converter.covers.typesetting import Typesetter
from converter.covers.words import Words, showable, words_on_cover
from converter.document.model import Metadata
from converter.document.record import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from converter.covers.back import Dress

UPWARDS = frozenset(("ca", "cs", "de", "es", "fr", "it"))
"""Languages whose spines are mostly read from foot to head. ISO 6357, ANSI/NISO Z39.41, PN-N-01222-08, GOST 7.84 and
ABNT NBR 12225 have all others from head to foot; where both are seen (Hungary, Portugal, Russia), that stays."""
STACKED = frozenset(("ja", "ko", "yue", "zh"))
BESIDE_TEXT = 0.0625
"""Inches of spine on either side of its words, for the folds may lie so far off (KDP)."""
ENDS = 0.5
LARGEST = 0.3
"""Inches: a title's size on a thick book."""
TITLE_SHARE, PARTING, AUTHOR_SIZE = 0.62, 0.04, 0.85
"""Of the spine's length, of which the rest is the author's but for what parts the two; and of the title's size."""
TITLE_WEIGHT, AUTHOR_WEIGHT = 600, 500
GAP, SPACED, CAPITAL = 0.35, 0.08, 0.35
"""Em: a space in a column; what parts two signs; half the height of capitals, for words that lie in a column."""
UPRIGHT_DIGITS = 2
"""Figures side by side that are as wide as a sign."""
QUOTES = str.maketrans("“”‘’", "『』「」")
"""Of a Chinese line, and of a column (GB/T 15834)."""


def draw_spine(metadata: Metadata, size: tuple[int, int], bleed: int, dpi: int, dress: Dress) -> Picture:
    """A spine of `size` pixels (its thickness, and its height with `bleed` above and below) with its words."""
    words, _ = showable(words_on_cover(metadata))
    tongue = words.language.partition("-")[0].lower()
    faces = Faces(words.language)
    if tongue in STACKED and faces.raqm:
        return _stacked(words, faces, size, bleed, dpi, dress)
    return _lying(words, size, bleed, dpi, dress, upwards=tongue in UPWARDS)


def bare_spine(size: tuple[int, int], dress: Dress) -> Picture:
    """A spine too thin for words."""
    return Sheet(dress.ground, size).image


def _lying(words: Words, size: tuple[int, int], bleed: int, dpi: int, dress: Dress, *, upwards: bool) -> Picture:
    """Words on lines that are turned: to the right, as they can be read while the book lies on its back; to the left
    where they go upwards, and where they are written from right to left, which then go downwards."""
    from PIL import Image

    across, along = size
    sheet = Sheet(dress.ground, (along, across))
    inch, page = dpi / sheet.unit, sheet.page
    ends, beside = (bleed / dpi + ENDS) * inch, BESIDE_TEXT * inch
    room = Box(page.left + ends, page.top + beside, page.right - ends, page.bottom - beside)
    largest = round(min(room.height, LARGEST * inch))
    rtl = right_to_left(words.title or words.author)
    share = room.width * (TITLE_SHARE if words.author else 1.0)
    rest = room.width - share - room.width * PARTING
    first, last = (room.left, room.left + share), (room.right - rest, room.right)
    if rtl:
        first, last = (room.right - share, room.right), (room.left, room.left + rest)
    for role, text, (start, end), weight, most in (
        ("title", words.title, first, TITLE_WEIGHT, largest),
        ("author", words.author, last, AUTHOR_WEIGHT, round(largest * AUTHOR_SIZE)),
    ):
        if text:
            box = Box(start, room.top, end, room.bottom)
            setting = Typesetter(words.language).fit(text, Cut(dress.face, weight), box.width, box.height, most, most=1)
            outer = (role == "title") != rtl  # at the left end
            flush: TextAnchor = "start" if outer != setting.rtl else "end"  # `write` turns it then
            sheet.write(_role(role), setting, box, dress.ink, (dress.ground,), across=flush)
    turn = Image.Transpose.ROTATE_90 if upwards or rtl else Image.Transpose.ROTATE_270
    return sheet.image.transpose(turn)


def _role(name: str) -> Role:
    return "title" if name == "title" else "author"


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in a column by itself: a sign, or a word that lies. `length` is what it takes of the column, in em;
    a space has no text."""

    text: str
    file: FontFile | None
    length: float
    lies: bool = False


def _stacked(words: Words, faces: Faces, size: tuple[int, int], bleed: int, dpi: int, dress: Dress) -> Picture:
    """Title and author in one column, from head and foot."""
    sheet = Sheet(dress.ground, size)
    ink, ends = legible(dress.ink, (dress.ground,)), bleed + round(ENDS * dpi)
    room, wide = size[1] - 2 * ends, size[0] - 2 * BESIDE_TEXT * dpi
    largest = min(wide, LARGEST * dpi)
    share = room * (TITLE_SHARE if words.author else 1.0)
    for text, weight, most, length in (
        (words.title, TITLE_WEIGHT, largest, share),
        (words.author, AUTHOR_WEIGHT, largest * AUTHOR_SIZE, room - share - room * PARTING),
    ):
        column = list(_column(text, faces, Cut(dress.face, weight)))
        total = sum(piece.length for piece in column)
        if total:
            pixels = min(most, length / total)
            start = ends if text is words.title else size[1] - ends - total * pixels
            _write_column(sheet, column, (size[0] / 2, start), pixels, weight, ink)
    return sheet.image


def _column(text: str, faces: Faces, cut: Cut) -> Iterator[Piece]:
    """The pieces of a text, each in a font that has it, with what parts them."""
    parted = False
    if faces.language.partition("-")[0].lower() in ("zh", "yue"):
        text = text.translate(QUOTES)
    cut = replace(cut, file=faces.one_for_all(text, cut))
    for stands, signs in groupby(text, _stands):
        run = "".join(signs)
        for part in run if stands else (run.strip(),):
            if parted:
                yield Piece("", None, SPACED)
            if part.isspace() or run != run.strip():
                yield Piece("", None, GAP)
            parted = bool(part) and not part.isspace()
            if parted:
                alone = (
                    stands or (len(part) <= UPRIGHT_DIGITS and part.isdecimal()) or (len(part) == 1 and part.isalpha())
                )
                yield from _pieces(part, faces, cut, alone=alone)


def _stands(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _pieces(part: str, faces: Faces, cut: Cut, *, alone: bool) -> Iterator[Piece]:
    for run, file in faces.runs(part, cut):
        length = 1.0 if alone else faces.measure(run, file, cut, right_to_left(run)).length
        yield Piece(run, file, length, lies=not alone)


def _write_column(
    sheet: Sheet, column: list[Piece], start: tuple[float, float], pixels: float, weight: int, ink: Colour
) -> None:
    """The pieces from `start` (middle and top, in pixels) downwards."""
    middle, top = start
    for piece in column:
        if piece.file is not None:
            mask = _mask(piece, piece.file, pixels, weight)
            left = round(middle - mask.width / 2)
            sheet.lay(ink, (left, round(top), left + mask.width, round(top) + mask.height), mask)
        top += piece.length * pixels


def _mask(piece: Piece, file: FontFile, pixels: float, weight: int) -> Picture:
    """A piece on a mask as long as the piece; the column's axis is in its middle."""
    from PIL import Image, ImageChops, ImageDraw

    font = open_font(file, weight, pixels)
    side, long = 2 * round(pixels), round(piece.length * pixels) + 1
    mask = Image.new("L", (long, side) if piece.lies else (side, long))
    draw = ImageDraw.Draw(mask)
    if piece.lies:
        draw.text((0, side / 2 + CAPITAL * pixels), piece.text, 255, font, anchor="ls")
        ink = mask.getbbox()
        if ink and not any(sign.isalnum() for sign in piece.text):  # a dash stands in the middle
            mask = ImageChops.offset(mask, 0, (side - ink[1] - ink[3]) // 2)
        return mask.transpose(Image.Transpose.ROTATE_270)
    if _stands(piece.text[0]):
        draw.text((side / 2, 0), piece.text, 255, font, anchor="st", direction="ttb")
        return mask
    wide = font.getlength(piece.text)
    font = open_font(file, weight, pixels * min(1.0, pixels / wide))
    draw.text((side / 2, long / 2 + CAPITAL * pixels), piece.text, 255, font, anchor="ms")
    return mask
