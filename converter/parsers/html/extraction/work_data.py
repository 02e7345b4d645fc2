"""What a page's own data say of the work that its chapter belongs to: `og:novel`, JSON-LD, microdata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bs4.element import Tag

from converter.parsers.html.dom.metas import meta_contents
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.bylines import is_name
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.json_ld import WORKS, json_items, json_kinds, json_works, names_in
from converter.parsers.html.extraction.page_head import page_address, site_name

WORK = "page, work"  # the source of a title that is said to be a work's
CHAPTER = "chapter-title"  # what the data call the chapter, among the facts
NOVEL_NAMES = ("og:novel:novel_name", "og:novel:book_name", "og:novel:title")
LONGEST = 200  # characters of a name
NameOf = Callable[[str], tuple[str, ...]]  # a text, if it may be a person's name


def work_facts(page: Page, known: Facts) -> Facts:
    """What is `known`, and what the data of a page say of its work; they are asked before its titles."""
    facts = known.copied()
    site, address = site_name(page), page_address(page)

    def name(text: str) -> tuple[str, ...]:
        return (text,) if is_name(text, site, address) else ()

    _novel(meta_contents(page), facts, name)
    for item in json_works(page):
        if kind(item) == "chapter" or any(k in ("book", "novel") for k in map(kind, _wholes(item))):
            _chapter(item, facts, name)
    _microdata(page, facts, name)
    return facts


def _novel(metas: Mapping[str, str], facts: Facts, name: NameOf) -> None:
    facts.add("title", next((metas[key] for key in NOVEL_NAMES if metas.get(key)), ""), WORK)
    facts.add("people", name(metas.get("og:novel:author", "")), "page, meta og:novel:author")
    facts.add("status", metas.get("og:novel:status", ""), "page, meta og:novel:status")
    _name_chapter(facts, metas.get("og:novel:chapter_name", ""))


def _name_chapter(facts: Facts, name: str) -> None:
    if name.strip():
        facts.values.setdefault(CHAPTER, " ".join(name.split())[:LONGEST])


def kind(item: Mapping[str, Any]) -> str:
    """What an item of JSON-LD is, in small letters."""
    kinds = item.get("@type", "")
    return str(kinds[0] if isinstance(kinds, list) and kinds else kinds).lower()


def is_sold(page: Page) -> bool:
    """Whether a page's data are about something with a price, and about no text that the page has."""
    items = list(json_items(page))
    texts = WORKS - {"book", "webpage"}
    return any("product" in json_kinds(i) and i.get("offers") for i in items) and not any(
        kind in texts for item in items for kind in json_kinds(item)
    )


def _wholes(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What an item is a part of."""
    whole = item.get("isPartOf")
    for one in whole if isinstance(whole, list) else [whole]:
        if isinstance(one, dict):
            yield one


def _chapter(item: Mapping[str, Any], facts: Facts, name: NameOf) -> None:
    """A chapter that says which work it is a part of."""
    named = next((w for w in _wholes(item) if isinstance(w.get("name"), str)), None)
    if named is None:
        return
    facts.add("title", str(named["name"])[:LONGEST], WORK)
    for holder in (named, item):
        people = (p for author in names_in(holder.get("author")) for p in name(author))
        facts.add("people", tuple(people), f"page, JSON-LD {kind(holder)}")
    title = item.get("name") or item.get("headline")
    if isinstance(title, str):
        _name_chapter(facts, title)


def _microdata(page: Page, facts: Facts, name: NameOf) -> None:
    """A book in microdata, and the one chapter that the page has of it."""
    scopes = [e for e in page.index.select("[itemtype]") if "schema.org" in attribute(e, "itemtype")]
    books = [e for e in scopes if attribute(e, "itemtype").rstrip("/").endswith("/Book")]
    if len(books) != 1:
        return
    facts.add("title", _said(_props(books[0], "name")), WORK)
    author = next(iter(_props(books[0], "author")), None)
    if author is not None:
        facts.add("people", name(_said(author.select("[itemprop=name]")) or one_line(author)), "page, microdata")
    chapters = [e for e in scopes if attribute(e, "itemtype").rstrip("/").endswith("/Chapter")]
    if len(chapters) == 1:
        _name_chapter(facts, _said(_props(chapters[0], "name")))


def _props(scope: Tag, name: str) -> list[Tag]:
    """The elements that are a property of this thing, and of none inside it."""
    found = scope.select(f"[itemprop={name}]")
    return [e for e in found if next((p for p in e.parents if "itemtype" in p.attrs), None) is scope]


def _said(elements: Iterable[Tag]) -> str:
    """What the first of the elements says."""
    element = next(iter(elements), None)
    if element is None:
        return ""
    return (attribute(element, "content") or one_line(element))[:LONGEST]
