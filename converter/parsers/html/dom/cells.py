"""Words of a table that stand in no cell of it get one, so that they stay where they were written.

A browser puts such words before the table (HTML 5 calls it foster parenting); to a reader of the source they belong
where they are.
"""

from __future__ import annotations

from converter.parsers.tags import markup_of

_CELLS = frozenset("td th caption".split())
_PARTS = frozenset("tbody thead tfoot tr colgroup col".split())
_ALLOWED = _CELLS | _PARTS | frozenset("table script style template form input".split())  # between a table's cells
_CELL = "<td>"


def with_cells(text: str) -> str:
    """The markup of a page, every tag whole, with a cell around what stands between a table's cells."""
    if "<table" not in text.lower():
        return text
    inside: list[bool] = []  # of the tables that are open: whether a cell is
    parts: list[str] = []
    done = 0

    def begin(at: int) -> None:
        nonlocal done
        parts.extend((text[done:at], _CELL))
        inside[-1] = True
        done = at

    last = 0
    for start, end, name, closes, _ in markup_of(text):
        if inside and not inside[-1] and not text[last:start].isspace() and start > last:
            begin(last)
        last = end
        if name == "table":
            if not closes:
                inside.append(False)
            elif inside:
                inside.pop()
        elif not inside:
            continue
        elif name in _CELLS:
            inside[-1] = not closes
        elif name in _PARTS:
            inside[-1] = False
        elif name and not closes and not inside[-1] and name not in _ALLOWED:
            begin(start)
    if inside and not inside[-1] and text[last:].strip():
        begin(last)
    return "".join((*parts, text[done:])) if parts else text
