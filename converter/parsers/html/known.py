"""A page of a known site, read by its table: facts, chapters with their notes, what is missing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bs4.element import Tag

from converter.document.contracts import Diagnostic, Evidence, Insertion, Omission, Parsed
from converter.document.errors import NotAStory
from converter.document.model import Aside, AsideKind, Chapter, Inlines, Text
from converter.document.walk import OBJECT, flat_text, plain_text
from converter.parsers.html.anchors import find_places
from converter.parsers.html.blocks import Walk
from converter.parsers.html.breaks import measure
from converter.parsers.html.chapters import chapter, divide
from converter.parsers.html.contents import mark_contents
from converter.parsers.html.facts import Facts
from converter.parsers.html.footnotes import find_notes
from converter.parsers.html.header import take_header
from converter.parsers.html.hooks import HOOKS
from converter.parsers.html.images import Images
from converter.parsers.html.injected import without_injected
from converter.parsers.html.items import Item
from converter.parsers.html.look import Look
from converter.parsers.html.page import UNSEEN, Page, attribute, element_text, one_line
from converter.parsers.html.sections import same_words
from converter.parsers.html.shapes import gaps_settled, settle
from converter.parsers.html.site_facts import (
    set_above,
    take_definitions,
    take_fields,
)
from converter.parsers.html.sites import Site
from converter.parsers.html.special import special_items
from converter.parsers.html.story import finish
from converter.parsers.html.tree import place
from converter.parsers.html.typed_marks import emphasis_read
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import lexicon


@dataclass(slots=True)
class Part:
    """One chapter under way: elements by their part in it."""

    head: Tag | None = None
    bodies: list[Tag] = field(default_factory=list)
    before: list[tuple[Tag, str, str]] = field(default_factory=list)  # element, kind, label selector
    after: list[tuple[Tag, str, str]] = field(default_factory=list)


def refuse(page: Page, sites: Sequence[Site]) -> None:
    """Raises NotAStory for a page on which a site says that there is no story."""
    for site in sites:
        for rule in site.refuse:
            for element in page.index.select(rule.select):
                if not rule.pattern or rule.pattern.search(one_line(element)):
                    raise NotAStory(rule.message, page.name, rule.remedy)


def read_known(
    page: Page, site: Site, looks: dict[int, Look], facts: Facts, evidence: Sequence[Evidence]
) -> Parsed | None:
    """The story by the site's table, or None when the table finds no text (the site has changed)."""
    own = prepare(page, site, facts)
    asides: dict[int, str] = {}
    parts = _parts(page, site, asides)
    bodies = [b for p in parts for b in p.bodies]
    if not any(c.isalnum() for b in bodies for c in element_text(b, page.dropped)):
        for part in parts:  # a heading that held all the words is no heading
            if part.head is not None and page.dropped.get(id(part.head)) == "":
                del page.dropped[id(part.head)]
        return None
    if site.divide:
        mark_contents(page, bodies)
    notes = {} if "footnotes" in page.without else find_notes(page, bodies)
    for _, targets in notes.values():
        for target in targets:
            page.dropped.setdefault(id(target), "")
    images = Images(page.assets)
    places = find_places(page, bodies, notes)
    walk = Walk(
        page, special_items, looks, images, measure(bodies, looks, page.dropped), notes, facts.text("language"), places
    )
    walk.asides = asides
    omissions: list[Omission] = []
    chapters: list[Chapter] = []
    roots: list[Tag] = []
    heads: list[str] = []
    for part in parts:
        chapters.extend(_chapters(walk, site, part, facts, roots, omissions, heads, alone=len(parts) == 1))
    if chapters and (rest := walk.uncited()):
        chapters[-1] = replace(chapters[-1], blocks=(*chapters[-1].blocks, *settle(rest, inner=True)))
    found = [*evidence, Evidence("site", site.name, f"read by the table {site.key!r}", 1.0, page.origin(page.body))]
    found.extend(_neighbours(page, site))
    _completeness(page, site, own, facts, len(chapters))
    typed = emphasis_read(chapters, page.name)
    found.extend(typed.evidence)
    return finish(
        page,
        facts,
        typed.chapters,
        images,
        [*roots, *walk.note_roots],
        omissions,
        found,
        [Insertion("a heading from the site's list of chapters", h) for h in heads if h],
    )


def prepare(page: Page, site: Site, facts: Facts) -> Facts:
    """Refuses the page if the site says so, drops the site's furniture, and reads its facts (they stand before
    others)."""
    refuse(page, [site])
    for rule, selectors in (("metadata", site.metadata), ("page furniture", site.drop)):
        for selector in selectors:
            for element in page.index.select(selector):
                page.drop(element, rule)
    own = Facts()
    take_fields(page, site, own)
    take_definitions(page, site, own)
    set_above(own, facts)
    if site.hosts and "publisher" not in own.values:
        facts.values.pop("publisher", None)
        facts.add("publisher", re.split(r" \(|, ", site.name)[0], "page, site")
    if site.hook in HOOKS:
        HOOKS[site.hook](page, facts)
    return own


# ---------------------------------------------------------------------------------------------------- chapters


class Role(NamedTuple):
    """What a site's table says an element is: "body", "head" or "note" (of which kind, named by which selector)."""

    name: str
    kind: str = ""
    label: str = ""


def _roles(page: Page, site: Site) -> dict[int, Role]:
    """The roles of elements, by id(element)."""
    roles = {id(e): Role("body") for e in page.index.select(site.body) if e.name not in UNSEEN}
    for rule in site.notes:
        for element in page.index.select(rule.select):
            roles.setdefault(id(element), Role("note", rule.kind, rule.label))
    around = {id(p) for e in page.elements if id(e) in roles for p in e.parents}
    for element in page.index.select(site.head):
        if id(element) not in around:  # what holds a chapter's text is not its heading
            roles.setdefault(id(element), Role("head"))
    return roles


def _parts(page: Page, site: Site, asides: dict[int, str]) -> list[Part]:
    """The chapters' elements, told in the page's order: a head, or a start, opens a new one. Notes inside a chapter's
    text are put in `asides`."""
    roles = _roles(page, site)
    starts = {id(e) for e in page.index.select(site.start)}
    parts = [Part()]
    inside: set[int] = set()
    gone: set[int] = set()
    for element in page.elements:
        key = id(element)
        if id(element.parent) in gone or key in page.dropped:
            gone.add(key)
            continue
        nested = id(element.parent) in inside
        if nested:
            inside.add(key)
        if key in starts and (parts[-1].bodies or parts[-1].head):
            parts.append(Part())
        role = roles.get(key)
        if role is None:
            continue
        if not nested:
            if _placed(parts, element, role, divides=not site.start):
                inside.add(key)
        elif role.name == "note":
            asides[key] = role.kind
        elif role.name == "head" and _is_own_head(parts[-1], element):
            if len(parts[-1].bodies) > 1:  # what stands before it is another chapter
                parts.append(Part(bodies=[parts[-1].bodies.pop()]))
            parts[-1].head = element
            page.dropped[key] = ""  # its words are the chapter's title
    return _settled(parts)


def _placed(parts: list[Part], element: Tag, role: Role, *, divides: bool) -> bool:
    """Puts an element in its part; whether what is inside it belongs to it. `divides`: a head begins a new part."""
    part = parts[-1]
    if role.name == "head":
        if part.head is None and not part.bodies:
            part.head = element
        elif part.bodies and divides:
            parts.append(Part(element))
        return False
    if role.name == "body":
        part.bodies.append(element)
        return True
    if not any(c.isalnum() for c in element_text(element)):
        return False
    (part.after if part.bodies else part.before).append((element, role.kind, role.label))
    return True


def _is_own_head(part: Part, element: Tag) -> bool:
    """Whether a heading inside a part's last body is what that begins with, and the part has none."""
    return bool(part.bodies) and not part.head and _opens(part.bodies[-1], element)


def _settled(parts: list[Part]) -> list[Part]:
    """The parts without a first or last one that has no text: what it held goes to its neighbour."""
    if len(parts) > 1 and not parts[0].bodies:
        parts[1].before[:0] = parts[0].before
        parts[1].head = parts[1].head or parts[0].head
        parts.pop(0)
    if len(parts) > 1 and not parts[-1].bodies:
        parts[-2].after.extend(parts[-1].before)
        parts.pop()
    return parts


def _opens(body: Tag, head: Tag) -> bool:
    """Whether a body's first words are those of the heading inside it."""
    words = one_line(head)
    return bool(words) and one_line(body).startswith(words)


def _chapters(
    walk: Walk,
    site: Site,
    part: Part,
    facts: Facts,
    roots: list[Tag],
    omissions: list[Omission],
    heads: list[str],
    *,
    alone: bool,
) -> list[Chapter]:
    page = walk.page
    lex = lexicon(facts.text("language") or "en")
    roots.extend(part.bodies)
    amid = [n for n in part.after if place(n[0]) < place(part.bodies[-1])] if part.bodies else []
    items = _with_notes(walk, part.bodies, amid, roots)
    listed = len(heads)
    items, injected = without_injected(items, page) if "lines of a site" not in page.without else (items, [])
    omissions.extend(injected)
    head, form = _head(walk, site, part, roots, heads, lex_language=facts.text("language"))
    title = facts.text("title")
    if head and alone and same_words(plain_text(head), title) and OBJECT not in flat_text(head):
        omissions.append(Omission("duplicate title", plain_text(head), page.origin(part.head)))
        head, form = (), None
    ahead = [n for n in part.before if head and part.head is not None and place(n[0]) < place(part.head)]
    front = _front_matter(walk, ahead, roots)
    if front and not (front[0].label or front[0].title):
        ahead, front = [], []  # a note without a name is no chapter
    before = [a for n in part.before if n not in ahead and (a := _note(walk, n, "note-before", roots)) is not None]
    after = [a for n in part.after if n not in amid and (a := _note(walk, n, "note-after", roots)) is not None]
    if site.divide and not head:
        items, fields, taken = take_header(items, page.name)
        omissions.extend(taken)
        said = Facts()
        said.take(fields.metadata())
        set_above(said, facts)
        title = facts.text("title")
        divided = divide([*before, *items, *after], facts.text("language"), title, page.name)
        omissions.extend(divided.omissions)
        facts.add("title", divided.title, "page, heading")
        facts.add("subtitle", divided.subtitle, "page, heading")
        facts.add("people", (divided.author,) if divided.author else (), "page, heading")
        return [*front, *divided.chapters]
    items = _without_repeated_head(
        gaps_settled(items), head, title, omissions, page, lex_language=facts.text("language")
    )
    del lex
    made = chapter(
        head, form, [*before, *items, *after], page.origin(part.head or (part.bodies[0] if part.bodies else None))
    )
    number = str(facts.values.get("chapter-number", ""))
    if alone and made.number is None and number.isdecimal():
        made = replace(made, number=int(number))
    if not made.blocks and len(heads) > listed:
        del heads[listed:]  # a heading that the page shows nowhere
    elif not made.blocks and head:
        omissions.append(Omission("heading without text", plain_text(head), page.origin(part.head)))
    return [*front, made] if made.blocks else front


def _with_notes(
    walk: Walk, bodies: Sequence[Tag], notes: Sequence[tuple[Tag, str, str]], roots: list[Tag]
) -> list[Item]:
    """What stands in a part's bodies, with the notes between them in their places."""
    known = {id(n[0]): n for n in notes}
    items: list[Item] = []
    for element in sorted((*bodies, *(n[0] for n in notes)), key=place):
        if id(element) not in known:
            items.extend(walk.items([element]))
        elif (made := _note(walk, known[id(element)], "note-after", roots)) is not None:
            items.append(made)
    return items


def _front_matter(walk: Walk, notes: Sequence[tuple[Tag, str, str]], roots: list[Tag]) -> list[Chapter]:
    """The work's own notes, which stand before the heading of its first chapter, as a chapter named after them."""
    made = [a for n in notes if (a := _note(walk, n, "note-before", roots)) is not None]
    if not made:
        return []
    first = replace(made[0], title=())
    return [Chapter((first, *made[1:]), (), made[0].title, "preface", None, (), made[0].origin)]


def _head(
    walk: Walk, site: Site, part: Part, roots: list[Tag], heads: list[str], *, lex_language: str
) -> tuple[Inlines, Form | None]:
    if part.head is None or any(walk.page.dropped.get(id(e)) == "hidden" for e in (part.head, *part.head.parents)):
        return (), None
    above = itertools.takewhile(lambda p: p is not walk.page.body, part.head.parents)
    unseen = part.head.name in UNSEEN or any(p.name in UNSEEN for p in above)
    if unseen or site.head_pattern:
        told = part.head.get_text(" ") if unseen else element_text(part.head, walk.page.dropped)
        text = " ".join(told.split())
        found = site.head_pattern.search(text) if site.head_pattern else None
        if found:
            text = (found[1] if found.re.groups else found[0]) or ""
        head: Inlines = (Text(text),) if text else ()
        if unseen:
            heads.append(text)
        elif text:
            roots.append(part.head)
            cut = " ".join(told.split()).partition(text)
            for rest in (cut[0], cut[2]) if found else ():
                if rest:
                    walk.page.omissions.append(Omission("heading", rest, walk.page.origin(part.head)))
    else:
        head = walk.inline(part.head)
        roots.append(part.head)
    text = " ".join(plain_text(head).split())
    return head, read_form(text, lexicon(lex_language or "en"))


def _note(walk: Walk, note: tuple[Tag, str, str], place: AsideKind, roots: list[Tag]) -> Aside | None:
    element, kind, label = note
    page = walk.page
    named: Tag | None = None
    if label == "previous":
        before = element.find_previous_sibling()
        if (
            isinstance(before, Tag)
            and before.name in ("p", "h2", "h3", "h4", "div")
            and len(one_line(before).split()) <= 8
        ):
            named = before
    elif label:
        named = next(iter(page.index.select(label, element)), None)
        if named is not None and not one_line(element).startswith(one_line(named)):
            named = None  # words stand before it
    title: Inlines = ()
    if named is not None:
        text = one_line(named)
        title = (Text(text.rstrip(": ")),) if text else ()
        page.dropped.setdefault(id(named), "")
    roots.append(element)
    page.dropped.pop(id(element), None)
    inner = walk.blocks([element])
    while len(inner) == 1 and (unwrapped := getattr(inner[0], "blocks", None)) and not getattr(inner[0], "title", ()):
        inner = unwrapped
    if not inner:
        if named is not None:
            page.dropped[id(named)] = "heading without text"
        return None
    return Aside(
        inner, "summary" if kind == "summary" else place if kind == "note" else "box", title, page.origin(element)
    )


def _without_repeated_head(
    items: list[Item], head: Inlines, title: str, omissions: list[Omission], page: Page, *, lex_language: str
) -> list[Item]:
    """The items without a first line that says the chapter's or the work's title once more."""
    from converter.document.model import Origin, Paragraph
    from converter.parsers.html.inlines import joined
    from converter.parsers.html.items import Head

    for i, item in enumerate(items[:2]):
        if isinstance(item, Head):
            text = flat_text(joined(item.lines))
        elif isinstance(item, Paragraph):
            text = flat_text(item.content)
        else:
            break
        form = read_form(" ".join(text.split()), lexicon(lex_language or "en")) if head else None
        names = [plain_text(head), title]
        if head and (bare := re.sub(r"^.*?[:.–—-]\s+", "", plain_text(head))):
            names.append(bare)
        said = [text, form.title] if form is not None and form.shape == "division" and form.title else [text]
        if len(text) <= 200 and OBJECT not in text and any(n and same_words(t, n) for n in names for t in said):
            omissions.append(Omission("duplicate title", text, item.origin or Origin(page.name, 1)))
            return [*items[:i], *items[i + 1 :]]
    return items


# --------------------------------------------------------------------------------------- what else there should be


def _neighbours(page: Page, site: Site) -> list[Evidence]:
    found = []
    for topic, selector in (("next", site.next), ("previous", site.previous), ("index", site.index)):
        for element in page.index.select(selector):
            address = attribute(element, "href")
            if address and not address.startswith("#"):
                found.append(
                    Evidence(topic, address, f"the page's link to the {topic} page", 1.0, page.origin(element))
                )
                break
    return found


def _completeness(page: Page, site: Site, own: Facts, facts: Facts, chapters: int) -> None:
    options = page.index.select(site.parts)
    total = len({attribute(o, "value") or one_line(o) for o in options})
    count = str(own.values.get("chapter-count", ""))
    if not total and count.isdigit():
        total = int(count)
    if total > chapters and chapters:
        number = own.values.get("chapter-number") or next(
            (str(i) for i, o in enumerate(options, 1) if "selected" in o.attrs), ""
        )
        which = f"chapter {number} of {total}" if number and chapters == 1 else f"{chapters} of {total} chapters"
        message = f"the page holds {which}; save the others too and convert them together"
        page.diagnostics.append(Diagnostic("story-part", message, page.origin(page.body), "warning", whole=total))
    told = facts.text("chapters")
    if told.endswith("/?"):
        facts.add("status", "In progress", "page, chapters")
        page.diagnostics.append(
            Diagnostic("story-unfinished", f"the story is unfinished: {told} chapters", page.origin(page.body), "info")
        )
    elif re.fullmatch(r"(\d+)/(\d+)", told):
        have, planned = map(int, told.split("/"))
        facts.add("status", "Complete" if have >= planned else "In progress", "page, chapters")
