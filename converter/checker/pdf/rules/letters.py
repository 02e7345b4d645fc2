"""Faults of letters beside one another: set wider or closer than the face has them, or in two faces within a word."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw, quoted
from converter.checker.pdf.flow import LARGER, Placed
from converter.checker.pdf.frame import Frame
from converter.checker.pdf.lines import CAP, GAP
from converter.checker.pdf.opened import Glyph

SPACED = 0.035  # of the letters' widths: more is seen
ENOUGH = 40  # lines that tell how the face stands by itself
SAME_SIZE = 1.05
FEW = 2  # letters of another face within a word
STYLES = frozenset(
    "book body regular roman text display italic ital obliq oblique it semi demi extra ultra medium light bold black "
    "heavy thin condensed sc caps small mt ps std pro lf osf".split()
)  # parts of fonts' names that say no family
MONOSPACED = ("mono", "code", "courier", "console", "typewriter")


def spaced_letters(flow: Sequence[Placed], frame: Frame) -> Iterator[PdfFlaw]:
    """Lines of the text whose small letters stand further apart, or closer, than those of the others."""
    level = [one for one in flow if one.text and one.full and one.line.tracking is not None and frame.is_text(one.line)]
    if len(level) < ENOUGH or not frame.justified:
        return
    usual = median(one.line.tracking or 0.0 for one in level)
    first = {id(after) for before, after in pairwise(flow) if not before.text or before.page != after.page}
    for one in level:
        off = (one.line.tracking or 0.0) - usual
        if abs(off) > SPACED and not one.line.capped and not one.line.beside and id(one) not in first:
            much = f"{abs(off):.1%} {'wider' if off > 0 else 'closer'}"
            yield pdf_flaw(
                one.page, "letters-spaced", f"letters stand {much} than in other lines: {quoted(one.line.text)}"
            )


def mixed_faces(page: int, rows: Sequence[Sequence[Glyph]]) -> Iterator[PdfFlaw]:
    """Words of one script in which a letter or two are of another family; in headings, of any other font."""
    sizes = Counter(round(glyph.size, 1) for row in rows for glyph in row)
    usual_size = max(sizes, key=lambda size: sizes[size], default=0.0)
    for row in rows:
        for word in _words(row):
            heading = word[0].size > LARGER * usual_size
            names = [glyph.font if heading else _family(glyph.font) for glyph in word]
            runs = [(name, len(list(some))) for name, some in groupby(names)]
            odd = [n for n in range(len(runs)) if runs[n][1] <= FEW and (heading or _is_framed(runs, n))]
            if len(runs) > 1 and odd and not any(_is_monospaced(name) for name, _ in runs):
                said = f"letters of two faces in one word: {quoted(''.join(g.sign for g in word))}"
                yield pdf_flaw(page, "face-mixed", said)


def _is_framed(runs: Sequence[tuple[str, int]], n: int) -> bool:
    return 0 < n < len(runs) - 1 and runs[n - 1][0] == runs[n + 1][0]


def _words(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Letters of one script and size with no gap between them."""
    word: list[Glyph] = []
    for glyph in sorted(row, key=lambda g: g.left):
        if word and not _goes_on(word[-1], glyph):
            if len(word) > 1:
                yield word
            word = []
        if glyph.sign[0].isalpha():
            word.append(glyph)
    if len(word) > 1:
        yield word


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    near = glyph.left - before.right < GAP * glyph.size and not glyph.behind_space
    alike = max(before.size, glyph.size) < min(SAME_SIZE, CAP) * min(before.size, glyph.size)
    return near and alike and glyph.sign[0].isalpha() and _script(before.sign[0]) == _script(glyph.sign[0])


def _script(sign: str) -> str:
    return "LATIN" if sign < "\u0250" else unicodedata.name(sign, "").partition(" ")[0]


def _family(font: str) -> str:
    words: list[str] = []
    for part in font.partition("+")[2].split("-") if "+" in font[:8] else font.split("-"):
        words.extend(w for w in part.replace(",", " ").split() if w.lower() not in STYLES)
    return words[0].lower() if words else font


def _is_monospaced(name: str) -> bool:
    return any(word in name.lower() for word in MONOSPACED)
