"""A page as a value: its text as it was decoded, its tree, and the elements in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from converter.document.contracts import Assets, Source, SourceText, no_assets
from converter.document.errors import NotAStory, TooLarge
from converter.document.findings.pages import HtmlUnclosed
from converter.document.model import Origin
from converter.parsers.html.dom.cells import with_cells
from converter.parsers.html.dom.formulas import write_out
from converter.parsers.html.dom.local_links import set_local_links
from converter.parsers.html.dom.markup import clean_markup, set_data_aside, stress_over_paragraphs
from converter.parsers.html.dom.nodes import texts
from converter.parsers.html.dom.passages import with_passages
from converter.parsers.html.dom.selecting import Index
from converter.parsers.html.dom.tree import NumberedTag, grow
from converter.parsers.tokenizer import mended_markup
from converter.recognisers.lines.notices import NOT_RUN

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

PAGE_LIMIT = 32_000_000  # characters; a long novel's page has 3 million, and parsing takes about 0.3 s per million
DEPTH_LIMIT = 9_000  # nested elements; unclosed tags reach some thousands in long pages, anything more was made to harm
NODES_BEFORE = 100  # nodes that are looked at for the line of one that stands in no marked element

_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*(?:["']\s*)?([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_FORMULA = re.compile(r"(?:\w+:)?math")
_XHTML = re.compile(r"<\?xml\s|http://www\.w3\.org/1999/xhtml", re.I)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.I)
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(\S+)", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed page. Nothing of it is changed after `parse_page` has made it."""

    name: str
    soup: BeautifulSoup
    body: Tag
    texts: tuple[SourceText, ...]  # the source as it was decoded
    embedded: Mapping[str, str]  # IMAGE_KEY + number -> "media type;base64,data"
    assets: Assets
    address: str  # where it was saved from, as far as the file or its container says; ""
    elements: tuple[Tag, ...]  # all elements of the body in document order
    everything: tuple[Tag, ...]  # the head's and those
    index: Index  # over everything: ids, classes, names, selectors
    findings: tuple[Finding, ...] = ()
    files: Mapping[int, str] = field(default_factory=dict)  # of a page made of several files: id(element) -> its name

    def origin(self, node: Tag | NavigableString | None) -> Origin:
        """Where this node stands: the line of the nearest marked element around or before it."""
        at: Tag | None = node if isinstance(node, Tag) else (node.parent if node is not None else None)
        while at is not None:
            if isinstance(at, NumberedTag) and at.sourceline:
                return Origin(self._file_of(at) if self.files else self.name, at.sourceline)
            at = at.parent
        return Origin(self.name, _line_before(node) if node is not None else 1)

    def _file_of(self, element: Tag) -> str:
        """The file in which an element stands."""
        if id(element) in self.files:
            return self.files[id(element)]
        return next((self.files[id(p)] for p in element.parents if id(p) in self.files), self.name)


def _line_before(node: Tag | NavigableString) -> int:
    """The line of the last marked element before a node, among so many as stand near it; else 1."""
    at: Tag | NavigableString | None = node
    while at is not None and at.parent is not None:
        for sibling in islice(at.previous_siblings, NODES_BEFORE):
            if isinstance(sibling, Tag):
                inside = (sibling, *islice(sibling.descendants, NODES_BEFORE))
                if lines := [e.sourceline for e in inside if isinstance(e, Tag) and e.sourceline]:
                    return max(lines)
        at = at.parent
    return 1


def declared_encoding(data: bytes) -> str:
    """The encoding the page says it has (`meta charset`, XML declaration), or ""."""
    charset = _CHARSET.search(data[:4096])
    return (charset[1] or charset[2]).decode("ascii", "replace") if charset else ""


def parse_page(source: Source, text: str, address: str = "") -> Page:
    """The decoded text of a page -> `Page`; `address`: where its container says it comes from.

    Raises TooLarge above `PAGE_LIMIT` or `DEPTH_LIMIT`.
    """
    decoded = SourceText(source.name, text, "html")
    if len(text) > PAGE_LIMIT:
        what = f"the page has {len(text):,} characters; at most {PAGE_LIMIT:,} are read"
        raise TooLarge(what, source.name, "save the chapters one by one")
    saved_from = next((m[1] for m in (_SAVED_FROM.search(text[:4096]), _SINGLE_FILE.search(text[:4096])) if m), "")
    text, endless = mended_markup(text, xhtml=bool(_XHTML.search(text[:1000])))
    text, embedded = set_data_aside(clean_markup(with_passages(with_cells(text))))
    soup = grow(stress_over_paragraphs(text))
    made = Page(
        source.name,
        soup,
        soup.body or soup,
        (decoded,),
        embedded,
        source.assets or no_assets,
        address or saved_from,
        (),
        (),
        Index(()),
        _unclosed(source.name, endless),
    )
    made = counted(made)
    if formulas := [f for name in made.index.by_name if _FORMULA.fullmatch(name) for f in made.index.by_name[name]]:
        for formula in formulas:
            write_out(formula)
        made = counted(made)
    set_local_links(made.index, address or saved_from)
    return made


def counted(page: Page) -> Page:
    """The page with the elements of its tree, each with its place. Raises TooLarge above `DEPTH_LIMIT`."""
    elements = _elements(page.body, page.name)
    head = page.soup.head
    everything = (*((head, *(t for t in head.descendants if isinstance(t, Tag))) if head else ()), *elements)
    for place, element in enumerate(everything):
        if isinstance(element, NumberedTag):
            element.place = place
    return replace(page, elements=elements, everything=everything, index=Index(everything))


def _unclosed(name: str, line: int) -> tuple[Finding, ...]:
    return (HtmlUnclosed(Origin(name, line)),) if line else ()


def _elements(body: Tag, name: str) -> tuple[Tag, ...]:
    elements: list[Tag] = []
    stack: list[tuple[Tag, int]] = [(body, 0)]
    deepest = 0
    while stack:
        element, depth = stack.pop()
        elements.append(element)
        deepest = max(deepest, depth)
        stack.extend((c, depth + 1) for c in reversed(element.contents) if isinstance(c, Tag))
    if deepest > DEPTH_LIMIT:
        what = f"the page nests {deepest:,} elements in one another; no story is deeper than {DEPTH_LIMIT:,}"
        raise TooLarge(what, name, "save the page again with a browser")
    return tuple(elements)


def require_words(page: Page) -> None:
    """Raises NotAStory for a page without a letter in it."""
    if not any(c.isalnum() for text in texts(page.body) for c in text):
        if any(re.search("java ?script", n.get_text(" "), re.I) for n in page.soup.find_all("noscript", limit=4)):
            raise NotAStory(NOT_RUN.message, page.name, NOT_RUN.remedy)
        raise NotAStory(
            "the page holds no text", page.name, "save it again after it has loaded, or use the site's reading view"
        )
