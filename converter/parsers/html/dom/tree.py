"""BeautifulSoup's tree of a page with only what is asked for here: parents, children, names, attributes and lines.

BeautifulSoup links every node with four others and keeps a dictionary for each; on a page of 2 MB that is two thirds
of its 15 MB and half of its time. These classes take the places of its own (`element_classes`, a documented way) and
find their neighbours through the parent when somebody asks.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Container, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.builder import HTMLTreeBuilder
from bs4.element import CData, Comment, NavigableString, PageElement, Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

if TYPE_CHECKING:
    from typing import Self

LINE = "cb-line"  # the attribute of the markup that carries an element's line in the source
TEMPLATE = "x-template"  # stands for `template` in the parser
_NAMES = {TEMPLATE: "template"}
_TEMPLATE = re.compile(r"<(/?)template(?=[\s/>])", re.I)
_MARKED = re.compile(
    r"<(?:p|div|br|a|sup|h[1-6]|li|blockquote|pre|hr|td|th|article|section|table|ul|ol|dl|dd|dt|aside|figure|header|footer|nav|main|"
    r"body|form)(?=[\s/>])",
    re.I,
)

__all__ = ["LINE", "Builder", "LeanString", "LeanTag", "grow", "place", "retell"]


def _kept_nowhere(_node: PageElement, _value: object) -> None:
    """What BeautifulSoup notes here has no place."""


def _lonely(node: PageElement) -> bool:
    """Whether a node is a space or a line end alone: such nodes are shared, so nobody may ask for their neighbours."""
    return isinstance(node, LeanString) and len(node) == 1 and node in " \n"


class _Unlinked(PageElement):
    """A node that knows its parent only."""

    __slots__ = ()

    def setup(self, parent: Tag | None = None, *_: Any, **__: Any) -> None:
        """Takes its place below `parent`; the neighbours that BeautifulSoup tells are not kept."""
        self.parent = parent

    def _row(self) -> tuple[list[PageElement], int]:
        row = self.parent.contents if self.parent is not None else []
        return row, next((i for i, node in enumerate(row) if node is self), len(row))

    @property
    def next_siblings(self) -> Iterator[PageElement]:
        """What follows below the same parent, in order; lonely spaces are passed over."""
        row, at = self._row()
        return (node for node in islice(row, at + 1, None) if not _lonely(node))

    @property
    def previous_siblings(self) -> Iterator[PageElement]:
        """What stands before it below the same parent, the nearest first; lonely spaces are passed over."""
        row, at = self._row()
        return (node for node in reversed(row[:at]) if not _lonely(node))

    next_sibling = property(lambda self: next(self.next_siblings, None), _kept_nowhere)
    previous_sibling = property(lambda self: next(self.previous_siblings, None), _kept_nowhere)
    next_element = property(lambda _: None, _kept_nowhere)
    previous_element = property(lambda _: None, _kept_nowhere)


class LeanString(_Unlinked, NavigableString):
    """A text node."""

    __slots__ = ("parent",)

    hidden = property(lambda _: False, _kept_nowhere)

    def __new__(cls, value: str | bytes) -> Self:
        """The text as a node without a parent."""
        made = str.__new__(cls, value if isinstance(value, str) else value.decode())
        made.parent = None
        return made


_NO_ATTRIBUTES: dict[str, Any] = {}  # shared: nothing in this program writes to an element


_TEXTS: set[type[NavigableString]] = {LeanString, CData}  # what `get_text` tells
_EMPTY: Container[str] = HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS or frozenset()
_CONTAINERS = {  # whose text `get_text` keeps out; the words of `rt` and `rp` are a page's words
    name: kind for name, kind in HTMLTreeBuilder.DEFAULT_STRING_CONTAINERS.items() if name not in ("rt", "rp")
}
_OWN_TEXTS = {name: {kind} for name, kind in _CONTAINERS.items()}


class _Walked(Tag):
    """An element whose descendants are found from parent to child."""

    __slots__ = ()

    @property
    def descendants(self) -> Iterator[PageElement]:
        """Everything below the element, in the page's order."""
        stack = [iter(self.contents)]
        while stack:
            for node in stack[-1]:
                yield node
                if isinstance(node, Tag) and node.contents:
                    stack.append(iter(node.contents))
                    break
            else:
                stack.pop()


class _Soup(_Unlinked, _Walked, BeautifulSoup):
    """The root of a page. Lonely spaces and line ends below one parent are one and the same node."""

    def reset(self) -> None:
        """Empty, before a page is read."""
        super().reset()
        self.interesting_string_types = _TEXTS

    def string_container(self, base_class: type[NavigableString] | None = None) -> type[NavigableString]:
        """The class of a text: code and comments have BeautifulSoup's own, which keep them out of `get_text`."""
        found = super().string_container(base_class)
        return LeanString if found is NavigableString else found

    def object_was_parsed(
        self, o: PageElement, parent: Tag | None = None, most_recent_element: PageElement | None = None
    ) -> None:
        """A text, or what has no children, takes its place."""
        into = parent or self.currentTag
        if not isinstance(o, LeanString) or into is None:
            super().object_was_parsed(o, parent, most_recent_element)
            return
        row = into.contents
        if _lonely(o):
            o = next((b for b in row[:-4:-1] if isinstance(b, LeanString) and b == o), o)
        o.parent = into
        row.append(o)


class LeanTag(_Unlinked, _Walked):
    """An element. `line`: its line in the source, from 1; 0 where the markup was not marked. `place`: its number in
    the page's order. `own_letters`: of the text that is its own and no child's; -1 while nobody has counted."""

    __slots__ = ("attrs", "contents", "line", "name", "own_letters", "parent", "place")

    parser_class = None
    namespace = prefix = None
    _namespaces: dict[str, str] = {}  # noqa: RUF012  as BeautifulSoup declares it; never written here
    sourceline = sourcepos = None
    known_xml = hidden = False
    can_be_empty_element = property(lambda self: self.name in _EMPTY, _kept_nowhere)
    cdata_list_attributes = preserve_whitespace_tags = None
    interesting_string_types = property(lambda self: _OWN_TEXTS.get(self.name, _TEXTS), _kept_nowhere)

    def __init__(
        self,
        _parser: Any = None,
        _builder: Any = None,
        name: str | None = None,
        _namespace: str | None = None,
        prefix: str | None = None,
        attrs: Mapping[str, Any] | None = None,
        parent: Tag | None = None,
        *_: Any,
        **__: Any,
    ) -> None:
        line = attrs.get(LINE) if attrs else None
        self.name = f"{prefix}:{name}" if prefix else cast(str, name)
        self.line = int(line) if line and line.isdecimal() and len(line) < 10 else 0
        self.attrs = {k: v for k, v in attrs.items() if k != LINE} or _NO_ATTRIBUTES if attrs else _NO_ATTRIBUTES
        self.contents = []
        self.parent = parent
        self.place = -1
        self.own_letters = -1

    def __eq__(self, other: object) -> bool:
        """An element is equal to itself: BeautifulSoup compares whole trees when an element is closed."""
        return self is other

    __hash__ = object.__hash__


def place(element: Tag) -> int:
    """The element's number in the page's order; -1 for what is not below the page's head or body."""
    return element.place if isinstance(element, LeanTag) else -1


def retell(node: NavigableString, text: str) -> None:
    """Puts another text in a text's place: BeautifulSoup's own way needs the links that are not kept here."""
    parent = node.parent
    if parent is None:
        return
    new = LeanString(text)
    new.parent = parent
    parent.contents[:] = [new if child is node else child for child in parent.contents]


def _marked(text: str) -> str:
    """The text with every block's start tag having its line number as an attribute: the parser tells no lines."""
    parts: list[str] = []
    at, line = 0, 1
    for found in _MARKED.finditer(text):
        end = found.end()
        line += text.count("\n", at, end)
        parts += (text[at:end], f" {LINE}={line} ")
        at = end
    return "".join((*parts, text[at:]))


class Builder(HTMLTreeBuilder):
    """Lexbor's tree, which is a browser's, told to BeautifulSoup node by node. `lines`: with the lines of elements."""

    def __init__(self, *, lines: bool, **asked: Any) -> None:
        super().__init__(**asked)
        self.lines = lines
        self.soup: BeautifulSoup | None = None

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        """The text as it is."""
        yield markup, None, None, False

    def test_fragment_to_document(self, fragment: str) -> str:
        """A page around a piece of markup."""
        return f"<html><head></head><body>{fragment}</body></html>"

    def feed(self, markup: str | bytes) -> None:
        """The whole page."""
        assert self.soup is not None
        assert isinstance(markup, str)
        if "<template" in markup.lower():  # its content is a document of its own, which the tree doesn't show
            markup = _TEMPLATE.sub(rf"<\1{TEMPLATE}", markup)
        parser = LexborHTMLParser(_marked(markup) if self.lines else markup)
        node = parser.root
        if node is not None:
            self._tell(node)

    def _tell(self, root: LexborNode) -> None:
        """A node after the other, each with its end after all that is below it."""
        soup = cast("BeautifulSoup", self.soup)
        start, end, data = soup.handle_starttag, soup.handle_endtag, soup.handle_data
        node: LexborNode | None = root
        while node is not None:
            name = node.tag or "-"
            if name == "-text":
                data(node.text_content or "")
            elif name == "-comment":
                soup.endData()
                data((node.html or "")[len("<!--") : -len("-->")])
                soup.endData(Comment)
            elif name[0] != "-":
                attributes = {key: value or "" for key, value in node.attributes.items()}
                if not _is_implied(name, attributes):
                    start(_NAMES.get(name, name), None, None, attributes)
                if (child := node.child) is not None:
                    node = child
                    continue
                if not _is_implied(name, attributes):
                    end(_NAMES.get(name, name))
            while node is not None and (following := node.next) is None:
                node = node.parent
                if node is None or node is root:
                    return
                name = node.tag or "-"
                if not _is_implied(name, node.attributes):
                    end(_NAMES.get(name, name))
            node = following


def _is_implied(name: str, attributes: Mapping[str, Any]) -> bool:
    """Whether an element is one that HTML 5 puts around a table's rows where nobody wrote it."""
    return name == "tbody" and not attributes


def grow(markup: str, lines: bool = True) -> BeautifulSoup:
    """The tree of a page. `lines`: elements get the line they stand in."""
    classes: dict[Any, Any] = {Tag: LeanTag}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", UserWarning)
        builder = Builder(lines=lines, multi_valued_attributes=None, string_containers=_CONTAINERS)
        return _Soup(markup, builder=builder, element_classes=classes)
