"""The stages of a page, each a value made from those before it:

page -> styled -> annotated (what nobody sees is excluded) -> extracted -> flow (items) -> divided (chapters)
-> `Parsed`.

Only the table of exclusions goes from stage to stage: each adds to it, none takes away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.document.contracts import Evidence, Parsed, Parser
from converter.document.errors import NotAStory
from converter.document.findings.pages import SiteChanged
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.boilerplate.captions import exclude_repeated_captions
from converter.parsers.html.boilerplate.filler import exclude_filler
from converter.parsers.html.boilerplate.hidden import exclude_hidden
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.bylines import BYLINE
from converter.parsers.html.extraction.catalogue import refuse_catalogue
from converter.parsers.html.extraction.content import locate
from converter.parsers.html.extraction.extracted import Extracted, Part
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.listing import nothing_but_links, refuse_listing
from converter.parsers.html.extraction.naming import leads, names_on_page
from converter.parsers.html.extraction.own_language import in_own_language
from converter.parsers.html.extraction.page_head import head_facts
from converter.parsers.html.extraction.plain import plain_text_of, read_plain
from converter.parsers.html.extraction.refusal import refuse_page
from converter.parsers.html.extraction.work_data import work_facts
from converter.parsers.html.flow.parts import Flow, flow
from converter.parsers.html.sites.adapter import apply_table, extract
from converter.parsers.html.sites.tables import Site, detect_site
from converter.parsers.html.structure.assembly import assembled
from converter.parsers.html.structure.division import Division, divided
from converter.parsers.html.style.styles import computed_styles
from converter.parsers.switches import KNOWN_SITE

if TYPE_CHECKING:
    from converter.document.findings.union import Finding


@dataclass(frozen=True, slots=True)
class Request:
    """How a page is to be read. `keep_hidden`: what a browser would not show is text; `sites`: tables of a person's
    own; `without`: what is left alone (`parsers/switches.py`); `text`: reads a page that is one preformatted text,
    where there is a parser of texts."""

    keep_hidden: bool = False
    sites: tuple[Site, ...] = ()
    without: frozenset[str] = frozenset()
    text: Parser | None = None


@dataclass(frozen=True, slots=True)
class StyledPage:
    """A page with the computed style of each element that CSS says something about, by id(element)."""

    page: Page
    styles: Mapping[int, ComputedStyle]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A styled page of a known `site` (`why` tells which it is), or of none, without what no reader was to see."""

    styled: StyledPage
    excluded: Exclusions
    site: Site | None = None
    why: str = ""
    findings: tuple[Finding, ...] = ()


def styled(page: Page) -> StyledPage:
    """The page with its styles."""
    return StyledPage(page, computed_styles(page))


def annotated(made: StyledPage, markup: str, request: Request) -> Annotated:
    """The page with its site known and hidden text excluded. `markup` is how the page's text begins."""
    page = made.page
    known = None if KNOWN_SITE in request.without else detect_site(page.index, markup, request.sites)
    site, why = known or (None, "")
    excluded = without_controls(page)
    exclude_filler(page, excluded)
    exclude_repeated_captions(page, excluded)
    kept = [e for selector in (site.keep if site else ()) for e in page.index.select(selector)]
    findings = exclude_hidden(page, excluded, made.styles, request.keep_hidden, kept)
    return Annotated(made, excluded, site, why, tuple(findings))


def without_controls(page: Page) -> Exclusions:
    """A new table of exclusions, with what is a control for whoever reads the page."""
    excluded = Exclusions()
    for button in page.index.by_name.get("button", ()):
        excluded.add(button, "button", "controls")
    return excluded


def extracted(made: Annotated, facts: Facts) -> Extracted:
    """Where the story is: the site's table says it, or it is located. `facts`: those of the page's head.

    Raises NotAStory for a page that stands in a story's place.
    """
    page, site, excluded = made.styled.page, made.site, made.excluded
    facts = facts.copied()
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    if site is not None:
        findings = apply_table(page, excluded, site, facts)
        if site.locate:
            evidence = (Evidence("site", site.name, made.why, 0.9, Origin(page.name, 1)),)
        elif (by_table := extract(page, excluded, site, facts)) is not None:
            return replace(by_table, findings=findings)
        else:
            findings = (
                *findings,
                SiteChanged(site.name, site.key, Origin(page.name, 1)),
            )
    refuse_page(page, excluded, facts)
    refuse_catalogue(page, excluded)
    located = locate(page, excluded)
    if any(located.writers) and facts.sources.get("people") in (None, BYLINE):  # all who wrote a post have a byline
        facts.values.pop("people", None)
        facts.add("people", located.writers, "page, posts")
    named = names_on_page(page, excluded, located.roots[0], facts)
    named.tell(facts)
    roots = located.roots
    if (heading := named.heading) is not None:
        inside = any(p is roots[0] for p in heading.parents)
        apart = heading in excluded and (not inside or leads(roots[0], heading))
        if apart:
            excluded.move(heading, "name of the chapter")
        if apart or not inside:
            roots = (heading, *roots)
    return Extracted(
        (Part(roots),),
        facts,
        (*evidence, located.evidence),
        (*findings, *located.findings),
        apart=located.posts and located.roots[0].name != "section",
        posts=located.posts,
        chapter_headings=located.heads | frozenset((id(named.heading),) if named.heading is not None else ()),
    )


@dataclass(frozen=True, slots=True)
class FinalStages:
    """The last stages of a page together: what `Parsed` is made of."""

    extracted: Extracted
    flow: Flow
    division: Division


def final_stages(
    page: Page, excluded: Exclusions, styles: Mapping[int, ComputedStyle], content: Extracted, without: frozenset[str]
) -> FinalStages:
    """What was extracted as items and as chapters."""
    items = flow(page, excluded, styles, content, without)
    return FinalStages(content, items, divided(page, content, items, without))


def read_page(
    page: Page, markup: str, request: Request, facts: Facts, evidence: Sequence[Evidence], known: Sequence[Finding]
) -> Parsed:
    """A page -> `Parsed`. `markup`: how its text begins; `facts`: what its container says; `evidence` and `known`: what
    is known of its text.

    Raises NotAStory when it holds no story, IndexPage when it only lists links.
    """
    seen = annotated(styled(page), markup, request)
    facts = head_facts(page, work_facts(page, facts))
    if facts.address:
        address = Evidence("address", facts.address, "the page's own address", 1.0, Origin(page.name, 1))
        evidence = [*evidence, address]
    findings = (*page.findings, *known, *seen.findings)
    if request.text is not None and seen.site is None and (text := plain_text_of(page, seen.excluded)):
        refuse_page(page, seen.excluded, facts)
        return read_plain(page, seen.excluded, text, request.text, facts, evidence, findings)
    content = in_own_language(page, extracted(seen, facts), seen.excluded)
    if content.by == "site":
        return _assembled(seen, content, request, evidence, findings)
    try:
        parsed = _assembled(seen, content, request, evidence, findings)
    except NotAStory as error:
        raise nothing_but_links(page, seen.excluded, error) from None
    if not content.posts:
        refuse_listing(page, seen.excluded, parsed)
    return parsed


def _assembled(
    seen: Annotated,
    content: Extracted,
    request: Request,
    evidence: Sequence[Evidence],
    findings: Sequence[Finding],
) -> Parsed:
    page, excluded = seen.styled.page, seen.excluded
    made = final_stages(page, excluded, seen.styled.styles, content, request.without)
    evidence = (*evidence, *content.evidence)
    return assembled(page, excluded, made.flow, made.division, evidence, (*findings, *content.findings))
