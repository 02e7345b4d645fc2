"""A forum's thread that was copied as text: whose posts are the story, and what stands over and between them.

Strategy. A post begins with a head: a name, a date, a number. The story's posts are those of whoever began the thread;
where the forum marks the story's posts with names of their own ("Threadmarks: 1.1"), these alone and what is as long as
they are; all of them where several tell in turn. Other posts are left out by name, and a finding says how many.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from converter.document.findings.pages import HtmlOtherPosts, HtmlToldInTurn
from converter.document.model import Origin
from converter.parsers.text.lines.rows import estimate_words
from converter.parsers.text.page.pasted_page import INTERFACE, PastedPage
from converter.parsers.text.page.thread_starters import starter
from converter.recognisers.headings.candidates import title_key
from converter.recognisers.lines.posts import (
    icon_end,
    is_mark_label,
    is_member_fact,
    is_post_date,
    is_post_number,
    is_post_subject,
    is_presence,
    post_head,
    post_signer,
    post_subject,
    thread_mark,
)
from converter.recognisers.lines.turns import Post, turns

OTHERS = "posts by others"
ASIDE = "posts beside the story"
STORY_POST = 60  # words of a post that tells, where the forum marks none
OWN_WORDS, OWN_SHARE = 20, 0.1  # of the words in posts are of whoever began the thread; else that was misread
UNMARKED_POST = 250  # words of one that tells though others bear marks and it bears none
DATE_ABOVE = 3  # rows between a post's date and its number
HEAD_BELOW = 4  # rows below a writer's name in which something is said of members
HEAD_ABOVE = 8  # rows over a post's date that may be its writer's name, rank and number of posts
SIGNATURE_LINE, SIGNATURE_ROWS = 10, 6  # letters of the line over it, rows of one
RANK_WORDS, RANK_LETTERS = 8, 60  # of what stands below a writer's name
NAME_WORDS, NAME_LETTERS = 4, 40
NAMED_WITHIN = 6  # rows of a post in which its own heading stands


class _Post(NamedTuple):
    """A post: its rows from the head on (`start`), from the first of its text (`body`) to the next one (`stop`)."""

    start: int
    body: int
    stop: int
    writer: str
    mark: str


def shows_posts(page: PastedPage) -> bool:
    """Whether posts that count, and what a board says of its members, show that a page is a thread's."""
    numbers = [at for at, row in enumerate(page.rows) if row.text[0] == "#" and is_post_number(row.text)]
    return len(numbers) > 1 and any(_has_facts(page, at) for at in numbers)


def read_thread(page: PastedPage) -> None:
    """The posts of others are taken, and the heads of those that are the story's."""
    heads = _heads(page)
    if not heads:
        return
    posts = _posts(page, heads)
    writer = starter(page) or posts[0].writer
    own = sum(_words(page, p) for p in posts if p.writer.casefold() == writer.casefold())
    if own < OWN_WORDS or own < OWN_SHARE * sum(_words(page, p) for p in posts):
        return
    how = turns([Post(p.writer, _text(page, p)) for p in posts], " ".join(page.head.values.get("title", ())))
    if how.together and not any(p.mark for p in posts):
        _keep_all(page, posts)
        return
    _keep_own(page, posts, writer, how.like_story)


def _keep_own(page: PastedPage, posts: Sequence[_Post], writer: str, telling: int) -> None:
    """The posts of one writer that tell are the story. `telling`: how many of the others' read like one."""
    least = UNMARKED_POST if any(p.mark for p in posts) else STORY_POST
    first = page.rows[posts[0].start].line
    others = 0
    told: list[_Post] = []
    for number, post in enumerate(posts):
        if post.writer.casefold() != writer.casefold():
            others += 1
            _take(page, post.start, post.stop, OTHERS)
        elif post.mark or _words(page, post) >= least or (number == 0 and least == STORY_POST):
            _take(page, post.start, post.body, INTERFACE)
            _name(page, post)
            told.append(post)
        else:
            _take(page, post.start, post.stop, ASIDE)
    _name_openings(page, told)
    _take_signed(page, {post.writer for post in posts})
    if writer:
        page.head.add("author", writer, first)
    if others:
        page.findings.append(HtmlOtherPosts(others, writer, Origin(page.name, first), telling))


def _keep_all(page: PastedPage, posts: Sequence[_Post]) -> None:
    """The posts of several that tell in turn: the name of its writer stays over each."""
    writers = tuple(dict.fromkeys(post.writer for post in posts))
    first = page.rows[posts[0].start].line
    for post in posts:
        named = next((at for at in range(post.start, post.body) if page.rows[at].text == post.writer), -1)
        for at in range(post.start, post.body):
            if at != named:
                page.take(at, INTERFACE)
        page.names.add(post.writer)
    _take_signed(page, set(writers))
    page.head.add("author", " and ".join(writers), first)
    page.findings.append(HtmlToldInTurn(len(posts), writers, Origin(page.name, first)))


def _text(page: PastedPage, post: _Post) -> str:
    """What a post says; nothing where it quotes another."""
    lines = [page.rows[at].text for at in range(post.body, post.stop) if not page.kinds[at]]
    return "" if any(line.startswith(">") for line in lines) else "\n".join(lines)


def _name_openings(page: PastedPage, told: Sequence[_Post]) -> None:
    """Where every post of the story opens with a short line that stands alone, these are its chapters' names."""
    rows = page.rows
    opens = [post.body for post in told if post.body + 1 < post.stop]
    alone = [
        at for at in opens if rows[at + 1].gap and _may_name(rows[at].text) and any(map(str.isalpha, rows[at].text))
    ]
    if len(alone) > 1 and len(alone) == len(told):
        page.names.update(rows[at].text for at in alone)


def _take(page: PastedPage, start: int, stop: int, rule: str) -> None:
    for at in range(start, stop):
        page.take(at, rule)


def _take_signed(page: PastedPage, writers: Set[str]) -> None:
    """The rows at the ends of posts that say who wrote them, and when."""
    for at, row in enumerate(page.rows):
        if post_signer(row.text) in writers:
            page.take(at)


def _words(page: PastedPage, post: _Post) -> int:
    """The words of a post, without those of the site."""
    return sum(estimate_words(page.rows[at].text) for at in range(post.body, post.stop) if not page.kinds[at])


def _heads(page: PastedPage) -> list[tuple[int, int, str]]:
    """(first row, first row of the text, writer) of each post."""
    out: list[tuple[int, int, str]] = []
    dated: list[tuple[int, int]] = []  # the row of a date, the row behind the head's last
    for at, row in enumerate(page.rows):
        if head := post_head(row.text):
            if head.name:
                out.append((at, at + 1, head.name))
            else:
                dated.append((at, at + 1))
        elif is_post_number(row.text) and (date := _date_above(page, at)):
            dated.append((date, at + 1))
        elif is_post_number(row.text) and (date := _date_below(page, at)):
            out.append((at, _past_facts(page, date + 1), page.rows[at + 1].text))
    below = any(_names_below(page, at, body) for at, body in dated)
    return sorted([*out, *(_with_name(page, at, body, below=below) for at, body in dated)])


def _names_below(page: PastedPage, at: int, body: int) -> bool:
    """Whether the writer of a post can only stand below its date: the row above is the site's, or that of another."""
    above = at == 0 or page.kinds[at - 1] != "" or page.rows[at].gap > 0
    return above and not _far_above(page, at) and body < len(page.rows) and _has_facts(page, body)


def _has_facts(page: PastedPage, body: int) -> bool:
    """Whether what a board says of its members stands in the rows below a name."""
    return any(is_member_fact(r.text) for r in page.rows[body + 1 : body + HEAD_BELOW])


def _date_above(page: PastedPage, at: int) -> int:
    """The row of a post's date above its number, with nothing but the forum's own words between; 0 where none is."""
    for k in range(at - 1, max(0, at - DATE_ABOVE) - 1, -1):
        if is_post_date(page.rows[k].text):
            return k
        if not page.kinds[k]:
            break
    return 0


def _date_below(page: PastedPage, at: int) -> int:
    """The row of a post's date below its number, with its writer's name between and perhaps a rank; 0 where none is."""
    rows = page.rows
    for k in range(at + 1, min(len(rows), at + 1 + HEAD_ABOVE)):
        if is_post_date(rows[k].text):
            return k if k > at + 1 and _may_name(rows[at + 1].text) else 0
        if rows[k].gap or not (_may_rank(rows[k].text) or is_member_fact(rows[k].text)):
            break
    return 0


def _with_name(page: PastedPage, at: int, body: int, *, below: bool) -> tuple[int, int, str]:
    """The head of a post with the rows of its writer: above its date, or else below it."""
    rows = page.rows
    start = at if below else _far_above(page, at) or at
    while not below and start > 0 and at - start < HEAD_ABOVE and _is_of_head(page, start, at):
        start -= 1
    while start < at and not _may_name(rows[start].text):
        start += 1
    if start < at:
        pictured = len(rows[start].text) == 1 and start + 1 < at  # a letter stands for a picture of the writer
        return start, _past_facts(page, body), rows[start + pictured].text
    if body < len(rows) and _may_name(rows[body].text):
        name = rows[body].text
        body += 1
        if (
            body < len(rows)
            and rows[body].gap == 0
            and _may_name(rows[body].text)
            and not is_member_fact(rows[body].text)
        ):
            body += 1
        return start, _past_facts(page, body), name
    return start, body, ""


def _far_above(page: PastedPage, at: int) -> int:
    """Where a post of an older board begins: the writer stands apart from the date, below a row of the site."""
    if not post_subject(page.rows[at].text) and not is_post_subject(page.rows[at].text):
        return 0
    start = at
    while start > 0 and at - start <= HEAD_ABOVE:
        above = page.rows[start - 1].text
        if page.kinds[start - 1] == "sure":
            return start
        if not (is_member_fact(above) or _may_name(above)):
            break
        start -= 1
    return 0


def _is_of_head(page: PastedPage, at: int, date: int) -> bool:
    """Whether the row above `at` belongs to the head of the post that is dated at `date`."""
    above = page.rows[at - 1].text
    if is_member_fact(above) or is_post_date(above):
        return page.rows[at].gap <= 1
    if page.rows[at].gap > (1 if at < date and is_member_fact(page.rows[at].text) else 0):
        return False
    labelled = at > 1 and not page.rows[at - 1].gap and is_mark_label(page.rows[at - 2].text)
    marked = thread_mark(above) or labelled
    return _may_rank(above) and not page.kinds[at - 1] and not marked


def _may_name(text: str) -> bool:
    return len(text.split()) <= NAME_WORDS and len(text) <= NAME_LETTERS and text[-1] not in '.!?"”:'


def _may_rank(text: str) -> bool:
    return len(text.split()) <= RANK_WORDS and len(text) <= RANK_LETTERS and text[-1] not in '"”:'


def _past_facts(page: PastedPage, body: int) -> int:
    """The first row that says nothing of a board's member; a label alone has its value on the row below."""
    rows = page.rows
    while body < len(rows) and (is_member_fact(rows[body].text) or _is_rank(page, body)):
        apart = ":" in rows[body].text or _is_rank(page, body) or is_presence(rows[body].text)
        body += 1 if apart else 2
    body = min(body, len(rows))
    if body < len(rows) and (icon := icon_end(rows[body].text)):
        page.cut(body, icon)
    return body


def _is_rank(page: PastedPage, at: int) -> bool:
    """Whether a row between what a board says of a member is his rank: "Scribe"."""
    rows = page.rows
    between = at + 1 < len(rows) and rows[at].gap == rows[at + 1].gap == 0 and is_member_fact(rows[at + 1].text)
    return between and is_member_fact(rows[at - 1].text) and _may_rank(rows[at].text)


def _posts(page: PastedPage, heads: list[tuple[int, int, str]]) -> list[_Post]:
    """The posts with the marks that stand over their heads."""
    marks = [_mark_above(page, start) for start, _, _ in heads]
    posts: list[_Post] = []
    for k, (_, body, writer) in enumerate(heads):
        stop = marks[k + 1][0] if k + 1 < len(heads) else len(page.rows)
        start, mark = marks[k]
        subjects = ((r, post_subject(r.text)) for r in page.rows[heads[k][0] : body])
        if k == 0 and (named := next((found for found in subjects if found[1]), None)):
            page.head.add("title", named[1], named[0].line)
        posts.append(_Post(start, body, stop, writer, mark))
    return posts


def _mark_above(page: PastedPage, start: int) -> tuple[int, str]:
    """The first row of a post with the forum's name of it, which stands above its head on one row or on two."""
    rows = page.rows
    if start and (mark := thread_mark(rows[start - 1].text)):
        return start - 1, mark
    if start > 1 and is_mark_label(rows[start - 2].text) and rows[start - 1].gap == 0:
        return start - 2, rows[start - 1].text
    return start, ""


def _name(page: PastedPage, post: _Post) -> None:
    """The forum's name of a post is its heading: it stands in the post as well, or over it alone."""
    if not post.mark:
        return
    page.names.add(post.mark)
    key = title_key(post.mark)
    within = range(post.body, min(post.stop, post.body + NAMED_WITHIN))
    if any(title_key(page.rows[at].text) == key for at in within):
        return
    at = next(at for at in range(post.start, post.body) if page.rows[at].text.endswith(post.mark))
    page.gone.pop(at, None)
    page.kinds[at] = ""
    if page.rows[at].text != post.mark:
        page.cut(at, page.rows[at].text.index(post.mark))


def take_signatures(page: PastedPage) -> None:
    """What a board sets below a line at the end of a post."""
    for at, row in enumerate(page.rows):
        if at in page.gone or len(row.text) < SIGNATURE_LINE or row.text.strip("_"):
            continue
        stop = next((k for k in range(at, min(len(page.rows), at + SIGNATURE_ROWS)) if k in page.gone), 0)
        for k in range(at, stop):
            page.take(k, "signature")
