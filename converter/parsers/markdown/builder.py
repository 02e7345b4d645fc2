"""Builds the tree of a file, part by part, as it is written.

What Markdown marks and what tags mark make one tree, by the rules by which a browser ends what is not ended: a new
paragraph ends the last, a cell ends with its row, `<i>` goes on in the next paragraph until it is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from converter.parsers.computed_style import ComputedStyle, declarations, merge
from converter.parsers.markdown.tags import BLOCKS, OF_TABLES
from converter.parsers.markdown.tree import HEADINGS, Element, MarkdownNode, Tree, TreeLeaf

NESTING_LIMIT = 200  # blocks in one another; what is deeper only parts
MOST_AROUND = 32  # elements of the line around one text; more format nothing
MOST_ALIKE = 3  # of one name and with the same attributes
FORMATS = frozenset("a b big code em font i s small strike strong tt u".split())  # go on in the next block until closed
CELLS = frozenset("td th caption".split())
COLUMNS = frozenset("col colgroup".split())
SECTIONS = frozenset("thead tbody tfoot".split())
BETWEEN_CELLS = SECTIONS | {"table", "tr"}
QUOTED = ("“", "”", "„", "«", "»", "‘", '"', "'", "「", "『")  # a `<q>` that brings its own marks gets no others

_NOTHING: Mapping[str, str] = {}


class TreeBuilder:
    """Builds a `tree` from its beginning, in this line of the file, to its end."""

    def __init__(self, line: int) -> None:
        self.tree = Tree(Element("body", _NOTHING, line, None))
        self._here = self.tree.body
        self._depth = self._count = 0
        self._around: tuple[Element, ...] = ()

    # ------------------------------------------------------------------------------------------- what is written

    def text(self, text: str, line: int) -> None:
        """A text at the end of what is open."""
        if text and self._is_open_to(text, line):
            self._add(TreeLeaf("text", text, line, self._around))
            letters = len(text.strip())
            for element in self._around:
                element.letters += letters

    def line_end(self, line: int) -> None:
        """The end of a line that counts."""
        if self._is_open_to("", line):
            self._add(TreeLeaf("break", "\n", line, self._around))

    def picture(self, attributes: Mapping[str, str], line: int) -> None:
        """A picture."""
        if self._is_open_to("", line):
            self._add(TreeLeaf("picture", "", line, self._around, attributes))

    def cite(self, key: str, line: int) -> None:
        """The place where a note is cited."""
        if self._is_open_to("", line):
            self._add(TreeLeaf("note", key, line, self._around))

    def in_code(self) -> bool:
        """Whether what comes next is code."""
        return self._here.name == "pre" or any(e.name == "code" for e in self._around)

    def open(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """An element begins: a block or one of the line."""
        if name in BLOCKS:
            self._open_block(name, attributes, line)
        else:
            self._open_in_line(name, attributes, line)

    def close(self, name: str, line: int) -> None:
        """An element ends, and with it what is open in it. What is not open is not closed: it parts paragraphs at
        most."""
        if name not in BLOCKS:
            if name == "br":
                self.line_end(line)
            self._close_in_line(name, line)
        elif (element := self._innermost(name)) is not None:
            self._leave(element, line)
        elif name == "p":
            self._add(self._element(name, _NOTHING, line))

    # ---------------------------------------------------------------------------------------------------- blocks

    def _open_block(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        if name in COLUMNS:
            return  # only the look of a table
        if name in OF_TABLES:
            if not self._make_room(name, line):
                return
        elif not self._is_open_to("", line):
            return
        else:
            if name in ("li", "dd", "dt"):
                self._end_item(("li",) if name == "li" else ("dd", "dt"), line)
            if (paragraph := self._innermost("p")) is not None:
                self._leave(paragraph, line)
            if name in HEADINGS and self._here.name in HEADINGS:
                self._leave(self._here, line)
        element = self._element(name, attributes, line)
        self._add(element)
        if name != "hr" and self._depth < NESTING_LIMIT:
            self._here = element
            self._depth += 1

    def _element(self, name: str, attributes: Mapping[str, str], line: int) -> Element:
        self._count += 1
        element = Element(name, attributes, line, self._here, place=len(self._here.children), number=self._count)
        if attributes:
            if style := attributes.get("style"):
                element.style = _style(style)
                self.tree.styled = True
            if "id" in attributes or "name" in attributes:
                self.tree.named.append(element)
        return element

    def _add(self, node: MarkdownNode) -> None:
        self._here.children.append(node)

    def _innermost(self, name: str) -> Element | None:
        """The open block that an end tag of this name ends. It ends nothing around the cell, or the list, it is in."""
        if name in OF_TABLES or name == "table":
            walls: frozenset[str] = frozenset(["table"]) - {name}
        elif name == "li":
            walls = CELLS | {"table", "ul", "ol"}
        else:
            walls = CELLS | {"table"}
        at: Element | None = self._here
        while at is not None and at is not self.tree.body:
            if at.name == name or (name in HEADINGS and at.name in HEADINGS):
                return at
            if at.name in walls:
                return None
            at = at.parent
        return None

    def _end_item(self, names: tuple[str, ...], line: int) -> None:
        """An item ends the item before it, if only paragraphs and such stand between."""
        at: Element | None = self._here
        while at is not None and at is not self.tree.body:
            if at.name in names:
                self._leave(at, line)
                return
            if at.name not in ("p", "div"):
                return
            at = at.parent

    def _leave(self, block: Element, line: int) -> None:
        """Ends a block and all that is open in it, but for what formats: that goes on after it, though not out of a
        cell."""
        left = set[int]()
        in_cell = False
        at: Element | None = self._here
        while at is not None:
            left.add(id(at))
            in_cell = in_cell or at.name in CELLS
            self._depth -= 1
            if at is block:
                break
            at = at.parent
        outer = block.parent or self.tree.body
        kept: list[Element] = []
        for element in self._around:
            if id(element.parent) not in left:
                kept.append(element)
            elif element.name in FORMATS and not in_cell:
                element.parent, element.place = outer, len(outer.children)
                kept.append(element)
            elif element.name == "q":
                self._end_quotation(element, line)
        self._around = tuple(kept)
        self._here = outer

    # ---------------------------------------------------------------------------------------------------- tables

    def _is_open_to(self, text: str, line: int) -> bool:
        """Sees to it that text may stand here: between a table's cells it gets one. Space alone is not wanted there."""
        if self._here.name in BETWEEN_CELLS:
            if text.isspace():
                return False
            self._open_block("td", _NOTHING, line)
        return True

    def _make_room(self, name: str, line: int) -> bool:
        """Ends what a part of a table can't stand in; False outside tables, where it means nothing."""
        if self._innermost("table") is None:
            self.text(" ", line)
            return False
        if name in SECTIONS or name == "caption":
            self._back_to({"table"}, line)
        elif name == "tr":
            self._back_to(SECTIONS | {"table"}, line)
        else:
            self._back_to(BETWEEN_CELLS, line)
            if self._here.name != "tr":
                self._open_block("tr", _NOTHING, line)
        return True

    def _back_to(self, names: frozenset[str] | set[str], line: int) -> None:
        """Ends the blocks that stand in the innermost open one of these names."""
        below: Element | None = None
        at: Element | None = self._here
        while at is not None and at.name not in names:
            below, at = at, at.parent
        if below is not None and at is not None:
            self._leave(below, line)

    # ------------------------------------------------------------------------------------- elements of the line

    def _open_in_line(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        match name:
            case "br":
                self.line_end(line)
            case "img":
                self.picture(attributes, line)
            case "wbr":
                return
            case _:
                if not self._is_open_to("", line):
                    return
                for ended in ("a",) if name == "a" else ("rb", "rt") if name in ("rb", "rt") else ():
                    self._close_in_line(ended, line)
                self._forget_oldest(name, attributes)
                if len(self._around) >= MOST_AROUND:
                    return
                element = self._element(name, attributes, line)
                if name == "q":
                    self._add(TreeLeaf("text", "", line, (*self._around, element)))  # where its first mark may stand
                elif attributes and name == "a" and attributes.get("href"):
                    self.tree.links.append(element)
                self._around = (*self._around, element)

    def _forget_oldest(self, name: str, attributes: Mapping[str, str]) -> None:
        """Of those that format alike only so many go on, as in HTML 5: what is opened again and again ends nowhere."""
        if name in FORMATS:
            alike = [e for e in self._around if e.name == name and e.attributes == attributes]
            if len(alike) >= MOST_ALIKE:
                self._around = tuple(e for e in self._around if e is not alike[0])

    def _close_in_line(self, name: str, line: int) -> None:
        """Ends the last element of this name; with it what was opened in it and does not format."""
        last = next((e for e in reversed(self._around) if e.name == name), None)
        if last is None or (name not in FORMATS and last.parent is not self._here):
            return
        after = self._around[self._around.index(last) :]
        before = self._around[: -len(after)]
        ended = [e for e in after if e is last or (e.name not in FORMATS and e.parent is last.parent)]
        for element in reversed(ended):
            if element.name == "q":
                self._end_quotation(element, line)
        self._around = (*before, *(e for e in after if all(e is not other for other in ended)))

    def _end_quotation(self, quotation: Element, line: int) -> None:
        """The marks of a `<q>`, unless it brings its own."""
        row = quotation.parent.children if quotation.parent is not None else []
        written = (n.text for n in row[quotation.place + 1 :] if isinstance(n, TreeLeaf) and n.text.strip())
        first = row[quotation.place] if quotation.place < len(row) else None
        if isinstance(first, TreeLeaf) and not next(written, "").lstrip().startswith(QUOTED):
            first.text = "“"
            row.append(TreeLeaf("text", "”", line, first.around))


@lru_cache(maxsize=256)
def _style(style: str) -> ComputedStyle:
    return merge(*declarations(style))
