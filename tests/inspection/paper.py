"""Pages set line by line, so that each has just the fault that is wanted: what a typesetter would never let pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from typing import Literal

import pymupdf

from converter.themes.fonts import font_files

WIDTH, HEIGHT = 360, 420
LEFT, TOP, MEASURE, PITCH, SIZE, INDENT = 50.0, 60.0, 260.0, 15.0, 11.0, 14.0
ROWS = 20  # of a full page
USUAL = 3.0  # points between two words, at least
NARROWER = 0.72  # times the widest gap: so narrow the gaps of a loose line may be
WORDS = (
    "the harbour lay under a low grey sky and nobody on the pier could say who had lit the lamp before the boats came "
    "home that evening with their nets full of herring while over the roofs of the town the gulls went round and round "
    "as if they had lost something there and meant to find it again by calling its name until it answered"
).split()

Kind = Literal["first", "mid", "last", "heading", "break", "low"]


@dataclass(frozen=True)
class Row:
    """A line: its kind, its words where they matter, how far its gaps are drawn out, how far it runs over, how far
    its letters are set apart (parts of their widths)."""

    kind: Kind
    text: str = ""
    times: float = 1.4
    over: float = 0.0
    apart: float = 0.0


FIRST, MID, LAST = Row("first"), Row("mid"), Row("last")
BREAK, HEADING = Row("break", "* * *"), Row("heading", "The Ferry")
PARAGRAPH = (FIRST, MID, MID, LAST)
FULL = PARAGRAPH * 5
LONG = (FIRST, MID, MID, MID, LAST)
OPENING = (Row("low"), HEADING, *PARAGRAPH * 3, FIRST, LAST)  # a chapter begins further down
Page = Sequence[Row]
Draw = Callable[[pymupdf.Document], None]


@cache
def face() -> pymupdf.Font:
    return pymupdf.Font(fontfile=str(font_files("Crimson Pro")[-1]))


@cache
def width(text: str, size: float = SIZE) -> float:
    return float(face().text_length(text, fontsize=size))


def set_pages(pages: Sequence[Page], *draw: Draw, outline: bool = True) -> bytes:
    """The PDF with these pages, each of them a list of rows from the top; `draw` adds to it."""
    document = pymupdf.open()
    words = cycle(WORDS)
    for rows in pages:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        writer = pymupdf.TextWriter(page.rect)
        y = TOP
        for row in rows:
            if row.kind in ("low", "heading"):
                y += 2 * PITCH
            if row.kind != "low":
                for x, word, size in _placed(row, words):
                    writer.append((x, y), word, font=face(), fontsize=size)
                y += PITCH * (2 if row.kind == "heading" else 1)
        if rows:
            writer.write_text(page, color=0.0)
    for one in draw:
        one(document)
    document.set_metadata({"title": "The Ferry"})
    document.set_language("en")
    if outline:
        document.set_toc([[1, "The Ferry", 1]])
    return bytes(document.tobytes(garbage=3, deflate=True))


def _placed(row: Row, words: Iterator[str]) -> Iterator[tuple[float, str, float]]:
    if row.kind in ("heading", "break"):
        size = 17.0 if row.kind == "heading" else SIZE
        yield LEFT + (MEASURE - width(row.text, size)) / 2, row.text, size
        return
    left = LEFT + (INDENT if row.kind == "first" else 0)
    room = (LEFT + MEASURE + row.over - left) / (1 + row.apart)
    line = row.text.split() or _line(words, room * (0.6 if row.kind == "last" else 1), row.times * USUAL)
    gap = USUAL if row.kind == "last" or len(line) < 2 else _gap(line, room)
    for word in line:
        for piece in word if row.apart else (word,):
            yield left, piece, SIZE
            left += width(piece) * (1 + row.apart)
        left += gap


def _line(words: Iterator[str], room: float, widest: float) -> list[str]:
    """Words for a line so wide that the gaps between them are at most so wide, and not much narrower."""
    narrowest = USUAL / 2 if widest < 2 * USUAL else NARROWER * widest
    line = [next(words), next(words)]
    while _gap(line, room) > widest:
        word = next(words)
        if _gap([*line, word], room) >= narrowest:
            line.append(word)
    return line


def _gap(line: Sequence[str], room: float) -> float:
    return (room - sum(map(width, line))) / (len(line) - 1)
