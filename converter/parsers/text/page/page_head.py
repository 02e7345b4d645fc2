"""What a page that was copied out of a browser says of its story: a trail to the page, the one-line head of an archive,
labels, a title above them. Labels with their values below are read by `label_rows.py`, journals by `entries.py`."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.parsers.text.page.entries import take_blog, take_hashtags, take_journal
from converter.parsers.text.page.label_rows import (
    VALUE_WORDS,
    describes,
    is_told,
    may_be_title,
    take_description,
    take_labels,
)
from converter.parsers.text.page.page_titles import read_titles
from converter.parsers.text.page.pasted_page import HEAD, PastedPage, follows, head_end
from converter.recognisers.lines.interface import FOLLOWED, is_posted, is_site_name, is_trail
from converter.recognisers.metadata.fields import read_facts, read_field, read_stat_line
from converter.recognisers.metadata.names import byline, pen_name
from converter.recognisers.vocabulary import either

TOP = 16  # rows in which a trail to the page stands
REPEATED_WITHIN = 4  # rows after which what it names stands again
BOARD_ROWS = 3  # rows in which the name of a board stands over a post
BARE_WORDS = 4  # of a row between the title and the facts
SUMMARY_WORDS = 8  # of a paragraph above the facts at least
LONG = frozenset(("description", "extra", "warnings", "tags", "characters", "relationships"))  # fields of many words
_BY = regex(rf"\s{either('names', 'by')}:\s(?P<name>[\w.\-]{{2,40}})\s", re.I)
_TO_ID = regex(r".{0,1500}?\bid:\s?\d+", re.I)
_RATED = regex(rf"\s{either('interface', 'rated')}:\s", re.I)
_TRAIL = regex(rf"{either('interface', 'trails')}\s[»›>]\s(?P<last>[^»›>]{{1,80}})", re.I)
_AGO = rf"(?:\d+|an?) ?{either('interface', 'spans')}\.? {either('interface', 'ago')}"
_HANDLE = regex(
    rf"(?:/?r/\w+\s?[•·|]?\s)?(?:{either('interface', 'posted_by')} )?/?u/(?P<name>[\w\-]{{2,40}})"
    rf"(?: {either('interface', 'avatar')}| {_AGO})?",
    re.I,
    100,
)
_POSTER = regex(rf"\s{either('names', 'by')}\s(?P<name>[^\d,|]{{2,40}})\Z", re.I, 200)
_TAGGED = regex(r"\[[A-Z]{2,6}\]\s*(?=\S)")
_STATE = regex(either("interface", "states"), re.I, 40)
_BOARD = regex(r"/?r/\w{2,40}", within=60)
_RATING = regex(either("interface", "ratings"), re.I, 40)
_CATEGORY = regex(either("interface", "categories"), re.I, 40)
_HASHTAG = regex(r"#([^\s#()]{2,40})(?:\([^()]{0,30}\))?")
_BLANKS = regex(r"\s{2,20}|\t", within=400)


def read_page_head(page: PastedPage) -> None:
    """The facts of the page's head become the story's; each row that says one is taken."""
    take_journal(page)
    take_labels(page)
    take_blog(page)
    read_titles(page)
    if not page.gone and "sure" not in page.kinds:
        return
    end = head_end(page)
    _take_repeated(page, end)
    for at in range(end):
        if at not in page.gone:
            _take_row(page, at)
    for at in range(end):
        if at not in page.gone and describes(page.rows[at].text):
            take_description(page, at)
    _take_summary(page, end)
    _take_title(page, end)
    take_hashtags(page)


def _take_row(page: PastedPage, at: int) -> None:
    """A row of the head that says something by itself."""
    text = page.rows[at].text
    if _take_one_line(page, at) or _take_author(page, at):
        return
    if trail := _TRAIL.fullmatch(text):
        page.fact(at, "fandoms", trail["last"])
    elif is_trail(text) and (at == 0 or at - 1 in page.gone or page.kinds[at - 1]):
        page.take(at, "navigation")
    elif read_stat_line(text, page.head, page.rows[at].line):
        page.take(at, HEAD)
    elif _STATE.fullmatch(text) and page.kinds[at]:
        page.fact(at, "status", text)
    elif (m := FOLLOWED.match(text)) or (m := _TAGGED.match(text)):
        page.cut(at, m.end())
        page.kinds[at] = ""
    else:
        _take_facts(page, at)


def _take_author(page: PastedPage, at: int) -> bool:
    """A row that names who posted the story: with the date, by a handle alone, by a byline under the heading."""
    text = page.rows[at].text
    if is_posted(text) and (poster := _POSTER.search(text)):
        page.head.add("author", pen_name(poster["name"]), page.rows[at].line)
        return True
    if named := _HANDLE.fullmatch(text):
        page.fact(at, "author", named["name"])
        if at + 1 < len(page.rows) and page.rows[at + 1].text == named["name"]:
            page.take(at + 1)
        return True
    name = pen_name(byline(text)) if page.kinds[at] == "" and at - 1 not in page.gone else ""
    if name and _under_heading(page, at):
        page.fact(at, "author", name)
        return True
    return False


def _take_facts(page: PastedPage, at: int) -> None:
    """One or more labels with their values on a row: "Translator: drowsyplum   Editor: Saucer"."""
    text = page.rows[at].text
    parts = [p for p in _BLANKS.split(text) if p]
    facts = read_facts(text)
    fields = facts or [field for p in parts if (field := read_field(p))]
    known = [f for f in fields if f[0] != "note" and f[1] and (f[0] in LONG or len(f[1].split()) <= VALUE_WORDS)]
    told = len(known) == 1 and page.rows[at].gap > 0 and is_told(known[0][1])
    if not known or told or len(known) < (len(facts) or len(parts)):
        return
    for name, value, label in known:
        page.fact(at, name, value, label)


def _take_one_line(page: PastedPage, at: int) -> bool:
    """The whole head of an archive in one row, as some browsers copy it."""
    text, line = page.rows[at].text, page.rows[at].line
    title = FOLLOWED.search(text)
    named = _BY.search(text, title.end()) if title else None
    rated = _RATED.search(text, named.end() - 1) if named else None
    facts = _TO_ID.match(text, rated.end()) if rated else None
    if not (title and named and rated) or not read_stat_line(
        text[rated.start() : facts.end() if facts else None].strip(), page.head, line
    ):
        return False
    if trail := _TRAIL.search(text[: title.start()]):
        page.head.add("fandoms", trail["last"], line)
    page.head.add("title", text[title.end() : named.start()], line)
    page.head.add("author", named["name"], line)
    page.head.add("description", text[named.end() : rated.start()], line)
    page.take(at, HEAD)
    return True


def _take_repeated(page: PastedPage, end: int) -> None:
    """A trail to the page, row by row, that names story and chapter before they stand over the text."""
    rows = page.rows
    if end > 2 and rows[0].text == rows[1].text and may_be_title(rows[0].text):
        page.take(1, "repeated title")
        page.fact(0, "title", rows[0].text)
        if name := pen_name(byline(rows[2].text)):
            page.fact(2, "author", name)
    texts = {r.text: at for at, r in enumerate(rows[: min(end, TOP)])}
    for at in range(1, min(end, TOP)):
        below = page.kinds[at - 1] != "" or at - 1 in page.gone
        again = at < texts[rows[at].text] <= at + REPEATED_WITHIN
        if below and again and rows[at].gap == 0 and at not in page.gone and not page.kinds[at]:
            page.take(at, "navigation")


def _under_heading(page: PastedPage, at: int) -> bool:
    return at > 0 and page.rows[at].gap == 0 and page.is_heading(page.rows[at - 1].text)


def _take_summary(page: PastedPage, end: int) -> None:
    """A paragraph right above an archive's one-line facts, or alone between rows of the page's interface."""
    for at in range(1, min(end + 1, len(page.rows) - 1)):
        if at in page.gone or page.kinds[at] or len(page.rows[at].text.split()) < SUMMARY_WORDS:
            continue
        above = at - 1 in page.gone or bool(page.kinds[at - 1]) or bool(byline(page.rows[at - 1].text))
        below = page.gone.get(at + 1) == HEAD or page.kinds[at + 1] not in ("", "number")
        if above and below and follows(page.rows, at) and follows(page.rows, at + 1):
            text = page.rows[at].text
            tags = _HASHTAG.findall(text)
            page.fact(at, "description", text)
            for tag in tags:
                page.head.add("tags", tag, page.rows[at].line)
            return


def _take_title(page: PastedPage, end: int) -> None:
    """The title of a page that says it nowhere: the first row that is none of the page's, above what it says of the
    story, with nothing but short rows between."""
    rows = page.rows
    first = next((at for at in range(end) if at not in page.gone and not page.kinds[at]), len(rows))
    if first + 1 >= len(rows) or page.head.one("title") or page.is_heading(rows[first].text):
        return
    below = first + 1
    while below < end and below not in page.gone and len(rows[below].text.split()) <= BARE_WORDS:
        below += 1
    last = below
    while below < end and page.kinds[below] == "sure":
        below += 1
    facts = page.gone.get(below) == HEAD and rows[first + 1].gap <= 1
    if may_be_title(rows[first].text) and (facts or _stands_over_story(page, first)):
        page.fact(first, "title", rows[first].text)
        for at in range(first + 1, last if facts else first + 1):
            _take_bare_fact(page, at)


def _stands_over_story(page: PastedPage, at: int) -> bool:
    """Whether a row of the page says that the one above is a title: counts or buttons at its top, the date of a post;
    or a board's name stands over it."""
    below, gap = page.rows[at + 1].text, page.rows[at + 1].gap
    topmost = at == 0 or is_site_name(page.rows[at - 1].text)
    counted = topmost and gap == 0 and page.kinds[at + 1] in ("sure", "count", "words")
    of_board = any(_BOARD.fullmatch(r.text) for r in page.rows[: min(at, BOARD_ROWS)])
    return counted or of_board or (gap <= 1 and is_posted(below))


def _take_bare_fact(page: PastedPage, at: int) -> None:
    """A row between the title and the labels that says one thing: a rating, a state, a category."""
    text = page.rows[at].text
    if _RATING.fullmatch(text):
        page.fact(at, "rating", text)
    elif _STATE.fullmatch(text):
        page.fact(at, "status", text)
    elif _CATEGORY.fullmatch(text):
        page.take(at, HEAD)
    elif not (page.kinds[at] or page.rows[at].gap or page.head.one("author")) and (name := pen_name(text)):
        page.fact(at, "author", name)
