"""Where the story stands on a page of an unknown site: repeated posts first, then readability's opinion, then
trafilatura's.

Strategy: a reader library only *locates*. It gets a lean copy of the page in which every element is numbered; the
elements it keeps tell the smallest original element that holds them, and that element, untouched, is the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import NavigableString, Tag

from converter.document.contracts import Diagnostic, Evidence
from converter.document.record import dataclass
from converter.parsers.html.boilerplate.chrome import (
    exclude_chrome,
    exclude_link_lists,
    exclude_streams,
    tells_facts,
)
from converter.parsers.html.boilerplate.weights import Weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.metas import page_language
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.article_lists import article_lists
from converter.parsers.html.extraction.extractors import by_readability, by_trafilatura, copy_of
from converter.parsers.html.extraction.posts import (
    are_pieces,
    by_one_author,
    find_posts,
    opening_words,
    post_writer,
)
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.language import detect_language

COVER = 0.97  # of the located letters: at 0.92 trials cut stories short
COVER_PIECES = 0.9  # of the letters of a text's pieces; readers that see one piece take a third of them
TRUST = 250  # letters; a shorter find is a mistake
TRUST_SHARE = 0.25  # of the page's letters outside links
SHORT_PAGE = 3_000  # letters outside links: a notice, the open part of a paid article, between its frames
SHORT_TRUST = 100
SAID = re.compile(r"\w{2}[.!?…]+[\"'”’»)]*(?:\s|$)|[。！？]")
SURE = 0.9
COMPANION_LEVELS = 3  # parents around the story in which a lead may stand
COMPANION_LETTERS = 40
LEAD_WORDS = 10
COMPANION_KEPT = 0.7  # of its letters kept by the reader
COMPANION_LINKS = 0.3
PART_LETTERS = 80  # of a piece of the story beside its longest
PIECE_LINKS = 0.1
STRANGERS = ("div", "section", "header", "footer", "table", "ul", "form", "aside", "td")
STRANGER_LETTERS = 200
STRANGER_LINKS = 0.3  # of the letters of an element the reader left out
STRANGER_WITHIN = 0.5  # the same, between parts of the story: a table there tells something about it
SENTENCE_LETTERS = 20  # of a paragraph outside its links
CELL_LETTERS, CELL_SENTENCES, SENTENCE_WORDS = 120, 2, 6  # of a cell beside the story's that is a part of it
LOOSE_LETTERS = 80  # of text that stands in no element of its own
SPLITS = [
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "li",
    "table",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "form",
    "blockquote",
]
SECTION_LETTERS = 200  # in paragraphs of a section beside the story's: more than an invitation to a newsletter has
LANGUAGE_LETTERS = 2_000  # enough to tell the language of a story
HEAD_WORDS = 12  # of the line over a post: a name, a title, a date
FRAMES = frozenset("div section article main table tbody tr td center".split())


@dataclass(frozen=True, slots=True)
class Located:
    """The elements of the story in order; `posts`: they are posts or parts that repeat."""

    roots: tuple[Tag, ...]
    evidence: Evidence
    posts: bool = False
    author: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


def locate(page: Page, excluded: Exclusions) -> Located:
    """The story's elements. Chrome around and inside it is excluded."""
    weights = exclude_streams(page, excluded, exclude_chrome(page, excluded))
    total = weights.letters.get(id(page.body), 0)
    posts = find_posts(page, weights, total)
    pieces = bool(posts) and are_pieces(posts)
    if posts and not (pieces and _read_whole(page, excluded, posts, weights, total)):
        own_posts, told = by_one_author(page, excluded, posts)
        exclude_link_lists(page, excluded, weights, own_posts, None)
        why = f"{len(own_posts)} elements of one kind hold most of the page's text"
        evidence = Evidence("story", "repeated posts", why, 0.8)
        return Located(tuple(own_posts), evidence, True, post_writer(own_posts[0])[0], told)
    if total and not _framed(page, excluded):
        exclude_link_lists(page, excluded, weights, [page.body], None, article_lists(page, excluded, [page.body]))
        return Located(
            (page.body,), Evidence("story", "the whole page", "the page has no links outside its prose", 0.9)
        )
    root, kept, why, sure = _by_readers(page, excluded, weights, total)
    if root is None:
        message = "the story could not be told from the rest of the page; all but menus and forms is taken"
        doubt = Diagnostic("html-unlocated", message, page.origin(page.body), "doubt")
        exclude_link_lists(page, excluded, weights, [page.body], None, article_lists(page, excluded, [page.body]))
        evidence = Evidence("story", "the whole page", "no reader found the story", 0.3)
        return Located((page.body,), evidence, diagnostics=(doubt,))
    root = _whole_table(_widened(page, root), weights)
    own = article_lists(page, excluded, [root])
    _exclude_strangers(page, excluded, root, kept, weights, own)
    exclude_link_lists(page, excluded, weights, [root], kept, own)
    roots = _with_companions(page, excluded, root, kept, weights)
    heading = _heading_above(page, excluded, roots[0])
    return Located(
        (heading, *roots) if heading is not None else tuple(roots), Evidence("story", describe(root), why, sure)
    )


def _with_companions(page: Page, excluded: Exclusions, root: Tag, kept: set[int], weights: Weights) -> list[Tag]:
    """The story's element with those beside it, or beside what holds it, that the reader kept too: a lead, a
    last word."""
    found = _letters_below(page, excluded, kept)
    start = place(root)
    title = max((place(h) for h in page.index.select("h1") if place(h) < start), default=len(page.everything))
    roots = [root]
    at = root
    for _ in range(COMPANION_LEVELS):
        if at.parent is None or at is page.body:
            break
        for sibling in at.parent.contents:
            if sibling is at or not isinstance(sibling, Tag) or sibling in excluded or sibling.name in UNSEEN:
                continue
            lead = title < place(sibling) < start
            if _is_companion(sibling, root, weights, found.get(id(sibling), 0), beside=at is root, lead=lead):
                roots.append(sibling)
        at = at.parent
    exclude_link_lists(page, excluded, weights, roots[1:], kept)
    return sorted(roots, key=place)


def _is_companion(sibling: Tag, root: Tag, weights: Weights, kept: int, *, beside: bool, lead: bool) -> bool:
    """Whether an element beside the story's belongs to it. `kept`: how many of its letters an extractor kept; `beside`:
    both have one parent; `lead`: it stands between the title and the story."""
    letters = weights.letters.get(id(sibling), 0)
    if letters and beside and _is_variant(sibling, root) and weights.share(sibling) <= PIECE_LINKS:
        return True
    if letters < COMPANION_LETTERS or weights.share(sibling) >= COMPANION_LINKS:
        return False
    if _is_piece(sibling, root, weights) or (beside and _is_loose(sibling, root, weights)):
        return True
    return (lead and _is_lead(sibling)) or kept >= COMPANION_KEPT * letters


def _is_variant(sibling: Tag, root: Tag) -> bool:
    """An element of the same kind whose further class names are made of the story's own: `text text--preface`."""
    own, others = attribute(root, "class").split(), attribute(sibling, "class").split()
    further = [name for name in others if name not in own]
    return (
        sibling.name == root.name
        and bool(own)
        and bool(further)
        and all(name in others for name in own)
        and all(any(name.startswith(mine) for mine in own) for name in further)
    )


def _is_piece(sibling: Tag, root: Tag, weights: Weights) -> bool:
    """A template's next piece of the same text: an element of the very same kind that is all prose."""
    return (
        sibling.parent is root.parent
        and sibling.name == root.name
        and bool(attribute(root, "class"))
        and attribute(sibling, "class") == attribute(root, "class")
        and weights.letters.get(id(sibling), 0) >= PART_LETTERS
        and weights.share(sibling) <= PIECE_LINKS
        and opening_words(sibling) > HEAD_WORDS
        and not post_writer(sibling)[0]
    )


def _is_loose(sibling: Tag, root: Tag, weights: Weights) -> bool:
    """A paragraph that stands beside the story's element, not in it; or the next section of its text."""
    if weights.share(sibling) >= COMPANION_LINKS:
        return False
    if sibling.name in ("p", "blockquote"):
        return bool(SAID.search(one_line(sibling)))
    if sibling.name == "div":
        return weights.letters.get(id(sibling), 0) >= LOOSE_LETTERS and _is_sentence(sibling, weights)
    if sibling.name != "section" or root.name != "section" or weights.share(sibling) > PIECE_LINKS:
        return False
    own = [c for c in sibling.contents if isinstance(c, Tag) and c.name == "p" and SAID.search(one_line(c))]
    return sum(weights.letters.get(id(c), 0) for c in own) >= SECTION_LETTERS


def _is_lead(element: Tag) -> bool:
    """A sentence or two between the title and the story."""
    text = one_line(element)
    return len(text.split()) >= LEAD_WORDS and bool(re.search(r"[.!?…][\"”’)]*$", text))


def _heading_above(page: Page, excluded: Exclusions, root: Tag) -> Tag | None:
    """The nearest heading above the story that says which chapter it is."""
    above = [e for e in page.index.select("h1, h2, h3, h4") if place(e) < place(root)]
    if not above:
        return None
    language = page_language(page) or detect_language(one_line(root)[:LANGUAGE_LETTERS])[0]
    for element in reversed(above):
        if any(p in excluded for p in (element, *element.parents)):
            continue
        if any(p is element for p in root.parents):  # broken markup: it holds the story
            continue
        form = read_form(one_line(element), lexicon(language))
        if form is not None and form.shape in ("division", "single"):
            return element
    return None


def describe(element: Tag) -> str:
    """An element as a person would name it: `div.entry-content`."""
    ident = attribute(element, "id")
    names = attribute(element, "class").split()
    return element.name + (f"#{ident}" if ident else "") + (f".{names[0]}" if names else "")


def _framed(page: Page, excluded: Exclusions) -> bool:
    """Whether anything but prose stands on the page: a menu, a comment, a link outside a paragraph."""
    if any(row.rule in ("navigation", "comments", "page furniture") for row in excluded):
        return True
    for link in page.body.find_all("a", href=True):
        if (
            not attribute(link, "href").startswith(("#", "mailto:"))
            and link.find_parent(["p", "li", "blockquote"]) is None
        ):
            return True
    return False


def _read_whole(page: Page, excluded: Exclusions, posts: Sequence[Tag], weights: Weights, total: int) -> bool:
    """Whether a reader took nearly all of these elements for one text."""
    found = _letters_below(page, excluded, _by_readers(page, excluded, weights, total)[1])
    return sum(found.get(id(p), 0) for p in posts) >= COVER_PIECES * sum(weights.letters[id(p)] for p in posts)


def _by_readers(
    page: Page, excluded: Exclusions, weights: Weights, total: int
) -> tuple[Tag | None, set[int], str, float]:
    copy, numbered, followers = copy_of(page, excluded)
    total -= weights.linked.get(id(page.body), 0)
    trust = TRUST if total > SHORT_PAGE else SHORT_TRUST
    for reader, name, sure in ((by_readability, "readability", SURE), (by_trafilatura, "trafilatura", 0.7)):
        numbers = reader(copy)
        kept = {id(numbered[n]) for n in numbers if n < len(numbered)}
        kept.update(id(e) for n in numbers for e in followers.get(n, ()))
        if not kept:
            continue
        found = _letters_below(page, excluded, kept)
        here = found.get(id(page.body), 0)
        root = _smallest(page.body, found)
        if (here >= trust and weights.letters.get(id(root), 0) >= TRUST_SHARE * total) or (
            sure < SURE and trust <= here < total <= SHORT_PAGE and SAID.search(one_line(root))
        ):
            return root, kept, f"{name} kept {here:,} letters; {total:,} stand outside links", sure
    return None, set(), "", 0.0


def _letters_below(page: Page, excluded: Exclusions, kept: set[int]) -> dict[int, int]:
    letters: dict[int, int] = {}
    for element in reversed(page.elements):
        key = id(element)
        own = 0
        if key in kept and key not in excluded.ids:
            own = sum(
                len(c)
                for c in element.contents
                if isinstance(c, NavigableString) and not isinstance(c, NOT_TEXT) and not c.isspace()
            )
        here = letters.get(key, 0) + own
        letters[key] = here
        if element.parent is not None and here:
            letters[id(element.parent)] = letters.get(id(element.parent), 0) + here
    return letters


def _smallest(body: Tag, letters: dict[int, int]) -> Tag:
    """The smallest block element that holds nearly all located letters; never a part of a table's frame."""
    enough = COVER * letters.get(id(body), 0)
    at = best = body
    while True:
        inner = next((c for c in at.contents if isinstance(c, Tag) and letters.get(id(c), 0) >= enough), None)
        if inner is None or inner.name in ("p", "span", "a", "b", "i", "em", "strong", "font", "pre"):
            return best
        at = inner
        if at.name not in ("tr", "tbody", "thead"):
            best = at


def _exclude_strangers(
    page: Page, excluded: Exclusions, root: Tag, kept: set[int], weights: Weights, own: set[int]
) -> None:
    """Excludes children of the story's element in which the extractor kept nothing, if they look like chrome too."""
    found = _letters_below(page, excluded, kept)
    stack = [root]
    while stack:
        at = stack.pop()
        parts = [i for i, c in enumerate(at.contents) if isinstance(c, Tag) and found.get(id(c), 0)]
        for i, child in enumerate(at.contents):
            if not isinstance(child, Tag) or child in excluded or child.name in UNSEEN:
                continue
            letters = weights.letters.get(id(child), 0)
            if not letters or id(child) in own or tells_facts(child, weights):
                continue
            if found.get(id(child), 0):
                if child.name in FRAMES and found[id(child)] < letters:
                    stack.append(child)
            elif _is_stranger(child, weights, within=bool(parts) and parts[0] < i < parts[-1]):
                excluded.add(child, "page furniture", "nothing that an extractor kept")


def _is_stranger(child: Tag, weights: Weights, *, within: bool) -> bool:
    """Whether a frame without anything of the story is links, or short and no sentence. `within`: it stands between
    parts of the story, and may tell something about it."""
    if child.name not in STRANGERS:
        return False
    if weights.share(child) > (STRANGER_WITHIN if within else STRANGER_LINKS) and not _is_sentence(child, weights):
        return True
    return weights.letters.get(id(child), 0) < STRANGER_LETTERS and not within and not _tells(child)


def _is_sentence(element: Tag, weights: Weights) -> bool:
    """Whether an element is one paragraph, for all its links."""
    letters = weights.letters.get(id(element), 0) - weights.linked.get(id(element), 0)
    return letters >= SENTENCE_LETTERS and element.find(SPLITS) is None and bool(SAID.search(one_line(element)))


def _widened(page: Page, root: Tag) -> Tag:
    """The element around the story's, where text stands loose in it: the story's element is then only a part."""
    at = root
    for _ in range(COMPANION_LEVELS):
        parent = at.parent
        if at is page.body or parent is None or at.name == "body":
            break
        loose = [c for c in parent.contents if isinstance(c, NavigableString) and not isinstance(c, NOT_TEXT)]
        if sum(len(c.strip()) for c in loose) >= LOOSE_LETTERS and any(SAID.search(c) for c in loose):
            root = parent
        at = parent
    return root


def _whole_table(root: Tag, weights: Weights) -> Tag:
    """The table around a story's cell when other cells of it tell something, too: its rows are the story's parts."""
    cell = next((e for e in (root, *root.parents) if e.name in ("td", "th")), None)
    table = cell.find_parent("table") if cell is not None else None
    if cell is None or table is None:
        return root
    inside = {id(e) for e in cell.descendants}
    for other in table.find_all(["td", "th"]):
        if other is cell or id(other) in inside or any(p is other for p in cell.parents):
            continue
        if weights.letters.get(id(other), 0) >= CELL_LETTERS and weights.share(other) <= PIECE_LINKS:
            sentences = sum(len(p.split()) >= SENTENCE_WORDS for p in SAID.split(one_line(other)))
            if sentences >= CELL_SENTENCES:
                return table
    return root


def _tells(element: Tag) -> bool:
    """Whether an element may be part of a story for all its shortness: a sentence, a heading, a break, a picture."""
    text = one_line(element)
    return (
        bool(re.search(r"[.!?…”\"]$", text))
        or element.find(["h1", "h2", "h3", "h4", "hr", "img", "blockquote"]) is not None
        or len(text) <= 25
    )
