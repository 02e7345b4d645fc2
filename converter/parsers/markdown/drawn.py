"""Boxes and tables that are drawn in signs: `+---+` above and below, a side at both ends of each line between.

Markdown has no such thing and would run their lines together. A drawing with one column is a box of lines; one with
several is a table, whose rows are its lines: words stay in the order in which they are written.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.rules_block import StateBlock

from converter.document.patterns import regex

LONGEST = 200  # characters of a line
MOST = 60  # lines
DEEPEST = 40  # blocks around one
_LINE = "[-=─═━]"
TOP = regex(rf"[+┌╔╭┏](?:{_LINE}{{2,}}[+┬╦┳╤╥])*{_LINE}{{2,}}[+┐╗╮┓]", within=LONGEST)
RULE = regex(rf"[+├╠┣╟╞|│║](?:{_LINE}{{2,}}[+┼╬╪╫┿┬┴])*{_LINE}{{2,}}[+┤╣┫╢╡|│║]", within=LONGEST)
BOTTOM = regex(rf"[+└╚╰┗](?:{_LINE}{{2,}}[+┴╩┻╧╨])*{_LINE}{{2,}}[+┘╝╯┛]", within=LONGEST)
SIDES = regex(r"([|│║┃])(.*)\1", within=LONGEST)
CORNER = regex(r"[+┬╦┳╤╥]")
SIDE = regex(r"[|│║┃]")
Row = list[str]


def drawn_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Makes a table, of one cell for a box, of what is drawn from this line on."""
    if state.level > DEEPEST or state.sCount[start] - state.blkIndent >= 4 or not TOP.fullmatch(_line(state, start)):
        return False
    found = _drawn([_line(state, at) for at in range(start, min(end, start + MOST))])
    if found is None:
        return False
    if silent:
        return True
    rows, has_head, count = found
    state.push("table_open", "table", 1).map = [start, start + count]
    for number, cells in enumerate(rows):
        state.push("tr_open", "tr", 1)
        name = "th" if has_head and number == 0 else "td"
        for cell in cells:
            state.push(f"{name}_open", name, 1)
            token = state.push("inline", "", 0)
            token.content, token.children, token.map = cell, [], [start, start + count]
            state.push(f"{name}_close", name, -1)
        state.push("tr_close", "tr", -1)
    state.push("table_close", "table", -1)
    state.line = start + count
    return True


def _line(state: StateBlock, at: int) -> str:
    return state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]].rstrip()


def _drawn(lines: Sequence[str]) -> tuple[list[Row], bool, int] | None:
    """The rows of what is drawn from the first line on, whether the first is a head, how many lines it takes; None for
    what doesn't end, or is no box."""
    columns = len(CORNER.findall(lines[0][1:-1])) + 1
    sections: list[list[Row]] = [[]]
    for number, line in enumerate(lines[1:], 1):
        if sections[-1] and BOTTOM.fullmatch(line) and not _goes_on(lines, number):
            made = _rows(sections, columns)
            return (made, columns > 1 and len(sections) > 1 and len(sections[0]) > 0, number + 1) if made else None
        if RULE.fullmatch(line):
            sections.append([])
            continue
        sides = SIDES.fullmatch(line)
        cells = SIDE.split(sides[2]) if sides and columns > 1 else [sides[2]] if sides else []
        if len(cells) != columns:
            return None
        sections[-1].append([cell.strip() for cell in cells])
    return None


def _goes_on(lines: Sequence[str], number: int) -> bool:
    """Whether a line of corners is a rule inside the drawing: more of it stands right below."""
    return number + 1 < len(lines) and SIDES.fullmatch(lines[number + 1]) is not None


def _rows(sections: Sequence[Sequence[Row]], columns: int) -> list[Row]:
    if columns == 1:
        lines = [cell for section in sections for (cell,) in section]
        return [["\\\n".join(filter(None, lines))]] if any(lines) else []
    return [row for section in sections for row in section]
