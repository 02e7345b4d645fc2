"""Headings of a page: their lines without what all headings have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bs4.element import Tag

from converter.document.model import (
    Image,
    Paragraph,
    SceneBreak,
    Strong,
)
from converter.parsers.html.dom.nodes import child_nodes
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.inlines import Run, StyleMark, is_blank, joined, nest, split_lines, text_of_runs, tidy
from converter.parsers.items.kinds import HeadingItem, Item
from converter.parsers.items.paragraphs import is_break_text
from converter.recognisers.metadata.addresses import site_of

HEADINGS = {f"h{n}": n for n in range(1, 7)}


def heading(walk: PageWalk, node: Tag, name: str = "") -> Sequence[Item]:
    """The heading that an element is, at the level of its name or of `name`; a break, a picture or a bold line where it
    is none."""
    origin = walk.page.origin(node)
    lines = [line for line in _heading_lines(walk, node) if not is_blank(line)]
    content = tuple(nest(line) for line in lines)
    if not content:
        return ()
    if id(node) in walk.story.plain_headings:
        return (Paragraph((Strong(joined(content)),), "", "", origin),)
    words = " ".join(text_of_runs(lines[0]).split())
    if len(content) == 1 and is_break_text(words) and not words.isalnum():  # "XX" is a number
        return (SceneBreak(words, origin),)
    if all(isinstance(i, Image) for line in content for i in line):
        return walk.items(child_nodes(node))
    named = id(node) in walk.story.chapter_headings
    return (HeadingItem(content, HEADINGS[name or node.name], origin, named=named),)


def _heading_lines(walk: PageWalk, node: Tag) -> list[list[Run]]:
    """A heading's lines without what all headings have, bold, underlines, a link and italic over all of it."""
    lines = [tidy(line) for line in split_lines(walk.runs(node))]
    worded = [r for line in lines for r in line if any(map(str.isalnum, r.text))]
    own = all(r.mark.link and not _leads_away(r.mark.link, walk.ground.address) for r in worded)
    plain = [[replace(r, mark=_plain_mark(r.mark, own=own)) for r in line] for line in lines]
    if key := walk.keys.get(id(node)):
        plain = [[replace(r, mark=replace(r.mark, anchor=r.mark.anchor or key)) for r in line] for line in plain]
    if all(r.mark.italic for line in plain for r in line):
        plain = [[replace(r, mark=replace(r.mark, italic=False)) for r in line] for line in plain]
    return plain


def _leads_away(link: str, address: str) -> bool:
    """Whether a link leads to another site than the page's; a heading that is a link without that leads to itself."""
    return bool(address) and site_of(link) not in ("", site_of(address))


def _plain_mark(mark: StyleMark, *, own: bool) -> StyleMark:
    return replace(mark, bold=False, underline=False, link="" if own else mark.link)
