"""What of a page is left out of its story: one table to which every stage may add, and from which none takes away."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An element that the story's text passes over: by which rule, and who says so (a part of this program, a selector
    of a site's table). `moved`: its words stand elsewhere in the book, as a title, a caption or a note."""

    element: Tag
    rule: str
    owner: str
    moved: bool = False


class Exclusions:
    """The table of a page. Of several rules for an element the first stands; that its words are used elsewhere stands
    above them. `ids`: the row that holds, by the element's id."""

    __slots__ = ("ids", "rows")

    def __init__(self) -> None:
        self.ids: dict[int, Exclusion] = {}
        self.rows: list[Exclusion] = []

    def add(self, element: Tag, rule: str, owner: str) -> None:
        """Leaves an element out by a rule, and says so."""
        if id(element) not in self.ids:
            self._write(Exclusion(element, rule, owner))

    def move(self, element: Tag, owner: str) -> None:
        """Passes an element over because its words are used elsewhere."""
        self._write(Exclusion(element, "", owner, moved=True))

    def _write(self, row: Exclusion) -> None:
        self.rows.append(row)
        self.ids[id(row.element)] = row

    def __contains__(self, node: Tag | NavigableString | None) -> bool:
        """Whether the element has a row; those inside it have none of their own."""
        return id(node) in self.ids

    def __iter__(self) -> Iterator[Exclusion]:
        """The rows in the order in which they were made."""
        return iter(self.rows)

    def rule(self, element: Tag) -> str:
        """The rule by which an element is left out; "" where it is not, or only moved."""
        row = self.ids.get(id(element))
        return row.rule if row else ""

    def holds(self, node: Tag | NavigableString) -> bool:
        """Whether a node or an element around it has a row."""
        return node in self or any(parent in self for parent in node.parents)
