"""The rows of a text as proto-blocks: decided block by block, by its layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.document.patterns import regex
from converter.parsers.items.chats import is_stamped
from converter.parsers.text.blocks.plays import SCRIPT_INDENT, called, callers, speeches
from converter.parsers.text.lines.layout import (
    CENTRED,
    EVEN,
    EVEN_LINES,
    LONGEST_WRAPPED,
    SURELY_WRAPPED,
    WRAPPED,
    Layout,
    RowGroup,
    is_table_row,
    measure,
)
from converter.parsers.text.lines.line_joining import is_east_asian
from converter.parsers.text.lines.rows import (
    SLACK,
    Row,
    ended_on_purpose,
    may_end_paragraph,
    runs_on,
    starts_lower,
)
from converter.parsers.text.lines.stanzas import LONGEST, is_long_lined, is_set_in_stanza, is_signed_note, is_stanza
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.lines.dates import is_dateline
from converter.recognisers.lines.letters import dedicates
from converter.recognisers.metadata.fields import in_head
from converter.recognisers.metadata.names import author_in

SPEECH_COLUMN = regex(r"[^\W\d_][^:\n]{0,30}:\s{1,20}(?=\S)")  # a name, and the space up to the words
BROADEST_SHORT = 40  # characters; a block of shorter lines says nothing about itself
LEAST_TABLE = 2  # drawn rows make a block a table
SET_IN = 2  # columns more than the text
MANY_LINES = 16  # in a block: it holds headings, too

OPENS, CLOSES = '"“„«»「『', '"”“»«」』'
EARLY = 0.15  # of the lines of such a block at least: one alone stands before a long word
TITLES = 0.25  # of its lines at most
EVEN_SHARE = 0.7  # of the lines of a wrapped block are even
SHORT_LINE = 60  # characters; a longer line is a paragraph
BLOCK_SAYS = 3  # line ends in a block are enough for the block to speak for itself
NARROW = 12  # columns; a block this much narrower than the text is set in lines of its own
LINES = 0.5  # of a block's line ends were made on purpose: it is verse, an address, a sign
PARAGRAPH_SLACK = 10  # columns left free at a line's end before a new sentence: a paragraph ended there
TOLD = 2  # long lines before a block: what stands before may be the head of the file


def groups(rows: Sequence[Row], layout: Layout) -> list[RowGroup]:
    """The rows as proto-blocks, in order."""
    blocks = list(_blocks(rows))
    names = callers(blocks)
    if names and layout.kind == "verse":  # speeches are short lines: how the rest is set is asked of the rest
        spoken = [b for b in blocks if called(b[0].text) in names]
        rest = [r for b in blocks if b not in spoken for r in b]
        layout = measure(rest, "wrapped") if all(b[0].indent >= SCRIPT_INDENT for b in spoken) else layout
    out: list[RowGroup] = []
    told = 0  # lines so far that are no title and no field of a head
    for block in blocks:
        if names and len(block) > 1 and called(block[0].text) in names:
            out.extend(RowGroup(tuple(speech), speech[0].gap, lines=True) for speech in speeches(block, names))
        elif len(block) > 1 and all(_hangs(block[0], row) for row in block[1:]):
            out.append(RowGroup(tuple(block), block[0].gap))
        else:
            out.extend(_block(block, layout, told))
        told += sum(len(r.text) > LONGEST for r in block)
    return out


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows parted by gaps and breaks; a drawing is one block."""
    block: list[Row] = []
    for row in rows:
        drawn = bool(block) and not row.gap and (is_table_row(row.text) or is_table_row(block[-1].text))
        parted = row.gap or is_break(row.text) or is_stamped(row.text)
        if block and not drawn and (parted or (len(block) == 1 and is_break(block[0].text))):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _block(rows: list[Row], layout: Layout, told: int) -> Iterator[RowGroup]:
    """The proto-blocks of one block, before which `told` long lines stand."""
    if layout.verse and all(r.line in layout.verse for r in rows):
        yield RowGroup(tuple(rows), rows[0].gap, lines=True)
        return
    if len(rows) == 1:
        yield RowGroup((rows[0],), rows[0].gap)
    elif sum(is_table_row(r.text) for r in rows) >= LEAST_TABLE or _is_poem(rows, layout, told):
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


def _is_poem(rows: Sequence[Row], layout: Layout, told: int) -> bool:
    """Whether the lines of a block are verse, in a text whose lines were not broken to fit."""
    if _is_stressed(rows):
        return True
    if layout.wrapped or layout.asked:
        return False
    if layout.kind == "verse":
        long = len(rows) > 1 if layout.long_lined else is_long_lined(rows, verse=True)
        lines = long or is_stanza(rows, verse=True)
        return lines and not (told < TOLD and _of_a_head(rows))
    of_lines = told >= TOLD or dedicates(" ".join(r.text for r in rows), brief=not told) or is_dateline(rows[-1].text)
    if not of_lines or is_stanza(rows, verse=False) or is_signed_note(rows):
        return of_lines
    set_in = is_set_in_stanza(rows, max(layout.base, layout.first) + SET_IN)
    return told >= TOLD and (set_in or is_long_lined(rows, verse=False))


def _is_stressed(rows: Sequence[Row]) -> bool:
    """Whether each line stands between the same marks of stress: a song's."""
    mark = rows[0].text[0]
    return mark in "*_/" and all(
        len(r.text) > 2 and r.text[0] == mark == r.text[-1] and any(map(str.isalnum, r.text)) for r in rows
    )


def _of_a_head(rows: Sequence[Row]) -> bool:
    """Whether lines say who wrote what: each is read alone."""
    return any(in_head(r.text) or (len(r.text) <= LONGEST and author_in(r.text)) for r in rows)


def _lines_each(rows: Sequence[Row], layout: Layout) -> Iterator[RowGroup]:
    """A paragraph a line; short lines set in from the margin together are kept as lines (a notice, a sign)."""
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end].indent >= layout.base + SET_IN and _is_short(rows[end].text):
            end += 1
        if end - start > 1:
            yield RowGroup(tuple(rows[start:end]), rows[start].gap, lines=True)
            start = end
        else:
            yield RowGroup((rows[start],), rows[start].gap)
            start += 1


def _hangs(speech: Row, row: Row) -> bool:
    """Whether a line goes on below a speech, in the column in which its words began behind the name."""
    name = SPEECH_COLUMN.match(speech.text)
    return bool(name) and not row.gap and row.indent == speech.indent + (name.end() if name else 0)


def _is_short(text: str) -> bool:
    """Whether a line may be one of a sign: not a sentence of a script that sets in every first line."""
    return len(text) <= SHORT_LINE and not (is_east_asian(text[0]) and may_end_paragraph(text))


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
        broken = [len(a.text) for a, b in pairwise(rows) if runs_on(a.text, b.text)]  # others end paragraphs
        even = sum(n >= EVEN * longest for n in broken) / max(1, len(broken))
        return share >= WRAPPED and even >= (EVEN_SHARE if ends < MANY_LINES else EVEN_LINES)
    return layout.wrapped


def _shape(rows: list[Row], layout: Layout) -> Iterator[RowGroup]:
    """A wrapped block: prose, lines, or prose with a part in lines (a signature under a letter)."""
    gap = rows[0].gap
    if len(rows) == 1 or layout.asked:
        yield RowGroup(tuple(rows), gap)
        return
    right = max(r.indent + len(r.text) for r in rows)
    width = layout.width or right
    ends = list(pairwise(rows))
    if _set_in_prose(rows, width - min(r.indent for r in rows) + layout.base, layout):
        yield RowGroup(tuple(rows), gap)
        return
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
    elif _is_unparted(rows, made):
        yield from _paragraphs(rows, made, width, gap)
    elif count >= LINES * len(made):
        flowing = all(starts_lower(b.text) for (_, b), m in zip(ends, made, strict=True) if m)
        prose = _narrow_prose(rows, right) or (flowing and rows[0].indent <= layout.first)
        yield RowGroup(tuple(rows), gap, lines=not prose)
    else:
        yield from _split(rows, made, width, gap)


def _set_in_prose(rows: Sequence[Row], width: int, layout: Layout) -> bool:
    """Whether a block is prose that is set in from both sides alike, in columns up to `width`: its lines go on in small
    letters, and none was ended while the next word had room."""
    if min(r.indent for r in rows) < max(layout.first, layout.base) + SET_IN:
        return False
    return all(starts_lower(b.text) and not ended_on_purpose(a, b, width) for a, b in pairwise(rows))


def _is_unparted(rows: Sequence[Row], made: Sequence[bool]) -> bool:
    """Whether nothing but the lengths of lines parts the paragraphs of a long block: those that end early end a
    sentence, too, but for a few headings."""
    early = [row for row, m in zip(rows, made, strict=False) if m]
    titles = sum(not may_end_paragraph(row.text) for row in early)
    several = EARLY * len(made) <= len(early) < len(made) - titles
    return len(made) >= MANY_LINES and several and titles <= TITLES * len(made)


def _paragraphs(rows: Sequence[Row], made: Sequence[bool], width: int, gap: int) -> Iterator[RowGroup]:
    """The paragraphs of such a block: each ends where a line was ended on purpose and left much free."""
    start = 0
    for i, row in enumerate(rows):
        last = i + 1 == len(rows)
        early = not last and made[i] and width - row.indent - len(row.text) >= PARAGRAPH_SLACK
        speech = (
            not last
            and rows[i + 1].text[0] in OPENS
            and (row.text[-1] in CLOSES or (made[i] and may_end_paragraph(row.text)))
        )
        if last or speech or (early and not starts_lower(rows[i + 1].text)):
            yield RowGroup(tuple(rows[start : i + 1]), 0 if start else gap)
            start = i + 1


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
