"""The pages of a thread that were saved page by page: by the addresses in their names, and their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from converter.parsers.works.glance import Glance
from converter.parsers.works.rows import Work
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.threads_in_names import thread_page
from converter.recognisers.vocabulary import listed_words

WHY = "pages of one thread, by the addresses in their names"
BY_TITLE = "pages of one thread, by the title in their names"
MISSING = "{} not here, by what the names of the other pages of this thread count; save what is missing, too"
LEAST_POSTS = 2  # on a page


def threads_among(stems: Sequence[str], glances: Sequence[Glance]) -> list[Work]:
    """The threads of which several pages are among these files, in the order of their pages; `stems` are the names in
    small letters, without suffix. Each page is there once, and all bear one title, but for the page's number."""
    threads: dict[str, dict[int, int]] = {}
    twice: set[str] = set()
    for i, stem in enumerate(stems):
        if (
            (page := thread_page(stem))
            and (not page.titled or glances[i].title)
            and threads.setdefault(page.thread, {}).setdefault(page.number, i) != i
        ):
            twice.add(page.thread)
    if not threads:
        return []
    for i, stem in enumerate(stems):
        if stem in threads and not thread_page(stem):
            threads[stem].setdefault(0, i)
    found = [_of_one_title(pages, glances) for thread, pages in threads.items() if thread not in twice]
    return [_work(pages, stems, glances) for pages in found if len(pages) > 1]


def _work(pages: Mapping[int, int], stems: Sequence[str], glances: Sequence[Glance]) -> Work:
    """The thread of these pages by what counts them, with the pages that are missing."""
    row = tuple(pages.values())
    named = [page for i in row if (page := thread_page(stems[i]))]
    by_posts = any(page.by_posts for page in named)
    missing = pages_missing(tuple(pages), by_posts=by_posts)
    remarks = tuple(MISSING.format(_said(first, last)) for first, last in missing)
    why = BY_TITLE if any(page.titled for page in named) else WHY
    return Work(row, why=why, remarks=remarks, title=_called(glances[row[0]].title), ordered=True)


def _said(first: int, last: int) -> str:
    return f"page {first} is" if first == last else f"pages {first} to {last} are"


def pages_missing(counted: Sequence[int], *, by_posts: bool) -> list[tuple[int, int]]:
    """The first and the last page of each gap before or between pages that count so, in their order. `by_posts`: by the
    posts before each, where the least step is a page's, if all are counted in such; two pages alone tell no step."""
    steps = [later - sooner for sooner, later in pairwise(counted)]
    if by_posts:
        step = min(steps) if len(steps) > 1 else 0
        if step < LEAST_POSTS or any(number % step for number in counted):
            return []
        numbers = [number // step + 1 for number in counted]
    else:
        numbers = [1 if number == 0 and 1 not in counted else number for number in counted]
    before = 0 if numbers[0] else -1
    return [(a + 1, b - 1) for a, b in pairwise((before, *numbers)) if b - a > 1]


def _called(title: Sequence[str]) -> str:
    """The part of a title that is the thread's: behind what says that one is shown, else the first one."""
    shows = next(
        (at for at, part in enumerate(title) if part.strip().lower() in listed_words("files", "shows_thread")), -1
    )
    return "".join(title[shows + 1 : shows + 2]).strip()


def _of_one_title(pages: Mapping[int, int], glances: Sequence[Glance]) -> dict[int, int]:
    """The pages in their order, but those that bear another title than most: somebody was to log in there."""
    titles = {number: _without_page(glances[pages[number]].title) for number in sorted(pages)}
    ((most, _),) = Counter(titles.values()).most_common(1)
    return {number: pages[number] for number, title in titles.items() if title == most}


def _without_page(title: Sequence[str]) -> str:
    """A title, folded, without the part of it that counts pages: "Page 2"."""
    pages = listed_words("files", "page")
    return " ".join(folded for part in title if (folded := fold(part)) and folded.rstrip("0123456789") not in pages)
