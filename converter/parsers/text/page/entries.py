"""Who wrote a journal's entry or a blog's posts, and when: the rows above them in a page that was copied."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from converter.document.patterns import regex
from converter.parsers.text.lines.rows import may_end_paragraph
from converter.parsers.text.page.label_rows import is_told, take_value
from converter.parsers.text.page.pasted_page import HEAD, PastedPage
from converter.recognisers.lines.posts import entry_date, entry_head, is_post_date
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.vocabulary import either

ENTRY_ROWS = 2  # rows in which the head of an entry begins
MOST_POSTS = 6  # of a blog on one page; people who chat have many more
BLOG_TITLE_ROWS, BLOG_TITLE_WORDS = 12, 10
_BLOGGER = regex(r"[a-z0-9][a-z0-9\-]{1,40}:", within=60)
_REBLOGS = regex(rf"[\w\-]{{2,40}} {either('interface', 'reblogged')}(?: [\w\-]{{2,40}})?", re.I, 120)
_HASHTAGS = regex(r"(?:#[^\s#][^#\n]{0,60})+", within=2_000)


def take_journal(page: PastedPage) -> None:
    """The head of a journal's entry: who wrote it where, and when; the labels below it."""
    for at, row in enumerate(page.rows[:ENTRY_ROWS]):
        if entry := entry_head(row.text):
            page.fact(at, "author", entry[0])
            page.head.add("published", entry[1], row.line)
            below = at + 1
            if below < len(page.rows) and (date := entry_date(page.rows[below].text)):
                page.fact(below, "published", date)
                below += 1
            while below < len(page.rows) and (field := read_field(page.rows[below].text)) and not page.rows[below].gap:
                if not field[1]:
                    page.take(below, HEAD)
                    below += 1
                if below == len(page.rows) or field[0] == "note" or is_told(page.rows[below].text):
                    break
                take_value(page, below, field)
                below += 1


def take_blog(page: PastedPage) -> None:
    """A blog's posts, each below the name of who wrote it ("mothwing:"); tags or a count of notes stand at the end."""
    rows = page.rows
    names = [at for at, r in enumerate(rows) if r.text[-1] == ":" and _BLOGGER.fullmatch(r.text)]
    if not names or len(names) > MOST_POSTS or not _ends_as_post(page):
        return  # people who chat have many more
    if not all(_is_of_blogger(page, at) for at in range(names[0])):
        return
    for at in range(names[0]):
        page.take(at)
    words: Counter[str] = Counter()
    for at, stop in pairwise([*names, len(rows)]):
        words[rows[at].text.rstrip(":")] += sum(len(r.text) for r in rows[at + 1 : stop])
        page.take(at)
    page.head.add("author", words.most_common(1)[0][0], rows[0].line)
    if is_post_date(rows[-2].text) and page.kinds[-1] == "sure":
        page.fact(len(rows) - 2, "published", rows[-2].text)
    _take_blog_title(page)


def _take_blog_title(page: PastedPage) -> None:
    """A few words that stand far from what is above them, at a blog's top."""
    rows = page.rows
    wide = (at for at in range(1, min(BLOG_TITLE_ROWS, len(rows))) if rows[at].gap > 1 and at not in page.gone)
    at = next((k for k in wide if len(rows[k].text.split()) <= BLOG_TITLE_WORDS), 0)
    if at and not may_end_paragraph(rows[at].text) and at + 1 < len(rows) and rows[at + 1].gap:
        page.fact(at, "title", rows[at].text)


def _is_of_blogger(page: PastedPage, at: int) -> bool:
    """Whether a row above the first post is the name of who posts here, or a button."""
    text = page.rows[at].text
    return page.kinds[at] != "" or bool(_BLOGGER.fullmatch(f"{text}:") or _REBLOGS.fullmatch(text))


def _ends_as_post(page: PastedPage) -> bool:
    last = page.rows[-1].text
    return page.kinds[-1] == "sure" or (last.count("#") > 1 and _HASHTAGS.fullmatch(last) is not None)


def take_hashtags(page: PastedPage) -> None:
    """A row of tags at the end of a post."""
    for at in range(len(page.rows) - 1, max(-1, len(page.rows) - 4), -1):
        text = page.rows[at].text
        if at not in page.gone and text.count("#") > 1 and _HASHTAGS.fullmatch(text):
            for tag in text.split("#")[1:]:
                page.head.add("tags", tag.strip(), page.rows[at].line)
            page.take(at, HEAD)
