"""What stands on a page that was typed or printed and is no story, known by its words: "Bell / TIDE / 2"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row

TOP_ROWS = 16  # of a file, in which a typescript names its author and its title
TITLE_ROWS = 6  # in which a book's title stands
SLUG_LONGEST = 80  # letters
PARTS = regex(r"\s*[/|–—]\s*|\s{2,}|\s-\s")
FIGURE = regex(r"\d")
PAGE = regex(r"(?:p(?:age|g)?\.?\s?)?(\d{1,4})", re.I)
MARKED_PAGE = regex(r"[-–—=~*_.\s]{2,20}(?:page|pg\.?|p\.)\s?(\d{1,4})[-–—=~*_.\s]{2,20}", re.I)
DIGITS = 4  # of a page's number at most
LEAP = 4  # pages from one number to the next at most
CORNERS = regex(r"(?<=\S)\s{3,200}(?=\S)")
HEAD_AGAIN = 3  # a line in two corners returns at least so often
LEAST_TITLED = 2  # pages with the book's title beside their number


def marked_rows(rows: Sequence[Row]) -> set[int]:
    """The rows that are a page's: a typescript's slug, a number between marks, a number with the title beside it."""
    return {*_opening_slug(rows), *_slugs(rows), *_marked_pages(rows), *_titled_pages(rows)}


def _opening_slug(rows: Sequence[Row]) -> Iterator[int]:
    """The first row, where it is a program's slug without the number that it adds: "Bell / TIDE /"."""
    words = _words(rows[0].text) if rows and rows[0].text.endswith("/") else set()
    if words and words <= {word for row in rows[1:TOP_ROWS] for word in _words(row.text)}:
        yield 0


def _slugs(rows: Sequence[Row]) -> Iterator[int]:
    """The rows that name the author and the work with a page's number, as the first page does: "Bell / TIDE / 2"."""
    top: set[str] = set()
    for at, row in enumerate(rows):
        known = top if at >= TOP_ROWS else top.copy()
        if at < TOP_ROWS:
            top |= _words(row.text)
        if at < 2 or len(row.text) > SLUG_LONGEST or not FIGURE.search(row.text):
            continue
        parts = [part for part in PARTS.split(row.text) if part]
        numbers = [part for part in parts if (m := PAGE.fullmatch(part)) and int(m[1]) > 1]
        named = [part for part in parts if part not in numbers]
        if len(numbers) == 1 and len(named) > 1 and all(words and words <= known for words in map(_words, named)):
            yield at


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def _marked_pages(rows: Sequence[Row]) -> list[int]:
    """The rows "---- page 2 ----" that count on; a first page has none, a diary's headings begin with one."""
    read = [(at, int(m[1])) for at, row in enumerate(rows) if (m := MARKED_PAGE.fullmatch(row.text))]
    if len(read) < LEAST_TITLED or read[0][1] == 1 or not _count_on([value for _, value in read]):
        return []
    return [at for at, _ in read]


def _count_on(values: Sequence[int]) -> bool:
    return all(a < b <= a + LEAP for a, b in pairwise(values))


def _titled_pages(rows: Sequence[Row]) -> Iterator[int]:
    """Numbers alone that count on, most of them with the title of the book beside them, or with a line in two corners
    that names nothing else or returns; and these lines."""
    numbers = [(at, int(row.text)) for at, row in enumerate(rows) if row.text.isdecimal() and len(row.text) <= DIGITS]
    heads = _heads_of(rows) if len(numbers) >= LEAST_TITLED else frozenset()
    beside: dict[int, int] = {}
    for at, _ in numbers:
        for near in (at + 1, at - 1):
            if TITLE_ROWS <= near < len(rows) and rows[near].text in heads:
                beside[at] = near
    if len(beside) < LEAST_TITLED or 2 * len(beside) < len(numbers) or not _count_on([value for _, value in numbers]):
        return
    yield from (at for at, _ in numbers)
    yield from beside.values()


def _heads_of(rows: Sequence[Row]) -> frozenset[str]:
    """The lines that may be a running head: the title in capitals, and in two corners what returns, or what the title
    page says."""
    title = " ".join(row.text.casefold() for row in rows[:TITLE_ROWS])
    times = Counter(row.text for row in rows[TITLE_ROWS:] if len(row.text) <= SLUG_LONGEST)
    capitals = (text for text in times if text.isupper() and text.casefold() in title)
    cornered = (text for text in times if CORNERS.search(text) and _returns(text, times[text], title))
    return frozenset((*capitals, *cornered))


def _returns(text: str, times: int, title: str) -> bool:
    return times >= HEAD_AGAIN or all(part.casefold() in title for part in CORNERS.split(text.strip()))
