"""How a text makes its paragraphs: measured over the whole file, then decided block by block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from converter.document.contracts import ParagraphHabit
from converter.document.patterns import regex
from converter.parsers.text.first_lines import first_lines
from converter.parsers.text.rows import (
    SLACK,
    Row,
    ended_on_purpose,
    estimate_words,
    may_end_paragraph,
    runs_on,
    starts_lower,
)
from converter.parsers.text.stanzas import is_stanza, is_verse
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.metadata.fields import in_head
from converter.recognisers.metadata.names import author_in

LONGEST_WRAPPED = 110  # characters; hard-wrapped prose is set between 30 and 100, measured widths 38 to 75
LEAST_WRAPPED = 20  # shorter lines are titles, fields, replies: they say nothing about wrapping
UNWRAPPED = 0.25  # of the lines longer than any wrapped line: then lines are paragraphs
SOME_LONG = 0.05  # of the lines so: the text may have been typed in both ways
WRAPPED = (
    0.5  # of the line ends inside blocks fall inside a sentence: 0.9 to 0.98 measured where wrapped, else 0.02 to 0.15
)
WITHIN_WIDTH = 0.97  # of the wrapped lines are no longer than the width; the others have a word that did not break
FIRST_LINES = 5  # lines set in after a sentence's end, and one in a hundred lines: then that is how paragraphs begin
FIRST_STEP = 2  # columns that a first line is set in at least
FURTHEST = 10  # columns that a first line is set in at most
USUAL_GAP = 0.2  # of the gaps at least are so wide: the least such gap parts paragraphs
TIGHT = 0.5  # of the lines, more than so many follow without a blank line: gaps part no paragraphs there
APART = 0.1  # of the lines at most do so where every paragraph stands alone
BROADEST_SHORT = 40  # characters; a block of shorter lines says nothing about itself
SURELY_WRAPPED = 0.75  # so many: then no block is set otherwise
TABLE_ROW = regex(r"\|\s*\S.*\||\+[-=+]{3,}\+|[│┃║].*[│┃║]|[┌┐└┘├┤╔╗╚╝╠╣][─━═┬┴┼╦╩╬┐┘┤╗╝╣]+")
LEAST_TABLE = 2  # drawn rows make a block a table
CENTRED = 8  # columns of indent at least; first lines and quotations have fewer
SET_IN = 2  # columns more than the text
SHORT_LINE = 60  # characters; a longer line is a paragraph
BLOCK_SAYS = 3  # line ends in a block are enough for the block to speak for itself
WIDE = 80  # columns; lines of verse are shorter
EVEN_LINES = 0.5  # of the lines of a wrapped text are nearly as wide as its widest: prose 0.97 to 1, verse 0.75
EVEN, EVEN_SHARE = 0.75, 0.7  # of the lines of a wrapped block are at least so long as its longest, by these shares
NARROW = 12  # columns; a block this much narrower than the text is set in lines of its own
LINES = 0.5  # of a block's line ends were made on purpose: it is verse, an address, a sign
PARAGRAPH_SLACK = 10  # columns left free at a line's end before a new sentence: a paragraph ended there

LayoutKind = Literal[
    "blank lines", "hard-wrapped", "hard-wrapped, indented", "a line each", "a line each, indented", "verse", "mixed"
]


class Layout(NamedTuple):
    """What was measured.

    `width` is the wrapping column (0 = not wrapped), `usual_gap` the blank lines between paragraphs, `base` the indent
    of ordinary lines, `first` the indent of first lines (equal to `base` when there is none).
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
    if is_verse(rows, pairs):
        why = f"{round(100 * run_on)} % of {line_ends} line ends fall inside a sentence, where the next word had room"
        return Layout("verse", False, 0, _usual_gap(rows), _usual_indent(rows), _usual_indent(rows), run_on, why, 0.9)
    if set_in := first_lines(rows):
        base, first, width = set_in
        why = "lines set in follow a sentence's end, the others go on with one"
        return Layout("hard-wrapped, indented", True, width, 0, base, first, run_on, why, 0.95)
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
    return Layout("hard-wrapped", True, width, _usual_gap(rows), base, base, 1.0, why, 1.0, asked=True)


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
    doubted = run_on < SURELY_WRAPPED or long >= SOME_LONG
    if doubted and sum(e >= EVEN * width for e in ends) < EVEN_LINES * len(ends):
        return none  # lines of a head, a chat, a list, a poem
    usual_width = ends[len(ends) * 9 // 10]
    if usual_width > WIDE and 2 * sum(ended_on_purpose(a, b, usual_width) for a, b in broken) > len(ends):
        return none  # the next word would have fitted: typed without full stops
    return _Wrapping(width, run_on, len(telling))


def _first_indent(pairs: Sequence[tuple[Row, Row]], base: int, lines: int) -> int:
    """The indent of the lines that begin paragraphs, where many of a text's `lines` are set in so; else `base`."""
    starts = Counter(
        b.indent for a, b in pairs if b.indent != a.indent and a.indent == base and may_end_paragraph(a.text)
    )
    indent, times = starts.most_common(1)[0] if starts else (base, 0)
    return indent if times >= max(FIRST_LINES, lines / 100) and indent >= base + FIRST_STEP else base


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


def groups(rows: Sequence[Row], layout: Layout) -> list[RowGroup]:
    """The rows as proto-blocks, in order."""
    out: list[RowGroup] = []
    block: list[Row] = []
    for row in rows:
        drawn = bool(block) and not row.gap and (TABLE_ROW.match(row.text) or TABLE_ROW.match(block[-1].text))
        if block and not drawn and (row.gap or is_break(row.text) or (len(block) == 1 and is_break(block[0].text))):
            out.extend(_block(block, layout))
            block = []
        block.append(row)
    if block:
        out.extend(_block(block, layout))
    return out


def _block(rows: list[Row], layout: Layout) -> Iterator[RowGroup]:
    if len(rows) == 1:
        yield RowGroup((rows[0],), rows[0].gap)
    elif sum(bool(TABLE_ROW.match(r.text)) for r in rows) >= LEAST_TABLE:
        yield RowGroup(tuple(rows), rows[0].gap, lines=True)
    elif (
        not (layout.wrapped or layout.asked)
        and not _of_a_head(rows, layout)
        and is_stanza(rows, verse=layout.kind == "verse")
    ):
        yield RowGroup(tuple(rows), rows[0].gap, lines=True)
    elif not _is_wrapped(rows, layout):
        yield from _lines_each(rows, layout)
    elif layout.first > layout.base:
        start = 0
        for i in range(1, len(rows)):
            if _begins_paragraph(rows, i, layout) or _leaves_margin(rows, i, layout):
                yield from _shape(rows[start:i], layout)
                start = i
        yield from _shape(rows[start:], layout)
    else:
        yield from _shape(rows, layout)


def _of_a_head(rows: Sequence[Row], layout: Layout) -> bool:
    """Whether lines say who wrote what, or open a file that is no book of verse: each is read alone."""
    return (rows[0].gap == 0 and layout.kind != "verse") or any(in_head(r.text) or author_in(r.text) for r in rows)


def _lines_each(rows: Sequence[Row], layout: Layout) -> Iterator[RowGroup]:
    """A paragraph a line; short lines set in from the margin together are kept as lines (a notice, a sign)."""
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end].indent >= layout.base + SET_IN and len(rows[end].text) <= SHORT_LINE:
            end += 1
        if end - start > 1:
            yield RowGroup(tuple(rows[start:end]), rows[start].gap, lines=True)
            start = end
        else:
            yield RowGroup((rows[start],), rows[start].gap)
            start += 1


def _leaves_margin(rows: Sequence[Row], i: int, layout: Layout) -> bool:
    """A line in the middle of the page (a number, a title) stands between others without a blank line."""
    before, row = (r.indent > max(layout.first, layout.base + CENTRED) for r in rows[i - 1 : i + 1])
    return before != row or (before and row and rows[i - 1].indent != rows[i].indent)


def _begins_paragraph(rows: Sequence[Row], i: int, layout: Layout) -> bool:
    """A first line begins a paragraph where the line before it ended a sentence, or did not fill its line."""
    if layout.asked:
        return rows[i].indent > layout.base
    if rows[i].indent != layout.first or rows[i - 1].indent > layout.first:
        return False
    return may_end_paragraph(rows[i - 1].text) or ended_on_purpose(rows[i - 1], rows[i], layout.width)


def _is_wrapped(rows: Sequence[Row], layout: Layout) -> bool:
    if layout.asked:
        return layout.wrapped
    lengths = [len(r.text) for r in rows[:-1]]
    if max(lengths) > LONGEST_WRAPPED:
        return False
    ends = len(rows) - 1
    share = sum(runs_on(a.text, b.text) for a, b in pairwise(rows)) / ends
    if layout.wrapped and (layout.run_on >= SURELY_WRAPPED or layout.first > layout.base):
        return True
    if ends >= BLOCK_SAYS and max(lengths) > BROADEST_SHORT:
        longest = max(lengths)
        even = sum(n >= EVEN * longest for n in lengths) / ends
        return share >= WRAPPED and even >= EVEN_SHARE
    return layout.wrapped


def _shape(rows: list[Row], layout: Layout) -> Iterator[RowGroup]:
    """A wrapped block: prose, lines, or prose with a part in lines (a signature under a letter)."""
    gap = rows[0].gap
    if len(rows) == 1:
        yield RowGroup((rows[0],), gap)
        return
    right = max(r.indent + len(r.text) for r in rows)
    width = layout.width or right
    ends = list(pairwise(rows))
    if right < width - NARROW:
        if _narrow_prose(rows, right):
            yield RowGroup(tuple(rows), gap)
        else:
            lower = all(starts_lower(b.text) for _, b in ends) and rows[0].indent <= layout.first
            yield RowGroup(tuple(rows), gap, lines=not lower)
        return
    made = [ended_on_purpose(a, b, width) for a, b in ends]
    count = sum(made)
    if not count:
        yield RowGroup(tuple(rows), gap)
    elif count >= LINES * len(made):
        flowing = all(starts_lower(b.text) for (_, b), m in zip(ends, made, strict=True) if m)
        prose = _narrow_prose(rows, right) or (flowing and rows[0].indent <= layout.first)
        yield RowGroup(tuple(rows), gap, lines=not prose)
    else:
        yield from _split(rows, made, width, gap)


def _narrow_prose(rows: Sequence[Row], right: int) -> bool:
    """A block in a narrower measure (a quoted letter): its lines are even, and sentences run over their ends."""
    if len(rows) < BLOCK_SAYS:
        return False
    ends = list(pairwise(rows))
    full = all(a.indent + len(a.text) + 1 + len(b.text.split(None, 1)[0]) > right - SLACK for a, b in ends)
    longest = max(len(r.text) for r in rows)
    even = len(rows) > BLOCK_SAYS and all(len(r.text) >= EVEN * longest for r in rows[:-1])
    lower = sum(starts_lower(b.text) for _, b in ends) / len(ends)
    return (full or even) and lower >= WRAPPED


def _split(rows: list[Row], made: list[bool], width: int, gap: int) -> Iterator[RowGroup]:
    """A block of prose with lines in it, parted where a line was ended on purpose and left much free."""
    cuts = []
    for i, on_purpose in enumerate(made):
        a, b = rows[i], rows[i + 1]
        free = width - a.indent - len(a.text)
        if (
            on_purpose
            and free >= PARAGRAPH_SLACK
            and not starts_lower(b.text)
            and (may_end_paragraph(a.text) or a.text[-1] == ",")
        ):
            cuts.append(i + 1)
    starts = [0, *cuts, len(rows)]
    parts = [rows[a:b] for a, b in pairwise(starts)]
    merged: list[tuple[list[Row], bool]] = []
    for part in parts:
        single = len(part) == 1 and len(part[0].text) < width * 0.75
        if merged and single and merged[-1][1]:
            merged[-1][0].extend(part)
        else:
            merged.append((list(part), single))
    for k, (part, single) in enumerate(merged):
        yield RowGroup(tuple(part), gap if k == 0 else 0, lines=single and len(part) > 1)
