"""The pages of a thread that were saved page by page: by the addresses in their names, and their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from converter.parsers.works.glance import Glance
from converter.parsers.works.rows import Work
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.threads_in_names import thread_page
from converter.recognisers.vocabulary import listed_words

WHY = "pages of one thread, by the addresses in their names"


def threads_among(stems: Sequence[str], glances: Sequence[Glance]) -> list[Work]:
    """The threads of which several pages are among these files, in the order of their pages; `stems` are the names in
    small letters, without suffix. Each page is there once, and all bear one title, but for the page's number."""
    threads: dict[str, dict[int, int]] = {}
    twice: set[str] = set()
    for i, stem in enumerate(stems):
        if (page := thread_page(stem)) and threads.setdefault(page.thread, {}).setdefault(page.number, i) != i:
            twice.add(page.thread)
    if not threads:
        return []
    for i, stem in enumerate(stems):
        if stem in threads and not thread_page(stem):
            threads[stem].setdefault(0, i)
    found = [_of_one_title(pages, glances) for thread, pages in threads.items() if thread not in twice]
    return [Work(row, why=WHY, title=_called(glances[row[0]].title), ordered=True) for row in found if len(row) > 1]


def _called(title: Sequence[str]) -> str:
    """The part of a title that is the thread's: behind what says that one is shown, else the first one."""
    shows = next(
        (at for at, part in enumerate(title) if part.strip().lower() in listed_words("files", "shows_thread")), -1
    )
    return "".join(title[shows + 1 : shows + 2]).strip()


def _of_one_title(pages: dict[int, int], glances: Sequence[Glance]) -> tuple[int, ...]:
    """The pages in their order, but those that bear another title than most: somebody was to log in there."""
    row = [pages[number] for number in sorted(pages)]
    titles = [_without_page(glances[i].title) for i in row]
    ((most, _),) = Counter(titles).most_common(1)
    return tuple(i for i, title in zip(row, titles, strict=True) if title == most)


def _without_page(title: Sequence[str]) -> str:
    """A title, folded, without the part of it that counts pages: "Page 2"."""
    pages = listed_words("files", "page")
    return " ".join(folded for part in title if (folded := fold(part)) and folded.rstrip("0123456789") not in pages)
