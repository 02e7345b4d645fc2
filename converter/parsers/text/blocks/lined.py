"""Blocks whose line ends matter: verse, lines set in the middle or at the right, tables of columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from converter.document.model import (
    Align,
    Block,
    Emphasis,
    Inline,
    Inlines,
    Line,
    LineBreak,
    Note,
    Origin,
    Paragraph,
    Preformatted,
    Strong,
    Styled,
    Text,
    Verse,
)
from converter.document.patterns import regex
from converter.document.words import block_text
from converter.parsers.text.blocks.footnotes import notes_for_tokens
from converter.parsers.text.lines.layout import CENTRED, Layout, RowGroup, is_table_row
from converter.parsers.text.lines.rows import Row
from converter.parsers.text.lines.stanzas import LONGEST
from converter.recognisers.marks.habit import Marks
from converter.recognisers.marks.typed_marks import Marked, needs_parsing, read_inlines

COLUMNS = regex(r"\S {3,}\S|\t|\S\s*\|\s*\S|[─│┌┐└┘├┤┬┴┼═║╔╗╚╝]")
TABLE_SHARE = 0.6  # of a block's lines are parted into columns
OFF_CENTRE = 4  # columns a centred line may be off: centred by hand, or by a tab
INDENT_STEP = 2  # columns to a step of verse indent
INDENT_STEPS = 4  # steps of verse indent that a reader tells apart


def is_table(group: RowGroup) -> bool:
    """Whether most lines of a block are parted into columns by spaces, bars or drawn lines."""
    if len(group.rows) < 2 or not group.lines:
        return False
    drawn = sum(bool(COLUMNS.search(r.text)) or is_table_row(r.text) for r in group.rows)
    return drawn >= TABLE_SHARE * len(group.rows)


def preformatted_block(group: RowGroup, name: str) -> Preformatted:
    """The block as it stands, in letters of one width."""
    margin = group.indent
    text = "\n".join(" " * (r.indent - margin) + r.text for r in group.rows)
    return Preformatted(text, Origin(name, group.line))


def line_alignment(row: Row, layout: Layout) -> Align:
    """Where a lone line of a hand-set text stands: "center", "right", or "" for the text's own margin."""
    if not layout.width or row.indent < layout.base + CENTRED:
        return ""
    right = layout.width - row.indent - len(row.text)
    if abs(row.indent - layout.base - right) <= OFF_CENTRE:
        return "center"
    return "right" if right <= OFF_CENTRE and row.indent > layout.width / 3 else ""


def line_blocks(
    group: RowGroup, layout: Layout, marks: Marks, notes: dict[str, Note], name: str
) -> tuple[list[Block], list[str]]:
    """A block whose line ends matter: aligned lines as paragraphs, any other as one stanza; and the tags in it."""
    rows = group.rows
    aligned = {line_alignment(r, layout) for r in rows}
    if len(aligned) == 1 and (align := aligned.pop()):
        read = [(r, read_inlines(r.text, marks)) for r in rows]
        return [
            Paragraph(notes_for_tokens(marked.content, notes), "", align, Origin(name, r.line)) for r, marked in read
        ], [tag for _, marked in read for tag in marked.tags]
    whole = "\x00".join(r.text for r in rows)
    content, _, tags = read_inlines(whole, marks) if needs_parsing(whole) else Marked((Text(whole),))
    lines = split_at_breaks(content)
    if len(lines) != len(rows):  # a mark swallowed a line end: the plain lines are safe
        lines, tags = [(Text(r.text),) for r in rows], ()
    stanza = tuple(
        Line(notes_for_tokens(line, notes), step, Origin(name, r.line))
        for line, r, step in zip(lines, rows, verse_steps(rows), strict=True)
    )
    return [Verse((stanza,), Origin(name, group.line))], list(tags)


def verse_steps(rows: Sequence[Row]) -> list[int]:
    """The steps by which lines of verse are set in. Where they go further in than steps are told apart, the columns
    share the steps."""
    margin = min(r.indent for r in rows)
    columns = sorted({(r.indent - margin) // INDENT_STEP for r in rows})
    if columns[-1] <= INDENT_STEPS:
        return [(r.indent - margin) // INDENT_STEP for r in rows]
    share = min(1.0, INDENT_STEPS / (len(columns) - 1))
    return [round(columns.index((r.indent - margin) // INDENT_STEP) * share) for r in rows]


def split_at_breaks(content: Inlines) -> list[Inlines]:
    """Inlines as lines; emphasis over several lines is closed and opened again."""
    lines: list[list[Inline]] = [[]]
    for inline in content:
        match inline:
            case LineBreak():
                lines.append([])
            case Emphasis() | Strong() | Styled():
                for i, inner in enumerate(split_at_breaks(inline.content)):
                    if i:
                        lines.append([])
                    if inner:
                        lines[-1].append(replace(inline, content=inner))
            case Text(text) if "\x00" in text:
                for i, part in enumerate(text.split("\x00")):
                    if i:
                        lines.append([])
                    if part:
                        lines[-1].append(Text(part))
            case _:
                lines[-1].append(inline)
    return [tuple(line) for line in lines]


def merge_verse(blocks: Iterable[Block], *, verse: bool = False) -> list[Block]:
    """Stanzas that follow each other make one poem; in a book of `verse` a short line among them is one, too."""
    out: list[Block] = []
    for block in _with_lone_lines(list(blocks)) if verse else blocks:
        if isinstance(block, Verse) and out and isinstance(out[-1], Verse):
            out[-1] = replace(out[-1], stanzas=out[-1].stanzas + block.stanzas)
        else:
            out.append(block)
    return out


def _with_lone_lines(blocks: list[Block]) -> list[Block]:
    """The blocks with each short paragraph beside a stanza as a stanza of one line."""
    out = list(blocks)
    for k, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not (block.role or block.align) and len(block_text(block)) <= LONGEST:
            around = (out[k - 1] if k else None, blocks[k + 1] if k + 1 < len(blocks) else None)
            if any(isinstance(b, Verse) for b in around):
                out[k] = Verse(((Line(block.content, 0, block.origin),),), block.origin)
    return out
