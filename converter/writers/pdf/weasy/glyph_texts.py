"""What the glyphs of a line stand for, said right in every script.

WeasyPrint has a glyph stand for the text of the cluster in which it came first. Where a cluster has several glyphs
(vowel signs of India, dots and marks of Arabic) most of them stand for nothing then, which PDF/UA-1 and PDF/A-3u
forbid, and one for letters that it has not elsewhere. Here the glyphs of a cluster share out its letters, and a cluster
that its glyphs can't tell says what it is (ActualText: ISO 32000-1, 14.9.4). So does a letter with marks that take no
room of their own: to readers that go by the places of glyphs (Poppler) a new word begins behind them. The pages look as
they did.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from converter.document.record import dataclass

SHAPED = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1100-\u11ff\u1700-\u1cff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ua800-\uabff"
    "\ufb1d-\ufdff\ufe00-\ufe0f\ufe70-\ufefc\U00010800-\U00011fff\U0001f000-\U0010fffd]"
)
"""Marks, and letters of scripts whose letters change beside one another."""
NOTHING = "\u2060"  # of a glyph that is only a part of its letter: the word joiner, which nobody sees
SILENT = "\0"  # is said of glyphs of which another says all
JOINERS = "\u200c\u200d"
CODES = re.compile(rb"<([0-9a-f]*)>|([^<>]+)")
VOWELS_BEHIND = "\u0e33\u0eb3"  # of Thai and Lao: a ring on the letter, and a letter behind it
DIGITS = 4  # of a glyph's code, in base 16


@dataclass(frozen=True, slots=True)
class Cluster:
    """Letters that are shown by glyphs together; the glyphs' numbers in the order of the letters."""

    text: str
    glyphs: tuple[int, ...]
    printed: int
    """How many of its glyphs are printed, one after another."""
    wide: tuple[bool, ...] = ()
    """Which of these take room of their own."""


@contextmanager
def glyphs_explained() -> Iterator[None]:
    """While it lasts lines are drawn with glyphs that stand for the right letters."""
    from weasyprint.draw import text

    draw = text.draw_first_line

    def explained(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        if not SHAPED.search(box.text) or overflow == "ellipsis" or ellipsis != "none":
            return draw(stream, box, overflow, ellipsis, matrix)
        clusters = list(_clusters(stream, box.pango_layout))
        begun = len(stream.stream)
        drawn = draw(stream, box, overflow, ellipsis, matrix)
        if any(said for _, said in clusters):
            stream.stream[begun:] = _with_texts(stream.stream[begun:], clusters)
        return drawn

    text.draw_first_line = explained
    try:
        yield
    finally:
        text.draw_first_line = draw


def _clusters(stream: Any, layout: Any) -> Iterator[tuple[int, str]]:
    """The clusters of a line as they are drawn: how many glyphs each has, and what is to be said of it, if its glyphs
    don't. The fonts learn what the glyphs stand for."""
    from weasyprint.text.ffi import ffi, pango

    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    written = layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, _ = stream.add_font(item.item.analysis.font)
        texts = font.to_unicode
        nominal = getattr(texts, "nominal", lambda _: 0)
        found = list(_of_run(item, written, pango))
        for cluster in found:
            for glyph, letters in zip(cluster.glyphs, shared(cluster.text, cluster.glyphs, nominal), strict=True):
                if glyph not in texts:
                    texts[glyph] = letters
        backwards = item.item.analysis.level % 2
        for cluster in found if backwards else with_marks(found):
            told = "".join(texts[glyph] for glyph in cluster.glyphs).replace(NOTHING, "")
            is_told = told == cluster.text and (backwards or all(cluster.wide) or not any(cluster.wide))
            yield from ((cluster.printed, ""),) if is_told else _said(cluster)


def _said(cluster: Cluster) -> Iterator[tuple[int, str]]:
    """A cluster that says what it is: what takes room says it, the marks printed behind it say nothing."""
    over = cluster.wide[::-1].index(True) if any(cluster.wide) else 0
    yield cluster.printed - over, cluster.text
    if over:
        yield over, SILENT


def with_marks(clusters: Sequence[Cluster]) -> Iterator[Cluster]:
    """The clusters of a run from left to right, each letter as one with the marks on it. From right to left readers
    turn round what they read sign by sign, and marks speak for themselves."""
    held: Cluster | None = None
    for one in clusters:
        if held and is_mark(one.text[:1]):
            held = Cluster(
                held.text + one.text, held.glyphs + one.glyphs, held.printed + one.printed, held.wide + one.wide
            )
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def is_mark(sign: str) -> bool:
    """Whether a sign stands on, below or around the letter before it."""
    return bool(sign) and (unicodedata.category(sign)[0] == "M" or sign in VOWELS_BEHIND)


def _of_run(item: Any, written: bytes, pango: Any) -> Iterator[Cluster]:
    """The clusters of a stretch of one font, in the order of their glyphs."""
    glyphs = item.glyphs
    begins = [int(glyphs.log_clusters[i]) for i in range(glyphs.num_glyphs)]
    ends = dict(zip(edges := sorted(set(begins)), [*edges[1:], int(item.item.length)], strict=True))
    backwards = item.item.analysis.level % 2
    at = 0
    waiting = ""  # a joiner that isn't printed
    found: list[Cluster] = []
    while at < len(begins):
        begin, first = begins[at], at
        while at < len(begins) and begins[at] == begin:
            at += 1
        numbers = [int(glyphs.glyphs[i].glyph) for i in range(first, at)]
        printed = tuple(n for n in numbers if n != pango.PANGO_GLYPH_EMPTY)
        known = tuple(n for n in printed if not n & pango.PANGO_GLYPH_UNKNOWN_FLAG)
        offset = item.item.offset
        text = written[offset + begin : offset + ends[begin]].decode()
        if not printed:
            waiting = "".join(c for c in text if c in JOINERS)
            if waiting and found and not backwards:
                last = found.pop()
                found.append(Cluster(last.text + waiting, last.glyphs, last.printed, last.wide))
                waiting = ""
            continue
        if backwards:
            text, waiting = text + waiting, ""
        wide = _wide(glyphs.glyphs[first:at], pango.PANGO_GLYPH_EMPTY)
        found.append(Cluster(text, known[::-1] if backwards else known, len(printed), wide))
    yield from found


def _wide(glyphs: Any, unprinted: int) -> tuple[bool, ...]:
    """Which of the glyphs that are printed take room of their own."""
    return tuple(glyph.geometry.width > 0 for glyph in glyphs if glyph.glyph != unprinted)


def shared(text: str, glyphs: Sequence[int], nominal: Callable[[str], int]) -> list[str]:
    """The letters of a cluster shared out among its glyphs: to each its own, by `nominal` (the glyph that a font has
    for a letter by itself), then in order."""
    if len(glyphs) == 1:
        return [text]
    left = list(text)
    pieces: list[str] = []
    for glyph in glyphs:
        own = next((letter for letter in left if nominal(letter) == glyph), "")
        if own:
            left.remove(own)
        pieces.append(own)
    bare = [i for i, piece in enumerate(pieces) if not piece]
    for i in bare[:-1]:
        pieces[i] = left.pop(0) if left else NOTHING
    if pieces and (left or bare):
        pieces[bare[-1] if bare else -1] += "".join(left) or NOTHING
    return pieces


def _with_texts(instructions: Sequence[Any], clusters: Sequence[tuple[int, str]]) -> list[Any]:
    """The instructions that show a line, cut up so that clusters say what they are."""
    said = [(number, text) for number, (count, text) in enumerate(clusters) for _ in range(count)]
    if len(said) != sum(map(_codes_in, instructions)):
        return list(instructions)
    settled: list[Any] = []
    at, inside = 0, -1
    for instruction in instructions:
        if not _codes_in(instruction):
            settled.append(instruction)
            continue
        row: list[bytes] = []
        for codes, moved in CODES.findall(instruction[1 : -len(b"] TJ")]):
            for i in range(0, len(codes), DIGITS):
                number, text = said[at]
                at += 1
                if number != inside and (text or inside >= 0):
                    _show(settled, row)
                    if inside >= 0:
                        settled.append(b"EMC")
                    if text:
                        told = text.replace(SILENT, "").encode("utf-16-be").hex().encode()
                        settled.append(b"/Span <</ActualText <feff" + told + b">>> BDC")
                    inside = number if text else -1
                row.append(b"<" + codes[i : i + DIGITS] + b">")
            if moved:
                row.append(moved)
        _show(settled, row)
    if inside >= 0:
        settled.append(b"EMC")
    return settled


def _show(settled: list[Any], row: list[bytes]) -> None:
    if row:
        settled.append(b"[" + b" ".join(row).replace(b"> <", b"") + b"] TJ")
        row.clear()


def _codes_in(instruction: Any) -> int:
    if not (isinstance(instruction, bytes) and instruction.endswith(b"] TJ")):
        return 0
    return sum(len(codes) // DIGITS for codes, _ in CODES.findall(instruction))
