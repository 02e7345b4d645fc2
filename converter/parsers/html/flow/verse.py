"""Poems of a page: elements that call themselves so."""

from __future__ import annotations

from collections.abc import Sequence

from bs4.element import Tag

from converter.document.model import (
    Line,
    Verse,
)
from converter.parsers.html.dom.nodes import child_nodes
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.verse_indents import leads
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.frames import STANZA_GAP, VERSE_WIDTH
from converter.parsers.items.inlines import INDENT, is_blank, split_lines, text_of_runs
from converter.parsers.items.kinds import Item
from converter.parsers.items.paragraphs import verse_line
from converter.parsers.items.style_marks import State
from converter.recognisers.marks import class_names


def verse(walk: PageWalk, node: Tag, state: State) -> Sequence[Item]:
    """An element that calls itself a poem: its blocks and `<br>` are lines, blank lines part stanzas."""
    if node.find(["table", "ul", "ol", "h1", "h2", "h3", "img"]) is not None:
        return ()
    stanzas: list[list[Line]] = [[]]
    origin = walk.page.origin(node)
    inner = [
        c
        for c in child_nodes(node)
        if isinstance(c, Tag) and class_names.VERSE.search(attribute(c, "class")) and c.name == "div"
    ]
    parts = inner if len(inner) > 1 and all("stanza" in attribute(c, "class") for c in inner) else [node]
    set_in = leads(node, walk.styles)
    for part in parts:
        blank = 0
        for line in split_lines(walk.runs(part, State(state.mark), set_in)):
            if is_blank(line):
                blank += 1
                continue
            if len(text_of_runs(line).strip(INDENT)) > VERSE_WIDTH:
                return ()
            if blank >= STANZA_GAP and stanzas[-1]:
                stanzas.append([])
            blank = 0
            stanzas[-1].append(verse_line(line, origin))
        if stanzas[-1]:
            stanzas.append([])
    made = tuple(tuple(s) for s in stanzas if s)
    return (Verse(made, origin),) if sum(map(len, made)) > 1 else ()
