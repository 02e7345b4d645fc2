"""Where a page stands in its work: links to the next, the previous and all the other chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bs4.element import Tag

from converter.document.contracts import Evidence, Parsed
from converter.document.errors import ListsOnly
from converter.document.findings.pages import PageContinues
from converter.document.model import Origin
from converter.document.words import book_text, text_size
from converter.parsers.continued import goes_on
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.overview import are_reviews, is_overview, only_summaries
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.addresses import names_chapter, page_path

CHAPTER_LINKS = 3  # links to chapters: fewer are neighbours
LINKS_LIMIT = 5_000
INDEX_WORDS = 1_500  # words of text on an index page: a summary, reviews
FEW_WORDS = 150  # words outside links on a page that is nothing but an index
BARE_WORDS = 40  # the same, where the links are chapters only by a number: news pages are full of those


class IndexPage(ListsOnly):
    """A page that lists a work's chapters, or other pages, and holds none; `index` is what it says about the work."""

    def __init__(
        self,
        name: str,
        index: Parsed,
        what: str = "the page lists chapters but holds none",
        remedy: str = "save the chapters too and convert all the files together",
    ) -> None:
        super().__init__(what, name, remedy)
        self.index = index


def named_neighbours(page: Page) -> list[Evidence]:
    """The pages that `rel=next` and `rel=prev` name."""
    evidence = []
    for topic, names in (("next", ("next",)), ("previous", ("prev", "previous"))):
        for element in (*page.index.by_name.get("link", ()), *page.index.by_name.get("a", ())):
            address = attribute(element, "href")
            if (
                address
                and not address.startswith("#")
                and any(n in attribute(element, "rel").lower().split() for n in names)
            ):
                evidence.append(
                    Evidence(topic, address, f"the page's link to the {topic} page", 1.0, page.origin(element))
                )
                break
    return evidence


def chapter_links(page: Page, language: str) -> dict[str, bool]:
    """The addresses of links that read like chapters, or whose address does, each once, in order; and of each whether
    a word says so, not only a number."""
    lex = lexicon(language or "en")
    links: dict[str, bool] = {}
    for link in page.index.by_name.get("a", ()):
        address = attribute(link, "href").strip()
        if len(links) < LINKS_LIMIT and (how := names_chapter(one_line(link), address, lex)):
            address = address.split("#")[0]
            links[address] = links.get(address, False) or how == "word"
    return links


def with_neighbours(
    page: Page, excluded: Exclusions, parsed: Parsed, address: str, words: int, roots: Sequence[Tag], chapter: str = ""
) -> Parsed:
    """`parsed`, of a page at this address, with its place in the work as evidence; `words`: of its book; `chapter`: the
    one that the page says it has.

    Raises IndexPage when the page only lists chapters.
    """
    more = named_neighbours(page)
    onward = next((e.found for e in (*parsed.evidence, *more) if e.topic == "next" and goes_on(address, e.found)), "")
    if onward:
        finding = PageContinues(onward, Origin(page.name, 1))
        parsed = replace(parsed, findings=(*parsed.findings, finding))
    if words <= INDEX_WORDS or are_reviews(roots):
        links = chapter_links(page, parsed.book.metadata.language)
        if len(links) >= CHAPTER_LINKS:
            why = f"{len(links)} links to chapters"
            more.append(Evidence("links", "\n".join(links), why, 0.8, Origin(page.name, 1), tuple(links)))
            parsed = replace(parsed, evidence=(*parsed.evidence, *more))
            if _is_index(page, excluded, parsed, links, roots, address, chapter):
                raise IndexPage(page.name, parsed)
            return parsed
    return replace(parsed, evidence=(*parsed.evidence, *more)) if more else parsed


def _is_index(
    page: Page,
    excluded: Exclusions,
    parsed: Parsed,
    links: dict[str, bool],
    roots: Sequence[Tag],
    address: str,
    chapter: str,
) -> bool:
    """Whether the page tells nothing but its list of chapters: it is the list, or the work's own page, where what it is
    about stands above the list and what readers say below it. A page that says which `chapter` it has is neither."""
    shown = [a for a in page.index.by_name.get("a", ()) if _shown(a, excluded, roots)]
    size = text_size(book_text(parsed.book)) - sum(text_size(one_line(a)) for a in shown)
    named = [address for address, is_named in links.items() if is_named]
    if only_summaries(page, parsed.book, links):
        return True
    if chapter and size >= BARE_WORDS:
        return False
    about = not chapter and is_overview(page, roots, page_path(address), named)
    if size >= FEW_WORDS and not (about and (size < INDEX_WORDS or are_reviews(roots))):
        return False
    if len(named) >= CHAPTER_LINKS:
        return _is_list(page, named)
    here = {attribute(a, "href").strip().split("#")[0] for a in shown}
    numbered = [address for address in links if address in here or size < BARE_WORDS]
    return len(numbered) >= CHAPTER_LINKS and _is_list(page, numbered)


def _shown(link: Tag, excluded: Exclusions, roots: Sequence[Tag]) -> bool:
    """Whether a link's words are in the story."""
    for parent in (link, *link.parents):
        if parent in excluded:
            return False
        if any(parent is r for r in roots):
            return True
    return False


def _is_list(page: Page, links: Sequence[str]) -> bool:
    """Whether the links stand in one list, table or run of lines, as a contents list does."""
    wanted = set(links)
    counts: dict[int, int] = {}
    for link in page.index.by_name.get("a", ()):
        if attribute(link, "href").split("#")[0] in wanted:
            for parent in list(link.parents)[:4]:
                counts[id(parent)] = counts.get(id(parent), 0) + 1
    return max(counts.values(), default=0) >= max(CHAPTER_LINKS, len(links) // 2)
