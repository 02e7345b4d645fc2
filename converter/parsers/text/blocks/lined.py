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
from converter.parsers.text.blocks.verse_columns import VerseColumns, verse_columns
from converter.parsers.text.lines.layout import CENTRED, Layout, RowGroup, is_table_row
from converter.parsers.text.lines.rows import Row
from converter.parsers.text.lines.stanzas import LONGEST
from converter.recognisers.lines.list_headings import over_notes
from converter.recognisers.marks.habit import Marks
from converter.recognisers.marks.typed_marks import Marked, needs_parsing, read_inlines

COLUMNS = regex(r"\S {3,}\S|\t|\S\s*\|\s*\S|[─│┌┐└┘├┤┬┴┼═║╔╗╚╝]")
TABLE_SHARE = 0.6  # of a block's lines are parted into columns
OFF_CENTRE = 4  # columns a centred line may be off: centred by hand, or by a tab


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
    group: RowGroup, layout: Layout, marks: Marks, notes: dict[str, Note], name: str, columns: VerseColumns | None
) -> tuple[list[Block], list[str]]:
    """A block whose line ends matter: aligned lines as paragraphs, any other as one stanza, in the `columns` of its
    poem; and the tags in it."""
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
    columns = columns or verse_columns(rows)
    stanza = tuple(
        Line(notes_for_tokens(line, notes), columns.steps(r.indent), Origin(name, r.line))
        for line, r in zip(lines, rows, strict=True)
    )
    return [Verse((stanza,), Origin(name, group.line))], list(tags)


def poem_columns(groups: Sequence[RowGroup], layout: Layout) -> dict[int, VerseColumns]:
    """For the first line of each group of lines the columns of its poem: of all stanzas that follow one another."""
    found: dict[int, VerseColumns] = {}
    poem: list[RowGroup] = []

    def close() -> None:
        columns = verse_columns(r for g in poem for r in g.rows) if poem else None
        found.update({g.line: columns for g in poem if columns})
        poem.clear()

    for group in groups:
        if group.lines and not is_table(group) and not all(line_alignment(r, layout) for r in group.rows):
            poem.append(group)
        else:
            close()
    close()
    return found


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
            if over_notes(block_text(block)):
                continue
            around = (out[k - 1] if k else None, blocks[k + 1] if k + 1 < len(blocks) else None)
            if any(isinstance(b, Verse) for b in around):
                out[k] = Verse(((Line(block.content, 0, block.origin),),), block.origin)
    return out
