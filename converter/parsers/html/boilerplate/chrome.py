"""What stands around a story on a page: menus, comments, widgets. Told by tag, role, name and links, never by
the site."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Set
from functools import lru_cache

from bs4.element import NavigableString, Tag

from converter.parsers.html.boilerplate.weights import Weights, page_weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, element_text
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import NumberedTag, place
from converter.recognisers.lines.sentences import ends_sentence
from converter.recognisers.lines.ways import leads_nearby

STORY_SHARE = 0.4  # of the page's letters: an element that holds more is no furniture, whatever it is called
LETTERS_LEFT = 600  # letters that must stay when a page's comments are taken away
LINK_SHARE = 0.55  # of an element's letters in links: it leads away, it tells nothing
FACTS = 2  # headed rows or columns of a table
FACTS_LINKS = 0.7  # of its letters
LINE_WORDS = 14  # a line of links with more words is prose with links
STREAM_ROW = 4  # comments in a row
STREAM_LETTERS = 1_500  # of the longest of them
FEW_LETTERS = 400
TOLD_LETTERS = 20  # outside its links: a sentence that is mostly a link still tells something
SEVERAL = 2  # links that make a menu
ALL_LINKS = 0.8
TEASERS = 3  # headings that are links, each over a sentence or two: what else there is to read
TEASER_LETTERS = 250  # of such a heading and what is said below it, on the mean
TEASERS_MOST = 0.6  # of the letters of the story's element: a list of teasers that holds more is what the page is
LINES = frozenset("p div center section td font footer header".split())

COMMENTS = re.compile(
    r"^(?:comments?|comment[-_]?(?:list|area|section|s[-_]?area|thread|wrapper|container|feed)|commentlist|comments[-_]?\w+|disqus(?:_thread)?|respond|responses|"
    r"replies|reply[-_]?list|reactions?|feedback|discussion|kommentare|commentaires|comentarios|opinie)$",
    re.I,
)
SOME_COMMENTS = re.compile(r"^(?!has|with|no|show|hide|open|allow|author)[a-z0-9]+[-_](?:user[-_])?comments?$", re.I)
NAMES = frozenset(
    """
    byline bylines timestamp pubdate post-date entry-date publish-date nav navbar navigation navi menu submenu
    breadcrumb breadcrumbs crumbs footer foot sidebar sidebars rail widget widgets social socials share shares
    sharing sharebar sharedaddy sharetools addthis addtoany addtoany_share_save_container relatedposts related
    recirc recirculation recommend recommended recommendation recommendations recommends outbrain taboola promo
    promos promotion promoted advert adverts advertisement advertising ads ad adsense adsbygoogle adbox adslot
    sponsor sponsored sponsors newsletter newsletters subscribe subscription signup sign-up login signin register
    cookie cookies consent gdpr popup popups modal overlay lightbox toolbar toolbox pagination pager pagenav
    paginator pagelinks wp-pagenavi disqus respond trackback trackbacks pingback pingbacks tagcloud taglist tags
    tag-links cat-links entry-meta entry-utility postmeta post-meta postmetadata meta-info articlemeta byline-meta
    authorbox author-box authorbio author-bio about-author author-info author-card skip-link skiplink skiplinks skip
    ratings rating vote votes votebox likes like-button kudos masthead site-header siteheader topbar bottombar
    subnav mainmenu tabs dropdown offcanvas hamburger searchform search searchbox donate donation patreon kofi shop
    store cart trending popular most-read mostread readmore read-more more-stories morestories next-chapter
    prev-chapter chapter-nav chapternav nextprev prevnext nav-links nav-previous nav-next post-navigation
    editsection mw-editsection noprint print-only printonly report flag flyout tooltip tools
    catlinks printfooter sitesub jump-to-nav
    tool articletools storytools textsize text-size fontsize font-size font-resizer submitted posted-on posted-by
    published-on utility utilities utilitybar
    """.split()
)
ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist form".split()
)
TAGS = frozenset("nav footer form aside dialog menu".split())
SAFE = frozenset("html body main article".split())
NAME_PARTS = 3  # words of a name that are looked at; what follows is detail ("story-body-text-with-share")
FRAMES = ("div", "section", "footer", "header")
LEAST_SHARE, LEFT_OUT_SHARE = 0.25, 0.5  # of letters in links: of what leads away at all, of a list that was left out
HUMP = 3
SENTENCE_LETTERS = 20  # beside a link or a span: it stands in a sentence
INLINE = frozenset("a abbr b cite em font i mark s small span strong sub sup u".split())
_TOKEN = re.compile(r"[^\s]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _are_comments(element: Tag) -> bool:
    return any(COMMENTS.match(t) for t in _TOKEN.findall(f"{attribute(element, 'class')} {attribute(element, 'id')}"))


@lru_cache(maxsize=4096)
def _names(token: str) -> bool:
    """Whether a class or an id names furniture: as a whole, or in one or two of its first words (`share-bar`,
    `nextPrev_links`, `ArticleShareTools`)."""
    low = token.lower()
    if low in NAMES or low.replace("_", "-") in NAMES:
        return True
    words = [w.lower() for part in re.split(r"[-_]+", token) if part for w in _humps(part)]
    return any(w in NAMES for w in words[:NAME_PARTS]) or any(
        f"{a}-{b}" in NAMES or a + b in NAMES for a, b in itertools.pairwise(words[: NAME_PARTS + 1])
    )


def _humps(word: str) -> list[str]:
    """`ShareThisBox` as its words. A name with a hump of one or two letters is a number that a tool made up."""
    humps = _CAMEL.split(word)
    return humps if all(len(h) >= HUMP for h in humps) else [word]


def stands_in_sentence(element: Tag) -> bool:
    """Whether an element is a few words of a sentence: then its name says where it leads, not what it is."""
    parent = element.parent
    if element.name not in INLINE or parent is None:
        return False
    letters = parent.own_letters if isinstance(parent, NumberedTag) else -1
    if letters < 0:
        beside = (c for c in parent.contents if isinstance(c, NavigableString) and not isinstance(c, NOT_TEXT))
        letters = sum(len(text.strip()) for text in beside)
        if isinstance(parent, NumberedTag):
            parent.own_letters = letters  # it may have thousands of such elements
    return letters >= SENTENCE_LETTERS


def named_furniture(element: Tag) -> str:
    """The rule by which an element's tag, role or names say that it is furniture, or ""."""
    if element.name in SAFE:
        return ""
    attrs = element.attrs
    if element.name in TAGS and "infobox" not in attribute(element, "class").lower():
        return "navigation" if element.name in ("nav", "menu") else "page furniture"
    if attrs.get("role") in ROLES:
        return "navigation"
    if "class" in attrs or "id" in attrs:
        for token in _TOKEN.findall(f"{attribute(element, 'class')} {attribute(element, 'id')}"):
            if COMMENTS.match(token) or SOME_COMMENTS.search(token):
                return "comments"
            if _names(token) and not stands_in_sentence(element) and not token.lower().endswith(("caption", "infobox")):
                return "page furniture"
    return ""


def exclude_chrome(page: Page, excluded: Exclusions) -> Weights:
    """Excludes what its tag, role or name declares to be chrome, unless it holds much of the page; the weights of what
    is left."""
    weights = page_weights(page, excluded)
    total = weights.letters.get(id(page.body), 0) or 1
    left_out = 0
    gone: set[int] = set()
    for element in page.elements:
        key = id(element)
        if id(element.parent) in gone or key in excluded.ids:
            gone.add(key)
            continue
        rule = named_furniture(element)
        if not rule:
            continue
        letters = weights.letters.get(key, 0)
        if rule == "comments":
            if total - left_out - letters < LETTERS_LEFT or (
                letters > STORY_SHARE * total and not _are_comments(element)
            ):
                continue
        elif letters > STORY_SHARE * total or _holds_story(element, weights, total):
            continue
        gone.add(key)
        left_out += letters
        if element.name in ("header", "hgroup") and element.find(["h1", "h2"]) is not None:
            gone.discard(key)
            continue
        excluded.add(element, rule, "tag, role or name")
    return page_weights(page, excluded, weights)


def exclude_streams(page: Page, excluded: Exclusions, weights: Weights) -> Weights:
    """Excludes what people wrote below the story: a row of short elements of one kind, each opening with somebody's
    link; the weights of what is left."""
    total = weights.letters.get(id(page.body), 0)
    for element in page.elements:
        key = id(element)
        if key in excluded.ids or key not in weights.letters:
            continue
        kinds: dict[tuple[str, str], list[Tag]] = {}
        for child in element.contents:
            if (
                isinstance(child, Tag)
                and child.name in ("div", "li", "article", "section")
                and id(child) in weights.letters
                and ("class" in child.attrs or "id" in child.attrs)  # a list in the text has plain items
            ):
                kinds.setdefault((child.name, attribute(child, "class")), []).append(child)
        for row in kinds.values():
            if len(row) < STREAM_ROW or any(weights.letters[id(c)] > STREAM_LETTERS for c in row):
                continue
            letters = sum(weights.letters[id(c)] for c in row)
            if (
                total - letters < LETTERS_LEFT
                or not _prose_before(page, row[0], weights)
                or not all(_opens_with_link(c) for c in row)
            ):
                continue
            for child in row:
                excluded.add(child, "comments", "a row of comments")
            total -= letters
    return page_weights(page, excluded, weights)


def _opens_with_link(element: Tag) -> bool:
    for node in element.descendants:
        if isinstance(node, NavigableString) and node.strip() and not isinstance(node, NOT_TEXT):
            link = next((p for p in list(node.parents)[:3] if p.name == "a"), None)
            if link is None or (attribute(link, "href").startswith("#") and not any(map(str.isalnum, node))):
                return False  # no link, or "^", the way back of a note
            return len(node.split()) <= LINE_WORDS // 3
    return False


def _prose_before(page: Page, element: Tag, weights: Weights) -> bool:
    """Whether a story's worth of text stands on the page above the element."""
    here = place(element)
    above = sum(weights.letters.get(id(p), 0) for p in page.index.by_name.get("p", ()) if place(p) < here)
    return above >= LETTERS_LEFT


def _holds_story(element: Tag, weights: Weights, total: int) -> bool:
    """An element with a long text of few links may be called what it likes: `aside` and `form` are used for
    anything."""
    letters = weights.letters.get(id(element), 0)
    return letters > 0.2 * total and weights.share(element) < 0.1 and element.name not in ("nav", "footer")


def exclude_link_lists(
    page: Page,
    excluded: Exclusions,
    weights: Weights,
    roots: Iterable[Tag],
    located: set[int] | None,
    own: Set[int] = frozenset(),
) -> None:
    """Excludes lists and lines of links inside the story's element: neighbours, tags, share buttons.

    `located`: ids of the elements an extractor took for the story; one that it left out needs less to be excluded.
    `own`: ids of lists that are part of the text.
    """
    weights = page_weights(page, excluded, weights)
    teasers = _linked_headings(page, weights)
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
        few = left_out or letters < FEW_LETTERS or share > ALL_LINKS
        return few and share > (LEFT_OUT_SHARE if left_out else LINK_SHARE) and _links(element) >= SEVERAL
    if element.name not in LINES:
        return False
    if letters <= FEW_LETTERS and _is_line_of_links(element, share):
        return True
    if not left_out or share <= LINK_SHARE or element.name not in FRAMES or element.find("img") is not None:
        return False
    return letters * (1 - share) < TOLD_LETTERS or not ends_sentence(element_text(element).strip())


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
