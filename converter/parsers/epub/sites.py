"""EPUBs that a known site or program gives away: their pages are those of the site, cut into documents, and are read
with its table."""

from __future__ import annotations

from collections.abc import Container, Sequence

from bs4.element import Tag

from converter.document.contracts import Evidence
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.parsers.epub.book_page import Document
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.extracted import Extracted
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.sites.adapter import apply_table, extract
from converter.parsers.html.sites.tables import SAID_WITHIN, Site, detect_site, known_sites

LOST_SHARE = 0.02  # of a book's letters: a table that leaves more of them unnamed doesn't fit this book


@dataclass(frozen=True, slots=True)
class ReadBySite:
    """What a site's table says of a book: what told the site, and the story's parts where the table finds them."""

    evidence: Evidence
    content: Extracted | None = None


def read_by_site(page: Page, documents: Sequence[Document], excluded: Exclusions, facts: Facts) -> ReadBySite | None:
    """Excludes what the table of the site that made a book names, and puts what it finds above what the package says;
    None for a book of no known site. Only tables with `epub = true` are asked: other sites' selectors were written for
    pages with menus, and say nothing of what stands in a book."""
    tables = [site for site in known_sites() if site.epub]
    known = detect_site(page.index, _beginning(documents), tables, only=True)
    if known is None:
        return None
    site, why = known
    own = Facts()
    apply_table(page, excluded, site, own)
    for name, value in own.values.items():
        facts.values[name] = value
        facts.sources[name] = own.sources.get(name, "")
    facts.extra.extend(own.extra)
    evidence = Evidence("site", site.name, why, 0.9, Origin(page.name, 1))
    content = None if site.divide else _parts(page, excluded, site, facts)
    return ReadBySite(evidence, content)


def _beginning(documents: Sequence[Document]) -> str:
    """The text in which a book says what made it: the beginnings of its first documents."""
    texts: list[str] = []
    room = SAID_WITHIN
    for document in documents:
        texts.append(document.text[:room])
        room -= len(texts[-1])
        if room <= 0:
            break
    return "".join(texts)


def _parts(page: Page, excluded: Exclusions, site: Site, facts: Facts) -> Extracted | None:
    """The story's parts by the table; None where it would leave out words that it doesn't name."""
    marked = len(excluded.rows)
    content = extract(page, excluded, site, facts)
    if content is None:
        return None
    taken: list[Tag] = []
    for part in content.parts:
        notes = (*part.before, *part.after)
        taken += (*part.bodies, *filter(None, (part.head, *(n.name for n in notes))), *(n.element for n in notes))
    whole = _letters(page.body, excluded.ids)
    rest = _letters(page.body, {*excluded.ids, *map(id, taken)})
    if rest <= LOST_SHARE * whole:
        return content
    for row in excluded.rows[marked:]:
        excluded.ids.pop(id(row.element), None)
    del excluded.rows[marked:]
    return None


def _letters(body: Tag, passed: Container[int]) -> int:
    return sum(map(str.isalnum, element_text(body, passed)))
