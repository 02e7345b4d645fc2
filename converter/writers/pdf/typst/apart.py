"""Letters of a cluster that stand at heights of their own, said once.

Typst writes what stands higher or lower than its line (vowel signs of India, tones of Thai) as a text of its own, and
each of its pieces says all of the cluster (ActualText: ISO 32000-1, 14.9.4): who copies, searches or listens has it
twice. Here only the first piece says it.
"""

from __future__ import annotations

import re
from typing import Any

CONTENT = b"/MCID "
BEGUN = re.compile(rb"\d[^>]*>>BDC")
PLACE = re.compile(rb"1 0 0 -1 [\d.-]+ ([\d.-]+) cm")
SAID = re.compile(rb"/Span<</ActualText<(?:FEFF)?([0-9A-F]*)>>>BDC((?:(?!/Span).)*?)EMC", re.S)
TEXT = re.compile(rb"BT\b((?:(?!BT\b).)*?)\bET\b", re.S)
MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|\(((?:[^()\\]|\\.)*)\)", re.S)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
CLUSTERED = re.compile(rb"> <(?:[0-9A-Fa-f]{4})*(?:09|0[A-E]|10|17)[0-9A-Fa-f]{2}")
NEAR = 8.0  # points: a baseline that is further away is another line


def say_once(pdf: Any) -> None:
    """Takes from each page what a piece of a cluster says that another has said before it."""
    import pikepdf

    known: dict[tuple[int, int], dict[bytes, bytes]] = {}
    for page in pdf.pages:
        fonts = {str(name)[1:].encode(): font for name, font in page.Resources.get("/Font", {}).items()}
        for font in fonts.values():
            if font.objgen not in known and "/ToUnicode" in font:
                known[font.objgen] = _meanings(font.ToUnicode.read_bytes())
        means = {name: known.get(font.objgen, {}) for name, font in fonts.items()}
        if any(means.values()) and isinstance(page.Contents, pikepdf.Stream):
            written = page.Contents.read_bytes()
            if (settled := said_once(written, means)) != written:
                page.Contents.write(settled)


def said_once(written: bytes, means: dict[bytes, dict[bytes, bytes]]) -> bytes:
    """A page's content, in which no piece of a cluster says what the piece before it says. `means`: of each font what
    its glyphs stand for, in base 16."""
    last: tuple[bytes, bytes] = (b"", b"")  # the glyph that a cluster begins with, and what the cluster says
    height = -NEAR

    def settled(content: bytes) -> bytes:
        nonlocal last, height
        place = PLACE.search(content)
        at = float(place[1]) if place else -NEAR
        apart = 0.001 < abs(at - height) < NEAR
        clusters = _clusters(content, means)
        if not clusters:
            return content
        before, (glyph, text) = last, clusters[0]
        last, height = clusters[-1], at
        if apart and text and before[1] == text and glyph != before[0]:
            last = before if len(clusters) == 1 else last
            return _silenced(content, text, alone=len(clusters) == 1)
        return content

    before, *contents = written.split(CONTENT)
    return CONTENT.join((before, *(settled(one) if BEGUN.match(one) else one for one in contents)))


def _silenced(content: bytes, text: bytes, *, alone: bool) -> bytes:
    """A content whose first glyphs, which said this, say nothing; where they say it by what they stand for, those that
    are `alone`."""
    first = SAID.search(content)
    if first and first[1] == text:
        return content[: first.start(1)] + content[first.end(1) :]
    return TEXT.sub(rb"BT/Span<</ActualText<FEFF>>>BDC \1\nEMC\nET", content) if alone else content


def _meanings(table: bytes) -> dict[bytes, bytes]:
    """What the glyphs of a font stand for; nothing for one without clusters."""
    return {code.upper(): text.upper() for code, text in MAPPED.findall(table)} if CLUSTERED.search(table) else {}


def _clusters(content: bytes, means: dict[bytes, dict[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The clusters of a content: the glyph each begins with, and its text."""
    found: list[tuple[bytes, bytes]] = []
    at, font = max(0, content.find(b"BT")), b""  # behind what the content says of itself: "(hi)" is its language
    for said in SAID.finditer(content):
        font = _glyphs(content[at : said.start()], font, means, found)
        inside: list[tuple[bytes, bytes]] = []
        font = _glyphs(said[2], font, means, inside)
        found += [(inside[0][0], said[1])] if inside else []
        at = said.end()
    _glyphs(content[at:], font, means, found)
    return found


def _glyphs(
    shown: bytes, font: bytes, means: dict[bytes, dict[bytes, bytes]], found: list[tuple[bytes, bytes]]
) -> bytes:
    """Adds the glyphs that are shown and what they stand for; gives the font that is then in use."""
    for name, codes in SHOWN.findall(shown):
        if name:
            font = name
            continue
        octets = ESCAPED.sub(_unescaped, codes)
        for i in range(0, len(octets), 2):
            glyph = octets[i : i + 2].hex().upper().encode()
            found.append((glyph, means.get(font, {}).get(glyph, b"")))
    return font


def _unescaped(sign: re.Match[bytes]) -> bytes:
    return bytes([int(sign[1], 8)]) if sign[1][:1].isdigit() else SIGNS.get(sign[1], sign[1])
