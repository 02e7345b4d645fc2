"""The headings of a page in its first bytes: which of them is the work's, above the chapter's, and which the site's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import takewhile
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.works.order import PARTING
from converter.parsers.works.titles import divides, fold
from converter.recognisers.headings.words import lexicon

TITLE = regex(r"<title\b[^>]{0,100}>([^<]{1,500})", re.I)
_HEADING = regex(r"<(h[1-4])\b[^>]{0,300}>(.{1,400}?)</\1", re.I | re.S)
_TAG = regex(r"<[^>]{0,400}>")
_HOME = regex(  # a link to where the site begins, and nothing beside it
    r"\s{0,40}<a\b[^>]{0,200}\bhref=[\"']?(?:https?://[^/\"'>\s]{1,80})?/?(?:index\.\w{2,5})?[\"'\s>].{0,300}</a>\s{0,40}",
    re.I | re.S,
    700,
)


class PageHeading(NamedTuple):
    """A heading as it is shown; `home`: it is a link to the site's first page, as the site's own name is."""

    text: str
    home: bool


def headings_in(text: str) -> list[PageHeading]:
    """The headings of a page's markup, but for those without words."""
    found = [PageHeading(shown(m[2]), _HOME.fullmatch(m[2]) is not None) for m in _HEADING.finditer(text)]
    return [heading for heading in found if heading.text]


def shown(markup: str) -> str:
    """The words of a piece of markup on one line."""
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


def over_chapter(headings: Sequence[PageHeading], tab: Sequence[str]) -> str:
    """The work's title among the headings that stand above the chapter's: one that the page's tab says, too (its parts
    are `tab`), else the first, unless that is the site's name and others follow. "" where there is none."""
    lex = lexicon("en")
    above = list(takewhile(lambda heading: not divides(heading.text, lex), headings))
    said = {fold(part) for part in tab}
    in_tab = next((heading.text for heading in above if fold(heading.text) in said), "")
    if in_tab or not above:
        return in_tab
    return above[1].text if above[0].home and len(above) > 1 else above[0].text


def tab_of(text: str) -> tuple[str, list[str]]:
    """What the page's tab says, and its parts."""
    tag = TITLE.search(text)
    title = " ".join(unescape(tag[1]).split()) if tag else ""
    return title, [part.strip() for part in PARTING.split(title) if part.strip()]
