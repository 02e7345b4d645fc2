"""The widths of glyphs as the font has them.

WeasyPrint takes those of the size at which a glyph is drawn first, rounded there, and spaces all text of the font by
them. Pages would stand a hair otherwise where they are drawn after others, and a page by itself otherwise than in its
book.
"""

from __future__ import annotations

from typing import Any

from converter.writers.pdf.weasy.glyph_texts import NOTHING

THOUSANDTHS = 1000  # of the type size, the unit of widths in a PDF (ISO 32000-1, 9.7.3)


class FontsWithWidths(dict[Any, Any]):
    """For `Document.fonts`: each font that is added learns the width of a glyph when it learns what that stands for."""

    def __setitem__(self, key: Any, font: Any) -> None:
        if "fvar" not in font.tables and not font.bitmap:  # a variable font has other widths at each place of its axes
            font.to_unicode = _TextsOfGlyphs(font)
        super().__setitem__(key, font)


class _TextsOfGlyphs(dict[int, str]):
    """What the glyphs of a font stand for, by their numbers."""

    def __init__(self, font: Any) -> None:
        import uharfbuzz as hb

        super().__init__()
        face = hb.Face(font.file_content, font.index)
        self._widths, self._count, self._em = font.widths, face.glyph_count, face.upem
        self._font = hb.Font(face)

    def __setitem__(self, glyph: int, text: str) -> None:
        if 0 < glyph < self._count and glyph not in self._widths:
            self._widths[glyph] = round(self._font.get_glyph_h_advance(glyph) * THOUSANDTHS / self._em)
        super().__setitem__(glyph, text or NOTHING)

    def nominal(self, letter: str) -> int:
        """The glyph that the font has for a letter by itself, 0 where it has none."""
        return int(self._font.get_nominal_glyph(ord(letter)) or 0)
