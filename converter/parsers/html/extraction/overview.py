"""A work's own page: what it is about, its chapters as links, what readers say of it; and none of the chapters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from bs4.element import Tag

from converter.document.model import Book
from converter.document.patterns import regex
from converter.document.words import chapter_name, chapter_text, text_size
from converter.parsers.html.dom.metas import meta_contents
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.metadata.addresses import page_path
from converter.recognisers.metadata.tab_title import letters_of

LISTED = 3  # chapters under headings of their own: fewer are no list
SUMMARY_WORDS = 80  # under such a heading: a chapter has more
SUMMARIES = 1_500  # words that stand beside such headings, at most
OVERVIEW_LINKS = 5  # links to chapters below a work's own page
REVIEWS = regex(r"(?:^|[\W_])reviews?(?:$|[\W_])", re.I, 2_000)
SUMMARY = regex(r"(?:^|[\W_])(?:synopsis|summary|description|desc|blurb|intro)(?:$|[\W_])", re.I, 2_000)
CALLED_LEVELS = 3  # elements around the text that may be called so
BOOKS = ("book", "books.book", "novel")  # `og:type` of such a page, though chapters may have it, too
WORK_LETTERS = 8  # of the name of a work in addresses: "the-ferry"
WORK_SEGMENTS = 2  # of the path of such a page: "/fiction/the-ox"


def is_overview(page: Page, roots: Sequence[Tag], own: str, named: Sequence[str]) -> bool:
    """Whether a page whose path is `own`, with links to chapters that are `named` by a word, is the work's own."""
    return _is_above(own, named) or (len(named) >= OVERVIEW_LINKS and _says_book(page, roots))


def are_reviews(roots: Sequence[Tag]) -> bool:
    """Whether what was taken for a story is called what readers say of one."""
    return _called(REVIEWS, roots)


def _called(name: re.Pattern[str], roots: Sequence[Tag]) -> bool:
    """Whether what was taken for a story, or what is around it, is called so: what readers say of one, a summary."""
    around = [e for root in roots for e in (root, *itertools.islice(root.parents, CALLED_LEVELS)) if e.name != "body"]
    return any(name.search(f"{attribute(e, 'class')} {attribute(e, 'id')}") for e in around)


def _says_book(page: Page, roots: Sequence[Tag]) -> bool:
    """Whether a page says that it is about a book, by its kind or by what the text on it is called."""
    return meta_contents(page).get("og:type", "").lower() in BOOKS or _called(SUMMARY, roots)


def _is_above(own: str, links: Sequence[str]) -> bool:
    """Whether a page's own address is the beginning of most of these links' addresses, or its name a part of them: it
    is the work's own page."""
    name = own.rpartition("/")[2]
    named = f"/{name}/" if "-" in name and len(name) >= WORK_LETTERS else f"{own}/"
    below = sum(path.startswith(f"{own}/") or named in path for path in map(page_path, links))
    return own.count("/") >= WORK_SEGMENTS and below >= max(OVERVIEW_LINKS, len(links) // 2)


def only_summaries(page: Page, book: Book, links: Mapping[str, bool]) -> bool:
    """Whether every chapter is a heading that leads to the chapter itself, with a few words under it (one may be the
    work's own); or most are headings with nothing under them, over the links that were there."""
    chapters = [c for _, c in book.walk()]
    headed = [c for c in chapters if c.label or c.title]
    if min(len(links), len(headed)) < LISTED:
        return False
    if 2 * sum(not c.blocks for c in headed) > len(headed) and len(links) > len(headed):
        return all(text_size(chapter_text(c)) < SUMMARIES // len(headed) for c in chapters)
    shown = (a for a in page.index.by_name.get("a", ()) if attribute(a, "href").split("#")[0].strip() in links)
    named = {letters_of(one_line(a)) for a in shown}
    leading = sum(letters_of(chapter_name(c)) in named for c in headed)
    return leading >= max(LISTED, len(headed) - 1) and all(text_size(chapter_text(c)) < SUMMARY_WORDS for c in headed)
