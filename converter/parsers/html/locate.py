"""Where the story stands on a page of an unknown site: repeated posts first, then readability's opinion, then
trafilatura's.

Strategy: a reader library only *locates*. It gets a lean copy of the page in which every element is numbered; the
elements it keeps tell the smallest original element that holds them, and that element, untouched, is the story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bs4.element import NavigableString, Tag

from converter.contracts import Diagnostic, Evidence
from converter.parsers.headings.forms import read_form
from converter.parsers.headings.words import lexicon
from converter.parsers.html.furniture import (
    Weights,
    mark_furniture,
    mark_inner_furniture,
    mark_streams,
    weigh,
)
from converter.parsers.html.page import NOT_TEXT, UNSEEN, Page, attribute, children, element_text, one_line
from converter.parsers.html.tree import place
from converter.record import dataclass

COVER = 0.97  # of the located letters: at 0.92 trials cut stories short
COVER_PIECES = 0.9  # of the letters of a text's pieces; readers that see one piece take a third of them
TRUST = 250  # letters; a shorter find is a mistake
TRUST_SHARE = 0.25  # of the page's letters outside links
SHORT_PAGE = 3_000  # letters outside links: a notice, the open part of a paid article, between its frames
SHORT_TRUST = 100
SAID = re.compile(r"\w{2,}[.!?…]+[\"'”’»)]*(?:\s|$)|[。！？]")
SURE = 0.9
FOUND_AGAIN = 20  # letters of a text that stands in one place of a page only; "6" and "Next" are everywhere
COMPANION_LEVELS = 3  # parents around the story in which a lead may stand
COMPANION_LETTERS = 40
LEAD_WORDS = 10
COMPANION_KEPT = 0.7  # of its letters kept by the reader
COMPANION_LINKS = 0.3
POST_LETTERS = 800  # about 150 words: a post that tells something
POST_SHARE = 0.5  # of the page's letters in posts
POST_REST = 0.3  # the other posts hold at least this share of the longest one's letters; else they are its annexes
POST_LINKS = 0.2  # of its letters in links: a column of news beside the story, not a post
PART_LETTERS = 80  # of a piece of the story beside its longest
PIECE_LINKS = 0.1
SENTENCE_LETTERS = 20  # of a paragraph outside its links
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
HEAD_WORDS = 12  # of the line over a post: a name, a title, a date
COPY_DEPTH = 150  # nesting of the copy; lxml alone stops reading near 256
COPY_TEXT = 300  # letters of one text node in the copy; scores need no more, and long pages take half the time
COPY_ROW = 120  # paragraphs of one parent in the copy
PLAIN_NAME = re.compile(r"[a-z][a-z0-9]*")
MARK = "cb"
FRAMES = frozenset("div section article main table tbody tr td center".split())
NAME_WORDS = 4
POST_HEAD_WORDS = 30  # name, rank, number of posts, date
AUTHOR = re.compile(r"author|username|byline|poster|user-?name|nick", re.I)


@dataclass(frozen=True, slots=True)
class Located:
    """The elements of the story in order; `posts`: they are posts or parts that repeat."""

    roots: tuple[Tag, ...]
    evidence: Evidence
    posts: bool = False
    author: str = ""


def locate(page: Page) -> Located:
    """The story's elements. Furniture around and inside it is marked as dropped on `page`."""
    mark_furniture(page)
    mark_streams(page)
    weights = weigh(page)
    total = weights.letters.get(id(page.body), 0)
    posts = _posts(page, weights, total)
    pieces = bool(posts) and _are_pieces(posts)
    if posts and not (pieces and _read_whole(page, posts, weights, total)):
        posts = _by_one_author(page, posts)
        mark_inner_furniture(page, posts, None)
        why = f"{len(posts)} elements of one kind hold most of the page's text"
        return Located(tuple(posts), Evidence("story", "repeated posts", why, 0.8), True, _writer(posts[0])[0])
    if total and not _framed(page):
        mark_inner_furniture(page, [page.body], None)
        return Located(
            (page.body,), Evidence("story", "the whole page", "the page has no links outside its prose", 0.9)
        )
    root, kept, why, sure = _by_readers(page, weights, total)
    if root is None:
        message = "the story could not be told from the rest of the page; all but menus and forms is taken"
        page.diagnostics.append(Diagnostic("html-unlocated", message, page.origin(page.body), "doubt"))
        mark_inner_furniture(page, [page.body], None)
        return Located((page.body,), Evidence("story", "the whole page", "no reader found the story", 0.3))
    root = _widened(page, root)
    _drop_strangers(page, root, kept, weights)
    mark_inner_furniture(page, [root], kept)
    roots = _with_companions(page, root, kept, weights)
    heading = _heading_above(page, roots[0])
    return Located(
        (heading, *roots) if heading is not None else tuple(roots), Evidence("story", describe(root), why, sure)
    )


def _with_companions(page: Page, root: Tag, kept: set[int], weights: Weights) -> list[Tag]:
    """The story's element with those beside it, or beside what holds it, that the reader kept too: a lead, a
    last word."""
    found = _letters_below(page, kept)
    start = place(root)
    title = max((place(h) for h in page.index.select("h1") if place(h) < start), default=len(page.everything))
    roots = [root]
    at = root
    for _ in range(COMPANION_LEVELS):
        if at.parent is None or at is page.body:
            break
        for sibling in at.parent.contents:
            if sibling is at or not isinstance(sibling, Tag) or id(sibling) in page.dropped or sibling.name in UNSEEN:
                continue
            letters = weights.letters.get(id(sibling), 0)
            if letters < COMPANION_LETTERS or weights.share(sibling) >= COMPANION_LINKS:
                continue
            if _is_piece(sibling, root, weights) or (at is root and _is_loose(sibling, root, weights)):
                roots.append(sibling)
                continue
            lead = title < place(sibling) < start and _is_lead(sibling)
            if lead or found.get(id(sibling), 0) >= COMPANION_KEPT * letters:
                roots.append(sibling)
        at = at.parent
    mark_inner_furniture(page, roots[1:], kept)
    return sorted(roots, key=place)


def _is_piece(sibling: Tag, root: Tag, weights: Weights) -> bool:
    """A template's next piece of the same text: an element of the very same kind that is all prose."""
    return (
        sibling.parent is root.parent
        and sibling.name == root.name
        and bool(attribute(root, "class"))
        and attribute(sibling, "class") == attribute(root, "class")
        and weights.letters.get(id(sibling), 0) >= PART_LETTERS
        and weights.share(sibling) <= PIECE_LINKS
        and _opening_words(sibling) > HEAD_WORDS
        and not _writer(sibling)[0]
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


def _heading_above(page: Page, root: Tag) -> Tag | None:
    """The nearest heading above the story that says which chapter it is."""
    above = [e for e in page.index.select("h1, h2, h3") if place(e) < place(root)]
    for element in reversed(above):
        if any(id(p) in page.dropped for p in (element, *element.parents)):
            continue
        form = read_form(one_line(element), lexicon("en"))
        if form is not None and form.shape in ("division", "single"):
            return element
    return None


def describe(element: Tag) -> str:
    """An element as a person would name it: `div.entry-content`."""
    ident = attribute(element, "id")
    names = attribute(element, "class").split()
    return element.name + (f"#{ident}" if ident else "") + (f".{names[0]}" if names else "")


# ---------------------------------------------------------------------------------------------------- posts


def _posts(page: Page, weights: Weights, total: int) -> list[Tag]:
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


def _are_pieces(posts: Sequence[Tag]) -> bool:
    """Whether the elements are a template's pieces of one text: nobody signs them and few open with a line of
    their own."""
    if any(_writer(p)[0] for p in posts):
        return False
    return sum(_opening_words(p) <= HEAD_WORDS for p in posts) * 2 < len(posts)


def _opening_words(post: Tag) -> int:
    return len(next((line for line in element_text(post).split("\n") if line.strip()), "").split())


def _by_one_author(page: Page, posts: list[Tag]) -> list[Tag]:
    """Only the posts of whoever wrote the first, where the posts say who wrote them; their heads are dropped."""
    writers = [_writer(p) for p in posts]
    for post, (_, element) in zip(posts, writers, strict=True):
        _drop_post_head(page, post, element)
    names = [name for name, _ in writers]
    if not all(names) or len(set(names)) == 1:
        return posts
    for post, name in zip(posts, names, strict=True):
        if name != names[0]:
            page.drop(post, "comments")
    others = sum(n != names[0] for n in names)
    message = f"{others} posts are by other people than {names[0]} and are left out"
    page.diagnostics.append(Diagnostic("html-other-posts", message, page.origin(posts[0]), "info"))
    return [p for p, n in zip(posts, names, strict=True) if n == names[0]]


def _writer(post: Tag) -> tuple[str, Tag | None]:
    author = attribute(post, "data-author")
    best: tuple[str, Tag | None] = (author, None)
    for element in post.find_all(["a", "span", "div", "h4", "strong", "b", "p", "td"], limit=60):
        if AUTHOR.search(attribute(element, "class")) or "author" in attribute(element, "rel").split():
            name = re.sub(r"^(?:posted\s+)?by:?\s+", "", one_line(element), flags=re.I)
            if 0 < len(name.split()) <= NAME_WORDS and len(name) <= 60:
                best = (author or name, element)
                break
    return best


def _drop_post_head(page: Page, post: Tag, element: Tag | None) -> None:
    """The widest element around a post's author that holds only a few words."""
    if element is None:
        return
    at = element
    while at.parent is not None and at.parent is not post and len(element_text(at.parent).split()) <= POST_HEAD_WORDS:
        at = at.parent
    page.drop(at, "page furniture")


# ------------------------------------------------------------------------------------------ the readers' opinion


def _framed(page: Page) -> bool:
    """Whether anything but prose stands on the page: a menu, a comment, a link outside a paragraph."""
    if any(rule in ("navigation", "comments", "page furniture") for rule in page.dropped.values()):
        return True
    for link in page.body.find_all("a", href=True):
        if (
            not attribute(link, "href").startswith(("#", "mailto:"))
            and link.find_parent(["p", "li", "blockquote"]) is None
        ):
            return True
    return False


def _read_whole(page: Page, posts: Sequence[Tag], weights: Weights, total: int) -> bool:
    """Whether a reader took nearly all of these elements for one text."""
    found = _letters_below(page, _by_readers(page, weights, total)[1])
    return sum(found.get(id(p), 0) for p in posts) >= COVER_PIECES * sum(weights.letters[id(p)] for p in posts)


def _by_readers(page: Page, weights: Weights, total: int) -> tuple[Tag | None, set[int], str, float]:
    copy, numbered, followers = _copy(page)
    total -= weights.linked.get(id(page.body), 0)
    trust = TRUST if total > SHORT_PAGE else SHORT_TRUST
    for reader, name, sure in ((_readability, "readability", SURE), (_trafilatura, "trafilatura", 0.7)):
        numbers = reader(copy)
        kept = {id(numbered[n]) for n in numbers if n < len(numbered)}
        kept.update(id(e) for n in numbers for e in followers.get(n, ()))
        if not kept:
            continue
        found = _letters_below(page, kept)
        here = found.get(id(page.body), 0)
        root = _smallest(page.body, found)
        if (here >= trust and weights.letters.get(id(root), 0) >= TRUST_SHARE * total) or (
            sure < SURE and trust <= here < total <= SHORT_PAGE and SAID.search(one_line(root))
        ):
            return root, kept, f"{name} kept {here:,} letters; {total:,} stand outside links", sure
    return None, set(), "", 0.0


def _letters_below(page: Page, kept: set[int]) -> dict[int, int]:
    letters: dict[int, int] = {}
    for element in reversed(page.elements):
        key = id(element)
        own = 0
        if key in kept and key not in page.dropped:
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


def _drop_strangers(page: Page, root: Tag, kept: set[int], weights: Weights) -> None:
    """Children of the story's element in which the reader kept nothing, if they look like furniture too."""
    found = _letters_below(page, kept)
    stack = [root]
    while stack:
        at = stack.pop()
        for child in at.contents:
            if not isinstance(child, Tag) or id(child) in page.dropped or child.name in UNSEEN:
                continue
            letters = weights.letters.get(id(child), 0)
            if not letters:
                continue
            if found.get(id(child), 0):
                if child.name in FRAMES and found[id(child)] < letters:
                    stack.append(child)
                continue
            if child.name in ("div", "section", "header", "footer", "table", "ul", "form", "aside", "td") and (
                (weights.share(child) > 0.3 and not _is_sentence(child, weights))
                or (letters < 200 and not _tells(child))
            ):
                page.drop(child, "page furniture")


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


def _tells(element: Tag) -> bool:
    """Whether an element may be part of a story for all its shortness: a sentence, a heading, a break, a picture."""
    text = one_line(element)
    return (
        bool(re.search(r"[.!?…”\"]$", text))
        or element.find(["h1", "h2", "h3", "h4", "hr", "img", "blockquote"]) is not None
        or len(text) <= 25
    )


def _copy(page: Page) -> tuple[str, list[Tag], dict[int, list[Tag]]]:
    """The page without what is dropped, every element numbered, nested no deeper than `COPY_DEPTH`, texts shortened.

    Of a long row of paragraphs only the first are copied; the rest follow the fate of the last one that was.
    """
    numbered: list[Tag] = []
    followers: dict[int, list[Tag]] = {}
    rows: dict[int, int] = {}
    last = -1
    parts: list[str] = ["<html><body>"]
    stack: list[tuple[Tag | NavigableString | str, int]] = [(c, 0) for c in reversed(children(page.body))]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, Tag):
            if node.name in UNSEEN or id(node) in page.dropped:
                if node.name == "img":
                    parts.append("<img>")
                continue
            if node.name == "p":
                row = rows.get(id(node.parent), 0)
                rows[id(node.parent)] = row + 1
                if row >= COPY_ROW and node.find("a") is None:
                    followers.setdefault(last, []).extend((node, *node.find_all(True)))
                    continue
                last = len(numbered)
            if depth < COPY_DEPTH and PLAIN_NAME.fullmatch(node.name):
                names = _escape(f"{attribute(node, 'class')}"[:200])
                ident = _escape(attribute(node, "id")[:100])
                link = ' href="#"' if node.name == "a" and "href" in node.attrs else ""
                extra = (f' class="{names}"' if names else "") + (f' id="{ident}"' if ident else "") + link
                parts.append(f'<{node.name} {MARK}="{len(numbered)}"{extra}>')
                numbered.append(node)
                if node.name not in ("br", "hr", "img", "wbr", "col"):
                    stack.append((f"</{node.name}>", depth))
            stack.extend((c, depth + 1) for c in reversed(children(node)))
        elif isinstance(node, NavigableString):
            if not isinstance(node, NOT_TEXT):
                parts.append(_escape(str(node) if len(node) <= COPY_TEXT else node[:COPY_TEXT]))
        else:
            parts.append(node)
    parts.append("</body></html>")
    return "".join(parts), numbered, followers


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _numbers(html: str) -> set[int]:
    return {int(n) for n in re.findall(rf'\s{MARK}="(\d+)"', html)}


def _readability(copy: str) -> set[int]:
    import logging

    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        return _numbers(Document(copy).summary())
    except Unparseable:
        return set()


def _trafilatura(copy: str) -> set[int]:
    """Trafilatura keeps no attributes: its paragraphs are found again by their words."""
    import trafilatura
    from lxml import html

    text = trafilatura.extract(copy, include_comments=False, favor_recall=True)
    if not text:
        return set()
    lines = {" ".join(line.split()) for line in text.split("\n")}
    told = " ".join(text.split())
    numbers: set[int] = set()
    tree = html.document_fromstring(copy, parser=html.HTMLParser(huge_tree=True))
    for element in tree.iter():
        number = element.get(MARK) if isinstance(element.tag, str) else None
        own = " ".join("".join([element.text or "", *(c.tail or "" for c in element)]).split()) if number else ""
        if number and own and (own[:60] in told if len(own) >= FOUND_AGAIN else own in lines):
            numbers.add(int(number))
    return numbers
