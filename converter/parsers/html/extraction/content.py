"""Where the story stands on a page of an unknown site: repeated posts first, then readability's opinion, then
trafilatura's.

Strategy: a reader library only *locates*. It gets a lean copy of the page in which every element is numbered; the
elements it keeps tell the smallest original element that holds them, and that element, untouched, is the story.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bs4.element import Tag

from converter.document.contracts import Evidence
from converter.document.findings.pages import HtmlUnlocated
from converter.document.record import dataclass
from converter.parsers.html.boilerplate.chrome import exclude_chrome, exclude_streams
from converter.parsers.html.boilerplate.link_lists import exclude_link_lists
from converter.parsers.html.boilerplate.weights import Weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.article_lists import article_lists
from converter.parsers.html.extraction.companions import with_companions
from converter.parsers.html.extraction.extractors import by_readability, by_trafilatura, copy_of
from converter.parsers.html.extraction.posts import (
    find_posts,
    kept_posts,
    post_writer,
    thread_around,
)
from converter.parsers.html.extraction.prose import ENDS_SENTENCE, letters_below
from converter.parsers.html.extraction.unkept import exclude_unkept
from converter.parsers.html.extraction.widening import whole_table, widened

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

COVER = 0.97  # of the located letters: at 0.92 trials cut stories short
COVER_PARTS = 0.9  # of the letters of a text's parts; readers that see one part take a third of them
POSTS_SHARE = 0.5  # of the letters that a reader kept: where fewer stand in posts, they are a column beside the text
TRUST = 250  # letters; a shorter find is a mistake
TRUST_SHARE = 0.25  # of the page's letters outside links
SHORT_PAGE = 3_000  # letters outside links: a notice, the open part of a paid article, between its frames
SHORT_TRUST = 100
READABILITY_SURE = 0.9


_Found = tuple[Tag | None, set[int], str, float]  # the story's element, what is kept of it, why, how sure


@dataclass(frozen=True, slots=True)
class Located:
    """The elements of the story in order; `posts`: they are posts or parts that repeat."""

    roots: tuple[Tag, ...]
    evidence: Evidence
    posts: bool = False
    writers: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    heads: frozenset[int] = frozenset()


def locate(page: Page, excluded: Exclusions) -> Located:
    """The story's elements. Chrome around and inside it is excluded."""
    weights = exclude_streams(page, excluded, exclude_chrome(page, excluded))
    total = weights.letters.get(id(page.body), 0)
    posts = find_posts(page, weights, total)
    found = _by_readers(page, excluded, weights, total) if posts else None
    if posts and not (found is not None and _are_parts(page, excluded, posts, weights, found)):
        return _told_in(page, excluded, posts, weights, "elements of one kind hold most of the page's text")
    if total and not _framed(page, excluded):
        exclude_link_lists(page, excluded, weights, [page.body], None, article_lists(page, excluded, [page.body]))
        return Located(
            (page.body,), Evidence("story", "the whole page", "the page has no links outside its prose", 0.9)
        )
    root, kept, why, sure = found or _by_readers(page, excluded, weights, total)
    if root is None:
        doubt = HtmlUnlocated(page.origin(page.body))
        exclude_link_lists(page, excluded, weights, [page.body], None, article_lists(page, excluded, [page.body]))
        evidence = Evidence("story", "the whole page", "no reader found the story", 0.3)
        return Located((page.body,), evidence, findings=(doubt,))
    if not posts and (thread := thread_around(root, weights.letters)):
        return _told_in(page, excluded, thread, weights, "posts are by whoever wrote the first, among others'")
    root = whole_table(widened(page, root), weights)
    own = article_lists(page, excluded, [root])
    exclude_unkept(page, excluded, root, kept, weights, own)
    exclude_link_lists(page, excluded, weights, [root], kept, own)
    roots = with_companions(page, excluded, root, kept, weights)
    return Located(tuple(roots), Evidence("story", describe(root), why, sure))


def _told_in(page: Page, excluded: Exclusions, posts: Sequence[Tag], weights: Weights, why: str) -> Located:
    """A story that is told in posts: in those of whoever wrote the first, or in those of several."""
    kept = kept_posts(page, excluded, posts)
    exclude_link_lists(page, excluded, weights, kept.posts, None)
    why = "posts by several people tell in turn" if len(kept.writers) > 1 else why
    evidence = Evidence("story", "repeated posts", f"{len(kept.posts)} {why}", 0.8)
    roots: Sequence[Tag] = kept.posts
    if len(kept.heads) == len(kept.posts):
        for head in kept.heads:
            excluded.move(head, "who wrote a post")
        roots = [e for pair in zip(kept.heads, kept.posts, strict=True) for e in pair]
    return Located(tuple(roots), evidence, True, kept.writers, kept.findings, frozenset(map(id, kept.heads)))


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


def _are_parts(page: Page, excluded: Exclusions, posts: Sequence[Tag], weights: Weights, found: _Found) -> bool:
    """Whether what repeats is no posts: a reader found the text elsewhere, or took nearly all of them, signed by
    nobody, for the parts of one text."""
    if found[0] is None:
        return False
    letters = letters_below(page, excluded, found[1])
    within = sum(letters.get(id(p), 0) for p in posts)
    if within < POSTS_SHARE * letters.get(id(page.body), 0):
        return True
    whole = within >= COVER_PARTS * sum(weights.letters[id(p)] for p in posts)
    return whole and not any(post_writer(p)[0] for p in posts)


def _by_readers(page: Page, excluded: Exclusions, weights: Weights, total: int) -> _Found:
    """The first reader's find that is large enough."""
    copy, numbered, followers = copy_of(page, excluded)
    total -= weights.linked.get(id(page.body), 0)
    trust = TRUST if total > SHORT_PAGE else SHORT_TRUST
    for reader, name, sure in ((by_readability, "readability", READABILITY_SURE), (by_trafilatura, "trafilatura", 0.7)):
        numbers = reader(copy)
        kept = {id(numbered[n]) for n in numbers if n < len(numbered)}
        kept.update(id(e) for n in numbers for e in followers.get(n, ()))
        if not kept:
            continue
        letters = letters_below(page, excluded, kept)
        here = letters.get(id(page.body), 0)
        root = _smallest(page.body, letters)
        if (here >= trust and weights.letters.get(id(root), 0) >= TRUST_SHARE * total) or (
            sure < READABILITY_SURE and trust <= here < total <= SHORT_PAGE and ENDS_SENTENCE.search(one_line(root))
        ):
            return root, kept, f"{name} kept {here:,} letters; {total:,} stand outside links", sure
    return None, set(), "", 0.0


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
