"""The back of a printed book: its description, well set, its ISBN, and room for the barcode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.covers.colour import Colour
from converter.covers.faces import Cut, Faces
from converter.covers.sheet import Box, Sheet
from converter.covers.typesetting import Typesetter, TypesetText
from converter.covers.words import showable, shown_letters, words_on_cover
from converter.document.findings.cover import CoverCut, CoverLetters, CoverSigns
from converter.document.model import Metadata
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

BARCODE, BARCODE_EDGE = (2.0, 1.2), 0.25
"""Inches that KDP's barcode takes at the lower right, and how far it stands from fold and edge."""
MARGIN, MARGIN_SHARE, TOP = 0.6, 0.13, 0.75
"""Inches between the edge and the words; on a small page no more than this share of its width."""
LARGEST_TITLE = 0.25
"""Inches."""
ABOVE_BARCODE = 0.3
LARGEST, LEAST = 12.5, 8.5
"""Points of the description: a short one is set large, a long one no smaller than this."""
STEP = 0.5
PARTED = 0.55
"""Of a line: the space between paragraphs."""
LEADING = 1.36
RULE = (0.5, 0.022)
"""Inches, of the stroke under the title."""
SENTENCE_END = re.compile(r"[.!?…。！？][”’»\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Dress:
    """What back and spine are drawn in: their ground, the ink of the words, the colour of a rule, a family."""

    ground: Colour
    ink: Colour
    accent: Colour
    face: str


def draw_back(
    sheet: Sheet, metadata: Metadata, trim: tuple[float, float], bleed: float, dpi: int, dress: Dress
) -> tuple[Finding, ...]:
    """Draws the back on a sheet of one colour with `bleed` on all sides; what it can't show of the description.

    `trim` is the page in inches. Without a description title and author stand there.
    """
    inch, ground = dpi / sheet.unit, (dress.ground,)
    left, top = sheet.page.left + bleed * inch, sheet.page.top + bleed * inch
    edge = Box(left, top, left + trim[0] * inch, top + trim[1] * inch)
    right, bottom = edge.right - BARCODE_EDGE * inch, edge.bottom - BARCODE_EDGE * inch
    barcode = Box(right - BARCODE[0] * inch, bottom - BARCODE[1] * inch, right, bottom)
    foot = barcode.top
    words, _ = showable(words_on_cover(metadata))
    setter = Typesetter(words.language)
    if metadata.isbn:
        isbn = setter.line(f"ISBN {metadata.isbn}", Cut(dress.face, 500, tracking=0.04), round(8.5 / 72 * inch))
        over = barcode.top - ABOVE_BARCODE * inch / 2
        line = Box(barcode.left, over - isbn.height, barcode.right, over)
        foot = sheet.write("isbn", isbn, line, dress.ink, ground).top
    margin = min(MARGIN, trim[0] * MARGIN_SHARE) * inch
    room = Box(edge.left + margin, edge.top + TOP * inch, edge.right - margin, foot - ABOVE_BARCODE * inch)
    if words.title:
        cut = Cut(dress.face, 600, leading=1.12)
        title = setter.fit(words.title, cut, room.width, room.height * 0.3, round(LARGEST_TITLE * inch), most=4)
        under = sheet.write("title", title, room, dress.ink, ground, across="start", down="start").bottom
        start, y = room.right - RULE[0] * inch if title.rtl else room.left, under + 0.2 * inch
        sheet.fill(dress.accent, Box(start, y, start + RULE[0] * inch, y + RULE[1] * inch))
        room = Box(room.left, under + 0.45 * inch, room.right, room.bottom)
    text, findings = _shown(metadata)
    if text:
        return (*findings, *_write_description(sheet, setter, text, room, inch, dress))
    if words.author:
        author = setter.fit(words.author, Cut(dress.face, 500), room.width, room.height, round(0.17 * inch), most=4)
        sheet.write("author", author, room, dress.ink, ground, across="start", down="start")
    return findings


def _shown(metadata: Metadata) -> tuple[str, tuple[Finding, ...]]:
    """The description without signs that no font has; "" where it has such letters."""
    text = "\n".join(line for line in (" ".join(part.split()) for part in metadata.description.splitlines()) if line)
    lost = "" if text.isascii() else Faces(metadata.language).missing(text.replace("\n", " "))
    if not lost:
        return text, ()
    letters = shown_letters(lost)
    if letters:
        return "", (CoverLetters("description", text, letters),)
    return "".join(c for c in text if c not in lost), (CoverSigns("description", lost),)


def _write_description(
    sheet: Sheet, setter: Typesetter, text: str, room: Box, inch: float, dress: Dress
) -> tuple[Finding, ...]:
    """The description in the largest size at which it fits; where none does, its beginning."""
    cut = Cut(dress.face, 400, leading=LEADING)
    size = LARGEST

    def flowed(text: str) -> list[TypesetText]:
        return [setter.flow(part, cut, room.width, round(size / 72 * inch)) for part in text.split("\n")]

    paragraphs = flowed(text)
    while _height(paragraphs) > room.height and size > LEAST:
        size -= STEP
        paragraphs = flowed(text)
    findings: tuple[Finding, ...] = ()
    if _height(paragraphs) > room.height:
        fits, beyond = 0, len(text)
        while beyond - fits > 1:  # the longest beginning that fits
            middle = (fits + beyond) // 2
            if _height(flowed(_beginning(text, middle))) <= room.height:
                fits = middle
            else:
                beyond = middle
        text = _beginning(text, fits)
        paragraphs, findings = flowed(text), (CoverCut("description", len(text)),)
    y = room.top
    for paragraph in paragraphs:
        first = y + paragraph.size  # the baseline of the first line
        box = Box(room.left, first + paragraph.lines[0].top, room.right, room.bottom)
        sheet.write("description", paragraph, box, dress.ink, (dress.ground,), across="start", down="start")
        y += paragraph.pitch * (len(paragraph.lines) + PARTED)
    return findings


def _height(paragraphs: list[TypesetText]) -> float:
    lines = sum(paragraph.pitch * len(paragraph.lines) for paragraph in paragraphs)
    return lines + sum(PARTED * paragraph.pitch for paragraph in paragraphs[1:])


def _beginning(text: str, length: int) -> str:
    """About so many characters of a text, up to the end of a sentence where one is near, or of a word."""
    kept = text[:length]
    words = kept.split(" ")[:-1] if length < len(text) else kept.split(" ")
    for at in range(len(words), len(words) * 2 // 3, -1):
        if SENTENCE_END.search(words[at - 1]):
            return " ".join(words[:at])
    return (" ".join(words) or kept).rstrip(" ,;:\n") + "…"
