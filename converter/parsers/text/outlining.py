"""From the rows of a story to its groups, its headings and what its head says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from converter.document.contracts import Evidence
from converter.document.model import Origin
from converter.parsers import switches
from converter.parsers.text.blocks.footnotes import take_footnotes
from converter.parsers.text.head.filling import (
    drop_half_title,
    fill_from_end,
    fill_from_heading,
    fill_from_library,
    fill_from_pages,
    fill_from_works,
)
from converter.parsers.text.head.front import TextFront, read_front
from converter.parsers.text.head.summaries import without_summary
from converter.parsers.text.head.volume_heading import fill_from_volume
from converter.parsers.text.headings.asked import asked_for
from converter.parsers.text.headings.contents import find_contents, without_lists
from converter.parsers.text.headings.glued_headings import part_glued
from converter.parsers.text.headings.outline import (
    choose_headings,
    split_headings,
    story_start,
)
from converter.parsers.text.learnt import Learnt
from converter.parsers.text.lines.grouping import groups
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.options import TextOptions
from converter.parsers.text.story_rows import StoryRows
from converter.parsers.text.systems import marked_headings
from converter.recognisers.headings.families import Decision, Miss
from converter.recognisers.headings.misses import MISSES_TOLD
from converter.recognisers.headings.words import Lexicon, lexicon

if TYPE_CHECKING:
    pass

NO_HEADING = "no heading"  # the topic of a line that looked like one


class Outline(NamedTuple):
    """The groups of the story, its headings, and the group at which its head is over."""

    groups: list[RowGroup]
    decisions: list[Decision]
    first: int


def outlined(
    text: StoryRows,
    front: TextFront,
    language: str,
    options: TextOptions,
    learnt: Learnt,
) -> Outline:
    """The groups without contents lists and what the head of the file says; the headings among them."""
    name = learnt.name
    lex = lexicon(language)
    parts = split_headings(groups(text.rows, text.layout), lex, text.layout)
    chapters = options.chapters and switches.HEADINGS not in options.without
    parts = part_glued(parts, lex) if chapters else parts
    lists = find_contents(parts, lex) if chapters and switches.CONTENTS not in options.without else []
    parts, entries, listed = without_lists(parts, lists, name)
    learnt.omissions += listed
    if switches.FOOTNOTES not in options.without:
        parts = take_footnotes(parts)
    entries |= text.page.names
    named = (front.head.one("title") or text.named[0], front.head.one("author"))
    decisions, missed = _headings(parts, text, lex, entries, named) if chapters else ([], [])
    if chapters and options.chapter:
        looked_like = [*((d.line, shown_heading(d)) for d in decisions), *((m.line, m.text) for m in missed)]
        decisions, vain = asked_for(parts, options.chapter, lex, looked_like, name)
        missed = []
        learnt.findings += vain
    decisions = without_summary(decisions, parts, read=switches.HEAD not in options.without)
    first = decisions[0].at if decisions else story_start(parts)
    head: set[int] = set()
    if switches.HEAD not in options.without:
        read_front(parts, first, front, name, text.layout, headed=bool(decisions))
        head = {parts[i].line for i in front.used}
        fill_from_library(front, text.named)
        parts, decisions = fill_from_volume(parts, decisions, front, name)
        fill_from_works(parts, decisions, front)
        parts, decisions = fill_from_heading(parts, decisions, front, name)
        fill_from_end(parts, front)
        fill_from_pages(parts, learnt.omissions, front)
        parts, decisions = drop_half_title(parts, decisions, front, name, first)
    learnt.omissions += front.omissions
    learnt.evidence += [
        Evidence("heading", shown_heading(d), d.why, d.confidence, Origin(name, d.line)) for d in decisions
    ]
    missed = [m for m in missed if m.line not in head][:MISSES_TOLD]
    learnt.evidence += [Evidence(NO_HEADING, m.text, m.why, 1 - m.nearness, Origin(name, m.line)) for m in missed]
    return Outline(parts, decisions, decisions[0].at if decisions else first)


def _headings(
    parts: Sequence[RowGroup], text: StoryRows, lex: Lexicon, entries: frozenset[str], named: tuple[str, str]
) -> tuple[list[Decision], list[Miss]]:
    """The headings: those that the marks of the text name, if they name any; and what looked like one and is none.
    `named`: title and author, as others know them."""
    if text.marked:
        return marked_headings(parts, text.marked, lex), []
    return choose_headings(parts, text.underlined, lex, entries, text.layout, *named)


def shown_heading(d: Decision) -> str:
    """A heading as the person is shown it: label and title."""
    return f"{d.label} {d.title}".strip()
