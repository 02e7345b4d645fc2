"""Lists that belong to an article: "See also", "Works", "References", under headings like those of its text."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bs4.element import NavigableString, Tag

from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, child_nodes, element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.lines.list_headings import over_articles_list, over_sites_list

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
SECTIONS = 2  # paragraphs of prose between headings make an article of sections
PARENTS = 50  # elements with sections that are looked into; a page has one or two
ENTRIES = 3  # links to headings that make a contents list
LINKED_SHARE = 0.6  # of its letters stand in those links
ENTRY_DEPTH = 12  # elements around such a link
PROSE_WORDS = 20
SHORT_WORDS = 30  # of a line between a heading and its list
LISTS = ["ul", "ol", "dl"]
NAMING = frozenset(("class", "id"))  # what a template gives its menus, and nobody a list among his paragraphs
LINES = ("p", *HEADINGS)
MENU = 3  # items or links: one or two links say what the paragraph before them speaks of
LABEL_WORDS = 12  # of a line that says that the list below it is of the site
ANNOUNCING = 4  # words of a sentence that ends in a colon
LISTED_SHARE = 0.85  # of the letters of an element in lists: it is a list with a frame


def article_lists(page: Page, excluded: Exclusions, roots: Iterable[Tag]) -> set[int]:
    """Ids of the lists, or of the frames around lists, that stand right below a heading of an article with sections.

    Such a list leads elsewhere and is part of the text all the same. One whose heading speaks of the site ("Related
    posts", "Share") is not. A list of links to the headings of the text is another reader's business (`contents.py`).
    """
    inside = {id(root) for root in roots}
    headings = [
        heading
        for name in ("h1", *HEADINGS)
        for heading in page.index.by_name.get(name, ())
        if heading not in excluded and any(id(p) in inside for p in heading.parents)
    ]
    lists = _lists_of_headings(page, headings, inside)
    parents: dict[int, Tag] = {}
    sections: Counter[int] = Counter()
    for heading in headings:
        parent = heading.parent
        if parent is not None and _heading(parent) is heading:
            parent = parent.parent
        if parent is not None and heading.name != "h1":
            parents[id(parent)] = parent
            sections[id(parent)] += 1
    named = {id(parent) for h in headings if over_articles_list(_words(excluded, h)) for parent in list(h.parents)[:2]}
    for key, count in sections.most_common(PARENTS):
        if (count >= SECTIONS or key in named) and key not in excluded.ids:
            lists.update(_below_headings(excluded, parents[key]))
    for parent in _parents_of_lists(page, inside):
        lists.update(_beside_text(excluded, parent))
    return lists


def _beside_text(excluded: Exclusions, parent: Tag) -> Iterator[int]:
    """Ids of the lists in an element that the text around them makes a part of it."""
    yield from _announced(excluded, parent)
    yield from _among_paragraphs(excluded, parent)
    if parent.name == "li":
        yield from _below_its_item(parent)


def _parents_of_lists(page: Page, inside: set[int]) -> list[Tag]:
    """The elements of the text in which lists stand, each once."""
    lists = (listing for name in LISTS for listing in page.index.by_name.get(name, ()))
    parents = {id(listing.parent): listing.parent for listing in lists if listing.parent is not None}
    return [parent for parent in parents.values() if any(id(p) in inside for p in (parent, *parent.parents))]


def _announced(excluded: Exclusions, parent: Tag) -> Iterator[int]:
    """Ids of the lists right after a sentence with a colon at its end."""
    before: Tag | None = None
    for child in parent.contents:  # one pass: the tree looks for a neighbour anew each time
        if isinstance(child, Tag):
            if child.name in LISTS and before is not None and _announces(excluded, before):
                yield id(child)
            before = child
        elif isinstance(child, NavigableString) and child.strip():
            before = None


def _among_paragraphs(excluded: Exclusions, parent: Tag) -> Iterator[int]:
    """Ids of the short lists without a name of their own that stand after prose, and before more of it."""
    prose = label = False
    waiting: list[int] = []
    for child in parent.contents:
        if not isinstance(child, Tag | NavigableString) or isinstance(child, NOT_TEXT) or child in excluded:
            continue
        if isinstance(child, Tag) and child.name in LISTS:
            if prose and not label and not NAMING & child.attrs.keys() and _is_short(child):
                waiting.append(id(child))
            continue
        if isinstance(child, Tag) and child.name not in LINES:
            label = False
            continue
        words = one_line(child).split() if isinstance(child, Tag) else child.split()
        if not words:
            continue
        label = len(words) <= LABEL_WORDS and over_sites_list(" ".join(words))
        if len(words) >= PROSE_WORDS:
            prose = True
            yield from waiting
            waiting.clear()


def _below_its_item(item: Tag) -> Iterator[int]:
    """Ids of the lists inside an item with words of its own that announce them: a menu's item is a link."""
    said = ""
    for child in item.contents:
        if isinstance(child, Tag) and child.name in LISTS:
            if said.endswith((":", "：")) and not over_sites_list(said):
                yield id(child)
            said = ""
        elif isinstance(child, NavigableString) and not isinstance(child, NOT_TEXT):
            said = child.strip() or said


def _is_short(listing: Tag) -> bool:
    return all(len(listing.find_all(name, limit=MENU)) < MENU for name in ("li", "a"))


def _announces(excluded: Exclusions, before: Tag) -> bool:
    if before.name != "p" or before in excluded:
        return False
    words = one_line(before)
    return words.endswith((":", "：")) and len(words.split()) >= ANNOUNCING and not over_sites_list(words)


def _lists_of_headings(page: Page, headings: Sequence[Tag], inside: set[int]) -> set[int]:
    """Ids of the elements that hold several links to headings of the text and little else."""
    names = {attribute(e, n) for h in headings for e in (h, *h.find_all(True)) for n in ("id", "name")}
    names.update(attribute(h.parent, "id") for h in headings if h.parent is not None)
    names.discard("")
    links: dict[int, list[Tag]] = {}
    around: dict[int, Tag] = {}
    for link in page.index.by_name.get("a", ()) if names else ():
        href = attribute(link, "href")
        if href[:1] != "#" or href[1:] not in names:
            continue
        parents = list(link.parents)
        within = next((i for i, p in enumerate(parents) if id(p) in inside), 0)
        for parent in parents[: min(within, ENTRY_DEPTH)]:
            links.setdefault(id(parent), []).append(link)
            around[id(parent)] = parent
    return {
        key
        for key, inner in links.items()
        if len(inner) >= ENTRIES and sum(len(one_line(a)) for a in inner) >= LINKED_SHARE * len(one_line(around[key]))
    }


def _heading(element: Tag) -> Tag | None:
    """The element when it is a heading, or the heading that is all it holds but tools of the site."""
    if element.name in HEADINGS:
        return element
    if element.name != "div":
        return None
    inner = list(itertools.islice((c for c in element.contents if isinstance(c, Tag)), 3))
    return inner[0] if inner and inner[0].name in HEADINGS and len(inner) <= 2 and not inner[0].find("a") else None


def _below_headings(excluded: Exclusions, parent: Tag) -> set[int]:
    lists: set[int] = set()
    sections = 0
    sure: set[int] = set()  # under a heading that an article alone has
    open_list = apparatus = False
    for child in child_nodes(parent):
        if not isinstance(child, Tag) or child.name in UNSEEN or child in excluded:
            continue
        heading = _heading(child)
        if heading is not None:
            open_list = not _leads_on(excluded, heading) and not over_sites_list(one_line(heading))
            apparatus = open_list and over_articles_list(_words(excluded, heading))
            continue
        words = len(one_line(child).split())
        if not words:
            continue
        if child.name == "p" and words >= PROSE_WORDS:
            sections += 1
        if not open_list:
            continue
        if child.name in LISTS or (child.name == "div" and _is_listing(child)):
            lists.add(id(child))
            if apparatus:
                sure.add(id(child))
        elif words > SHORT_WORDS:
            open_list = False
    return lists if sections >= SECTIONS else sure


def _words(excluded: Exclusions, heading: Tag) -> str:
    return " ".join(element_text(heading, excluded.ids).split())


def _leads_on(excluded: Exclusions, heading: Tag) -> bool:
    """Whether a heading is a link to somewhere; the site's own "[edit]" is dropped by then."""
    return any(
        link not in excluded and not any(p in excluded for p in link.parents)
        for link in heading.find_all("a", href=True)
    )


def _is_listing(element: Tag) -> bool:
    listed = sum(len(one_line(c)) for c in element.find_all(LISTS) if not c.find_parent(LISTS))
    return listed >= LISTED_SHARE * len(one_line(element)) > 0
