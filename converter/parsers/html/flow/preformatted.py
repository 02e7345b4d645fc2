"""Preformatted text of a page: a drawing, verse, or prose that was wrapped."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bs4.element import NavigableString, Tag

from converter.document.model import Anchor, Inlines, Link, Preformatted, SceneBreak, Text
from converter.parsers.computed_style import PLAIN
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, child_nodes, element_text
from converter.parsers.html.dom.page import Page
from converter.parsers.html.flow.inline_style import holds_blocks
from converter.parsers.html.flow.walk import PREFORMATTED, PageWalk
from converter.parsers.items.inlines import BREAK, NO_MARK, Run, StyleMark
from converter.parsers.items.kinds import Item
from converter.parsers.items.paragraphs import is_break_text, is_verse_text, paragraphs
from converter.parsers.items.style_marks import State, text_runs

WRAPPED_PRE_WORDS = 200  # a `<pre>` with more words is checked for being prose
SPACES = re.compile(r"(\s+)")
LINE_WORDS = 6  # in each line of prose, on the mean: its lines are wrapped or paragraphs, it is no drawing


def preformatted(walk: PageWalk, node: Tag) -> Sequence[Item] | bool:
    """What an element whose line ends count holds; False where blocks stand in it."""
    if holds_blocks(node):
        return False
    text = walk.text_of(node).expandtabs(4).replace("\u00a0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return ()
    first = " ".join(lines[0].split())
    if is_break_text(first) and not any(c.isalnum() for line in lines for c in line):
        return (SceneBreak(first, walk.page.origin(node)),)
    words = sum(len(line.split()) for line in lines)
    prose = words > WRAPPED_PRE_WORDS and words > LINE_WORDS * len(lines)
    if prose and walk.story.prose_in_pre:
        habit = replace(walk.habit, line_use="wrapped" if max(map(len, lines)) <= 100 else "paragraphs", blank=1)
        return paragraphs(_runs_of_pre(walk, node), "", walk.page.origin(node), habit)
    if not prose and is_verse_text(lines) and node.find("code") is None:
        return paragraphs(
            _runs_of_pre(walk, node), "", walk.page.origin(node), replace(walk.habit, line_use="keep", blank=1)
        )
    text = "\n".join(lines)
    return (Preformatted(text, walk.page.origin(node), _with_links(text, _runs_of_pre(walk, node))),)


def _with_links(text: str, runs: Sequence[Run]) -> Inlines:
    """A text with the links and anchors of its runs; () where there are none. The runs differ from it in white space
    alone, so that their marks are told by the characters between."""
    solid = [(c, run.mark) for run in runs for c in run.text if not c.isspace()]
    if all(mark.link == mark.anchor == "" for _, mark in solid) or "".join(text.split()) != "".join(
        c for c, _ in solid
    ):
        return ()
    marks = [NO_MARK, *(mark for _, mark in solid), NO_MARK]
    told: list[Run] = []
    at = 0
    for word in SPACES.split(text):
        if word.isspace():
            before, after = marks[at], marks[at + 1]
            anchor, link = (b if b == a else "" for b, a in zip(_places(before), _places(after), strict=True))
            told.append(Run(word, StyleMark(link=link, anchor=anchor)))
        else:
            told.extend(Run(c, marks[at + i]) for i, c in enumerate(word, 1))
            at += len(word)
    return tuple(
        inline
        for anchor, group in itertools.groupby(told, lambda run: run.mark.anchor)
        for inline in _anchored(anchor, _linked(group))
    )


def _places(mark: StyleMark) -> tuple[str, str]:
    return mark.anchor, mark.link


def _anchored(anchor: str, content: Inlines) -> Inlines:
    return (Anchor(anchor, content),) if anchor else content


def _linked(runs: Iterable[Run]) -> Inlines:
    """Runs as texts and links."""
    stretches = (
        (link, (Text("".join(run.text for run in group)),))
        for link, group in itertools.groupby(runs, lambda r: r.mark.link)
    )
    return tuple(inline for link, text in stretches for inline in ((Link(link, text),) if link else text))


def holds_prose(page: Page, excluded: Exclusions) -> bool:
    """Whether the long ones among a page's preformatted texts hold prose on the whole. A text in many of them, tables
    and drawings among its paragraphs, is set in one way."""
    words = lines = 0
    for name in PREFORMATTED:
        for element in page.index.by_name.get(name, ()):
            text = "" if element in excluded else element_text(element, excluded.ids).strip()
            if (count := len(text.split())) > WRAPPED_PRE_WORDS:
                words += count
                lines += text.count("\n") + 1
    return words > LINE_WORDS * lines


def _runs_of_pre(walk: PageWalk, node: Tag) -> list[Run]:
    """The runs of an element whose line ends count."""
    runs: list[Run] = []
    stack: list[tuple[Tag | NavigableString, State]] = [(c, State(pre=True)) for c in reversed(child_nodes(node))]
    while stack:
        child, state = stack.pop()
        if isinstance(child, NavigableString):
            if not isinstance(child, NOT_TEXT):
                runs.extend(text_runs(walk.shown(child), state))
        elif child.name == "br":
            runs.append(Run(BREAK))
        elif not walk.passes_over(child) and child.name not in UNSEEN:
            inner = walk.inherit(child, walk.styles.get(id(child), PLAIN), state)
            stack.extend((c, replace(inner, pre=True)) for c in reversed(child_nodes(child)))
    return runs
