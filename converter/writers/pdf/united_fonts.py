"""One font of those that several parts of a PDF embed for the same face, each with the glyphs that it uses.

For TrueType subsets that kept the numbers of their glyphs, as WeasyPrint makes them: a glyph that one part lacks is
taken from another. Where two parts disagree, or the font is of another kind, each part keeps its own.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

PAIR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")
WORDS, MORE = 0x0001, 0x0020  # flags of a piece of a glyph
SCALES = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
BATCH = 100  # pairs to a section of a character map (Adobe 5014, 1.4.1)


def unite_fonts(resources: Sequence[Any]) -> None:
    """Makes one font of those with the same name in these resource dictionaries, which must belong to one PDF."""
    same: dict[str, list[tuple[Any, str]]] = {}
    for one in resources:
        for key in sorted(one.get("/Font", {}).keys()):
            same.setdefault(str(one.Font[key].get("/BaseFont")), []).append((one.Font, key))
    for places in same.values():
        if len(places) > 1:
            fonts = [fonts[key] for fonts, key in places]
            for (holder, key), shared in zip(places, _unite(fonts), strict=True):
                if shared:
                    holder[key] = fonts[0]


def _unite(fonts: Sequence[Any]) -> list[bool]:
    """Puts all glyphs into the first font; says which of them it can stand for.

    One that was first drawn at another size may know its widths rounded otherwise, and its text is spaced for these: it
    keeps them, and shares the file; so does one whose glyphs stand for other letters. Nothing is changed where two
    fonts have different glyphs under one number.
    """
    none = [False] * len(fonts)
    files = []
    for font in fonts:
        descendants = font.get("/DescendantFonts")
        if descendants is None or "/ToUnicode" not in font or "/FontFile2" not in descendants[0].FontDescriptor:
            return none
        files.append(descendants[0].FontDescriptor.FontFile2.read_bytes())
    texts = [_texts(font) for font in fonts]
    data = _united_glyphs(files, [max(one) for one in texts]) if all(texts) else None
    if data is None:
        return none
    first = fonts[0]
    file, said, wide = first.DescendantFonts[0].FontDescriptor.FontFile2, dict(texts[0]), _widths(first)
    shared = [True]
    for font, text in zip(fonts[1:], texts[1:], strict=True):
        own = _widths(font)
        agreed = all(
            said.get(glyph, letters) == letters or not _has_letters(letters) for glyph, letters in text.items()
        )
        shared.append(agreed and all(wide.get(glyph, width) == width for glyph, width in own.items()))
        wide |= own if shared[-1] else {}
        font.DescendantFonts[0].FontDescriptor.FontFile2 = file
        if agreed:
            said = text | said  # what a glyph stands for where it is first drawn, as in a PDF of one piece
            font.ToUnicode = first.ToUnicode
    file.write(data)
    file.Length1 = len(data)
    first.ToUnicode.write(_character_map(first.ToUnicode.read_bytes(), said))
    first.DescendantFonts[0].W = _runs(wide)
    return shared


def _has_letters(text: bytes) -> bool:
    """Whether what a glyph stands for (UTF-16 in base 16) has letters: those are to be read as their part says."""
    return any(letter.isalpha() for letter in bytes.fromhex(text.decode()).decode("utf-16-be", "replace"))


def _texts(font: Any) -> dict[int, bytes]:
    sections = font.ToUnicode.read_bytes().split(b"beginbfchar")[1:]
    pairs = (pair for section in sections for pair in PAIR.findall(section.partition(b"endbfchar")[0]))
    return {int(code, 16): text for code, text in pairs}


def _character_map(before: bytes, texts: dict[int, bytes]) -> bytes:
    ranges = b"endcodespacerange"
    head = before[: before.index(ranges) + len(ranges)]
    tail = before[before.index(b"endcmap") :]
    lines = []
    ordered = sorted(texts.items())
    for at in range(0, len(ordered), BATCH):
        batch = ordered[at : at + BATCH]
        lines.append(b"%d beginbfchar" % len(batch))
        lines.extend(b"<%04x> <%s>" % pair for pair in batch)
        lines.append(b"endbfchar")
    return b"\n".join((head, *lines, tail))


def _widths(font: Any) -> dict[int, Any]:
    """Widths by glyph, from rows of them and from runs of one width (ISO 32000-1, 9.7.4.3)."""
    runs = iter(font.DescendantFonts[0].get("/W", ()))
    widths: dict[int, Any] = {}
    for start in runs:
        row = next(runs)
        if isinstance(row, int):
            widths |= dict.fromkeys(range(int(start), row + 1), next(runs))
            continue
        for offset, width in enumerate(row):
            widths[int(start) + offset] = width
    return widths


def _runs(widths: dict[int, Any]) -> Any:
    import pikepdf

    runs = pikepdf.Array()
    before = -2
    for glyph, width in sorted(widths.items()):
        if glyph != before + 1:
            runs.append(glyph)
            runs.append(pikepdf.Array())
        runs[-1].append(width)
        before = glyph
    return runs


def _united_glyphs(files: Sequence[bytes], used: Sequence[int]) -> bytes | None:
    """A TrueType file with the glyphs of all these, None where two have different ones under one number.

    `used` are the highest numbers that the text of each part uses. What stands behind them are pieces of other glyphs,
    numbered anew in each file.
    """
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    fonts = [TTFont(BytesIO(data), lazy=True) for data in files]
    if any("glyf" not in font or "loca" not in font for font in fonts):
        return None
    united = _Glyphs(max(used) + 1)
    if not all(united.take(_glyphs(font), _metrics(font), most) for font, most in zip(fonts, used, strict=True)):
        return None
    offsets = [0]
    for glyph in united.outlines:
        offsets.append(offsets[-1] + len(glyph))
    first = fonts[0]
    for tag, data in (
        ("glyf", b"".join(united.outlines)),
        ("loca", struct.pack(f">{len(offsets)}L", *offsets)),
        ("hmtx", b"".join(united.metrics)),
    ):
        first[tag] = table = DefaultTable(tag)
        table.data = data
    for measure, value in vars(first["maxp"]).items():
        if isinstance(value, int):
            setattr(first["maxp"], measure, max(getattr(font["maxp"], measure, value) for font in fonts))
    first["maxp"].numGlyphs = first["hhea"].numberOfHMetrics = len(united.outlines)
    first["head"].indexToLocFormat = 1
    first.recalcBBoxes = first.recalcTimestamp = False
    out = BytesIO()
    first.save(out, reorderTables=None)
    return out.getvalue()


class _Glyphs:
    """Outlines and metrics by number; behind those that are numbered for good, the pieces they are composed of."""

    def __init__(self, count: int) -> None:
        self.outlines = [b""] * count
        self.metrics = [bytes(4)] * count
        self.pieces: dict[bytes, int] = {}

    def take(self, outlines: Sequence[bytes], metrics: Sequence[bytes], most: int) -> bool:
        """Takes the glyphs of a font up to this number. False where one differs from what is here."""

        def placed(number: int) -> int:
            if number <= most:
                return number
            piece = _composed(outlines[number], placed)
            if piece not in self.pieces:
                self.pieces[piece] = len(self.outlines)
                self.outlines.append(piece)
                self.metrics.append(metrics[number])
            return self.pieces[piece]

        for number, outline in enumerate(outlines[: most + 1]):
            if outline:
                glyph = _composed(outline, placed)
                if self.outlines[number] not in (b"", glyph):
                    return False
                self.outlines[number], self.metrics[number] = glyph, metrics[number]
            elif self.metrics[number] == bytes(4):
                self.metrics[number] = metrics[number]
        return True


def _composed(outline: bytes, placed: Callable[[int], int]) -> bytes:
    """An outline with its pieces numbered as `placed` says (OpenType: glyf, composite glyph description)."""
    if len(outline) < 10 or outline[0] < 128:
        return outline
    data = bytearray(outline)
    at, more = 10, True
    while more:
        flags, number = struct.unpack_from(">HH", data, at)
        struct.pack_into(">H", data, at + 2, placed(number))
        at += 4 + (4 if flags & WORDS else 2) + next((size for flag, size in SCALES if flags & flag), 0)
        more = bool(flags & MORE)
    return bytes(data)


def _glyphs(font: Any) -> list[bytes]:
    """The outlines by number, as they stand in the file."""
    count = font["maxp"].numGlyphs + 1
    long = font["head"].indexToLocFormat
    loca = struct.unpack(f">{count}{'L' if long else 'H'}", font.reader["loca"][: count * (4 if long else 2)])
    at = loca if long else [one * 2 for one in loca]
    data = font.reader["glyf"]
    return [data[at[i] : at[i + 1]] for i in range(count - 1)]


def _metrics(font: Any) -> list[bytes]:
    """Advance and side bearing of each glyph, four bytes."""
    count, full = font["maxp"].numGlyphs, font["hhea"].numberOfHMetrics
    data = font.reader["hmtx"]
    advance = data[(full - 1) * 4 : (full - 1) * 4 + 2]
    rest = data[full * 4 :]
    own = [data[i * 4 : i * 4 + 4] for i in range(full)]
    return own + [advance + rest[i * 2 : i * 2 + 2] for i in range(count - full)]
