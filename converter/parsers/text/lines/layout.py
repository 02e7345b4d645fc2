"""How a text makes its paragraphs: measured over the whole file, then decided block by block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from converter.document.contracts import ParagraphHabit
from converter.document.patterns import regex
from converter.parsers.text.lines.indents import first_lines
from converter.parsers.text.lines.rows import (
    SLACK,
    Row,
    ended_on_purpose,
    estimate_words,
    may_end_paragraph,
    runs_on,
)
from converter.parsers.text.lines.stanzas import NARROW, is_verse, is_verse_in_long_lines

LONGEST_WRAPPED = 110  # characters; hard-wrapped prose is set between 30 and 100, measured widths 38 to 75
LEAST_WRAPPED = 20  # shorter lines are titles, fields, replies: they say nothing about wrapping
UNWRAPPED = 0.25  # of the lines longer than any wrapped line: then lines are paragraphs
SOME_LONG = 0.05  # of the lines so: the text may have been typed in both ways
WRAPPED = (
    0.5  # of the line ends inside blocks fall inside a sentence: 0.9 to 0.98 measured where wrapped, else 0.02 to 0.15
)
WITHIN_WIDTH = 0.97  # of the wrapped lines are no longer than the width; the others have a word that did not break
SET_IN = 5  # lines set in after a sentence's end, and one in a hundred lines: then that is how paragraphs begin
FIRST_STEP = 2  # columns that a first line is set in at least
FURTHEST = 10  # columns that a first line is set in at most
USUAL_GAP = 0.2  # of the gaps at least are so wide: the least such gap parts paragraphs
TIGHT = 0.5  # of the lines, more than so many follow without a blank line: gaps part no paragraphs there
APART = 0.1  # of the lines at most do so where every paragraph stands alone
SURELY_WRAPPED = 0.75  # so many: then no block is set otherwise
TABLE_SIDES = frozenset("|+│┃║┌┐└┘├┤╔╗╚╝╠╣")
TABLE_ROW = regex(r"\|\s*\S.*\||\+[-=+]{3,}\+|[│┃║].*[│┃║]|[┌┐└┘├┤╔╗╚╝╠╣][─━═┬┴┼╦╩╬┐┘┤╗╝╣]+")
CENTRED = 8  # columns of indent at least; first lines and quotations have fewer
WIDE = 80  # columns; lines of verse are shorter
EVEN_LINES = 0.5  # of the lines of a wrapped text are nearly as wide as its widest: prose 0.97 to 1, verse 0.75
EVEN = 0.75  # of the longest line of a wrapped text, or block, is a line at least that counts as even

LayoutKind = Literal[
    "blank lines", "hard-wrapped", "hard-wrapped, indented", "a line each", "a line each, indented", "verse", "mixed"
]


def is_table_row(text: str) -> bool:
    """Whether a line is a row of a drawn table, or one of its rules."""
    return text[0] in TABLE_SIDES and TABLE_ROW.match(text) is not None


class Layout(NamedTuple):
    """What was measured.

    `width` is the wrapping column (0 = not wrapped), `usual_gap` the blank lines between paragraphs, `base` the indent
    of ordinary lines, `first` the indent of first lines (equal to `base` when there is none). `verse` and `quoted` are
    the lines that the marks of the text say are such. `printed`: the lines are those of printed pages. `long_lined`:
    lines of verse may be as long as paragraphs.
    """

    kind: LayoutKind
    wrapped: bool
    width: int
    usual_gap: int
    base: int
    first: int
    run_on: float
    why: str
    confidence: float
    asked: bool = False  # a person said so: no line speaks against it
    verse: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()
    printed: bool = False
    long_lined: bool = False


class RowGroup(NamedTuple):
    """The rows of one proto-block. `lines` says that the line ends matter; `gap` is the blank lines before it."""

    rows: tuple[Row, ...]
    gap: int
    lines: bool = False
    notes: tuple[Footnote, ...] = ()  # those cited here

    @property
    def line(self) -> int:
        """Number of its first line."""
        return self.rows[0].line

    @property
    def indent(self) -> int:
        """Least indent of its rows."""
        return min(r.indent for r in self.rows)

    @property
    def words(self) -> int:
        """How many words its rows have."""
        return sum(estimate_words(r.text) for r in self.rows)


class Footnote(NamedTuple):
    """The mark that cites it, its groups, and the signs that stood around it (`[Footnote 1:`, `]`) with their lines."""

    mark: str
    groups: tuple[RowGroup, ...]
    signs: tuple[tuple[str, int], ...] = ()


class _Wrapping(NamedTuple):
    """Whether lines were broken to fit a `width` (0: they were not), and how many of the line ends that tell it fall
    inside a sentence (`run_on`, a share of `line_ends`)."""

    width: int
    run_on: float
    line_ends: int


def measure(rows: Sequence[Row], asked: ParagraphHabit = "") -> Layout:
    """The layout of a whole text; `asked` is what a person says of it."""
    if asked:
        return _as_asked(rows, asked)
    pairs = [(a, b) for a, b in pairwise(rows) if b.gap == 0]
    width, run_on, line_ends = _wrapping(rows, pairs)
    if set_in := first_lines(rows):
        base, first, width = set_in
        why = "lines set in follow a sentence's end, the others go on with one"
        return Layout("hard-wrapped, indented", True, width, 0, base, first, run_on, why, 0.95)
    long_lined = is_verse_in_long_lines(pairs)
    if long_lined or is_verse(rows, pairs):
        had = "at a comma" if long_lined else "where the next word had room"
        why = f"{round(100 * run_on)} % of {line_ends} line ends fall inside a sentence, {had}"
        margin = _usual_indent(rows)
        return Layout("verse", False, 0, _usual_gap(rows), margin, margin, run_on, why, 0.9, long_lined=long_lined)
    wrapped = width > 0
    base = _usual_indent(rows)
    first = _first_indent(pairs, base, len(rows)) if wrapped else base
    tight = len(pairs) / max(1, len(rows) - 1)
    gap = 0 if tight > TIGHT and (not wrapped or first > base) else _usual_gap(rows)
    kind = _kind(wrapped, tight, base, first)
    if kind == "blank lines":
        sure = 1 - tight
        why = f"{round(100 * sure)} % of the lines stand alone between blank lines"
    else:
        sure = abs(run_on - WRAPPED) * 2
        why = f"{round(100 * run_on)} % of {line_ends} line ends inside blocks fall inside a sentence"
    return Layout(kind, wrapped, width, gap, base, first, run_on, why, round(max(0.5, min(1.0, sure)), 2))


def _as_asked(rows: Sequence[Row], asked: ParagraphHabit) -> Layout:
    """The layout that a person names: only its columns are measured."""
    why = f"--paragraphs {asked}"
    base = min((r.indent for r in rows), default=0) if asked == "indent" else _usual_indent(rows)
    if asked == "lines":
        return Layout("a line each", False, 0, 1, base, base, 0.0, why, 1.0, asked=True)
    ends = sorted(r.indent + len(r.text) for r in rows)
    width = ends[int(len(ends) * WITHIN_WIDTH)] if ends else 0
    set_in = first_lines(rows) if asked == "wrapped" else None
    if set_in:
        return Layout("hard-wrapped, indented", True, set_in.width, 0, set_in.base, set_in.first, 1.0, why, 1.0)
    if asked == "indent":
        steps = Counter(r.indent for r in rows if FIRST_STEP <= r.indent - base <= FURTHEST)
        first = steps.most_common(1)[0][0] if steps else base + FIRST_STEP
        return Layout("hard-wrapped, indented", True, width, 0, base, first, 1.0, why, 1.0, asked=True)
    return Layout("hard-wrapped", True, width, _usual_gap(rows), base, base, 1.0, why, 1.0, asked == "blank")


def _usual_indent(rows: Sequence[Row]) -> int:
    """The indent that most lines have."""
    indents = Counter(r.indent for r in rows)
    return indents.most_common(1)[0][0] if indents else 0


def _wrapping(rows: Sequence[Row], pairs: Sequence[tuple[Row, Row]]) -> _Wrapping:
    """How a text's lines are broken; `pairs` are those that nothing stands between."""
    telling = [(a, b) for a, b in pairs if LEAST_WRAPPED <= len(a.text) <= LONGEST_WRAPPED]
    broken = [(a, b) for a, b in telling if runs_on(a.text, b.text)]
    long = sum(len(r.text) > LONGEST_WRAPPED for r in rows) / max(1, len(rows))
    run_on = len(broken) / len(telling) if telling else 0.0
    none = _Wrapping(0, run_on, len(telling))
    if run_on < WRAPPED or len(telling) <= len(rows) / 4 or long >= UNWRAPPED:
        return none
    ends = sorted(a.indent + len(a.text) for a, _ in broken)
    width = ends[int(len(ends) * WITHIN_WIDTH)]
    if _is_narrow(rows, width):
        return none
    doubted = run_on < SURELY_WRAPPED or long >= SOME_LONG
    if doubted and sum(e >= EVEN * width for e in ends) < EVEN_LINES * len(ends):
        return none  # lines of a head, a chat, a list, a poem
    usual_width = ends[len(ends) * 9 // 10]
    if usual_width > WIDE and 2 * sum(ended_on_purpose(a, b, usual_width) for a, b in broken) > len(ends):
        return none  # the next word would have fitted: typed without full stops
    return _Wrapping(width, run_on, len(telling))


def _is_narrow(rows: Sequence[Row], width: int) -> bool:
    """Whether lines so short stand among longer ones: a song, an address, in a text whose lines are paragraphs."""
    return width <= NARROW and sum(r.indent + len(r.text) > width + SLACK for r in rows) >= SOME_LONG * len(rows)


def _first_indent(pairs: Sequence[tuple[Row, Row]], base: int, lines: int) -> int:
    """The indent of the lines that begin paragraphs, where many of a text's `lines` are set in so; else `base`."""
    starts = Counter(
        b.indent for a, b in pairs if b.indent != a.indent and a.indent == base and may_end_paragraph(a.text)
    )
    indent, times = starts.most_common(1)[0] if starts else (base, 0)
    return indent if times >= max(SET_IN, lines / 100) and indent >= base + FIRST_STEP else base


def _usual_gap(rows: Sequence[Row]) -> int:
    """The least gap between lines that is no exception, in blank lines."""
    gaps = Counter(r.gap for r in rows[1:] if r.gap)
    return min((g for g, n in gaps.items() if n >= max(1, USUAL_GAP * sum(gaps.values()))), default=1)


def _kind(wrapped: bool, tight: float, base: int, first: int) -> LayoutKind:
    """What the layout is called; `tight` is the share of the lines that follow another without a gap."""
    if wrapped:
        return "hard-wrapped, indented" if first > base else "hard-wrapped"
    if tight < APART:
        return "blank lines"
    if tight > TIGHT:
        return "a line each, indented" if base > 0 else "a line each"
    return "mixed"
