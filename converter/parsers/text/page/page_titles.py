"""The title of a page that was copied, among the names that stand at its top: its site's, a menu's, a board's.

Strategy. The title is what a thread or an archive says it is; else the line that the file's name repeats, of several
the one right above a byline, or the last; else the line right above the byline. What stands above it says where the
page is, and is the site's; so is the title where it stands again beside the words of the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.patterns import regex
from converter.parsers.text.page.label_rows import may_be_title
from converter.parsers.text.page.pasted_page import HEAD, PastedPage, head_end
from converter.recognisers.headings.candidates import title_key
from converter.recognisers.lines.interface import FOLLOWED, is_trail
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import byline, pen_name
from converter.recognisers.metadata.tab_title import FORUM_TAG
from converter.recognisers.metadata.work_and_chapter import parts_of

LEAST_LETTERS = 4  # of a title that a file's name repeats
ABOVE_WORDS = 8  # of a row above the title that is the site's
LEAST_ABOVE = 2  # rows of a page's words above it
BYLINE_BELOW = 2  # rows below a title in which its byline stands
FACTS = ("|", "·", "•")  # between a byline and what else its line says
CRUMBS = regex(r"[»›>]")
_FOLDERS = regex(r"[/\\]")
_JOINTS = regex(r"\s[-–—_|:~]\s|_-_|\.\w{2,5}\Z", within=255)
_SIGN_BEHIND = regex(r"\s[^\w\s.,!?)\]\"”’']{1,3}\Z", within=200)


def read_titles(page: PastedPage) -> None:
    """Title and author of a page as it shows them, and what stands above them is taken."""
    end = head_end(page)
    _read_tab(page, end)
    at = _title_row(page, end)
    if at < 0 or not ("sure" in page.kinds or _repeats_name(page, at)):
        return
    for k in range(at + 1, min(len(page.rows), at + 1 + BYLINE_BELOW)):
        if (name := _byline_with_facts(page.rows[k].text)) and k not in page.gone:
            page.fact(k, "author", name)
    text = page.rows[at].text
    labelled = read_field(text)
    text = labelled[1] if labelled and labelled[0] == "title" and labelled[1] else text
    if not page.head.one("title"):
        sign = _SIGN_BEHIND.search(text)
        page.head.add("title", text[: sign.start()] if sign else text, page.rows[at].line)
    page.take(at, HEAD)
    page.kinds[at] = ""
    _take_above(page, at)
    _take_again(page, title_key(text), at)


def _read_tab(page: PastedPage, end: int) -> None:
    """What a browser's tab said, where it stands at the top: "The Ox – Chapter 19 | The Inkwell"; its last part is the
    site's name if the page shows that alone, too."""
    parts = [part.text for part in parts_of(page.rows[0].text)] if page.rows and len(page.rows[0].text) < 200 else []
    for at in range(1, end):
        last = CRUMBS.split(page.rows[at].text)[-1].strip() if is_trail(page.rows[at].text) else ""
        if last and title_key(page.rows[0].text).startswith(title_key(last)):  # where the page is ends with what it is
            page.fact(0, "title", FORUM_TAG.sub("", last))
            page.take(at)
            return
    sites = [at for at in range(1, end) if parts and title_key(page.rows[at].text) == title_key(parts[-1])]
    works = [part for part in parts[:-1] if not page.is_heading(part)]
    if not sites or len(works) != 1 or len(parts) == len(works) + 1:
        return
    page.fact(0, "title", works[0])
    for at in sites:
        page.take(at)


def _title_row(page: PastedPage, end: int) -> int:
    """The row of the title; -1 where nothing says which it is."""
    rows = page.rows
    may = [at for at in range(end) if page.kinds[at] != "sure" and may_be_title(rows[at].text)]
    known = title_key(page.head.one("title"))
    if known:
        return next((at for at in may if title_key(rows[at].text) == known), -1)
    may = [at for at in may if at not in page.gone and not _is_of_page(page, rows[at].text)]
    parts = _parts_of_name(page.name)
    named = [at for at in may if title_key(rows[at].text) in parts]
    bylined = _above_byline(page, named or may)
    if bylined >= 0 and (named or any(_stands_below_frame(page, at) for at in (bylined - 1, bylined))):
        return bylined
    return named[-1] if named else -1


def _is_of_page(page: PastedPage, text: str) -> bool:
    """Whether a row is a chapter's heading, a trail to the page, or has a button before its words."""
    return page.is_heading(text) or is_trail(text) or FOLLOWED.match(text) is not None


def _above_byline(page: PastedPage, may: Sequence[int]) -> int:
    """The row right above the first byline; of two that stand together the first, which the other explains; or -1."""
    bylined = [at for at in may if _has_byline(page, at)][:2]
    if len(bylined) > 1 and bylined[1] == bylined[0] + 1 and page.rows[bylined[1]].gap:
        return bylined[1]
    return bylined[0] if bylined else -1


def _parts_of_name(name: str) -> frozenset[str]:
    """What a file's name may repeat, as `title_key`s: its parts between dashes, and those that stand together."""
    parts = [p for p in _JOINTS.split(_FOLDERS.split(name)[-1]) if p.strip()]
    joined = (" ".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1))
    return frozenset(key for part in joined if len(key := title_key(part)) >= LEAST_LETTERS)


def _has_byline(page: PastedPage, at: int) -> bool:
    """Whether the author's name stands right below a row."""
    below = range(at + 1, min(len(page.rows), at + 1 + BYLINE_BELOW))
    rows = (k for k in below if page.rows[k].gap <= 1)
    return any(pen_name(byline(text := page.rows[k].text)) or _byline_with_facts(text) for k in rows)


def _stands_below_frame(page: PastedPage, at: int) -> bool:
    """Whether a row of the page's own stands right above this one."""
    return at > 0 and (page.kinds[at - 1] in ("sure", "words", "everyday") or at - 1 in page.gone)


def _repeats_name(page: PastedPage, at: int) -> bool:
    """Whether a file's name repeats a title below rows of a page's words, though none of them is sure."""
    above = sum(kind in ("words", "everyday") for kind in page.kinds[:at])
    return above >= LEAST_ABOVE and title_key(page.rows[at].text) in _parts_of_name(page.name)


def _byline_with_facts(text: str) -> str:
    """The author's name in a byline with facts behind it: "by Ada Thorn | Issue 44 | 520 words"; else ""."""
    sign = next((s for s in FACTS if f" {s} " in text), "")
    return pen_name(byline(text.partition(f" {sign} ")[0].strip())) if sign else ""


def _take_above(page: PastedPage, at: int) -> None:
    """Short rows above the title say where the page stands; a label with its value says something of the story."""
    for k in range(at - 1, -1, -1):
        text = page.rows[k].text
        told = len(text.split()) > ABOVE_WORDS and not page.kinds[k] and page.rows[k].text[-1] in '.!?"”'
        if told:
            return
        if not ((field := read_field(text)) and field[1]):
            page.take(k)


def _take_again(page: PastedPage, key: str, first: int) -> None:
    """The title again, beside what the page says: "You are reading", below it the title."""
    for at in range(first + 1, len(page.rows)):
        if title_key(page.rows[at].text) == key and (
            page.kinds[at - 1] in ("sure", "words") or page.kinds[at + 1 : at + 2] == ["sure"]
        ):
            page.take(at, "repeated title")
