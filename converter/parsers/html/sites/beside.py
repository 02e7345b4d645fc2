"""What stands beside the chapters of a known site's page and is not named by the site's table: pages are saved again,
shortened and put together by people, and sites change their markup."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bs4.element import NavigableString, Tag

from converter.document.patterns import regex
from converter.parsers.html.boilerplate.main_part import elements_beside, main_part
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.bylines import BYLINE
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.naming import names_on_page
from converter.parsers.html.sites.tables import NoteRule, Site
from converter.parsers.tag_names import HEADINGS
from converter.recognisers.headings.forms import LONGEST_BARE_TITLE, SENTENCE_END
from converter.recognisers.lines.authors_notes import is_label, is_note
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import author_in
from converter.recognisers.metadata.tab_title import same_letters

OWNER = "beside the chapters"
NOTE_NAME = regex(
    r"(?:^|[\s_-])(?:author'?s?[-_]?notes?|(?:end|chapter|pre|post)?[-_]?notes?\d*)(?=$|[\s_-])", re.I, 2_000
)
ALL_HEADINGS = ", ".join(sorted(HEADINGS))
NOTE_BLOCKS = frozenset("p div blockquote section aside".split())
BYLINE_WORDS = LABEL_WORDS = 8


class ElementRole(NamedTuple):
    """What an element is: "body", "head" or "note" (by which rule)."""

    name: str
    rule: NoteRule | None = None


Roles = Mapping[int, ElementRole]


def roles_beside(page: Page, excluded: Exclusions, site: Site, roles: Roles, facts: Facts) -> dict[int, ElementRole]:
    """Roles for the headings and notes beside a site's chapters that its table does not name. The line that names the
    author is put among the facts where the table finds nobody, and it and the work's title are left out by name."""
    taken = [e for e in page.elements if id(e) in roles and not excluded.holds(e)]
    bodies = [e for e in taken if roles[id(e)].name == "body"]
    if not bodies or bodies[0] is page.body or site.divide:
        return {}
    found: dict[int, ElementRole] = {}
    free: list[Tag] = []
    for element in elements_beside(main_part(page, bodies), excluded, taken):
        note = _inside_wrappers(element)
        if (rule := _note_rule(element)) is not None:
            found[id(element)] = ElementRole("note", rule)
        elif note is not element and (rule := _note_rule(note)) is not None:
            found[id(note)] = ElementRole("note", rule)
        else:
            free.append(element)
    above = [e for e in free if place(e) < place(bodies[0])]
    _take_names(page, excluded, bodies[0], above, facts)
    if not site.start:
        heads = [e for e in taken if roles[id(e)].name == "head"]
        for head in _heads(free, bodies, heads, facts.text("title")):
            found[id(head)] = ElementRole("head")
    return found


def _inside_wrappers(element: Tag) -> Tag:
    """The element in which all words of this one stand."""
    while True:
        inner = [n for n in element.contents if isinstance(n, Tag) or (isinstance(n, NavigableString) and n.strip())]
        if len(inner) != 1 or not isinstance(inner[0], Tag):
            return element
        element = inner[0]


def _note_rule(element: Tag) -> NoteRule | None:
    """What kind of note an element is by its name, its heading or its first words; None for what is no note."""
    named = bool(NOTE_NAME.search(f"{attribute(element, 'class')} {attribute(element, 'id')}"))
    if element.name not in NOTE_BLOCKS:
        return None
    if not named and not (is_note(text := one_line(element)) and not is_label(text)):
        return None
    first = element.find(True)
    says = one_line(first) if isinstance(first, Tag) and first.name in ("p", "div") else ""
    short = len(says.split()) <= LABEL_WORDS and not SENTENCE_END.search(says) and says != one_line(element)
    labelled = bool(says) and (is_label(says) or (named and short))
    return NoteRule("", "note", "p:first-child, div:first-child" if labelled else ALL_HEADINGS)


def _heads(free: Sequence[Tag], bodies: Sequence[Tag], known: Sequence[Tag], title: str) -> Iterator[Tag]:
    """The nearest heading above each body, unless the table knows one there, or it only says the work's title."""
    starts = [place(b) for b in bodies]
    told = {bisect_left(starts, place(h)) for h in known}
    nearest: dict[int, Tag] = {}
    for element in free:
        gap = bisect_left(starts, place(element))
        head = _heading_in(element)
        if gap < len(bodies) and gap not in told and head is not None and not same_letters(one_line(head), title):
            nearest[gap] = head
    yield from nearest.values()


def _heading_in(element: Tag) -> Tag | None:
    """The heading that an element is, or holds and nothing else; None for a link, a byline, a note's label."""
    head = element if element.name in HEADINGS else element.find(list(HEADINGS))
    if not isinstance(head, Tag):
        return None
    text = one_line(head)
    if not any(map(str.isalnum, text)) or len(text) > LONGEST_BARE_TITLE or one_line(element) != text:
        return None
    link = head.find("a", href=True)
    linked = isinstance(link, Tag) and one_line(link) == text
    labels = is_label(text) or read_field(f"{text}:") is not None  # "Summary"
    return None if linked or labels or author_in(text) else head


def _take_names(page: Page, excluded: Exclusions, first: Tag, above: Sequence[Tag], facts: Facts) -> None:
    """The author's name, where the table found nobody; what stands above the first chapter and only says who wrote
    the work and what it is called is left out by that name."""
    if "people" not in facts.values:
        author = names_on_page(page, excluded, first, facts).author
        facts.add("people", (author,) if author else (), BYLINE)
    authors = facts.metadata().authors
    for element in above:
        text = one_line(element)
        name = author_in(text) if len(text.split()) <= BYLINE_WORDS else ""
        if (name and name in authors) or text in authors:
            excluded.add(element, "byline", OWNER)
        elif text and same_letters(text, facts.text("title")):
            excluded.add(element, "duplicate title", OWNER)
