"""Forms of one letter, drawn by many glyphs, are told apart by fonts: no more than a few of each stand for the letter.

A letter of Arabic has as many glyphs as it has neighbours, a vowel sign of Devanagari as many as there are widths below
it. To who checks a PDF's text many codes of a font that all mean one letter are a table gone wrong. The glyphs stay
where they are, in one font file; further fonts of the PDF show them, each with a table of its own (ISO 32000-1, 9.7.6,
9.10.3).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

MOST = 4  # glyphs of a font that stand for one text
MEANT = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>\n?")
BEGIN, END = b" beginbfchar\n", b"endbfchar\n"
SHOWN = re.compile(rb"/(\w+) ([\d.]+) Tf|\[((?:[^\[\]()]|\((?:[^()\\]|\\.)*\))*)\] TJ", re.S)
TYPED = re.compile(rb"(?<!\\)\(((?:[^()\\]|\\.)*)\)", re.S)  # a string as it is written where all its bytes are letters
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
PIECE = re.compile(rb"<([0-9a-fA-F]*)>|([^<>\s]+)")
DIGITS = 4  # of a glyph's code
A_BLOCK = 100  # meanings, at most (Adobe Technical Note 5014)
Places = dict[bytes, dict[bytes, int]]
"""Of the fonts by their names: the codes that one font alone shows, the first (0) or another. All have the others."""


def tell_apart(pdf: Any) -> None:
    """Gives a PDF the fonts that it lacks for this, and has its pages use them."""
    known: dict[tuple[int, int], tuple[dict[bytes, int], list[Any]]] = {}
    for page in pdf.pages:
        fonts, places = page.Resources.get("/Font", {}), Places()
        for name in list(fonts.keys()):
            font = fonts[name]
            if font.objgen not in known:
                known[font.objgen] = _others(pdf, font)
            apart, others = known[font.objgen]
            if apart:
                places[str(name)[1:].encode()] = apart
                for number, other in enumerate(others, 1):
                    fonts[f"{name}x{number}"] = other
                    known[other.objgen] = {}, []
        if places:
            written = page.Contents.read_bytes()
            if (told := shown_by(written, places)) != written:
                page.Contents.write(told)


def _others(pdf: Any, font: Any) -> tuple[dict[bytes, int], list[Any]]:
    """Which codes of a font are shown by one font alone, and the fonts that are added for them."""
    import pikepdf

    if "/ToUnicode" not in font or "/DescendantFonts" not in font:
        return {}, []
    table = font.ToUnicode.read_bytes()
    meant = {code.lower(): text for code, text in MEANT.findall(table.partition(b"endcodespacerange")[2])}
    of: dict[bytes, list[bytes]] = defaultdict(list)
    for code, text in meant.items():
        of[text.lower()].append(code)
    apart = {code: at // MOST for codes in of.values() if len(codes) > MOST for at, code in enumerate(codes)}
    others = []
    for number in range(1, max(apart.values(), default=0) + 1):
        other = pikepdf.Dictionary(font)
        other.ToUnicode = pdf.make_stream(_table(table, meant, apart, number))
        others.append(pdf.make_indirect(other))
    if apart:
        font.ToUnicode.write(_table(table, meant, apart, 0))
    return apart, others


def _table(table: bytes, meant: dict[bytes, bytes], apart: dict[bytes, int], number: int) -> bytes:
    """A table of meanings with those of one font in the place of its own."""
    rows = [b"<%s> <%s>\n" % row for row in meant.items() if apart.get(row[0], number) == number]
    blocks = (rows[at : at + A_BLOCK] for at in range(0, len(rows), A_BLOCK))
    said = b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    before, _, rest = table.partition(BEGIN)
    return before.rstrip(b"0123456789") + said + rest.rpartition(END)[2]


def shown_by(written: bytes, places: Places) -> bytes:
    """A page's content in which other fonts show what they have."""
    font, size = b"", b""

    def settled(found: re.Match[bytes]) -> bytes:
        nonlocal font, size
        if found[1]:
            font, size = found[1], found[2]
            return found[0]
        apart = places.get(font, {})
        pieces = [
            (codes[i : i + DIGITS], moved if not codes else b"")
            for codes, moved in PIECE.findall(TYPED.sub(_in_hex, found[3]))
            for i in range(0, max(len(codes), 1), DIGITS)
        ]
        asked = {apart[code.lower()] for code, _ in pieces if code.lower() in apart}
        if asked <= {0}:
            return found[0]
        at, out, row = 0, list[bytes](), list[bytes]()
        for code, moved in pieces:
            place = asked.copy().pop() if len(asked) == 1 else apart.get(code.lower(), at)
            if code and place != at:
                out += [b"[" + b" ".join(row) + b"] TJ"] if row else []
                out.append(b"/%s %s Tf" % (font + b"x%d" % place if place else font, size))
                row, at = [], place
            row.append(moved or b"<" + code + b">")
        out += [b"[" + b" ".join(row) + b"] TJ"] if row else []
        out += [b"/%s %s Tf" % (font, size)] if at else []
        return b"\n".join(out)

    return SHOWN.sub(settled, written)


def _in_hex(typed: re.Match[bytes]) -> bytes:
    return b"<" + ESCAPED.sub(_unescaped, typed[1]).hex().encode() + b">"


def _unescaped(sign: re.Match[bytes]) -> bytes:
    return bytes([int(sign[1], 8)]) if sign[1][:1].isdigit() else SIGNS.get(sign[1], sign[1])
