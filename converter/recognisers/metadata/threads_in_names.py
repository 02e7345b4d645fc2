"""Names of files that are addresses of a page of a thread: "viewtopic.php_f=12&t=881&start=15", "thread-12-page-2"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

LONGEST_NAME = 255  # characters of a file's
NAMES = 10_000  # of a folder, which are asked for more than once
COUNTING = ("start", "page", "pg", "pagenumber", "st", "offset")  # parameters that say where a page begins
OF_POSTS = frozenset(("start", "st", "offset"))  # by the posts before it
OF_VISITS = frozenset("sk sd hilit highlight view styleid langid".split())  # that say nothing of the thread
SESSIONS = ("sid", "phpsessid", "s")  # that are a visit's where their value is long
LONG = 16  # letters of a session's number
_PARAMETERS = regex(r"[?@&;]|%3f|%26|[_,](?=[a-z]{1,12}=)", re.I, LONGEST_NAME)
_PARAMETER = regex(r"([a-z]{1,12})(?:=|%3d)([\w.%+-]{0,200})", re.I, LONGEST_NAME)
_TOPIC = regex(r"(?<![^\W_])(topic(?:=|%3d|,)\d{1,9})\.(?:msg)?(\d{1,6})(?!\d)", re.I, LONGEST_NAME)  # SMF
_SHORT = regex(r"(t\d{1,9})p(\d{1,6})(-.{0,200})", re.I, LONGEST_NAME)  # Forumotion
_PAGE_LAST = regex(r"(.{1,240}?)(?:[\s_./-]|%2f){1,3}(?:page|p)[-_=]{0,2}(\d{1,5})", re.I, LONGEST_NAME)
_PAGE_INSIDE = regex(  # a page's title: "The Mill - Page 2 _ Slow Forums"
    rf"\s?[_|–—-]\s?{either('files', 'page')}\s(\d{{1,5}})(?=\s?[_|–—-]\s?\S)", re.I, LONGEST_NAME
)
_SHOWS = regex(r"(?<![^\W_])(?:show|view)?(?:threads?|topics?)(?![^\W\d_])", re.I, LONGEST_NAME)


class ThreadPage(NamedTuple):
    """A page of a thread: what the names of all its pages share, and what counts them (0 on the first): pages, or the
    posts before it. `titled`: the name is no address, but the page's title."""

    thread: str
    number: int
    by_posts: bool = False
    titled: bool = False


@lru_cache(maxsize=NAMES)
def thread_page(stem: str) -> ThreadPage | None:
    """The page that a file's name in small letters, without suffix, is the address of; None where it is none. A first
    page whose name has no parameters is known by the others alone, whose `thread` it is called."""
    if topic := _TOPIC.search(stem):
        return ThreadPage(stem[: topic.end(1)], int(topic[2]), by_posts=True)
    if short := _SHORT.fullmatch(stem):
        return ThreadPage(short[1] + short[3], int(short[2]), by_posts=True)
    if "=" in stem or "%3d" in stem:
        return _of_parameters(stem)
    if (inside := _PAGE_INSIDE.search(stem)) and inside.start():
        return ThreadPage(stem[: inside.start()] + stem[inside.end() :], int(inside[1]), titled=True)
    last = _PAGE_LAST.fullmatch(stem)
    return ThreadPage(last[1], int(last[2])) if last and _names_thread(last[1]) else None


def _names_thread(name: str) -> bool:
    return _SHOWS.search(name) is not None and any(map(str.isdigit, name))


def _of_parameters(stem: str) -> ThreadPage | None:
    """The page of an address whose parameters tell the thread, in whatever order."""
    script, *rest = _PARAMETERS.split(stem.replace("&amp;", "&"))
    found = [(m[1], m[2]) if (m := _PARAMETER.fullmatch(part)) else ("", part) for part in rest]
    counts = next((name for name in COUNTING if any(n == name and v.isdecimal() for n, v in found)), "")
    said = sorted(f"{n}={v}" if n else v for n, v in found if v and not _is_beside(n, v, counts))
    if not any(map(str.isdigit, "".join(said))):
        return None
    number = next((int(v) for n, v in found if counts and n == counts), 0)
    return ThreadPage("&".join((script, *said)), number, counts in OF_POSTS)


def _is_beside(name: str, value: str, counts: str) -> bool:
    """Whether a parameter says nothing of the thread, where `counts` is the one that counts pages."""
    sorts = counts == "start" and name == "st"  # phpBB
    visit = name in SESSIONS and len(value) >= LONG
    return name in OF_VISITS or sorts or visit or name == (counts or None)
