"""A page of an unknown site: locate the story, walk it, divide it."""

from __future__ import annotations

from collections.abc import Sequence

from bs4.element import Tag

from converter.document.contracts import Evidence, Omission, Parsed
from converter.document.errors import NotAStory
from converter.parsers.html.boilerplate.contents import mark_contents
from converter.parsers.html.dom.page import Page, children, one_line
from converter.parsers.html.extraction.content import LANGUAGE_LETTERS, locate
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.listing import nothing_but_links, refuse_listing
from converter.parsers.html.flow.anchors import find_places
from converter.parsers.html.flow.elements import special_items
from converter.parsers.html.flow.images import Images
from converter.parsers.html.flow.items import Gap, Head, Item
from converter.parsers.html.flow.line_breaks import measure
from converter.parsers.html.flow.notes import find_notes
from converter.parsers.html.flow.walk import Walk
from converter.parsers.html.structure.assembly import finish
from converter.parsers.html.structure.chapters import divide
from converter.parsers.html.structure.header import take_header
from converter.parsers.html.structure.recurring_lines import take_stock
from converter.parsers.html.structure.typed_marks import emphasis_read
from converter.parsers.html.structure.watermarks import without_injected
from converter.parsers.html.style.computed import Look
from converter.recognisers.fields import Head as Fields
from converter.recognisers.language import detect_language


def read_generic(page: Page, looks: dict[int, Look], facts: Facts, evidence: Sequence[Evidence]) -> Parsed:
    """The story of a page nobody described. Raises NotAStory when it holds none, IndexPage when it only lists links."""
    located = locate(page)
    facts.add("people", (located.author,) if located.author else (), "page, posts")
    apart = located.posts and located.roots[0].name != "section"
    try:
        parsed = read_roots(page, located.roots, looks, facts, [*evidence, located.evidence], apart=apart, unknown=True)
    except NotAStory as error:
        raise nothing_but_links(page, error) from None
    if not located.posts:
        refuse_listing(page, parsed)
    return parsed


def read_roots(
    page: Page,
    roots: Sequence[Tag],
    looks: dict[int, Look],
    facts: Facts,
    evidence: Sequence[Evidence],
    *,
    apart: bool = False,
    unknown: bool = False,
) -> Parsed:
    """The story in these elements, whatever the site. `apart`: a scene break stands between one and the next.
    `unknown`: the page is of a site that nobody described: it may be an article, whose own lists stay in their place,
    and it may have lines of its own above, below and between the story's, and emphasis typed
    into it."""
    mark_contents(page, roots, inner=unknown)
    notes = {} if "footnotes" in page.without else find_notes(page, roots, sources=unknown)
    for _, targets in notes.values():
        for target in targets:
            page.dropped.setdefault(id(target), "")
    images = Images(page.assets)
    places = find_places(page, roots, notes)
    walk = Walk(
        page, special_items, looks, images, measure(roots, looks, page.dropped), notes, facts.text("language"), places
    )
    items: list[Item] = []
    for i, root in enumerate(roots):
        if i and apart and not isinstance(items[-1] if items else None, Head):
            items.append(Gap(9))
        items.extend(walk.items(children(root) if root is page.body else [root]))
    items.extend(walk.uncited())
    said_by_site: list[Omission] = []
    if unknown and "lines of a site" not in page.without:
        items, lines = take_stock(items, page)
        items, injected = without_injected(items, page)
        said_by_site = [*lines, *injected]
    titled = "a title page" not in page.without
    items, head, taken = take_header(items, page.name) if titled else (items, Fields(), [])
    said = Facts()
    said.take(head.metadata())
    said.values.update({k: v for k, v in facts.values.items() if k not in said.values})
    said.sources.update({k: v for k, v in facts.sources.items() if k not in said.sources})
    said.extra.extend(facts.extra)
    authors = said.metadata().authors
    language = said.text("language") or detect_language(" ".join(one_line(r)[:LANGUAGE_LETTERS] for r in roots[:3]))[0]
    divided = divide(items, language, said.text("title"), page.name, authors, titled=titled)
    if divided.title and said.sources.get("title", "").endswith(("page, title", "og:title")):
        said.values.pop("title")  # what stands over the story is surer than what stands in the browser's tab
    said.add("title", divided.title, "page, heading")
    said.add("subtitle", divided.subtitle, "page, heading")
    said.add("people", (divided.author,) if divided.author else (), "page, heading")
    shown = [*roots, *walk.note_roots]
    chapters, marks = emphasis_read(divided.chapters, page.name) if unknown else (divided.chapters, [])
    told = [*said_by_site, *taken, *divided.omissions]
    return finish(page, said, chapters, images, shown, told, [*evidence, *marks])
