"""Figures of a page: a picture with its caption, in an element for both or under it by its class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from bs4.element import NavigableString, Tag

from converter.document.model import Figure, LineBreak, Paragraph, Text
from converter.document.patterns import regex
from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import BLOCKS, UNSEEN, child_nodes, element_text
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.kinds import Item
from converter.parsers.items.style_marks import State
from converter.recognisers.headings.endings import is_closing
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.lines.authors_notes import SPEECH
from converter.recognisers.lines.captions import is_caption_below, is_numbered_figure, says_whose_picture
from converter.recognisers.marks import class_names
from converter.recognisers.metadata.names import byline

BELOW_WORDS = 60  # of small or slanted words in a picture's own paragraph; bare ones are fewer
CAPTION_WORDS = 120  # more is text that a page sets beside a picture
LEAST_NODES = 3  # a picture, a line end, words
FONT_SMALL = frozenset(("1", "2", "-1", "-2"))
SMALLER = frozenset("small i em cite sub".split())
SMALL_SIZE = regex(r"font-size\s*:\s*(?:(?:xx?-)?small|smaller|0?\.\d|[1-9]\d%|(?:[5-9]|1[0-3])(?:\.\d+)?p[xt])", re.I)
OUTERMOST = frozenset("html body main article td".split())  # no such element is there for a picture alone


def figure(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Item]:
    """A picture with its caption; more than a picture is told in its order."""
    caption = node.find("figcaption")
    pictures = [i for i in node.find_all("img") if isinstance(i, Tag)]
    own = isinstance(caption, Tag) and caption.find_parent("figure") is node  # a gallery holds figures
    if not isinstance(caption, Tag) or not own or len(pictures) != 1 or _is_left_out(walk, caption, node):
        return walk.items(child_nodes(node), state, depth + 1)
    if any(map(str.isalnum, element_text(node, {*walk.excluded.ids, id(caption)}))):
        return walk.items(child_nodes(node), state, depth + 1)  # more than a picture: in its order
    return _with_caption(walk, child_nodes(node), caption, state, depth)


def captioned(walk: PageWalk, node: Tag, caption: Tag, state: State, depth: int) -> Sequence[Item] | None:
    """A picture, or what stands around it alone, with the caption that its class calls so; None where that is used."""
    if caption in walk.excluded:
        return None
    return _with_caption(walk, [node] if node.name == "img" else child_nodes(node), caption, state, depth)


def _with_caption(
    walk: PageWalk, nodes: Sequence[Tag | NavigableString], caption: Tag, state: State, depth: int
) -> Sequence[Item]:
    """The figure that these nodes are with the caption; else both, one below the other."""
    walk.excluded.move(caption, "caption")
    rest = walk.items(nodes, state, depth + 1)
    if len(rest) == 1 and isinstance(rest[0], Figure):
        return (replace(rest[0], caption=(*rest[0].caption, *walk.inline(caption))),)
    return [*rest, *walk.items(child_nodes(caption), replace(state, align="center"), depth + 1)]


def captioned_below(walk: PageWalk, node: Tag, style: ComputedStyle, state: State, depth: int) -> Sequence[Item] | None:
    """The items of a paragraph that holds a picture in a line of its own and below it what may be its caption: the
    picture with it. None for any other paragraph."""
    said = _below_line_end(walk, node)
    if not said or not _may_stand_below(walk, said):
        return None
    items = walk.items(child_nodes(node), walk.inherit(node, style, state), depth + 1)
    match items:
        case [Figure(caption=()) as picture, Paragraph(role="") as below]:
            words = (Text(" ") if isinstance(i, LineBreak) else i for i in below.content)
            return (replace(picture, caption=tuple(words)),)
    return items


def _below_line_end(walk: PageWalk, node: Tag) -> list[Tag | NavigableString]:
    """What stands below the line end after the picture with which a paragraph begins; empty where it begins otherwise,
    holds another picture, or no line ends there."""
    nodes = [n for n in child_nodes(node) if not (walk.passes_over(n) if isinstance(n, Tag) else n.isspace())]
    if len(nodes) < LEAST_NODES or not isinstance(nodes[1], Tag) or nodes[1].name != "br":
        return []  # so seen first, elements in one another are not searched again and again
    if node.find(list(BLOCKS)) is not None or len(node.find_all("img", limit=2)) != 1:
        return []
    if not isinstance(nodes[0], Tag) or not _is_only_picture(nodes[0], walk.excluded):
        return []
    return [n for n in nodes[2:] if not (isinstance(n, Tag) and n.name == "br")]


def _may_stand_below(walk: PageWalk, nodes: Sequence[Tag | NavigableString]) -> bool:
    """Whether these words in a picture's own paragraph are its caption: all of them small or slanted, or a few that end
    no sentence; a heading, a byline and what somebody says are none."""
    text = " ".join(" ".join(n if isinstance(n, NavigableString) else walk.text_of(n) for n in nodes).split())
    if not any(map(str.isalnum, text)) or len(text.split()) > BELOW_WORDS:
        return False
    if is_numbered_figure(text) or says_whose_picture(text):
        return True
    form = read_form(text, lexicon(walk.story.language or "en"))
    if byline(text) or is_closing(text) or (form is not None and form.shape != "title"):
        return False
    apart = all(isinstance(n, Tag) and _is_smaller(walk, n) for n in nodes)
    return (apart and text[0] not in SPEECH) or is_caption_below(text)


def _is_smaller(walk: PageWalk, element: Tag) -> bool:
    """Whether an element sets its words small or slanted."""
    style = walk.styles.get(id(element))
    if element.name in SMALLER or (style is not None and style.italic):
        return True
    size = attribute(element, "size").strip()
    return bool(SMALL_SIZE.search(attribute(element, "style"))) or (element.name == "font" and size in FONT_SMALL)


def called_captions(page: Page, excluded: Exclusions) -> Mapping[int, Tag]:
    """What a page's classes call captions, by the ids of the elements that hold one picture and the caption alone, or
    of the picture right above it."""
    found: dict[int, Tag] = {}
    for name, elements in page.index.by_class.items():
        if not class_names.CAPTION.search(name):
            continue
        for caption in elements:
            if _may_be_caption(caption, excluded):
                found.update((id(holder), caption) for holder in _holders(caption, excluded) if id(holder) not in found)
    return found


def _may_be_caption(element: Tag, excluded: Exclusions) -> bool:
    if element.name in ("figcaption", "caption", "table", *OUTERMOST - {"td"}) or element.find("img") is not None:
        return False
    left_out = any(e in excluded for e in (element, *element.parents))
    return not left_out and 0 < len(element_text(element, excluded.ids).split()) <= CAPTION_WORDS


def _holders(caption: Tag, excluded: Exclusions) -> Iterator[Tag]:
    """The elements that hold a caption and its picture and nothing else, from the inside out; where none does, the
    picture above the caption."""
    held = False
    for holder in caption.parents:
        if holder.name in OUTERMOST - {"td"} or not isinstance(holder, Tag):
            break
        pictures = len(holder.find_all("img", limit=2))
        said = element_text(holder, {*excluded.ids, id(caption)})
        if pictures > 1 or any(map(str.isalnum, said)):
            break
        if pictures:
            held = True
            yield holder
    above = None if held else _above(caption)
    if above is not None and _is_only_picture(above, excluded):
        yield above


def _is_only_picture(element: Tag, excluded: Exclusions) -> bool:
    """Whether an element is a picture or holds one and no words."""
    if element.name in OUTERMOST or any(map(str.isalnum, element_text(element, excluded.ids))):
        return False
    return element.name == "img" or len(element.find_all("img", limit=2)) == 1


def _above(element: Tag) -> Tag | None:
    """The element before this one, with nothing between them but space."""
    for node in element.previous_siblings:
        if isinstance(node, Tag):
            return node if node.name != "br" else None
        if isinstance(node, NavigableString) and node.strip():
            return None
    return None


def _is_left_out(walk: PageWalk, element: Tag, within: Tag) -> bool:
    """Whether an element stands in something that is left out, or that no browser shows."""
    if any(p in walk.excluded for p in element.parents):
        return True
    return any(p.name in UNSEEN for p in takewhile(lambda e: e is not within, element.parents))
