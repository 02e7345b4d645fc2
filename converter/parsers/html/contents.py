"""A page's own contents list: links to places on the same page. The book makes its own, so this one is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4.element import NavigableString, Tag

from converter.parsers.html.page import NOT_TEXT, UNSEEN, Node, Page, attribute, children, one_line

ENTRIES = 3  # links; fewer are a cross-reference
LINKED = 0.6  # of the list's words stand in its links; the rest are numbers, dots and page numbers
LISTS = frozenset("ul ol table div p blockquote center dl section nav".split())
NAMED_BY = frozenset("h1 h2 h3 h4 h5 h6 p div center".split())
NAME_WORDS = 3
ENTRY_WORDS = 20
NAME = re.compile(r"content|index|chapters|table|inhalt|sommaire|[ií]ndice|содержание|оглавление|spis", re.I)
NOTE_SIGN = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?", re.I)


def mark_contents(page: Page, roots: Iterable[Tag]) -> None:
    """Drops every list of links to places on this page, and then headings that announce one ("Contents")."""
    anchors: dict[int, list[Tag]] = {}
    root_ids = {id(r) for r in roots}
    for root in roots:
        for link in root.find_all("a", href=re.compile("^#.")):
            if NOTE_SIGN.fullmatch(one_line(link)) or not one_line(link):
                continue
            for parent in link.parents:
                if id(parent) in root_ids:
                    break
                anchors.setdefault(id(parent), []).append(link)
    if not anchors:
        return
    counts = _word_counts(page)
    gone: set[int] = set()
    for element in page.elements:
        key = id(element)
        if id(element.parent) in gone or key in page.dropped:
            gone.add(key)
            continue
        links = anchors.get(key)
        if not links or element.name not in LISTS or element.name in UNSEEN:
            continue
        words = counts.get(key, 0)
        linked = sum(len(one_line(a).split()) for a in links)
        if len(links) >= ENTRIES and linked >= LINKED * words:
            gone.add(key)
            page.drop(element, "contents list")
            _drop_heading(page, element)
    _drop_single_entries(page, anchors, counts)


def _word_counts(page: Page) -> dict[int, int]:
    """The words in every element of the body that is not dropped, in one pass: elements may nest by the thousand."""
    counts: dict[int, int] = {}
    words = 0
    stack: list[tuple[Node, int]] = [(page.body, -1)]  # an element comes back with the words before it
    while stack:
        node, before = stack.pop()
        if isinstance(node, NavigableString):
            words += 0 if isinstance(node, NOT_TEXT) else len(node.split())
        elif before >= 0:
            counts[id(node)] = words - before
        elif id(node) not in page.dropped and node.name not in UNSEEN:
            stack.append((node, words))
            stack.extend((c, -1) for c in reversed(children(node)))
    return counts


def _drop_heading(page: Page, listing: Tag) -> None:
    """The short line just before a contents list names it."""
    before = listing.find_previous_sibling()
    while isinstance(before, Tag) and not one_line(before):
        before = before.find_previous_sibling()
    if not isinstance(before, Tag) or id(before) in page.dropped or before.name not in NAMED_BY:
        return
    if len(one_line(before).split()) <= NAME_WORDS and NAME.search(one_line(before)):
        page.drop(before, "contents list")


def _drop_single_entries(page: Page, anchors: dict[int, list[Tag]], counts: dict[int, int]) -> None:
    """Contents as a row of paragraphs, one link each."""
    run: list[Tag] = []
    last_parent = None

    def close() -> None:
        if len(run) >= ENTRIES:
            for element in run:
                page.drop(element, "contents list")
            _drop_heading(page, run[0])
        run.clear()

    for element in page.elements:
        links = anchors.get(id(element))
        if (
            element.name not in ("p", "li", "div", "h2", "h3", "h4", "h5")
            or id(element) in page.dropped
            or attribute(element, "hidden")
        ):
            continue
        words = counts.get(id(element), 0)
        entry = (
            links is not None
            and len(links) == 1
            and words <= ENTRY_WORDS
            and len(one_line(links[0])) >= LINKED * len(one_line(element))
        )
        if entry and (not run or element.parent is last_parent):
            run.append(element)
            last_parent = element.parent
        elif words and run:
            close()
            if entry:
                run.append(element)
                last_parent = element.parent
    close()
