"""Lists that belong to an article: "See also", "Works", "References", under headings like those of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4.element import Tag

from converter.parsers.html.page import UNSEEN, Page, attribute, children, one_line

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
SECTIONS = 2  # paragraphs of prose between headings make an article of sections
PARENTS = 50  # elements with sections that are looked into; a page has one or two
ENTRIES = 3  # links to headings that make a contents list
LINKED = 0.6  # of its letters stand in those links
DEEP = 12  # elements around such a link
PROSE_WORDS = 20
SHORT_WORDS = 30  # of a line between a heading and its list
LISTS = ["ul", "ol", "dl"]
LISTED = 0.85  # of the letters of an element in lists: it is a list with a frame
NOT_THE_TEXTS = re.compile(
    r"\b(?:relat(?:ed|ives)|recommend\w*|popular|trending|most (?:read|viewed|shared)|latest|recent|newest|share|sharing|"
    r"follow|tags?|topics?|categor(?:y|ies)|archives?|comments?|repl(?:y|ies)|navigation|menu|newsletter|subscribe|"
    r"sponsor\w*|advert\w*|more (?:from|on|in|by|about|stories|posts|news)|you (?:may|might)|also (?:on|in|read|like)|"
    r"read (?:more|next|also)|about (?:the author|us|me)|search|meta|pages|blogroll|elsewhere|chapters|previous|next|"
    r"ähnliche|verwandte|mehr (?:zum|von|aus)|meistgelesen\w*|à lire|lire aussi|articles? (?:liés|similaires)|"
    r"relacionad[oa]s?|correlati|leggi anche|gerelateerd\w*|похожие|читайте)\b|^more$|相关|関連|관련",
    re.I,
)


def article_lists(page: Page, roots: Iterable[Tag]) -> set[int]:
    """Ids of the lists, or of the frames around lists, that stand right below a heading of an article with sections.

    Such a list leads elsewhere and is part of the text all the same. One whose heading speaks of the site ("Related
    posts", "Share") is not. A list of links to the headings of the text is another reader's business (`contents.py`).
    """
    found: set[int] = set()
    for root in roots:
        found.update(_lists_of_headings(root))
    looked = 0
    for root in roots:
        for element in (root, *root.find_all(["div", "section", "article", "main", "td"])):
            headings = [c for c in element.contents if isinstance(c, Tag) and _heading(c) is not None]
            if len(headings) < SECTIONS or id(element) in page.dropped or looked == PARENTS:
                continue
            looked += 1
            found.update(_below_headings(page, element))
    return found


def _lists_of_headings(root: Tag) -> set[int]:
    """Ids of the elements that hold several links to headings of the text and little else."""
    headings = root.find_all(["h1", *HEADINGS])
    names = {attribute(e, n) for h in headings for e in (h, *h.find_all(True)) for n in ("id", "name")}
    names.update(attribute(h.parent, "id") for h in headings if h.parent is not None)
    names.discard("")
    if not names:
        return set()
    links: dict[int, list[Tag]] = {}
    around: dict[int, Tag] = {}
    for link in root.find_all("a", href=re.compile("^#.")):
        if attribute(link, "href")[1:] not in names:
            continue
        for parent in list(link.parents)[:DEEP]:
            if parent is root:
                break
            links.setdefault(id(parent), []).append(link)
            around[id(parent)] = parent
    return {
        key
        for key, inside in links.items()
        if len(inside) >= ENTRIES
        and sum(len(one_line(a)) for a in inside) >= LINKED * len(one_line(around[key]))
    }


def _heading(element: Tag) -> Tag | None:
    """The element when it is a heading, or the heading that is all it holds but tools of the site."""
    if element.name in HEADINGS:
        return element
    if element.name != "div":
        return None
    inner = [c for c in element.contents if isinstance(c, Tag)]
    return inner[0] if inner and inner[0].name in HEADINGS and len(inner) <= 2 and not inner[0].find("a") else None


def _below_headings(page: Page, parent: Tag) -> set[int]:
    found: set[int] = set()
    sections = 0
    open_list = False
    for child in children(parent):
        if not isinstance(child, Tag) or child.name in UNSEEN or id(child) in page.dropped:
            continue
        heading = _heading(child)
        if heading is not None:
            open_list = not _leads_on(page, heading) and not NOT_THE_TEXTS.search(one_line(heading))
            continue
        words = len(one_line(child).split())
        if not words:
            continue
        if child.name == "p" and words >= PROSE_WORDS:
            sections += 1
        if not open_list:
            continue
        if child.name in LISTS or (child.name == "div" and _is_listing(child)):
            found.add(id(child))
        elif words > SHORT_WORDS:
            open_list = False
    return found if sections >= SECTIONS else set()


def _leads_on(page: Page, heading: Tag) -> bool:
    """Whether a heading is a link to somewhere; the site's own "[edit]" is dropped by then."""
    return any(
        id(link) not in page.dropped and not any(id(p) in page.dropped for p in link.parents)
        for link in heading.find_all("a", href=True)
    )


def _is_listing(element: Tag) -> bool:
    listed = sum(len(one_line(c)) for c in element.find_all(LISTS) if not c.find_parent(LISTS))
    return listed >= LISTED * len(one_line(element)) > 0
