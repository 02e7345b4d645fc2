"""Lines of a page, made of glyphs by their places: what a reader takes for one line, whoever wrote the file."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from statistics import fmean, median, median_low
from typing import NamedTuple

from converter.checker.pdf.opened import Glyph
from converter.proof.pdf_text import AFTER_CAP

LEVEL = 0.19  # of the type size: baselines that differ less are one
RAISED = 0.6  # of the type size: so far above or below a line stand its small signs
SMALL = 0.85  # of the type size: signs of notes are smaller than this
UNDRAWN = 0.3  # of the gaps of a line stand surely between letters
ENOUGH = 2  # gaps that tell it
GAP = 0.12  # of the type size: the narrowest gap between two words
WRITTEN_GAP = 0.05  # of the type size: the narrowest gap that is a space where the file has one there
GAP_LEFTWARD = 0.17  # the same where lines run to the left: joined letters stand further apart
FEW = 3  # times the signs of a line are more than those in it that stand higher or lower, as letters do in Arabic
CELL_GAP = 1.2  # of the type size: so far apart stand the cells of a table
ENOUGH_PAIRS = 15  # of letters, that tell how far apart they are set
CAP = 1.8  # a drop cap is more than so many times as large as what stands beside it
CAP_HEIGHT = 0.75  # of its size
CAP_SIGNS = 3  # and of so many signs at most: a letter and its quotation mark
UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u00ad")
SOFT_HYPHEN = "\u00ad"
FIRST_LEFTWARD = "\u0590"  # the first sign of a script that runs from right to left
RIGHT_TO_LEFT = frozenset(("R", "AL"))
LEVEL_RUN = frozenset(("L", "EN", "AN"))  # in a line that runs to the left, what runs to the right
SPACELESS = (  # scripts that put no gaps between words, or no hyphens at line ends, by the beginnings of their names
    "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "IDEOGRAPHIC",
)  # fmt: skip
SPACELESS_SHARE = 0.3  # of the letters of a line


class Cell(NamedTuple):
    """A piece of a line with wide gaps on both sides, as the cells of a table have: its ends in points, its text."""

    left: float
    right: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: baseline, ends and type size in points, its text in reading order, the gaps between its words.

    `count`: its glyphs that are seen; `spaced`: in a script with gaps between words; `leftward`: it runs from right to
    left; `beside`: it stands beside a drop cap; `capped`: it begins with one; `cells`: its pieces; `tracking`: how far
    its small letters are apart, in parts of their widths, None where they are few.
    """

    y: float
    left: float
    right: float
    size: float
    text: str
    gaps: tuple[float, ...]
    count: int
    spaced: bool
    leftward: bool
    beside: bool = False
    capped: bool = False
    cells: tuple[Cell, ...] = ()
    tracking: float | None = None

    def mirrored(self) -> Line:
        """The line as a mirror shows it, so that one that runs leftward begins at the smaller end."""
        return replace(self, left=-self.right, right=-self.left)


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The glyphs that are seen, those of one baseline together, from top to bottom."""
    rows: list[list[Glyph]] = []
    space: Glyph | None = None
    for found in sorted(glyphs, key=itemgetter(1, 2)):  # by baseline and left end
        if not found.sign.strip() or (found.sign in UNSEEN and found.sign != SOFT_HYPHEN):
            space = space if found.sign in UNSEEN else found
            continue
        glyph = found._replace(behind_space=space is not None and space.y == found.y)
        space = None
        if rows and glyph.y - rows[-1][-1].y <= max(1.5, LEVEL * glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def lines_of(rows: list[list[Glyph]]) -> list[Line]:
    """The lines of a page from top to bottom, the small signs in them and drop caps beside them at their places."""
    rows = _with_small_signs(rows)
    beside = _caps_to_their_words(rows)
    return [_line(row, beside=i in beside) for i, row in enumerate(rows) if row]


def _with_small_signs(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows, those that are only raised or lowered signs of another put into it: of notes, or letters in Arabic."""
    sizes = [_size(row) for row in rows]
    ends = [(min(g.left for g in row), max(g.right for g in row)) for row in rows]
    out: list[list[Glyph]] = [[] for _ in rows]
    for i, row in enumerate(rows):
        home = i
        for other in (i + 1, i - 1):
            if not 0 <= other < len(rows):
                continue
            if sizes[i] >= SMALL * sizes[other] and len(row) * FEW > len(rows[other]):
                continue
            near = abs(row[0].y - rows[other][0].y) < RAISED * sizes[other]
            inside = ends[other][0] - sizes[i] < ends[i][0] and ends[i][1] < ends[other][1] + 3 * sizes[i]
            if near and inside:
                home = other
                break
        out[home].extend(row)
    return [row for row in out if row]


def _caps_to_their_words(rows: list[list[Glyph]]) -> set[int]:
    """Moves each drop cap to the first of the lines beside it; the numbers of the others beside it.

    A cap stands on the baseline of the last line beside it, or a little off it, where it is a row of its own.
    """
    beside: set[int] = set()
    for i, row in enumerate(rows):
        large = max(g.size for g in row)
        cap = [g for g in row if g.size == large]
        if len(cap) > CAP_SIGNS or not any(g.sign.isalpha() for g in cap):
            continue
        others = [g for g in row if g.size < large / CAP]
        if len(cap) + len(others) < len(row) or (others and min(g.left for g in others) < cap[0].left):
            continue
        end, top = max(g.right for g in cap), cap[0].y - CAP_HEIGHT * large
        first = i if others else i + 1
        while first > 0 and first <= i + 1 and _stands_beside(rows[first - 1], end, top, large):
            first -= 1
        if first < i:
            rows[first][:0] = cap
            rows[i] = others
            beside.update(range(first + 1, i + 1))
    return beside


def _stands_beside(row: Sequence[Glyph], end: float, top: float, large: float) -> bool:
    return bool(row) and row[0].y > top and all(g.left > end - 1 and g.size < large / CAP for g in row)


def _size(row: Sequence[Glyph]) -> float:
    return Counter(round(g.size, 1) for g in row).most_common(1)[0][0]


def _line(row: list[Glyph], *, beside: bool) -> Line:
    row.sort(key=itemgetter(2))  # by left end
    leftward = _runs_left(row)
    size = _size(row)
    seen = [g for g in row if g.sign != SOFT_HYPHEN or g.right - g.left > GAP * size / 2]
    seen = seen or row
    signs, gaps = _signs_and_gaps(seen, GAP_LEFTWARD if leftward else GAP)
    letters = sum(g.sign.isalpha() for g in seen)
    spaceless = sum(g.sign > "\u0dff" and unicodedata.name(g.sign[0], "").startswith(SPACELESS) for g in seen)
    return Line(
        y=median_low([g.y for g in row]),
        left=min(g.left for g in seen),
        right=max(g.right for g in seen),
        size=size,
        text=_leftward(signs) if leftward else _rightward(signs),
        gaps=tuple(gaps),
        count=len(seen),
        spaced=spaceless <= SPACELESS_SHARE * letters,
        leftward=leftward,
        beside=beside,
        capped=AFTER_CAP in signs,
        cells=() if leftward else tuple(_cells(seen)),
        tracking=_letters_apart(seen),
    )


def _cells(row: Sequence[Glyph]) -> Iterator[Cell]:
    start = 0
    for at in range(1, len(row) + 1):
        if at == len(row) or row[at].left - row[at - 1].right > CELL_GAP * row[at].size:
            piece = row[start:at]
            text = "".join(_signs_and_gaps(piece, GAP)[0]).replace(AFTER_CAP, "")
            yield Cell(piece[0].left, max(g.right for g in piece), _size(piece), text)
            start = at


def _letters_apart(row: Sequence[Glyph]) -> float | None:
    """How far the small letters within the words of a line are drawn apart, in parts of their widths."""
    pairs = [
        (a, b)
        for a, b in pairwise(row)
        if a.sign.islower() and b.sign.islower() and a.font == b.font and not b.behind_space
    ]
    if len(pairs) < ENOUGH_PAIRS:
        return None
    return median(b.left - a.right for a, b in pairs) / fmean(a.right - a.left for a, _ in pairs)


def _signs_and_gaps(row: Sequence[Glyph], narrowest: float) -> tuple[list[str], list[float]]:
    """The signs of a line with spaces between its words, and how wide those are; `narrowest` in parts of the type
    size. Where the file writes spaces, they are what is between words, and gaps elsewhere are none."""
    gaps: list[float] = []
    signs: list[str] = []
    drawn = _tracking(row)
    written = sum(g.behind_space for g in row) >= ENOUGH
    for before, glyph in zip([None, *row], row, strict=False):
        if before is not None and before.size > CAP * glyph.size:
            signs.append(AFTER_CAP)
        elif before is not None:
            gap = glyph.left - before.right
            apart = not written and gap > drawn + narrowest * glyph.size
            if apart or (glyph.behind_space and gap > WRITTEN_GAP * glyph.size):
                gaps.append(gap)
                signs.append(" ")
        signs.append(glyph.sign)
    return signs, gaps


def _tracking(row: Sequence[Glyph]) -> float:
    """How far the letters of a line were drawn apart, in points."""
    letters = ((a, b) for a, b in pairwise(row) if a.sign[0].isalnum() and b.sign[0].isalnum())
    apart = sorted(b.left - a.right for a, b in letters)
    return max(0.0, apart[int(len(apart) * UNDRAWN)]) if len(apart) >= ENOUGH else 0.0


def _runs_left(row: Sequence[Glyph]) -> bool:
    if max(g.sign for g in row) < FIRST_LEFTWARD:
        return False
    kinds = Counter(unicodedata.bidirectional(g.sign[0]) for g in row)
    return sum(kinds[kind] for kind in RIGHT_TO_LEFT) > kinds["L"]


def _rightward(signs: Sequence[str]) -> str:
    """The text of a line that runs rightward; words within it that run to the left are turned."""
    if max(signs, default="") < FIRST_LEFTWARD:
        return "".join(signs)
    out: list[str] = []
    turned: list[str] = []
    for sign in (*signs, ""):
        kind = unicodedata.bidirectional(sign[0]) if sign else ""
        if kind in RIGHT_TO_LEFT or (turned and sign == " "):
            turned.append(sign)
            continue
        spaces = len(turned) - len("".join(turned).rstrip())
        core = turned[: len(turned) - spaces]
        out.extend((*reversed(core), *turned[len(core) :], sign))
        turned.clear()
    return "".join(out)


def _leftward(signs: Sequence[str]) -> str:
    """The text of a line that runs leftward, given from left to right; words of others within it run on."""
    out: list[str] = []
    level: list[str] = []
    for sign in reversed(signs):
        if unicodedata.bidirectional(sign[0]) in LEVEL_RUN:
            level.append(sign)
            continue
        out.extend(reversed(level))
        level.clear()
        out.append(sign)
    return "".join((*out, *reversed(level)))
