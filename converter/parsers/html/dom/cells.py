"""Words of a table that stand in no cell of it get one, so that they stay where they were written.

A browser puts such words before the table (HTML 5 calls it foster parenting); to a reader of the source they belong
where they are.
"""

from __future__ import annotations

from converter.parsers.tokenizer import markup_of

_CELLS = frozenset("td th caption".split())
_PARTS = frozenset("tbody thead tfoot tr colgroup col".split())
_ALLOWED = _CELLS | _PARTS | frozenset("table script style template form input".split())  # between a table's cells
_CELL = "<td>"


def with_cells(text: str) -> str:
    """The markup of a page, every tag whole, with a cell around what stands between a table's cells."""
    if "<table" not in text.lower():
        return text
    tables = _Tables(text)
    for start, end, name, closes, _ in markup_of(text):
        tables.words_until(start)
        tables.tag(start, end, name, closes)
    tables.words_until(len(text))
    return tables.markup()


class _Tables:
    """The tables of a page that are open, and the markup so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.in_cell: list[bool] = []  # for each open table: whether a cell is open in it
        self.parts: list[str] = []
        self.done = self.last = 0  # what is in `parts`; the end of the last tag

    def _begin(self, at: int) -> None:
        self.parts += (self.text[self.done : at], _CELL)
        self.in_cell[-1] = True
        self.done = at

    def words_until(self, start: int) -> None:
        """What stands between the last tag and this place gets a cell if it is words between a table's cells."""
        if self.in_cell and not self.in_cell[-1] and self.text[self.last : start].strip():
            self._begin(self.last)

    def tag(self, start: int, end: int, name: str, closes: bool) -> None:
        """The next tag."""
        self.last = end
        if name == "table":
            if not closes:
                self.in_cell.append(False)
            elif self.in_cell:
                self.in_cell.pop()
        elif self.in_cell and name in _CELLS:
            self.in_cell[-1] = not closes
        elif self.in_cell and name in _PARTS:
            self.in_cell[-1] = False
        elif self.in_cell and name and not closes and not self.in_cell[-1] and name not in _ALLOWED:
            self._begin(start)

    def markup(self) -> str:
        """The markup of the whole page."""
        return "".join((*self.parts, self.text[self.done :])) if self.parts else self.text
