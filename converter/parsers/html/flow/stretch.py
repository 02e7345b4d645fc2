"""A stretch of a story: what a walk has met since the last block ended, until it is made a paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from bs4.element import NavigableString, Tag

from converter.document.model import Align
from converter.parsers.html.dom.nodes import BLOCKS, NOT_TEXT
from converter.parsers.html.flow.inline_style import is_space
from converter.parsers.html.flow.listed import Listed
from converter.parsers.html.flow.story import WalkContext
from converter.parsers.items.inlines import BREAK, Run
from converter.parsers.items.kinds import Item
from converter.parsers.items.paragraphs import paragraphs
from converter.parsers.items.style_marks import State, text_runs


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a block element on the walk's stack; `text` is written there (the closing mark of `<q>`)."""

    block: bool = True
    text: str = ""


class Stretch:
    """What a walk has met since the last block ended, and the items before that. `at` is where the next one begins."""

    def __init__(self, story: WalkContext, align: Align) -> None:
        self.story = story
        self.out: list[Item | Listed] = []
        self.runs: list[Run] = []
        self.align = align
        self.at: Tag | NavigableString | None = None

    def flush(self) -> None:
        """Makes paragraphs of what there is."""
        if self.runs:
            self.out.extend(paragraphs(self.runs, self.align, self.story.page.origin(self.at), self.story.habit))
            self.runs.clear()
        self.at = None

    def begin(self, node: Tag | NavigableString, state: State) -> None:
        """What comes begins here, unless it has begun."""
        if self.at is None:
            self.at, self.align = node, state.align

    def close(self, end: Close, state: State) -> None:
        """An element ends."""
        if end.text:
            self.runs.append(Run(end.text, state.mark))
        if end.block:
            self.flush()

    def text(self, node: NavigableString, state: State) -> None:
        """The next text."""
        text = self.story.notes.instead.get(id(node), node)
        if isinstance(node, NOT_TEXT) or not text:
            return
        if not text.isspace():
            self.begin(node, state)
        self.runs.extend(text_runs(text, state))

    def left_out(self, node: Tag) -> None:
        """Something that is left out stood here: it parts what a browser shows apart."""
        if node.name in BLOCKS:
            self.flush()
        elif node.name == "br":
            self.runs.append(Run(BREAK))
        elif is_space(node):
            self.runs.append(Run(" "))
