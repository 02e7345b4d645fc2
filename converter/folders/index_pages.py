"""Pages among stories that only list them: a series' works, a blog's posts of a year, the index of a mirrored site.

A reader sees headings and links and nothing that is told. A page that a work's order may be learnt from lies among its
chapters and is no book by itself; one that says a few words about each work is known when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from converter.document.patterns import regex
from converter.folders.kinds import PAGES, ending_of
from converter.folders.listing import FIRST, HEAD, Look
from converter.folders.understood import FolderBook, Other
from converter.recognisers.lines.sentences import ends_sentence
from converter.recognisers.vocabulary import listed_words

FEWEST = 2  # links
APART = 600  # bytes of markup to a link, at most: a story has more between two
ENTRY_WORDS = 4  # of an entry on the average that stand outside its link: a date, a number
TITLE_WORDS = 20  # of a link: more may be told
TOLD_WORDS = 6  # of a line outside links that ends as sentences do: somebody tells something
WORKS = b"work blurb group"  # the entries of the Archive of Our Own's lists
LISTS_TITLED = b"| Archive of Our Own"  # a work's own page has it in brackets
LISTS_WORKS = "a list of works, none of which is on it; name the file itself to have it read"
LISTS_LINKS = "a list of links to other pages, and nothing else; name the file itself to have it read"
_UNSEEN = re.compile(
    rb"<!--.{0,20000}?-->|<(script|style|head|title|noscript|template)\b[^<>]{0,2000}>.{0,60000}?</\1\s*>", re.I | re.S
)
_LINK = re.compile(
    rb"<a\b[^<>]{0,2000}?\bhref\s*=\s*[\"']?(?!#|javascript:|mailto:)[^<>]{1,2000}>(.{0,1000}?)</a\s*>", re.I | re.S
)
_HEADING = re.compile(rb"<(h[1-6])\b[^<>]{0,2000}>.{0,2000}?</\1\s*>", re.I | re.S)
_BLOCK = re.compile(rb"</?(?:p|div|li|ul|ol|tr|td|table|br|hr|dt|dd|section|article|body)\b[^<>]{0,2000}>", re.I)
_TAG = re.compile(rb"<[^<>]{0,4000}>")
_WORD = regex(r"[^\W\d_]+")
_ENTITY = regex(r"&#?\w{1,10};")


def without_lists(books: Sequence[FolderBook], look: Look) -> tuple[list[FolderBook], list[Other]]:
    """The books but those that are one page which only lists others, and what these are. `look` looks into files."""
    found = {b.files[0]: why for b in books if len(b.files) == 1 and (why := _why(b.files[0], look))}
    kept = [b for b in books if len(b.files) > 1 or b.files[0] not in found]
    return kept, [Other(name, "no story", why) for name, why in found.items()]


def _why(name: str, look: Look) -> str:
    if ending_of(name) not in PAGES:
        return ""
    page = look.first(name)
    if len(page) >= FIRST and (LISTS_TITLED in page or _is_called_index(name)):
        page = look.head(name)
    if WORKS in page:
        return LISTS_WORKS
    links = page.count(b"</a") + page.count(b"</A")
    if links < FEWEST or len(page) in (FIRST, HEAD) or len(page) > APART * links + FIRST or b"<img" in page:
        return ""
    return LISTS_LINKS if only_links(page) else ""


@cache
def _is_called_index(name: str) -> bool:
    """Whether a page's name says that it is an index: "index", "posts_index", "archive-2020"."""
    words = set(_WORD.findall(name.rpartition(".")[0].casefold()))
    return not words.isdisjoint(listed_words("files", "index_pages"))


def only_links(page: bytes) -> bool:
    """Whether the bytes of a page show headings, links that are titles, and next to nothing beside them."""
    body = _HEADING.sub(b"\n", _UNSEEN.sub(b"\n", page))
    links = [_plain(m[1]) for m in _LINK.finditer(body)]
    sizes = [len(_WORD.findall(link)) for link in links]
    if sum(map(bool, sizes)) < FEWEST or max(sizes) > TITLE_WORDS:
        return False
    if any(size > TOLD_WORDS and ends_sentence(link) for size, link in zip(sizes, links, strict=True)):
        return False
    lines = [line for raw in _BLOCK.sub(b"\n", _LINK.sub(b" ", body)).split(b"\n") if (line := _plain(raw))]
    words = [len(_WORD.findall(line)) for line in lines]
    told = any(size >= TOLD_WORDS and ends_sentence(line) for size, line in zip(words, lines, strict=True))
    return not told and sum(words) <= min(ENTRY_WORDS * len(links), sum(sizes))


def _plain(markup: bytes) -> str:
    """The words of a piece of markup on one line."""
    return " ".join(_ENTITY.sub(" ", _TAG.sub(b" ", markup).decode("utf-8", "replace")).split())
