"""Lines that homepages set above and below a story: ways back, counters of visitors, dates of the last change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from converter.document.patterns import regex
from converter.recognisers.lines.dates import MONTH, WEEKDAY
from converter.recognisers.lines.ways import is_way, leads_back_to_site
from converter.recognisers.vocabulary import either

# "way": a link that leads back or on; "words": its words alone; "contact": where the author is reached
KINDS = ("stock", "way", "link", "contact", "words", "owner")
LINE_WORDS, LINE_LETTERS = 20, 200
PARTS = regex(r"(?:(?<!\s)\s+)?(?:[|•·*~\[\]{}<>«»]|::)+\s*|(?<!\s)\s+[-–—/]+\s+|^[-–—]+|(?<![-–—])[-–—]+$")
_GUEST = either("site", "guest")
_PAGES, _PAGE = either("site", "pages"), either("site", "pages", "documents")
_CHANGED, _MADE = either("site", "changed"), either("site", "made")
_DATE = rf"(?:\d|{MONTH} \d|{WEEKDAY})"
_MAIL = r"(?:[\s:]+\S+@\S+)?"
_STOCK = regex(  # what no story says: such a line needs no company
    "|".join(
        (
            rf"{either('site', 'guest_is')} {_GUEST} {either('site', 'number')}(?![^\W\d_]).*",
            rf"{either('site', 'guest_is')} [\d,.]+\S* {_GUEST}\b.*",
            rf"this {_PAGES} has (?:been )?{either('site', 'visited')}\b.*\d.*",
            rf"{either('site', 'hits')}(?: {either('site', 'since')}\b.*\d.*|:\s*[\d,.]+)",
            rf"[\d,.]+ {either('site', 'hits')} {either('site', 'since')}\b.*",
            rf"(?:this )?{_PAGE} (?:was )?(?:last |most recently )?{_CHANGED}\b.*\d.*",
            rf"(?:last )?{_CHANGED}(?: last)?(?: on)?:? {_DATE}.*",
            rf"{either('site', 'last_changed')}\b.*\d.*",
            rf"(?:this|these) {_PAGES} (?:is |are |was |were )?(?:proudly )?{_MADE}\b.*",
            rf"{_PAGES} (?:{_MADE}|provided) by\b.*",
            rf"{either('site', 'comments')} ?[(（\[:]? ?\d+[)）\]]?",
            rf"{either('site', 'made_by')} \S.*",
            rf"{either('site', 'free')}.*",
            rf"(?:this |the )?(?:[\w' ]{{1,40}} )?{either('site', 'ring')}(?: {_PAGES})? is (?:owned|{_MADE}) by\b.*",
            rf"(?:this {_PAGES} is )?best viewed\b.*(?:{either('site', 'browsers')}|\d ?x ?\d).*",
            rf"(?:please )?{either('site', 'signs')} (?:my|our) {either('site', 'guest_book')}.*",
        )
    ),
    re.I,
    LINE_LETTERS,
)
_OWNER = regex(rf"©|\(c\)|{either('site', 'owner')}\b", re.I)
_CONTACT = regex(
    rf"(?:please )?{either('site', 'write')} {either('site', 'whom')}{_MAIL}|"
    rf"{either('site', 'contact', 'guest_book')}|{either('site', 'mail')}{_MAIL}",
    re.I,
    LINE_LETTERS,
)


def kind_of_line(line: str, links: Set[str]) -> str:
    """What a line is, by the surest of `KINDS` that a part of it is; "" for anything that may be story.

    `links`: the words of the page's links, bare.
    """
    if len(line) > LINE_LETTERS or len(line.split()) > LINE_WORDS:
        return ""
    text = bare(line)
    if _STOCK.fullmatch(text.rstrip(".")) or leads_back_to_site(text):
        return "stock"
    return surest(_kind_of_part(part, links) for p in PARTS.split(text) if (part := bare(p)))


def surest(kinds: Iterable[str]) -> str:
    """The first of `KINDS` among these; "" where one of them is ""."""
    present = set()
    for kind in kinds:
        if not kind:
            return ""
        present.add(kind)
    return next((kind for kind in KINDS if kind in present), "")


def bare(text: str) -> str:
    """A line without what is drawn around it."""
    return " ".join(text.split()).strip("[]{}<>|~*=_•·:→←»« -–—")


def _kind_of_part(part: str, links: Set[str]) -> str:
    way, contact = is_way(part), _CONTACT.fullmatch(part) is not None
    if part in links or _all_links(part, links):
        return "way" if way or contact else "link"
    if _STOCK.fullmatch(part):
        return "stock"
    if contact:
        return "contact"
    return "words" if way else "owner" if _OWNER.match(part) else ""


def _all_links(text: str, links: Set[str]) -> bool:
    """Whether a text is links side by side."""
    for link in sorted((t for t in links if t in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(link)}(?!\w)", " ", text)
    return not any(map(str.isalnum, text))
