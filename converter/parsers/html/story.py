"""From the walked page to `Parsed`: chapters, what was left out and why, in one value."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from bs4.element import NavigableString, Tag

from converter.contracts import Evidence, Omission, Parsed
from converter.errors import NotAStory
from converter.model import Book, Chapter, Resource
from converter.parsers.html.facts import Facts
from converter.parsers.html.images import Images
from converter.parsers.html.look import PLAIN, Look
from converter.parsers.html.neighbours import INDEX_WORDS, neighbours, with_neighbours
from converter.parsers.html.page import NOT_TEXT, UNSEEN, Page, children, element_text
from converter.parsers.html.stylesheet import page_stylesheet
from converter.walk import chapter_text


def page_looks(page: Page) -> dict[int, Look]:
    """The look of every element that CSS says something about, by id(element)."""
    sheet = page_stylesheet(page.index.by_name.get("style", ()))
    looks: dict[int, Look] = {}
    for element in page.elements:
        look = sheet.look(element)
        if look is not PLAIN and look != PLAIN:
            looks[id(element)] = look
    return looks


def left_out(page: Page, roots: Sequence[Tag], apart: set[int]) -> list[Omission]:
    """Every part of the page that is in no root, and every dropped part, as omissions in the page's order.

    Text inside a root that is not dropped is never listed here: if the walk loses it, the proof of words finds it.
    What is listed joins `apart`: two runs left out side by side are two omissions, not one word.
    """
    kept = {id(r) for r in roots}
    above: set[int] = set()
    for root in roots:
        for parent in root.parents:
            if id(parent) in above:
                break
            above.add(id(parent))
    found: list[Omission] = []
    stack: list[tuple[Tag | NavigableString, bool]] = [(page.body, False)]
    while stack:
        node, inside = stack.pop()
        if isinstance(node, NavigableString):
            if not inside and not isinstance(node, NOT_TEXT) and node.strip():
                found.append(Omission("outside the story", " ".join(node.split()), page.origin(node)))
                apart.add(id(node))
            continue
        if node.name in UNSEEN:
            continue
        key = id(node)
        if key in kept:
            inside = True
        rule = page.dropped.get(key)
        if rule == "" and key not in kept and key not in above:
            inside = True  # its words were taken elsewhere (a title, a note); what is dropped in it still counts
        elif rule and key not in kept:
            if key not in above:
                _list(page, node, rule, found, apart)
                continue
            inside = False  # a note in it is kept, what stands around the note is not
        if not inside and key not in above and node is not page.body:
            _list(page, node, "outside the story", found, apart)
            apart.add(key)
            continue
        stack.extend((c, inside) for c in reversed(children(node)))
    return found


def _shown(resources: Sequence[Resource], chapters: Sequence[Chapter]) -> tuple[Resource, ...]:
    """The pictures that are in the story; a divider that became a scene break is not."""
    if not resources:
        return ()
    used = set(re.findall(r"resource='([^']+)'", repr(chapters)))
    return tuple(r for r in resources if r.name in used)


def _words(book: Book) -> int:
    """The words of a book, counted no further than an index page has."""
    words = 0
    for _, chapter in book.walk():
        words += len(chapter_text(chapter).split())
        if words > INDEX_WORDS:
            break
    return words


def _list(page: Page, node: Tag, rule: str, found: list[Omission], apart: Set[int]) -> None:
    text = "\n".join(filter(None, (" ".join(line.split()) for line in element_text(node, apart=apart).split("\n"))))
    if text:
        found.append(Omission(rule, text, page.origin(node)))


def finish(
    page: Page,
    facts: Facts,
    chapters: Sequence[Chapter],
    images: Images,
    roots: Sequence[Tag],
    omissions: Sequence[Omission],
    evidence: Sequence[Evidence],
    before: str = "",
) -> Parsed:
    """All that was understood. `before` is text of the source that stands in front of the page's own.
    Raises NotAStory when no chapter has anything in it."""
    book = Book(facts.metadata(), tuple(chapters), _shown(images.resources, chapters))
    raised = (id(tag) for tag in page.index.by_name.get("sup", ()))  # a note's number is no part of the word before it
    apart = {*page.dropped, *map(id, roots), *raised}
    listed = [*left_out(page, roots, apart), *page.omissions, *omissions]
    visible = element_text(page.body, apart=apart)
    parsed = Parsed(
        book,
        f"{before}\n{visible}" if before else visible,
        (*page.diagnostics, *images.report()),
        tuple(listed),
        tuple(evidence),
    )
    parsed = with_neighbours(page, parsed, _words(book), neighbours(page), roots)
    if not any(c.blocks or c.children for c in chapters):
        raise NotAStory("no story was found on the page", page.name, "save the page that shows the story itself")
    return parsed
