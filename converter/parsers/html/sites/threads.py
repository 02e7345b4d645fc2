"""The threads of known forums: whose posts are the story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bs4.element import Tag

from converter.document.findings.pages import HtmlOtherPosts, HtmlToldInTurn
from converter.document.words import text_size
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.sites.tables import Site
from converter.recognisers.lines.posts import answers_somebody
from converter.recognisers.lines.turns import Post, turns

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

THREAD = "forum-thread"  # the hook that a site's table names
POSTS = (
    "article.message, article[data-content^='post-'], div.post:has(.postbody), "
    "li[id^='post_']:has([id^='post_message_']), table[id^='post']:has([id^='post_message_'])"
)
POST_TEXT = ".bbWrapper, .postbody .content, [id^='post_message_']"
QUOTE = ".bbCodeBlock--quote, .postbody blockquote:has(cite), .bbcode_quote, .bbcode_quote_container"
MARK = ".threadmarkLabel"
ANSWER_WORDS = 40  # of a post that only answers
POSTER = (
    "a.bigusername, .message-userDetails .username, a.username, .message-name .username, .username, "
    ".username-coloured, .postbody .author strong, .postprofile dt a:not(:has(img))"
)


def forum_thread(page: Page, excluded: Exclusions, facts: Facts) -> tuple[Finding, ...]:
    """Posts by others than the thread's first author are comments, unless a threadmark names them as story or several
    tell it in turn."""
    posts = page.index.select(POSTS)
    if not posts:
        facts.values.pop("people", None)
        return ()
    marked = [p for p in posts if _is_marked(p)]
    author = _poster(marked[0] if marked else posts[0])
    writers: tuple[str, ...] = (author,) if author else ()
    findings: tuple[Finding, ...] = ()
    if marked:
        others = [post for post in posts if post not in marked]
        telling = 0
    else:
        told = turns(_written(posts), _title(page))
        others = [post for post in posts if author and _poster(post) not in ("", author)]
        telling = told.like_story
        if told.together:
            writers = tuple(dict.fromkeys(map(_poster, posts)))
            findings = (HtmlToldInTurn(len(posts), writers, page.origin(posts[0])),)
            others = []
    for post in others:
        excluded.add(post, "comments", "forum thread: posts by others")
    if len(writers) < 2:
        _exclude_answers(posts, author, excluded)
    if others:
        findings = (HtmlOtherPosts(len(others), author, page.origin(others[0]), telling),)
    facts.values.pop("people", None)
    facts.add("people", writers, "page, poster")
    return findings


def heads_of_turns(page: Page, site: Site) -> dict[int, Tag]:
    """What heads the posts of a thread that several tell in turn: their writers' names, by the ids of the posts."""
    posts = page.index.select(POSTS) if site.hook == THREAD else ()
    if not posts or any(map(_is_marked, posts)) or not turns(_written(posts), _title(page)).together:
        return {}
    return {id(post): name for post in posts if (name := post.select_one(POSTER)) is not None}


def _is_marked(post: Tag) -> bool:
    return "hasThreadmark" in attribute(post, "class") or post.select_one(MARK) is not None


def _written(posts: Sequence[Tag]) -> list[Post]:
    """The posts as their writers wrote them."""
    return [Post(_poster(post), _told(post)) for post in posts]


def _told(post: Tag) -> str:
    """A post's own text; none where it quotes another: it answers."""
    if post.select_one(QUOTE) is not None:
        return ""
    return "\n".join(map(element_text, post.select(POST_TEXT)))


def _title(page: Page) -> str:
    title = page.soup.title
    return one_line(title) if title is not None else ""


def _exclude_answers(posts: Sequence[Tag], author: str, excluded: Exclusions) -> None:
    """Excludes a few words in which a thread's author thanks those who answered, or calls one of them by name."""
    others = {name for post in posts if (name := _poster(post)) and name != author}
    for post in posts[1:]:
        text = " ".join(one_line(body) for body in post.select(POST_TEXT))
        if post not in excluded and others and text_size(text) <= ANSWER_WORDS and answers_somebody(text, others):
            excluded.add(post, "comments", "forum thread: answers")


def _poster(post: Tag) -> str:
    if author := attribute(post, "data-author"):
        return author
    name = post.select_one(POSTER)
    return one_line(name) if name is not None else ""
