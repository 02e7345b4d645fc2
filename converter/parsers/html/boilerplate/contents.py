"""A page's own contents list: links to places on the same page. The book makes its own, so this one is left out.

A list that stands in an article after its opening paragraphs is part of the text and stays, with a line for a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4.element import NavigableString, Tag

from converter.document.words import text_size
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.metas import page_language
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, PageNode, child_nodes, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.tag_names import ANNOUNCING, CONTENTS, HEADINGS
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.language.detection import detect_language
from converter.recognisers.lines.list_headings import over_contents
from converter.recognisers.lines.note_marks import is_short_mark

OWNER = "contents list"
ENTRIES = 3  # links; fewer are a cross-reference
LINKED_SHARE = 0.6  # of the list's words stand in its links; the rest are numbers, dots and page numbers
ENTRY_WORDS = 20
OPENING_WORDS = 40  # of a paragraph before the list: the article has begun
LANGUAGE_LETTERS = 2_000  # enough to tell a language
CHAPTERS = 0.5  # of the entries name chapters: the list is a book's own


def exclude_contents(page: Page, excluded: Exclusions, roots: Sequence[Tag], *, inner: bool = False) -> frozenset[int]:
    """Excludes every list of links to places on this page, and then headings that announce one ("Contents").

    `inner`: a list that an article has after its opening paragraphs stays, unless it names chapters; the answer is the
    headings of such lists (ids), which divide nothing.
    """
    anchors: dict[int, list[Tag]] = {}
    root_ids = {id(r) for r in roots}
    for root in roots:
        for link in root.find_all("a", href=re.compile("^#.")):
            if is_short_mark(one_line(link)) or not one_line(link):
                continue
            for parent in link.parents:
                if id(parent) in root_ids:
                    break
                anchors.setdefault(id(parent), []).append(link)
    headings: set[int] = set()
    if not anchors:
        return frozenset()
    counts = _word_counts(page, excluded)
    gone: set[int] = set()
    for element in page.elements:
        key = id(element)
        if id(element.parent) in gone or key in excluded.ids:
            gone.add(key)
            continue
        links = anchors.get(key)
        if not links or element.name not in CONTENTS or element.name in UNSEEN:
            continue
        words = counts.get(key, 0)
        linked = sum(len(one_line(a).split()) for a in links)
        if len(links) >= ENTRIES and linked >= LINKED_SHARE * words:
            gone.add(key)
            if inner and _is_the_texts(page, excluded, element, links, roots):
                headings.update(_heading_of(excluded, element))
                continue
            excluded.add(element, "contents list", OWNER)
            _drop_heading(excluded, element)
    _drop_single_entries(page, excluded, anchors, counts, gone)
    return frozenset(headings)


def _is_the_texts(page: Page, excluded: Exclusions, listing: Tag, links: Sequence[Tag], roots: Sequence[Tag]) -> bool:
    """Whether a contents list stands in an article that has begun, and names sections that are no chapters."""
    start, here = place(roots[0]), place(listing)
    paragraphs = (p for p in page.index.by_name.get("p", ()) if start < place(p) < here and p not in excluded)
    if not any(text_size(one_line(p)) >= OPENING_WORDS for p in paragraphs):
        return False
    language = page_language(page) or detect_language(one_line(roots[0])[:LANGUAGE_LETTERS])[0]
    forms = [read_form(one_line(a), lexicon(language)) for a in links]
    chapters = sum(form is not None and bool(form.word) and form.shape in ("division", "single") for form in forms)
    return chapters < CHAPTERS * len(links)


def _heading_of(excluded: Exclusions, listing: Tag) -> Iterator[int]:
    """The heading of a list that stays (its id)."""
    inside = listing.find(list(HEADINGS))
    heading = inside if isinstance(inside, Tag) else _heading_before(excluded, listing)
    if heading is not None:
        yield id(heading)


def _word_counts(page: Page, excluded: Exclusions) -> dict[int, int]:
    """The words in every element of the body that is not dropped, in one pass: elements may nest by the thousand."""
    counts: dict[int, int] = {}
    words = 0
    stack: list[tuple[PageNode, int]] = [(page.body, -1)]  # an element comes back with the words before it
    while stack:
        node, before = stack.pop()
        if isinstance(node, NavigableString):
            words += 0 if isinstance(node, NOT_TEXT) else len(node.split())
        elif before >= 0:
            counts[id(node)] = words - before
        elif node not in excluded and node.name not in UNSEEN:
            stack.append((node, words))
            stack.extend((c, -1) for c in reversed(child_nodes(node)))
    return counts


def _drop_heading(excluded: Exclusions, listing: Tag) -> None:
    """The short line just before a contents list names it."""
    heading = _heading_before(excluded, listing)
    if heading is not None:
        excluded.add(heading, "contents list", OWNER)


def _heading_before(excluded: Exclusions, listing: Tag) -> Tag | None:
    before = listing.find_previous_sibling()
    while isinstance(before, Tag) and not one_line(before):
        before = before.find_previous_sibling()
    if not isinstance(before, Tag) or before in excluded or before.name not in ANNOUNCING:
        return None
    return before if over_contents(one_line(before)) else None


def _drop_single_entries(
    page: Page, excluded: Exclusions, anchors: dict[int, list[Tag]], counts: dict[int, int], settled: set[int]
) -> None:
    """Contents as a row of paragraphs, one link each."""
    run: list[Tag] = []
    last_parent = None

    def close() -> None:
        if len(run) >= ENTRIES:
            for element in run:
                excluded.add(element, "contents list", OWNER)
            _drop_heading(excluded, run[0])
        run.clear()

    for element in page.elements:
        links = anchors.get(id(element))
        if (
            element.name not in ("p", "li", "div", "h2", "h3", "h4", "h5")
            or element in excluded
            or id(element) in settled
            or attribute(element, "hidden")
        ):
            continue
        words = counts.get(id(element), 0)
        entry = (
            links is not None
            and len(links) == 1
            and words <= ENTRY_WORDS
            and len(one_line(links[0])) >= LINKED_SHARE * len(one_line(element))
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
