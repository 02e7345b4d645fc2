"""Windows of a game's system: lines in a drawn box, in brackets, or with a label each, become a box or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from converter.document.model import Aside, Block, Cell, Line, List, Origin, Paragraph, SceneBreak, Table, Text, Verse
from converter.document.patterns import regex
from converter.document.words import block_text, plain_text
from converter.parsers.items.mottos import paragraph_text
from converter.parsers.text.blocks.lined import merge_verse
from converter.parsers.text.blocks.structures import BULLET
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import Row
from converter.recognisers.headings.endings import is_closing
from converter.recognisers.lines.authors_notes import is_note
from converter.recognisers.lines.letters import is_mail_head
from converter.recognisers.marks.habit import Marks
from converter.recognisers.marks.typed_marks import read_inlines

SIDES = "|│┃║"
RULE = regex(r"[|│┃║+\-=_~*─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯┏┓┗┛┣┫┳┻╋:. ]+\Z")
FLAT = regex(r"[\-=_~*─━═┄┈—–]{3}")
INNER = regex(r"[|│┃║]")
READABLE = 0.8  # of the signs inside are letters, digits, spaces and stops: else it is a drawing
INNER_SIDES = "|│┃║"
STOPS = frozenset(".,:;!?'’‘“”\"()[]/+-–—%→>#&*")
BRACKETED = regex(r"(?:\[[^\[\]]{3,400}\]|【[^【】]{2,400}】|<(?!/?\w+/?>)[^<>]{3,400}>|<<[^<>]{2,400}>>)\Z")
NO_WINDOW = regex(
    r"[\[【]\s*(?:illustration|image|picture|photo|foto|footnote|sidenote|page|pg|note|tn|a/n|edit)\b", re.I
)
LABELLED = regex(r"([^\W\d_][^:]{0,30}):\s+(\S.{0,60})\Z")
SAYS_ONE_THING = regex(r".*(?:[:\d%]|[!.…][\]】>]\Z)")  # a message alone: a label, a number, a sentence
LEAST_BRACKETED, LEAST_LABELLED = 2, 3
SHEET_BLOCKS, SHEET_WORDS = 16, 60  # between the two rules of a sheet: blocks, words of one
TORN_ROWS = 3  # over which one thing in brackets runs in a box at most


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


def has_windows(groups: Iterable[RowGroup]) -> bool:
    """Whether a file has windows of several lines in brackets, blank lines between them or not: then a line alone in
    brackets is one, too."""
    run = 0
    said = False
    unasked: list[str] = []  # since the last group that is in no brackets, with that
    for group in groups:
        texts = [r.text for r in group.rows]
        if all(map(_in_brackets, texts)):
            run += len(texts)
            unasked += texts
        else:
            run, said, unasked = 0, False, texts
        if run >= LEAST_BRACKETED:
            said = said or any(map(SAYS_ONE_THING.match, unasked))
            unasked = []
            if said or len(texts) > 1:
                return True
    return False


def _parts(rows: Sequence[Row]) -> list[list[tuple[str, Row]]] | None:
    """What stands inside a box, parted where a rule or an empty line does; None where the rows draw no box."""
    parts: list[list[tuple[str, Row]]] = [[]]
    flat = 0
    for row in rows:
        if RULE.match(row.text):
            flat += bool(FLAT.search(row.text))
            parts.append([])
        elif row.text[0] in SIDES:
            text = row.text.strip(SIDES).strip()
            if parts[-1] and _is_torn([t for t, _ in parts[-1][-TORN_ROWS:]]):
                parts[-1][-1] = (f"{parts[-1][-1][0]} {text}", parts[-1][-1][1])
            else:
                parts[-1].append((text, row))
        else:
            return None
    parts = [part for part in parts if part]
    inside = "".join(text for part in parts for text, _ in part)
    plain = sum(c.isalnum() or c.isspace() or c in STOPS or c in SIDES for c in inside)
    words = any(c.isalpha() for c in inside)
    return parts if flat and words and plain >= READABLE * len(inside) else None


def _is_torn(texts: Sequence[str]) -> bool:
    """Whether the last of these lines holds a bracket that the next has to close."""
    last = texts[-1]
    return last.rfind("[") > last.rfind("]") and not any(sign in last for sign in INNER_SIDES)


def name_windows(blocks: Sequence[Block], *, alone: bool = False) -> list[Block]:
    """The blocks with bracketed lines in a row, and with lines that are all labelled, as boxes: what stands together is
    one window, whose parts are its stanzas. `alone`: one bracketed line is a window, too."""
    out: list[Block] = []
    window: list[Block] = []
    blocks = _sheets_between_rules(_labelled_together(blocks))

    def close() -> None:
        stanzas = tuple(stanza for block in window for stanza in _stanzas(block))
        if sum(map(len, stanzas)) >= (1 if alone and any(map(_says_one_thing, window)) else LEAST_BRACKETED):
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


def _says_one_thing(block: Block) -> bool:
    """Whether a line in brackets is a message by its words, and no "[Later]" or "[To be continued]"."""
    text = paragraph_text(block)
    return SAYS_ONE_THING.match(text) is not None and not is_closing(text)


def _labelled_together(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with paragraphs of a sheet, each in the line below the other, as one stanza."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        end = k
        while end < len(blocks) and _is_label(blocks[end]) and (end == k or _is_next(blocks[end - 1], blocks[end])):
            end += 1
        run = [b for b in blocks[k:end] if isinstance(b, Paragraph)]
        stanza = tuple(Line(p.content, 0, p.origin) for p in run)
        if _has_labels(stanza):
            out.append(Verse((stanza,), stanza[0].origin))
        else:
            end = max(end, k + 1)
            out.extend(blocks[k:end])
        k = end
    return out


def _is_label(block: Block) -> bool:
    text = paragraph_text(block)
    return bool(text) and LABELLED.match(text) is not None


def _is_next(above: Block, below: Block) -> bool:
    """Whether a paragraph stands in the line below another."""
    return above.origin is not None and below.origin is not None and below.origin.line == above.origin.line + 1


def _sheets_between_rules(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with what stands between a sheet's upper and lower edge as one box, empty lines in it or not."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        end = _lower_edge(blocks, k)
        if not end:
            out.append(blocks[k])
            k += 1
            continue
        inside = tuple(merge_verse(_listed(_in_lines(blocks[k + 1 : end]))))
        out.append(Aside(inside, "box", origin=inside[0].origin))
        k = end + 1
    return out


def _lower_edge(blocks: Sequence[Block], k: int) -> int:
    """Where the rule stands that closes the sheet below the rule in place `k`; 0 where there is none."""
    rule = blocks[k]
    if k + 1 >= len(blocks) or not isinstance(rule, SceneBreak) or not _frames(rule, blocks[k + 1]):
        return 0
    for end in range(k + 2, min(len(blocks), k + 2 + SHEET_BLOCKS)):
        block = blocks[end]
        if isinstance(block, SceneBreak):
            above = _last_line(blocks[end - 1])
            near = above is not None and block.origin is not None and block.origin.line == above + 1
            return end if near and block.mark == rule.mark else 0
        if not isinstance(block, Paragraph | Verse) or len(block_text(block).split()) > SHEET_WORDS:
            return 0
    return 0


def _last_line(block: Block) -> int | None:
    """The line of the source in which a paragraph of one line, or a stanza, ends."""
    origin = block.stanzas[-1][-1].origin if isinstance(block, Verse) else block.origin
    return origin.line if origin else None


def _in_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a sheet; stanzas with bullets as a paragraph for each line."""
    out: list[Block] = []
    for block in blocks:
        for stanza in block.stanzas if isinstance(block, Verse) else ():
            if any(BULLET.match(plain_text(line.content)) for line in stanza):
                out.extend(Paragraph(line.content, "", "", line.origin) for line in stanza)
            else:
                out.append(Verse((stanza,), stanza[0].origin))
        if not isinstance(block, Verse):
            out.append(block)
    return out


def _listed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a sheet, those that begin with a bullet as lists."""
    out: list[Block] = []
    for block in blocks:
        bullet = BULLET.match(paragraph_text(block))
        if not bullet or not isinstance(block, Paragraph) or not isinstance(first := block.content[0], Text):
            out.append(block)
            continue
        said = replace(block, content=(Text(first.text.lstrip()[bullet.end() :]), *block.content[1:]))
        if out and isinstance(last := out[-1], List):
            out[-1] = replace(last, items=(*last.items, (said,)))
        else:
            out.append(List(((said,),), origin=block.origin))
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
    if not isinstance(rule, SceneBreak) or not isinstance(sheet, Verse) or not _has_labels(sheet.stanzas[0]):
        return False  # lines in brackets have a frame of their own, and a break may stand right beside them
    if not rule.origin or not sheet.origin or not FLAT.search(rule.mark):
        return False
    if any(map(str.isalnum, rule.mark)):
        return False  # its letters are to be named
    below = sheet.origin.line + len(sheet.stanzas[0]) if len(sheet.stanzas) == 1 else 0
    return rule.origin.line in (sheet.origin.line - 1, below)


def _is_bracketed(block: Block) -> bool:
    """Whether a block has only lines that stand in brackets."""
    if isinstance(block, Paragraph):
        texts = [] if block.role or block.align else [plain_text(block.content).strip()]
    else:
        texts = [plain_text(line.content).strip() for stanza in _stanzas(block) for line in stanza]
    return bool(texts) and all(map(_in_brackets, texts))


def _in_brackets(text: str) -> bool:
    return bool(BRACKETED.match(text)) and not NO_WINDOW.match(text) and not is_note(text)


def _is_sheet(block: Block) -> bool:
    """A stanza whose lines all have a label of their own, and a number somewhere: "Level: 7"."""
    return isinstance(block, Verse) and len(block.stanzas) == 1 and _has_labels(block.stanzas[0])


def _has_labels(stanza: Sequence[Line]) -> bool:
    if len(stanza) < LEAST_LABELLED:
        return False
    texts = [plain_text(line.content).strip() for line in stanza]
    if is_mail_head(texts):
        return False
    read = [LABELLED.match(text) for text in texts]
    labels = {m[1].casefold() for m in read if m}
    return len(labels) == len(read) and any(c.isdigit() for m in read if m for c in m[2])
