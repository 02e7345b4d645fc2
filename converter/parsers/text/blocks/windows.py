"""Windows of a game's system: lines in a drawn box, in brackets, or with a label each, become a box or a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.model import Aside, Block, Cell, Line, Origin, Paragraph, SceneBreak, Table, Verse
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import Row
from converter.recognisers.lines.authors_notes import is_note
from converter.recognisers.marks.habit import Marks
from converter.recognisers.marks.typed_marks import read_inlines

SIDES = "|│┃║"
RULE = regex(r"[|│┃║+\-=_~*─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯┏┓┗┛┣┫┳┻╋:. ]+\Z")
FLAT = regex(r"[\-=_~*─━═┄┈—–]{3}")
INNER = regex(r"[|│┃║]")
READABLE = 0.8  # of the signs inside are letters, digits, spaces and stops: else it is a drawing
STOPS = frozenset(".,:;!?'’‘“”\"()[]/+-–—%→>#&*")
BRACKETED = regex(r"(?:\[[^\[\]]{3,400}\]|【[^【】]{2,400}】)\Z")
NO_WINDOW = regex(
    r"[\[【]\s*(?:illustration|image|picture|photo|foto|footnote|sidenote|page|pg|note|tn|a/n|edit)\b", re.I
)
LABELLED = regex(r"([^\W\d_][^:]{0,30}):\s+(\S.{0,60})\Z")
LEAST_BRACKETED, LEAST_LABELLED = 2, 3


def drawn_window(group: RowGroup, marks: Marks, name: str) -> tuple[Block, list[str]] | None:
    """The box or table that a block's drawn lines make, and the tags in it; None where they make a picture."""
    parts = _parts(group.rows)
    if parts is None:
        return None
    tags: list[str] = []

    def line(text: str, row: Row) -> Line:
        read = read_inlines(text, marks)
        tags.extend(read.tags)
        return Line(read.content, 0, Origin(name, row.line))

    origin = Origin(name, group.line)
    cells = [[[cell.strip() for cell in INNER.split(text)] for text, _ in part] for part in parts]
    columns = {len(row) for part in cells for row in part}
    if len(columns) == 1 and columns != {1} and sum(map(len, cells)) > 1:
        headed = len(parts) > 1 and len(parts[0]) == 1
        rows = []
        for k, part in enumerate(parts):
            for texts, (_, row) in zip(cells[k], part, strict=True):
                lines = [line(text, row) for text in texts]
                rows.append(
                    tuple(
                        Cell((Paragraph(x.content, origin=x.origin),) if x.content else (), headed and not k)
                        for x in lines
                    )
                )
        return Table(tuple(rows), origin=origin), tags
    stanzas = tuple(tuple(line(text, row) for text, row in part) for part in parts)
    return Aside((Verse(stanzas, origin),), "box", origin=origin), tags


def _parts(rows: Sequence[Row]) -> list[list[tuple[str, Row]]] | None:
    """What stands inside a box, parted where a rule or an empty line does; None where the rows draw no box."""
    parts: list[list[tuple[str, Row]]] = [[]]
    flat = 0
    for row in rows:
        if RULE.match(row.text):
            flat += bool(FLAT.search(row.text))
            parts.append([])
        elif row.text[0] in SIDES:
            parts[-1].append((row.text.strip(SIDES).strip(), row))
        else:
            return None
    parts = [part for part in parts if part]
    inside = "".join(text for part in parts for text, _ in part)
    plain = sum(c.isalnum() or c.isspace() or c in STOPS or c in SIDES for c in inside)
    words = any(c.isalpha() for c in inside)
    return parts if flat and words and plain >= READABLE * len(inside) else None


def name_windows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with bracketed lines in a row, and with lines that are all labelled, as boxes: what stands together is
    one window, whose parts are its stanzas."""
    out: list[Block] = []
    window: list[Block] = []

    def close() -> None:
        stanzas = tuple(stanza for block in window for stanza in _stanzas(block))
        if sum(map(len, stanzas)) >= LEAST_BRACKETED:
            if out and _frames(out[-1], window[0]):
                del out[-1]
            out.append(Aside((Verse(_in_rows(stanzas), stanzas[0][0].origin),), "box", origin=window[0].origin))
        else:
            out.extend(window)
        window.clear()

    for block in blocks:
        if _is_bracketed(block) or _is_sheet(block):
            window.append(block)
            continue
        edge = bool(window) and _frames(block, window[-1])
        if window:
            close()
        if not edge:
            out.append(block)
    if window:
        close()
    return out


def _stanzas(block: Block) -> tuple[tuple[Line, ...], ...]:
    match block:
        case Paragraph(content, origin=origin):
            return ((Line(content, 0, origin),),)
        case Verse(stanzas):
            return stanzas
    return ()


def _in_rows(stanzas: tuple[tuple[Line, ...], ...]) -> tuple[tuple[Line, ...], ...]:
    """The stanzas, single lines that follow one another as one."""
    out: list[tuple[Line, ...]] = []
    single = False
    for stanza in stanzas:
        if single and len(stanza) == 1:
            out[-1] += stanza
        else:
            out.append(stanza)
        single = len(stanza) == 1
    return tuple(out)


def _frames(rule: Block, sheet: Block) -> bool:
    """Whether a rule is the upper or the lower edge of a sheet: no blank line stands between them."""
    if not isinstance(rule, SceneBreak) or not isinstance(sheet, Verse) or not _is_sheet(sheet):
        return False  # lines in brackets have a frame of their own, and a break may stand right beside them
    if not rule.origin or not sheet.origin or not FLAT.search(rule.mark):
        return False
    if any(map(str.isalnum, rule.mark)):
        return False  # its letters are to be named
    return rule.origin.line in (sheet.origin.line - 1, sheet.origin.line + len(sheet.stanzas[0]))


def _is_bracketed(block: Block) -> bool:
    """Whether a block has only lines that stand in brackets."""
    if isinstance(block, Paragraph):
        texts = [] if block.role or block.align else [plain_text(block.content).strip()]
    else:
        texts = [plain_text(line.content).strip() for stanza in _stanzas(block) for line in stanza]
    return bool(texts) and all(BRACKETED.match(t) and not NO_WINDOW.match(t) and not is_note(t) for t in texts)


def _is_sheet(block: Block) -> bool:
    """A stanza whose lines all have a label of their own, and a number somewhere: "Level: 7"."""
    if not isinstance(block, Verse) or len(block.stanzas) != 1 or len(block.stanzas[0]) < LEAST_LABELLED:
        return False
    read = [LABELLED.match(plain_text(line.content).strip()) for line in block.stanzas[0]]
    labels = {m[1].casefold() for m in read if m}
    return len(labels) == len(read) and any(c.isdigit() for m in read if m for c in m[2])
