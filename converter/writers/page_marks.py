"""Where the pages of the printed book begin, marked in the EPUB by empty elements that are read out as page numbers.

The words of both are aligned, for a PDF may show more than the story (numbers of notes, ornaments). A mark stands
before the first letter of its page, and before the marks that open a phrase there. A word that the page's end cuts
stands whole on the page that has its last letters; a picture stands before the mark of its page's first word. Pages
without words share the place of the next one that has some.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from lxml import etree

from converter.document.alignment import SPACELESS_SIGN, bare_letters, gaps, proof_words
from converter.document.contracts import PrintedPage
from converter.document.record import dataclass
from converter.writers.endnotes import StoryPage
from converter.writers.inlines import EPUB_TYPE

_APART = frozenset({"noteref", "backlink", "footnotes", "endnotes"})  # not in the running text of the printed page
_PHRASES = frozenset("a abbr cite code em i s small span strong sub sup u".split())
_RUBY = frozenset({"ruby", "rb", "rt"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OWN_LINES = frozenset({"line", "label", "title", "speaker"})  # spans set on a line of their own
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015/"  # a line, and a page, may end after these within a word
_IN_WORDS = "'\u2019\u00ad\u2060"


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page's number and the address of its beginning."""

    number: str
    address: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of text: the element it stands in or behind (`tail`), and which page of the book that is on."""

    element: etree._Element
    tail: bool
    page: StoryPage
    text: str


def mark_pages(pages: Sequence[StoryPage], printed: Sequence[PrintedPage]) -> list[PageMark]:
    """Puts a mark into the EPUB's pages where each printed page begins; the marks in order."""
    runs = [_Run(e, tail, page, text) for page in pages for e, tail, text in _texts(page.element)]
    if not runs:
        return []
    starts = page_starts("\n".join(_parted(runs)), printed)
    before = list(accumulate((_letters(run.text) for run in runs), initial=0))
    marks = []
    places: dict[tuple[int, int], list[str]] = {}  # the run and the place in its text: the numbers of pages
    for page, start in zip(printed, starts, strict=True):
        at = min(bisect_right(before, start) - 1, len(runs) - 1)
        place = _place(runs[at].text, start - before[at]) if start < before[-1] else len(runs[at].text)
        places.setdefault((at, place), []).append(page.number)
        marks.append(PageMark(page.number, f"{runs[at].page.address}#page-{page.number}"))
    ends: dict[int, int] = {}  # by run: how much of its text stands before the marks that are set
    for (at, place), numbers in sorted(places.items(), reverse=True):  # what stands before keeps its place
        _insert(runs[at], place, ends.get(at), [_mark(number) for number in numbers])
        ends[at] = place
    return marks


def _mark(number: str) -> etree._Element:
    mark = etree.Element(
        "span", {EPUB_TYPE: "pagebreak", "role": "doc-pagebreak", "id": f"page-{number}", "aria-label": number}
    )
    mark.text = ""
    return mark


def page_starts(shown: str, printed: Sequence[PrintedPage]) -> list[int]:
    """How many letters of the text stand before each printed page."""
    mine = proof_words(shown)
    theirs: list[str] = []
    firsts = []
    for page in printed:
        firsts.append(len(theirs))
        theirs.extend(proof_words(page.text))
    here, there = (list(accumulate((len(bare_letters(w)) for w in words), initial=0)) for words in (mine, theirs))
    ends, places = [], []  # of the stretches of equal letters: where each ends there, and how far it lies off here
    i = j = 0
    for gap in gaps(mine, theirs):
        ends.append(there[gap.other])
        places.append((there[j], here[i]))
        i, j = gap.end, gap.other_end
    ends.append(there[-1])
    places.append((there[j], here[i]))
    starts = []
    for first in firsts:
        at = bisect_right(ends, there[first])
        begins, ours = places[at] if at < len(places) else (there[-1], here[-1])
        starts.append(ours + max(0, there[first] - begins))
    return starts


def _texts(element: etree._Element) -> Iterator[tuple[etree._Element, bool, str]]:
    """The runs of a page's running text in reading order."""
    if not _APART.isdisjoint(element.get("class", "").split()) or element.tag == "rp":
        return
    if element.text:
        yield element, False, element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child, True, child.tail


def _parted(runs: Sequence[_Run]) -> Iterator[str]:
    """The texts of the runs; those that stand in one line are one."""
    text = ""
    for run in runs:
        if run.element.tag in _PHRASES | _RUBY and (run.tail or run.element.get("class", "") not in _OWN_LINES):
            text += run.text
        else:
            yield text
            text = run.text
    yield text


@cache
def _weight(character: str) -> int:
    return len(bare_letters(character))


def _letters(text: str) -> int:
    return len(bare_letters(text)) if text.isascii() else sum(map(_weight, text))


def _place(text: str, letters: int) -> int:
    """Where a mark stands that belongs before this letter of the text."""
    at = seen = 0
    while at < len(text) and (seen < letters or not _weight(text[at])):
        seen += _weight(text[at])
        at += 1
    if at == len(text):
        return at
    if at and not SPACELESS_SIGN.match(text[at]):
        while at and (text[at - 1].isalnum() or text[at - 1] in _IN_WORDS) and not SPACELESS_SIGN.match(text[at - 1]):
            at -= 1
    opening = at
    while opening and not (text[opening - 1].isspace() or text[opening - 1].isalnum() or text[opening - 1] in _DASHES):
        opening -= 1
    if not opening or text[opening - 1].isspace():
        return opening
    while at and unicodedata.category(text[at - 1]) in ("Ps", "Pi"):
        at -= 1
    return at


def _insert(run: _Run, place: int, end: int | None, marks: Sequence[etree._Element]) -> None:
    """Puts the marks into a run of text, of which what stands behind `end` has been moved: before elements that begin
    with it and should not hold one."""
    element = run.element
    holder = element.getparent() if run.tail else element
    if holder.tag in _RUBY:
        while holder.tag != "ruby":
            holder = holder.getparent()
        _put_before(holder, marks)
    elif not run.tail and not place and element.tag in _PHRASES | _HEADINGS:
        _put_before(_outermost(element), marks)
    else:
        before, marks[-1].tail = run.text[:place], run.text[place:end]
        at = holder.index(element) + 1 if run.tail else 0
        for mark in reversed(marks):
            holder.insert(at, mark)
        if run.tail:
            element.tail = before
        else:
            element.text = before


def _put_before(element: etree._Element, marks: Sequence[etree._Element]) -> None:
    """Between blocks a mark is one itself: a line that holds nothing but a `span` has a height in some engines."""
    parent = element.getparent()
    at = parent.index(element)
    while at and parent[at - 1].get(EPUB_TYPE) == "pagebreak" and not parent[at - 1].tail:
        at -= 1  # of a later page, that begins within the same element
    for mark in reversed(marks):
        if element.tag not in _PHRASES | _RUBY:
            mark.tag = "div"
        parent.insert(at, mark)


def _outermost(element: etree._Element) -> etree._Element:
    """The outermost phrase, heading or head of a chapter that begins with this one."""
    parent = element.getparent()
    while parent.tag in _PHRASES | _HEADINGS | {"header"} and parent[0] is element and not (parent.text or "").strip():
        element, parent = parent, parent.getparent()
    return element
