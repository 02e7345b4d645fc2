"""Opened fonts, and how long and how tall a text is in one: kept between covers, for opening and measuring is slow."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.document.record import dataclass

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS_KEPT, TEXTS_KEPT = 128, 4096
UNIT = 400
"""Size in pixels at which Pillow measures: hinting rounds to whole pixels, which are small here."""
JOINED_FROM, JOINED_TO = 0x0590, 0x109F
"""Hebrew to Burmese: scripts whose letters join, stack or take marks; they are never letterspaced."""
JOINED_MORE = ((0x1100, 0x11FF), (0x1700, 0x18AF), (0x1900, 0x1C7F), (0xA800, 0xABFF))
"""Khmer, Mongolian, Balinese and the rest of them; hangul in single letters."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face: a font file and its place in it."""

    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """A text in one font, in em: what each character adds to its length, and the box of its ink from the baseline.

    `steps` is empty where characters have no lengths of their own, for they join or run to the left.
    """

    length: float
    steps: tuple[float, ...]
    left: float
    top: float
    right: float
    bottom: float


def needs_shaping(text: str) -> bool:
    """Has the text letters that join, stack, or run from right to left?"""
    return any(
        c > "\u0590"
        and (
            JOINED_FROM <= ord(c) <= JOINED_TO
            or 0xFB1D <= ord(c) <= 0xFEFC
            or any(a <= ord(c) <= z for a, z in JOINED_MORE)
        )
        for c in text
    )


@lru_cache(maxsize=FONTS_KEPT)
def open_font(file: FontFile, weight: int, size: float, alone: bool = False) -> FreeTypeFont:
    """The face at a size in pixels, at this weight if it can be varied, and at its finest optical size.

    `alone` is for single letters, which need no shaping.
    """
    from PIL import ImageFont

    layout = ImageFont.Layout.BASIC if alone else None
    font = ImageFont.truetype(str(file.path), size, index=file.index, layout_engine=layout)
    if "[" in file.path.name:
        font.set_variation_by_axes([_axis(axis, weight) for axis in font.get_variation_axes()])
    return font


@lru_cache(maxsize=TEXTS_KEPT)
def measured(text: str, file: FontFile, weight: int, rtl: bool, language: str, ligatures: bool, raqm: bool) -> Measure:
    """How long and tall `text` is. HarfBuzz measures many times faster than Pillow; what must be ordered by direction
    or changes its script is left to Pillow, which will draw it."""
    if rtl or needs_shaping(text):
        return _by_pillow(text, file, weight, drawing_options(rtl, language, ligatures, raqm))
    return _by_harfbuzz(text, file, weight, language, ligatures)


def drawing_options(rtl: bool, language: str, ligatures: bool, raqm: bool) -> dict[str, Any]:
    """Arguments for Pillow's measuring and drawing."""
    if not raqm:
        return {}
    options: dict[str, Any] = {"direction": "rtl" if rtl else "ltr"}
    if language:
        options["language"] = language
    if not ligatures:
        options["features"] = ["-liga", "-clig"]
    return options


def _by_pillow(text: str, file: FontFile, weight: int, options: dict[str, Any]) -> Measure:
    font = open_font(file, weight, UNIT)
    left, top, right, bottom = (edge / UNIT for edge in font.getbbox(text, anchor="ls", **options))
    return Measure(font.getlength(text, **options) / UNIT, (), left, top, right, bottom)


def _by_harfbuzz(text: str, file: FontFile, weight: int, language: str, ligatures: bool) -> Measure:
    import uharfbuzz as hb

    font, em = _harfbuzz_font(file, weight)
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(c) for c in text])
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    if language:
        buffer.language = language
    hb.shape(font, buffer, {} if ligatures else {"liga": False, "clig": False})
    steps = [0.0] * len(text)
    x = left = right = top = bottom = 0.0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        steps[glyph.cluster] += place.x_advance / em
        ink = font.get_glyph_extents(glyph.codepoint)
        if ink is not None and ink.width:
            start, high = x + place.x_offset + ink.x_bearing, place.y_offset + ink.y_bearing
            left, right = min(left, start), max(right, start + ink.width)
            top, bottom = min(top, -high), max(bottom, -(high + ink.height))
        x += place.x_advance
    return Measure(x / em, tuple(steps), left / em, top / em, right / em, bottom / em)


@lru_cache(maxsize=FONTS_KEPT)
def _harfbuzz_font(file: FontFile, weight: int) -> tuple[Any, float]:
    """The font and how many of its units an em has."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(file.path)), file.index)
    font = hb.Font(face)
    if "[" in file.path.name:
        axes = {axis.tag: axis for axis in face.axis_infos}
        chosen = {}
        if "wght" in axes:
            chosen["wght"] = min(max(float(weight), axes["wght"].min_value), axes["wght"].max_value)
        if "opsz" in axes:
            chosen["opsz"] = axes["opsz"].max_value
        font.set_variations(chosen)
    return font, float(face.upem)


def _axis(axis: Any, weight: int) -> float:
    name = bytes(axis["name"]).lower()
    low, high = float(axis["minimum"]), float(axis["maximum"])
    if name == b"weight":
        return min(max(weight, low), high)
    return high if name.startswith(b"optical") else float(axis["default"])
