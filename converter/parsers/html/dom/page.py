"""A page as a soup: bytes to clean text, `data:` images set aside, lines marked, parsed once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import islice
from typing import cast

from bs4 import BeautifulSoup
from bs4.element import CData, Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

from converter.document.contracts import Assets, Diagnostic, Omission, Source, SourceText, no_assets
from converter.document.errors import NotAStory, TooLarge
from converter.document.model import Origin
from converter.parsers.html.dom.cells import with_cells
from converter.parsers.html.dom.selecting import Index, attribute
from converter.parsers.html.dom.tree import LeanTag, grow
from converter.parsers.tags import markup_of, mended

LIMIT = 32_000_000  # characters; a long novel's page has 3 million, and parsing takes about 0.3 s per million
DEPTH_LIMIT = 9_000  # nested elements; unclosed tags reach some thousands in long pages, anything more was made to harm
IMAGE_KEY = "embedded-image:"
NEAR = 100  # nodes that are looked at for the line of one that stands in no marked element
DATA_LIMIT = 10_000_000  # characters of one embedded image
DATA_TOTAL = 100_000_000

__all__ = [  # `attribute` is told here again: whoever asks for a page asks for its attributes
    "Node", "Page",
    "attribute", "children", "clean_markup", "declared_encoding", "element_text", "one_line",
    "parse_page", "require_words", "set_data_aside", "texts",
]  # fmt: skip

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option "
    "p pre section select summary "
    "table tbody td tfoot th thead tr ul".split()
)
UNSEEN = frozenset(
    "script style template noscript noembed head title meta link object embed applet iframe frame frameset noframes "
    "svg canvas audio video source track param datalist map area select option textarea input".split()
)  # what holds no words of a page's text: code, controls, media and their fallbacks
CONTROLS = frozenset("textarea input select option button datalist".split())
NOT_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction)

_DATA = re.compile(r"(?<=[\"'=(])data:([\w/+.-]*)((?:;[\w=.+-]+)*),([^\"'()<>\s]*)", re.I)
_REFERENCE = re.compile(r"(&[A-Za-z0-9]{0,32}(?=&#))?&#(?:x([0-9a-f]{1,8})|([0-9]{1,9}));?", re.I)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*(?:["']\s*)?([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_XHTML = re.compile(r"<\?xml\s|http://www\.w3\.org/1999/xhtml", re.I)
_STRESS = re.compile(r"<(i|b|u|s|strike)(\s[^<>]*)?>(?=\s*<p[\s>])", re.I)
_LASTING = {"i": "em", "b": "strong", "u": "ins", "s": "del", "strike": "del"}
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.I)
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(\S+)", re.I)


Node = Tag | NavigableString


@dataclass(slots=True)
class Page:
    """One parsed page. `dropped` maps id(element) to the rule that leaves it out, `plain` holds headings that divide
    nothing; the tree itself is never changed,
    but for the typed numbers of notes (`footnotes.py`), which are listed as left out."""

    name: str
    soup: BeautifulSoup
    body: Tag
    texts: tuple[SourceText, ...]  # the source as it was decoded
    embedded: dict[str, str]  # IMAGE_KEY + number -> "media type;base64,data"
    assets: Assets
    address: str = ""
    without: frozenset[str] = frozenset()  # what is not to be looked for
    dropped: dict[int, str] = field(default_factory=dict)
    plain: set[int] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    elements: list[Tag] = field(default_factory=list)  # all elements of the body in document order
    everything: list[Tag] = field(default_factory=list)  # those and the head's

    _index: Index | None = None

    @property
    def index(self) -> Index:
        """The page's elements by id, class and name, made when first asked for."""
        if self._index is None:
            self._index = Index(self.everything)
        return self._index

    def origin(self, node: Tag | NavigableString | None) -> Origin:
        """Where this node stands: the line of the nearest marked element around or before it."""
        at: Tag | None = node if isinstance(node, Tag) else (node.parent if node is not None else None)
        while at is not None:
            if isinstance(at, LeanTag) and at.line:
                return Origin(self.name, at.line)
            at = at.parent
        return Origin(self.name, _line_before(node) if node is not None else 1)

    def drop(self, element: Tag, rule: str) -> None:
        """Leave this element out of the story, and say so. The first rule that claims an element stands."""
        self.dropped.setdefault(id(element), rule)


def _line_before(node: Tag | NavigableString) -> int:
    """The line of the last marked element before a node, among so many as stand near it; else 1."""
    at: Tag | NavigableString | None = node
    while at is not None and at.parent is not None:
        for sibling in islice(at.previous_siblings, NEAR):
            if isinstance(sibling, Tag):
                inside = (sibling, *islice(sibling.descendants, NEAR))
                if lines := [e.line for e in inside if isinstance(e, LeanTag) and e.line]:
                    return max(lines)
        at = at.parent
    return 1


def declared_encoding(data: bytes) -> str:
    """The encoding the page says it has (`meta charset`, XML declaration), or ""."""
    found = _CHARSET.search(data[:4096])
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


def clean_markup(text: str) -> str:
    """Character references to what XML forbids are taken out; `&#150;` and its like mean Windows-1252, as in HTML 5."""
    if "&#" in text:
        text = _REFERENCE.sub(_reference, text)
    return _ILLEGAL.sub("", text)


def _reference(match: re.Match[str]) -> str:
    before = match[1] or ""
    code = int(match[2], 16) if match[2] else int(match[3])
    if 0x80 <= code <= 0x9F:
        return before + bytes([code]).decode("cp1252", "ignore")
    if code in (9, 10, 12, 13):
        return f"{before} "
    if code > 0x10FFFF or code < 32 or 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE or code == 0x7F:
        return escape(unescape(before), quote=False)  # taken out, it would leave another reference
    return match[0] if match[0].endswith(";") else f"{match[0]};"


def set_data_aside(text: str) -> tuple[str, dict[str, str]]:
    """The text with every `data:` address replaced by a short key, and the images by key. Other data is forgotten."""
    images: dict[str, str] = {}
    total = 0

    def one(match: re.Match[str]) -> str:
        nonlocal total
        kind, parameters, data = match[1].lower(), match[2].lower(), match[3]
        total += len(data)
        if not kind.startswith("image/") or len(data) > DATA_LIMIT or total > DATA_TOTAL:
            return "data:,"
        key = f"{IMAGE_KEY}{len(images) + 1}"
        images[key] = f"{'base64' if ';base64' in parameters else 'plain'},{data}"
        return key

    if "data:" not in text:
        return text, images
    parts: list[str] = []
    done = 0
    for start, end, *_ in markup_of(text):  # what stands between tags is text, whatever it looks like
        if text.find("data:", start, end) >= 0:
            parts += (text[done:start], _DATA.sub(one, text[start:end]))
            done = end
    return "".join((*parts, text[done:])), images


def parse_page(source: Source, text: str, lines: bool = True, told: SourceText | None = None) -> Page:
    """The decoded text of a page -> `Page`; `lines`: mark each block with its line; `told`: what the page was made
    from, when it is no page itself. Raises TooLarge above `LIMIT` or `DEPTH_LIMIT`, NotAStory without a word."""
    texts_told = (told or SourceText(source.name, text, "html"),)
    if len(text) > LIMIT:
        raise TooLarge(
            f"the page has {len(text):,} characters; at most {LIMIT:,} are read",
            source.name,
            "save the chapters one by one",
        )
    address = next((m[1] for m in (_SAVED_FROM.search(text[:4096]), _SINGLE_FILE.search(text[:4096])) if m), "")
    text, endless = mended(text, xhtml=bool(_XHTML.search(text[:1000])))
    text = with_cells(text)
    text, embedded = set_data_aside(clean_markup(text))
    text = _stress_over_paragraphs(text)
    diagnostics: list[Diagnostic] = []
    if endless:
        message = "a comment is never closed and would swallow what follows; it was read as text: close it with -->"
        diagnostics.append(Diagnostic("html-unclosed", message, Origin(source.name, endless), "warning"))
    soup = grow(text, lines)
    body = soup.body or soup
    page = Page(
        source.name, soup, body, texts_told, embedded, source.assets or no_assets, address, diagnostics=diagnostics
    )
    page.elements = _elements(page)
    for element in page.elements:
        if element.name == "button":
            page.dropped[id(element)] = "button"
    head = soup.head
    page.everything = [*([head, *(t for t in head.descendants if isinstance(t, Tag))] if head else ()), *page.elements]
    for place, element in enumerate(page.everything):
        if isinstance(element, LeanTag):
            element.place = place
    return page


def _stress_over_paragraphs(text: str) -> str:
    """`<i><p>..</p><p>..</p></i>` with elements that the parser doesn't end at the first `<p>`."""
    parts: list[str] = []
    done = 0
    for found in _STRESS.finditer(text):
        name, start = found[1], found.end()
        if found.start() < done:
            continue
        end = re.compile(rf"<(/?){name}\b[^<>]*>", re.I).search(text, start)
        if end is None or not end[1]:
            continue
        other = _LASTING[name.lower()]
        parts += (text[done : found.start()], f"<{other}{found[2] or ''}>", text[start : end.start()], f"</{other}>")
        done = end.end()
    return "".join((*parts, text[done:])) if parts else text


def _elements(page: Page) -> list[Tag]:
    found: list[Tag] = []
    stack: list[tuple[Tag, int]] = [(page.body, 0)]
    deepest = 0
    while stack:
        element, depth = stack.pop()
        found.append(element)
        deepest = max(deepest, depth)
        stack.extend((c, depth + 1) for c in reversed(element.contents) if isinstance(c, Tag))
    if deepest > DEPTH_LIMIT:
        what = f"the page nests {deepest:,} elements in one another; no story is deeper than {DEPTH_LIMIT:,}"
        raise TooLarge(what, page.name, "save the page again with a browser")
    return found


def children(element: Tag) -> list[Node]:
    """What an element holds, in order."""
    return cast("list[Node]", element.contents)


def texts(element: Tag) -> Iterator[NavigableString]:
    """The text nodes of an element in order, without code and controls."""
    stack: list[Tag | NavigableString] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node.name not in UNSEEN or node is element:
                stack.extend(reversed(children(node)))
        elif isinstance(node, NavigableString) and (not isinstance(node, NOT_TEXT) or isinstance(node, CData)):
            yield node


def element_text(element: Tag, dropped: dict[int, str] | None = None, apart: Set[int] = frozenset()) -> str:
    """The words of an element as one string: "\\n" between blocks, nothing between inline runs.

    Subtrees in `dropped` are left out; nodes in `apart` (ids) are parted from what stands around them.
    """
    parts: list[str] = []
    stack: list[Tag | NavigableString | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node.name in UNSEEN and node is not element:
                if node.name in BLOCKS:
                    parts.append("\n")
                continue
            if dropped is not None and node is not element and id(node) in dropped:
                parts.append("\n")
                continue
            if node.name in BLOCKS or id(node) in apart:
                parts.append("\n")
                stack.append("\n")
            elif node.name == "br":
                parts.append("\n")
            stack.extend(reversed(children(node)))
        elif isinstance(node, NavigableString):
            if not isinstance(node, NOT_TEXT) or isinstance(node, CData):
                parts.append(f"\n{node}\n" if id(node) in apart else node)
        else:
            parts.append(node)
    return "".join(parts)


def one_line(element: Tag) -> str:
    """The words of an element with all white space as single spaces."""
    return " ".join(element_text(element).split())


def require_words(page: Page) -> None:
    """Raises NotAStory for a page without a letter in it."""
    if not any(c.isalnum() for text in texts(page.body) for c in text):
        if any(re.search("java ?script", n.get_text(" "), re.I) for n in page.soup.find_all("noscript", limit=4)):
            what = "the page is empty until its scripts run: they never ran before it was saved"
            raise NotAStory(what, page.name, "open it in a browser and save it from there")
        raise NotAStory(
            "the page holds no text", page.name, "save it again after it has loaded, or use the site's reading view"
        )
