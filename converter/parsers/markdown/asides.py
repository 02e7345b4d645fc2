"""Blocks beside the story: spoilers with their titles, boxes that the author drew, notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from converter.document.model import Aside, AsideKind, Inlines, Paragraph
from converter.parsers.items.frames import BOX_WORDS, NOTE_WORDS
from converter.parsers.items.kinds import Item
from converter.parsers.items.style_marks import State
from converter.parsers.markdown.tree import Element, MarkdownNode, TreeLeaf, elements
from converter.parsers.markdown.walk import MarkdownWalk, text_of, words_of_node
from converter.recognisers.marks.class_names import FRAME, NOTE, SPOILER, SPOILER_HEAD, SPOILER_PART

SPOILER_TITLE_WORDS = 15  # of a spoiler's title
HEAD_WITHIN = 12  # elements of a spoiler, one of which may be its title


def aside_items(walk: MarkdownWalk, node: Element, state: State, depth: int, kind: AsideKind = "box") -> Sequence[Item]:
    """What a block holds, beside the story."""
    blocks = walk.blocks(node.children, state, depth + 1)
    return (Aside(blocks, kind, (), walk.origin(node)),) if blocks else ()


def is_framed(walk: MarkdownWalk, node: Element) -> bool:
    """Whether a block is a box that the author drew, and not a frame around the story."""
    if not FRAME.search(node.attribute("style")) or len(text_of(node, walk.dropped).split()) > BOX_WORDS:
        return False
    return not walk.is_most(node)


def is_called_spoiler(names: str) -> bool:
    """Whether a block's names say that it is a spoiler, and no part of one."""
    return bool(SPOILER.search(names)) and not SPOILER_PART.search(names)


def is_called_note(node: Element, names: str) -> bool:
    """Whether a block's names say that it is a note of the author's."""
    return bool(NOTE.search(names)) and len(words_of_node(node).split()) > NOTE_WORDS


def spoiler_items(walk: MarkdownWalk, node: Element, state: State, depth: int) -> Sequence[Item]:
    """A spoiler under its title."""
    head = _head(node)
    title: Inlines = ()
    if head is not None and not any(map(str.isalnum, _words_before(node, head))):
        title = walk.inline(head)
        walk.dropped.add(id(head))  # its words are the title
    blocks = walk.blocks(node.children, state, depth + 1)
    if not blocks:
        return (Paragraph(title, "", "", walk.origin(node)),) if title else ()
    if len(blocks) == 1 and isinstance(blocks[0], Aside) and blocks[0].kind == "spoiler" and not blocks[0].title:
        blocks = blocks[0].blocks  # two elements around one spoiler
    return (Aside(blocks, "spoiler", title, walk.origin(node)),)


def _head(node: Element) -> Element | None:
    """What a spoiler is called: the block that says so, or a short first one."""
    for child in islice(elements(node), HEAD_WITHIN):
        if SPOILER_HEAD.search(f"{child.name} {child.attribute('class')}") and _is_short(child):
            return child
    filled = [child for child in node.children if isinstance(child, Element) and text_of(child).strip()]
    return filled[0] if len(filled) > 1 and _is_short(filled[0]) else None


def _is_short(node: Element) -> bool:
    return len(text_of(node).split()) <= SPOILER_TITLE_WORDS


def _words_before(node: Element, head: Element) -> str:
    """The words of a block before a block in it."""
    parts: list[str] = []
    stack: list[MarkdownNode] = list(reversed(node.children))
    while stack and (at := stack.pop()) is not head:
        if isinstance(at, TreeLeaf):
            parts.append(at.text)
        else:
            stack.extend(reversed(at.children))
    return "".join(parts)
