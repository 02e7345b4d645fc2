"""A page's tree: lexbor parses as a browser does, BeautifulSoup holds what it found."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, cast

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.builder import HTMLTreeBuilder
from bs4.element import Comment, Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

LINE = "cb-line"  # the attribute of the markup that carries an element's line in the source
LINE_DIGITS = 10  # a page that brings such an attribute of its own may say anything
TEMPLATE = "x-template"  # stands for `template` in the parser
_NAMES = {TEMPLATE: "template"}
_TEMPLATE = re.compile(r"<(/?)template(?=[\s/>])", re.I)
_MARKED = re.compile(
    r"<(?:p|div|br|a|sup|h[1-6]|li|blockquote|pre|hr|td|th|article|section|table|ul|ol|dl|dd|dt|aside|figure|header|footer|nav|main|"
    r"form|svg|math)(?=[\s/>])",
    re.I,
)
_CONTAINERS = {  # whose text `get_text` keeps out; the words of `rt` and `rp` are a page's words
    name: kind for name, kind in HTMLTreeBuilder.DEFAULT_STRING_CONTAINERS.items() if name not in ("rt", "rp")
}


class NumberedTag(Tag):
    """An element with its number in the page's order (`place`; -1 for what is not below the page's head or body), and
    how many letters of its text are its own and no child's (`own_letters`; -1 while nobody has counted)."""

    place = -1
    own_letters = -1

    def __eq__(self, other: object) -> bool:
        """An element is equal to itself: BeautifulSoup compares whole trees."""
        return self is other

    __hash__ = object.__hash__


def place(element: Tag) -> int:
    """The element's number in the page's order."""
    return element.place if isinstance(element, NumberedTag) else -1


def _marked(text: str) -> str:
    """The text with every block's start tag having its line number as an attribute: the parser tells no lines."""
    parts: list[str] = []
    at, line = 0, 1
    for tag in _MARKED.finditer(text):
        end = tag.end()
        line += text.count("\n", at, end)
        parts += (text[at:end], f" {LINE}={line} ")
        at = end
    return "".join((*parts, text[at:]))


class Builder(HTMLTreeBuilder):
    """Lexbor's tree, which is a browser's, told to BeautifulSoup node by node, with the lines of elements."""

    def __init__(self, **asked: Any) -> None:
        super().__init__(**asked)
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
        parser = LexborHTMLParser(_marked(markup))
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
                    line = _line_of(attributes.pop(LINE, ""))
                    start(_NAMES.get(name, name), None, None, attributes, sourceline=line)
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


def _line_of(marked: str) -> int | None:
    return int(marked) if marked.isdecimal() and len(marked) < LINE_DIGITS else None


def _is_implied(name: str, attributes: Mapping[str, Any]) -> bool:
    """Whether an element is one that HTML 5 puts around a table's rows where nobody wrote it."""
    return name == "tbody" and not attributes


def grow(markup: str) -> BeautifulSoup:
    """The tree of a page; its blocks know the line they stand in (`sourceline`)."""
    classes: dict[Any, Any] = {Tag: NumberedTag}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", UserWarning)
        builder = Builder(multi_valued_attributes=None, string_containers=_CONTAINERS)
        return BeautifulSoup(markup, builder=builder, element_classes=classes)
