"""A known site's table applied to a page: what it excludes, what it says of the work, which elements are the story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4.element import Tag

from converter.document.contracts import Evidence
from converter.document.errors import ListsOnly, NotAStory
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import UNSEEN, element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.extracted import Extracted, Part, PartNote
from converter.parsers.html.extraction.facts import Facts, set_above
from converter.parsers.html.sites.beside import ElementRole, Roles, roles_beside
from converter.parsers.html.sites.facts import take_definitions, take_fields
from converter.parsers.html.sites.hooks import HOOKS
from converter.parsers.html.sites.tables import Site
from converter.parsers.html.sites.threads import heads_of_turns

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

LABEL_WORDS = 8  # of the line before a note that names it
LABELS = frozenset("p h2 h3 h4 div".split())


def refuse(page: Page, site: Site) -> None:
    """Raises NotAStory for a page on which the site says that there is no story."""
    for rule in site.refuse:
        for element in page.index.select(rule.select):
            if not rule.pattern or rule.pattern.search(one_line(element)):
                raise (ListsOnly if rule.lists else NotAStory)(rule.message, page.name, rule.remedy)


def apply_table(page: Page, excluded: Exclusions, site: Site, facts: Facts) -> tuple[Finding, ...]:
    """Excludes what the table names, and puts the facts that it finds above those of the page's head. Returns what
    is to be told.

    Raises NotAStory where the site says that the page holds no story.
    """
    refuse(page, site)
    for rule, key, selectors in (("metadata", "metadata", site.metadata), ("page furniture", "drop", site.drop)):
        for selector in selectors:
            for element in page.index.select(selector):
                excluded.add(element, rule, f"{site.key}: {key} {selector}")
    own = Facts()
    take_fields(page, excluded, site, own)
    take_definitions(page, site, own)
    set_above(own, facts)
    if site.hosts and "publisher" not in own.values:
        facts.values.pop("publisher", None)
        facts.add("publisher", re.split(r" \(|, ", site.name)[0], "page, site")
    return (HOOKS[site.hook](page, excluded, facts) if site.hook in HOOKS else None) or ()


def extract(page: Page, excluded: Exclusions, site: Site, facts: Facts) -> Extracted | None:
    """The story by the site's table, after `apply_table`; None when it finds no text: the site has changed."""
    roles = _roles(page, site)
    roles = {**roles_beside(page, excluded, site, roles, facts), **roles}
    stretches = _Stretches(page, excluded, site)
    stretches.read(roles, heads_of_turns(page, site))
    heads = {id(head) for head in stretches.inner_heads}
    bodies = [body for one in stretches.made for body in one.bodies]
    if not any(c.isalnum() for b in bodies for c in element_text(b, {*excluded.ids, *heads})):
        return None
    for head in stretches.inner_heads:
        excluded.move(head, f"{site.key}: chapters.head {site.head}")
    options = page.index.select(site.parts)
    listed = len({attribute(o, "value") or one_line(o) for o in options})
    selected = next((str(i) for i, o in enumerate(options, 1) if "selected" in o.attrs), "")
    found_by = Evidence("site", site.name, f"read by the table {site.key!r}", 1.0, page.origin(page.body))
    return Extracted(
        tuple(one.part() for one in stretches.made),
        facts,
        (found_by, *_neighbours(page, site)),
        by="site",
        divides=site.divide,
        asides=stretches.asides,
        listed=listed,
        selected=selected,
        head_pattern=site.head_pattern,
    )


def _neighbours(page: Page, site: Site) -> list[Evidence]:
    """The pages before and after this one, and the one that lists all."""
    evidence: list[Evidence] = []
    for topic, selector in (("next", site.next), ("previous", site.previous), ("index", site.index)):
        for element in page.index.select(selector):
            address = attribute(element, "href")
            if address and not address.startswith("#"):
                why = f"the page's link to the {topic} page"
                evidence.append(Evidence(topic, address, why, 1.0, page.origin(element)))
                break
    return evidence


# ------------------------------------------------------------------------------------------------------- chapters


@dataclass(slots=True)
class _OpenPart:
    """A part under way."""

    head: Tag | None = None
    bodies: list[Tag] = field(default_factory=list)
    before: list[PartNote] = field(default_factory=list)
    after: list[PartNote] = field(default_factory=list)

    def part(self) -> Part:
        return Part(tuple(self.bodies), self.head, tuple(self.before), tuple(self.after))


class _Stretches:
    """The chapters' elements in the page's order: a head, or a start, opens a new part."""

    def __init__(self, page: Page, excluded: Exclusions, site: Site) -> None:
        self.page, self.excluded, self.site = page, excluded, site
        self.made = [_OpenPart()]
        self.asides: dict[int, str] = {}  # notes inside a chapter's text, by id
        self.inner_heads: list[Tag] = []  # headings inside a body: their words are the chapter's title

    def read(self, roles: Roles, turns: Mapping[int, Tag]) -> None:
        """Goes through the page once. `turns`: what heads a part, by the id of the element that starts it."""
        starts = {id(e) for e in self.page.index.select(self.site.start)}
        inside: set[int] = set()
        gone: set[int] = set()
        for element in self.page.elements:
            key = id(element)
            if id(element.parent) in gone or element in self.excluded:
                gone.add(key)
                continue
            nested = id(element.parent) in inside
            if nested:
                inside.add(key)
            if key in starts and (self.made[-1].bodies or self.made[-1].head):
                self.made.append(_OpenPart())
            if key in turns:
                self.made[-1].head = turns[key]
            role = roles.get(key)
            if role is None:
                continue
            if nested:
                self._nested(element, role, gone)
            elif self._placed(element, role):
                inside.add(key)
        self._settle()

    def _nested(self, element: Tag, role: ElementRole, gone: set[int]) -> None:
        """Takes up a note or a heading inside a body."""
        last = self.made[-1]
        if role.rule is not None:
            self.asides[id(element)] = role.rule.kind
        elif role.name == "head" and last.bodies and not last.head and _opens(last.bodies[-1], element):
            if len(last.bodies) > 1:  # what stands before it is another chapter
                self.made.append(_OpenPart(bodies=[last.bodies.pop()]))
            self.made[-1].head = element
            self.inner_heads.append(element)
            gone.add(id(element))

    def _placed(self, element: Tag, role: ElementRole) -> bool:
        """Puts an element in its part; whether what is inside it belongs to it."""
        part = self.made[-1]
        if role.name == "head":
            if part.head is None and not part.bodies:
                part.head = element
            elif part.bodies and not self.site.start:  # a head begins a new part
                self.made.append(_OpenPart(element))
            return False
        if role.rule is None:
            part.bodies.append(element)
            return True
        if not any(c.isalnum() for c in element_text(element)):
            return False
        note = PartNote(element, role.rule.kind, _named_by(self.page, element, role.rule.label))
        (part.after if part.bodies else part.before).append(note)
        return True

    def _settle(self) -> None:
        """Does away with a first or last part that has no text: what it held goes to its neighbour."""
        made = self.made
        if len(made) > 1 and not made[0].bodies:
            made[1].before[:0] = made[0].before
            made[1].head = made[1].head or made[0].head
            made.pop(0)
        if len(made) > 1 and not made[-1].bodies:
            made[-2].after.extend(made[-1].before)
            made.pop()


def _roles(page: Page, site: Site) -> Roles:
    """The roles of elements, by their ids."""
    roles = {id(e): ElementRole("body") for e in page.index.select(site.body) if e.name not in UNSEEN}
    for rule in site.notes:
        for element in page.index.select(rule.select):
            roles.setdefault(id(element), ElementRole("note", rule))
    around = {id(p) for e in page.elements if id(e) in roles for p in e.parents}
    for element in page.index.select(site.head):
        if id(element) not in around:  # what holds a chapter's text is not its heading
            roles.setdefault(id(element), ElementRole("head"))
    return roles


def _named_by(page: Page, note: Tag, label: str) -> Tag | None:
    """The element that says what a note is: the one before it, or the first that the selector finds inside it."""
    if label == "previous":
        before = note.find_previous_sibling()
        short = isinstance(before, Tag) and before.name in LABELS and len(one_line(before).split()) <= LABEL_WORDS
        return before if short and isinstance(before, Tag) else None
    named: Sequence[Tag] = page.index.select(label, note) if label else ()
    # else words stand before it
    return named[0] if named and one_line(note).startswith(one_line(named[0])) else None


def _opens(body: Tag, head: Tag) -> bool:
    """Whether a body's first words are those of the heading inside it."""
    words = one_line(head)
    return bool(words) and one_line(body).startswith(words)
