"""The element around the one that extractors located, where the story goes on outside it."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from converter.parsers.html.boilerplate.weights import Weights
from converter.parsers.html.dom.nodes import NOT_TEXT, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.prose import (
    COMPANION_LEVELS,
    ENDS_SENTENCE,
    LOOSE_LETTERS,
    PIECE_LINKS,
)

LISTINGS = ("table", "ul", "ol", "dl")
CELL_LETTERS, CELL_SENTENCES, SENTENCE_WORDS = 120, 2, 6  # of a cell beside the story's that is a part of it


def widened(page: Page, root: Tag) -> Tag:
    """The element around the story's, where text stands loose in it: the story's element is then only a part."""
    root = at = _around_listing(root)
    for _ in range(COMPANION_LEVELS):
        parent = at.parent
        if at is page.body or parent is None or at.name == "body":
            break
        loose = [c for c in parent.contents if isinstance(c, NavigableString) and not isinstance(c, NOT_TEXT)]
        if sum(len(c.strip()) for c in loose) >= LOOSE_LETTERS and any(ENDS_SENTENCE.search(c) for c in loose):
            root = parent
        at = parent
    return root


def _around_listing(root: Tag) -> Tag:
    """The element around a table or a list with a sentence before it: the text is about what is listed."""
    parent = root.parent
    if root.name not in LISTINGS or parent is None:
        return root
    for child in parent.contents:
        if child is root:
            break
        if isinstance(child, Tag) and child.name == "p" and ENDS_SENTENCE.search(one_line(child)):
            return parent
    return root


def whole_table(root: Tag, weights: Weights) -> Tag:
    """The table around a story's cell when other cells of it tell something, too: its rows are the story's parts."""
    cell = next((e for e in (root, *root.parents) if e.name in ("td", "th")), None)
    table = cell.find_parent("table") if cell is not None else None
    if cell is None or table is None:
        return root
    inside = {id(e) for e in cell.descendants}
    for other in table.find_all(["td", "th"]):
        if other is cell or id(other) in inside or any(p is other for p in cell.parents):
            continue
        if weights.letters.get(id(other), 0) >= CELL_LETTERS and weights.share(other) <= PIECE_LINKS:
            sentences = sum(len(p.split()) >= SENTENCE_WORDS for p in ENDS_SENTENCE.split(one_line(other)))
            if sentences >= CELL_SENTENCES:
                return table
    return root
