"""A Markdown file as a tree: blocks in one another, and in them texts, each with the elements of the line around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from converter.parsers.computed_style import PLAIN, ComputedStyle

HEADINGS = {f"h{n}": n for n in range(1, 7)}

LeafKind = Literal["text", "break", "picture", "note"]


@dataclass(slots=True, eq=False)
class Element:
    """A block, or an element of the line; `parent` is the block it was opened in, and `place` says as, or before, which
    of the block's children. `line` is the source's, from 1; `number` its place among all. `letters` of an element of
    the line: in the texts it is around."""

    name: str
    attributes: Mapping[str, str]
    line: int
    parent: Element | None
    style: ComputedStyle = PLAIN
    children: list[Element | TreeLeaf] = field(default_factory=list)
    place: int = 0
    number: int = 0
    letters: int = 0

    def attribute(self, name: str) -> str:
        """An attribute, or ""."""
        return self.attributes.get(name, "")


@dataclass(slots=True, eq=False)
class TreeLeaf:
    """A text (`text`), a line's end, a picture (`attributes`: `src`, `alt` ...) or the citation of a note (`text` is
    its key). `around`: the elements of the line that it stands in, the outermost first."""

    kind: LeafKind
    text: str
    line: int
    around: tuple[Element, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


MarkdownNode = Element | TreeLeaf


def tree_leaves(node: MarkdownNode) -> Iterator[TreeLeaf]:
    """All leaves of a node in order."""
    stack: list[MarkdownNode] = [node]
    while stack:
        at = stack.pop()
        if isinstance(at, TreeLeaf):
            yield at
        else:
            stack.extend(reversed(at.children))


def elements(node: Element) -> Iterator[Element]:
    """The blocks below a block, in order."""
    stack: list[MarkdownNode] = list(reversed(node.children))
    while stack:
        at = stack.pop()
        if isinstance(at, Element):
            yield at
            stack.extend(reversed(at.children))


def written_in(element: Element) -> Iterator[TreeLeaf]:
    """The leaves that an element of the line stands around, in the block where it ends."""
    if element.parent is None:
        return
    row = element.parent.children
    for at in range(element.place, len(row)):
        node = row[at]
        if isinstance(node, Element) or (node.around and all(e is not element for e in node.around)):
            return
        if node.around:
            yield node


@dataclass(slots=True)
class Tree:
    """A whole tree. `links`: elements with an address; `named`: elements that links may lead to; both in order.
    `styled`: whether any element says how it looks."""

    body: Element
    links: list[Element] = field(default_factory=list)
    named: list[Element] = field(default_factory=list)
    styled: bool = False
