"""What the tag, the look and the attributes of an element mean for the text in it; texts as runs of one meaning."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import urljoin

from bs4.element import NavigableString, Tag

from converter.document.model import Align
from converter.document.record import dataclass
from converter.parsers.computed_style import PLAIN, ComputedStyle
from converter.parsers.html.dom.nodes import BLOCKS, NOT_TEXT, UNSEEN, child_nodes, element_text, one_line
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.anchors import NOWHERE, PageAnchors
from converter.parsers.items.inlines import Run
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
from converter.recognisers.metadata.addresses import allowed_address


@dataclass(frozen=True, slots=True)
class InlineContext:
    """What is the same for a whole page: its habit, its language, the address that its links start from, the places in
    it that links lead to."""

    habit: LineHabit
    language: str
    address: str
    places: PageAnchors = NOWHERE


def state_below_tag(element: Tag, style: ComputedStyle, state: State, ground: InlineContext) -> State:
    """The state below this element: its tag's meaning, then its CSS's, then its attributes'."""
    changes: dict[str, Any] = dict(BY_NAME.get(element.name, NOTHING_NEW))
    if element.name == "cite" and _is_title(element):
        changes["italic"] = True
    elif element.name == "a" and (target := ground.places.target(element) or link_target(element, ground.address)):
        changes["link"] = target
    if style is not PLAIN:
        changes |= changes_by_style(style, element.name, ground.habit)
    if element.attrs or ground.places.keys:
        changes |= _said_by_attributes(element, ground)
    align = _alignment(element, style, state.align, ground)
    pre = state.pre if style.pre is None else style.pre
    if not changes and align == state.align and pre == state.pre:
        return state
    return State(replace(state.mark, **changes) if changes else state.mark, align, pre)


def _is_title(cite: Tag) -> bool:
    """Whether a `<cite>` is a title or a name that is not marked yet."""
    return cite.find(["i", "em"]) is None and len(one_line(cite).split()) <= TITLE_WORDS


def _said_by_attributes(element: Tag, ground: InlineContext) -> dict[str, Any]:
    """What attributes say of the text in an element: that links lead to it, that it is in another language."""
    changes: dict[str, Any] = {}
    if ground.places.keys and (key := ground.places.keys.get(id(element))):
        changes["anchor"] = key
    language = attribute(element, "lang") or attribute(element, "xml:lang")
    if language and ground.language and language.split("-")[0].lower() != ground.language.split("-")[0].lower():
        changes["language"] = language
        changes["direction"] = "rtl" if attribute(element, "dir").lower() == "rtl" else ""
    return changes


def _alignment(element: Tag, style: ComputedStyle, inherited: Align, ground: InlineContext) -> Align:
    """How the lines of a block are set; centring means nothing on a page that centres everything."""
    wanted = style.align or attribute(element, "align").lower() or ("center" if element.name == "center" else "")
    if not wanted or element.name not in BLOCKS:
        return inherited
    return block_alignment(wanted, ground.habit)


def link_target(element: Tag, address: str) -> str:
    """Where a link may lead: http, https or mailto; Google's detour is undone; anything else is no link."""
    target = attribute(element, "href").strip()
    if not target or target.startswith("#"):
        return ""
    if "://" not in target[:10] and not target.lower().startswith(
        ("mailto:", "javascript:", "data:", "file:", "vbscript:")
    ):
        if not address:
            return ""
        try:
            target = urljoin(address, target)
        except ValueError:
            return ""
    return allowed_address(target)


SCRIPTS = frozenset(["script", "style"])


def holds_blocks(node: Tag) -> bool:
    """Whether there are blocks below the element."""
    return any(isinstance(t, Tag) and t.name in BLOCKS for t in node.descendants)


def is_space(node: Tag) -> bool:
    """Whether an element that is left out holds no words, and a space."""
    if node.name in SCRIPTS:
        return False
    text = unescape(node.get_text())  # the parser reads no references in what a browser takes as it stands
    return any(map(str.isspace, text)) and not any(map(str.isalnum, text))


def is_ruby(node: Tag) -> bool:
    """Whether an element is words with their reading, in one line."""
    return node.name == "ruby" and not holds_blocks(node) and node.find(["br", "a"]) is None


def ruby_runs(node: Tag, state: State, excluded: Container[int]) -> list[Run]:
    """`<ruby>` as base and reading pairs, without what is in `excluded`."""
    runs: list[Run] = []
    base: list[str] = []
    stack: list[Tag | NavigableString] = list(reversed(child_nodes(node)))
    while stack:
        child = stack.pop()
        if isinstance(child, NavigableString):
            if not isinstance(child, NOT_TEXT):
                base.append(str(child))
        elif id(child) in excluded:
            continue
        elif child.name == "rt":
            runs.extend(ruby_pair("".join(base), element_text(child, excluded), state.mark))
            base = []
        elif child.name != "rp" and child.name not in UNSEEN:
            stack.extend(reversed(child_nodes(child)))
    return [*runs, *ruby_rest("".join(base), state.mark)]
