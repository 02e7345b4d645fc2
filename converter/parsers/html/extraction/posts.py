"""Posts and parts that repeat: a thread is told post by post, a text in pieces piece by piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bs4.element import Tag

from converter.document.findings.pages import HtmlOtherPosts, HtmlToldInTurn
from converter.document.patterns import regex
from converter.document.words import text_size
from converter.parsers.html.boilerplate.weights import Weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.lines.turns import TOLD_WORDS, Post, Turns, turns

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

POST_LETTERS = 800  # about 150 words: a post that tells something
POST_SHARE = 0.5  # of the page's letters in posts
POST_REST = 0.3  # the other posts hold at least this share of the longest one's letters; else they are its annexes
POST_LINKS = 0.2  # of its letters in links: a column of news beside the story, not a post
THREAD, THREAD_SHARE = 3, 0.9  # posts: two of the writer, one of somebody else; of a text's letters in them
SHORT_LETTERS = 300  # of the writer's, on the mean: messages that a story quotes are shorter
TURN_LETTERS = 5 * TOLD_WORDS
HEAD_WORDS = 12  # of the line over a post: a name, a title, a date
NAME_WORDS = 4
POST_HEAD_WORDS = 30  # name, rank, number of posts, date
AUTHOR = re.compile(r"author|username|byline|poster|user-?name|nick", re.I)
COUNTED = regex(r"\s+[^\W\d_]+:\s?\d.*", within=200)  # "gullfan Posts: 4,091"


def find_posts(page: Page, weights: Weights, total: int) -> list[Tag]:
    """The elements of one kind, side by side, that hold most of the page; none when there is no such row."""
    best: list[Tag] = []
    best_letters = 0
    for element in page.elements:
        if weights.letters.get(id(element), 0) < max(best_letters, POST_SHARE * total, 1):
            continue
        kinds: Counter[tuple[str, str]] = Counter()
        groups: dict[tuple[str, str], list[Tag]] = {}
        for child in element.contents:
            if not isinstance(child, Tag) or weights.letters.get(id(child), 0) < POST_LETTERS:
                continue
            if child.name not in ("div", "article", "section", "li", "table", "tr"):
                continue
            names = attribute(child, "class").split()
            if (not names and child.name not in ("article", "section")) or weights.share(child) > POST_LINKS:
                continue
            kind = (child.name, names[0] if names else "")
            kinds[kind] += 1
            groups.setdefault(kind, []).append(child)
        for kind, count in kinds.items():
            letters = sum(weights.letters[id(e)] for e in groups[kind])
            longest = max(weights.letters[id(e)] for e in groups[kind])
            if count < 2 or letters - longest < POST_REST * longest:
                continue
            if letters > POST_SHARE * total and letters > best_letters:
                best, best_letters = groups[kind], letters
    return best


def thread_around(text: Tag, letters: Mapping[int, int]) -> list[Tag]:
    """The posts that a text is, or among which it is the first: several people's, that of the text's writer not alone.
    Theirs may be short; or those among which it stands, where all are long enough to tell in turn. None where there is
    no such row."""
    inner: Tag | None = None
    for parent in (text, *text.parents):
        rows: dict[tuple[str, str], list[Tag]] = {}
        for child in parent.contents:
            if isinstance(child, Tag) and (names := attribute(child, "class").split()):
                rows.setdefault((child.name, names[0]), []).append(child)
        for row in rows.values():
            within = sum(letters.get(id(p), 0) for p in row) >= THREAD_SHARE * letters.get(id(text), 0)
            opens = row[0] is inner or (inner is None and within)
            if len(row) >= THREAD and (opens or any(p is inner for p in row)) and _is_thread(row, letters, opens=opens):
                return row
        if parent.name in ("body", "main"):
            break
        inner = parent
    return []


def _is_thread(row: Sequence[Tag], letters: Mapping[int, int], *, opens: bool) -> bool:
    """Whether posts are by several people, and those of the first writer are several, and longer than messages (where
    one of them was found: `opens`); or all of them are long enough to tell in turn."""
    writers = [post_writer(post)[0] for post in row]
    own = [letters.get(id(post), 0) for post, writer in zip(row, writers, strict=True) if writer == writers[0]]
    if not all(writers) or len(own) == len(row):
        return False
    in_turn = all(letters.get(id(post), 0) >= TURN_LETTERS for post in row)
    return in_turn or (opens and len(own) > 1 and sum(own) >= SHORT_LETTERS * len(own))


def opening_words(post: Tag) -> int:
    """The words of the first line in a post: a few are its head."""
    return text_size(next((line for line in element_text(post).split("\n") if line.strip()), ""))


class Kept(NamedTuple):
    """The posts of a thread that are its story; `heads`: what names the writer of each, where several tell it."""

    posts: Sequence[Tag]
    findings: tuple[Finding, ...] = ()
    heads: tuple[Tag, ...] = ()
    writers: tuple[str, ...] = ()


def kept_posts(page: Page, excluded: Exclusions, posts: Sequence[Tag]) -> Kept:
    """Only the posts of whoever wrote the first, where the posts say who wrote them, or all where several tell in turn;
    their heads are excluded."""
    writers = [post_writer(p) for p in posts]
    heads = [_post_head(post, element) for post, (_, element) in zip(posts, writers, strict=True)]
    names = [name for name, _ in writers]
    several = all(names) and len(set(names)) > 1
    told = _turns(page, posts, names, heads) if several else Turns(together=False, like_story=0)
    for head in heads:
        if head is not None:
            excluded.add(head, "page furniture", "head of a post")
    if not several:
        return Kept(posts, writers=tuple(names[:1]))
    if told.together:
        all_writers = tuple(dict.fromkeys(names))
        finding = HtmlToldInTurn(len(posts), all_writers, page.origin(posts[0]))
        return Kept(posts, (finding,), tuple(e for _, e in writers if e is not None), all_writers)
    for post, name in zip(posts, names, strict=True):
        if name != names[0]:
            excluded.add(post, "comments", "posts by others")
    others = sum(n != names[0] for n in names)
    own = [p for p, n in zip(posts, names, strict=True) if n == names[0]]
    return Kept(own, (HtmlOtherPosts(others, names[0], page.origin(posts[0]), told.like_story),), writers=(names[0],))


def _turns(page: Page, posts: Sequence[Tag], names: Sequence[str], heads: Sequence[Tag | None]) -> Turns:
    """How the story of these posts is told; a post that quotes another answers it."""
    without = {id(head) for head in heads if head is not None}
    texts = ["" if post.find(["blockquote", "cite"]) else element_text(post, without) for post in posts]
    title = page.soup.title
    return turns([Post(n, t) for n, t in zip(names, texts, strict=True)], one_line(title) if title is not None else "")


def post_writer(post: Tag) -> tuple[str, Tag | None]:
    """Who wrote a post, and the element that says so."""
    author = attribute(post, "data-author")
    best: tuple[str, Tag | None] = (author, None)
    for element in post.find_all(["a", "span", "div", "h4", "strong", "b", "p", "td"], limit=60):
        if AUTHOR.search(attribute(element, "class")) or "author" in attribute(element, "rel").split():
            name = re.sub(r"^(?:posted\s+)?by:?\s+", "", one_line(element), flags=re.I)
            name = COUNTED.sub("", name)
            if 0 < len(name.split()) <= NAME_WORDS and len(name) <= 60:
                best = (author or name, element)
                break
    return best


def _post_head(post: Tag, element: Tag | None) -> Tag | None:
    """The widest element around a post's author that holds only a few words."""
    if element is None:
        return None
    at = element
    while at.parent is not None and at.parent is not post and len(element_text(at.parent).split()) <= POST_HEAD_WORDS:
        at = at.parent
    return at
