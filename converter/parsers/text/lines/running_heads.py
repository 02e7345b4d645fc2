"""Page numbers and running heads of a printed or scanned text: found by their regularity, taken out, listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.lines.indents import first_lines
from converter.parsers.text.lines.page_marks import marked_rows
from converter.parsers.text.lines.rows import Row, may_end_paragraph, starts_lower

NUMBER = regex(r"[\[({<|\-–—~*.\s]*(?:p(?:age|g|\.)?\.?\s*)?(\d{1,4}|[ivxlc]{1,7})[\])}>|\-–—~*.\s]*\Z", re.I)
MARKED = regex(
    r"[\[({<|]\s*(?:p(?:age|g|\.)?\.?\s*)?\d{1,4}\s*[\])}>|]\Z|p(?:age|g)\.?\s*\d{1,4}\Z|[-–—]\s*\d{1,4}\s*[-–—]\Z",
    re.I,
)
INLINE = regex(r"\s?[\[{](?:pg?\.?|page)\s*\d{1,4}[\]}]\s?", re.I)
LEAST_NUMBERS = 4  # page numbers: fewer are no series
STEPS = 0.7  # of the steps between them are +1 or +2 (a picture's page has none)
BROKEN = 0.2  # of them stand inside a sentence: chapter numbers never do
BROKEN_LEAST = 30  # characters of a line that a page's end broke: shorter ones are headings without a full stop
LEAP = 4  # pages from one number to the next at most: pictures and chapters' first pages have none
LEAST_HEADED = 2  # pages with a title beside their number
DIVISION = regex(r"(?:chapter|part|book|letter|act|scene|section|kapitel|chapitre|teil|livre|canto)\b", re.I)
WIDE = "   "  # between a head's words and its number
LONGEST_TYPED = 90  # characters of a line that was broken by hand
HEAD_AGAIN = 3  # a running head returns at least so often
HEAD_LONGEST = 60
NUMBERED_HEAD = regex(r"(?:\d{1,4}\s{1,}\D{4,}|\D{4,}?\s{1,}\d{1,4})\Z", within=HEAD_LONGEST)


def strip_furniture(rows: Sequence[Row], name: str) -> tuple[list[Row], list[Omission]]:
    """The rows without page numbers and running heads, and these; a sentence they broke is whole again."""
    rows, omissions = _inline(rows, name)
    numbers = _page_numbers(rows)
    heads = _running_heads(rows, numbers)
    if not numbers:
        numbers, more = _headed_pages(rows, heads)
        heads |= more
    heads |= marked_rows(rows) - numbers
    gone = numbers | heads
    if not gone:
        return list(rows), omissions
    for i in sorted(gone):
        rule = "page number" if i in numbers or rows[i].text.isdecimal() else "running head"
        omissions.append(Omission(rule, rows[i].text, Origin(name, rows[i].line)))
    out: list[Row] = []
    set_in = first_lines([r for i, r in enumerate(rows) if i not in gone])
    broken = False
    usual = _usual_gap(rows, gone)
    for i, row in enumerate(rows):
        if i in gone:
            broken = True
            continue
        if broken and out and set_in and max(row.indent, out[-1].indent) <= set_in.first:
            out.append(row._replace(gap=0))  # the paragraph goes on, or a first line begins the next
        else:
            turned = row._replace(gap=1) if row.gap <= usual else row  # at a page's turn the scene goes on
            if broken and out and _goes_on(out[-1], row):
                out[-1] = out[-1]._replace(text=f"{out[-1].text} {row.text}")
            else:
                out.append(_after_cut(out[-1], turned, 1) if broken and out else row)
        broken = False
    return out, omissions


def _goes_on(before: Row, row: Row) -> bool:
    """Whether a paragraph that is one line goes on behind a page's turn."""
    return len(before.text) > LONGEST_TYPED and not may_end_paragraph(before.text) and starts_lower(row.text)


def _usual_gap(rows: Sequence[Row], gone: set[int]) -> int:
    """The blank lines that mostly stand below a page's number or head, where several pages have them."""
    gaps = Counter(rows[i + 1].gap for i in gone if i + 1 < len(rows) and i + 1 not in gone)
    gap, times = max(gaps.items(), key=lambda g: g[1], default=(0, 0))
    return gap if times > 1 else 0


def _after_cut(before: Row, row: Row, least: int) -> Row:
    """The row after a cut: it goes on with the sentence before it, or keeps its gap of `least` blank lines or more."""
    open_ended = not may_end_paragraph(before.text) and not row.text.isupper()
    inside = open_ended or starts_lower(row.text)
    return row._replace(gap=0 if inside else max(least, row.gap))


def _inline(rows: Sequence[Row], name: str) -> tuple[Sequence[Row], list[Omission]]:
    """The rows without `[Pg 12]` inside them, and these."""
    omissions: list[Omission] = []
    numbered = [i for i, r in enumerate(rows) if ("[" in r.text or "{" in r.text) and INLINE.search(r.text)]
    if len(numbered) < LEAST_NUMBERS:
        return rows, omissions
    out = list(rows)
    for i in numbered:
        omissions.extend(
            Omission("page number", m[0].strip(), Origin(name, rows[i].line)) for m in INLINE.finditer(rows[i].text)
        )
        text = INLINE.sub(lambda m: " " if m[0][0].isspace() or m[0][-1].isspace() else "", rows[i].text).strip()
        out[i] = rows[i]._replace(text=text)
    kept: list[Row] = []
    carried = -1
    for row in out:
        if not row.text:
            carried = max(carried, row.gap)
            continue
        if carried < 0:
            kept.append(row)
        elif kept:
            kept.append(_after_cut(kept[-1], row, carried))
        else:
            kept.append(row._replace(gap=max(row.gap, carried)))
        carried = -1
    return kept, omissions


def _value(text: str) -> int | None:
    m = NUMBER.match(text)
    return int(m[1]) if m and m[1].isdigit() else None


def _page_numbers(rows: Sequence[Row]) -> set[int]:
    """Lines that hold a number alone and count on through the whole text, also in the middle of sentences."""
    alone = [(i, v) for i, r in enumerate(rows) if len(r.text) <= 14 and (v := _value(r.text)) is not None]
    if len(alone) < LEAST_NUMBERS:
        return set()
    chain: list[tuple[int, int]] = []
    for i, v in alone:
        if not chain or chain[-1][1] < v <= chain[-1][1] + 4:
            chain.append((i, v))
    if len(chain) < LEAST_NUMBERS or len(chain) < STEPS * len(alone):
        return set()
    steps = [b[1] - a[1] for a, b in pairwise(chain)]
    if sum(s in (1, 2) for s in steps) < STEPS * len(steps):
        return set()
    marked = sum(bool(MARKED.match(rows[i].text)) for i, _ in chain)
    inside = sum(_breaks_sentence(rows, i) for i, _ in chain)
    enough = inside >= BROKEN * len(chain) if marked < len(chain) else inside > 0
    return {i for i, _ in chain} if enough else set()


def _breaks_sentence(rows: Sequence[Row], i: int) -> bool:
    if i == 0 or i + 1 >= len(rows):
        return False
    before = rows[i - 1].text
    after = next((r.text for r in rows[i + 1 : i + 3] if not r.text.isupper()), "")
    return not may_end_paragraph(before) and len(before) > BROKEN_LEAST and starts_lower(after)


def _headed_pages(rows: Sequence[Row], heads: set[int]) -> tuple[set[int], set[int]]:
    """Page numbers beside a title ("8 THE FERRY", "THE LAMP 9"), and alone where a page has no head.

    The numbers count on through the text, the words are a title that stands in it alone, too, or return, and one page's
    end at least falls inside a paragraph.
    """
    read = _numbered(rows)
    chain = _longest_chain(read)
    headed = {i for i, _, words in chain if words}
    apart = bool(headed) and all(WIDE in rows[i].text for i in headed)  # set in two corners: no heading is
    inside = apart or any(_breaks_sentence(rows, i) for i, _, _ in chain)  # no heading does
    if len(headed) < LEAST_HEADED or len(chain) < HEAD_AGAIN or len(chain) < STEPS * len(read) or not inside:
        return set(), set()
    return {i for i, _, words in chain if not words}, headed - heads


def _numbered(rows: Sequence[Row]) -> list[tuple[int, int, str]]:
    """The rows that may be a page's number: their place, the number, the title beside it."""
    alone = {r.text.casefold() for r in rows if len(r.text) <= HEAD_LONGEST}
    read: list[tuple[int, int, str]] = []
    for i, row in enumerate(rows):
        if len(row.text) <= 14 and (value := _value(row.text)) is not None:
            read.append((i, value, ""))
        elif not (row.text[0].isdecimal() or row.text[-1].isdecimal()):
            continue
        elif NUMBERED_HEAD.match(row.text) and not DIVISION.match(row.text):
            first, *_, last = row.text.split()
            number = first if first.isdecimal() else last
            words = row.text.removeprefix(number) if number is first else row.text.removesuffix(number)
            if number.isdecimal():
                read.append((i, int(number), words.casefold().strip()))
    again = Counter(words for _, _, words in read)
    return [
        (i, v, words)
        for i, v, words in read
        if not words or words in alone or again[words] > 1 or rows[i].text.isupper()
    ]


def _longest_chain(pages: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The most pages whose numbers count on; a year on the title page begins no such row."""
    ending: dict[int, list[tuple[int, int, str]]] = {}
    for page in pages:
        before = max((ending.pop(v, []) for v in range(page[1] - LEAP, page[1])), key=len, default=[])
        before.append(page)
        ending[page[1]] = before
    return max(ending.values(), key=len, default=[])


def _running_heads(rows: Sequence[Row], numbers: set[int]) -> set[int]:
    """Short lines beside page numbers, or with the page number in them, that return again and again."""
    shapes: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if len(row.text) > HEAD_LONGEST or i in numbers:
            continue
        beside = i - 1 in numbers or i + 1 in numbers
        own = NUMBERED_HEAD.match(row.text)
        if beside or (own and not DIVISION.match(row.text)):
            shape = re.sub(r"\d+", "#", row.text.casefold()).strip()
            shapes[shape] += 1
            places.setdefault(shape, []).append(i)
    heads: set[int] = set()
    for shape, count in shapes.items():
        if count < HEAD_AGAIN:
            continue
        inside = sum(_breaks_sentence(rows, i) for i in places[shape])
        if any(i - 1 in numbers or i + 1 in numbers for i in places[shape]) or inside >= max(1, BROKEN * count):
            heads.update(places[shape])
    return heads
