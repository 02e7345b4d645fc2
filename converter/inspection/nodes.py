"""XML as a tree of nodes that remember their lines. Expat underneath: strict, and it reads nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

_PREFIXES = {"http://www.idpf.org/2007/ops": "epub:", "http://www.w3.org/XML/1998/namespace": "xml:"}


@dataclass(slots=True, eq=False)
class Node:
    """An element: local name, attributes ("epub:type" and "xml:lang" with prefix), line from 1, children.

    `text` is all text directly inside, joined.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the file."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def all(self, *tags: str) -> Iterator[Node]:
        """The nodes below, this one included, that have one of these local names."""
        return (node for node in self.walk() if node.tag in tags)

    def first(self, tag: str) -> Node | None:
        """The first node below, this one included, with this local name."""
        return next(self.all(tag), None)

    def words(self) -> str:
        """All text inside; not in reading order where text and elements alternate."""
        return " ".join(" ".join(node.text for node in self.walk()).split())


class Malformed(ValueError):
    """The file is no well-formed XML. `line` from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_xml(data: bytes) -> Node:
    """The root of a document. Raises Malformed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = Node("", {}, 0)
    stack = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        named = {_local(key): value for key, value in attributes.items()}
        node = Node(name.rpartition(" ")[2], named, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def end(_name: str) -> None:
        stack.pop()

    def text(data: str) -> None:
        stack[-1].text += data

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Malformed(expat.ErrorString(error.code), error.lineno) from None
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise Malformed(str(error), 1) from None
    return top.children[0]


def _local(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return _PREFIXES.get(space, "") + local
