"""XML as a tree of nodes that remember their lines. Expat underneath: strict, and it reads nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

_PREFIXES = {"http://www.idpf.org/2007/ops": "epub:", "http://www.w3.org/XML/1998/namespace": "xml:"}

NESTING_LIMIT = 400  # elements inside one another; libxml2, which many readers use, stops at 256
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q rb rp rt ruby s samp small span strike strong sub"
    " sup time tt u var wbr".split()
)


@dataclass(slots=True, eq=False)
class XmlNode:
    """An element: local name, attributes ("epub:type" and "xml:lang" with prefix), line from 1, children.

    `text` is the text before the first child.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[XmlNode] = field(default_factory=list)
    text: str = ""
    after: str = ""  # the text between its end and the next element

    def walk(self) -> Iterator[XmlNode]:
        """This node and all below it, in the order of the file."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def all(self, *tags: str) -> Iterator[XmlNode]:
        """The nodes below, this one included, that have one of these local names."""
        return (node for node in self.walk() if node.tag in tags)

    def first(self, tag: str) -> XmlNode | None:
        """The first node below, this one included, with this local name."""
        return next(self.all(tag), None)

    def running_text(self) -> str:
        """All text inside in reading order; elements other than inline ones begin a new line."""
        parts: list[str] = []

        def read(node: XmlNode) -> None:
            if node.tag not in _INLINE:
                parts.append("\n")
            parts.append(node.text)
            for child in node.children:
                read(child)
                parts.append(child.after)

        read(self)
        return "".join(parts)

    def words(self) -> str:
        """All text inside, white space reduced to single spaces."""
        return " ".join(self.running_text().split())


class Malformed(ValueError):
    """The file is no well-formed XML. `line` from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_xml(data: bytes, most: int = 1_000_000) -> tuple[XmlNode, int]:
    """The root of a document of at most `most` elements and attributes, and how many it has. Raises Malformed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = XmlNode("", {}, 0)
    stack = [top]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1 + len(attributes)
        named = {_local(key): value for key, value in attributes.items()}
        node = XmlNode(name.rpartition(" ")[2], named, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)
        if len(stack) > NESTING_LIMIT:
            raise Malformed(f"more than {NESTING_LIMIT} elements inside one another", node.line)
        if count > most:
            raise Malformed("the book has more elements than are looked at", node.line)

    def end(_name: str) -> None:
        stack.pop()

    def text(data: str) -> None:
        if stack[-1].children:
            stack[-1].children[-1].after += data
        else:
            stack[-1].text += data

    def entity(name: str, is_parameter: bool) -> None:
        """An entity of the DTD that XHTML 1.1 names, which is not read: its character is known without it."""
        if not is_parameter:
            text(unescape(f"&{name};"))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.SkippedEntityHandler = entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Malformed(expat.ErrorString(error.code), error.lineno) from None
    except Malformed:
        raise
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise Malformed(str(error), 1) from None
    return top.children[0], count


def _local(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return _PREFIXES.get(space, "") + local
