"""The nodes of a page: which elements are blocks, which hold no words, and what an element's text is."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Set
from typing import cast

from bs4.element import CData, Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option "
    "p pre section select summary "
    "table tbody td tfoot th thead tr ul".split()
)
UNSEEN = frozenset(
    "script style template noscript noembed head title meta link object embed applet iframe frame frameset noframes "
    "svg canvas audio video source track param datalist map area select option textarea input".split()
)  # what holds no words of a page's text: code, controls, media and their fallbacks
CONTROLS = frozenset("textarea input select option button datalist".split())
NOT_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction)

PageNode = Tag | NavigableString
NOTHING: Mapping[int, str] = {}


def child_nodes(element: Tag) -> list[PageNode]:
    """What an element holds, in order."""
    return cast("list[PageNode]", element.contents)


def texts(element: Tag) -> Iterator[NavigableString]:
    """The text nodes of an element in order, without code and controls."""
    stack: list[Tag | NavigableString] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node.name not in UNSEEN or node is element:
                stack.extend(reversed(child_nodes(node)))
        elif isinstance(node, NavigableString) and (not isinstance(node, NOT_TEXT) or isinstance(node, CData)):
            yield node


def element_text(
    element: Tag,
    excluded: Container[int] = (),
    apart: Set[int] = frozenset(),
    instead: Mapping[int, str] = NOTHING,
) -> str:
    """The words of an element as one string: "\n" between blocks, nothing between inline runs.

    Subtrees in `excluded` (ids) are left out; nodes in `apart` (ids) are parted from what stands around them; `instead`
    has what is read in the place of a text (by its id).
    """
    parts: list[str] = []
    stack: list[Tag | NavigableString | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node is not element and (node.name in UNSEEN or id(node) in excluded):
                if node.name in BLOCKS or id(node) in excluded:
                    parts.append("\n")
                continue
            if node.name in BLOCKS or id(node) in apart:
                parts.append("\n")
                stack.append("\n")
            elif node.name == "br":
                parts.append("\n")
            stack.extend(reversed(child_nodes(node)))
        elif isinstance(node, NavigableString):
            if not isinstance(node, NOT_TEXT) or isinstance(node, CData):
                text = instead.get(id(node), node)
                parts.append(f"\n{text}\n" if id(node) in apart else text)
        else:
            parts.append(node)
    return "".join(parts)


def one_line(element: Tag) -> str:
    """The words of an element with all white space as single spaces."""
    return " ".join(element_text(element).split())
