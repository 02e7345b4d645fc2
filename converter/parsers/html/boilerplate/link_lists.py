"""Lists and lines of links inside a story's element: its neighbours, its tags, what else there is to read."""

from __future__ import annotations

from collections.abc import Sequence, Set

from bs4.element import Tag

from converter.parsers.html.boilerplate.offers import exclude_offers
from converter.parsers.html.boilerplate.weights import Weights, page_weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import UNSEEN, element_text
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.lines.sentences import ends_sentence
from converter.recognisers.lines.ways import leads_nearby

LEAST_SHARE, LEFT_OUT_SHARE = 0.25, 0.5  # of letters in links: of what leads away at all, of a list that was left out
LINK_SHARE = 0.55  # of an element's letters in links: it leads away, it tells nothing
FACTS = 2  # headed rows or columns of a table
FACTS_LINKS = 0.7  # of its letters
FEW_LETTERS = 400
TOLD_LETTERS = 20  # outside its links: a sentence that is mostly a link still tells something
BESIDE_LETTERS = 10  # the same, for each link of a list
SEVERAL = 2  # links that make a menu
ALL_LINKS = 0.8
TEASERS = 3  # headings that are links, each over a sentence or two: what else there is to read
TEASER_LETTERS = 250  # of such a heading and what is said below it, on the mean
TEASERS_MOST = 0.6  # of the letters of the story's element: a list of teasers that holds more is what the page is
LINES = frozenset("p div center section td font footer header".split())
FRAMES = ("div", "section", "footer", "header")
LINE_WORDS = 14  # a line of links with more words is prose with links


def exclude_link_lists(
    page: Page,
    excluded: Exclusions,
    weights: Weights,
    roots: Sequence[Tag],
    located: set[int] | None,
    own: Set[int] = frozenset(),
) -> None:
    """Excludes lists and lines of links inside the story's element: neighbours, tags, share buttons.

    `located`: ids of the elements an extractor took for the story; one that it left out needs less to be excluded.
    `own`: ids of lists that are part of the text.
    """
    weights = page_weights(page, excluded, weights)
    teasers = _linked_headings(page, weights)
    exclude_offers(page, excluded, weights, roots, teasers, own)
    weights = page_weights(page, excluded, weights)
    for root in roots:
        most = TEASERS_MOST * weights.letters.get(id(root), 0)
        stack: list[Tag] = [c for c in root.contents if isinstance(c, Tag)]
        while stack:
            element = stack.pop()
            key = id(element)
            if element in excluded or element.name in UNSEEN or key in own or tells_facts(element, weights):
                continue
            letters, heads = weights.letters.get(key, 0), teasers.get(key, 0)
            if heads >= TEASERS and letters <= min(heads * TEASER_LETTERS, most):
                excluded.add(element, "navigation", "headings that lead to other pages")
            elif not letters or _is_told_cell(element, weights):
                continue
            elif _leads_away(element, weights, located is not None and key not in located):
                excluded.add(element, "navigation", "links inside the story")
            elif located is not None or weights.share(element) > 0:
                stack.extend(c for c in element.contents if isinstance(c, Tag))


def _is_told_cell(element: Tag, weights: Weights) -> bool:
    """Whether an element is a cell in a row that tells more than where to go."""
    row = element.parent if element.name == "td" else None
    return row is not None and weights.share(row) <= LINK_SHARE


def _linked_headings(page: Page, weights: Weights) -> dict[int, int]:
    """How many headings that are nothing but a link to another page stand in each element."""
    counts: dict[int, int] = {}
    for heading in page.index.select("h1, h2, h3, h4, h5, h6"):
        links = [attribute(a, "href") for a in (*heading.find_all("a"), *heading.find_parents("a", limit=1))]
        if not any(href and not href.startswith("#") for href in links):
            continue
        letters = weights.letters.get(id(heading), 0)
        if not letters or (weights.share(heading) < ALL_LINKS and heading.find_parent("a") is None):
            continue
        for parent in heading.parents:
            counts[id(parent)] = counts.get(id(parent), 0) + 1
    return counts


def _leads_away(element: Tag, weights: Weights, left_out: bool) -> bool:
    """Whether an element mostly says where else to go. `left_out`: an extractor took it for no story."""
    share, letters = weights.share(element), weights.letters.get(id(element), 0)
    if share <= LEAST_SHARE:
        return False
    if element.name in ("ul", "ol", "dl", "table"):
        if items_tell(element, weights):
            return False
        few = left_out or letters < FEW_LETTERS or share > ALL_LINKS
        return few and share > (LEFT_OUT_SHARE if left_out else LINK_SHARE) and _links(element) >= SEVERAL
    if element.name not in LINES:
        return False
    if letters <= FEW_LETTERS and _is_line_of_links(element, share):
        return True
    if not left_out or share <= LINK_SHARE or element.name not in FRAMES or element.find("img") is not None:
        return False
    return letters * (1 - share) < TOLD_LETTERS or not ends_sentence(element_text(element).strip())


def items_tell(element: Tag, weights: Weights) -> bool:
    """Whether the items of a list have words beside their links."""
    share = weights.share(element)
    told = weights.letters.get(id(element), 0) * (1 - share)
    if element.name not in ("ul", "ol") or share > ALL_LINKS:
        return False
    return _fewer(element, "li", told / TOLD_LETTERS) and _fewer(element, "a", told / BESIDE_LETTERS)


def _fewer(element: Tag, name: str, most: float) -> bool:
    """Whether no more elements of this name than that stand in the element; no more of them are looked at."""
    return len(element.find_all(name, limit=int(most) + 1)) <= most


def _is_line_of_links(element: Tag, share: float) -> bool:
    """Whether a short element is nothing but links, or a few words that lead to a page nearby."""
    text = element_text(element).strip()
    if share > ALL_LINKS and _links(element) >= SEVERAL and not ends_sentence(text):
        return True
    return share > LINK_SHARE and len(text.split()) <= LINE_WORDS and leads_nearby(text)


def tells_facts(element: Tag, weights: Weights) -> bool:
    """Whether an element is a table with headed rows or columns that tells more than where to go."""
    return (
        element.name == "table"
        and weights.share(element) <= FACTS_LINKS
        and len(element.find_all("th", limit=FACTS)) == FACTS
    )


def _links(element: Tag) -> int:
    return sum(1 for a in element.find_all("a", limit=SEVERAL + 2) if attribute(a, "href"))
