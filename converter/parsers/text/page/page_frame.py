"""The frame of a page that was copied out of a browser's window: menus, buttons, counts, other readers' comments.

Strategy. A line that no story says ("Previous Chapter | Next Chapter", "Like Quote Reply") is taken wherever it stands
and says that this is a page; without one nothing is touched. Words that stories have as well ("Share", "Top", "97") are
taken only beside what was taken. Below "Post Comment" or "Sort by: Best" others speak, up to the end or the next
chapter's heading. What the page says of the story (`page_head.py`) and the posts of a thread (`threads.py`) are read
first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from converter.document.contracts import Omission
from converter.parsers.text.lines.rows import Row, estimate_words
from converter.parsers.text.page.page_head import read_page_head
from converter.parsers.text.page.pasted_page import BREAK, COMMENTS, INTERFACE, LIST, PastedPage
from converter.parsers.text.page.threads import read_thread, shows_posts, take_signatures
from converter.recognisers.headings.candidates import title_key
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.lines.interface import (
    is_site_name,
    is_trail,
    kind_of_row,
    may_open_comments,
    opens_about,
    opens_comments,
    opens_list,
    points_to_notes,
    says_rights,
    skips_to_content,
)
from converter.recognisers.lines.posts import comment_head
from converter.recognisers.lines.watermarks import is_injected
from converter.recognisers.metadata.fields import HeadFields, read_field
from converter.recognisers.metadata.names import byline, pen_name

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

NEAR = 1  # blank lines at most between words of an interface that stand together
BESIDE = {"words": 2, "everyday": NEAR, "count": 2, "number": 0}  # blank lines between such a row and one that is taken
COMMENTS_NEAR = 8  # rows below a line over comments in which the first of them begins
RUN, LEAST_RUN = 3, 2  # rows of words of an interface that need no company: of everyday ones, of others
TOP = 6  # rows in which a site's name stands
LISTED_WORDS = 12  # of a row in a list of other stories
COMMENTS_SHARE = 0.5  # of a page's words below a line over comments at most, where no comment says who wrote it
ABOUT, ABOUT_ROWS = "about the author", 12
BIO_WORDS = 8  # of a paragraph about the author, which belongs to the book
ABOUT_WORDS = 80  # of what a page says of the author at most


class Framed(NamedTuple):
    """The story's rows; what the page around them said of it, what was left out, the names that it gives to chapters
    (as `title_key`s), and the lines with which it announces notes."""

    rows: list[Row]
    head: HeadFields
    omissions: list[Omission]
    names: frozenset[str]
    notes: frozenset[str]
    findings: tuple[Finding, ...]


def no_frame(rows: list[Row]) -> Framed:
    """A file that is a story's alone."""
    return Framed(rows, HeadFields(), [], frozenset(), frozenset(), ())


def take_frame(rows: list[Row], name: str, is_heading: Callable[[str], bool]) -> Framed:
    """The rows of a story without the page around them. `is_heading` knows the headings of chapters. Linear."""
    kinds = [kind_of_row(r.text) for r in rows]
    kinds = [
        kind if kind and ("|" in r.text or not is_heading(r.text)) else "" for kind, r in zip(kinds, rows, strict=True)
    ]
    page = PastedPage(name, list(rows), kinds, is_heading)
    if "sure" in kinds or shows_posts(page):
        read_thread(page)
        _take_site_name(page)
    read_page_head(page)
    if "sure" in page.kinds or page.gone:
        for at, kind in enumerate(page.kinds):
            if kind == "sure" or is_injected(page.rows[at].text):
                page.take(at)
        _take_counts(page)
        _take_tails(page)
        _take_runs(page)
        _take_again(page)
        _take_beside(page)
        take_signatures(page)
        _take_breaks(page)
        _take_names(page)
        _take_pointers(page)
        _take_about(page)
        page.notes.update(r.text for r in page.rows if _announces(r.text))
    kept = page.left()
    if not (page.gone or page.told) or not any(c.isalnum() for r in kept for c in r.text):
        return no_frame(rows)
    names = frozenset(map(title_key, page.names))
    return Framed(kept, page.head, page.omissions(), names, frozenset(page.notes), tuple(page.findings))


def _take_counts(page: PastedPage) -> None:
    """Counts with an icon or with thousands in them, "7.3K 410 66"; as many numbers, where others have such counts."""
    sizes = {len(r.text.split()) for r, kind in zip(page.rows, page.kinds, strict=True) if kind == "count"} - {1}
    for at, kind in enumerate(page.kinds):
        if kind == "count" or (kind == "number" and len(page.rows[at].text.split()) in sizes):
            page.take(at)


def _take_again(page: PastedPage) -> None:
    """A trail to the page that stands at its end again, and whose the page is, beside its own words."""
    trails = {page.rows[at].text for at, rule in page.gone.items() if is_trail(page.rows[at].text)}
    for at, row in enumerate(page.rows):
        beside = page.gone.get(at - 1, "") == INTERFACE or page.gone.get(at + 1, "") == INTERFACE
        if row.text in trails or (at and beside and says_rights(row.text)):
            page.take(at)


def _take_beside(page: PastedPage) -> None:
    """Words of an interface that stand beside what was taken, downwards and upwards."""
    for step in (1, -1):
        places = range(len(page.rows)) if step > 0 else range(len(page.rows) - 1, -1, -1)
        for at in places:
            kind = page.kinds[at]
            if at in page.gone or kind not in BESIDE or at - step not in page.gone:
                continue
            gap = page.rows[at].gap if step > 0 else page.rows[at + 1].gap
            if gap <= BESIDE[kind] and (kind != "number" or _is_no_heading(page, at)):
                page.take(at)


def _is_no_heading(page: PastedPage, at: int) -> bool:
    """Whether a number alone can't be a chapter's: a row follows at once, or nothing but the page's frame does."""
    after = at + 1 < len(page.rows)
    return not after or "/" in page.rows[at].text or page.rows[at + 1].gap == 0 or at + 1 in page.gone


def _take_runs(page: PastedPage) -> None:
    """Words of an interface, line by line: two or more one below the other, or three where stories have them, too."""
    start = 0
    kinds, rows = page.kinds, page.rows
    while start < len(rows):
        stop = start + 1
        if kinds[start] in ("words", "everyday"):
            while stop < len(rows) and kinds[stop] in ("words", "everyday", "number") and rows[stop].gap <= NEAR:
                stop += 1
            run = [kinds[at] for at in range(start, stop) if kinds[at] != "number"]
            if len(run) >= RUN or (len(run) >= LEAST_RUN and "words" in run):
                for at in range(start, stop):
                    page.take(at)
        start = stop


def _take_site_name(page: PastedPage) -> None:
    """The name of a site, at its top or between a way past that and its menu."""
    for at, row in enumerate(page.rows[:TOP]):
        if is_site_name(row.text):
            page.take(at)
    for at in range(1, min(TOP, len(page.rows) - 1)):
        if skips_to_content(page.rows[at - 1].text) and page.rows[at].gap == 0 and page.kinds[at + 1]:
            page.take(at)


def _announces(text: str) -> bool:
    entry = read_field(text)
    return entry is not None and entry[0] == "note" and not entry[1]


def _take_tails(page: PastedPage) -> None:
    """What others say below the story, and lists of other stories."""
    extent = _Extent(page)
    at = 0
    while at < len(page.rows):
        text = page.rows[at].text
        stop = 0
        if opens_comments(text) or (page.kinds[at] and may_open_comments(text)):
            stop = _comments_end(page, at, extent)
            _take_all(page, at, stop, COMMENTS)
        elif opens_list(text, below=at - 1 in page.gone or (at > 0 and page.kinds[at - 1] != "")):
            stop = _list_end(page, at)
            _take_all(page, at, stop, LIST)
        at = max(stop, at + 1)


def _take_all(page: PastedPage, start: int, stop: int, rule: str) -> None:
    for at in range(start, stop):
        page.take(at, rule)


def _comments_end(page: PastedPage, at: int, extent: _Extent) -> int:
    """Where the comments below a row are over; 0 where none are to be seen and much is told below it."""
    stop = extent.heading_after(at)
    if any(comment_head(r.text) for r in page.rows[at + 1 : at + 1 + COMMENTS_NEAR]):
        return stop
    few = extent.words(at, stop) <= COMMENTS_SHARE * extent.words(0, len(page.rows))
    return stop if few and page.kinds[at] == "sure" and opens_comments(page.rows[at].text) else 0


def _list_end(page: PastedPage, at: int) -> int:
    """Where a list of other stories is over; a row that stands apart above prose heads the story."""
    rows = page.rows
    stop = at + 1
    while stop < len(rows) and _is_listed(rows[stop].text) and not page.is_heading(rows[stop].text):
        stop += 1
    if stop == len(rows) or page.kinds[stop] or opens_comments(rows[stop].text):
        return stop
    return max((k for k in range(at + 1, stop) if rows[k].gap), default=stop)


class _Extent:
    """The words of a page up to each row, and the headings of its chapters."""

    def __init__(self, page: PastedPage) -> None:
        self._words = [0, *accumulate(estimate_words(r.text) for r in page.rows)]
        self._page = page

    @cached_property
    def _headings(self) -> list[int]:
        rows = self._page.rows
        return [at for at, r in enumerate(rows) if r.gap and self._page.is_heading(r.text)]

    def words(self, start: int, stop: int) -> int:
        """The words from one row up to another."""
        return self._words[stop] - self._words[start]

    def heading_after(self, at: int) -> int:
        """The place of the next heading below a row, or the end."""
        k = bisect_right(self._headings, at)
        return self._headings[k] if k < len(self._headings) else len(self._page.rows)


def _is_listed(text: str) -> bool:
    return len(text.split()) <= LISTED_WORDS and text[-1] not in ".!?…。！？" and not opens_comments(text)


def _take_breaks(page: PastedPage) -> None:
    """A line of signs between the page's frame and the story parts no scenes, nor do two of one kind around the story
    where others part its scenes."""
    rows = page.rows
    breaks = [at for at, r in enumerate(rows) if at not in page.gone and _is_drawn(r.text)]
    drawn = [rows[at].text for at in breaks]
    around = page.kinds.count("sure") > 1 and len(drawn) > 2 and drawn[0] == drawn[-1] not in drawn[1:-1]
    ends = {breaks[0], breaks[-1]} if around else set()
    for at in breaks:
        if at in ends or any(page.gone.get(beside, BREAK) != BREAK for beside in (at - 1, at + 1)):
            page.take(at, BREAK)


def _is_drawn(text: str) -> bool:
    return is_break(text) and not any(map(str.isdigit, text))


def _take_names(page: PastedPage) -> None:
    """The author's name that stands again over every chapter: "by @lampmoth"."""
    seen: set[str] = set()
    for at, row in enumerate(page.rows):
        if at in page.gone or len(row.text) > LISTED_WORDS * 5:
            continue
        name = pen_name(byline(row.text))
        if name and name in seen:
            page.take(at, "repeated author")
        elif name:
            seen.add(name)


def _take_pointers(page: PastedPage) -> None:
    """A label over no note, but a line that says where the notes are."""
    for at, row in enumerate(page.rows):
        if points_to_notes(row.text) and at and page.rows[at].gap == 0:
            entry = read_field(page.rows[at - 1].text)
            if entry and entry[0] == "note" and not entry[1]:
                page.take(at - 1)


def _is_told_of(row: Row) -> bool:
    """Whether a row below "About the author" tells of somebody in a paragraph of its own, as magazines do."""
    return row.gap > 0 and len(row.text.split()) >= BIO_WORDS and row.text[-1] in ".!?" and not read_field(row.text)


def _take_about(page: PastedPage) -> None:
    """What a page says of the author between a story and the page's buttons."""
    rows = page.rows
    for at, row in enumerate(rows):
        if at in page.gone or not opens_about(row.text):
            continue
        words = 0
        if at + 1 < len(rows) and _is_told_of(rows[at + 1]):
            continue
        for stop in range(at, min(len(rows), at + ABOUT_ROWS)):
            words += estimate_words(rows[stop].text)
            if page.gone.get(stop) == INTERFACE:
                _take_all(page, at, stop, ABOUT)
                break
            if words > ABOUT_WORDS or (stop > at and rows[stop].gap and page.is_heading(rows[stop].text)):
                break
