"""XML as a tree of nodes that remember their lines. Expat underneath: strict, and it reads nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

SPACES = {
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.idpf.org/2007/ops": "epub",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.idpf.org/2007/opf": "opf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.daisy.org/z3986/2005/ncx/": "ncx",
    "http://www.w3.org/ns/SMIL": "smil",
    "urn:oasis:names:tc:opendocument:xmlns:container": "ocf",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
    "http://www.w3.org/2000/09/xmldsig#": "ds",
    "http://www.w3.org/2001/10/synthesis": "ssml",
    "http://www.w3.org/2001/xml-events": "ev",
}

NAMES_KEPT = 1000  # names of attributes that are remembered; real books have a few dozen
NESTING_LIMIT = 400  # elements inside one another; libxml2, which many readers use, stops at 256
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q rb rp rt ruby s samp small span strike strong sub"
    " sup time tt u var wbr".split()
)


@dataclass(slots=True, eq=False)
class XmlNode:
    """An element: local name, attributes, line from 1, children; `text` is the text before the first child.

    Attributes of a namespace have the prefix that is usual for it ("epub:type", "xml:lang", "xlink:href"), or the
    namespace in braces. `space` is the element's: a value of `SPACES`, or the namespace itself.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[XmlNode] = field(default_factory=list)
    text: str = ""
    after: str = ""  # the text between its end and the next element
    space: str = ""

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


@dataclass(slots=True)
class XmlProlog:
    """What a file says before its root and beside its elements."""

    version: str = "1.0"
    encoding: str = ""  # as declared
    doctype: str = ""  # the element that it names; "" without
    public: str = ""
    system: str = ""
    external: list[str] = field(default_factory=list)  # entities that lie outside the file
    sheets: list[tuple[int, str]] = field(default_factory=list)  # line and data of each xml-stylesheet


class Malformed(ValueError):
    """The file is no well-formed XML. `line` from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_xml(data: bytes, most: int = 1_000_000) -> tuple[XmlNode, int, XmlProlog]:
    """The root of a document of at most `most` elements and attributes, how many it has, and its prolog.

    Raises Malformed.
    """
    builder = _Builder(most)
    builder.parse(data)
    return builder.top.children[0], builder.count, builder.prolog


class _Builder:
    """What the parser calls while it reads."""

    def __init__(self, most: int) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        self.prolog = XmlProlog()
        self.top = XmlNode("", {}, 0)
        self.count = 0
        self._stack = [self.top]
        self._most = most
        self._names: dict[str, str] = {}
        self._pieces: list[str] = []  # of the text that is being read
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pieces.append
        parser.SkippedEntityHandler = self._entity
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity_declared
        parser.ProcessingInstructionHandler = self._instruction

    def parse(self, data: bytes) -> None:
        """Raises Malformed. Once for each builder."""
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Malformed(expat.ErrorString(error.code), error.lineno) from None
        except Malformed:
            raise
        except (LookupError, ValueError) as error:  # an encoding that nobody knows
            raise Malformed(str(error), 1) from None
        finally:
            del self.parser  # which knows this builder: else both live until Python looks for cycles

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._flush()
        self.count += 1 + len(attributes)
        names = self._names
        named = {names.get(key) or self._named(key): value for key, value in attributes.items()}
        space, _, local = name.rpartition(" ")
        node = XmlNode(local, named, self.parser.CurrentLineNumber, space=SPACES.get(space, space))
        stack = self._stack
        stack[-1].children.append(node)
        stack.append(node)
        if len(stack) > NESTING_LIMIT:
            raise Malformed(f"more than {NESTING_LIMIT} elements inside one another", node.line)
        if self.count > self._most:
            raise Malformed("the book has more elements than are looked at", node.line)

    def _named(self, key: str) -> str:
        space, _, local = key.rpartition(" ")
        known = SPACES.get(space)
        name = f"{known}:{local}" if known else f"{{{space}}}{local}" if space else local
        if len(self._names) < NAMES_KEPT:
            self._names[key] = name
        return name

    def _end(self, _name: str) -> None:
        self._flush()
        self._stack.pop()

    def _flush(self) -> None:
        if self._pieces:
            top, text = self._stack[-1], "".join(self._pieces)
            self._pieces.clear()
            if top.children:
                top.children[-1].after = text
            else:
                top.text = text

    def _entity(self, name: str, is_parameter: bool) -> None:
        """An entity of the DTD that XHTML 1.1 names, which is not read: its character is known without it."""
        if not is_parameter:
            self._pieces.append(unescape(f"&{name};"))

    def _declaration(self, version: str, encoding: str | None, _alone: int) -> None:
        self.prolog.version, self.prolog.encoding = version, encoding or ""

    def _doctype(self, name: str, system: str | None, public: str | None, _inside: bool) -> None:
        self.prolog.doctype, self.prolog.system, self.prolog.public = name, system or "", public or ""

    def _entity_declared(
        self,
        name: str,
        is_parameter: bool,
        _value: str | None,
        _base: str | None,
        system: str | None,
        _public: str | None,
        _notation: str | None,
    ) -> None:
        if system and not is_parameter:
            self.prolog.external.append(name)

    def _instruction(self, target: str, data: str) -> None:
        if target.endswith("-stylesheet"):
            self.prolog.sheets.append((self.parser.CurrentLineNumber, data))
