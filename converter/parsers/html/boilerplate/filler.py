"""Text that only shows how a text would look ("Lorem ipsum"): a reader's preferences are tried out on it."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from bs4.element import Tag

from converter.document.patterns import regex
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, texts
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute

RULE, OWNER = "filler text", "printers' filler text"
BEGINS = regex(r"\W*lorem ipsum dolor\b", re.I)
DIALOG = regex(r"modal|dialog|popup|preview|preference|prefs|setting|option|custom", re.I, 2_000)
DIALOG_LEVELS = 6  # elements around the text that may be called so
FILLER_SHARE = 0.5  # of an element's letters: what stands beside them belongs to the dialog
DIALOG_LETTERS = 4_000  # of such an element


def exclude_filler(page: Page, excluded: Exclusions) -> None:
    """Excludes paragraphs of a dialog that begin with the printers' filler text, and what holds little else."""
    begun: list[Tag] = []
    for node in texts(page.body):
        if BEGINS.match(node) and node.parent is not None and _in_dialog(node.parent):
            begun.append(node.parent)
    filled: Counter[int] = Counter()
    parents: dict[int, Tag] = {}
    for element in begun:
        if element.parent is not None and element.parent is not page.body:
            filled[id(element.parent)] += len(element_text(element))
            parents[id(element.parent)] = element.parent
    for key, parent in parents.items():
        letters = len(element_text(parent))
        if letters <= DIALOG_LETTERS and filled[key] >= FILLER_SHARE * letters:
            excluded.add(parent, RULE, OWNER)
    for element in begun:
        excluded.add(element, RULE, OWNER)


def _in_dialog(element: Tag) -> bool:
    """Whether an element stands in what its names or its role call a dialog, or a page's settings."""
    around = (element, *itertools.islice(element.parents, DIALOG_LEVELS))
    names = (f"{attribute(e, 'class')} {attribute(e, 'id')} {attribute(e, 'role')}" for e in around if e.name != "body")
    return any(map(DIALOG.search, names))
