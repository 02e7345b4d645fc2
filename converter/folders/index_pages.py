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
OF_ARCHIVE = b"Archive of Our Own"
LISTS_WORKS = "a list of works, none of which is on it; name the file itself to have it read"
LISTS_LINKS = "a list of links to other pages, and nothing else; name the file itself to have it read"
FEWEST_SAID, SAID_WORDS = 60, 16  # words that such a page has, scripts and all, and for each of its links
NOTES = (".md", ".markdown", ".mdown", ".mkd")
LONGEST_LINE = 700  # characters
UNSEEN = frozenset((b"script", b"style", b"head", b"title", b"noscript", b"template"))
HEADINGS = frozenset((b"h1", b"h2", b"h3", b"h4", b"h5", b"h6"))
BLOCKS = frozenset(b"p div li ul ol tr td th table br hr dt dd section article body nav footer header main".split())
_TAG = re.compile(rb"<!--|<([/!]?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{0,4000})>")
_ANY_TAG = re.compile(rb"<[^<>]{0,4000}>")
_HREF = re.compile(rb"(?:\s|\A)href\s{0,9}=\s{0,9}[\"']?([^\s\"'>]{1,9})", re.I)
_NOWHERE = (b"#", b"javascrip", b"mailto:")  # and what else such an address begins with
_WORD = regex(r"[^\W\d_]+")
_NOTED = regex(
    r"(?:[-*+•]\s+|\d{1,4}[.)]\s+)?(?:\[\[[^\[\]]{1,200}\]\]|\[[^\[\]]{1,200}\]\([^()\s]{1,400}\))(?:\W{1,4}\w{1,20}){0,3}\W{0,4}",
    within=LONGEST_LINE,
)
_ENTITY = regex(r"&#?\w{1,10};")


def without_lists(books: Sequence[FolderBook], look: Look) -> tuple[list[FolderBook], list[Other]]:
    """The books but those that are one page which only lists others, and what these are. `look` looks into files."""
    found = {b.files[0]: why for b in books if len(b.files) == 1 and (why := only_lists(b.files[0], look))}
    kept = [b for b in books if len(b.files) > 1 or b.files[0] not in found]
    return kept, [Other(name, "no story", why) for name, why in found.items()]


def only_lists(name: str, look: Look) -> str:
    """Why a file is no story, where it only lists others; "" for any other."""
    if ending_of(name) in NOTES:
        first = look.first(name)
        marked = len(first) < FIRST and (b"](" in first or b"[[" in first)
        return LISTS_LINKS if marked and _notes_links(first) else ""
    if ending_of(name) not in PAGES:
        return ""
    page = look.first(name)
    if len(page) >= FIRST and (OF_ARCHIVE in page or _is_called_index(name)):
        page = look.head(name)
    if WORKS in page:
        return LISTS_WORKS
    links = page.count(b"</a") + page.count(b"</A")
    if links < FEWEST or len(page) in (FIRST, HEAD) or len(page) > APART * links + FIRST or b"<img" in page:
        return ""
    most = FEWEST_SAID + SAID_WORDS * links
    body = page.partition(b"<body")[2] or page
    return LISTS_LINKS if len(_ANY_TAG.sub(b" ", body).split(None, most)) <= most and only_links(page) else ""


def _notes_links(note: bytes) -> bool:
    """Whether all lines of a note in Markdown, headings aside, are links, maybe with a word or two behind them."""
    lines = [line for raw in note.decode("utf-8", "replace").splitlines() if (line := raw.strip()) and line[0] != "#"]
    return len(lines) >= FEWEST and all(map(_NOTED.fullmatch, lines))


@cache
def _is_called_index(name: str) -> bool:
    """Whether a page's name says that it is an index: "index", "posts_index", "archive-2020"."""
    words = set(_WORD.findall(name.rpartition(".")[0].casefold()))
    return not words.isdisjoint(listed_words("files", "index_pages"))


def only_links(page: bytes) -> bool:
    """Whether the bytes of a page show headings, links that are titles, and next to nothing beside them."""
    lines, links = _shown(page)
    sizes = [len(_WORD.findall(link)) for link in links]
    if sum(map(bool, sizes)) < FEWEST or max(sizes) > TITLE_WORDS:
        return False
    if any(size > TOLD_WORDS and ends_sentence(link) for size, link in zip(sizes, links, strict=True)):
        return False
    words = [len(_WORD.findall(line)) for line in lines]
    told = any(size >= TOLD_WORDS and ends_sentence(line) for size, line in zip(words, lines, strict=True))
    return not told and sum(words) <= min(ENTRY_WORDS * len(links), sum(sizes))


def _shown(page: bytes) -> tuple[list[str], list[str]]:
    """The lines that a page shows outside its headings and links, and the words of each link to another page."""
    lower = page.lower()
    outside: list[bytes] = []
    links: list[list[bytes]] = []
    inside, at = False, 0
    while tag := _TAG.search(page, at):
        (links[-1] if inside else outside).append(page[at : tag.start()])
        at, name, opens = tag.end(), (tag[2] or b"").lower(), not tag[1]
        if tag[2] is None:
            at = _behind(lower, b"-->", at)
        elif opens and name in UNSEEN | HEADINGS:
            at = _behind(lower, b"</" + name, at)
            outside.append(b"\n")
        elif name == b"a":
            address = _HREF.search(tag[3]) if opens else None
            inside = address is not None and not address[1].lower().startswith(_NOWHERE)
            links += [[]] if inside else []
        elif name in BLOCKS:
            outside.append(b"\n")
    outside.append(page[at:])
    lines = (_plain(line) for line in b"".join(outside).split(b"\n"))
    return [line for line in lines if line], [_plain(b" ".join(link)) for link in links]


def _behind(page: bytes, sign: bytes, start: int) -> int:
    found = page.find(sign, start)
    return found + len(sign) if found >= 0 else len(page)


def _plain(text: bytes) -> str:
    """Text between tags on one line."""
    return " ".join(_ENTITY.sub(" ", text.decode("utf-8", "replace")).split())
