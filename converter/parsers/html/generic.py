"""A page of an unknown site: locate the story, walk it, divide it."""

from __future__ import annotations

from collections.abc import Sequence

from converter.contracts import Evidence, Omission, Parsed
from converter.model import Chapter
from converter.parsers.html.blocks import Walk
from converter.parsers.html.breaks import measure
from converter.parsers.html.chapters import divide
from converter.parsers.html.contents import mark_contents
from converter.parsers.html.facts import Facts
from converter.parsers.html.footnotes import find_notes
from converter.parsers.html.images import Images
from converter.parsers.html.items import Gap, Item
from converter.parsers.html.locate import locate
from converter.parsers.html.look import Look
from converter.parsers.html.page import Page, children
from converter.parsers.html.story import finish


def read_generic(
    page: Page, looks: dict[int, Look], facts: Facts, visible: str, evidence: Sequence[Evidence]
) -> Parsed:
    """The story of a page nobody described."""
    located = locate(page)
    roots = located.roots
    mark_contents(page, roots)
    notes = find_notes(page, roots)
    for _, targets in notes.values():
        for target in targets:
            page.dropped.setdefault(id(target), "")
    images = Images(page.assets)
    walk = Walk(page, looks, images, measure(roots, looks, page.dropped), notes, facts.text("language"))
    items: list[Item] = []
    for i, root in enumerate(roots):
        if i:
            items.append(Gap(9))
        items.extend(walk.items(children(root) if root is page.body else [root]))
    divided = divide(items, facts.text("language"), facts.text("title"), page.name)
    chapters: tuple[Chapter, ...] = divided.chapters
    facts.add("title", divided.title, "page, heading")
    facts.add("people", (divided.author,) if divided.author else (), "page, heading")
    omissions: tuple[Omission, ...] = divided.omissions
    return finish(
        page, facts, chapters, images, [*roots, *walk.note_roots], omissions, [*evidence, located.evidence], visible
    )
