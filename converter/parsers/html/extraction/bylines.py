"""Who wrote a page's story, as the page itself says: its byline, its tab's "Title by Author"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.parsers.html.boilerplate.chrome import stands_in_comments
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.recognisers.metadata.names import LONGEST_NAME, byline, is_nobody, is_person
from converter.recognisers.metadata.tab_title import is_host, parting, same_letters
from converter.recognisers.vocabulary import either, whole

TITLE_LIMIT = 400  # characters of a title in the tab
DATED = regex(
    rf"\s*(?:[,|·•—–]|{whole('site', 'before_date')})\s*(?=[^,|]*\d)|\s+(?=\d{{1,2}}[./ ])", re.I, LONGEST_NAME
)
_PROFILE = regex(either("site", "profile"), re.I, LONGEST_NAME)
_BY_AUTHOR = regex(
    rf"(.{{2,120}}?),? (?i:{either('names', 'by')}) ([A-ZÀ-ÖØ-Þ\d][\w'’.-]*(?: [\w'’.-]+){{0,3}})$", 0, TITLE_LIMIT
)
WITH_KIND = regex(r"[,:(–—|-]|\s[(–—|-]")  # what stands between a title and the kind of story it is
_BY_HANDLE = regex(
    rf"(.{{2,120}}) (?i:{either('names', 'by')}) ([~=*@]?[a-zA-Z][\w.-]{{1,40}})(?: on \S+)?$", 0, TITLE_LIMIT
)
_BEHIND_TITLE = regex(
    rf",\s+{either('names', 'by_below', 'by_behind_kind')}(?:(?<=['’])|\s+)(\S.*)", re.I, TITLE_LIMIT
)  # what parts title and author where that word alone may be any: "El faro, de Ada Thorn"
BYLINES = 20  # elements that may name an author: below a story are those who wrote about it
BYLINE = "page, byline"  # the source of names that an element's class calls authors


def title_by_author(page: Page, title: str) -> tuple[str, str] | None:
    """ "The Lamp by Ada Thorn" as (title, author), when the page also has a line that is only "The Lamp"."""
    text = " ".join(title.split())
    if signed := _behind_heading(page, text):
        return signed
    parted = parting(text).split(text)
    byline = (_BY_AUTHOR.match(parted[0]) if len(parted) > 1 else None) or _BY_AUTHOR.match(text)
    byline = byline or (_by_handle(page, parted[0]) if parted else None)
    if not byline:
        return None
    top = element_text(page.body)[:2_000].split("\n")
    work = byline[1].rstrip(" -–—|:·,")
    headed = (one_line(h) for h in page.index.select("h1"))
    if short := next((h for h in headed if h and WITH_KIND.match(work, len(h)) and work.startswith(h)), ""):
        return short, byline[2].lstrip("~=*@")
    lined = any(same_letters(line, work) for line in top if line.strip())
    return (work, byline[2].lstrip("~=*@")) if lined or _is_linked(page, work) else None


def _behind_heading(page: Page, text: str) -> tuple[str, str] | None:
    """ "El faro, de Ada Thorn" as (title, author), when the page has a heading that is only "El faro"."""
    for shown in map(one_line, page.index.by_name.get("h1", ())):
        signed = _BEHIND_TITLE.fullmatch(text, len(shown)) if shown and text.startswith(shown) else None
        if signed and is_person(signed[1]):
            return shown, signed[1]
    return None


def _is_linked(page: Page, text: str) -> bool:
    """Whether a link in a heading says just this: "The Lamp" in "The Lamp by lampmoth"."""
    return any(same_letters(one_line(a), text) for a in page.index.select("h1 a, h2 a"))


def _by_handle(page: Page, text: str) -> re.Match[str] | None:
    """ "The Lamp by lampmoth", where a link of the page says "lampmoth"."""
    found = _BY_HANDLE.match(text)
    return found if found and any(one_line(a) == found[2] for a in page.index.by_name.get("a", ())) else None


def is_name(text: str, site: str, address: str = "") -> bool:
    """Whether a text may be a person's name: short, no address, no link to a profile, not the site itself."""
    return (
        bool(text)
        and len(text) <= 80
        and "://" not in text
        and "@" not in text[1:]
        and not _PROFILE.fullmatch(text)
        and not is_nobody(text)
        and not is_host(text, address)
        and not (site and same_letters(text, site))
    )


def names_in_byline(page: Page, site: str, address: str) -> list[str]:
    """The names in the element that the page marks as its byline."""
    names: list[str] = []
    for selector in (
        "[rel~=author]",
        "[itemprop=author]",
        ".byline-name, .author-name, .entry-author, .post-author, .author, .byline",
    ):
        elements = [e for e in page.index.select(selector)[:BYLINES] if not stands_in_comments(e)]
        names = [n for e in elements[:3] if (n := one_line(e)) and not _PROFILE.fullmatch(n)]
        if names:
            break
    names = [DATED.split(n)[0] for n in names]
    cleaned = [(byline(n) or n).strip(" ,|•·") for n in names]
    return [n for n in dict.fromkeys(cleaned) if is_name(n, site, address) and 0 < len(n.split()) <= 6][:5]
