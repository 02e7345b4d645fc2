"""What a page says about its story in its head: JSON-LD, OpenGraph, Dublin Core, `<title>`; each fact with its
source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from converter.document.patterns import regex
from converter.parsers.html.dom.metas import meta_contents, page_language
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.bylines import BYLINE, is_name, names_in_byline, title_by_author
from converter.parsers.html.extraction.facts import DESCRIPTION_LIMIT, Facts, cut_off, iso_date
from converter.parsers.html.extraction.json_ld import json_facts, json_works
from converter.recognisers.lines.ways import names_home
from converter.recognisers.metadata.names import clean_name, is_noted_person
from converter.recognisers.metadata.resolution import NOTED
from converter.recognisers.metadata.tab_title import alone_before_sign, clean_title, parting

FRONTS = ("/", "./", "index.html", "/index.html", "index.php", "/index.php")
HOST = regex(r"https?://[^/]+", re.I, 2_000)
AUTHOR_METAS = (
    "author article:author dc.creator dcterms.creator book:author books:author twitter:creator sailthru.author "
    "parsely-author"
).split()
PUBLISHED_METAS = (
    "article:published_time datepublished dc.date dcterms.date date dc.date.issued og:published_time parsely-pub-date"
).split()
UPDATED_METAS = "article:modified_time og:updated_time datemodified lastmod".split()
NOTED_AUTHOR = regex(r"<o:Author>([^<>]{2,100})</o:Author>")  # where Word saves a document as a page
LONGEST_HEAD = 20_000  # characters in which it does
DESCRIPTION_METAS = "dc.description og:description description twitter:description".split()


def head_facts(page: Page, known: Facts) -> Facts:
    """What is `known`, and what the page's head says. Order of trust: JSON-LD, OpenGraph and `meta`, then `<title>`
    cleaned of the site's name."""
    facts = known.copied()
    metas = meta_contents(page)
    publisher = _publisher(metas)
    site = site_name(page)
    facts.address = facts.address or page.address
    address = page_address(page)
    if address.startswith(("http://", "https://")):
        facts.address = facts.address or address
        facts.add("source", address.split("#")[0], "page, address")
    alone = [metas.get("og:title", ""), *(one_line(h) for h in page.index.select("h1"))]
    for item in json_works(page):
        json_facts(item, facts, site)
    if facts.sources.get("title", "").startswith("page, JSON-LD"):
        facts.values["title"] = alone_before_sign(facts.text("title"), alone)
    if (both := title_by_author(page, metas.get("og:title", ""))) is not None:
        facts.add("title", both[0], "page, og:title")
        facts.add("people", (both[1],), "page, og:title")
    facts.add(
        "title",
        clean_title(metas.get("og:title", "") or metas.get("twitter:title", ""), site, address, _headings(page)),
        "page, og:title",
    )
    facts.add(
        "title",
        clean_title(metas.get("dc.title", "") or metas.get("dcterms.title", ""), site, address, []),
        "page, meta",
    )
    _tab_title(page, facts, site, address)
    _people_dates_and_description(page, metas, facts, site)
    facts.add("language", page_language(page), "page, lang")
    facts.add("publisher", metas.get("dc.publisher", "") or publisher, "page, meta")
    facts.add("rights", metas.get("dc.rights", "") or metas.get("copyright", ""), "page, meta")
    return facts


def _people_dates_and_description(page: Page, metas: Mapping[str, str], facts: Facts, site: str) -> None:
    """Adds what the first `meta` of each kind says, and the page's own byline."""
    for name in AUTHOR_METAS:
        if is_name(metas.get(name, ""), site, facts.address):
            facts.add("people", (metas[name].lstrip("@"),), f"page, meta {name}")
    facts.add("people", tuple(names_in_byline(page, site, facts.address)), BYLINE)
    noted = NOTED_AUTHOR.search(page.texts[0].text, 0, LONGEST_HEAD) if page.texts else None
    if noted and is_noted_person(author := unescape(noted[1]).strip()):
        facts.add("people", (clean_name(author),), NOTED)
    for fact, names in (("published", PUBLISHED_METAS), ("updated", UPDATED_METAS)):
        for name in names:
            facts.add(fact, iso_date(metas.get(name, "")), f"page, meta {name}")
    for name in DESCRIPTION_METAS:
        if metas.get(name) and not cut_off(metas[name]):
            facts.add("description", metas[name][:DESCRIPTION_LIMIT], f"page, meta {name}")


def page_address(page: Page) -> str:
    """Where the page says that it stands, or its container: the first whole address; else the first; ""."""
    metas = meta_contents(page)
    told = (page.address, _canonical(page), metas.get("og:url", ""), metas.get("twitter:url", ""))
    whole = (a for a in told if a.startswith(("http://", "https://")))
    return next(whole, "") or next((a for a in told if a), "")


def _canonical(page: Page) -> str:
    for link in page.index.by_name.get("link", ()):
        if "canonical" in attribute(link, "rel").lower():
            address = attribute(link, "href")
            return f"https:{address}" if address.startswith("//") else address
    return ""


def _headings(page: Page) -> list[str]:
    headings = [one_line(h) for h in page.index.select("h1, h2")[:8]]
    return [h for h in headings if 0 < len(h) <= 200]


def _publisher(metas: Mapping[str, str]) -> str:
    return next((metas[n] for n in ("og:site_name", "application-name", "publisher") if metas.get(n)), "")


def site_name(page: Page) -> str:
    """The site's name as the page's head says it, or its own link to the front page."""
    metas = meta_contents(page)
    publisher = _publisher(metas)
    if publisher and not (parting(publisher).search(publisher) and metas.get("og:title", "").startswith(publisher)):
        return publisher
    home = HOST.match(page_address(page))
    fronts = (*FRONTS, *((home[0], f"{home[0]}/") if home else ()))
    for link in page.index.by_name.get("a", ()):
        if attribute(link, "href").strip() in fronts:
            name = one_line(link)
            if name and len(name) <= 60 and not names_home(name):
                return name
    return ""


def _tab_title(page: Page, facts: Facts, site: str, address: str) -> None:
    """Adds what stands in the browser's tab."""
    title = page.soup.title
    if title is None:
        return
    text = one_line(title) or title.get_text(" ")
    if (both := title_by_author(page, text)) is not None:
        facts.add("title", both[0], "page, title")
        facts.add("people", (both[1],), "page, title")
    facts.add("title", clean_title(text, site, address, _headings(page)), "page, title")
