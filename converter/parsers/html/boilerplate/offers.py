"""What a site offers among the paragraphs of a text: headlines of other pages, the pages it recommends, cards that open
over a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from bs4.element import NavigableString, Tag

from converter.parsers.html.boilerplate.weights import Weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.recognisers.lines.list_headings import over_sites_list
from converter.recognisers.lines.sentences import ends_sentence

RULE, OWNER = "navigation", "what the site offers"
LINKED = 0.9  # of a line's letters in links: it is nothing but a link
CAPITALS = 0.9  # of the letters of a headline in capitals: a plural may have a small one
HEADLINE_WORDS, HEADLINE_LETTERS = 4, 250
LINE_LETTERS = 1_000  # of a label with many links
OFFER_WORDS = 14  # of a line that is a link with the site's words
LABEL_WORDS, LABEL_LETTERS = 8, 80  # of a line that announces what the site offers
NAMED_WORDS = 3  # of a label before the first link of a line
OFFER_LETTERS = 700  # of an article, or of a headline that leads to another page and the words below it
BEGUN_LETTERS = 600  # of paragraphs, before a line that announces something
CARD_LINKS = 3  # besides the name over which it opens
LABELS = frozenset("p div h2 h3 h4 h5 h6 strong b em span center header".split())
BLOCKS = frozenset("p div ul ol dl li article section table h2 h3 h4 h5 h6".split())
CARDS = frozenset("span div".split())


def exclude_offers(
    page: Page,
    excluded: Exclusions,
    weights: Weights,
    roots: Iterable[Tag],
    headlines: Mapping[int, int],
    own: Set[int],
) -> None:
    """Excludes what the site offers inside these elements. `headlines`: how many headings that lead to another page
    stand in each element, by its id; `own`: ids of lists that are part of the text."""
    begun = _begun(page, weights)
    lines: dict[int, str] = {}
    stack = list(roots)
    while stack:
        row = _shown(stack.pop(), excluded, weights)
        label: Tag | None = None  # the line before, which announces what the site offers
        offered = False
        for at, (child, follows) in enumerate(row):
            if follows and (label is not None or offered) and _is_offer(child, weights, headlines, own):
                if label is not None:
                    excluded.add(label, RULE, OWNER)
                excluded.add(child, RULE, OWNER)
                label, offered = None, True
                continue
            offered = False
            label = child if place(child) > begun and _is_label(child, weights, lines) else None
            if _is_headline(child, weights) or (at and follows and _is_card(row[at - 1][0], child, weights)):
                excluded.add(child, RULE, OWNER)
            elif id(child) not in own:
                stack.append(child)


def _begun(page: Page, weights: Weights) -> int:
    """The place of the paragraph by which the page has told something: no site offers anything else before that."""
    letters = 0
    for paragraph in page.index.by_name.get("p", ()):
        letters += weights.letters.get(id(paragraph), 0)
        if letters >= BEGUN_LETTERS:
            return place(paragraph)
    return len(page.everything)


def _shown(parent: Tag, excluded: Exclusions, weights: Weights) -> list[tuple[Tag, bool]]:
    """The elements with words in an element, and of each whether only space parts it from the one before."""
    row: list[tuple[Tag, bool]] = []
    alone = True
    for child in parent.contents:
        if isinstance(child, Tag):
            if child.name not in UNSEEN and child not in excluded and weights.letters.get(id(child), 0):
                row.append((child, alone))
                alone = True
        elif isinstance(child, NavigableString) and not isinstance(child, NOT_TEXT) and not child.isspace():
            alone = False
    return row


def _is_offer(element: Tag, weights: Weights, headlines: Mapping[int, int], own: Set[int]) -> bool:
    """Whether an element below a line that announces one is nothing but links, or short articles or headlines."""
    if element.name not in BLOCKS or id(element) in own:
        return False
    several = max(headlines.get(id(element), 0), element.name == "article")
    return weights.letters[id(element)] <= OFFER_LETTERS * several or weights.share(element) >= LINKED


def _line(element: Tag, lines: dict[int, str]) -> str:
    """`one_line` of an element. It is that of the one element it may consist of, too: of a thousand in each other it
    is read once. `lines` holds what is known, by id."""
    around: list[int] = []
    while id(element) not in lines:
        around.append(id(element))
        held = [node for node in element.contents if not (isinstance(node, NavigableString) and node.isspace())]
        if len(held) == 1 and isinstance(held[0], Tag) and held[0].name not in UNSEEN:
            element = held[0]
        else:
            lines[id(element)] = one_line(element)
    line = lines[id(element)]
    lines.update(dict.fromkeys(around, line))
    return line


def _is_label(element: Tag, weights: Weights, lines: dict[int, str]) -> bool:
    """Whether a short line announces what the site offers: "You may also like"."""
    if element.name not in LABELS or weights.letters[id(element)] > LABEL_LETTERS:
        return False
    text = _line(element, lines)
    return len(text.split()) <= LABEL_WORDS and over_sites_list(text)


def _is_headline(element: Tag, weights: Weights) -> bool:
    """Whether a line is a link to what the site offers: a headline in capitals, or with the site's words for it."""
    share, letters = weights.share(element), weights.letters[id(element)]
    if element.name not in LABELS or share <= 1 - share or letters > LINE_LETTERS:
        return False
    link = element.find("a", href=True)
    if link is not None and attribute(link, "href").startswith("#"):
        return False
    text = one_line(element)
    if link is not None and _is_named(text, text.partition(one_line(link) or text)[0].strip()):
        return True
    return share >= LINKED and letters <= HEADLINE_LETTERS and _is_announcement(text)


def _is_named(text: str, before: str) -> bool:
    """Whether what stands before the first link of a line names it: "Read more:", "Tags"."""
    if not before.endswith(":") and ends_sentence(text):
        return False
    return len(before.split()) <= NAMED_WORDS and over_sites_list(before)


def _is_announcement(text: str) -> bool:
    """Whether the words of a link speak of the site, or are a headline in capitals."""
    words = len(text.split())
    if 1 < words <= OFFER_WORDS and not ends_sentence(text) and over_sites_list(text):
        return True
    cased = [c for c in text if c.isupper() or c.islower()]
    return words >= HEADLINE_WORDS and sum(c.isupper() for c in cased) >= CAPITALS * len(cased) > 0


def _is_card(name: Tag, element: Tag, weights: Weights) -> bool:
    """Whether an element beside a linked name leads where the name does, and to other pages about it."""
    if name.name != "a" or element.name not in CARDS or weights.share(element) < LINKED:
        return False
    links = [link for link in element.find_all("a", limit=CARD_LINKS + 1) if attribute(link, "href")]
    return len(links) > CARD_LINKS and attribute(links[0], "href") == attribute(name, "href")
