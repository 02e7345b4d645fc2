"""Pages that are nothing but a list of links: an author's stories, an archive, a category. They hold no story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from converter.document.contracts import Evidence, Parsed
from converter.document.errors import ListsOnly, NotAStory
from converter.document.model import Block, Book, Figure, Heading, Origin, SceneBreak, Verse
from converter.document.words import block_text, text_size
from converter.parsers.html.boilerplate.chrome import named_furniture
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.neighbours import LINKS_LIMIT, IndexPage
from converter.recognisers.lines.sentences import ends_sentence
from converter.recognisers.metadata.addresses import OTHER

LISTED_LINKS = 12  # links that are no menu by name or tag: fewer may stand around any short text
RUN_WORDS = 50  # in a row without a link: somebody tells something
RUN_LINES, RUN_LEAST = 4, 12  # or so many lines of so many words: a poem whose lines are paragraphs
FEW_ENTRIES, SENTENCE_WORDS = 6, 20  # fewer entries beside such a sentence are a short text with links
LINES = 3_000  # that are looked at: so many without a text among them are a list
FEW_LINKS = 2  # beside nothing but headings
STANZA = 3  # lines of a poem
LINKED_SHARE = 0.6  # of a line's letters stand in links: it is an entry
ENTRY_WORDS, ENTRY_LETTERS = 30, 4  # of a line that begins with a link of its own, and of the link


def refuse_listing(page: Page, excluded: Exclusions, parsed: Parsed) -> None:
    """Raises IndexPage for a page that lists links and tells nothing; a work's order may still be learnt from it."""
    if len(page.index.by_name.get("a", ())) < FEW_LINKS:
        return
    links = listed_links(page, excluded)
    if len(links) < LISTED_LINKS:
        listed = len(links) >= FEW_LINKS and _only_headings(page, parsed.book, links.values())
    else:
        listed = _only_lists(parsed.book, list(links.values()))
    if not listed:
        return
    why = f"{len(links)} links in a list"
    evidence = Evidence("links", "\n".join(links), why, 0.6, Origin(page.name, 1), tuple(links))
    has = any(e.topic == "links" for e in parsed.evidence)
    raise _error(page, len(links), parsed if has else replace(parsed, evidence=(*parsed.evidence, evidence)))


def nothing_but_links(page: Page, excluded: Exclusions, error: NotAStory) -> NotAStory:
    """What is said of a page on which no story was found: that it lists links, when it does."""
    links = listed_links(page, excluded)
    if type(error) is not NotAStory or len(links) < (FEW_LINKS if _only_links(page, links.values()) else LISTED_LINKS):
        return error
    return ListsOnly(_what(len(links)), page.name, REMEDY)


REMEDY = "open the story that is wanted and save that page; an index belongs together with the files it lists"


def _what(links: int) -> str:
    return f"the page only lists links ({links} of them) and holds no story"


def _error(page: Page, links: int, index: Parsed) -> IndexPage:
    return IndexPage(page.name, index, _what(links), REMEDY)


def listed_links(page: Page, excluded: Exclusions) -> dict[str, str]:
    """The addresses of links to other pages with their words, each address once, in order; those in menus that are
    called so, and those nobody sees, don't count."""
    gone: set[int] = set()
    links: dict[str, str] = {}
    for element in page.elements:
        key = id(element)
        if (
            id(element.parent) in gone
            or (key in excluded.ids and excluded.rule(element) != "navigation")
            or named_furniture(element)
        ):
            gone.add(key)
            continue
        if element.name != "a" or len(links) >= LINKS_LIMIT:
            continue
        address = attribute(element, "href").strip().split("#")[0]
        if address and not OTHER.match(address) and (words := one_line(element)):
            links.setdefault(address, words)
    return links


def _only_links(page: Page, links: Iterable[str]) -> bool:
    """Whether the words of such links are most of those on a page."""
    return text_size(element_text(page.body, ())) < 2 * sum(map(text_size, links))


def _only_headings(page: Page, book: Book, links: Iterable[str]) -> bool:
    """Whether a book holds nothing but links, and a line or two that are headings on its page."""
    blocks = [b for _, chapter in book.walk() for b in chapter.blocks if not isinstance(b, SceneBreak | Heading)]
    if any(isinstance(b, Figure) for b in blocks):
        return False
    led = set(links)
    lines = [line for block in blocks for raw in _lines(block) if (line := " ".join(raw.split())) not in led]
    known = {one_line(h) for h in page.index.select("h1, h2, h3, h4, h5, h6, title")}
    return len(lines) <= FEW_LINKS and all(line in known and not ends_sentence(line) for line in lines)


def _only_lists(book: Book, links: Sequence[str]) -> bool:
    """Whether a book tells less than the links of its page, and nowhere enough to be a text."""
    blocks = [b for _, chapter in book.walk() for b in chapter.blocks if not isinstance(b, SceneBreak | Heading)]
    if any(isinstance(b, Figure) for b in blocks):
        return False
    telling = _Telling(links)
    for block in blocks:
        for line in _lines(block):
            telling.read(line)
            if telling.seen > LINES:
                return True
            if telling.is_a_text:
                return False
        if isinstance(block, Verse) and telling.lines >= STANZA:
            return False
    return telling.entries >= FEW_ENTRIES or not telling.sentence


class _Telling:
    """What lines that are no entries of a list have told so far. `run` and `lines`: words and lines since the last
    entry; `sentence`: one was long enough to be somebody's."""

    def __init__(self, links: Sequence[str]) -> None:
        self.most = sum(map(text_size, links))
        self.known = sorted({t for t in links if any(map(str.isalnum, t))}, key=len, reverse=True)
        self.unused = {t for t in self.known if len(t) >= ENTRY_LETTERS}
        self.words = self.run = self.lines = self.seen = self.entries = 0
        self.sentence = False

    def read(self, line: str) -> None:
        """The next line."""
        self.seen += 1
        if _is_entry(line, self.known) or _begins(line, self.unused):
            self.run = self.lines = 0
            self.entries += 1
            return
        size = text_size(line)
        self.words, self.run, self.lines = self.words + size, self.run + size, self.lines + 1
        self.sentence = self.sentence or (text_size(line) >= SENTENCE_WORDS and ends_sentence(line.strip()))

    @property
    def is_a_text(self) -> bool:
        """Whether somebody tells something: many words or several lines in a row, or more words than the links have."""
        in_a_row = self.run >= RUN_WORDS or (self.lines >= RUN_LINES and self.run >= RUN_LEAST)
        return in_a_row or self.words > self.most


def _lines(block: Block) -> Iterable[str]:
    return (line for line in block_text(block).split("\n") if line.strip())


def _is_entry(line: str, links: Sequence[str]) -> bool:
    """Whether most of a line is links."""
    rest = " ".join(line.split())
    letters = sum(map(str.isalnum, rest))
    for link in links:
        if link in rest:
            rest = re.sub(rf"(?<!\w){re.escape(link)}(?!\w)", " ", rest)
            if not rest.strip():
                break
    return sum(map(str.isalnum, rest)) <= (1 - LINKED_SHARE) * letters


def _begins(line: str, unused: set[str]) -> bool:
    """Whether a short line begins with a link that began none before it."""
    rest = " ".join(line.split())
    if text_size(rest) > ENTRY_WORDS:
        return False
    link = max(
        (t for t in unused if rest.startswith(t) and not rest[len(t) : len(t) + 1].isalnum()), key=len, default=""
    )
    unused.discard(link)
    return bool(link)
