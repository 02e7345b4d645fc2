"""What stands around a story on a page: menus, comments, widgets. Told by tag, role, name and links, never by
the site."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from bs4.element import NavigableString, Tag

from converter.parsers.html.boilerplate.weights import Weights, page_weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import NumberedTag, place

STORY_SHARE = 0.4  # of the page's letters: an element that holds more is no furniture, whatever it is called
QUOTED_SHARE = 0.8  # of its letters: what is around them says where they come from
LETTERS_LEFT = 600  # letters that must stay when a page's comments are taken away
NAME_WORDS = 4  # of the link that opens a comment: whose it is
STREAM_ROW = 4  # comments in a row
STREAM_LETTERS = 1_500  # of the longest of them

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
    licensebox license-area catlinks printfooter sitesub jump-to-nav
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
HUMP = 3
SENTENCE_LETTERS = 20  # beside a link or a span: it stands in a sentence
INLINE = frozenset("a abbr b cite em font i mark s small span strong sub sup u".split())
_TOKEN = re.compile(r"[^\s]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _are_comments(element: Tag) -> bool:
    return any(COMMENTS.match(t) for t in _TOKEN.findall(f"{attribute(element, 'class')} {attribute(element, 'id')}"))


def stands_in_comments(element: Tag) -> bool:
    """Whether an element is a part of what is called comments."""
    return any(parent.name not in SAFE and _are_comments(parent) for parent in element.parents)


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
    quotations = _around_quotations(page, weights)
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
        elif letters > STORY_SHARE * total or _holds_story(element, weights, total) or key in quotations:
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
            return len(node.split()) <= NAME_WORDS
    return False


def _prose_before(page: Page, element: Tag, weights: Weights) -> bool:
    """Whether a story's worth of text stands on the page above the element."""
    here = place(element)
    above = sum(weights.letters.get(id(p), 0) for p in page.index.by_name.get("p", ()) if place(p) < here)
    return above >= LETTERS_LEFT


def _around_quotations(page: Page, weights: Weights) -> set[int]:
    """Ids of the elements that are frames around what somebody said: messages shown in the text."""
    frames: set[int] = set()
    for quotation in page.index.by_name.get("blockquote", ()):
        said = weights.letters.get(id(quotation), 0)
        for parent in quotation.parents:
            if id(parent) in frames or not said >= QUOTED_SHARE * weights.letters.get(id(parent), 0) > 0:
                break
            frames.add(id(parent))
    return frames


def _holds_story(element: Tag, weights: Weights, total: int) -> bool:
    """An element with a long text of few links may be called what it likes: `aside` and `form` are used for
    anything."""
    letters = weights.letters.get(id(element), 0)
    return letters > 0.2 * total and weights.share(element) < 0.1 and element.name not in ("nav", "footer")
