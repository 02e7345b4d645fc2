"""A title is set: where its lines break and how large it can be in the room it has."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import Any

from converter.covers.breaks import DIVIDED, ORPHAN, Unbreakable, orphan, split_long, unbreakables
from converter.covers.faces import Cut, Faces, right_to_left
from converter.covers.rulers import FontFile, drawing_options, needs_shaping
from converter.document.record import dataclass

MOST_LINES = 14
FEW_WORDS = 14
"""Up to this many, breakings that avoid penalties at any price are tried too."""
SHORT_LINE = 0.7
"""A line shorter than this share of the usual one looks lost."""
BREAK_COST = 0.2
"""How much larger letters must be to pay for a break with penalty 1."""
DIVIDE_BELOW = 0.3
"""Share of the largest size. At it, "Incomprehensibilities" still stands whole on every layout."""
MOST_CAPITALS = 80
"""Characters. Longer texts in letterspaced capitals are small and hard to read: they stay as written."""
ARABIC, HEBREW = 1.4, 1.12
"""By eye, beside EB Garamond: Amiri's and Frank Ruhl Libre's letters are small in their em."""
SHRINK = 0.965
"""One step down when the drawn ink is larger than measured (hinting, accents, swashes)."""
ROOM = 0.985
"""Of a paragraph's width: letters of one font measured together are a little wider than their words."""
LAST_LINE = 0.3
"""Of a paragraph's width: a last line that is shorter looks lost."""
UNCASED = ("tr", "az", "lt", "el")
"""Languages whose capitals need rules of their own: their text stays as written."""


@dataclass(frozen=True, slots=True)
class TypesetSpan:
    """Text in one font; `x` is its offset from the line's start. Letterspaced text is one span per letter."""

    text: str
    file: FontFile
    weight: int
    x: float


@dataclass(frozen=True, slots=True)
class TypesetLine:
    """One line: its spans, its advance width, and where its ink begins and ends (top and bottom from the baseline)."""

    spans: tuple[TypesetSpan, ...]
    width: float
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TypesetText:
    """A text ready to be drawn. Lengths in pixels; `pitch` is the distance of baselines."""

    lines: tuple[TypesetLine, ...]
    size: int
    pitch: float
    rtl: bool
    options: dict[str, Any]

    @property
    def width(self) -> float:
        """The widest line."""
        return max(line.width for line in self.lines)

    @property
    def height(self) -> float:
        """From the ink of the first line to the ink of the last."""
        return self.pitch * (len(self.lines) - 1) - self.lines[0].top + self.lines[-1].bottom


class Typesetter:
    """Sets texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.faces = Faces(language)

    def fit(
        self, text: str, cut: Cut, width: float, height: float, largest: int, most: int = MOST_LINES
    ) -> TypesetText:
        """`text` in the largest size, at most `largest`, at which it fits the room; lines are balanced.

        A word that would force letters of less than a third of that is divided. `most` bounds the number of lines.
        `text` must not be empty.
        """
        width, height = max(width, 60.0), max(height, 24.0)
        cut, text = self._fitting_cut(text, cut)
        words = unbreakables(text, self.language)
        largest = round(largest * _enlarged(text))
        lengths = self._lengths(words, cut)
        if max(lengths) * largest * DIVIDE_BELOW > width and not needs_shaping(text):
            words = split_long(words, lengths, width / (largest * DIVIDE_BELOW * 1.1), self.language)
            lengths = self._lengths(words, cut)
        space = self._length("n n", cut) - self._length("nn", cut)
        best_lines, best_size, best_score = [text], 0.0, -1.0
        total = sum(lengths) + space * sum(w.spaced for w in words)
        likely = max(1.0, min((total * height / width / cut.leading) ** 0.5, total * largest / width))
        likely = min(likely, float(len(words)))
        limit = min(most, MOST_LINES, len(words), int(likely) + 3)
        breakings = [
            breaking
            for weight in ((1.0, 8.0) if len(words) <= FEW_WORDS else (1.0,))
            for breaking in _breakings(words, lengths, space, total / likely, limit, weight)
        ]
        for lines, penalty, longest in sorted(breakings, key=lambda breaking: len(breaking[0])):
            tall = 0.75 + (len(lines) - 1) * cut.leading
            size = min(float(largest), width / longest, height / tall)
            score = size * (1 - penalty)
            if score > best_score * 1.02:
                best_lines, best_size, best_score = lines, size, score
        size = best_size
        while True:
            setting = self.lines(best_lines, cut, max(8, int(size)))
            if setting.size <= 8 or (setting.width <= width and setting.height <= height):
                return setting
            size *= max(0.5, min(SHRINK, width / setting.width, height / setting.height))

    def line(self, text: str, cut: Cut, size: int) -> TypesetText:
        """`text` on one line of a given size."""
        cut, text = self._fitting_cut(text, cut)
        return self.lines([text], cut, size)

    def flow(self, text: str, cut: Cut, width: float, size: int) -> TypesetText:
        """`text` as a paragraph at a given size: lines as even as may be, none wider than `width` unless a word is."""
        cut, text = self._fitting_cut(text, cut)
        words, most = unbreakables(text, self.language), width / size * ROOM
        lengths = self._lengths(words, cut)
        if max(lengths) > most and not needs_shaping(text):
            words = split_long(words, lengths, most, self.language)
            lengths = self._lengths(words, cut)
        space = self._length("n n", cut) - self._length("nn", cut)
        return self.lines(_even_lines(words, lengths, space, most), cut, size)

    def lines(self, texts: list[str], cut: Cut, size: int) -> TypesetText:
        """Given lines at a given size. Baselines move apart where ink would touch."""
        rtl = right_to_left(" ".join(texts))
        lines = tuple(self._line(text, cut, size, rtl) for text in texts)
        pitch = cut.leading * size
        for above, below in pairwise(lines):
            pitch = max(pitch, above.bottom - below.top + 0.08 * size)
        options = drawing_options(rtl, self.faces.language, not cut.tracking, self.faces.raqm)
        return TypesetText(lines, size, pitch, rtl, options)

    def _fitting_cut(self, text: str, cut: Cut) -> tuple[Cut, str]:
        """The cut without what this text's script does not bear, and the text in its capitals."""
        plain = needs_shaping(text)
        caps = (
            cut.caps
            and len(text) <= MOST_CAPITALS
            and self.language.split("-")[0] not in UNCASED
            and not any("Ͱ" <= c <= "Ͽ" or "\u0530" <= c <= "\u10ff" for c in text)
        )
        if caps and not plain:
            text = text.upper()
        tracking = 0.0 if plain or (cut.caps and not caps) else cut.tracking
        file = None if text.isascii() else self.faces.one_for_all(text, cut)
        return replace(cut, caps=caps, tracking=tracking, file=file), text

    def _lengths(self, words: list[Unbreakable], cut: Cut) -> list[float]:
        return [max(0.01, self._length(word.text, cut)) for word in words]

    def _length(self, text: str, cut: Cut) -> float:
        rtl = right_to_left(text)
        total = sum(self.faces.measure(run, file, cut, rtl).length for run, file in self.faces.runs(text, cut))
        return total + cut.tracking * len(text)

    def _line(self, text: str, cut: Cut, size: int, rtl: bool) -> TypesetLine:
        spans: list[TypesetSpan] = []
        x = left = right = 0.0
        top, bottom = 0.0, 0.0
        runs = self.faces.runs(text, cut)
        for run, file in reversed(runs) if rtl else runs:
            ink = self.faces.measure(run, file, cut, rtl)
            top, bottom = min(top, ink.top * size), max(bottom, ink.bottom * size)
            if cut.tracking and ink.steps:
                for char, step in zip(run, ink.steps, strict=True):
                    if unicodedata.combining(char) and spans:
                        spans[-1] = replace(spans[-1], text=spans[-1].text + char)
                        continue
                    spans.append(TypesetSpan(char, file, cut.weight, x))
                    x += (step + cut.tracking) * size
            else:
                spans.append(TypesetSpan(run, file, cut.weight, x))
                left, right = min(left, x + ink.left * size), max(right, x + ink.right * size)
                x += ink.length * size
        if cut.tracking:
            x -= cut.tracking * size
        return TypesetLine(tuple(spans), x, left, max(right, x), top, bottom)


def _even_lines(words: list[Unbreakable], lengths: list[float], space: float, most: float) -> list[str]:
    """The lines of a paragraph, by dynamic programming from its end: least is the sum of the squares of what each
    lacks. The last may be short, if it is no lone word."""
    count = len(words)
    cost, ends = [0.0] * (count + 1), [count] * count
    for i in range(count - 1, -1, -1):
        best, wide = float("inf"), 0.0
        for j in range(i + 1, count + 1):
            wide += lengths[j - 1] + (space if words[j - 1].spaced and j - 1 > i else 0.0)
            if wide > most and j > i + 1:
                break
            lacks = most - wide if j < count else 2 * max(0.0, most * LAST_LINE - wide)
            if lacks * lacks + cost[j] < best:
                best, ends[i] = lacks * lacks + cost[j], j
        cost[i] = best
    lines, at = [], 0
    while at < count:
        lines.append(_join(words[at : ends[at]]))
        at = ends[at]
    return lines


def _enlarged(text: str) -> float:
    """How much larger a text's script is set than Latin, to look as large."""
    if any("\u0600" <= c <= "\u06ff" for c in text):
        return ARABIC
    return HEBREW if any("\u05d0" <= c <= "\u05ea" for c in text) else 1.0


def _breakings(
    words: list[Unbreakable], lengths: list[float], space: float, even: float, most: int, weight: float
) -> list[tuple[list[str], float, float]]:
    """For each number of lines the best breaking: its lines, the penalty of its breaks, its longest line in em.

    `even` is the line length the title probably gets: lengths are weighed in it. By dynamic programming: the cost of a
    breaking is the sum of the fourth powers of its lines, so that the longest line counts most, and of the penalties of
    its breaks times `weight`.
    """
    count = len(words)
    start = [0.0]
    for word, length in zip(words, lengths, strict=True):
        start.append(start[-1] + length + (space if word.spaced else 0.0))

    def wide(i: int, j: int) -> float:
        return start[j] - start[i] - (space if words[i].spaced else 0.0) + words[j - 1].tail

    best: list[list[tuple[float, int]]] = [[(0.0, 0)] + [(float("inf"), 0)] * count]
    breakings = []
    for k in range(1, most + 1):
        row = [(float("inf"), 0)] * (count + 1)
        before = best[-1]
        for j in range(k, count + 1):
            cost, at = float("inf"), 0
            for i in range(j - 1, k - 2, -1):
                if before[i][0] == float("inf"):
                    continue
                ratio = wide(i, j) / even
                here = (
                    before[i][0]
                    + ratio**4
                    + max(0.0, SHORT_LINE - ratio) * 4
                    + (words[i].penalty * weight if i else 0.0)
                )
                if here < cost:
                    cost, at = here, i
                if ratio > 3:
                    break
            row[j] = (cost, at)
        best.append(row)
        cuts, j = [count], count
        for level in range(k, 0, -1):
            j = best[level][j][1]
            cuts.append(j)
        cuts.reverse()
        if cuts[0] != 0 or row[count][0] == float("inf"):
            continue
        lines = [_join(words[a:b]) for a, b in pairwise(cuts)]
        longest = max(wide(a, b) for a, b in pairwise(cuts))
        penalty = _price(words, cuts, lines)
        breakings.append((lines, min(penalty, 0.6), max(longest, 0.01)))
    return breakings


def _price(words: list[Unbreakable], cuts: list[int], lines: list[str]) -> float:
    """How much larger letters must be, as a share of their size, to pay for these breaks."""
    costs = [max(0.0, words[i].penalty) for i in cuts[1:-1]]
    price = sum(cost for cost in costs if cost != DIVIDED) * BREAK_COST + (DIVIDED in costs) * DIVIDED * BREAK_COST
    return price + (ORPHAN if orphan(lines) else 0.0)


def _join(words: list[Unbreakable]) -> str:
    text = "".join((" " if w.spaced and i else "") + w.text for i, w in enumerate(words))
    return text + ("-" if words[-1].tail else "")
