"""What an element means for the text in it, by its name, its look and its attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from converter.document.model import Align
from converter.document.record import dataclass
from converter.parsers.computed_style import PLAIN
from converter.parsers.items.inlines import Run, StyleMark
from converter.parsers.items.line_habit import LineHabit
from converter.parsers.items.ruby import ruby_pair, ruby_rest
from converter.parsers.items.style_marks import (
    BY_NAME,
    NOTHING_NEW,
    TITLE_WORDS,
    State,
    block_alignment,
    changes_by_style,
)
from converter.parsers.markdown.tags import BLOCKS
from converter.parsers.markdown.tree import Element, TreeLeaf, written_in
from converter.recognisers.metadata.addresses import allowed_address

TITLE_LETTERS = 200  # more are words that stand after one that is never closed
PREFORMATTED = frozenset(["pre"])


@dataclass(frozen=True, slots=True)
class MarkdownContext:
    """What is the same for a whole file: its habit, its language, the keys of the places that links lead to, by id() of
    the element and by the name that it has in the file."""

    habit: LineHabit
    language: str = ""
    keys: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def target(self, link: Element) -> str:
        """Where a link leads: a place in the book, an address that a book may have, or ""."""
        address = link.attribute("href")
        if address.startswith("#"):
            key = self.names.get(address[1:], "")
            return f"#{key}" if key else ""
        return allowed_address(address)


def state_below_element(element: Element, state: State, ground: MarkdownContext) -> State:
    """The state below this element: its name's meaning, then its look's, then its attributes'."""
    changes: dict[str, Any] = dict(BY_NAME.get(element.name, NOTHING_NEW))
    if element.name == "a" and (target := ground.target(element)):
        changes["link"] = target
    elif element.name == "cite" and _is_title(element):
        changes["italic"] = True
    if element.style is not PLAIN:
        changes |= changes_by_style(element.style, element.name, ground.habit)
    if ground.keys and (key := ground.keys.get(id(element))):
        changes["anchor"] = key
    language = element.attribute("lang") or element.attribute("xml:lang")
    if language and ground.language and language.split("-")[0].lower() != ground.language.split("-")[0].lower():
        changes["language"] = language
        changes["direction"] = "rtl" if element.attribute("dir").lower() == "rtl" else ""
    align = _align(element, ground.habit, state.align)
    pre = (state.pre or element.name in PREFORMATTED) if element.style.pre is None else element.style.pre
    if not changes and align == state.align and pre == state.pre:
        return state
    return State(replace(state.mark, **changes) if changes else state.mark, align, pre)


def _is_title(cited: Element) -> bool:
    """Whether a `<cite>` is a title or a name, and marks none of its words itself."""
    if cited.letters > TITLE_LETTERS:
        return False
    within = list(written_in(cited))
    if any(e.name in ("i", "em") for leaf in within for e in leaf.around[leaf.around.index(cited) :]):
        return False
    return len("".join(leaf.text for leaf in within).split()) <= TITLE_WORDS


def _align(element: Element, habit: LineHabit, inherited: Align) -> Align:
    if element.name not in BLOCKS:
        return inherited
    wanted = element.style.align or element.attribute("align").lower() or ("center" if element.name == "center" else "")
    if not wanted:
        return inherited
    return block_alignment(wanted, habit)


# ------------------------------------------------------------------------------------------------------ readings


def ruby_of(leaf: TreeLeaf) -> Element | None:
    """The `<ruby>` that a text stands in."""
    return next((e for e in leaf.around if e.name == "ruby"), None)


def ruby_pairs(group: list[TreeLeaf], mark: StyleMark) -> list[Run]:
    """The texts of one `<ruby>` as pairs of words and their reading."""
    runs: list[Run] = []
    base = ""
    at = 0
    while at < len(group):
        reading = _reading_of(group[at])
        if reading is None:
            base += group[at].text
            at += 1
            continue
        read = ""
        while at < len(group) and _reading_of(group[at]) is reading:
            read += group[at].text
            at += 1
        runs.extend(ruby_pair(base, read, mark))
        base = ""
    return [*runs, *ruby_rest(base, mark)]


def _reading_of(leaf: TreeLeaf) -> Element | None:
    return next((e for e in leaf.around if e.name == "rt"), None)
