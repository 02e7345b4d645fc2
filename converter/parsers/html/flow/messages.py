"""Chats that a story draws with elements: a bubble for each message, its sender's name in it."""

from __future__ import annotations

from collections.abc import Sequence

from bs4.element import Tag

from converter.document.model import Block, Paragraph, Quote, Speech
from converter.parsers.html.dom.nodes import child_nodes, element_text
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.kinds import Item
from converter.parsers.items.style_marks import State
from converter.recognisers.marks import class_names

LEAST = 3  # messages
NAME_WORDS, MESSAGE_WORDS = 4, 200


def chat(walk: PageWalk, node: Tag, state: State, depth: int) -> Sequence[Item]:
    """The chat that an element is, a turn for each message; nothing where it has fewer messages with names than a chat,
    or holds what is none."""
    parts = [child for child in child_nodes(node) if isinstance(child, Tag) and element_text(child).strip()]
    names = [_sender(part) for part in parts if class_names.MESSAGE.search(attribute(part, "class"))]
    known = {element_text(name).strip().casefold() for name in names if name is not None}
    if len(names) < max(LEAST, len(parts) / 2) or None in names or len(known) < 2:
        return ()
    if any(part in walk.excluded or len(element_text(part).split()) > MESSAGE_WORDS for part in parts):
        return ()
    turns: list[Block] = []
    for part in parts:
        name = _sender(part) if class_names.MESSAGE.search(attribute(part, "class")) else None
        origin = walk.page.origin(part)
        if name is None:
            turns.extend(walk.blocks([part], state, depth + 1))
            continue
        speaker = walk.inline(name)
        walk.excluded.move(name, "sender of a message")
        said = walk.blocks(child_nodes(part), State(state.mark), depth + 1)
        turns.append(Speech(speaker, said, origin) if said else Paragraph(speaker, "", "", origin))
    return (Quote(tuple(turns), "chat", walk.page.origin(node)),)


def _sender(message: Tag) -> Tag | None:
    """The part of a message that names who sent it, before all else that it says."""
    for part in message.find_all(True):
        if class_names.SENDER.search(attribute(part, "class")):
            words = element_text(part).split()
            first = element_text(message).split()[: len(words)] == words
            return part if first and 0 < len(words) <= NAME_WORDS else None
    return None
