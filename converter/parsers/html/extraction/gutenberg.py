"""Project Gutenberg pages, old and new: the header and the licence around the book are found by their lines
and left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bs4.element import NavigableString, Tag

from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.facts import Facts
from converter.recognisers.lines.library import is_end, is_start
from converter.recognisers.metadata.fields import HeadFields, read_field

NUMBER = re.compile(r"\[e-?(?:book|text) #(\d{1,6})\]", re.I)
BOOK_SHARE = 0.3  # of the page's letters: an element that holds more is the book itself
RULE = "publisher's header and licence"
MARKED_PARTS = (
    "#pg-header, #pg-footer, .pg-boilerplate, #pg-machine-header, #pg-start-separator, #pg-end-separator, .pgheader"
)


def trim(page: Page, excluded: Exclusions, facts: Facts) -> None:
    """Drops everything to the START line and from the END line on; what the header says becomes facts."""
    head = HeadFields()
    number = ""
    for element in page.index.select(MARKED_PARTS):
        _read(element, head)
        number = number or _number(element)
        excluded.add(element, RULE, "publisher's lines")
    marks = {"start": is_start, "end": is_end}
    whole = len(element_text(page.body)) or 1
    for name, is_mark in marks.items():
        holder = _holder(page, is_mark, last=name == "end")
        if holder is None or len(element_text(holder)) > BOOK_SHARE * whole:
            continue
        for element in _beyond(page.body, holder, before=name == "start"):
            if name == "start":
                _read(element, head)
            number = number or _number(element)
            excluded.add(element, RULE, "publisher's lines")
    metadata = head.metadata()
    for name, value in (("title", metadata.title), ("people", metadata.people), ("language", metadata.language)):
        if value:
            facts.values.pop(name, None)
            facts.add(name, value, "page, publisher's header")
    facts.add("publisher", "Project Gutenberg", "page, publisher's header")
    if number:
        facts.add("source", f"https://www.gutenberg.org/ebooks/{number}", "page, publisher's header")
    title = facts.text("title")
    if named := re.match(
        r"(?:The )?Project Gutenberg(?:'s|’s)?(?: E-?Book)?(?: of)?[ ,:]+(.+?)(?:,? by (.+))?$", title, re.I
    ):
        facts.values["title"] = named[1]
        if named[2]:
            facts.add("people", (named[2],), "page, title")
    elif " by " in title and (parted := re.match(r"(.+?),? by ([^,]+)$", title)):
        facts.values["title"] = parted[1].rstrip(",")
        facts.add("people", (parted[2],), "page, title")


def _number(element: Tag) -> str:
    """The number under which the publisher lists the book: "[EBook #4711]"."""
    number = NUMBER.search(one_line(element))
    return number[1] if number else ""


def _read(element: Tag, head: HeadFields) -> None:
    for line in element_text(element).split("\n"):
        field = read_field(line.strip())
        if field and field[0] in ("title", "author", "language", "translator", "illustrator", "editor"):
            head.add(field[0], field[1], 1, field[2])


def _holder(page: Page, is_mark: Callable[[str], bool], *, last: bool) -> Tag | None:
    """The block in which the line stands (it may be broken over two text nodes)."""
    holder: Tag | None = None
    for text in page.body.find_all(string=re.compile(r"PROJECT\s+GUTENBERG|\*\s*\*\s*\*", re.I)):
        if not isinstance(text, NavigableString) or text.parent is None:
            continue
        at: Tag | None = text.parent
        while at is not None and at.name in ("span", "a", "b", "i", "em", "strong", "br", "font", "tt"):
            at = at.parent
        if at is not None and at is not page.body and is_mark(one_line(at)):
            holder = at
            if not last:
                return holder
            break
    return holder


def _beyond(body: Tag, holder: Tag, *, before: bool) -> Iterable[Tag]:
    """The holder and every element before (or after) it, outermost ones only; words that stand in none end them."""
    yield holder
    at: Tag = holder
    while at is not body and at.parent is not None:
        for sibling in at.previous_siblings if before else at.next_siblings:
            if isinstance(sibling, Tag):
                yield sibling
            elif not isinstance(sibling, NOT_TEXT) and any(map(str.isalnum, str(sibling))):
                return
        at = at.parent
